package gates

import (
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Catalog is every gate of a release. Order matters: environments are passed
// in the order listed.
type Catalog struct {
	// Environments are in the order in which a release passes them. If none is
	// listed, the order is that in which the gates first name them, and each
	// counts as production.
	Environments []Environment `json:"environments,omitzero"`
	Gates        []Gate        `json:"gates,omitzero"`

	// Approvals are the queries whose answers are the approvals of sign-offs.
	// All of them have to be answered: a rejection may stand in any.
	Approvals []fact.Query `json:"approvals,omitzero"`

	MaxAge    value.Duration `json:"maxAge,omitzero"`    // zero means [DefaultMaxAge]; at most 31 days
	ClockSkew value.Duration `json:"clockSkew,omitzero"` // zero means [DefaultClockSkew]; at most an hour
}

// Defaults of a catalog that does not say.
const (
	DefaultMaxAge    = 15 * time.Minute
	DefaultClockSkew = 2 * time.Minute // how far ahead of ours a source's clock may be
)

// Limits that keep an age from being a way to have none. [Criterion.OfAnyAge]
// is the way, and says why.
const (
	maxMaxAge    = value.Duration(31 * 24 * time.Hour)
	maxClockSkew = value.Duration(time.Hour)
)

// sane reports whether the catalog's ages are within their limits.
func (c Catalog) sane() bool {
	return c.MaxAge >= 0 && c.MaxAge <= maxMaxAge && c.ClockSkew >= 0 && c.ClockSkew <= maxClockSkew
}

// Environment is one place where a release runs.
type Environment struct {
	Name string `json:"name"`
	Tier Tier   `json:"tier"`
}

// Tier says how much is at stake in an environment. The zero value is
// [Production]: an environment that nobody graded is treated as the strictest.
type Tier uint8

// The tiers.
const (
	Production    Tier = iota // an unwaived warning holds
	PreProduction             // a warning is recorded
)

var tierNames = []string{"production", "pre-production"}

// String returns the tier's name as it stands in JSON.
func (t Tier) String() string { return enum.String("tier", tierNames, t) }

// MarshalText implements [encoding.TextMarshaler].
func (t Tier) MarshalText() ([]byte, error) { return enum.Marshal("tier", tierNames, t) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown tier is an error.
func (t *Tier) UnmarshalText(text []byte) error {
	return enum.Unmarshal("tier", tierNames, t, text)
}

// NewCatalog returns a catalog of gates.
func NewCatalog(gates ...Gate) Catalog { return Catalog{}.WithGates(gates...) }

// WithGates returns the catalog with gates added.
func (c Catalog) WithGates(gates ...Gate) Catalog {
	c = c.Clone()
	for _, g := range gates {
		c.Gates = append(c.Gates, g.Clone())
	}
	return c
}

// WithEnvironments returns the catalog with environments added, later ones last.
func (c Catalog) WithEnvironments(environments ...Environment) Catalog {
	c = c.Clone()
	c.Environments = append(c.Environments, environments...)
	return c
}

// WithApprovals returns the catalog with queries for approvals added.
func (c Catalog) WithApprovals(queries ...fact.Query) Catalog {
	c = c.Clone()
	c.Approvals = append(c.Approvals, queries...)
	return c
}

// Clone returns a copy that shares no memory with c.
func (c Catalog) Clone() Catalog {
	c.Environments = slices.Clone(c.Environments)
	c.Approvals = slices.Clone(c.Approvals)
	c.Gates = slices.Clone(c.Gates) // an empty list stays one, so that the JSON is the same
	for i, g := range c.Gates {
		c.Gates[i] = g.Clone()
	}
	return c
}

// Queries returns everything that has to be asked to decide the catalog,
// populations and approvals included, each once and sorted.
func (c Catalog) Queries() []fact.Query {
	lists := [][]fact.Query{c.Approvals}
	for _, g := range c.Gates {
		for _, criterion := range g.Criteria {
			lists = append(lists, criterion.Queries())
		}
	}
	return fact.MergeQueries(lists...)
}

func (c Catalog) maxAge() time.Duration {
	if c.MaxAge > 0 {
		return c.MaxAge.Std()
	}
	return DefaultMaxAge
}

func (c Catalog) clockSkew() time.Duration {
	if c.ClockSkew > 0 {
		return c.ClockSkew.Std()
	}
	return DefaultClockSkew
}
