package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/tidegate-go/tidegate/release/packet"
)

// A mutant is a document with one value changed, and where.
type mutant struct{ what, text string }

// replacements stand in the place of values, a few in each, in turn: all of them everywhere take minutes.
var replacements = []any{nil, true, "", "x", 1, -1.5, json.Number("9007199254740993"), []any{}, []any{"x"}, map[string]any{}}

// mutants changes one value of the document at a time, once for each place: where the last two keys are the same, so
// is the type, nearly always.
func mutants(t testing.TB, text []byte) []mutant {
	t.Helper()
	var root any
	if err := json.Unmarshal(text, &root); err != nil {
		t.Fatal(err)
	}
	var out []mutant
	met, turn := map[string]bool{}, 0
	note := func(what string) {
		changed, err := json.Marshal(root)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, mutant{what, string(changed)})
	}
	var walk func(place string, v any, set func(any))
	walk = func(place string, v any, set func(any)) {
		if short := ending(place); !met[short] {
			met[short] = true
			for range 3 {
				turn++
				other := replacements[turn%len(replacements)]
				set(other)
				note(fmt.Sprintf("%s: %v", place, other))
			}
			if s, ok := v.(string); ok && s != "" {
				set(s + "x")
				note(place + ": longer")
				set(s[:len(s)-1])
				note(place + ": shorter")
			}
			set(v)
		}
		switch v := v.(type) {
		case []any:
			for i := range v {
				walk(place+"[]", v[i], func(x any) { v[i] = x })
			}
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(v)) {
				if at := place + "." + key; !met[ending(at)] {
					was := v[key]
					delete(v, key)
					note(at + ": left out")
					v[key+"X"] = was
					note(at + ": renamed")
					delete(v, key+"X")
					v[key] = was
				}
				walk(place+"."+key, v[key], func(x any) { v[key] = x })
			}
		}
	}
	walk("", root, func(x any) { root = x })
	return out
}

// ending returns the last two keys of a place.
func ending(place string) string {
	keys := strings.Split(place, ".")
	return strings.Join(keys[max(0, len(keys)-2):], ".")
}

// Whatever is changed in a packet, decoder and schema say the same, but for what a rule will say.
func TestMutants(t *testing.T) {
	s := compiled(t)
	text, err := packet.Encode(everything())
	if err != nil {
		t.Fatal(err)
	}
	refused, all := 0, mutants(t, text)
	for _, m := range all {
		_, decoding := packet.Decode([]byte(m.text))
		judged := verdict(s, m.text)
		if decoding != nil {
			refused++
		}
		switch {
		case (decoding == nil) == (judged == nil):
		case decoding == nil && forRules(judged):
		default:
			t.Errorf("%s: decoded: %v; schema: %v", m.what, decoding, judged)
		}
	}
	if len(all) < 1000 || refused < len(all)/2 || refused == len(all) {
		t.Errorf("%d of %d mutants refused: little is tested", refused, len(all))
	}
}

// forRules reports whether the schema refuses only what is read for rules to name.
func forRules(err error) bool {
	var e *jsonschema.ValidationError
	if !errors.As(err, &e) {
		return false
	}
	switch k := e.ErrorKind.(type) {
	case *kind.Format:
		return k.Want == "uri"
	case *kind.Pattern:
		clock := regexp.MustCompile(k.Want)
		return clock.MatchString("09:30") && !clock.MatchString("24:00") && !strings.Contains(k.Want, "sha")
	case *kind.OneOf:
		return strings.Contains(e.SchemaURL, "gates.Criterion")
	}
	for _, cause := range e.Causes {
		if !forRules(cause) {
			return false
		}
	}
	return len(e.Causes) > 0
}
