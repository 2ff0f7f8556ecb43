package gates_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

func TestPrecedence(t *testing.T) {
	pass := gates.AtMost("pass", latency, 450)
	fail := gates.AtMost("fail", latency, 300)
	warn := gates.AtMost("warn", latency, 450).WarnAt(350)
	unknown := gates.None("unknown", blockers)
	tests := []struct {
		name     string
		criteria []gates.Criterion
		want     gates.Verdict
		about    []string // of the reasons, in their order
	}{
		{"pass", []gates.Criterion{pass}, gates.Go, nil},
		{"a fail refuses", []gates.Criterion{pass, fail}, gates.NoGo, []string{"fail"}},
		{"an unknown holds", []gates.Criterion{pass, unknown}, gates.Hold, []string{"unknown"}},
		{"a fail comes before an unknown", []gates.Criterion{unknown, fail}, gates.NoGo, []string{"fail", "unknown"}},
		{"a warning holds production", []gates.Criterion{pass, warn}, gates.Hold, []string{"warn"}},
		{"an optional fail is recorded", []gates.Criterion{pass, fail.AsOptional()}, gates.Go, nil},
		{"an optional unknown is recorded", []gates.Criterion{pass, unknown.AsOptional()}, gates.Go, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := wantVerdict(t, alone(tt.criteria...).with(num(latency, 400)), tt.want)
			var about []string
			for _, r := range d.Reasons {
				about = append(about, r.About)
			}
			if diff := cmp.Diff(tt.about, about); diff != "" {
				t.Errorf("reasons (-want +got):\n%s", diff)
			}
			if len(d.Outcomes) != len(tt.criteria) {
				t.Errorf("%d outcomes of %d criteria", len(d.Outcomes), len(tt.criteria))
			}
		})
	}
}

func TestWarningBeforeProduction(t *testing.T) {
	s := alone(gates.AtMost("p95", latency, 450).WarnAt(350)).with(num(latency, 400))
	wantVerdict(t, s, gates.Hold, gates.CodeCriterionWarned)
	wantVerdict(t, s.waived(gates.Waiver{Gate: "production/entry", Criterion: "p95", Grant: grant()}), gates.Go)
	s.catalog.Environments = []gates.Environment{{Name: "production", Tier: gates.PreProduction}}
	wantVerdict(t, s, gates.Go)
	s.catalog.Environments[0].Tier = 9
	wantVerdict(t, s, gates.Hold) // an unknown tier is not a licence
}

func TestGroups(t *testing.T) {
	pass := gates.AtMost("pass", latency, 450)
	fail := gates.AtMost("fail", latency, 300)
	warn := gates.AtMost("warn", latency, 450).WarnAt(350)
	unknown := gates.None("unknown", blockers)
	tests := []struct {
		name string
		c    gates.Criterion
		want gates.Outcome
	}{
		{"all pass", gates.All("g", pass), gates.Pass},
		{"all with an unknown", gates.All("g", pass, unknown), gates.Unknown},
		{"all with a fail", gates.All("g", pass, unknown, fail), gates.Fail},
		{"all with a warning", gates.All("g", pass, warn), gates.Warn},
		{"any with a pass", gates.Any("g", fail, unknown, pass), gates.Pass},
		{"any with an unknown", gates.Any("g", fail, unknown), gates.Unknown},
		{"any with a warning", gates.Any("g", fail, warn), gates.Warn},
		{"any of fails", gates.Any("g", fail), gates.Fail},
		{"two of three", gates.AtLeastOf("g", 2, pass, fail, warn), gates.Warn},
		{"two that may be", gates.AtLeastOf("g", 2, pass, fail, unknown), gates.Unknown},
		{"two that cannot be", gates.AtLeastOf("g", 2, pass, fail, gates.AtMost("fail2", latency, 1)), gates.Fail},
		{"an optional child decides all the same", gates.All("g", pass, fail.AsOptional()), gates.Fail},
		{"nested", gates.All("g", pass, gates.Any("h", fail, unknown)), gates.Unknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := alone(tt.c).with(num(latency, 400)).first(t)
			if got := d.Outcomes[0].Effective; got != tt.want {
				t.Errorf("%s, want %s\n%s", got, tt.want, d.Explain())
			}
		})
	}
}

