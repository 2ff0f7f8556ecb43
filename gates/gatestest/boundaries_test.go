package gatestest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/gatestest"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// recorder is a test that somebody watches.
type recorder struct {
	testing.TB
	errors []string
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func (r *recorder) Error(args ...any) { r.errors = append(r.errors, fmt.Sprint(args...)) }

var (
	failures = fact.NewQuery("datadog", "metric", fact.Number(value.Count)).With("query", "errors")
	traffic  = fact.NewQuery("datadog", "metric", fact.Number(value.Count)).With("query", "requests")
	hourly   = fact.NewQuery("datadog", "metric", fact.Series(value.Milliseconds)).With("query", "p95").Over(time.Hour)
	before   = fact.NewQuery("datadog", "metric", fact.Series(value.Milliseconds)).With("query", "p95@before").Over(time.Hour)
	pages    = fact.NewQuery("pagerduty", "incidents", fact.Incidents()).OutOf(traffic)
)

// every is a gate with a criterion of every sort.
func every() gates.Gate {
	return gates.Exit("staging",
		gates.AtMost("p95", latency, 450).WarnAt(400).SustainedFor(time.Hour).FreshWithin(5*time.Minute),
		gates.AtLeast("requests", traffic, 1000),
		gates.Between("pool", latency, 10, 20),
		gates.AtMost("errors", failures, 0.3).DividedBy(traffic, 10_000, value.Percent).WithoutWaivers(),
		gates.AtMost("than before", hourly, 1.1).ComparedWith(before, 30),
		gates.AtMost("slower by", hourly, 25).ComparedBy(probe.Difference, before, 30).Aggregated(probe.P95),
		gates.AtMost("slower by percent", hourly, 7).ComparedBy(probe.PercentChange, before, 30).WhenMissing(gates.Fail, "it has to be there"),
		gates.AtMost("silent", hourly, 450).AbsentMeans(0, traffic, 100).OfAnyAge("it does not age"),
		gates.AtMost("open", blockers, 0),
		gates.None("blockers", blockers), gates.None("pages", pages),
		gates.Count("in progress", stories, gates.Match{Category: fact.InProgress, Label: "x"}, 1, 3).AsOptional(),
		gates.Count("deployed", fact.NewQuery("github", "deployments", fact.Deployments()), gates.Match{Status: "succeeded"}, 7, gates.NoLimit),
		gates.Count("pending", change.OutOf(traffic), gates.Match{Answer: "pending"}, 0, 0),
		gates.Any("either", gates.AtMost("nested", latency, 1.5), gates.Done("scope", stories)),
		gates.All("both", gates.Approved("change", change), gates.AtLeastOf("most", 1, gates.Quiet("quiet", pages, time.Hour))),
		gates.Checked("custom", gates.Custom{Name: "check"}), gates.Criterion{ID: "nothing"},
	).WithSignOffs(gates.SignOff{Role: "sre-lead", Quorum: 2})
}

func TestBoundaries(t *testing.T) { gatestest.Boundaries(t, every()) }

// The golden files are right: at the limit passes, outside does not, and what is
// not seen never does.
func TestBoundariesAreStrict(t *testing.T) {
	text, err := gatestest.BoundaryTable{Environments: []gates.Environment{{Name: "staging", Tier: gates.PreProduction}}}.Text(every())
	if err != nil {
		t.Fatal(err)
	}
	if n := strict(t, text); n != 18 {
		t.Errorf("%d criteria are tabulated, want 18", n)
	}
	if n := strict(t, usual().table(t)); n != 13 {
		t.Errorf("%d criteria are tabulated, want 13", n)
	}
	two := gatestest.BoundaryTable{Environments: []gates.Environment{{Name: "qa"}, {Name: "staging"}}}
	if text, err := two.Text(gates.Exit("staging", gates.AtMost("p95", latency, 450)).WithoutSignOffs("a test")); err != nil || !strings.Contains(text, "met               go") {
		t.Errorf("the gate before is looked at: %v\n%s", err, text)
	}
}

// strict reports lines that pass and should not, or the other way round, and
// returns how many criteria were seen to pass.
func strict(t *testing.T, text string) int {
	t.Helper()
	about, passed := "", map[string]bool{}
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "  ") {
			about = line
			continue
		}
		label, _, _ := strings.Cut(strings.TrimSpace(line), "  ")
		pass := strings.Contains(line, " pass ") || strings.Contains(line, " warn ")
		if pass {
			passed[about] = true
		}
		switch {
		case strings.HasPrefix(label, "at"), strings.HasPrefix(label, "inside"), label == "outside warning",
			label == "outside long", label == "outside short", label == "the other way":
			if !pass {
				t.Errorf("%s%s does not pass", about, line)
			}
		case strings.Contains(about, "of any age") && label == "stale",
			(strings.Contains(about, "; p9") || strings.Contains(about, "; mean;")) && (label == "one of many" || label == "the last" || label == "some"),
			label == "and one" && strings.Contains(line, " nearing "):
		case pass:
			t.Errorf("%s%s passes", about, line)
		}
	}
	return len(passed)
}

