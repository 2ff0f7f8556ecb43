package strictjson_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/internal/strictjson"
)

// FuzzDecode holds Decode against encoding/json: what it accepts, encoding/json accepts with an equal value. It reads
// each input into a struct, into any and raw, where the walks differ.
func FuzzDecode(f *testing.F) {
	for _, test := range faultTests {
		f.Add([]byte(test.input))
	}
	data, err := strictjson.Encode(newBenchDocument().Gates[0])
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"id": "a", "Plain": "x", "next": {"any": [1.5e-3, {"a\u00e9": "b"}]}, "levels": {"info": [true]},
		"wait": {"days": 3}, "bytes": "AQI=", "number": 1e5, "when": "2026-03-14T15:09:26.5+01:00", "pair": [-1, 0]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		same(t, data, new(everything), new(everything))
		same(t, data, new(any), new(any))
		same(t, data, new(json.RawMessage), new(json.RawMessage))
		same(t, data, new(map[string][]benchGate), new(map[string][]benchGate))
	})
}

func same(t *testing.T, data []byte, got, want any) {
	t.Helper()
	before := bytes.Clone(data)
	err := strictjson.Decode(data, got, nil)
	if !bytes.Equal(before, data) {
		t.Fatal("the input was changed")
	}
	if err != nil {
		checkFaults(t, data, err)
		return
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(want); err != nil {
		t.Fatalf("accepted, but encoding/json says: %v", err)
	}
	if !json.Valid(data) {
		t.Fatal("accepted, but not valid")
	}
	// DeepEqual tells nil from empty, as it should here; only the zone of a time is a pointer to something equal.
	if !reflect.DeepEqual(want, got) {
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(everything{}), cmp.Comparer(time.Time.Equal)); diff != "" {
			t.Fatal(diff)
		}
	}
}

// checkFaults holds a report to its promises: at least one fault, places inside the document and in its order.
func checkFaults(t *testing.T, data []byte, err error) {
	t.Helper()
	var e *strictjson.Error
	if !errors.As(err, &e) || len(e.Faults) == 0 || len(e.Faults) > 101 {
		t.Fatalf("got %v", err)
	}
	lines := bytes.Split(data, []byte("\n"))
	line, column := 1, 1
	for _, f := range e.Faults {
		if f.Line < line || f.Line == line && f.Column < column || f.Line > len(lines) || f.Column > len(lines[f.Line-1])+1 {
			t.Fatalf("%d:%d after %d:%d in %q", f.Line, f.Column, line, column, data)
		}
		line, column = f.Line, f.Column
	}
}

// FuzzRoundTrip encodes whatever was decoded: decoding that gives the same bytes again.
func FuzzRoundTrip(f *testing.F) {
	f.Add([]byte(`{"id": "a", "any": [1, {"b": "\u2028<"}], "levels": {"error": []}, "wait": {"days": 1}, "raw": 1.0}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var v everything
		if strictjson.Decode(data, &v, nil) != nil {
			return
		}
		roundTrip(t, v)
	})
}

type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

func roundTrip(t fataler, v everything) {
	t.Helper()
	first, err := strictjson.Encode(v)
	if err != nil && strings.Contains(err.Error(), "beyond 2^53-1") {
		return // can be read, unless asked otherwise, and is not written
	}
	if err != nil {
		t.Fatalf("encode: %v", err)
	}
	var back everything
	if err := strictjson.Decode(first, &back, nil); err != nil {
		t.Fatalf("decode %s: %v", first, err)
	}
	second, err := strictjson.Encode(back)
	if err != nil || !bytes.Equal(first, second) {
		t.Fatalf("%v\nfirst  %s\nsecond %s", err, first, second)
	}
}

func TestRoundTrip(t *testing.T) {
	texts := rapid.String()
	leaf := rapid.Custom(func(t *rapid.T) everything {
		return everything{
			base: base{ID: texts.Draw(t, "id")}, Deep: &Deep{Note: texts.Draw(t, "note")},
			Limit: int(rapid.Int64Range(-1<<53+1, 1<<53-1).Draw(t, "limit")), Small: rapid.Int8().Draw(t, "small"), Count: rapid.Uint16().Draw(t, "count"),
			Ratio: rapid.Float64Range(-1e300, 1e300).Draw(t, "ratio"), Half: rapid.Float32Range(-1e30, 1e30).Draw(t, "half"),
			On: rapid.Bool().Draw(t, "on"), Labels: rapid.MapOf(texts, texts).Draw(t, "labels"),
			Level: severity(rapid.IntRange(0, 2).Draw(t, "level")), Bytes: rapid.SliceOf(rapid.Byte()).Draw(t, "bytes"),
			Any:  rapid.SampledFrom([]any{nil, 1.5, "x", []any{true}, map[string]any{"k": ""}}).Draw(t, "any"),
			When: time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "when"), 0).UTC(),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		v := leaf.Draw(t, "v")
		v.List = rapid.SliceOfN(leaf, 0, 3).Draw(t, "list")
		next := leaf.Draw(t, "next")
		v.Next = &next
		roundTrip(t, v)
	})
}
