package strictjson_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/internal/strictjson"
)

func TestEncode(t *testing.T) {
	v := everything{Deep: &Deep{Note: "<&>\u2028"}, Name: "é\uFFFD", Ladder: []severity{2}, Bytes: []byte{0xff}, Any: []any{nil, 1.5},
		When: time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC), Raw: json.RawMessage(`{"a":[]}`), Labels: map[string]string{"b": "2", "a": "1"}}
	const want = `{
  "note": "<&>\u2028",
  "name": "é` + "\uFFFD" + `",
  "labels": {
    "a": "1",
    "b": "2"
  },
  "ladder": [
    "error"
  ],
  "any": [
    null,
    1.5
  ],
  "raw": {
    "a": []
  },
  "bytes": "/w==",
  "when": "2026-03-14T15:09:26Z"
}
`
	got, err := strictjson.Encode(v)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}

// What omitzero and omitempty leave out is not looked at: a zero value need not have a JSON form.
func TestEncodeLeavesOutUnlooked(t *testing.T) {
	v := struct {
		A word    `json:"a,omitzero"`
		B word    `json:"b,omitempty"`
		C []word  `json:"c,omitempty"`
		D float64 `json:"d,omitzero"`
	}{C: []word{}}
	got, err := strictjson.Encode(v)
	if err != nil || string(got) != "{}\n" {
		t.Errorf("Encode = %q, %v; want an empty object", got, err)
	}
	w := struct {
		A word `json:"a"`
	}{}
	if got, err := strictjson.Encode(w); err == nil {
		t.Errorf("Encode = %q of a value without a JSON form", got)
	}
}

// rawText encodes itself to whatever bytes it holds, between quotes.
type rawText string

func (r rawText) MarshalJSON() ([]byte, error) { return []byte(`"` + string(r) + `"`), nil }

// word encodes itself as text, unless it is empty.
type word string

func (w word) MarshalText() ([]byte, error) {
	if w == "" {
		return nil, errors.New("empty word")
	}
	return []byte(w), nil
}

// bad has no text.
type bad struct{}

func (bad) MarshalText() ([]byte, error) { return nil, errors.New("no text") }

