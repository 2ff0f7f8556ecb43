package render

import (
	"slices"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/packet"
)

// About how many words a part of a plan takes at least: measured on release
// documents written as densely as they read well (name and version; id and
// title; a row with owner, due, rating, mitigation and contingency; an id and its
// owner).
const (
	componentWords = 2
	itemWords      = 3
	pendingWords   = 13
	readyWords     = 3
	matrixWords    = 20 // of the matrix around its rows
)

// split suggests trains that are short enough: components that share a scope
// item or a dependency stay together, and groups go into the first train that has
// room. It suggests nothing if no such trains exist.
func split(p *packet.Packet, e *BudgetError) []Train {
	groups := groupsOf(&p.Plan, rowWords(&p.Plan, e.Bill))
	fixed := e.Minimum
	for _, g := range groups {
		fixed -= g.words
	}
	var trains []Train
	for _, g := range groups {
		at := slices.IndexFunc(trains, func(t Train) bool { return t.Words+g.words <= e.Max })
		if at < 0 {
			at = len(trains)
			trains = append(trains, Train{Words: fixed})
		}
		trains[at].Components = append(trains[at].Components, g.names...)
		trains[at].Words += g.words
	}
	if len(trains) < 2 || slices.ContainsFunc(trains, func(t Train) bool { return t.Words > e.Max }) {
		return nil
	}
	return trains
}

// rowWords is what a row of a pending dependency takes on this page, which is most
// of its section, and at least what it takes elsewhere.
func rowWords(plan *release.Plan, bill []SectionBill) int {
	pending := 0
	for i := range plan.Dependencies.Items {
		if plan.Dependencies.Items[i].Status != release.Ready {
			pending++
		}
	}
	at := slices.IndexFunc(bill, func(b SectionBill) bool { return b.Section == dependenciesTitle })
	if pending == 0 || at < 0 {
		return pendingWords
	}
	ready := readyWords * (len(plan.Dependencies.Items) - pending)
	return max((bill[at].Words-ready-matrixWords)/pending, pendingWords)
}

// group is components that cannot be told apart in a plan, and about how many
// words they take.
type group struct {
	names []string
	words int
}

// groupsOf joins the components that something of the plan needs together.
func groupsOf(plan *release.Plan, row int) []group {
	all := plan.Overview.Components
	root, at := make([]int, len(all)), make(map[string]int, len(all))
	for i := range all {
		root[i] = i
		if _, ok := at[all[i].Name]; !ok {
			at[all[i].Name] = i
		}
	}
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	words := make([]int, len(all))
	need := func(names []string, cost int) {
		first := -1
		for _, name := range names {
			switch i, ok := at[name]; {
			case !ok:
			case first < 0:
				first = i
				words[i] += cost
			default:
				a, b := find(first), find(i)
				root[max(a, b)] = min(a, b)
			}
		}
	}
	for i := range all {
		words[i] += componentWords
	}
	for i := range plan.Scope {
		need(plan.Scope[i].Components, itemWords)
	}
	for i := range plan.Dependencies.Items {
		x := &plan.Dependencies.Items[i]
		cost := readyWords
		if x.Status != release.Ready {
			cost = row
		}
		need(x.Components, cost)
	}
	var groups []group
	position := make(map[int]int, len(all))
	for i := range all {
		r := find(i)
		if _, ok := position[r]; !ok {
			position[r] = len(groups)
			groups = append(groups, group{})
		}
		g := &groups[position[r]]
		g.names, g.words = append(g.names, all[i].Name), g.words+words[i]
	}
	return groups
}
