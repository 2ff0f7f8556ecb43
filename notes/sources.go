package notes

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// read returns every work item that the sources have, and what keeps anybody
// from knowing whether these are all.
func read(facts *fact.Set, m *Mapping) (items []found, gaps []Gap) {
	for rank, q := range m.Sources {
		r, n := facts.Find(q)
		if reason := shortfall(facts, q, &r, n); reason != "" {
			gaps = append(gaps, Gap{q.String(), reason})
		}
		if n != 1 {
			continue // nobody knows which answer is right
		}
		for i := range r.WorkItems {
			f, several := m.found(rank, q.Connector, &r.WorkItems[i])
			if len(several) > 1 {
				gaps = append(gaps, Gap{strings.TrimSpace(f.item.ID), "carries several ids: " + strings.Join(several, ", ")})
			}
			items = append(items, f)
		}
	}
	return items, gaps
}

// found reads an item. Of several ids that it carries, none is its own: they are
// returned.
func (m *Mapping) found(rank int, connector string, w *fact.WorkItem) (f found, several []string) {
	f = found{rank: rank, connector: connector, item: w, title: clean(w.Title), note: clean(m.told(w.Note))}
	if at := titleKey.FindStringSubmatchIndex(f.title); at != nil && m.goesBy(f.title[at[2]:at[3]]) {
		several = append(several, strings.ToUpper(f.title[at[2]:at[3]]))
		if rest := f.title[at[1]:]; rest != "" {
			f.title = rest // the id is no part of what the item is called
		}
	}
	for _, label := range w.Labels {
		if label = strings.ToUpper(strings.TrimSpace(label)); m.goesBy(label) && !slices.Contains(several, label) {
			several = append(several, label)
		}
	}
	if len(several) == 1 {
		f.carries, several = several[0], nil
	}
	return f, several
}

// titleKey is an id at the beginning of a title.
var titleKey = regexp.MustCompile(`^[\[(]?([A-Za-z][A-Za-z0-9]*-\d+)[\])]?(?:\s*[:–—-]\s+|\s+|:|$)`)

// goesBy reports whether an id is one of a project that identifies work.
func (m *Mapping) goesBy(id string) bool {
	project := projectOf(strings.ToUpper(id))
	return project != "" && slices.ContainsFunc(m.Keys, func(key string) bool { return strings.EqualFold(strings.TrimSpace(key), project) })
}

// told returns what of an item's text is for readers.
func (m *Mapping) told(text string) string {
	blocks := fenced(text, m.Blocks)
	if len(blocks) == 0 && !m.BlocksOnly {
		return text
	}
	return strings.Join(blocks, "\n")
}

// shortfall says why the answers to a source are not all that there is to
// know; empty: they are.
func shortfall(facts *fact.Set, q fact.Query, r *fact.Result, answers int) string {
	switch {
	case answers == 0:
		return "nobody asked"
	case answers > 1:
		return "has several answers"
	case r.Failed():
		return check.OneLine("failed: " + r.Failure.Code + " " + r.Failure.Message)
	case r.Query.Yields.Shape != fact.WorkItemShape:
		return "does not yield work items"
	case !r.Complete:
		return "the answer is incomplete"
	case len(r.WorkItems) == 0 && !looked(facts, q):
		return "has no item, and nothing shows that it looked at any"
	default:
		return ""
	}
}

// looked reports whether the population of a query shows that it could have
// found something.
func looked(facts *fact.Set, q fact.Query) bool {
	population, ok := q.Counted()
	if !ok {
		return false
	}
	r, n := facts.Find(population)
	if n != 1 || r.Failed() || !r.Complete {
		return false
	}
	switch r.Query.Yields.Shape {
	case fact.NumberShape:
		count := float64(r.Value.Value)
		return r.Value.Unit == value.Count && count > 0 && !math.IsInf(count, 1)
	default:
		return r.Len() > 0
	}
}