func TestEncodeRefuses(t *testing.T) {
	type list []any
	var deep any
	for range 1100 {
		deep = list{deep}
	}
	tests := []struct {
		name string
		v    any
		want string
	}{
		{"root", "\xff", `encode string: invalid UTF-8 in "\xff"`},
		{"field", &everything{List: []everything{{}, {Deep: &Deep{Note: "a\xc3"}}}},
			`encode *strictjson_test.everything: list[1].note: invalid UTF-8 in "a\xc3"`},
		{"embedded", everything{base: base{ID: "\x80"}}, `encode strictjson_test.everything: id: invalid UTF-8 in "\x80"`},
		{"map value", map[string]any{"x y": "\xff"}, `encode map[string]interface {}: ["x y"]: invalid UTF-8 in "\xff"`},
		{"map key", everything{Labels: map[string]string{"\xff": ""}},
			`encode strictjson_test.everything: labels: key: invalid UTF-8 in "\xff"`},
		{"map of text", map[bad]int{{}: 1}, `encode map[strictjson_test.bad]int: no text`},
		{"below a text key", map[severity]string{1: "\xff"},
			`encode map[strictjson_test.severity]string: warning: invalid UTF-8 in "\xff"`},
		{"raw", everything{Raw: json.RawMessage("{")},
			`encode strictjson_test.everything: json: error calling MarshalJSON for type json.RawMessage: unexpected end of JSON input`},
		{"map order", map[string]string{"c": "\xff", "b": "\xff", "a": "\xff"},
			`encode map[string]string: a: invalid UTF-8 in "\xff"`},
		{"NaN", map[string]any{"f": []float64{0, math.NaN()}}, `encode map[string]interface {}: f[1]: NaN is no JSON number`},
		{"infinity", struct{ F float32 }{float32(math.Inf(-1))}, `encode struct { F float32 }: F: -Inf is no JSON number`},
		{"integer", struct{ N []int64 }{[]int64{1<<53 - 1, -1 << 53}},
			`encode struct { N []int64 }: N[1]: -9007199254740992 is beyond 2^53-1, which not every reader of JSON keeps: it has to be a text`},
		{"unsigned", struct{ N uint64 }{1 << 53},
			`encode struct { N uint64 }: N: 9007199254740992 is beyond 2^53-1, which not every reader of JSON keeps: it has to be a text`},
		{"function", list{func() {}}, `encode strictjson_test.list: [0]: type func() has no JSON form`},
		{"text", list{word("\xff")}, `encode strictjson_test.list: [0]: invalid UTF-8 in "\xff"`},
		{"text error", list{word("")}, `encode strictjson_test.list: [0]: empty word`},
		{"marshaler", list{1, list{rawText("a\xff")}},
			`encode strictjson_test.list: [1][0]: invalid UTF-8 in a string: byte 0xFF`},
		{"string option", struct {
			N int `json:",string"`
		}{}, `encode struct { N int "json:\",string\"" }: field N: the string option is not supported`},
		{"deep", deep, `nested deeper than 1000 levels`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			out, err := strictjson.Encode(test.v)
			if err == nil || out != nil || !strings.HasSuffix(err.Error(), test.want) {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}

// TestEncodeKeys writes keys as encoding/json does: strings as they are, although words could encode themselves.
func TestEncodeKeys(t *testing.T) {
	got, err := strictjson.Encode([]any{map[word]int{"": 1}, map[int]int{2: 3}, map[severity]int{1: 2}})
	want := "[\n  {\n    \"\": 1\n  },\n  {\n    \"2\": 3\n  },\n  {\n    \"warning\": 2\n  }\n]\n"
	if err != nil || string(got) != want {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestEncodeLeavesOut(t *testing.T) {
	type leaf struct {
		Skipped string `json:"-"`
		hidden  string
	}
	got, err := strictjson.Encode(leaf{Skipped: "\xff", hidden: "\xff"})
	if err != nil || string(got) != "{}\n" {
		t.Errorf("got %q, %v", got, err)
	}
}

// What looks as if something had been replaced, or as if it were nested deep, is written as it is.
func TestEncodeSuspects(t *testing.T) {
	type note struct {
		Text string `json:"text"`
	}
	for text, want := range map[string]string{
		"\ufffd":                 `"\uFFFD"`,
		`\ufffd`:                 `"\\ufffd"`,
		strings.Repeat(" ", 400): `"` + strings.Repeat(" ", 400) + `"`,
	} {
		for range 2 {
			out, err := strictjson.Encode(note{text})
			if got := strings.TrimSuffix(strings.TrimPrefix(string(out), "{\n  \"text\": "), "\n}\n"); err != nil || got != strings.ReplaceAll(want, `\uFFFD`, "\ufffd") {
				t.Errorf("%q: %s, %v", text, out, err)
			}
		}
	}
	for range 2 {
		if _, err := strictjson.Encode(note{"a\xff"}); err == nil || !strings.Contains(err.Error(), "text: invalid UTF-8") {
			t.Errorf("invalid UTF-8: %v", err)
		}
	}
}

// What is written is indented as encoding/json indents it.
func TestEncodeIndents(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{`"`, `\`, `{"a":[1,2]}`, `\\"`, "\n", "<&>\u2028"}))
		v := rapid.SliceOf(rapid.MapOf(text, rapid.SliceOfN(text, 0, 2))).Draw(t, "value")
		got, err := strictjson.Encode(v)
		var want bytes.Buffer
		e := json.NewEncoder(&want)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err2 := e.Encode(v); err != nil || err2 != nil || want.String() != string(got) {
			t.Fatalf("%v, %v\n%s\n%s", err, err2, got, want.String())
		}
	})
}
