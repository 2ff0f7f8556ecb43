package probe

import (
	"reflect"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/gates/internal/judge"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Kinds is one optional pointer for each kind of test. At most one is set.
type Kinds struct {
	None      *Zero        `json:"none,omitzero"`      // a count is zero
	Count     *Tally       `json:"count,omitzero"`     // so many items match
	Approved  *Consent     `json:"approved,omitzero"`  // every approval is given
	Done      *Completion  `json:"done,omitzero"`      // every work item is done
	Canary    *Canary      `json:"canary,omitzero"`    // the new version is no worse than the old one beside it
	BurnDown  *BurnDown    `json:"burnDown,omitzero"`  // the work is over before a deadline
	Budget    *Budget      `json:"budget,omitzero"`    // enough of the error budget is left
	BurnRate  *BurnRate    `json:"burnRate,omitzero"`  // the error budget is not spent too fast
	Healthy   *Health      `json:"healthy,omitzero"`   // monitors and objectives are well
	Quiet     *Quiet       `json:"quiet,omitzero"`     // there was no incident for so long
	Suite     *Suite       `json:"suite,omitzero"`     // the tests ran and none failed
	Rehearsed *Rehearsal   `json:"rehearsed,omitzero"` // the way back was rehearsed within the SLA
	Deployed  *Deployed    `json:"deployed,omitzero"`  // what runs is what was approved
	Attested  *Attestation `json:"attested,omitzero"`  // somebody says that a step by hand was done
	Inside    *Inside      `json:"inside,omitzero"`    // now is a time for it
	Checklist *Checklist   `json:"checklist,omitzero"` // the tasks of a phase are done
}

// Tests returns the tests that are set.
func (k *Kinds) Tests() []judge.Test {
	var all []judge.Test
	all = add(all, k.None)
	all = add(all, k.Count)
	all = add(all, k.Approved)
	all = add(all, k.Done)
	all = add(all, k.Canary)
	all = add(all, k.BurnDown)
	all = add(all, k.Budget)
	all = add(all, k.BurnRate)
	all = add(all, k.Healthy)
	all = add(all, k.Quiet)
	all = add(all, k.Suite)
	all = add(all, k.Rehearsed)
	all = add(all, k.Deployed)
	all = add(all, k.Attested)
	all = add(all, k.Inside)
	all = add(all, k.Checklist)
	return all
}

// Names returns what the tests that are set are called in JSON, in the order of
// [Kinds.Tests].
func (k *Kinds) Names() []string {
	var all []string
	v := reflect.ValueOf(k).Elem()
	for i := range v.NumField() {
		if !v.Field(i).IsNil() {
			name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			all = append(all, name)
		}
	}
	return all
}

// Clone returns a copy that shares no memory with k.
func (k Kinds) Clone() Kinds {
	k.None = cloned(k.None)
	k.Count = cloned(k.Count)
	k.Approved = cloned(k.Approved)
	k.Done = cloned(k.Done)
	k.Canary = k.Canary.clone()
	k.BurnDown = cloned(k.BurnDown)
	k.Budget = cloned(k.Budget)
	k.BurnRate = cloned(k.BurnRate)
	k.Healthy = cloned(k.Healthy)
	k.Quiet = cloned(k.Quiet)
	k.Suite = cloned(k.Suite)
	k.Rehearsed = cloned(k.Rehearsed)
	k.Deployed = k.Deployed.clone()
	k.Attested = cloned(k.Attested)
	k.Inside = k.Inside.clone()
	k.Checklist = cloned(k.Checklist)
	return k
}

func add[T any, P interface {
	*T
	judge.Test
}](all []judge.Test, p P) []judge.Test {
	if p == nil {
		return all
	}
	return append(all, p)
}

func cloned[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

// given leaves out queries that are not asked.
func given(qs ...fact.Query) []fact.Query {
	return slices.DeleteFunc(qs, fact.Query.IsZero)
}
