package gates_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// An environment is left only by who may be in it.
func TestEntryOfItsOwnEnvironment(t *testing.T) {
	none := func(g gates.Gate) gates.Gate { return g.WithoutSignOffs("the test is about the sequence") }
	sound, slow := gates.AtMost("p95", latency, 450), gates.AtMost("p95", latency, 300)
	unknown := gates.None("blockers", blockers)
	over := release.Window{Start: value.At(now.Add(-2 * time.Hour)), End: value.At(now.Add(-time.Hour))}
	early := release.Window{Start: value.At(now.Add(time.Hour)), End: value.At(now.Add(2 * time.Hour))}
	tests := []struct {
		name   string
		entry  gates.Criterion
		window release.Window
		want   gates.Verdict // of the exit
		before gates.Verdict // of the entry
	}{
		{"entry goes", sound, release.Window{}, gates.Go, gates.Go},
		{"entry refuses", slow, release.Window{}, gates.Hold, gates.NoGo},
		{"entry is unknown", unknown, release.Window{}, gates.Hold, gates.Hold},
		{"the window to enter is over", sound, over, gates.Go, gates.Hold},
		{"the window is over and the entry refuses", slow, over, gates.Hold, gates.NoGo},
		{"the window is over and the entry is unknown", unknown, over, gates.Hold, gates.Hold},
		{"the window is not open yet", sound, early, gates.Hold, gates.Hold},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, order := range [][]gates.Gate{
				{none(gates.Entry("production", tt.entry)), none(gates.Exit("production", sound))},
				{none(gates.Exit("production", sound)), none(gates.Entry("production", tt.entry))},
			} {
				s := scene{plan: people(), now: now, facts: []fact.Result{num(latency, 400)}, catalog: gates.NewCatalog(order...)}
				s.plan.Overview.Window = tt.window
				d := s.decide()
				entry, _ := d.Find("production/entry")
				exit, _ := d.Find("production/exit")
				if entry.Verdict != tt.before || exit.Verdict != tt.want {
					t.Errorf("entry %s, exit %s; want %s, %s\n%s", entry.Verdict, exit.Verdict, tt.before, tt.want, exit.Explain())
				}
				if tt.want == gates.Hold && (len(exit.Reasons) != 1 || exit.Reasons[0].Code != gates.CodeNoEntry || exit.Reasons[0].About != entry.Gate) {
					t.Errorf("reasons %+v", exit.Reasons)
				}
			}
		})
	}
}

// What refuses the entry to staging also stops what comes after it.
func TestEntryStopsWhatComesAfter(t *testing.T) {
	none := func(g gates.Gate) gates.Gate { return g.WithoutSignOffs("the test is about the sequence") }
	sound, slow := gates.AtMost("p95", latency, 450), gates.AtMost("p95", latency, 300)
	s := scene{plan: people(), now: now, facts: []fact.Result{num(latency, 400)}, catalog: gates.NewCatalog(
		none(gates.Entry("staging", slow)), none(gates.Exit("staging", sound)), none(gates.Entry("production", sound)))}
	got := map[string]gates.Verdict{}
	for _, d := range s.decide().Gates {
		got[d.Gate] = d.Verdict
	}
	want := map[string]gates.Verdict{"staging/entry": gates.NoGo, "staging/exit": gates.Hold, "production/entry": gates.Hold}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A Go out of an environment does not outlive the Go into it.
func TestExitRunsOutWithItsEntry(t *testing.T) {
	none := func(g gates.Gate) gates.Gate { return g.WithoutSignOffs("the test is about the sequence") }
	s := scene{plan: people(), now: now, facts: []fact.Result{num(latency, 400), num(requests, 5)}, catalog: gates.NewCatalog(
		none(gates.Entry("production", gates.AtMost("p95", latency, 450).FreshWithin(5*time.Minute))),
		none(gates.Exit("production", gates.AtLeast("requests", requests, 1))))}
	exit, _ := s.decide().Find("production/exit")
	if want := now.Add(4 * time.Minute); exit.Verdict != gates.Go || !exit.ValidUntil.Equal(want) {
		t.Errorf("%s until %v, want go until %v", exit.Verdict, exit.ValidUntil, want)
	}
}

func TestChangesAt(t *testing.T) {
	slow := gates.AtMost("p95", latency, 300)
	windowed := func(start, end time.Duration) scene {
		s := alone(gates.AtMost("p95", latency, 450).OfAnyAge("once")).with(num(latency, 400))
		s.plan.Overview.Window = release.Window{Start: value.At(now.Add(start)), End: value.At(now.Add(end))}
		return s
	}
	frozen := alone(gates.AtMost("p95", latency, 450).OfAnyAge("once")).with(num(latency, 400))
	frozen.plan = frozen.plan.WithFreezes(freeze(now.Add(-time.Hour), now.Add(time.Hour)))
	waiver := gates.Waiver{Gate: "production/entry", Criterion: "p95", Grant: grant()}
	waiver.Expires = value.At(now.Add(3 * time.Minute))
	half := signed(gates.SignOff{Role: "sre-lead", Quorum: 2}).answered(yes("ada"))
	half.answers[0].Expires = now.Add(2 * time.Minute)
	ahead := fact.AnswerNumber(latency, now.Add(10*time.Minute), 400)
	soon := yes("ada")
	soon.At = now.Add(5 * time.Minute)
	tests := []struct {
		name string
		s    scene
		want time.Time
	}{
		{"a fail grows stale", alone(slow).with(num(latency, 400)), now.Add(14 * time.Minute)},
		{"a fail of any age", alone(slow.OfAnyAge("once")).with(num(latency, 400)), time.Time{}},
		{"nothing is known", alone(slow), time.Time{}},
		{"stale already", alone(slow).with(fact.AnswerNumber(latency, now.Add(-time.Hour), 400)), time.Time{}},
		{"observed in the future", alone(slow).with(ahead), now.Add(8 * time.Minute)},
		{"answered in the future", signed(lead).answered(soon), now.Add(3 * time.Minute)},
		{"half of a quorum expires", half, now.Add(2 * time.Minute)},
		{"the window opens", windowed(20*time.Minute, time.Hour), now.Add(20 * time.Minute)},
		{"the window is over", windowed(-2*time.Hour, -time.Hour), time.Time{}},
		{"a freeze ends", frozen, now.Add(time.Hour)},
		{"a waiver ends", alone(slow.OfAnyAge("once"), gates.None("blockers", blockers)).with(num(latency, 400)).waived(waiver), now.Add(3 * time.Minute)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := tt.s.first(t)
			if d.Verdict == gates.Go || !d.ChangesAt.Equal(tt.want) {
				t.Errorf("%s changes at %v, want %v\n%s", d.Verdict, d.ChangesAt, tt.want, d.Explain())
			}
		})
	}
	if d := alone(gates.AtMost("p95", latency, 450)).with(num(latency, 400)).first(t); d.Verdict != gates.Go || !d.ChangesAt.Equal(d.ValidUntil) {
		t.Errorf("a go until %v changes at %v", d.ValidUntil, d.ChangesAt)
	}
}