func TestWaiverInsideAGroup(t *testing.T) {
	s := alone(gates.All("g", gates.AtMost("pass", latency, 450), gates.AtMost("fail", latency, 300))).with(num(latency, 400))
	d := wantVerdict(t, s.waived(gates.Waiver{Gate: "production/entry", Criterion: "fail", Grant: grant()}), gates.Go)
	if a := d.Outcomes[0]; a.Raw != gates.Fail || a.Effective != gates.Pass {
		t.Errorf("the group is %s, then %s: both have to be kept", a.Raw, a.Effective)
	}
}

func freeze(start, end time.Time, environments ...string) release.Freeze {
	return release.Freeze{ID: "holiday", Window: release.Window{Start: value.At(start), End: value.At(end)}, Environments: environments}
}

func TestFreezeWithoutOverride(t *testing.T) {
	sound := alone(gates.AtMost("p95", latency, 450)).with(num(latency, 400))
	frozen := func(f release.Freeze) scene {
		s := sound
		s.plan = s.plan.WithFreezes(f)
		return s
	}
	inForce := frozen(freeze(now.Add(-time.Hour), now.Add(time.Hour)))
	wantVerdict(t, inForce, gates.NoGo, gates.CodeFrozen)
	wantVerdict(t, frozen(freeze(now, now.Add(time.Hour))), gates.NoGo, gates.CodeFrozen)
	wantVerdict(t, frozen(freeze(now.Add(-time.Hour), now)), gates.Go)
	wantVerdict(t, frozen(freeze(now.Add(-time.Hour), now.Add(time.Hour), "production")), gates.NoGo)
	wantVerdict(t, frozen(freeze(now.Add(-time.Hour), now.Add(time.Hour), "staging")), gates.Go)
	wantVerdict(t, frozen(release.Freeze{ID: "holiday"}), gates.Hold, gates.CodeFreezeUnknown)
	wantVerdict(t, frozen(freeze(now.Add(time.Hour), now.Add(-time.Hour))), gates.Hold, gates.CodeFreezeUnknown)

	override := gates.Waiver{Gate: "production/entry", Freeze: "holiday", Grant: grant()}
	d := wantVerdict(t, inForce.waived(override), gates.Go)
	if len(d.Waived) != 1 || d.Waived[0].Freeze != "holiday" {
		t.Errorf("the override is not written down: %+v", d.Waived)
	}
	twice := inForce
	twice.plan = twice.plan.WithFreezes(freeze(now.Add(-time.Minute), now.Add(time.Minute)))
	wantVerdict(t, twice.waived(override), gates.NoGo, gates.CodeFrozen)
	if use := twice.waived(override).decide().Waivers[0]; use.Code != gates.CodeAmbiguousScope {
		t.Errorf("a waiver of two freezes at once is %s %s", use.State, use.Code)
	}
	override.Approver = override.Requester
	wantVerdict(t, inForce.waived(override), gates.NoGo, gates.CodeFrozen)
	d = wantVerdict(t, frozen(freeze(now.Add(5*time.Minute), now.Add(time.Hour))), gates.Go)
	if want := now.Add(5 * time.Minute); !d.ValidUntil.Equal(want) {
		t.Errorf("valid until %v, want the start of the freeze %v", d.ValidUntil, want)
	}
}

