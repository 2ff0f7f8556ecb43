package fact

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/tidegate-go/tidegate/internal/strictjson"
)

// Params are the parameters of a query as one canonical JSON object: keys
// sorted, no white space, numbers as written. Two equal parameter lists are
// therefore equal strings, which keeps [Query] comparable. "" means none.
//
// In JSON they stand as the object itself, not as a string.
type Params string

// ParseParams returns the canonical form of a JSON object. Like every document
// of tidegate it is read strictly: a key that stands twice, null and text that
// is not UTF-8 are refused.
func ParseParams(text string) (Params, error) {
	fields, err := decodeParams([]byte(text))
	if err != nil {
		return "", err
	}
	return encodeParams(fields), nil
}

// With returns the parameters with one string parameter set. Parameters that
// are not a JSON object, which only a conversion can make, are left alone:
// [Params.Fault] reports them. It also reports what comes of a name or text
// that is not UTF-8, which is not replaced by something else that would be asked.
func (p Params) With(name, text string) Params {
	if !utf8.ValidString(name + text) {
		return Params(`{"` + name + `":"` + text + `"}`)
	}
	fields, err := decodeParams(p.object())
	if err != nil {
		return p
	}
	fields[name] = text
	return encodeParams(fields)
}

// Get returns the named string parameter and whether it is there.
func (p Params) Get(name string) (string, bool) {
	fields, err := decodeParams(p.object())
	if err != nil {
		return "", false
	}
	text, ok := fields[name].(string)
	return text, ok
}

// Fault says why p is not the canonical form of an object; nil means that it is.
func (p Params) Fault() error {
	if p == "" || p.plain() {
		return nil
	}
	canonical, err := ParseParams(string(p))
	if err != nil {
		return err
	}
	if canonical != p {
		return fmt.Errorf("params %s are not canonical, want %s", string(p), string(canonical))
	}
	return nil
}

// plain reports whether p surely is canonical: an object of texts in ASCII
// without escapes, its keys in order, as nearly all are. Documents hold many
// queries, and taking each apart to see that is most of what writing them costs.
func (p Params) plain() bool {
	s, ok := strings.CutPrefix(string(p), "{")
	for last := ""; ok; {
		var key string
		if key, s, ok = plainText(s); !ok || key <= last { // nor is an empty key plain
			return false
		}
		last = key
		if s, ok = strings.CutPrefix(s, ":"); !ok {
			return false
		}
		if _, s, ok = plainText(s); !ok {
			return false
		}
		if s == "}" {
			return true
		}
		s, ok = strings.CutPrefix(s, ",")
	}
	return false
}

// plainText cuts a quoted text that needs no escape off the beginning of s.
func plainText(s string) (text, rest string, ok bool) {
	if s == "" || s[0] != '"' {
		return "", "", false
	}
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			return s[1:i], s[i+1:], true
		case c < ' ' || c > '~' || c == '\\':
			return "", "", false
		}
	}
	return "", "", false
}

// MarshalJSON writes the object.
func (p Params) MarshalJSON() ([]byte, error) {
	if err := p.Fault(); err != nil {
		return nil, err
	}
	return p.object(), nil
}

// UnmarshalJSON reads an object and keeps its canonical form.
func (p *Params) UnmarshalJSON(text []byte) error {
	parsed, err := ParseParams(string(text))
	if err != nil {
		return err
	}
	*p = parsed
	return nil
}

func (p Params) object() []byte {
	if p == "" {
		return []byte("{}")
	}
	return []byte(p)
}

func decodeParams(text []byte) (map[string]any, error) {
	var strict json.RawMessage
	if err := strictjson.Decode(text, &strict, nil); err != nil {
		return nil, fmt.Errorf("params %.80q: %w", text, err)
	}
	dec := json.NewDecoder(bytes.NewReader(strict))
	dec.UseNumber() // a number keeps its digits
	var fields map[string]any
	if err := dec.Decode(&fields); err != nil {
		return nil, fmt.Errorf("params %.80q are not a JSON object", text)
	}
	return fields, nil
}

// encodeParams relies on encoding/json sorting map keys. Fields come from
// decodeParams or are strings, so encoding cannot fail.
func encodeParams(fields map[string]any) Params {
	if len(fields) == 0 {
		return ""
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(fields); err != nil {
		panic("fact: parameters from JSON do not encode: " + err.Error())
	}
	return Params(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}
