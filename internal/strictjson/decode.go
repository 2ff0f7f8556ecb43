package strictjson

import (
	"fmt"
	"reflect"
)

// Options bound what [Decode] takes on, and say what it asks beyond that. Zero or less means the default.
type Options struct {
	// MaxBytes is the largest document that is read, 64 MiB by default.
	MaxBytes int
	// MaxDepth is how many objects and arrays may be open at once, 64 by default; it also bounds values that are skipped
	// or handed to a json.Unmarshaler.
	MaxDepth int
	// MaxFaults is how many faults are listed, 100 by default. Reading stops at the next one, and a last fault beyond the
	// number says that there are more.
	MaxFaults int
	// Complete wants every field that is always written: one whose tag has neither omitzero nor omitempty.
	Complete bool
	// SafeIntegers refuses what goes into a Go integer but not into the float64 that most readers of JSON keep numbers
	// in: beyond 2^53-1 either way (RFC 7493, section 2.2).
	SafeIntegers bool
}

func (o *Options) withDefaults() Options {
	out := Options{MaxBytes: 64 << 20, MaxDepth: 64, MaxFaults: 100}
	if o == nil {
		return out
	}
	if o.MaxBytes > 0 {
		out.MaxBytes = o.MaxBytes
	}
	if o.MaxDepth > 0 {
		out.MaxDepth = o.MaxDepth
	}
	if o.MaxFaults > 0 {
		out.MaxFaults = o.MaxFaults
	}
	out.Complete, out.SafeIntegers = o.Complete, o.SafeIntegers
	return out
}

// Decode reads the one JSON value in data into v, a non-nil pointer; nil options are the defaults.
//
// What v pointed to before is lost: it is set to zero first, so equal documents give equal values. The result shares no
// memory with data. Struct tags mean what they mean in encoding/json, except that a key must match exactly and that the
// string option is not supported. A type that implements json.Unmarshaler is given the raw bytes after they have passed
// the checks of this package, one that implements only encoding.TextUnmarshaler the text of the string; neither may keep
// the bytes. null is refused everywhere, inside a json.Unmarshaler too: a value that is not there is left out.
//
// The error is an [*Error] when the document is at fault; v then holds what could be read, each faulty value at zero.
// Any other error says that v is of a type that cannot be decoded into.
func Decode(data []byte, v any, opts *Options) error {
	root := reflect.ValueOf(v)
	if root.Kind() != reflect.Pointer || root.IsNil() {
		return fmt.Errorf("decode into %T: want a non-nil pointer", v)
	}
	root = root.Elem()
	p, err := planFor(root.Type())
	if err != nil {
		return err
	}
	root.SetZero()
	d := &decoder{input: data, data: data, limits: opts.withDefaults()}
	d.document(p, root)
	return d.err()
}

// decoder is one walk over a document. A syntax fault that cannot be recovered from empties data, so that every loop
// sees the end of the input and no function needs to hand a failure up.
type decoder struct {
	input   []byte // the whole document, for places and paths
	data    []byte // the same, or nil once the walk has stopped
	pos     int
	depth   int
	limits  Options
	path    []step
	seen    []bool // which fields the open structs have met, a window each
	keys    keyStack
	scratch []byte // the last string that had escapes
	faults  []found
	stopped bool
	cut     bool // there were more faults than the limit
}

func (d *decoder) document(p *plan, root reflect.Value) {
	if len(d.data) > d.limits.MaxBytes {
		d.fatal(0, "document has %d bytes, more than the limit of %d", len(d.data), d.limits.MaxBytes)
		return
	}
	if len(d.data) >= 3 && string(d.data[:3]) == "\xef\xbb\xbf" {
		d.fault(0, "document begins with a byte order mark")
		d.pos = 3
	}
	d.space()
	p.decode(d, p, root)
	d.space()
	if d.pos < len(d.data) {
		d.fatal(d.pos, "trailing data after the value: %q", d.char())
	}
}

// fault notes a fault at the offset, under the current path.
func (d *decoder) fault(at int, format string, args ...any) {
	if !d.stopped {
		d.add(found{at: at, path: d.pathText(), message: fmt.Sprintf(format, args...)})
	}
}

// fatal notes a fault after which the rest of the document cannot be read.
func (d *decoder) fatal(at int, format string, args ...any) {
	d.fault(at, format, args...)
	d.stop()
}

func (d *decoder) add(f found) {
	if len(d.faults) == d.limits.MaxFaults {
		d.cut = true
		d.stop()
		return
	}
	d.faults = append(d.faults, f)
}

func (d *decoder) stop() { d.data, d.stopped = nil, true }

// failed tells whether anything went wrong since there were n faults.
func (d *decoder) failed(n int) bool { return d.stopped || len(d.faults) != n }

func (d *decoder) err() error {
	if len(d.faults) == 0 {
		return nil
	}
	faults := locate(d.input, d.faults)
	if d.cut {
		last := faults[len(faults)-1]
		faults = append(faults, Fault{Line: last.Line, Column: last.Column,
			Message: fmt.Sprintf("there are more faults than the limit of %d", d.limits.MaxFaults)})
	}
	return &Error{Faults: faults}
}
