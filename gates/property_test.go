package gates_test

import (
	"bytes"
	"maps"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// drawCriterion draws any criterion over the queries of the fixture. What a
// missing answer means is drawn as Unknown or Fail only: a policy that declares
// it to be Pass has asked for it.
func drawCriterion(t *rapid.T, id string, depth int) gates.Criterion {
	last := 10
	if depth > 0 {
		last = 13
	}
	var c gates.Criterion
	switch rapid.IntRange(0, last).Draw(t, "kind") {
	case 0:
		c = gates.AtMost(id, latency, 450)
	case 1:
		c = gates.AtLeast(id, latency, 300).WarnAt(350)
	case 2:
		c = gates.Between(id, latency, 300, 450)
	case 3:
		c = gates.None(id, blockers)
	case 4:
		c = gates.Count(id, issues, gates.Match{Category: fact.InProgress}, 0, 1)
	case 5:
		c = gates.Approved(id, change)
	case 6:
		c = gates.Done(id, issues)
	case 7:
		c = gates.AtMost(id, hourly, 450)
	case 8:
		c = gates.AtMost(id, errorsQ, 0.5).DividedBy(requests, 1000, value.Percent)
	case 9, 10: // one of the kinds with a test of their own
		c = kinds()[rapid.SampledFrom(kindNames).Draw(t, "of kind")].criterion
		c.ID = id
	case 11:
		c = gates.All(id, drawCriterion(t, id+"a", depth-1), drawCriterion(t, id+"b", depth-1))
	case 12:
		c = gates.Any(id, drawCriterion(t, id+"a", depth-1), drawCriterion(t, id+"b", depth-1))
	default:
		c = gates.AtLeastOf(id, 2, drawCriterion(t, id+"a", depth-1), drawCriterion(t, id+"b", depth-1), drawCriterion(t, id+"c", depth-1))
	}
	if rapid.IntRange(0, 5).Draw(t, "missing") == 0 {
		c = c.WhenMissing(gates.Fail, "")
	}
	if rapid.IntRange(0, 7).Draw(t, "optional") == 0 {
		c = c.AsOptional()
	}
	return c
}

// kindNames are the kinds of kinds, sorted.
var kindNames = slices.Sorted(maps.Keys(kinds()))

// drawKindFacts draws the facts of all kinds: those with which they pass, or one
// number, list or sample of some of them changed.
func drawKindFacts(t *rapid.T) []fact.Result {
	var all []fact.Result
	asked := map[fact.Ask]bool{hourly.Ask: true} // the fixture answers it
	for _, name := range kindNames {
		for _, r := range kinds()[name].facts {
			if asked[r.Query.Ask] {
				continue
			}
			asked[r.Query.Ask] = true
			if rapid.IntRange(0, 9).Draw(t, "changed") == 0 {
				otherwise(t, &r)
			}
			all = append(all, r)
		}
	}
	return all
}

// otherwise makes a result say something else, which it knows as well.
func otherwise(t *rapid.T, r *fact.Result) {
	r.Value.Value *= value.Number(rapid.IntRange(0, 20).Draw(t, "times"))
	for i := rapid.IntRange(0, 59).Draw(t, "from"); i < len(r.Samples); i++ {
		r.Samples[i].Value *= 3
	}
	switch r.Query.Yields.Shape {
	case fact.StateShape:
		r.States = append(r.States, fact.State{ID: "2", Status: fact.Health(rapid.IntRange(0, 5).Draw(t, "health"))})
	case fact.DeploymentShape:
		status := rapid.SampledFrom([]string{"succeeded", "failed", "in progress"}).Draw(t, "status")
		r.Deployments = append(r.Deployments, deployment("api", digest2, status, ago.Draw(t, "ago")))
	case fact.IncidentShape:
		r.Incidents = append(r.Incidents, fact.Incident{ID: "P1", Opened: now.Add(-time.Hour)})
	case fact.ApprovalShape:
		r.Approvals[0].At = now.Add(-ago.Draw(t, "ago"))
		r.Approvals[0].Account.ID = rapid.SampledFrom([]string{"ada", "ben", "cam", "zoe"}).Draw(t, "who")
	}
}

// ago is how long ago something was; some of it is yet to come.
var ago = rapid.SampledFrom([]time.Duration{time.Minute, 23*time.Hour + 50*time.Minute, -time.Minute, -time.Hour})

// drawPlan draws what the kinds read of the plan.
func drawPlan(t *rapid.T) release.Plan {
	p := kindPlan()
	switch rapid.IntRange(0, 10).Draw(t, "plan") {
	case 10:
		p.Checklists.PreRelease[0].State.At = value.At(now.Add(time.Hour))
	case 0:
		p.Overview.RollbackSLA /= 2
	case 1:
		p.Overview.Components[0].Artifact = digest2
	case 2:
		p.Overview.Window.Start = value.At(now.Add(time.Minute))
	case 3:
		p.Checklists.PreRelease[0].State.Done = false
	case 4:
		p.Checklists.PreRelease[0].State.By = "zoe"
	}
	return p
}

func drawGate(t *rapid.T, g gates.Gate) gates.Gate {
	for i := range rapid.IntRange(1, 3).Draw(t, "criteria") {
		g = g.WithCriteria(drawCriterion(t, string(rune('k'+i)), 2))
	}
	if rapid.Bool().Draw(t, "signed") {
		return g.WithSignOffs(lead)
	}
	return g.WithoutSignOffs("drawn so")
}

// drawScene draws a catalog with an exit and an entry behind it, and facts
// that are sound more often than not.
func drawScene(t *rapid.T) scene {
	s := scene{plan: drawPlan(t), now: now, facts: drawKindFacts(t)}
	s.catalog = gates.NewCatalog(drawGate(t, gates.Exit("staging")), drawGate(t, gates.Entry("production"))).WithApprovals(signOffs)
	mostly := func(label string, good, bad float64) float64 {
		if rapid.IntRange(0, 4).Draw(t, label) > 0 {
			return good
		}
		return bad
	}
	category := rapid.SampledFrom([]fact.Category{fact.Done, fact.Done, fact.Done, fact.InProgress, fact.UnknownCategory})
	answer := rapid.SampledFrom([]fact.Answered{fact.Approved, fact.Approved, fact.Approved, fact.Pending, fact.Rejected})
	s = s.with(
		num(latency, rapid.SampledFrom([]float64{400, 400, 400, 340, 451, 299}).Draw(t, "latency")),
		num(blockers, mostly("blockers", 0, 2)), num(allIssues, mostly("issues", 31, 0)),
		num(errorsQ, mostly("errors", 4, 9)), num(requests, mostly("requests", 1000, 10)),
		items(issues, fact.Done, category.Draw(t, "category")),
		approvalsOf(change, fact.Approval{ID: "CHG-1", Answer: answer.Draw(t, "change"), At: now.Add(-time.Hour)}),
		minutely(hourly, now.Add(-time.Minute), 60, mostly("hourly", 400, 500)),
	)
	for _, gate := range []string{"staging/exit", "production/entry"} {
		a := yes(rapid.SampledFrom([]string{"ada", "ada", "ben", "dee", "eve"}).Draw(t, "signer"))
		a.Gate, a.Answer = gate, answer.Draw(t, "answer")
		s = s.answered(a)
	}
	return s
}

// degradations are the ways in which a result can be worth less.
var degradations = map[string]func(*fact.Result){
	"failed":     func(r *fact.Result) { *r = fact.AnswerFailure(r.Query, now, "timeout", "") },
	"incomplete": func(r *fact.Result) { r.Complete = false },
	"stale":      func(r *fact.Result) { r.ObservedAt = r.ObservedAt.Add(-time.Hour) },
	"future":     func(r *fact.Result) { r.ObservedAt = now.Add(time.Hour) },
	"unobserved": func(r *fact.Result) { r.ObservedAt = time.Time{} },
	"NaN":        func(r *fact.Result) { spoil(r, math.NaN()) },
	"Inf":        func(r *fact.Result) { spoil(r, math.Inf(1)) },
	"-Inf":       func(r *fact.Result) { spoil(r, math.Inf(-1)) },
	"unit":       func(r *fact.Result) { r.Value.Unit, r.Unit = value.Percent, value.Percent },
	"no unit":    func(r *fact.Result) { r.Value.Unit, r.Unit = "", "" },
	"no samples": func(r *fact.Result) { r.Samples = nil },
	"blank items": func(r *fact.Result) {
		r.States, r.Deployments = slices.Clone(r.States), slices.Clone(r.Deployments)
		for i := range r.States {
			r.States[i].Status = fact.UnknownHealth
		}
		for i := range r.Deployments {
			r.Deployments[i].Status, r.Deployments[i].Artifact = "", ""
		}
	},
	"zero result": func(r *fact.Result) { *r = fact.Result{Query: r.Query} },
}

func spoil(r *fact.Result, n float64) {
	r.Value.Value = value.Number(n)
	r.Samples = slices.Clone(r.Samples)
	for i := range r.Samples {
		r.Samples[i].Value = value.Number(n)
	}
}

func goes(d gates.Decisions) map[string]bool {
	all := map[string]bool{}
	for _, g := range d.Gates {
		all[g.Gate] = g.Verdict == gates.Go
	}
	return all
}

// Knowing less never turns Hold or NoGo into Go.
func TestPropertyIgnoranceNeverGoes(t *testing.T) {
	names := slices.Sorted(func(yield func(string) bool) {
		for name := range degradations {
			if !yield(name) {
				return
			}
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		in := s.input()
		before := goes(gates.Evaluate(s.catalog, in))
		i := rapid.IntRange(0, len(in.Facts.Results)-1).Draw(t, "result")
		how := rapid.SampledFrom(append(names, "dropped", "doubled")).Draw(t, "degradation")
		results := slices.Clone(in.Facts.Results)
		switch how {
		case "dropped":
			results = slices.Delete(results, i, i+1)
		case "doubled":
			results = append(results, results[i])
		default:
			degradations[how](&results[i])
		}
		in.Facts = fact.NewSet(results...)
		after := gates.Evaluate(s.catalog, in)
		for gate, went := range goes(after) {
			if went && !before[gate] {
				d, _ := after.Find(gate)
				t.Fatalf("%s goes once %v is %s\n%s", gate, s.facts[min(i, len(s.facts)-1)].Query, how, d.Explain())
			}
		}
	})
}

// One more criterion that fails never improves a decision.
func TestPropertyFailingCriterionNeverHelps(t *testing.T) {
	rank := func(v gates.Verdict) int { return slices.Index([]gates.Verdict{gates.NoGo, gates.Hold, gates.Go}, v) }
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		before := s.decide()
		failing := gates.AtMost("k", latency, 1) // an id that is there already, at worst
		if rapid.Bool().Draw(t, "fresh id") {
			failing.ID = "fails"
		}
		i := rapid.IntRange(0, 1).Draw(t, "gate")
		s.catalog = s.catalog.Clone()
		s.catalog.Gates[i] = s.catalog.Gates[i].WithCriteria(failing)
		after := s.decide()
		for j := range after.Gates {
			if rank(after.Gates[j].Verdict) > rank(before.Gates[j].Verdict) {
				t.Fatalf("%s was %s\n%s", after.Gates[j].Gate, before.Gates[j].Verdict, after.Gates[j].Explain())
			}
		}
	})
}

