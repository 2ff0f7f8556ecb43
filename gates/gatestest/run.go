package gatestest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Case is one situation and what the gate has to decide in it.
type Case struct {
	Name      string
	Facts     []Fact
	SignedOff Signed // nil: nobody
	Waivers   []gates.Waiver
	Custom    map[string]gates.CheckFunc
	Plan      release.Plan // zero: an empty plan; people who sign are added to it
	Now       time.Time    // zero: [Now]

	// Environments are the catalog's. Nil: the gate's counts as production.
	Environments []gates.Environment

	Want gates.Verdict

	// Because are the ids of what stands in the way: criteria, roles, freezes.
	// Nil does not compare them; an empty list wants none.
	Because []string
}

// Run decides the gate for every case, each as a subtest. The gate is decided
// alone: what the environment before it says is not looked at.
func Run(t *testing.T, gate gates.Gate, cases []Case) {
	t.Helper()
	run(t, gate, cases, func(gates.Decision) {})
}

func run(t *testing.T, gate gates.Gate, cases []Case, saw func(gates.Decision)) {
	t.Helper()
	if len(cases) == 0 {
		t.Error("there are no cases: nothing is tested")
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			t.Helper()
			d, err := Decide(gate, c)
			if err != nil {
				t.Fatal(err)
			}
			saw(d)
			if diff := c.compare(d); diff != "" {
				t.Errorf("%s decides otherwise (-want +got):\n%s\n%s", gate.ID(), diff, d.Explain())
			}
		})
	}
}

// Decide returns what the gate decides in a case. Its error says that the case
// itself is wrong, such as a fact for a criterion that the gate does not have.
func Decide(gate gates.Gate, c Case) (gates.Decision, error) {
	now := c.Now
	if now.IsZero() {
		now = Now
	}
	signed := c.SignedOff
	if signed == nil {
		signed = Nobody
	}
	roles := signed(gate)
	plan, accounts := withPeople(c.Plan, roles)
	catalog := gates.NewCatalog(gate).WithEnvironments(c.Environments...).WithApprovals(ApprovalQuery)
	subjects := gates.SubjectsOf(plan, catalog)
	if len(subjects) != 1 {
		return gates.Decision{}, fmt.Errorf("gate %s has no JSON form", gate.ID())
	}
	results := []fact.Result{approvals(gate.ID(), subjects[0].Digest, roles, accounts, now)}
	for _, f := range c.Facts {
		more, err := f(gate, now)
		if err != nil {
			return gates.Decision{}, err
		}
		results = append(results, more...)
	}
	return gates.Evaluate(catalog, gates.Input{Plan: plan, Facts: fact.NewSet(results...), Now: now,
		Subjects: subjects, Waivers: c.Waivers, Custom: c.Custom}).Gates[0], nil
}

// said is the part of a decision that a case compares.
type said struct {
	Verdict gates.Verdict
	Because []string
}

func (c Case) compare(d gates.Decision) string {
	want, got := said{Verdict: c.Want}, said{Verdict: d.Verdict}
	if c.Because != nil {
		want.Because = sorted(c.Because)
		for _, r := range d.Reasons {
			got.Because = append(got.Because, r.About)
		}
		got.Because = sorted(got.Because)
	}
	return cmp.Diff(want, got)
}

func sorted(ids []string) []string {
	all := append([]string{}, ids...) // never nil: an empty list wants none
	slices.Sort(all)
	return slices.Compact(all)
}
