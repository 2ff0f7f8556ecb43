package fact_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/fact"
)

func TestParseParams(t *testing.T) {
	tests := []struct {
		text string
		want fact.Params
	}{
		{`{}`, ""},
		{" {\n} ", ""},
		{`{"b": 1, "a": "x"}`, `{"a":"x","b":1}`},
		{`{"b":{"d":true,"c":[1, 2 ]}}`, `{"b":{"c":[1,2],"d":true}}`},
		{`{"n":123456789012345678901234567890}`, `{"n":123456789012345678901234567890}`},
		{`{"n":9007199254740993,"m":1e400,"z":-0,"d":1.50}`, `{"d":1.50,"m":1e400,"n":9007199254740993,"z":-0}`},
		{`{"jql":"a < b && c > d"}`, `{"jql":"a < b && c > d"}`},
		{`{"a":"\u00e9\/\t"}`, `{"a":"é/\t"}`},
		{`{"":"empty name"}`, `{"":"empty name"}`},
	}
	for _, tt := range tests {
		got, err := fact.ParseParams(tt.text)
		if err != nil {
			t.Errorf("%s: %v", tt.text, err)
			continue
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.text, diff)
		}
		if err := got.Fault(); err != nil {
			t.Errorf("%s: %v", tt.text, err)
		}
	}
}

// What encoding/json lets pass would make two readers see two questions.
var badParams = map[string]string{
	"a list":                 `["a"]`,
	"a string":               `"a"`,
	"a number":               `1`,
	"null":                   `null`,
	"null inside":            `{"a":null}`,
	"nothing":                ``,
	"white space":            ` `,
	"a key twice":            `{"a":1,"a":1}`,
	"a key twice, escaped":   `{"a":1,"\u0061":2}`,
	"a key twice, deep":      `{"a":[{"b":1,"b":2}]}`,
	"two objects":            `{} {}`,
	"a brace too many":       `{"a":1}}`,
	"a bracket too many":     `{"a":1}]`,
	"a comma too many":       `{"a":1,}`,
	"half an object":         `{"a":1`,
	"a lone surrogate":       `{"a":"\ud800"}`,
	"text that is not UTF-8": "{\"a\":\"\xff\"}",
	"a number that is none":  `{"a":01}`,
	"a byte order mark":      "\xef\xbb\xbf{}",
}

func TestParseParamsRefused(t *testing.T) {
	for name, text := range badParams {
		if p, err := fact.ParseParams(text); err == nil || p != "" {
			t.Errorf("%s: %s is read as %q, %v", name, text, p, err)
		} else if !strings.Contains(err.Error(), "params") {
			t.Errorf("%s: the error does not say of what it speaks: %v", name, err)
		}
	}
}

// The same holds wherever parameters stand in a document, with either decoder.
func TestParamsInDocumentsRefused(t *testing.T) {
	for name, text := range badParams {
		if name == "nothing" || name == "white space" {
			continue
		}
		document := []byte(`{"connector":"jira","kind":"count","params":` + text + `,"yields":{"shape":"number"}}`)
		var q fact.Query
		if err := strictjson.Decode(document, &q, nil); err == nil {
			t.Errorf("%s: read strictly as %v", name, q)
		}
		if name == "null" {
			continue // encoding/json leaves a value out for it
		}
		if err := json.Unmarshal(document, &q); err == nil {
			t.Errorf("%s: read as %v", name, q)
		}
	}
}

// Only a conversion makes parameters that are not canonical, and they are not written.
func TestParamsFault(t *testing.T) {
	for _, p := range []fact.Params{`{}`, `{"b":1,"a":2}`, `{"a": 1}`, `[]`, `x`, ` `, `{"a":"\u0061"}`, `{"a":1,"a":1}`} {
		if p.Fault() == nil {
			t.Errorf("%s has no fault", p)
		}
		if text, err := strictjson.Encode(fact.Query{Ask: fact.Ask{Params: p}}); err == nil {
			t.Errorf("%s is written as %s", p, text)
		}
	}
	if got := fact.Params("[]").With("a", "b"); got != "[]" {
		t.Errorf("With makes %s of parameters that are none", got)
	}
	if _, ok := fact.Params("[]").Get("a"); ok {
		t.Error("Get finds something in parameters that are none")
	}
}

func TestParamsWithAndGet(t *testing.T) {
	var none fact.Params
	p := none.With("b", "2").With("a", "<1>").With("b", "3")
	if diff := cmp.Diff(fact.Params(`{"a":"<1>","b":"3"}`), p); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	mixed, err := fact.ParseParams(`{"n":1,"s":"x"}`)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"s": "x", "n": "", "gone": ""} {
		if got, ok := mixed.Get(name); got != want || ok != (want != "") {
			t.Errorf("Get(%q) = %q, %v", name, got, ok)
		}
	}
	if _, ok := none.Get("a"); ok {
		t.Error("no parameters have a parameter")
	}
}

// Text that is not UTF-8 is not asked as something else.
func TestParamsWithBadText(t *testing.T) {
	for _, p := range []fact.Params{fact.Params("").With("jql", "a\xff"), fact.Params(`{"b":"1"}`).With("\xff", "")} {
		if p.Fault() == nil {
			t.Errorf("%q has no fault", string(p))
		}
		if q := p.With("more", "text"); q.Fault() == nil {
			t.Errorf("%q has no fault", string(q))
		}
	}
}

