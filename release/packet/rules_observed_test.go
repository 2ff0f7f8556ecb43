package packet_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// of are the findings of one rule, as paths.
func of(rule string, r check.Report) []string {
	var all []string
	for _, f := range r.Findings {
		if f.Rule == rule {
			all = append(all, string(f.Path))
		}
	}
	return all
}

func seen(n float64, u value.Unit) func(*gates.Assessment) {
	return func(a *gates.Assessment) { a.Observed = value.Quantity{Value: value.Number(n), Unit: u} }
}

// What was recorded is held against the limit of the criterion, kind by kind.
func TestObservedKeepsItsLimit(t *testing.T) {
	tests := []struct {
		name      string
		gate, at  int
		criterion string
		edit      func(*gates.Assessment)
		field     string // "" if nothing is found
	}{
		{"as it was", 5, 0, "p95", func(*gates.Assessment) {}, ""},
		{"above", 5, 0, "p95", seen(451, value.Milliseconds), "observed"},
		{"at it", 5, 0, "p95", seen(450, value.Milliseconds), ""},
		{"above, in seconds", 5, 0, "p95", seen(0.451, value.Seconds), "observed"},
		{"in another dimension", 5, 0, "p95", seen(1, value.Percent), "observed"},
		{"nothing", 5, 0, "p95", seen(0, ""), "observed"},
		{"that failed", 5, 0, "p95", func(a *gates.Assessment) { seen(451, value.Milliseconds)(a); a.Raw = gates.Fail }, ""},
		{"that warned within", 5, 0, "p95", func(a *gates.Assessment) { seen(440, value.Milliseconds)(a); a.Raw = gates.Warn }, ""},
		{"that warned beyond", 5, 0, "p95", func(a *gates.Assessment) { seen(451, value.Milliseconds)(a); a.Raw = gates.Warn }, "observed"},
		{"that nobody answered", 5, 0, "p95", func(a *gates.Assessment) { seen(0, "")(a); a.Raw = gates.Unknown }, ""},
		{"seen too early", 5, 0, "p95", func(a *gates.Assessment) { a.ObservedAt = sample.Open.Add(-6 * time.Minute) }, "observedAt"},
		{"seen at no time", 5, 0, "p95", func(a *gates.Assessment) { a.ObservedAt = time.Time{} }, "observedAt"},
		{"a share", 5, 2, "error-rate", seen(0.21, value.Percent), "observed"},
		{"below the least", 5, 3, "replicas", seen(2, value.Count), "observed"},
		{"above the most", 5, 3, "replicas", seen(11, value.Count), "observed"},
		{"beyond the SLA", 5, 4, "rollback", seen(16, value.Minutes), "observed"},
		{"at the SLA", 5, 4, "rollback", seen(15, value.Minutes), ""},
		{"of any age", 4, 1, "migration", func(a *gates.Assessment) { a.ObservedAt = sample.Open.Add(-1000 * time.Hour) }, ""},
		{"some secret", 0, 1, "secrets", seen(1, value.Count), "observed"},
		{"too many items", 3, 3, "severity-3", seen(13, value.Count), "observed"},
		{"too little coverage", 1, 0, "unit-tests", seen(79, value.Percent), "observed"},
		{"too few tests", 3, 0, "regression", seen(399, value.Count), "observed"},
		{"too little budget", 6, 2, "error-budget", seen(24, value.Percent), "observed"},
		{"too fast", 6, 3, "burn-rate", seen(14.5, value.Ratio), "observed"},
		{"too fast in one window", 6, 3, "burn-rate", func(a *gates.Assessment) { seen(14.5, value.Ratio)(a); a.Raw = gates.Warn }, ""},
		{"a list that counts nothing", 6, 0, "change", seen(0, ""), ""},
	}
	for _, tt := range tests {
		p := sample.Packet()
		a := &p.Decisions.Gates[tt.gate].Outcomes[tt.at]
		if a.Criterion != tt.criterion {
			t.Fatalf("%s: the criterion is %s", tt.name, a.Criterion)
		}
		tt.edit(a)
		var want []string
		if tt.field != "" {
			want = []string{string(check.Path("decisions.gates").Index(tt.gate).Field("outcomes").Index(tt.at).Field(tt.field))}
		}
		if diff := cmp.Diff(want, of("GATE-020", packet.Verify(p, nil))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// A member of a group is looked at as well, and a criterion that declares what
// no answer means passed with none.
func TestObservedOfGroups(t *testing.T) {
	p := sample.Packet()
	p.Decisions.Gates[6].Outcomes[6].Of[0].Observed.Value = 2
	if diff := cmp.Diff([]string{"decisions.gates[6].outcomes[6].of[0].observed"}, of("GATE-020", packet.Verify(p, nil))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	p = sample.Packet()
	p.Catalog.Gates[5].Criteria[0].Missing = gates.Missing{Outcome: gates.Pass, Reason: "it is a rehearsal"}
	p.Decisions.Gates[5].Outcomes[0] = gates.Assessment{Criterion: "p95", Raw: gates.Pass, Effective: gates.Pass, Code: gates.CodeMissing}
	if got := of("GATE-020", packet.Verify(p, nil)); got != nil {
		t.Errorf("got %v", got)
	}
}

// Facts that say otherwise contradict what passed; facts that say nothing do not.
func TestObservedAgainstFacts(t *testing.T) {
	p := sample.Packet()
	migration := p.Catalog.Gates[4].Criteria[1].AtMost.Query
	verify := func(edit func(*fact.Result)) check.Report {
		facts := sample.Facts(p.Plan, p.Catalog, sample.Open)
		i := slices.IndexFunc(facts.Results, func(r fact.Result) bool { return r.Query.Ask == migration.Ask })
		edit(&facts.Results[i])
		return packet.Verify(p, &packet.VerifyOptions{Facts: &facts, Now: sample.Open})
	}
	tests := map[string]struct {
		edit func(*fact.Result)
		want []string
	}{
		"the same":   {func(*fact.Result) {}, nil},
		"within":     {func(r *fact.Result) { r.Value.Value = 20 }, nil},
		"beyond":     {func(r *fact.Result) { r.Value.Value = 20.5 }, []string{"decisions.gates[4].outcomes[1].observed"}},
		"no answer":  {func(r *fact.Result) { *r = fact.AnswerFailure(migration, sample.Open, "timeout", "") }, nil},
		"incomplete": {func(r *fact.Result) { r.Value.Value, r.Complete = 21, false }, nil},
	}
	for name, tt := range tests {
		r := verify(tt.edit)
		if diff := cmp.Diff(tt.want, of("GATE-020", r)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for name, opts := range map[string]*packet.VerifyOptions{"neither": nil, "no facts": {Now: sample.Open}, "no clock": {Facts: &fact.Set{}}} {
		if got := checktest.State(t, packet.Verify(p, opts), "GATE-020"); got != check.NotEvaluated {
			t.Errorf("%s: GATE-020 is %s", name, got)
		}
	}
	p.Decisions = gates.Decisions{}
	if got := checktest.State(t, verify(func(*fact.Result) {}), "GATE-020"); got != check.NotEvaluated {
		t.Errorf("without decisions GATE-020 is %s", got)
	}
}

func TestNamedByGates(t *testing.T) {
	tests := map[string]struct {
		edit func(*packet.Packet)
		want []string
	}{
		"sound":              {func(*packet.Packet) {}, nil},
		"a stranger says it": {func(p *packet.Packet) { p.Catalog.Gates[2].NoManual.By = "zoe" }, []string{"catalog.gates[2].noManual.by"}},
		"a person says it":   {func(p *packet.Packet) { p.Catalog.Gates[2].NoManual.By = "barbara" }, nil},
		"nobody says it":     {func(p *packet.Packet) { p.Catalog.Gates[2].NoManual = release.Negative{} }, nil},
		"a step of no role":  {func(p *packet.Packet) { p.Catalog.Gates[3].Criteria[4].Attested.Role = "barbara" }, []string{"catalog.gates[3].criteria[4].attested.role"}},
		"a component of no plan": {func(p *packet.Packet) {
			p.Catalog.Gates[2].Criteria[0].Deployed.Components = []string{"catalog", "cellar"}
		}, []string{"catalog.gates[2].criteria[0].deployed.components[1]"}},
		"in a group": {func(p *packet.Packet) {
			g := &p.Catalog.Gates[3]
			step := g.Criteria[4].Clone()
			step.ID, step.Attested.Role = "again", "nobody"
			*g = g.WithCriteria(gates.All("all", gates.Any("any", step)))
		}, []string{"catalog.gates[3].criteria[5].all.of[0].any.of[0].attested.role"}},
	}
	for name, tt := range tests {
		p := sample.Packet()
		tt.edit(&p)
		if diff := cmp.Diff(tt.want, of("GATE-031", packet.Verify(p, nil))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