// What holds behind a gate changes when that gate does.
func TestChangesAtBehindAnotherGate(t *testing.T) {
	none := func(g gates.Gate) gates.Gate { return g.WithoutSignOffs("the test is about the sequence") }
	s := scene{plan: people(), now: now, facts: []fact.Result{num(latency, 400)}, catalog: gates.NewCatalog(
		none(gates.Exit("staging", gates.AtMost("p95", latency, 300))), none(gates.Entry("production", gates.None("blockers", blockers))))}
	entry, _ := s.decide().Find("production/entry")
	if want := now.Add(14 * time.Minute); !entry.ChangesAt.Equal(want) {
		t.Errorf("changes at %v, want %v", entry.ChangesAt, want)
	}
}

// Until a decision says that it can change, time alone does not change it.
func TestPropertyChangesAt(t *testing.T) {
	minutes := func(t *rapid.T, label string) time.Time {
		return now.Add(time.Duration(rapid.IntRange(-40, 40).Draw(t, label)) * time.Minute)
	}
	type said struct {
		Verdict gates.Verdict
		Reasons []gates.Reason
	}
	view := func(d gates.Decision) said { return said{d.Verdict, d.Reasons} }
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		for i := range s.facts {
			if rapid.IntRange(0, 4).Draw(t, "shift") == 0 {
				s.facts[i].ObservedAt = minutes(t, "observed")
				s.facts[i].CollectedAt = s.facts[i].ObservedAt
			}
		}
		for i := range s.answers {
			s.answers[i].At = rapid.SampledFrom([]time.Time{s.answers[i].At, minutes(t, "answered")}).Draw(t, "at")
			s.answers[i].Expires = rapid.SampledFrom([]time.Time{{}, minutes(t, "expires")}).Draw(t, "until")
		}
		if rapid.Bool().Draw(t, "freeze") {
			start := minutes(t, "from")
			s.plan = s.plan.WithFreezes(freeze(start, start.Add(15*time.Minute)))
		}
		if rapid.Bool().Draw(t, "window") {
			start := minutes(t, "opens")
			s.plan.Overview.Window = release.Window{Start: value.At(start), End: value.At(start.Add(30 * time.Minute))}
		}
		w := gates.Waiver{Gate: "production/entry", Criterion: "k", CoversUnknown: true, Grant: grant()}
		w.Expires = value.At(minutes(t, "waived until"))
		s = s.waived(w)
		in := s.input()
		p := gates.Prepare(s.catalog)
		for i, d := range p.Evaluate(in).Gates {
			later := in
			later.Now = now.Add(40 * 24 * time.Hour)
			if !d.ChangesAt.IsZero() {
				later.Now = d.ChangesAt.Add(-1)
			}
			if !later.Now.After(now) {
				continue
			}
			if rapid.Bool().Draw(t, "between") {
				later.Now = now.Add(time.Duration(rapid.Int64Range(1, int64(later.Now.Sub(now))).Draw(t, "later")))
			}
			if diff := cmp.Diff(view(d), view(p.Evaluate(later).Gates[i])); diff != "" {
				t.Fatalf("%s at %v, which was to change at %v (-then +later):\n%s\n%s", d.Gate, later.Now, d.ChangesAt, diff, d.Explain())
			}
		}
	})
}

// Nothing that is said to be the first moment of a change is in the past.
func TestChangesAtIsAhead(t *testing.T) {
	s := twoGates()
	for _, d := range s.decide().Gates {
		if !d.ChangesAt.After(d.DecidedAt) {
			t.Errorf("%s decided at %v changes at %v", d.Gate, d.DecidedAt, d.ChangesAt)
		}
	}
	if slices.ContainsFunc(scene{plan: s.plan, catalog: s.catalog}.decide().Gates, func(d gates.Decision) bool { return !d.ChangesAt.IsZero() }) {
		t.Error("a decision of no moment changes at one")
	}
}
