package comms

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/release/fact"
)

// Sender delivers letters through one kind of channel. It may be called again
// with a letter of the same key when nobody knows whether it arrived: a channel
// that can tell by the key delivers it once.
type Sender interface {
	// Send returns when the channel has taken the letter. An error says that it
	// has not, or that nobody knows; it has no secret of the channel.
	Send(ctx context.Context, l Letter) (Receipt, error)
}

// Receipt is the word of a channel that it has taken a letter.
type Receipt struct {
	ID string // what the channel calls it; may be empty
}

// Acknowledger is a sender that is told when a person acknowledges a letter.
type Acknowledger interface {
	// Acknowledged returns who has acknowledged the letter of a key, the first
	// one first, and nobody if nobody has or the channel does not know the key.
	Acknowledged(ctx context.Context, l Letter) ([]Acknowledgement, error)
}

// Acknowledgement is the word of a person that a letter was seen.
type Acknowledgement struct {
	By fact.Account // in the system of the channel
	At time.Time    // when
}

// Errors that hosts branch on. A sender wraps them.
var (
	// ErrUndeliverable: the channel refuses the letter as it is, and will again.
	ErrUndeliverable = errors.New("the channel refuses the letter")
	// ErrBusy: the channel takes no letters now, and may later.
	ErrBusy = errors.New("the channel is busy")
)

// Secret is a key, a password or an address that lets whoever has it write. It
// prints as an ellipsis, in whatever way it is printed or encoded.
type Secret string

// String returns "…".
func (s Secret) String() string { return "…" }

// GoString returns "…".
func (s Secret) GoString() string { return "…" }

// MarshalText implements [encoding.TextMarshaler]; it returns "…".
func (s Secret) MarshalText() ([]byte, error) { return []byte("…"), nil }

// Redact returns a text with the secret replaced wherever it stands: whoever pastes
// a key into a report does not send it to everybody. One of less than eight
// characters is left: it may be any word.
func (s Secret) Redact(text string) string {
	if len(s) < 8 {
		return text
	}
	return strings.ReplaceAll(text, string(s), s.String())
}

// Reveal returns the secret itself, for whoever sends.
func (s Secret) Reveal() string { return string(s) }
