package strictjson_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/strictjson"
)

func TestLimits(t *testing.T) {
	tests := []struct {
		name, input string
		opts        strictjson.Options
		want        []string
	}{
		{"bytes", `{"name": 1}`, strictjson.Options{MaxBytes: 10}, []string{
			"1:1: document has 11 bytes, more than the limit of 10"}},
		{"depth", `{"list": [[[1]]]}`, strictjson.Options{MaxDepth: 2}, []string{
			"1:11: list[0]: want object, got array", "1:11: list[0]: nested deeper than 2 levels"}},
		{"faults", `[1, 2, 3, 4]`, strictjson.Options{MaxFaults: 2}, []string{
			"1:2: [0]: want string, got number", "1:5: [1]: want string, got number",
			"1:5: there are more faults than the limit of 2"}},
		{"just enough faults", `[1, 2]`, strictjson.Options{MaxFaults: 2}, []string{
			"1:2: [0]: want string, got number", "1:5: [1]: want string, got number"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var v any = new(everything)
			if test.input[0] == '[' {
				v = new([]string)
			}
			err := strictjson.Decode([]byte(test.input), v, &test.opts)
			if err == nil {
				t.Fatal("accepted")
			}
			if diff := cmp.Diff(test.want, strings.Split(err.Error(), "\n")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestDepthEverywhere nests where each kind of walk recurses: the bound must hold in all of them.
func TestDepthEverywhere(t *testing.T) {
	for _, key := range []string{"any", "raw", "unknown", "name", "list", "next", "own", "pair"} {
		for _, open := range []string{"[", `{"` + key + `": `} {
			input := `{"` + key + `": ` + strings.Repeat(open, 1_000_000)
			var e *strictjson.Error
			if err := strictjson.Decode([]byte(input), new(everything), nil); !errors.As(err, &e) {
				t.Fatalf("%s: got %v", key, err)
			}
			if last := e.Faults[len(e.Faults)-1].Message; last != "nested deeper than 64 levels" &&
				!strings.HasPrefix(last, "there are more") {
				t.Errorf("%s %s: got %s", key, open, last)
			}
		}
	}
}

// TestReportIsBounded holds the report of a hostile document near the limits, whatever its keys and values are.
func TestReportIsBounded(t *testing.T) {
	long := strings.Repeat("9", 1<<20)
	input := `{"` + long + `": 0, "limit": ` + long + `, "level": "x", "a": [` + strings.Repeat("nope,", 1<<18) + `]}`
	err := strictjson.Decode([]byte(input), new(everything), nil)
	var e *strictjson.Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	if len(e.Faults) != 101 || len(err.Error()) > 20_000 {
		t.Errorf("got %d faults in %d bytes", len(e.Faults), len(err.Error()))
	}
}

// TestManyKeys meets the index that large objects without a struct get.
func TestManyKeys(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"raw": {`)
	for i := range 100_000 {
		fmt.Fprintf(&b, `"k\u0065y %d": 0, `, i)
	}
	b.WriteString("\n" + `"key 5": 1, "key 99999": 2, "key": 3, "key": 4}}`)
	err := strictjson.Decode([]byte(b.String()), new(everything), nil)
	if err == nil {
		t.Fatal("accepted")
	}
	want := []string{`2:1: raw["key 5"]: duplicate key "key 5"`, `2:13: raw["key 99999"]: duplicate key "key 99999"`,
		`2:39: raw.key: duplicate key "key"`}
	if diff := cmp.Diff(want, strings.Split(err.Error(), "\n")); diff != "" {
		t.Error(diff)
	}
}
