package gates_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// onTheWay is a scene of four gates: staging goes, and production has every
// sort of thing in its way.
func onTheWay() scene {
	s := twoGates()
	s.plan = named(s.plan)
	exit, entry := s.catalog.Gates[0], s.catalog.Gates[1]
	s.catalog = gates.NewCatalog(gates.Entry("staging", gates.AtMost("p95", latency, 450)).WithoutSignOffs("the pipeline enters"), exit,
		entry.WithCriteria(gates.AtMost("fast", latency, 350), gates.None("blockers", blockers)), gates.Exit("production")).WithApprovals(signOffs)
	s.answers = s.answers[:2] // eve and ada
	return s
}

// named gives people and roles of the fixture the names that documents print.
func named(p release.Plan) release.Plan {
	p = p.Clone()
	for i, name := range []string{"Ada", "Ben", "Cam", "Dee", "Eve"} {
		p.Directory.People[i].Name = name
	}
	for i, title := range []string{"SRE lead", "SRE on call", "QA director"} {
		p.Directory.Roles[i].Title = title
	}
	p.Overview.Manager = "qa-director"
	return p
}

func TestNext(t *testing.T) {
	s := onTheWay()
	s.plan = s.plan.WithFreezes(freeze(now.Add(-time.Hour), now.Add(time.Hour), "production"))
	var got strings.Builder
	for _, step := range s.decide().Next(s.plan, s.catalog, now) {
		got.WriteString(step.Explain())
	}
	want := `production/entry: no-go, may change by itself at 2026-12-08T22:14:00Z
  no-go because fast: 400 ms against 350 ms, not met (50 ms above 350 ms)
    owned by SRE lead (Ada, Dee, Ben); turned when the limit of 350 ms is kept, or a waiver is granted
  no-go because holiday: the freeze is in force
    owned by QA director (Eve, Ada); turned when the freeze is over at 2026-12-08T23:00:00Z, or a waiver of it is granted
  hold because blockers: there is no result
    owned by SRE lead (Ada, Dee, Ben); turned when the query is asked and answered
  hold because sre-lead: sign-offs are missing (1 of 2 by ada)
    owned by SRE lead (Ada, Dee, Ben) and SRE on call (Ben, Cam); turned when they sign off
production/exit: no-go, may change by itself at 2026-12-08T22:14:00Z
  no-go because holiday: the freeze is in force
    owned by QA director (Eve, Ada); turned when the freeze is over at 2026-12-08T23:00:00Z, or a waiver of it is granted
  hold because the gate has no criterion that decides
    owned by QA director (Eve, Ada); turned when the catalog is mended
  hold because the gate has no sign-offs and does not say that it needs none
    owned by QA director (Eve, Ada); turned when the catalog is mended
  hold because production/entry: the environment's own entry is not go, it is no-go
    owned by QA director (Eve, Ada); turned when production/entry goes
`
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The order is that in which a release passes the gates, not that of the list.
func TestNextIsInOrder(t *testing.T) {
	s := onTheWay()
	s.catalog = s.catalog.WithEnvironments(gates.Environment{Name: "staging"}, gates.Environment{Name: "production"})
	g := s.catalog.Gates
	g[0], g[1], g[2], g[3] = g[3], g[2], g[1], g[0]
	s.facts = nil
	var order []string
	for _, step := range s.decide().Next(s.plan, s.catalog, now) {
		order = append(order, step.Gate)
	}
	if diff := cmp.Diff([]string{"staging/entry", "staging/exit", "production/entry", "production/exit"}, order); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What was not decided, has run out or contradicts itself stands in the way.
func TestNextTrustsNoGo(t *testing.T) {
	s := twoGates()
	sound := s.decide()
	if steps := sound.Next(s.plan, s.catalog, now); steps != nil {
		t.Errorf("everything goes, and in the way is %+v", steps)
	}
	one := func(name string, d gates.Decisions, at time.Time, code gates.Code, because string) {
		t.Helper()
		steps := d.Next(s.plan, s.catalog, at)
		if len(steps) != 1 || len(steps[0].Obstacles) != 1 {
			t.Fatalf("%s: %+v", name, steps)
		}
		o := steps[0].Obstacles[0]
		if steps[0].Verdict != gates.Hold || o.Reason.Code != code || o.Because != because || o.Turn != "the gate is decided again" {
			t.Errorf("%s: %s %+v", name, steps[0].Verdict, o)
		}
	}
	undecided := sound
	undecided.Gates = sound.Gates[:1]
	one("not decided", undecided, now, gates.CodeMissing, "the gate is not decided")
	short := s.decide()
	short.Gates[0].ValidUntil = now.Add(time.Minute)
	one("run out", short, now.Add(time.Minute), gates.CodeRunOut, "the decision has run out")
	changed := s.plan.Clone()
	changed.Overview.Version = "2"
	if steps := sound.Next(changed, s.catalog, now); len(steps) != 2 || steps[0].Obstacles[0].Because != "the decision is about another subject" {
		t.Errorf("another plan: %+v", steps)
	}
	looser := s.catalog.Clone()
	looser.Gates[1].Criteria[0].AtMost.Limit.Value++
	if steps := sound.Next(s.plan, looser, now); len(steps) != 1 || steps[0].Gate != "production/entry" {
		t.Errorf("another gate: %+v", steps)
	}
	lies := s.decide()
	lies.Gates[1].Outcomes[0].Effective = gates.Fail
	one("contradiction", lies, now, gates.CodeRunOut, "the decision contradicts itself")
	refuses := s.decide()
	refuses.Gates[0].Verdict = gates.NoGo
	if steps := refuses.Next(s.plan, s.catalog, now); len(steps) != 1 || steps[0].Verdict != gates.NoGo {
		t.Errorf("a no-go without a reason: %+v", steps)
	}
}

// Each reason says what would turn it.
func TestObstacles(t *testing.T) {
	base := func(c gates.Criterion) scene {
		s := alone(c)
		s.plan = named(s.plan)
		return s
	}
	windowed := func(start, end time.Duration) scene {
		s := base(gates.AtMost("p95", latency, 450)).with(num(latency, 400))
		s.plan.Overview.Window = release.Window{Start: value.At(now.Add(start)), End: value.At(now.Add(end))}
		return s
	}
	no := yes("ada")
	no.Answer = fact.Rejected
	noSubject := base(gates.AtMost("p95", latency, 450)).with(num(latency, 400))
	noSubject.bare = true
	locked := base(gates.AtMost("p95", latency, 300).WithoutWaivers()).with(num(latency, 400))
	tests := []struct {
		name      string
		s         scene
		off, turn string
	}{
		{"below", base(gates.AtLeast("requests", requests, 1000)).with(num(requests, 874)), "126 below 1000", "the limit of 1000 is kept, or a waiver is granted"},
		{"a warning", base(gates.AtMost("p95", latency, 450).WarnAt(399.5)).with(num(latency, 400)), "0.5 ms above 399.5 ms", "the limit of 399.5 ms is kept, or a waiver is granted"},
		{"no waiver helps", locked, "100 ms above 300 ms", "the limit of 300 ms is kept"},
		{"a group", base(gates.All("g", gates.AtMost("p95", latency, 300))).with(num(latency, 400)), "", "the limit is kept, or a waiver is granted"},
		{"stale", base(gates.AtMost("p95", latency, 300)).with(fact.AnswerNumber(latency, now.Add(-time.Hour), 400)), "", "it is observed again"},
		{"a test that is none", base(gates.Criterion{ID: "x"}), "", "the criterion passes"},
		{"opens", windowed(time.Hour, 2*time.Hour), "", "the window opens at 2026-12-08T23:00:00Z"},
		{"over", windowed(-2*time.Hour, -time.Hour), "", "there is a new window"},
		{"rejected", signed(lead).answered(no), "", "the rejection is withdrawn, or what was rejected is changed"},
		{"no subject", noSubject, "", "the plan and the gate have a digest"},
	}
	for _, tt := range tests {
		steps := tt.s.decide().Next(tt.s.plan, tt.s.catalog, now)
		if len(steps) != 1 {
			t.Errorf("%s: %+v", tt.name, steps)
			continue
		}
		if o := steps[0].Obstacles[0]; o.Off != tt.off || o.Turn != tt.turn {
			t.Errorf("%s: off %q, turned when %q; want %q, %q", tt.name, o.Off, o.Turn, tt.off, tt.turn)
		}
	}
}

// Who holds a role is who can act now; nobody is said to be nobody.
func TestOwners(t *testing.T) {
	s := signed(lead)
	s.plan = named(s.plan)
	s.answers = []fact.Approval{}
	day := 24 * time.Hour
	for at, want := range map[time.Time]string{
		now:               "SRE lead (Ada, Dee, Ben)",
		now.Add(2 * day):  "SRE lead (Ada, Dee)",
		now.Add(-2 * day): "SRE lead (Ada, Dee)",
	} {
		if got := s.decide().Next(s.plan, s.catalog, at)[0].Obstacles[0].Owners[0].String(); got != want {
			t.Errorf("at %v %s, want %s", at, got, want)
		}
	}
	s.plan = release.NewPlan("atlas", "1")
	step := s.decide().Next(s.plan, s.catalog, now)[0]
	if got := step.Obstacles[0].Owners[0].String(); got != "sre-lead (nobody)" {
		t.Errorf("%s", got)
	}
	orphan := alone(gates.None("blockers", blockers))
	if got := orphan.decide().Next(orphan.plan, orphan.catalog, now)[0].Explain(); !strings.Contains(got, "owned by nobody; turned when") {
		t.Errorf("%s", got)
	}
}

func TestHandOver(t *testing.T) {
	s := onTheWay()
	const want = "atlas 1 at 2026-12-08T22:00:00Z: 2 of 4 gates go; next is production/entry, no-go: fast: 400 ms against 350 ms, not met; " +
		"owned by SRE lead (Ada, Dee, Ben); turned when the limit of 350 ms is kept, or a waiver is granted; look again at 2026-12-08T22:14:00Z"
	if got := s.decide().HandOver(s.plan, s.catalog, now); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	sound := twoGates()
	if got, want := sound.decide().HandOver(sound.plan, sound.catalog, now), "atlas 1 at 2026-12-08T22:00:00Z: 2 of 2 gates go; look again at 2026-12-08T22:14:00Z"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got, want := (gates.Decisions{}).HandOver(release.NewPlan("atlas", "1"), gates.Catalog{}, now), "atlas 1 at 2026-12-08T22:00:00Z: 0 of 0 gates go"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestWithout(t *testing.T) {
	s := signed(lead)
	s.plan.Overview.Components = []release.Component{{Name: "api"}, {Name: "web"}, {Name: "ios"}}
	s.plan = s.plan.WithScope(release.ScopeItem{ID: "REL-2", Class: release.Deferrable, Components: []string{"ios"}, Authors: []string{"dee"}})
	s.plan.Scope[0].Components = []string{"api"}
	s = s.answered(yes("ada"))
	in := s.input()
	in.Digests.Plan = value.Sum([]byte("plan"))
	if gates.Evaluate(s.catalog, in).Verdict() != gates.Go {
		t.Fatal("the whole does not go")
	}
	rest, err := gates.Without(s.catalog, in, gates.Part{Component: "ios"})
	if err != nil {
		t.Fatal(err)
	}
	if !cmp.Equal(rest.Dropped, []string{"REL-2"}) || len(rest.Lost) != 0 || len(rest.Plan.Overview.Components) != 2 {
		t.Errorf("%+v", rest)
	}
	// the sign-off was given for the whole
	d := rest.Decisions.Gates[0]
	if rest.Shippable() || d.Verdict != gates.Hold || len(d.Refused) != 1 || d.Refused[0].Code != gates.CodeOtherSubject || rest.Decisions.Digests.Plan != "" {
		t.Errorf("%s", d.Explain())
	}
	// and is given anew
	again := s
	again.plan, again.answers = rest.Plan, nil
	again = again.answered(yes("ada"))
	in.Facts = again.input().Facts
	rest, err = gates.Without(s.catalog, in, gates.Part{Component: "ios"})
	if err != nil || !rest.Shippable() {
		t.Errorf("%v\n%s", err, rest.Decisions.Gates[0].Explain())
	}
	for field, spoil := range map[string]func(*gates.Partial){
		"lost": func(p *gates.Partial) { p.Lost = []string{"x"} }, "unclear": func(p *gates.Partial) { p.Unclear = []string{"x"} },
		"entangled": func(p *gates.Partial) { p.Entangled = []string{"x"} }, "stranded": func(p *gates.Partial) { p.Stranded = []string{"x"} },
		"circular": func(p *gates.Partial) { p.Circular = []string{"x"} }, "undecided": func(p *gates.Partial) { p.Decisions = gates.Decisions{} },
	} {
		spoilt := rest
		if spoil(&spoilt); spoilt.Shippable() {
			t.Errorf("ships with something %s", field)
		}
	}
}

func TestWithoutRefuses(t *testing.T) {
	s := signed(lead)
	s.plan.Timeline.Windows = []release.Deployment{{Region: "eu"}, {Region: "us"}}
	for _, part := range []gates.Part{{}, {Component: "api", Region: "eu"}, {Component: "api"}, {Region: "apac"}} {
		if _, err := gates.Without(s.catalog, s.input(), part); err == nil {
			t.Errorf("without %+v something remains", part)
		}
	}
	rest, err := gates.Without(s.catalog, s.input(), gates.Part{Region: "eu"})
	if err != nil || !cmp.Equal(rest.Notes, []string{"REL-1"}) || len(rest.Plan.Timeline.Windows) != 1 {
		t.Errorf("%+v, %v", rest, err)
	}
}
