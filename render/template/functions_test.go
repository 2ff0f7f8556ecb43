package template_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/Masterminds/sprig/v3"
	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render/template"
)

// calls has for each function that is allowed what it is called with, and what
// it gives.
var calls = map[string][]struct {
	args []any
	want string // as %v
}{
	"add": {{[]any{1, int64(2), 3}, "6"}, {nil, "0"}}, "add1": {{[]any{1}, "2"}}, "sub": {{[]any{1, 3}, "-2"}}, "mul": {{[]any{2, 3, 4}, "24"}},
	"div": {{[]any{7, 2}, "3"}}, "mod": {{[]any{7, 2}, "1"}}, "max": {{[]any{1, 3, 2}, "3"}}, "min": {{[]any{2, 1, 3}, "1"}},
	"upper": {{[]any{"größe"}, "GRÖßE"}, {[]any{gates.NoGo}, "NO-GO"}}, "lower": {{[]any{"ÄB"}, "äb"}},
	"title": {{[]any{"go no-go"}, "Go No-Go"}}, "untitle": {{[]any{"Go Hold"}, "go hold"}}, "trim": {{[]any{" a\n"}, "a"}},
	"trimAll": {{[]any{"-", "--a-b-"}, "a-b"}}, "trimPrefix": {{[]any{"v", "v1"}, "1"}}, "trimSuffix": {{[]any{"x", "1x"}, "1"}},
	"nospace": {{[]any{" a b\t"}, "ab"}}, "replace": {{[]any{"a", "bb", "aXa"}, "bbXbb"}}, "plural": {{[]any{"gate", "gates", 1}, "gate"}, {[]any{"gate", "gates", 0}, "gates"}},
	"contains": {{[]any{"b", "abc"}, "true"}}, "hasPrefix": {{[]any{"a", "abc"}, "true"}}, "hasSuffix": {{[]any{"a", "abc"}, "false"}},
	"splitList": {{[]any{",", "a,b"}, "[a b]"}},
	"default":   {{[]any{"none", ""}, "none"}, {[]any{"none", value.When{}}, "none"}, {[]any{"none", value.Duration(time.Hour)}, "PT1H"}, {[]any{"none", time.Time{}}, "none"}},
	"coalesce":  {{[]any{"", "b", "c"}, "b"}, {[]any{""}, "<nil>"}}, "ternary": {{[]any{"yes", "no", true}, "yes"}, {[]any{"yes", "no", false}, "no"}},
	"empty": {{[]any{value.Quantity{}}, "true"}, {[]any{"a"}, "false"}, {[]any{[]string{}}, "true"}},
	"list":  {{[]any{1, 2}, "[1 2]"}}, "first": {{[]any{[]string{"a", "b"}}, "a"}, {[]any{[]string{}}, "<nil>"}}, "last": {{[]any{[]any{"a", "b"}}, "b"}},
	"rest": {{[]any{[]string{"a", "b", "c"}}, "[b c]"}}, "initial": {{[]any{[]string{"a", "b", "c"}}, "[a b]"}}, "reverse": {{[]any{[]string{"a", "b"}}, "[b a]"}},
	"uniq": {{[]any{[]string{"a", "b", "a"}}, "[a b]"}}, "has": {{[]any{"a", []string{"b", "a"}}, "true"}, {[]any{gates.Go, []gates.Verdict{gates.Hold}}, "false"}},
	"join":          {{[]any{", ", []value.Duration{value.Duration(time.Hour), 0}}, "1 hour, "}, {[]any{"", []any{"a", 1, true}}, "a1true"}},
	"sortAlpha":     {{[]any{[]string{"b", "ä", "a"}}, "[a b ä]"}},
	"semverCompare": {{[]any{">=1.2", "1.3.0"}, "true"}, {[]any{"^2", "1.3.0"}, "false"}},
	"fail":          {{[]any{"reason"}, "error: reason"}},
	"escape":        {{[]any{"a*b"}, `{a\*b [a*b]}`}}, "code": {{[]any{"a*b"}, "{`a*b` [a*b]}"}, {[]any{"a`b"}, "{a\\`b [a`b]}"}},
	"link":    {{[]any{"the [plan]", value.Link("https://example.com/(a)")}, `{[the \[plan\]](https://example.com/%28a%29) [the [plan]]}`}, {[]any{"x", "javascript:alert(1)"}, "{javascript:alert(1) [javascript:alert(1)]}"}},
	"rfc3339": {{[]any{time.Date(2026, 12, 8, 1, 2, 3, 0, time.UTC)}, "2026-12-08T01:02:03Z"}, {[]any{value.Date(2026, 12, 8)}, "2026-12-08"}, {[]any{value.At(time.Date(2026, 12, 8, 1, 2, 3, 0, time.UTC)).In("Europe/Berlin")}, "2026-12-08T01:02:03Z"}, {[]any{local("2026-12-08T01:02:03[Europe/Berlin]")}, "2026-12-08T01:02:03+01:00"}, {[]any{local("2026-12-08T01:02:03")}, "2026-12-08T01:02:03"}, {[]any{value.At(time.Date(2026, 12, 8, 1, 2, 3, 5e8, time.UTC))}, "2026-12-08T01:02:03.5Z"}, {[]any{value.When{}}, ""}},
	"words":   {{[]any{"one two-three, four"}, "3"}, {[]any{"- x"}, "1"}},
	"print":   {{[]any{"a", 1, gates.Go, true, 1.5}, "a1gotrue1.5"}, {nil, ""}},
	"table": {{[]any{[]release.Term{{Term: "a|b", Meaning: "c"}}, "T", "Term", "M", ".Meaning"}, "{| T | M |\n| --- | --- |\n| a\\|b | c | [T M a|b c]}"},
		{[]any{[]release.Term{}, "T", "Term"}, "{| T |\n| --- | [T]}"}},
}