// A threshold that changes fails until the table is written again.
func TestBoundariesFail(t *testing.T) {
	file := filepath.Join(t.TempDir(), "below", "table.golden")
	gate := func(limit float64) gates.Gate {
		return gates.Exit("staging", gates.AtMost("p95", latency, limit)).WithoutSignOffs("a test")
	}
	check := func(table gatestest.BoundaryTable, all ...gates.Gate) []string {
		r := &recorder{TB: t}
		table.Check(r, all...)
		return r.errors
	}
	table := gatestest.BoundaryTable{File: file, UpdateEnv: "BOUNDARIES_OF_A_TEST"}
	if errs := check(table, gate(450)); len(errs) != 1 || !strings.Contains(errs[0], "is missing; read the table, and make it with BOUNDARIES_OF_A_TEST=1") {
		t.Errorf("a missing file: %q", errs)
	}
	for _, off := range []string{"", "0", "false"} {
		t.Setenv("BOUNDARIES_OF_A_TEST", off)
		if check(table, gate(450)) == nil {
			t.Errorf("%q writes the file", off)
		}
	}
	t.Setenv("BOUNDARIES_OF_A_TEST", "1")
	if errs := check(table, gate(450)); errs != nil {
		t.Errorf("%q", errs)
	}
	t.Setenv("BOUNDARIES_OF_A_TEST", "")
	if errs := check(table, gate(450)); errs != nil {
		t.Errorf("the same gate: %q", errs)
	}
	if errs := check(table, gate(451)); len(errs) != 1 || strings.Contains(errs[0], "missing ") || !strings.Contains(errs[0], "+   at                451 ms                pass     met               go\n") {
		t.Errorf("another limit: %q", errs)
	}
	table.Update = true
	if errs := check(table, gate(451)); errs != nil {
		t.Errorf("%q", errs)
	}
	text, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(text), "at most 451 ms") {
		t.Errorf("%s, %v", text, err)
	}
	if errs := check(gatestest.BoundaryTable{File: t.TempDir()}, gate(1)); len(errs) != 1 {
		t.Errorf("a folder is a table: %q", errs)
	}
	table.File = filepath.Join(file, "x")
	if errs := check(table, gate(1)); len(errs) != 1 {
		t.Errorf("a file is a folder: %q", errs)
	}
	for name, errs := range map[string][]string{"no gates": check(table), "no JSON": check(table, gate(1).WithTooling("x"), gates.Exit("\xff", gates.AtMost("p", latency, 1)))} {
		if len(errs) != 1 || !strings.HasPrefix(errs[0], "boundaries: ") {
			t.Errorf("%s: %q", name, errs)
		}
	}
}
