package connectors

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
)

// Secret is a text that is printed, logged and marshalled as "[redacted]".
// [Secret.Reveal] is the only way to its content.
type Secret struct{ text string }

// redacted stands in the place of every secret.
const redacted = "[redacted]"

// NewSecret returns text as a secret.
func NewSecret(text string) Secret { return Secret{text} }

// Reveal returns the content.
func (s Secret) Reveal() string { return s.text }

// IsZero reports whether the secret is empty.
func (s Secret) IsZero() bool { return s.text == "" }

// String returns "[redacted]".
func (Secret) String() string { return redacted }

// GoString returns "[redacted]".
func (Secret) GoString() string { return redacted }

// Format writes "[redacted]", whatever the verb.
func (Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) }

// LogValue returns "[redacted]".
func (Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalJSON writes "[redacted]".
func (Secret) MarshalJSON() ([]byte, error) { return json.Marshal(redacted) }

// UnmarshalJSON refuses: a secret does not stand in settings, plans or queries.
// [Settings.Decode] fills it in.
func (*Secret) UnmarshalJSON([]byte) error { return errSecretInJSON }

var errSecretInJSON = errors.New("is a secret and does not belong in JSON")