func given(name string, args []any) string {
	out, err := template.Call(name, args...)
	if err != nil {
		return "error: " + err.Error()
	}
	return fmt.Sprintf("%v", out)
}

// Each function that is allowed gives what it says, and the same again in
// another place, at another time, with other variables of the environment, and
// without having changed its arguments.
func TestFunctionsArePure(t *testing.T) {
	all, _ := template.Names()
	for _, name := range all {
		if len(calls[name]) == 0 {
			t.Errorf("%s is called by no test", name)
		}
		for _, c := range calls[name] {
			before := fmt.Sprintf("%#v", c.args)
			if got := given(name, c.args); got != c.want {
				t.Errorf("%s(%v) gives %s, want %s", name, c.args, got, c.want)
			}
			if after := fmt.Sprintf("%#v", c.args); after != before {
				t.Errorf("%s changed its arguments from %s to %s", name, before, after)
			}
		}
	}
	local := time.Local
	defer func() { time.Local = local }()
	for zone, offset := range map[string]int{"east": 14 * 3600, "west": -12 * 3600} {
		time.Local = time.FixedZone(zone, offset)
		for _, variable := range []string{"TZ", "LANG", "LC_ALL", "HOME", "USER", "a", "none"} {
			t.Setenv(variable, zone)
		}
		for name := range calls {
			for _, c := range calls[name] {
				for range 20 { // an order of maps, or chance, would differ once
					if got := given(name, c.args); got != c.want {
						t.Fatalf("%s: %s(%v) gives %s, want %s", zone, name, c.args, got, c.want)
					}
				}
			}
		}
	}
}

// Somebody has looked at every function of sprig: a new version with more of
// them fails here.
func TestEveryFunctionOfSprigIsJudged(t *testing.T) {
	_, allowed := template.Names()
	refused := template.RefusedNames()
	if twice := slices.Compact(slices.Clone(refused)); len(twice) != len(refused) {
		t.Errorf("a function is refused for two reasons: %q", refused)
	}
	hermetic := sprig.HermeticTxtFuncMap()
	for name := range sprig.GenericFuncMap() {
		if slices.Contains(allowed, name) == (template.Refused(name) != "") {
			t.Errorf("%s is allowed: %v, and refused since it %s", name, slices.Contains(allowed, name), template.Refused(name))
		}
	}
	for _, name := range allowed {
		if hermetic[name] == nil {
			t.Errorf("%s is none of sprig's hermetic functions", name)
		}
	}
	for _, name := range refused {
		if _, ok := sprig.GenericFuncMap()[name]; !ok && !slices.Contains([]string{"html", "js", "urlquery", "printf", "println", "call"}, name) {
			t.Errorf("%s is refused, and there is no such function", name)
		}
	}
}

// What the hermetic functions of sprig are not: this is why they are listed.
func TestSprigIsNotPure(t *testing.T) {
	f := sprig.HermeticTxtFuncMap()
	differs := func(name string, call func() any) {
		first := call()
		for range 200 {
			if !reflect.DeepEqual(call(), first) {
				return
			}
		}
		t.Errorf("%s gave the same 200 times: is the reason for its refusal right?", name)
	}
	many := map[string]any{}
	for i := range 20 {
		many[fmt.Sprint(i)] = i
	}
	differs("shuffle", func() any { return f["shuffle"].(func(string) string)("abcdefghij") })
	differs("keys", func() any { return f["keys"].(func(...map[string]any) []string)(many) })
}

// The methods that are allowed are there, want nothing, give one thing, and the
// same again.
func TestMethodsArePure(t *testing.T) {
	when, _ := value.ParseWhen("2026-12-08T22:00:00-05:00[America/New_York]")
	values := []any{value.Duration(time.Hour), value.Period{Years: 1}, value.Quantity{Value: 1, Unit: value.Percent}, value.Number(1), when, value.Clock("09:30"),
		value.Sum(nil), value.Link("https://example.com"), value.Milliseconds, gates.Reason{Code: gates.CodeRejected}, gates.Signature{Role: "x", Need: 1},
		gates.Decision{Gate: "staging/exit"}, fact.Query{}.With("b", "1").With("a", "2"), time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	met := map[string]bool{}
	for _, v := range values {
		typ := reflect.TypeOf(v)
		met[typ.String()] = true
		for _, name := range template.Methods()[typ.String()] {
			m := reflect.ValueOf(v).MethodByName(name)
			if !m.IsValid() || m.Type().NumIn() != 0 || m.Type().NumOut() != 1 {
				t.Errorf("%s.%s is no method without arguments that gives one thing", typ, name)
				continue
			}
			first := m.Call(nil)[0].Interface()
			if diff := cmp.Diff(first, m.Call(nil)[0].Interface()); diff != "" {
				t.Errorf("%s.%s (-first +second):\n%s", typ, name, diff)
			}
		}
	}
	for typ := range template.Methods() {
		if !met[typ] {
			t.Errorf("%s has methods, and no value here", typ)
		}
	}
}

func TestFunctionsAreDocumented(t *testing.T) {
	all, _ := template.Names()
	lines := template.Functions()
	if len(lines) != len(all) {
		t.Fatalf("%d lines for %d functions", len(lines), len(all))
	}
	for i, line := range lines {
		if name, doc, _ := strings.Cut(line, " "); name != all[i] || !strings.Contains(doc, "  ") {
			t.Errorf("%s: %q", all[i], line)
		}
	}
}

func local(text string) value.When {
	w, err := value.ParseWhen(text)
	if err != nil {
		panic(err)
	}
	return w
}
