package gates

import (
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Criterion is one measurable condition. Exactly one of its tests is set; a
// criterion with none or with several is Unknown.
type Criterion struct {
	ID    string `json:"id"`
	Title string `json:"title,omitzero"`

	AtMost    *Threshold  `json:"atMost,omitzero"`
	AtLeast   *Threshold  `json:"atLeast,omitzero"`
	Between   *Range      `json:"between,omitzero"`
	None      *Zero       `json:"none,omitzero"`
	Count     *Tally      `json:"count,omitzero"`
	Approved  *Consent    `json:"approved,omitzero"`
	Done      *Completion `json:"done,omitzero"`
	Custom    *Custom     `json:"custom,omitzero"`
	All       *Group      `json:"all,omitzero"`
	Any       *Group      `json:"any,omitzero"`
	AtLeastOf *Quorum     `json:"atLeastOf,omitzero"`

	// MaxAge is how old an observation may be; zero means the catalog's. AnyAge
	// switches the limit off and says why. It is the only way to do so.
	MaxAge value.Duration `json:"maxAge,omitzero"`
	AnyAge string         `json:"anyAge,omitzero"`

	// Missing is what it means that there is no answer at all.
	Missing Missing `json:"missing,omitzero"`

	// Optional records the outcome and never decides. It has no effect inside a group.
	Optional bool `json:"optional,omitzero"`

	// NotWaivable refuses every waiver.
	NotWaivable bool `json:"notWaivable,omitzero"`
}

// Missing says what a criterion comes to when its query has no result or its
// connector failed. The zero value is Unknown. [Pass] needs a reason, which is
// printed; without one it stays Unknown.
type Missing struct {
	Outcome Outcome `json:"outcome"`
	Reason  string  `json:"reason,omitzero"`
}

// Titled returns the criterion with the sentence that documents print for it.
func (c Criterion) Titled(title string) Criterion {
	c = c.Clone()
	c.Title = title
	return c
}

// FreshWithin returns the criterion with the age that an observation may have.
func (c Criterion) FreshWithin(d time.Duration) Criterion {
	c = c.Clone()
	c.MaxAge = value.Duration(d)
	return c
}

// OfAnyAge returns the criterion without an age limit. The reason is printed;
// an empty one changes nothing.
func (c Criterion) OfAnyAge(reason string) Criterion {
	c = c.Clone()
	c.AnyAge = reason
	return c
}

// WhenMissing returns the criterion with a declared meaning of "no answer".
func (c Criterion) WhenMissing(o Outcome, reason string) Criterion {
	c = c.Clone()
	c.Missing = Missing{o, reason}
	return c
}

// AsOptional returns the criterion recorded but not decisive.
func (c Criterion) AsOptional() Criterion {
	c = c.Clone()
	c.Optional = true
	return c
}

// WithoutWaivers returns the criterion closed to waivers.
func (c Criterion) WithoutWaivers() Criterion {
	c = c.Clone()
	c.NotWaivable = true
	return c
}

// Clone returns a copy that shares no memory with c.
func (c Criterion) Clone() Criterion {
	c.AtMost = cloned(c.AtMost)
	c.AtLeast = cloned(c.AtLeast)
	c.Between = cloned(c.Between)
	c.None = cloned(c.None)
	c.Count = cloned(c.Count)
	c.Approved = cloned(c.Approved)
	c.Done = cloned(c.Done)
	if c.Custom != nil {
		custom := *c.Custom
		custom.Queries = slices.Clone(custom.Queries)
		c.Custom = &custom
	}
	c.All = c.All.clone()
	c.Any = c.Any.clone()
	if c.AtLeastOf != nil {
		c.AtLeastOf = &Quorum{c.AtLeastOf.Need, cloneAll(c.AtLeastOf.Of)}
	}
	return c
}

// Queries returns every query that the criterion asks, its populations apart.
func (c Criterion) Queries() []fact.Query {
	var qs []fact.Query
	for _, m := range c.measures() {
		qs = append(qs, m.queries()...)
	}
	switch {
	case c.None != nil:
		qs = append(qs, c.None.Query)
	case c.Count != nil:
		qs = append(qs, c.Count.Query)
	case c.Approved != nil:
		qs = append(qs, c.Approved.Query)
	case c.Done != nil:
		qs = append(qs, c.Done.Query)
	case c.Custom != nil:
		qs = append(qs, c.Custom.Queries...)
	}
	for _, child := range c.Children() {
		qs = append(qs, child.Queries()...)
	}
	return qs
}

func (c Criterion) measures() []Measure {
	switch {
	case c.AtMost != nil:
		return []Measure{c.AtMost.Measure}
	case c.AtLeast != nil:
		return []Measure{c.AtLeast.Measure}
	case c.Between != nil:
		return []Measure{c.Between.Measure}
	}
	return nil
}

// Children returns the criteria of a group, and nil for every other test.
func (c Criterion) Children() []Criterion {
	switch {
	case c.All != nil:
		return c.All.Of
	case c.Any != nil:
		return c.Any.Of
	case c.AtLeastOf != nil:
		return c.AtLeastOf.Of
	}
	return nil
}

// tests counts the tests that are set.
func (c Criterion) tests() int {
	n := 0
	for _, set := range []bool{
		c.AtMost != nil, c.AtLeast != nil, c.Between != nil, c.None != nil, c.Count != nil, c.Approved != nil,
		c.Done != nil, c.Custom != nil, c.All != nil, c.Any != nil, c.AtLeastOf != nil,
	} {
		if set {
			n++
		}
	}
	return n
}

func cloned[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

func cloneAll(cs []Criterion) []Criterion {
	if cs == nil {
		return nil
	}
	all := make([]Criterion, len(cs))
	for i, c := range cs {
		all[i] = c.Clone()
	}
	return all
}
