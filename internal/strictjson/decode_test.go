package strictjson_test

import (
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tidegate-go/tidegate/internal/strictjson"
)

var equalValues = cmp.Options{
	cmp.AllowUnexported(everything{}), cmpopts.EquateEmpty(),
}

func TestDecode(t *testing.T) {
	const input = `
	{ "id": "a", "kind": "k", "note": "n", "name": "caf\u00e9 \ud83d\ude00 é\n\/", "limit": -12, "small": -128, "count": 65535,
	  "ratio": 1.5e3, "half": 0.25, "on": true, "next": {"name": "x"}, "list": [{}, {"on": false}], "pair": [1, 2],
	  "labels": {"b c": "1", "": "2"}, "levels": {"info": [true], "error": []}, "level": "warning",
	  "ladder": ["error", "info"], "any": {"a": [1, "x", true, {}], "b": -0.5}, "raw": { "q":[1 ] }, "number": 1e400,
	  "bytes": "AQI=", "when": "2026-03-14T15:09:26+01:00", "wait": {"days": 3}, "Plain": "p" }`
	got := everything{Skipped: "lost", hidden: "lost"}
	if err := strictjson.Decode([]byte(input), &got, nil); err != nil {
		t.Fatal(err)
	}
	want := everything{
		base: base{ID: "a"}, Deep: &Deep{Note: "n"}, Kind: "k", Name: "café 😀 é\n/", Limit: -12, Small: -128, Count: 65535,
		Ratio: 1500, Half: 0.25, On: true, Next: &everything{Name: "x"}, List: []everything{{}, {}}, Pair: &[2]int{1, 2},
		Labels: map[string]string{"b c": "1", "": "2"}, Levels: map[severity][]bool{0: {true}, 2: {}}, Level: 1,
		Ladder: []severity{2, 0}, Any: map[string]any{"a": []any{1.0, "x", true, map[string]any{}}, "b": -0.5},
		Raw: json.RawMessage(`{ "q":[1 ] }`), Number: "1e400", Bytes: []byte{1, 2},
		When: time.Date(2026, 3, 14, 15, 9, 26, 0, time.FixedZone("", 3600)), Wait: &wait{Days: 3}, Plain: "p",
	}
	if diff := cmp.Diff(want, got, equalValues); diff != "" {
		t.Error(diff)
	}
	if got.List[1].List != nil || got.Levels[2] == nil {
		t.Error("an absent list is nil, an empty one is not")
	}
}

func TestDecodeCopies(t *testing.T) {
	input := []byte(`{"name": "name", "labels": {"key": "value"}, "any": ["text", {"k": "v"}], "raw": "raw", "number": 12}`)
	var got everything
	if err := strictjson.Decode(input, &got, nil); err != nil {
		t.Fatal(err)
	}
	for i := range input {
		input[i] = '#'
	}
	want := everything{Name: "name", Labels: map[string]string{"key": "value"},
		Any: []any{"text", map[string]any{"k": "v"}}, Raw: json.RawMessage(`"raw"`), Number: "12"}
	if diff := cmp.Diff(want, got, equalValues); diff != "" {
		t.Error(diff)
	}
}

func TestDecodeGoesOnAfterFaults(t *testing.T) {
	const input = `{"name": 1, "limit": 7, "list": [{"on": "x", "limit": 1}, 5, {"limit": 2}], "next": "x", "pair": [1, "2"],
	  "level": "bad", "ladder": ["error", "worst"], "limit": 9, "labels": {"a": "1", "b": 2}, "any": [1, null]}`
	var got everything
	if err := strictjson.Decode([]byte(input), &got, nil); err == nil {
		t.Fatal("accepted")
	}
	want := everything{Limit: 7, List: []everything{{Limit: 1}, {}, {Limit: 2}}, Pair: &[2]int{1, 0},
		Ladder: []severity{2, 0}, Labels: map[string]string{"a": "1", "b": ""}, Any: []any{1.0, nil}}
	if diff := cmp.Diff(want, got, equalValues); diff != "" {
		t.Error(diff)
	}
}

func TestDecodeTargets(t *testing.T) {
	type stringOption struct {
		N int `json:"n,string"`
	}
	type embedsPointer struct{ *base }
	var text string
	tests := []struct {
		name string
		into any
		want string
	}{
		{"nil", nil, "decode into <nil>: want a non-nil pointer"},
		{"no pointer", text, "decode into string: want a non-nil pointer"},
		{"nil pointer", (*string)(nil), "decode into *string: want a non-nil pointer"},
		{"channel", new(chan int), "cannot decode into chan int: type chan int has no JSON form"},
		{"interface", new(error), "cannot decode into error: type error has methods, so nothing tells the type of its value"},
		{"keys", new(map[int]string), "cannot decode into map[int]string: keys of map[int]string are no strings"},
		{"string option", new(stringOption), "field N: the string option is not supported"},
		{"embedded pointer", new(embedsPointer), "field base: a pointer to an unexported struct cannot be set"},
		{"deep", new([]map[string]struct{ F func() }), "field F: type func() has no JSON form"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := strictjson.Decode([]byte(`{}`), test.into, nil)
			if err == nil || !strings.HasSuffix(err.Error(), test.want) {
				t.Errorf("got %v, want suffix %q", err, test.want)
			}
			if faulty := new(strictjson.Error); errors.As(err, &faulty) {
				t.Error("the input is not at fault")
			}
		})
	}
}

// TestDecodeConcurrently makes plans of types that refer to each other in many goroutines at once, for the race detector.
func TestDecodeConcurrently(t *testing.T) {
	type node struct {
		Left, Right *node
		Any         map[string][]node
	}
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			var n node
			input := `{"Left": {"Right": {}}, "Any": {"x": [{}, {"Left": {}}]}}`
			if err := strictjson.Decode([]byte(input), &n, nil); err != nil || n.Any["x"][1].Left == nil {
				t.Errorf("got %+v, %v", n, err)
			}
		})
	}
	all.Wait()
}

// Left and Right embed the same struct, whose fields then hide each other.
type (
	Shared struct{ Twice int }
	Left   struct {
		Shared
		L int
	}
	Right struct {
		Shared
		R int
	}
	diamond struct {
		Left
		*Right
		*Endless
	}
	Endless struct{ *Endless }
)

func TestDecodeDiamond(t *testing.T) {
	var got diamond
	err := strictjson.Decode([]byte(`{"L": 1, "R": 2, "Twice": 3}`), &got, nil)
	const want = `1:18: Twice: unknown field "Twice"`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if got.L != 1 || got.Right == nil || got.R != 2 {
		t.Errorf("got %+v", got)
	}
}

func TestDecodeFlattens(t *testing.T) {
	type A struct{ X, Y, Same int }
	type B struct {
		Y    int
		Same int
		Z    int `json:"X2"`
	}
	type both struct {
		A
		B
		Same  string `json:"Same"`
		Odd   int    `json:"a\"b"`
		Dash  int    `json:"-,"`
		Inner A      `json:"inner"`
	}
	const input = `{"X": 1, "X2": 2, "Same": "s", "Odd": 3, "-": 4, "inner": {"X": 5}}`
	var got, want both
	if err := strictjson.Decode([]byte(input), &got, nil); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(input), &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if err := strictjson.Decode([]byte(`{"Y": 1}`), &got, nil); err == nil {
		t.Error("an ambiguous name is no field")
	}
}
