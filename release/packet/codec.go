package packet

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/check"
)

// Encode writes a packet as JSON: indented by two spaces, ending in a newline,
// the same bytes for the same packet. It fails, naming the path, if a text is
// not valid UTF-8 or a moment has no text form.
func Encode(p Packet) ([]byte, error) { return Marshal(p) }

// Decode reads a packet strictly, of any of the [Schemas]. A fault of the input
// is a [*DecodeError], and the first is the schema if it is another: what
// follows may be no fault there.
func Decode(data []byte) (Packet, error) {
	var p Packet
	err := Unmarshal(data, &p)
	var faulty *DecodeError
	if err != nil && !errors.As(err, &faulty) {
		return Packet{}, err
	}
	if readable := Schemas(); !slices.Contains(readable, p.Schema) && (err == nil || p.Schema != "") {
		other := Fault{1, 1, "schema", fmt.Sprintf("%q is not a schema that this version reads, want %s", p.Schema, strings.Join(readable, ", "))}
		if faulty == nil {
			faulty = &DecodeError{}
		}
		faulty.Faults = slices.Insert(faulty.Faults, 0, other)
	}
	if faulty != nil {
		return Packet{}, faulty
	}
	return p, nil
}

// Schemas returns the schemas that [Decode] reads, oldest first: the minor
// versions of this major one up to [Schema].
func Schemas() []string { return schemasUpTo(minor) }

// schemasUpTo lists the minor versions 0 to n, of which the first is not numbered.
func schemasUpTo(n int) []string {
	all := []string{major}
	for i := range n {
		all = append(all, fmt.Sprintf("%s.%d", major, i+1))
	}
	return all
}

// Marshal writes any part of a packet, or facts, as [Encode] writes packets.
// Digests of stored documents are digests of these bytes.
func Marshal(v any) ([]byte, error) { return strictjson.Encode(v) }

// Unmarshal reads any part of a packet, or facts, as strictly as [Decode]
// reads packets: what [Encode] always writes has to be there, and integers
// beyond 2^53-1, which other readers of JSON round, are refused by both. v is a
// pointer; after an error it holds no usable value.
func Unmarshal(data []byte, v any) error {
	err := strictjson.Decode(data, v, &strictjson.Options{Complete: true, SafeIntegers: true})
	var faulty *strictjson.Error
	if !errors.As(err, &faulty) {
		return err
	}
	out := &DecodeError{Faults: make([]Fault, len(faulty.Faults))}
	for i, f := range faulty.Faults {
		out.Faults[i] = Fault{f.Line, f.Column, check.Path(f.Path), f.Message}
	}
	return out
}

// DecodeError is every fault of a document that was not decoded.
type DecodeError struct {
	Faults []Fault // in the order of the document, never empty
}

// Fault is one fault of a document. Line and Column count from 1, the column
// in bytes.
type Fault struct {
	Line, Column int        // where the faulty key, value or byte begins
	Path         check.Path // from the root; "": the document as a whole
	Message      string     // one line that names the offending value
}

// String returns the fault in one line.
func (f Fault) String() string {
	if f.Path == "" {
		return fmt.Sprintf("%d:%d: %s", f.Line, f.Column, f.Message)
	}
	return fmt.Sprintf("%d:%d: %s: %s", f.Line, f.Column, f.Path, f.Message)
}

// Error lists the faults, one a line.
func (e *DecodeError) Error() string {
	lines := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}
