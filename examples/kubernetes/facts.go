package main

import (
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/release/fact"
)

// connector names the four files as a source of facts.
const connector = "kubernetes-release-folder"

var (
	notesQuery   = fact.NewQuery(connector, "release-notes", fact.WorkItems())
	actionsQuery = notesQuery.With("label", actionRequired).OutOf(notesQuery)
	signOffQuery = fact.NewQuery(connector, "sign-offs", fact.Approvals())
)

// exceptionQuery asks for the exceptions from the freeze of a phase, out of
// all there are; for no phase it asks for all of them.
func exceptionQuery(phase string) fact.Query {
	all := fact.NewQuery(connector, "exceptions", fact.Approvals())
	if phase == "" {
		return all
	}
	return all.With("phase", phase).OutOf(all)
}

// buildFacts answers what the catalog and the mapping of the notes ask, each
// query once. The files say
// nowhere when what they say was seen: it is observed when they are read, and
// the source says so. There is no age to waive then; a Go is as short-lived as
// one on live facts, and who wants a new one reads the files again.
func buildFacts(f *folder, now time.Time) fact.Set {
	results := []fact.Result{
		f.notesResult(notesQuery, now), f.notesResult(actionsQuery, now), f.changesResult(now),
		f.exceptionsResult("", now), noSignOffs(now),
	}
	for _, p := range phases {
		results = append(results, f.exceptionsResult(p.name, now))
	}
	return fact.NewSet(results...)
}

// noSignOffs says that sign-offs are not among what the files hold. It is a
// failure and no empty list: that nobody has answered is more than is known.
func noSignOffs(now time.Time) fact.Result {
	return fact.AnswerFailure(signOffQuery, now, "not-in-the-files", "a release folder holds no sign-offs")
}

func missingFile(q fact.Query, name string, now time.Time) fact.Result {
	return fact.AnswerFailure(q, now, "file-missing", name+" is not there")
}

func answer(q fact.Query, name string, now time.Time) fact.Result {
	r := fact.Answer(q, now)
	r.Source = name + ", as read at " + now.Format(time.RFC3339)
	return r
}

func (f *folder) notesResult(q fact.Query, now time.Time) fact.Result {
	if !f.notes.present {
		return missingFile(q, notesFile, now)
	}
	r := answer(q, notesFile, now)
	r.Complete = !f.notes.lost
	label, only := q.Params.Get("label")
	for _, item := range f.notes.items {
		if !only || slices.Contains(item.Labels, label) {
			r.WorkItems = append(r.WorkItems, item)
		}
	}
	return r
}

func (f *folder) changesResult(now time.Time) fact.Result {
	if !f.notes.present {
		return missingFile(changesQuery, notesFile, now)
	}
	r := answer(changesQuery, notesFile, now)
	r.Complete = !f.notes.lost
	r.WorkItems = f.notes.changes()
	return r
}

func (f *folder) exceptionsResult(name string, now time.Time) fact.Result {
	q := exceptionQuery(name)
	if !f.exceptions.present {
		return missingFile(q, exceptionsFile, now)
	}
	r := answer(q, exceptionsFile, now)
	r.Complete = !f.exceptions.lost
	for _, g := range f.exceptions.groups {
		switch {
		case name == "" || phaseOf(g.name) == name:
			r.Approvals = append(r.Approvals, g.approvals...)
		case g.name == "" && len(g.approvals) > 0:
			r.Complete = false // which of them belong here is not known
		}
	}
	return r
}

// phaseOf returns the phase whose freeze a group of exceptions is about, or
// nothing: then they count in the release alone.
func phaseOf(group string) string {
	for _, p := range phases {
		if slices.Contains(p.groups, group) {
			return p.name
		}
	}
	return ""
}
