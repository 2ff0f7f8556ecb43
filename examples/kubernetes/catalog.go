package main

import (
	"slices"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// The phases of a release, in the order in which they end.
const (
	enhancements = "enhancements"
	code         = "code"
	docs         = "docs"
	publication  = "release"
)

// phase is one phase with the names that exceptions.yaml has used for the
// requests to be excepted from its freeze.
type phase struct {
	name   string
	groups []string
}

var phases = []phase{
	{enhancements, []string{"enhancementFreeze", "enhancementsFreeze"}},
	{code, []string{"codeFreeze", "testFreeze"}},
	{docs, []string{"docsFreeze", "docFreeze"}},
}

// buildCatalog lists the gates of the release; see the package comment.
func buildCatalog(f *folder) gates.Catalog {
	s := &f.schedule
	return gates.NewCatalog(
		f.gate(gates.Entry, enhancements, s.begin, leadRole,
			reached("cycle-begun", "The release cycle has begun", s.begin),
			inOrder(s)),
		f.gate(gates.Exit, enhancements, s.enhancements, leadRole, slices.Concat(
			one(reached("frozen", "Enhancements Freeze has begun", s.enhancements)),
			excepted(enhancements))...),
		f.gate(gates.Entry, code, s.enhancements, leadRole,
			reached("enhancements-frozen", "What goes in is known: Enhancements Freeze has begun", s.enhancements)),
		f.gate(gates.Exit, code, s.code, leadRole, slices.Concat(
			one(planned("frozen", "Code Freeze has begun", planCodeFreeze)),
			excepted(code))...),
		f.gate(gates.Entry, docs, s.docsOpen, "",
			reached("placeholders-due", "Documentation placeholders were due", s.docsOpen)),
		f.gate(gates.Exit, docs, s.docs, leadRole, slices.Concat(
			one(reached("frozen", "Docs Freeze has begun", s.docs)),
			excepted(docs), noteCriteria())...),
		f.gate(gates.Entry, publication, s.release, leadRole,
			planned("release-day", "The release date has come", planWindowStart),
			gates.Count("exceptions-settled", exceptionQuery(""), gates.Match{Answer: fact.Pending.String()}, 0, 0).
				Titled("No exception of any freeze is pending")).
			WithSignOffs(f.signOff(f.signal())),
		f.gate(gates.Exit, publication, s.release, leadRole,
			planned("release-day-over", "The release date is over", planWindowEnd)),
		f.gate(gates.Entry, masterBranch, s.thaw, leadRole,
			reached("thawed", "Thaw has come", s.thaw)),
		f.gate(gates.Exit, masterBranch, s.last, "",
			reached("cycle-over", "The last date of the timeline is over", s.last)),
	).WithEnvironments(
		gates.Environment{Name: enhancements, Tier: gates.PreProduction},
		gates.Environment{Name: code, Tier: gates.PreProduction},
		gates.Environment{Name: docs, Tier: gates.PreProduction},
		gates.Environment{Name: publication, Tier: gates.Production},
		gates.Environment{Name: masterBranch, Tier: gates.PreProduction},
	).WithApprovals(signOffQuery)
}

func one(c gates.Criterion) []gates.Criterion { return []gates.Criterion{c} }

// gate makes a gate that is signed by whom the row names and by one more role,
// with the dashboards that the row links to, or of a release those of all rows.
func (f *folder) gate(side func(string, ...gates.Criterion) gates.Gate, environment string, at *row, also string, criteria ...gates.Criterion) gates.Gate {
	g := side(environment, criteria...)
	signers := f.signers(at)
	if also != "" && !slices.Contains(signers, also) {
		signers = append(signers, also)
	}
	for _, role := range signers {
		g = g.WithSignOffs(f.signOff(role))
	}
	switch {
	case environment == publication:
		g = g.WithDashboards(links(f.readme.signals())...)
	case at != nil:
		g = g.WithDashboards(links(at.dashboards)...)
	}
	return g
}

func links(tools []release.Tool) []value.Link {
	var all []value.Link
	for _, t := range tools {
		all = append(all, t.Link)
	}
	return all
}

// signOff asks a role, or the shadows of those who hold it.
func (f *folder) signOff(role string) gates.SignOff {
	return gates.SignOff{Role: role, Delegate: role + shadowSuffix}
}

// reached asks whether what the milestone of a row announces has happened.
func reached(id, title string, r *row) gates.Criterion {
	c := gates.Custom{Name: momentReached}
	if r != nil {
		c.Params = c.Params.With("milestone", r.id)
	}
	return gates.Checked(id, c).Titled(title)
}

// planned asks whether a moment of the plan has come.
func planned(id, title, which string) gates.Criterion {
	return gates.Checked(id, gates.Custom{Name: momentReached, Params: fact.Params("").With("plan", which)}).Titled(title)
}

// inOrder asks whether the freezes follow each other as the phases do.
func inOrder(s *schedule) gates.Criterion {
	c := gates.Custom{Name: datesInOrder}
	for _, d := range []struct {
		name string
		row  *row
	}{{enhancementsFreeze, s.enhancements}, {docsFreeze, s.docs}} {
		if d.row != nil {
			c.Params = c.Params.With(d.name, d.row.id)
		}
	}
	return gates.Checked("dates-in-order", c).Titled("Enhancements Freeze, Code Freeze, Docs Freeze and release follow each other")
}

// excepted are the criteria about the requests to be excepted from the freeze
// of a phase.
func excepted(phase string) []gates.Criterion {
	q := exceptionQuery(phase)
	return []gates.Criterion{
		gates.Count("exceptions-settled", q, gates.Match{Answer: fact.Pending.String()}, 0, 0).
			Titled("No exception of this freeze is pending"),
		gates.Checked("exceptions-reviewed", gates.Custom{Name: reviewedInOrder, Queries: []fact.Query{q, exceptionQuery("")}}).
			Titled("Every exception was reviewed, and not before it was requested"),
	}
}

func noteCriteria() []gates.Criterion {
	return []gates.Criterion{
		gates.Count("notes-written", notesQuery, gates.Match{Label: noText}, 0, 0).
			Titled("No release note is without text"),
		gates.Done("actions-reviewed", actionsQuery).
			Titled("Somebody has reviewed every note that requires action"),
		gates.Count("actions-published", actionsQuery, gates.Match{Label: doNotPublish}, 0, 0).
			Titled("No note that requires action is held back"),
		gates.Done("notes-reviewed", notesQuery).AsOptional().
			Titled("Somebody has reviewed every note that is published"),
	}
}
