package strictjson

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"unicode/utf8"
)

// Encode writes v as encoding/json does, indented by two spaces, without HTML escaping, ending in a newline. Invalid
// UTF-8, which encoding/json replaces without a word, NaN and infinities are refused with an error that names the path.
//
// A nil pointer, slice, map or interface is written as null, which [Decode] refuses: mark such fields omitzero.
//
// encoding/json gives no path, so a value is walked before it is written. Of a type that says everything by itself the
// walk is left out, unless what was written shows that it would have refused something.
func Encode(v any) ([]byte, error) {
	if overt(reflect.TypeOf(v)) {
		if out, err := write(v); err == nil && !suspect(out) {
			return out, nil
		}
	}
	c := checker{}
	if err := c.check(reflect.ValueOf(v), 0); err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	out, err := write(v)
	if err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	if !utf8.Valid(out) {
		return nil, fmt.Errorf("encode %T: %w", v, badOutput(out))
	}
	return out, nil
}

func write(v any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return out.Bytes(), err
}

// deep is an indentation that no value has which is not nested suspiciously deep.
var deep = bytes.Repeat([]byte(" "), 256)

// suspect reports whether the walk has to look at what was written: invalid UTF-8 in a string is escaped as U+FFFD,
// which a string that has that rune is not.
func suspect(out []byte) bool {
	return !utf8.Valid(out) || bytes.Contains(out, []byte(`\ufffd`)) || bytes.Contains(out, deep)
}

// badOutput finds the invalid UTF-8 that a json.Marshaler wrote: nothing looks into those before.
func badOutput(out []byte) error {
	d := &decoder{input: out, data: out, limits: Options{MaxDepth: maxEncodeDepth, MaxFaults: 1}}
	d.skip()
	for _, f := range d.faults {
		return fmt.Errorf("%s: %s", f.path, f.message)
	}
	return fmt.Errorf("invalid UTF-8")
}
