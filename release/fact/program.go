package fact

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/value"
)

// Program is which program answered a query, as far as the host that collected
// the result vouches for it. No connector says this of itself. The zero Program
// is that of a result that came another way: from a file, or from a test.
type Program struct {
	Trust   Trust  `json:"trust,omitzero"`   // why it was let answer
	Name    string `json:"name,omitzero"`    // of the connector, as it calls itself
	Version string `json:"version,omitzero"` // as it says

	// Digest is that of the program's file, checked before it was started. Only
	// a pinned program has one.
	Digest value.Digest `json:"digest,omitzero"`
}

// Trust is why a program was let answer.
type Trust uint8

// The kinds of trust, from none.
const (
	Unvouched Trust = iota // nobody says which program it was
	Unpinned               // somebody let it be any program: the override for development
	Own                    // it was part of the host's own program
	Pinned                 // its file had the digest that was pinned
)

var trustNames = []string{"unvouched", "unpinned", "own", "pinned"}

// String returns the trust's name as it stands in JSON.
func (t Trust) String() string { return enum.String("trust", trustNames, t) }

// MarshalText implements [encoding.TextMarshaler].
func (t Trust) MarshalText() ([]byte, error) { return enum.Marshal("trust", trustNames, t) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown trust is an error.
func (t *Trust) UnmarshalText(text []byte) error {
	return enum.Unmarshal("trust", trustNames, t, text)
}

// Unpinned returns the connectors, each once and sorted, of whose facts at
// least one was made with the override for development: by a program that
// nobody pinned. A decision on such facts has to say so.
func (s Set) Unpinned() []string {
	var names []string
	for _, r := range s.Results {
		if r.Program.Trust == Unpinned {
			names = append(names, r.Query.Connector)
		}
	}
	slices.SortFunc(names, strings.Compare)
	return slices.Compact(names)
}
