package strictjson

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"unicode/utf8"
)

// Encode writes v as encoding/json does, indented by two spaces, without HTML escaping, ending in a newline. Invalid
// UTF-8, which encoding/json replaces without a word, NaN, infinities and integers beyond 2^53-1, which other readers
// round without a word, are refused with an error that names the path.
//
// A nil pointer, slice, map or interface is written as null, which [Decode] refuses: mark such fields omitzero.
func Encode(v any) ([]byte, error) {
	c := checker{}
	if err := c.check(reflect.ValueOf(v), 0); err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	if !utf8.Valid(out.Bytes()) {
		return nil, fmt.Errorf("encode %T: %w", v, badOutput(out.Bytes()))
	}
	return out.Bytes(), nil
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
