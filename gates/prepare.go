package gates

import (
	"cmp"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Prepared is a catalog made ready to be evaluated many times, from any number
// of goroutines.
type Prepared struct {
	catalog Catalog
	digest  value.Digest
	queries []fact.Query // sorted; a slot is a position in it
	gates   []preparedGate
	order   []int // of evaluation: environment by environment
	index   map[string]int
	known   map[string]int // environments, by rank

	approvals []int // slots
	skew      time.Duration

	nodes    int // criteria, nested ones included
	uses     int // slots that they name
	signOffs int
	customs  int // queries of custom checks
}

type preparedGate struct {
	gate        *Gate
	id          string
	criteria    []node
	rank        int // of its environment
	production  bool
	needsExit   bool
	exitBefore  []int  // gates; empty although needsExit: there is none
	before      string // the exit's id, for the reason
	entries     []int  // of an exit: gates into its own environment
	faults      []Code // what makes it hold whatever the facts say
	deciding    int    // criteria that are not optional
	approvalAge time.Duration
}

// Prepare checks and hashes a catalog. It cannot fail: what is wrong with a
// gate makes that gate hold, with the reason.
func Prepare(c Catalog) *Prepared {
	p := &Prepared{catalog: c.Clone(), skew: c.clockSkew(), index: map[string]int{}}
	text, err := strictjson.Encode(p.catalog)
	if err == nil {
		p.digest = value.Sum(text)
	}
	p.queries = p.catalog.Queries()
	for _, q := range p.catalog.Approvals {
		p.approvals = append(p.approvals, p.slot(q))
	}
	p.known = p.ranks()
	for i := range p.catalog.Gates {
		g := &p.catalog.Gates[i]
		g.SignOffs = p.catalog.SignOffs(*g)
		pg := preparedGate{gate: g, id: g.ID(), rank: p.known[g.Environment], approvalAge: p.catalog.maxAge()}
		if err != nil {
			pg.faults = append(pg.faults, CodeCatalogUnreadable)
		}
		if !p.catalog.sane() {
			pg.faults = append(pg.faults, CodeAges)
		}
		p.prepareGate(&pg)
		p.gates = append(p.gates, pg)
	}
	p.linkGates()
	return p
}

// Queries returns everything that has to be asked, as [Catalog.Queries] does.
func (p *Prepared) Queries() []fact.Query { return slices.Clone(p.queries) }

// Digest returns the digest of the catalog's encoded bytes; it is empty if the
// catalog has no JSON form, and then every gate holds.
func (p *Prepared) Digest() value.Digest { return p.digest }

// ranks numbers the environments in the order in which a release passes them.
func (p *Prepared) ranks() map[string]int {
	ranks := map[string]int{}
	for _, e := range p.catalog.Environments {
		if _, ok := ranks[e.Name]; !ok {
			ranks[e.Name] = len(ranks)
		}
	}
	if len(ranks) > 0 {
		return ranks
	}
	for _, g := range p.catalog.Gates {
		if _, ok := ranks[g.Environment]; !ok {
			ranks[g.Environment] = len(ranks)
		}
	}
	return ranks
}

func (p *Prepared) prepareGate(pg *preparedGate) {
	g := pg.gate
	p.signOffs += len(g.SignOffs)
	pg.production = true
	if n := len(p.catalog.Environments); n > 0 {
		listed := 0
		for _, e := range p.catalog.Environments {
			if e.Name == g.Environment {
				pg.production = e.Tier != PreProduction
				listed++
			}
		}
		if listed != 1 { // not listed, or listed twice and perhaps in two tiers
			pg.faults = append(pg.faults, CodeEnvironment)
			pg.production = true
		}
		if listed == 0 {
			pg.rank = n
		}
	}
	if g.Kind != EntryKind && g.Kind != ExitKind {
		pg.faults = append(pg.faults, CodeNoKind)
	}
	seen := make(map[string]bool, len(g.Criteria))
	for i := range g.Criteria {
		c := &g.Criteria[i]
		pg.criteria = append(pg.criteria, p.prepareNode(c))
		if !c.Optional {
			pg.deciding++
		}
		if noteIDs(c, seen) && !slices.Contains(pg.faults, CodeDuplicateID) {
			pg.faults = append(pg.faults, CodeDuplicateID)
		}
	}
	if pg.deciding == 0 {
		pg.faults = append(pg.faults, CodeNoCriteria)
	}
	switch {
	case len(g.SignOffs) == 0 && check.Blank(g.NoSignOffs):
		pg.faults = append(pg.faults, CodeNoSignOffs)
	case len(g.SignOffs) > maxSignOffs:
		pg.faults = append(pg.faults, CodeTooManySignOffs)
	}
}

// noteIDs reports whether an id below c was seen before, which makes waivers ambiguous.
func noteIDs(c *Criterion, seen map[string]bool) bool {
	twice := seen[c.ID]
	seen[c.ID] = true
	children := c.Children()
	for i := range children {
		twice = noteIDs(&children[i], seen) || twice
	}
	return twice
}

// linkGates finds doubles, for every gate but those of the first environment
// the exit of the environment before, and for every exit the entry of its own.
func (p *Prepared) linkGates() {
	exits, entries := map[int][]int{}, map[int][]int{}
	names := map[int]string{}
	for i := range p.gates {
		pg := &p.gates[i]
		if first, ok := p.index[pg.id]; ok {
			pg.faults = append(pg.faults, CodeDuplicateGate)
			if other := &p.gates[first]; !slices.Contains(other.faults, CodeDuplicateGate) {
				other.faults = append(other.faults, CodeDuplicateGate)
			}
		} else {
			p.index[pg.id] = i
		}
		switch pg.gate.Kind {
		case EntryKind:
			entries[pg.rank] = append(entries[pg.rank], i)
		case ExitKind:
			exits[pg.rank] = append(exits[pg.rank], i)
		}
		names[pg.rank] = pg.gate.Environment
		p.order = append(p.order, i)
	}
	for name, rank := range p.known {
		names[rank] = name
	}
	for i := range p.gates {
		pg := &p.gates[i]
		if pg.needsExit = pg.rank > 0; pg.needsExit {
			pg.exitBefore = exits[pg.rank-1]
			pg.before = Gate{Environment: names[pg.rank-1], Kind: ExitKind}.ID()
		}
		if pg.gate.Kind == ExitKind {
			pg.entries = entries[pg.rank]
		}
	}
	slices.SortStableFunc(p.order, func(a, b int) int { // an environment is entered before it is left
		return cmp.Or(p.gates[a].rank-p.gates[b].rank, int(p.gates[a].gate.Kind)-int(p.gates[b].gate.Kind))
	})
}

// slot returns the position of q among the prepared queries. Every query of
// the catalog is there.
func (p *Prepared) slot(q fact.Query) int {
	i, _ := slices.BinarySearchFunc(p.queries, q.Ask, func(asked fact.Query, a fact.Ask) int { return asked.Ask.Compare(a) })
	return i
}
