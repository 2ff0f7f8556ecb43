package strictjson_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/strictjson"
)

var faultTests = []struct {
	name, input string
	want        []string
}{
	// Fields and types.
	{"unknown field", `{"nmae": 1}`, []string{`1:2: nmae: unknown field "nmae", did you mean "name"?`}},
	{"other case", `{"Name": "x"}`, []string{`1:2: Name: unknown field "Name", did you mean "name"?`}},
	{"far from any", `{"zzzzzzzzz": {"a": [null]}}`, []string{
		`1:2: zzzzzzzzz: unknown field "zzzzzzzzz"`, `1:22: zzzzzzzzz.a[0]: null is not used here, leave the value out`}},
	{"odd key", `{"a b": 1, "": 2}`, []string{`1:2: ["a b"]: unknown field "a b"`, `1:12: [""]: unknown field ""`}},
	{"tag dash", `{"Skipped": 1, "hidden": 2}`, []string{
		`1:2: Skipped: unknown field "Skipped"`, `1:16: hidden: unknown field "hidden"`}},
	{"wrong types", "{\n  \"name\": 1,\n  \"list\": [{\"on\": \"x\"}, [], {\"limit\": {}}], \"ratio\": true}", []string{
		"2:11: name: want string, got number", "3:19: list[0].on: want boolean, got string",
		"3:25: list[1]: want object, got array", "3:39: list[2].limit: want number, got object",
		"3:54: ratio: want number, got boolean"}},
	{"root", `[]`, []string{"1:1: want object, got array"}},
	{"null", `{"name": null, "list": null, "next": null, "any": {"x": null}, "raw": [null], "when": null}`, []string{
		"1:10: name: null is not used here, leave the value out", "1:24: list: null is not used here, leave the value out",
		"1:38: next: null is not used here, leave the value out", "1:57: any.x: null is not used here, leave the value out",
		"1:72: raw[0]: null is not used here, leave the value out", "1:87: when: null is not used here, leave the value out"}},
	{"number as text", `{"number": "1", "bytes": [1]}`, []string{
		"1:12: number: want number, got string", "1:26: bytes: want string, got array"}},
	{"array length", `{"pair": [1], "next": {"pair": [1, 2, 3]}}`, []string{
		"1:10: pair: want 2 elements, got 1", "1:32: next.pair: want 2 elements, got 3"}},
	{"base64", `{"bytes": "A"}`, []string{"1:11: bytes: want base64: illegal base64 data at input byte 0"}},

	// Duplicates.
	{"duplicate field", `{"name": "a", "n\u0061me": 2}`, []string{
		`1:15: name: duplicate key "name"`, "1:28: name: want string, got number"}},
	{"duplicate elsewhere", `{"labels": {"a": "", "a": ""}, "any": {"a": 1, "\u0061": 2}, "raw": {"b": {"c": 1, "c": 2}},
	"levels": {"info": [], "info": []}}`, []string{`1:22: labels.a: duplicate key "a"`, `1:48: any.a: duplicate key "a"`,
		`1:84: raw.b.c: duplicate key "c"`, `2:25: levels.info: duplicate key "info"`}},

	// Numbers.
	{"ranges", `{"small": 128, "count": -1, "ratio": 1e400, "half": 1e39, "limit": 9223372036854775808, "any": -1e999}`, []string{
		"1:11: small: 128 is out of range for int8", "1:25: count: -1 is out of range for uint16",
		"1:38: ratio: 1e400 is out of range for float64", "1:53: half: 1e39 is out of range for float32",
		"1:68: limit: 9223372036854775808 is out of range for int", "1:96: any: -1e999 is out of range for float64"}},
	{"no integers", `{"limit": 1.0, "count": 1e2}`, []string{
		"1:11: limit: want integer, got 1.0", "1:25: count: want integer, got 1e2"}},
	{"malformed", `{"limit": 01, "list": [-, +1, .5, 1., 1e, 0x1F, 1_0], "ratio": -Infinity, "half": NaN}`, []string{
		`1:11: limit: malformed number "01"`,
		`1:24: list[0]: want object, got number`, `1:24: list[0]: malformed number "-"`,
		`1:27: list[1]: want object, got number`, `1:27: list[1]: malformed number "+1"`,
		`1:31: list[2]: want object, got number`, `1:31: list[2]: malformed number ".5"`,
		`1:35: list[3]: want object, got number`, `1:35: list[3]: malformed number "1."`,
		`1:39: list[4]: want object, got number`, `1:39: list[4]: malformed number "1e"`,
		`1:43: list[5]: want object, got number`, `1:43: list[5]: malformed number "0x1F"`,
		`1:49: list[6]: want object, got number`, `1:49: list[6]: malformed number "1_0"`,
		`1:64: ratio: malformed number "-Infinity"`, `1:83: half: invalid literal "NaN"`}},

	// Strings.
	{"invalid UTF-8", "{\"name\": \"a\xff\", \"raw\": \"\xed\xa0\x80\", \"\xc3\": 1}", []string{
		"1:12: name: invalid UTF-8 in a string: byte 0xFF", "1:24: raw: invalid UTF-8 in a string: byte 0xED",
		"1:25: raw: invalid UTF-8 in a string: byte 0xA0", "1:26: raw: invalid UTF-8 in a string: byte 0x80",
		"1:31: invalid UTF-8 in a string: byte 0xC3"}},
	{"surrogates", `{"name": "\ud800 \udc00 \ud83d\u0041 \uD83D\uDE00"}`, []string{`1:11: name: lone surrogate \ud800`,
		`1:18: name: lone surrogate \udc00`, `1:25: name: lone surrogate \ud83d`}},
	{"escapes", `{"name": "\x \u12g4 \'", "kind": "\u"}`, []string{`1:11: name: invalid escape "\\x"`,
		`1:14: name: invalid escape: want four hexadecimal digits after \u`, `1:21: name: invalid escape "\\'"`,
		`1:35: kind: invalid escape: want four hexadecimal digits after \u`}},
	{"faulty key and values", `{"a\x": {"b": null}, "bytes": "\x", "level": "\x"}`, []string{
		`1:4: invalid escape "\\x"`, `1:15: ["\"a\\x\""].b: null is not used here, leave the value out`,
		`1:32: bytes: invalid escape "\\x"`, `1:47: level: invalid escape "\\x"`}},
	{"control", "{\"name\": \"a\tb\", \"kind\": 1}", []string{
		"1:12: name: control character U+0009 in a string", "1:25: kind: want string, got number"}},

	// Types that decode themselves.
	{"own error", `{"level": "bad", "own": 1, "levels": {"worse": []}, "ladder": [3]}`, []string{
		`1:11: level: unknown severity "bad"`, "1:25: own: first line; second line",
		`1:39: levels.worse: unknown severity "worse"`, "1:64: ladder[0]: want string, got number"}},
	{"time", `{"when": "2026-02-30T00:00:00Z"}`, []string{
		`1:10: when: parsing time "2026-02-30T00:00:00Z": day out of range`}},
	{"nested Decode of another type", `{"wait": [1]}`, []string{"1:10: wait: want object, got array"}},
	{"nested Decode", "{\"wait\": {\n \"day\": 1, \"days\": \"\"}}", []string{
		`2:2: wait.day: unknown field "day", did you mean "days"?`, "2:20: wait.days: want number, got string"}},

	// Syntax, recovered from.
	{"commas", `{"list": [{} {},], "name": "a" "kind": "b",}`, []string{
		"1:14: list: missing comma", "1:16: list: trailing comma before ']'", "1:32: missing comma",
		"1:43: trailing comma before '}'"}},
	{"literals", `{"on": True, "name": nul, "any": [undefined]}`, []string{
		`1:8: on: invalid literal "True"`, `1:22: name: invalid literal "nul"`, `1:35: any[0]: invalid literal "undefined"`}},
	{"mark", "\xef\xbb\xbf{\"name\": 1}", []string{
		"1:1: document begins with a byte order mark", "1:13: name: want string, got number"}},

	// Syntax, the end.
	{"empty", ``, []string{"1:1: unexpected end of input, want a value"}},
	{"space", " \n ", []string{"2:2: unexpected end of input, want a value"}},
	{"trailing", `{"name": 1} {}`, []string{"1:10: name: want string, got number", `1:13: trailing data after the value: "{"`}},
	{"cut", `{"name": 1, "list": [{"on"`, []string{
		"1:10: name: want string, got number", "1:27: list[0].on: unexpected end of input, want a colon after the key"}},
	{"open escape", `{"name": "\`, []string{"1:12: name: unexpected end of input in a string"}},
	{"open string", `{"name": "abc`, []string{"1:14: name: unexpected end of input in a string"}},
	{"mismatch", `{"list": [{}}`, []string{`1:13: list: want a comma or ], got "}"`}},
	{"single quotes", `{"on": 1, 'x': 2}`, []string{
		"1:8: on: want boolean, got number", `1:11: want a quoted key, got "'"`}},
	{"comment", `{"on": /* é */ true}`, []string{`1:8: on: want a value, got "/"`}},
	{"two commas", `{"ladder": ["info",, 1]}`, []string{`1:20: ladder[1]: want a value, got ","`}},
}

func TestFaults(t *testing.T) {
	for _, test := range faultTests {
		t.Run(test.name, func(t *testing.T) {
			err := strictjson.Decode([]byte(test.input), new(everything), nil)
			if err == nil {
				t.Fatal("accepted")
			}
			if diff := cmp.Diff(test.want, strings.Split(err.Error(), "\n")); diff != "" {
				t.Error(diff)
			}
		})
	}
}
