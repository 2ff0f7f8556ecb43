package packet

import (
	"errors"
	"fmt"
	"strings"

	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/check"
)

// Encode writes a packet as JSON: indented by two spaces, ending in a newline,
// the same bytes for the same packet. It fails, naming the path, if a text is
// not valid UTF-8 or a moment has no text form.
func Encode(p Packet) ([]byte, error) { return Marshal(p) }

// Decode reads a packet strictly. A fault of the input is a [*DecodeError].
func Decode(data []byte) (Packet, error) {
	var p Packet
	if err := Unmarshal(data, &p); err != nil {
		return Packet{}, err
	}
	if p.Schema != Schema {
		return Packet{}, &DecodeError{[]Fault{{1, 1, "schema", fmt.Sprintf("%q is not a schema that this version reads, which is %q", p.Schema, Schema)}}}
	}
	return p, nil
}

// Marshal writes any part of a packet, or facts, as [Encode] writes packets.
// Digests of stored documents are digests of these bytes.
func Marshal(v any) ([]byte, error) { return strictjson.Encode(v) }

// Unmarshal reads any part of a packet, or facts, as strictly as [Decode]
// reads packets. v is a pointer; after an error it holds no usable value.
func Unmarshal(data []byte, v any) error {
	err := strictjson.Decode(data, v, nil)
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