// anyValue draws a JSON value as text, without null.
func anyValue(depth int) *rapid.Generator[any] {
	return rapid.Custom(func(t *rapid.T) any {
		kinds := 3
		if depth > 0 {
			kinds = 5
		}
		switch rapid.IntRange(0, kinds-1).Draw(t, "kind") {
		case 0:
			return rapid.String().Draw(t, "string")
		case 1:
			return rapid.Bool().Draw(t, "bool")
		case 2:
			return json.Number(rapid.StringMatching(`-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,5})?([eE][+-]?[0-9]{1,3})?`).Draw(t, "number"))
		case 3:
			list := rapid.SliceOfN(anyValue(depth-1), 0, 3).Draw(t, "list")
			return append([]any{}, list...)
		default:
			return rapid.MapOfN(rapid.String(), anyValue(depth-1), 0, 3).Draw(t, "object")
		}
	})
}

// spell writes a value with its keys in any order and white space anywhere.
func spell(t *rapid.T, out *bytes.Buffer, v any) {
	space := func() { out.WriteString(rapid.SampledFrom([]string{"", "", " ", "\n\t"}).Draw(t, "space")) }
	space()
	switch v := v.(type) {
	case map[string]any:
		keys := slices.Sorted(maps.Keys(v)) // so that rapid alone decides on their order
		if len(keys) > 0 {
			keys = rapid.Permutation(keys).Draw(t, "order")
		}
		out.WriteByte('{')
		for i, k := range keys {
			if i > 0 {
				out.WriteByte(',')
			}
			spell(t, out, k)
			space()
			out.WriteByte(':')
			spell(t, out, v[k])
		}
		out.WriteByte('}')
	case []any:
		out.WriteByte('[')
		for i, e := range v {
			if i > 0 {
				out.WriteByte(',')
			}
			spell(t, out, e)
		}
		out.WriteByte(']')
	default:
		text, err := json.Marshal(v) // with HTML escapes, another way to write the same
		if err != nil {
			t.Fatal(err)
		}
		out.Write(text)
	}
	space()
}

// Two spellings of one object are one text, and that text is its own.
func TestParamsAreCanonical(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		object := rapid.MapOfN(rapid.String(), anyValue(2), 0, 4).Draw(t, "object")
		var one, two bytes.Buffer
		spell(t, &one, object)
		spell(t, &two, object)
		p, err1 := fact.ParseParams(one.String())
		q, err2 := fact.ParseParams(two.String())
		if err1 != nil || err2 != nil {
			t.Fatalf("%v, %v\n%s\n%s", err1, err2, one.String(), two.String())
		}
		if p != q {
			t.Fatalf("%s and %s", p, q)
		}
		if err := p.Fault(); err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var back fact.Params
		if err := json.Unmarshal(text, &back); err != nil || back != p {
			t.Fatalf("%s is read back as %s, %v", p, back, err)
		}
	})
}

// Different objects are different texts.
func TestParamsTellApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name, a, b := rapid.String().Draw(t, "name"), rapid.String().Draw(t, "a"), rapid.String().Draw(t, "b")
		p, q := fact.Params("").With(name, a), fact.Params("").With(name, b)
		if (p == q) != (a == b) {
			t.Fatalf("%q and %q give %s and %s", a, b, p, q)
		}
		if got, ok := p.Get(name); !ok || got != a {
			t.Fatalf("%q is read back as %q, %v", a, got, ok)
		}
	})
}

func FuzzParseParams(f *testing.F) {
	for _, text := range badParams {
		f.Add(text)
	}
	f.Add(`{"b": [1, {"c":"\u2028<&>"}], "a": 123456789012345678901234567890}`)
	f.Fuzz(func(t *testing.T, text string) {
		p, err := fact.ParseParams(text)
		if err != nil {
			if p != "" {
				t.Errorf("%q: an error and %q", text, string(p))
			}
			return
		}
		if !utf8.ValidString(string(p)) || !json.Valid([]byte(text)) {
			t.Errorf("%q is read as %q", text, string(p))
		}
		if err := p.Fault(); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		var want, got any
		for _, s := range []struct {
			text string
			into *any
		}{{text, &want}, {"{}", &got}} {
			if s.text == "{}" && p != "" {
				s.text = string(p)
			}
			dec := json.NewDecoder(strings.NewReader(s.text))
			dec.UseNumber()
			if err := dec.Decode(s.into); err != nil {
				t.Fatalf("%q: %v", s.text, err)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
		encoded, err := strictjson.Encode(fact.Ask{Params: p})
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		var back fact.Ask
		if err := strictjson.Decode(encoded, &back, nil); err != nil || back.Params != p {
			t.Errorf("%q is read back as %q, %v", string(p), string(back.Params), err)
		}
	})
}

// What has no fault is what it would be parsed to, also where nobody takes it
// apart to see that.
func TestParamsWithoutFaultAreCanonical(t *testing.T) {
	piece := rapid.SampledFrom([]string{`{`, `}`, `"a":"x"`, `"b":"y"`, `"a":1`, `"":"z"`, `,`, `:`, `"`, `\`, ` `, "\x7f", "é", `"c":"<>&"`, `"c":"{,}"`})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 7).Draw(t, "pieces"), "")
		if rapid.Bool().Draw(t, "braces") {
			text = "{" + text + "}"
		}
		p := fact.Params(text)
		canonical, err := fact.ParseParams(text)
		if want := text == "" || err == nil && canonical == p; (p.Fault() == nil) != want {
			t.Fatalf("%s: %v, parsed as %s, %v", text, p.Fault(), canonical, err)
		}
	})
}
