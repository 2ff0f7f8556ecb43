package value

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
)

// Number is a float64 that JSON can carry whatever it is: a JSON number, or one of the strings
// "NaN", "Infinity" and "-Infinity", so that a vendor's non-number reaches the judgement instead
// of failing to encode. It has no IsZero: nought is a value like any other.
//
// == compares as floats do, so NaN is not NaN; [Number.Equal] says that it is.
type Number float64

// ParseNumber reads a number as JSON writes it (RFC 8259 §6: no plus sign, no leading zeros, no
// hexadecimal, no underscore), or NaN, Infinity, -Infinity. The nearest float64 is taken; a number
// beyond its range is refused rather than made infinite.
func ParseNumber(s string) (Number, error) {
	switch s {
	case "NaN":
		return Number(math.NaN()), nil
	case "Infinity":
		return Number(math.Inf(1)), nil
	case "-Infinity":
		return Number(math.Inf(-1)), nil
	case "":
		return 0, errors.New(`number "": is empty`)
	}
	if !isNumber(s) {
		return 0, fmt.Errorf("number %s: want a JSON number, NaN, Infinity or -Infinity", quote(s))
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, fmt.Errorf("number %s: beyond the range of float64", quote(s))
	}
	return Number(f), nil
}

// isNumber reports whether s is a JSON number and nothing else, not even spaces.
func isNumber(s string) bool {
	if s != "" && s[0] == '-' {
		s = s[1:]
	}
	n := digits(s)
	if n == 0 || n > 1 && s[0] == '0' {
		return false
	}
	if s = s[n:]; s != "" && s[0] == '.' {
		if n = digits(s[1:]); n == 0 {
			return false
		}
		s = s[1+n:]
	}
	if s != "" && (s[0] == 'e' || s[0] == 'E') {
		if s = s[1:]; s != "" && (s[0] == '+' || s[0] == '-') {
			s = s[1:]
		}
		n = digits(s)
		return n > 0 && n == len(s)
	}
	return s == ""
}

// Equal reports whether n and m are the same number, where NaN is the same as NaN and -0 as 0.
// go-cmp uses it.
func (n Number) Equal(m Number) bool {
	return n == m || n != n && m != m
}

// IsFinite reports whether n is neither NaN nor infinite.
func (n Number) IsFinite() bool {
	return !math.IsNaN(float64(n)) && !math.IsInf(float64(n), 0)
}

// String returns the text that JSON has, without the quotes of the three words.
func (n Number) String() string {
	switch {
	case math.IsNaN(float64(n)):
		return "NaN"
	case math.IsInf(float64(n), 1):
		return "Infinity"
	case math.IsInf(float64(n), -1):
		return "-Infinity"
	}
	return string(appendNumber(nil, float64(n)))
}

// appendNumber appends a finite number as encoding/json does, which is ECMAScript's way
// (Number::toString) but for -0: the fewest digits that read back as f, with an exponent below
// 1e-6 and from 1e21 on. Minus zero stays -0, so that bytes do not change on the way.
func appendNumber(out []byte, f float64) []byte {
	format := byte('f')
	if abs := math.Abs(f); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		format = 'e'
	}
	out = strconv.AppendFloat(out, f, format, -1, 64)
	// strconv pads exponents to two digits: e-09 becomes e-9.
	if n := len(out); format == 'e' && n >= 4 && out[n-4] == 'e' && out[n-3] == '-' && out[n-2] == '0' {
		out[n-2] = out[n-1]
		out = out[:n-1]
	}
	return out
}

// MarshalJSON writes the number, or one of the three words as a string. It does not fail.
func (n Number) MarshalJSON() ([]byte, error) {
	if n.IsFinite() {
		return appendNumber(nil, float64(n)), nil
	}
	return []byte(strconv.Quote(n.String())), nil
}

// UnmarshalJSON reads a JSON number or one of the strings "NaN", "Infinity" and "-Infinity".
// Other strings are refused, also those that hold a number, and so is null.
func (n *Number) UnmarshalJSON(data []byte) error {
	text := string(data)
	if len(data) > 0 && data[0] == '"' {
		if err := json.Unmarshal(data, &text); err != nil {
			return fmt.Errorf("number %s: not a JSON string", quote(string(data)))
		}
		if text != "NaN" && text != "Infinity" && text != "-Infinity" {
			return fmt.Errorf("number %s: a string may only be NaN, Infinity or -Infinity", quote(text))
		}
	} else if !isNumber(text) {
		return fmt.Errorf("number %s: want a JSON number", quote(text))
	}
	v, err := ParseNumber(text)
	if err == nil {
		*n = v
	}
	return err
}
