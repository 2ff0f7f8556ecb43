package connectors

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"unique"
)

// Secret is a text that is printed, logged and marshalled as "[redacted]".
// [Secret.Reveal] is the only way to its content. Secrets with the same content
// are equal by ==, by [Secret.Equal] and therefore for go-cmp.
//
// fmt calls no method of what stands in an unexported field. It prints that of
// a Secret as an address, because the text is behind a pointer. Debuggers and
// cmp.Diff follow pointers: give tests secrets that are none.
type Secret struct{ text unique.Handle[string] }

// redacted stands in the place of every secret.
const redacted = "[redacted]"

// NewSecret returns text as a secret.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{} // so that every empty secret is the zero value
	}
	return Secret{unique.Make(text)}
}

// Reveal returns the content.
func (s Secret) Reveal() string {
	if s.IsZero() {
		return ""
	}
	return s.text.Value()
}

// IsZero reports whether the secret is empty.
func (s Secret) IsZero() bool { return s == Secret{} }

// Equal reports whether the contents are equal.
func (s Secret) Equal(other Secret) bool { return s == other }

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
