package probe

import (
	"slices"

	"github.com/tidegate-go/tidegate/gates/internal/judge"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Kinds is one optional pointer for each kind of test. At most one is set.
type Kinds struct {
	None     *Zero       `json:"none,omitzero"`
	Count    *Tally      `json:"count,omitzero"`
	Approved *Consent    `json:"approved,omitzero"`
	Done     *Completion `json:"done,omitzero"`
}

// Tests returns the tests that are set.
func (k *Kinds) Tests() []judge.Test {
	var all []judge.Test
	all = add(all, k.None)
	all = add(all, k.Count)
	all = add(all, k.Approved)
	all = add(all, k.Done)
	return all
}

// Clone returns a copy that shares no memory with k.
func (k Kinds) Clone() Kinds {
	k.None = cloned(k.None)
	k.Count = cloned(k.Count)
	k.Approved = cloned(k.Approved)
	k.Done = cloned(k.Done)
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
