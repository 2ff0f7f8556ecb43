package jsondiff_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/internal/jsondiff"
	"github.com/tidegate-go/tidegate/release/check"
)

func TestDiff(t *testing.T) {
	tests := []struct {
		name, from, to string
		want           []jsondiff.Change
	}{
		{"nothing", `{"a":[1,"x",null]}`, "{ \"a\" : [1, \"\\u0078\", null]}", nil},
		{"a number", `{"a":{"b":1}}`, `{"a":{"b":2}}`, []jsondiff.Change{{Path: "a.b", Old: "1", New: "2"}}},
		{"the kind of a value", `{"a":{"b":1}}`, `{"a":[1]}`, []jsondiff.Change{{Path: "a", Old: `{"b":1}`, New: "[1]"}}},
		{"a text with signs", `{"a":"<b>"}`, `{"a":"&"}`, []jsondiff.Change{{Path: "a", Old: `"<b>"`, New: `"&"`}}},
		{"a member removed and one added", `{"a":1,"b":2}`, `{"c":3,"b":2}`, []jsondiff.Change{{Path: "a", Old: "1"}, {Path: "c", New: "3"}}},
		{"an element by its id", `[{"id":"x","n":1},{"id":"y","n":2}]`, `[{"id":"y","n":3}]`,
			[]jsondiff.Change{{Path: "[0]", Old: `{"id":"x","n":1}`}, {Path: "[0].n", Old: "2", New: "3"}}},
		{"another order", `[{"name":"x"},{"name":"y"}]`, `[{"name":"y"},{"name":"x"},{"name":"z"}]`,
			[]jsondiff.Change{{Path: "[2]", New: `{"name":"z"}`}, {Path: "", Old: `["x","y"]`, New: `["y","x"]`}}},
		{"ids that repeat", `[{"id":"x"},{"id":"x"}]`, `[{"id":"x"},{"id":"y"}]`, []jsondiff.Change{{Path: "[1].id", Old: `"x"`, New: `"y"`}}},
		{"an element in the middle", `[1,2,4]`, `[1,2,3,4]`, []jsondiff.Change{{Path: "[2]", New: "3"}}},
		{"elements at both ends", `[1,2,3]`, `[0,2]`, []jsondiff.Change{{Path: "[0]", Old: "1", New: "0"}, {Path: "[2]", Old: "3"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := jsondiff.Diff([]byte(tt.from), []byte(tt.to))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestDiffBy(t *testing.T) {
	from := `[{"place":"qa","way":"in","n":1},{"place":"qa","way":"out","n":2}]`
	to := `[{"place":"dev","way":"in"},{"place":"qa","way":"out","n":3},{"place":"qa","way":"in","n":1}]`
	got, err := jsondiff.DiffBy([]byte(from), []byte(to), "id", "place+way")
	if err != nil {
		t.Fatal(err)
	}
	want := []jsondiff.Change{
		{Path: "[1].n", Old: "2", New: "3"},
		{Path: "[0]", New: `{"place":"dev","way":"in"}`},
		{Path: "", Old: `[["qa","in"],["qa","out"]]`, New: `[["qa","out"],["qa","in"]]`},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDiffRefuses(t *testing.T) {
	for _, text := range []string{"", "{", `{"a"}`, "[1,]", "1 2", "nul"} {
		if _, err := jsondiff.Diff([]byte(text), []byte("1")); err == nil || !strings.Contains(err.Error(), "old document") {
			t.Errorf("%q: %v", text, err)
		}
		if _, err := jsondiff.Diff([]byte("1"), []byte(text)); err == nil || !strings.Contains(err.Error(), "new document") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestAt(t *testing.T) {
	text := `{"a": [10, {"b": "x"}], "c": true}` + "\n"
	tests := map[string]check.Path{
		`{"a": [1`: "", `"a": [1`: "a", `: [10`: "a", `[10`: "a", `10, `: "a[0]", `0, {`: "a[0]", `, {`: "a[1]",
		`"b"`: "a[1].b", `: "x"`: "a[1].b", `"x"`: "a[1].b", `}], `: "a[1]", `], "c`: "a", `true`: "c", "}\n": "", "\n": "",
	}
	for piece, want := range tests {
		if got := jsondiff.At([]byte(text), strings.Index(text, piece)); got != want {
			t.Errorf("at %q: %q, want %q", piece, got, want)
		}
	}
	if got := jsondiff.At([]byte(text), len(text)+9); got != "" {
		t.Errorf("behind the end: %q", got)
	}
}

func TestFirst(t *testing.T) {
	want := "{\n  \"a\": 1,\n  \"b\": [\n    \"x\"\n  ]\n}\n"
	tests := []struct {
		name, text string
		place      jsondiff.Place
	}{
		{"a value", strings.Replace(want, "1", "2", 1), jsondiff.Place{Path: "a", Text: `"a": 2,`, Want: `"a": 1,`}},
		{"white space", strings.Replace(want, "    ", "   ", 1), jsondiff.Place{Path: "b[0]", Text: `"x"`, Want: `"x"`}},
		{"no JSON", strings.Replace(want, `"b"`, `"b`, 1), jsondiff.Place{Path: "b", Text: `"b: [`, Want: `"b": [`}},
		{"no UTF-8", strings.Replace(want, "x", "\xff", 1), jsondiff.Place{Path: "b[0]", Text: `"?"`, Want: `"x"`}},
		{"nothing", "", jsondiff.Place{Want: "{"}},
		{"a byte behind the end", want + "x", jsondiff.Place{Text: "x"}},
		{"a byte less", want[:len(want)-1], jsondiff.Place{Text: "}", Want: "}"}},
		{"a long line", strings.Replace(want, "1", strings.Repeat("1", 500), 1), jsondiff.Place{Path: "a", Text: `"a": 1` + strings.Repeat("1", 80), Want: `"a": 1,`}},
	}
	for _, tt := range tests {
		place, differ := jsondiff.First([]byte(tt.text), []byte(want))
		if diff := cmp.Diff(tt.place, place); diff != "" || !differ {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	if place, differ := jsondiff.First([]byte(want), []byte(want)); differ {
		t.Errorf("the same text differs at %+v", place)
	}
}

// Documents that say the same have no change, and others have one.
func TestPropertyDiff(t *testing.T) {
	var draw func(*rapid.T, int) any
	draw = func(t *rapid.T, depth int) any {
		switch n := rapid.IntRange(0, 3+min(depth, 1)*2).Draw(t, "kind"); n {
		case 0:
			return rapid.IntRange(0, 3).Draw(t, "number")
		case 1:
			return rapid.SampledFrom([]string{"", "x", "y"}).Draw(t, "text")
		case 2:
			return rapid.Bool().Draw(t, "truth")
		case 3:
			return nil
		case 4:
			list := []any{}
			for range rapid.IntRange(0, 3).Draw(t, "length") {
				list = append(list, draw(t, depth-1))
			}
			return list
		default:
			object := map[string]any{}
			for _, name := range []string{"id", "a"}[:rapid.IntRange(0, 2).Draw(t, "members")] {
				object[name] = draw(t, depth-1)
			}
			return object
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a, err1 := json.Marshal(draw(t, 3))
		b, err2 := json.MarshalIndent(draw(t, 3), "", " ")
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		var plain any
		if err := json.Unmarshal(b, &plain); err != nil {
			t.Fatal(err)
		}
		compact, err := json.Marshal(plain)
		if err != nil {
			t.Fatal(err)
		}
		changes, err := jsondiff.Diff(a, b)
		if err != nil || (len(changes) == 0) != (string(a) == string(compact)) {
			t.Fatalf("%s\n%s\n%v %v", a, b, changes, err)
		}
	})
}