// The same input gives the same bytes, from one prepared catalog or two,
// and is left as it was; the bytes decode to what was encoded.
func TestPropertyDeterministicAndPure(t *testing.T) {
	encode := func(t *rapid.T, v any) []byte {
		text, err := strictjson.Encode(v)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		in := s.input()
		plan, facts, catalog := encode(t, in.Plan), encode(t, in.Facts), encode(t, s.catalog)
		p := gates.Prepare(s.catalog)
		first := encode(t, p.Evaluate(in))
		for range 2 {
			if again := encode(t, p.Evaluate(in)); !bytes.Equal(first, again) {
				t.Fatalf("the same input gives\n%s\nand\n%s", first, again)
			}
		}
		if again := encode(t, gates.Evaluate(s.catalog, in)); !bytes.Equal(first, again) {
			t.Fatalf("another Prepare gives\n%s\nand\n%s", first, again)
		}
		if !bytes.Equal(plan, encode(t, in.Plan)) || !bytes.Equal(facts, encode(t, in.Facts)) || !bytes.Equal(catalog, encode(t, s.catalog)) {
			t.Fatal("Evaluate modified its input")
		}
		var decoded gates.Decisions
		if err := strictjson.Decode(first, &decoded, nil); err != nil {
			t.Fatal(err)
		}
		if again := encode(t, decoded); !bytes.Equal(first, again) {
			t.Fatalf("decodes to something else:\n%s\n%s", first, again)
		}
	})
}

// Facts may come in any order.
func TestPropertyOrderOfFactsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		in := s.input()
		before := gates.Evaluate(s.catalog, in)
		in.Facts = fact.Set{Results: rapid.Permutation(in.Facts.Results).Draw(t, "order")}
		after := gates.Evaluate(s.catalog, in)
		for i := range before.Gates {
			a, b := before.Gates[i], after.Gates[i]
			if a.Verdict != b.Verdict || !a.ValidUntil.Equal(b.ValidUntil) || !slices.Equal(a.Reasons, b.Reasons) {
				t.Fatalf("%s\n%s", a.Explain(), b.Explain())
			}
		}
	})
}
