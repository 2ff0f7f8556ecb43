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
//
// encoding/json gives no path, so a value is walked before it is written. Of a type that says everything by itself the
// walk is left out, unless what was written shows that it would have refused something.
func Encode(v any) ([]byte, error) {
	if overt(reflect.TypeOf(v)) {
		if text, err := write(v); err == nil && !suspect(text) {
			if out, depth := indent(text); depth <= maxOvertDepth {
				return out, nil
			}
		}
	}
	c := checker{}
	if err := c.check(reflect.ValueOf(v), 0); err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	text, err := write(v)
	if err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	if !utf8.Valid(text) {
		return nil, fmt.Errorf("encode %T: %w", v, badOutput(text))
	}
	out, _ := indent(text)
	return out, nil
}

// write returns v in one line.
func write(v any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return out.Bytes(), err
}

// maxOvertDepth is how deep a value is nested at most that nobody has to look at.
const maxOvertDepth = 128

// suspect reports whether the walk has to look at what was written: invalid UTF-8 in a string is escaped as U+FFFD,
// which a string that has that rune is not, and an integer beyond 2^53-1 has at least 16 digits in a row.
func suspect(text []byte) bool {
	return !utf8.Valid(text) || bytes.Contains(text, []byte(`\ufffd`)) || longNumber(text)
}

// longNumber reports whether 16 digits stand in a row, in a number or elsewhere.
func longNumber(text []byte) bool {
	run := 0
	for _, c := range text {
		if c < '0' || c > '9' {
			run = 0
		} else if run++; run == 16 {
			return true
		}
	}
	return false
}

// indent indents a value in one line as json.Indent does, and returns how deep it is nested. What encoding/json has
// just written need not be parsed for that.
func indent(text []byte) (out []byte, deepest int) {
	out = make([]byte, 0, 2*len(text)+len(text)/2)
	depth := 0
	newline := func() {
		out = append(out, '\n')
		for range depth {
			out = append(out, ' ', ' ')
		}
	}
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '"':
			end := stringEnd(text, i)
			out = append(out, text[i:end]...)
			i = end - 1
		case '{', '[':
			out = append(out, c)
			if text[i+1] == c+2 { // the other bracket: nothing is in it
				out = append(out, c+2)
				i++
				continue
			}
			depth++
			deepest = max(deepest, depth)
			newline()
		case '}', ']':
			depth--
			newline()
			out = append(out, c)
		case ',':
			out = append(out, c)
			newline()
		case ':':
			out = append(out, c, ' ')
		default:
			out = append(out, c)
		}
	}
	return out, deepest
}

// stringEnd returns the byte behind the string that begins at a byte.
func stringEnd(text []byte, start int) int {
	for i := start + 1; ; i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
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
