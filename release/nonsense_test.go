package release_test

import (
	"math"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// at reports whether something, of one of the rules if any are named, is found
// at the path.
func at(found []string, path check.Path, rules ...string) bool {
	return slices.ContainsFunc(found, func(f string) bool {
		rule, p, _ := strings.Cut(f, "@")
		return p == string(path) && (len(rules) == 0 || slices.Contains(rules, rule))
	})
}

// corrupt sets every place of the type T to each of the values, and wants the
// rules, or any, to find it there.
func corrupt[T any](t *testing.T, least int, values map[string]T, rules ...string) {
	t.Helper()
	n := 0
	everywhere(func(p *release.Plan, here checktest.Place) {
		if here.V.Type() != reflect.TypeFor[T]() || strings.Contains(string(here.Path), ".outOf.") {
			return
		}
		n++
		for name, v := range values {
			here.V.Set(reflect.ValueOf(v))
			if got := found(t, *p); !at(got, here.Path, rules...) {
				t.Errorf("%s = %s is not found in %v", here.Path, name, got)
			}
		}
	})
	if n < least {
		t.Errorf("%d places have the type, want %d", n, least)
	}
}

func whens(texts ...string) map[string]value.When {
	all := map[string]value.When{}
	for _, text := range texts {
		all[text] = when(text)
	}
	return all
}

// Whatever is wrong with a time in itself is found wherever it stands, by the
// rule that is there for it.
func TestEveryTime(t *testing.T) {
	corrupt(t, 50, whens("2026-02-30", "2026-13-08", "2026-00-10T10:00:00Z", "2026-02-29[AoE]", "2026-12-08T24:00:00Z", "2026-12-08T10:61:00-05:00"), "MS-015")
	corrupt(t, 50, whens("2026-12-08T22:00:00-04:00[America/New_York]", "2026-07-08T22:00:00-05:00[America/New_York]",
		"2026-12-08T22:00:00-04:00", "2026-07-08T22:00:00-05:00", "2026-03-08T02:30:00-05:00[America/New_York]"), "TIME-003")
	corrupt(t, 50, whens("2026-03-08T02:30:00[America/New_York]", "2026-11-01T01:30:00[America/New_York]", "2011-12-30[Pacific/Apia]"), "TIME-004")
	corrupt(t, 50, whens("2026-12-08T22:00:00[America/New_Yrok]", "2026-12-08[Local]", "2026-12-08T22:00:00-05:00[Atlantis/Capital]"), "TIME-007")
	corrupt(t, 50, whens("2026-12-08T22:00:00"), "TIME-007", "OVR-002")
}

// What is right in itself is not found by those rules.
func TestEveryRightTime(t *testing.T) {
	everywhere(func(p *release.Plan, here checktest.Place) {
		if here.V.Type() != reflect.TypeFor[value.When]() {
			return
		}
		for _, text := range []string{"2026-12-08T22:00:00-05:00[America/New_York]", "2026-12-08T22:00:00-05:00", "2026-12-09T03:00:00Z",
			"2026-12-09T03:00:00+00:00", "2026-12-09T04:00:00+01:00[Europe/Berlin]", "2026-12-08T22:00:00[America/New_York]",
			"2026-12-08[America/New_York]", "2026-12-08", "2026-12-08[AoE]", "2028-02-29", "2026-11-01T01:30:00-05:00[America/New_York]",
			"2026-07-08T22:00:00-04:00"} {
			here.V.Set(reflect.ValueOf(when(text)))
			if got := found(t, *p); at(got, here.Path, "MS-015", "TIME-003", "TIME-004", "TIME-007") {
				t.Errorf("%s = %s is found by %v", here.Path, text, got)
			}
		}
	})
}

func TestEveryLink(t *testing.T) {
	corrupt(t, 20, map[string]value.Link{
		"http": "http://wiki.example.com/x", "mail": "mailto:a@example.com", "spaces": "https://wiki.example.com/a b", "no scheme": "wiki.example.com/x",
		"no host": "https:///x", "user": "https://ada:secret@wiki.example.com/x", "another host": "https://wiki.example.org", "host below": "https://example.com.evil.org",
		"host beside": "https://notexample.com", "ftp": "ftp://example.com/x", "two lines": "https://wiki.example.com/\nx",
	}, "TOOL-004")
	everywhere(func(p *release.Plan, here checktest.Place) {
		if here.V.Type() != reflect.TypeFor[value.Link]() {
			return
		}
		here.V.SetString("https://ada:hunter2@wiki.example.com/x")
		for _, f := range p.Validate() {
			if strings.Contains(f.String(), "hunter2") {
				t.Errorf("%s tells a password", f)
			}
		}
		for _, good := range []string{"https://example.com", "https://WIKI.Example.com./x", "https://a.b.example.com:8443/x?y#z"} {
			here.V.SetString(good)
			if got := found(t, *p); at(got, here.Path) {
				t.Errorf("%s = %s is found by %v", here.Path, good, got)
			}
		}
	})
}

// Without hosts of the policy any will do, unless it stands for one.
func TestPlaceholderHosts(t *testing.T) {
	for link, want := range map[value.Link]bool{
		"https://docs.kubernetes.io/releases": true, "https://10.0.0.7/x": true, "https://testing.io": true, "https://localhostess.com": true,
		"https://example.com/x": false, "https://wiki.example.org": false, "https://x.example": false, "https://localhost:8080/x": false,
		"https://jira.test/x": false, "https://nas.local": false, "https://your-company.atlassian.net": false, "https://TODO/x": false,
		"https://tbd.atlassian.net": false,
	} {
		p := release.Plan{Overview: release.Overview{Links: []value.Link{link}}}
		if got := !at(found(t, p), "overview.links[0]", "TOOL-004"); got != want {
			t.Errorf("%s is taken: %v", link, got)
		}
	}
}

// A choice that does not exist is found wherever it stands.
func TestEveryChoice(t *testing.T) {
	n := 0
	everywhere(func(p *release.Plan, here checktest.Place) {
		if here.V.Kind() != reflect.Uint8 || strings.Contains(string(here.Path), ".outOf.") {
			return
		}
		n++
		here.V.SetUint(99)
		if got := found(t, *p); !at(got, here.Path) {
			t.Errorf("%s = 99 is not found in %v", here.Path, got)
		}
	})
	if n < 50 {
		t.Errorf("%d choices", n)
	}
}

// No length, number or count of the plan may be negative.
func TestNothingIsNegative(t *testing.T) {
	corrupt(t, 20, map[string]value.Duration{"-1 h": value.Duration(-3600e9), "the least": math.MinInt64})
	corrupt(t, 10, map[string]int{"-1": -1, "the least": math.MinInt})
	corrupt(t, 1, map[string]value.Period{"-1 year": {Years: -1}, "too long": {Days: 1 << 40}})
}

func TestEveryQuantity(t *testing.T) {
	corrupt(t, 5, map[string]value.Number{"NaN": value.Number(math.NaN()), "infinity": value.Number(math.Inf(1))})
	corrupt(t, 5, map[string]value.Unit{"parsec": "parsec", "another case": "MS"})
	p := goodPlan()
	p.Overview.Impact[0].Limit.Unit = value.Seconds
	p.Rollback.Matrix[0].When.Limit.Unit = value.Count
	p.Checklists.PostRelease[0].Alert.Limit.Unit = value.Ratio // converts
	p.Overview.Success[0].Target.Unit = value.Bytes
	want := []string{"CHK-009@rollback.matrix[0].when.limit.unit", "OVR-016@overview.success[0].target.unit", "RSK-006@overview.impact[0].limit.unit"}
	if got := slices.Sorted(slices.Values(found(t, p))); !slices.Equal(got, want) {
		t.Errorf("units of another dimension than the query's: %v, want %v", got, want)
	}
}

func TestEveryClock(t *testing.T) {
	corrupt(t, 2, map[string]value.Clock{"noon": "noon", "24:00": "24:00", "9:00": "9:00", "seconds": "09:00:00"}, "X-014")
}

// references are the fields that name something else in the plan.
var references = regexp.MustCompile(`^(overview\.(manager|deputy)|.*\.(owner|delegate|role|by|to|risk|needs\[\]|neededBy|components\[\]|authors\[\]|holders\[\]|flag))$`)

// What is named is there, and found where it is named if it is not.
func TestEveryReference(t *testing.T) {
	n := 0
	everywhere(func(p *release.Plan, here checktest.Place) {
		if here.V.Kind() != reflect.String || here.V.IsZero() || !references.MatchString(checktest.Pattern(string(here.Path))) {
			return
		}
		n++
		for _, id := range []string{"nowhere", "ADA", "Ada", " ada"} {
			here.V.SetString(id)
			if got := found(t, *p); !at(got, here.Path, "X-004", "X-006", "DEP-001", "DEP-010", "CHK-010", "OVR-010", "OVR-012") {
				t.Errorf("%s = %q is not found in %v", here.Path, id, got)
			}
		}
	})
	if n < 90 {
		t.Errorf("%d references", n)
	}
}

// A list that numbers or names its elements has each once.
func TestEveryListIsUnique(t *testing.T) {
	n := 0
	everywhere(func(p *release.Plan, here checktest.Place) {
		if here.V.Kind() != reflect.Slice || here.V.Len() == 0 || here.V.Type().Elem().Kind() != reflect.Struct {
			return
		}
		for field, name := range map[string]string{"ID": "id", "Number": "number", "Term": "term", "Name": "name"} {
			f, ok := here.V.Type().Elem().FieldByName(field)
			if !ok || len(f.Index) > 1 || field == "Name" && strings.HasSuffix(string(here.Path), "people") || strings.HasSuffix(string(here.Path), "accounts") {
				continue
			}
			n++
			here.V.Set(reflect.Append(here.V, here.V.Index(0)))
			last := here.Path.Index(here.V.Len() - 1).Field(name)
			if got := found(t, *p); !at(got, last) {
				t.Errorf("%s twice is not found in %v", last, got)
			}
			return
		}
	})
	if n < 20 {
		t.Errorf("%d lists", n)
	}
}

// One id over several lists: who answers, when it is, and what is done.
func TestIDsAcrossLists(t *testing.T) {
	runRows(t, []rulesRow{
		{"a role like a person", func(p *release.Plan) {
			p.Directory.Roles = append(p.Directory.Roles, release.Role{ID: "ada", Holders: []string{"ada"}})
		}, []string{"X-009@directory.roles[9].id"}},
		{"a window like a milestone", func(p *release.Plan) { p.Timeline.Windows[0].ID = "M1" }, []string{"MS-017@timeline.windows[0].id"}},
		{"a task like one of another phase", func(p *release.Plan) { p.Checklists.Rollback[0].ID = "P1" }, []string{"CHK-018@checklists.rollback[0].id"}},
		{"a component twice in a step", func(p *release.Plan) {
			p.Checklists.Deployment[2].Components = append(p.Checklists.Deployment[2].Components, "catalog")
		}, []string{"CHK-011@checklists.deployment[2].components[7]"}},
		{"a component in two steps", func(p *release.Plan) { p.Checklists.Deployment[0].Components = []string{"catalog"} }, nil},
	})
}

// Rules do not break on plans that nobody would write.
func TestRulesOnRuins(t *testing.T) {
	everywhere(func(p *release.Plan, here checktest.Place) {
		if here.V.Kind() != reflect.Slice || here.V.Len() == 0 {
			return
		}
		here.V.Set(reflect.AppendSlice(reflect.Zero(here.V.Type()), here.V))
		here.V.Index(0).SetZero()
		for _, f := range check.Run(p, release.Rules(), &check.Options{Now: sample.Now}).Findings {
			if strings.Contains(f.Message, "panicked") {
				t.Errorf("%s[0] zero: %s", here.Path, f)
			}
		}
	})
}
