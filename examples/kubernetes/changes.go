package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
)

// changesQuery asks for the pull requests that the notes tell of. It is another
// question than that for the notes: a note is done when somebody has reviewed
// it, a change when it is merged.
var changesQuery = fact.NewQuery(connector, "changes", fact.WorkItems()).OutOf(notesQuery)

// deprecation is the label of what goes away in a release to come.
const deprecation = "kind/deprecation"

// noteMapping says who is told of which change; see the package comment. What
// is withheld and what requires action has the labels that a mapping goes by.
func noteMapping() notes.Mapping {
	told := func(to ...notes.Audience) []notes.Place {
		var places []notes.Place
		for _, a := range to {
			places = append(places, notes.Place{Audience: a, Section: notes.ChangesSection})
		}
		return places
	}
	m := notes.NewMapping(changesQuery).WithRoutes(notes.Route{
		Match: notes.Match{Labels: []string{actionRequired, deprecation}}, To: told(notes.Audiences()...)})
	m.Otherwise = told(notes.Customers, notes.Support)
	m.Unplanned = notes.Audiences() // the files have no scope that a change could be in
	return m
}

// draftNotes drafts the notes from the changes.
func draftNotes(plan release.Plan, facts fact.Set) notes.Packet {
	p := notes.Draft(plan, facts, noteMapping())
	r, _ := facts.Find(changesQuery)
	for _, item := range r.WorkItems {
		if slices.Contains(item.Labels, doNotPublish) && slices.Contains(item.Labels, actionRequired) {
			p = p.WithGaps(notes.Gap{About: item.ID, Reason: "requires action and is not to be published"})
		}
	}
	for _, a := range notes.Audiences() {
		n := p.Note(a)
		slices.SortStableFunc(n.Changes, actionsFirst)
		p = p.With(a, n)
	}
	all, few := len(p.Support.Changes), len(p.Leadership.Changes)
	if few < all {
		p = p.WithLeadership(p.Leadership.WithSummary(fmt.Sprintf("%s Told here are those that require action or deprecate something: %d.", p.Support.Summary, few)))
	}
	return p
}

// actionsFirst puts what requires action in front of several hundred changes,
// and otherwise sorts by number.
func actionsFirst(a, b notes.Change) int {
	switch {
	case a.ActionRequired != "" && b.ActionRequired == "":
		return -1
	case a.ActionRequired == "" && b.ActionRequired != "":
		return 1
	}
	x, _, _ := strings.Cut(a.ID, ",")
	y, _, _ := strings.Cut(b.ID, ",")
	return cmp.Or(len(x)-len(y), strings.Compare(x, y))
}

// changes returns the pull requests behind the notes: done if the note names the
// commit by which it was merged. Published notes of one text are told once,
// under the numbers of all; what is withheld is no reason to withhold another.
func (n *releaseNotes) changes() []fact.WorkItem {
	var all []fact.WorkItem
	told := map[string]int{} // by text: where in all
	for _, note := range n.items {
		change := note
		change.ID, change.Type, change.Category = "#"+note.ID, "change", fact.UnknownCategory
		if n.merged[note.ID] {
			change.Category = fact.Done
		}
		text := strings.Join(strings.Fields(note.Note), " ")
		i, again := told[text]
		switch {
		case again && text != "" && !slices.Contains(note.Labels, doNotPublish):
			all[i] = together(all[i], change)
			continue
		case !slices.Contains(note.Labels, doNotPublish):
			told[text] = len(all)
		}
		all = append(all, change)
	}
	return all
}

// together makes one change of two that have one text. It has the link and the
// author of the first, and is done when both are.
func together(a, b fact.WorkItem) fact.WorkItem {
	a.ID += ", " + b.ID
	a.Category = min(a.Category, b.Category)
	if b.Status == statusDraft {
		a.Status = statusDraft
	}
	a.Labels = slices.Clone(a.Labels)
	for _, label := range b.Labels {
		if !slices.Contains(a.Labels, label) {
			a.Labels = append(a.Labels, label)
		}
	}
	return a
}
