package notes

import (
	"iter"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Why work is not told.
const (
	deferred = "is of work that may be deferred and of which nobody says that it is done"
	keptBack = "is of work that is marked as not to be told to customers"
)

// untold returns the work that customers are not told of, by title, in the
// order of the scope and then of the facts. A title that other work has too,
// which they may be told of, gives nothing away.
func untold(plan *release.Plan, facts *fact.Set, m Mapping) []Untold {
	var list []Untold
	told := map[string]bool{}
	done := reported(facts)
	for _, s := range plan.Scope {
		if s.Class != release.Deferrable || done[strings.TrimSpace(s.ID)] || Finished(s.Status) && !known(done, s.ID) {
			told[clean(s.Title)] = true
			continue
		}
		list = append(list, Untold{clean(s.Title), deferred})
	}
	for _, w := range itemsOf(facts) {
		if m.keepsBack(w) {
			list = append(list, Untold{clean(w.Title), keptBack}, Untold{clean(m.told(w.Note)), keptBack})
			if id := strings.TrimSpace(w.ID); !isNumber(id) { // a number is of many things
				list = append(list, Untold{id, keptBack})
			}
		} else {
			told[clean(w.Title)], told[clean(m.told(w.Note))] = true, true
		}
	}
	return slices.DeleteFunc(list, func(u Untold) bool { return u.Text == "" || told[u.Text] })
}

func known(done map[string]bool, id string) bool {
	_, ok := done[strings.TrimSpace(id)]
	return ok
}

// keepsBack reports whether an item is marked so that customers are not told of
// it: withheld, or with a label whose route leads past them.
func (m *Mapping) keepsBack(w *fact.WorkItem) bool {
	if slices.ContainsFunc(m.Withheld, func(x Match) bool { return x.matches(w) }) {
		return true
	}
	for _, r := range m.Routes {
		if r.Match.matches(w) {
			return len(r.Match.Labels) > 0 && !slices.ContainsFunc(r.To, func(p Place) bool { return p.Audience == Customers })
		}
	}
	return false
}

// itemsOf returns the work items of every answer that did not fail.
func itemsOf(facts *fact.Set) []*fact.WorkItem {
	var all []*fact.WorkItem
	if facts == nil {
		return nil
	}
	for i := range facts.Results {
		if r := &facts.Results[i]; !r.Failed() {
			for j := range r.WorkItems {
				all = append(all, &r.WorkItems[j])
			}
		}
	}
	return all
}

// reported returns the work items that complete answers have, and whether each
// is done. What one answer has as open is open.
func reported(facts *fact.Set) map[string]bool {
	done := map[string]bool{}
	if facts == nil {
		return done
	}
	for i := range facts.Results {
		r := &facts.Results[i]
		for j := range r.WorkItems {
			w := &r.WorkItems[j]
			if before, ok := done[w.ID]; r.Complete && !r.Failed() && w.Category != fact.UnknownCategory {
				done[w.ID] = w.Category == fact.Done && (before || !ok)
			}
		}
	}
	return done
}

// finished are the names that trackers have for what is done.
var finished = strings.Fields("done closed resolved completed complete released shipped verified")

// Finished reports whether a status says, in any case, that work is done: the
// word of a plan, which counts where no fact says anything.
func Finished(status string) bool {
	return slices.Contains(finished, strings.ToLower(strings.TrimSpace(status)))
}

// Reported returns whether the work items of complete answers are done, by id,
// and whether an answer has the item. What one answer has as open is open. Facts
// may be nil.
func Reported(facts *fact.Set) func(id string) (done, ok bool) {
	all := reported(facts)
	return func(id string) (done, ok bool) {
		done, ok = all[id]
		return done, ok
	}
}

// read visits every text of a note that its readers see, with its path: also
// names and targets of links.
func (n *Note) read() iter.Seq2[check.Path, string] {
	return func(yield func(check.Path, string) bool) {
		ok := true
		say := func(at check.Path, text string) { ok = ok && (text == "" || yield(at, text)) }
		say("summary", n.Summary)
		for i, c := range n.Changes {
			at := check.Path("changes").Index(i)
			say(at.Field("text"), c.Text)
			say(at.Field("actionRequired"), c.ActionRequired)
			say(at.Field("link"), string(c.Link))
		}
		for i, text := range n.Benefits {
			say(check.Path("benefits").Index(i), text)
		}
		for i, c := range n.Risks {
			say(check.Path("risks").Index(i).Field("text"), c.Text)
		}
		for i, k := range n.KnownIssues {
			at := check.Path("knownIssues").Index(i)
			say(at.Field("text"), k.Text)
			say(at.Field("remedy"), k.Remedy)
			say(at.Field("noRemedy").Field("reason"), k.NoRemedy.Reason)
		}
		for i, text := range n.Remediation {
			say(check.Path("remediation").Index(i), text)
		}
		for i, l := range n.Links {
			at := check.Path("links").Index(i)
			say(at.Field("name"), l.Name)
			say(at.Field("url"), string(l.URL))
		}
		say("compliance", n.Compliance)
	}
}