func TestExitOfTheEnvironmentBefore(t *testing.T) {
	gate := func(g gates.Gate) gates.Gate { return g.WithoutSignOffs("the test is about the sequence") }
	sound, slow := gates.AtMost("p95", latency, 450), gates.AtMost("p95", latency, 300)
	decide := func(catalog gates.Catalog) map[string]gates.Verdict {
		s := scene{plan: people(), now: now, catalog: catalog, facts: []fact.Result{num(latency, 400)}}
		got := map[string]gates.Verdict{}
		for _, d := range s.decide().Gates {
			got[d.Gate] = d.Verdict
		}
		return got
	}
	tests := []struct {
		name  string
		gates []gates.Gate
		want  map[string]gates.Verdict
	}{
		{"exit goes", []gates.Gate{gates.Entry("qa", sound), gates.Exit("qa", sound), gates.Entry("prod", sound)},
			map[string]gates.Verdict{"qa/entry": gates.Go, "qa/exit": gates.Go, "prod/entry": gates.Go}},
		{"exit refuses", []gates.Gate{gates.Entry("qa", sound), gates.Exit("qa", slow), gates.Entry("prod", sound)},
			map[string]gates.Verdict{"qa/entry": gates.Go, "qa/exit": gates.NoGo, "prod/entry": gates.Hold}},
		{"there is no exit", []gates.Gate{gates.Entry("qa", sound), gates.Entry("prod", sound)},
			map[string]gates.Verdict{"qa/entry": gates.Go, "prod/entry": gates.Hold}},
		{"two environments later", []gates.Gate{gates.Exit("dev", slow), gates.Exit("qa", sound), gates.Entry("prod", sound)},
			map[string]gates.Verdict{"dev/exit": gates.NoGo, "qa/exit": gates.Hold, "prod/entry": gates.Hold}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var all []gates.Gate
			for _, g := range tt.gates {
				all = append(all, gate(g))
			}
			if diff := cmp.Diff(tt.want, decide(gates.NewCatalog(all...))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			// the order of the gates does not matter where the environments are listed
			var listed []gates.Environment
			for _, g := range all {
				if !slices.ContainsFunc(listed, func(e gates.Environment) bool { return e.Name == g.Environment }) {
					listed = append(listed, gates.Environment{Name: g.Environment})
				}
			}
			slices.Reverse(all)
			if diff := cmp.Diff(tt.want, decide(gates.NewCatalog(all...).WithEnvironments(listed...))); diff != "" {
				t.Errorf("reversed (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMalformedCatalog(t *testing.T) {
	g := gates.Entry("production", gates.AtMost("p95", latency, 450)).WithoutSignOffs("a test")
	decide := func(c gates.Catalog) gates.Decisions {
		return scene{plan: people(), now: now, catalog: c, facts: []fact.Result{num(latency, 400)}}.decide()
	}
	tests := map[string]struct {
		catalog gates.Catalog
		code    gates.Code
	}{
		"a gate twice":           {gates.NewCatalog(g, g), gates.CodeDuplicateGate},
		"environment not listed": {gates.NewCatalog(g).WithEnvironments(gates.Environment{Name: "prod"}), gates.CodeEnvironment},
		"neither entry nor exit": {gates.NewCatalog(gates.Gate{Environment: "production", Criteria: g.Criteria, NoSignOffs: "a test"}), gates.CodeNoKind},
		"not UTF-8":              {gates.NewCatalog(g.WithTooling("\xff")), gates.CodeCatalogUnreadable},
		"too many sign-offs":     {gates.NewCatalog(g.WithSignOffs(make([]gates.SignOff, 65)...)), gates.CodeTooManySignOffs},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			for _, d := range decide(tt.catalog).Gates {
				if d.Verdict != gates.Hold || !slices.ContainsFunc(d.Reasons, func(r gates.Reason) bool { return r.Code == tt.code }) {
					t.Errorf("want hold because of %s\n%s", tt.code, d.Explain())
				}
			}
		})
	}
}

func TestValidUntil(t *testing.T) {
	seen := now.Add(-time.Minute)
	base := alone(gates.AtMost("p95", latency, 450)).with(num(latency, 400))
	expiring := yes("ada")
	expiring.Expires = now.Add(3 * time.Minute)
	windowed := base
	windowed.plan.Overview.Window = release.Window{Start: value.At(now.Add(-time.Hour)), End: value.At(now.Add(4 * time.Minute))}
	waived := alone(gates.AtMost("p95", latency, 300)).with(num(latency, 400)).
		waived(gates.Waiver{Gate: "production/entry", Criterion: "p95", Grant: grant()})
	waived.waivers[0].Expires = value.At(now.Add(2 * time.Minute))
	tests := []struct {
		name string
		s    scene
		want time.Time
	}{
		{"staleness of the oldest fact", base, seen.Add(15 * time.Minute)},
		{"staleness by the criterion", alone(gates.AtMost("p95", latency, 450).FreshWithin(5 * time.Minute)).with(num(latency, 400)), seen.Add(5 * time.Minute)},
		{"any age still ends", alone(gates.AtMost("p95", latency, 450).OfAnyAge("once")).with(num(latency, 400)), now.Add(15 * time.Minute)},
		{"expiry of an approval", signed(lead).answered(expiring), expiring.Expires},
		{"expiry of a waiver", waived, now.Add(2 * time.Minute)},
		{"end of the window", windowed, now.Add(4 * time.Minute)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := wantVerdict(t, tt.s, gates.Go)
			if !d.ValidUntil.Equal(tt.want) {
				t.Errorf("valid until %v, want %v", d.ValidUntil, tt.want)
			}
			// one moment later with the same facts, it does not go again
			later := tt.s
			later.now = tt.want.Add(time.Nanosecond)
			if tt.name != "any age still ends" {
				if d := later.first(t); d.Verdict == gates.Go {
					t.Errorf("goes after it ran out\n%s", d.Explain())
				}
			}
		})
	}
	over := windowed
	over.now = now.Add(4 * time.Minute)
	wantVerdict(t, over, gates.Hold, gates.CodeWindowOver)
	early := windowed
	early.plan.Overview.Window.Start = value.At(now.Add(time.Second))
	wantVerdict(t, early, gates.Hold, gates.CodeWindowNotOpen)
	unreadable := windowed
	unreadable.plan.Overview.Window.End = value.When{}
	wantVerdict(t, unreadable, gates.Hold, gates.CodeWindowUnknown)
}

func TestAuthorizes(t *testing.T) {
	d := wantVerdict(t, signed(lead).answered(yes("ada")), gates.Go)
	if !d.Authorizes(now, d.Subject) || !d.Authorizes(d.ValidUntil.Add(-1), d.Subject) {
		t.Errorf("a sound decision does not authorize: %s", d.Refusal(now, d.Subject))
	}
	no := map[string]bool{
		"another subject":       d.Authorizes(now, value.Sum([]byte("another"))),
		"no subject":            d.Authorizes(now, ""),
		"before it was made":    d.Authorizes(now.Add(-1), d.Subject),
		"when it has run out":   d.Authorizes(d.ValidUntil, d.Subject),
		"at no time":            d.Authorizes(time.Time{}, d.Subject),
		"the zero decision":     gates.Decision{}.Authorizes(now, ""),
		"a go without an end":   gates.Decision{Verdict: gates.Go, DecidedAt: now, Subject: d.Subject}.Authorizes(now, d.Subject),
		"a go without a moment": gates.Decision{Verdict: gates.Go, ValidUntil: now.Add(1), Subject: d.Subject}.Authorizes(now, d.Subject),
		"a go without subject":  gates.Decision{Verdict: gates.Go, DecidedAt: now, ValidUntil: now.Add(1)}.Authorizes(now, ""),
		"hold":                  signed(lead).first(t).Authorizes(now, d.Subject),
	}
	for name, authorized := range no {
		if authorized {
			t.Errorf("%s authorizes", name)
		}
	}
}
