package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
)

// milestonePath is where the milestone of a row is in the packet. Every row is
// one, in the order of the file.
func milestonePath(i int) check.Path { return check.Path("plan.timeline.milestones").Index(i) }

var aside = regexp.MustCompile(`\s*\(.*$`)

// newID names the milestone of a row by what happens, or by its line. A second
// row of the same name has a number.
func (r *readme) newID(w *row) string {
	name := slug(aside.ReplaceAllString(w.what, ""))
	if name == "" {
		name = fmt.Sprintf("line-%d", w.line)
	}
	taken := func(id string) bool {
		return slices.ContainsFunc(r.timeline, func(other *row) bool { return other.id == id })
	}
	id := name
	for n := 2; taken(id); n++ {
		id = fmt.Sprintf("%s-%d", name, n)
	}
	return id
}

// milestones returns every row as a milestone, also one that cannot be read: it
// has no time then, which a rule reports.
func (f *folder) milestones() []release.Milestone {
	var all []release.Milestone
	for _, w := range f.readme.timeline {
		all = append(all, release.Milestone{
			ID: w.id, Title: brackets.Replace(w.what), Kind: w.kind(), At: w.dated.at, Until: w.dated.until, Owner: f.owner(w), Link: w.link,
			Source: release.Source{Document: readmeFile, Line: w.line, Text: w.written()},
		})
	}
	return all
}

// written is how the row reads in the file, cell by cell.
func (r *row) written() string {
	return strings.Join(strings.Fields(fmt.Sprintf("%s | %s | %s", r.what, r.who, r.when)), " ")
}

var (
	plans     = regexp.MustCompile(`^start of release cycle$|^start enhancements tracking$|^(?:schedule|team) finalized$`)
	reminds   = regexp.MustCompile(`^brace yourself\b|^reminder\b|\bis coming$`)
	assembles = regexp.MustCompile(`(?i:\bmeetings?\b|\bconference\b|\bsummit\b)|\pLCon\b`)
)

// kind tells what sort of milestone a row is, as far as its words do.
func (r *row) kind() release.MilestoneKind {
	switch event := r.event(); {
	case plans.MatchString(event):
		return release.Planning
	case nobody(r.who):
		return release.OtherMilestone
	case reminds.MatchString(event), assembles.MatchString(r.what):
		return release.Information
	default:
		return release.OtherMilestone
	}
}

// everybody is who takes part, which does not say who answers for it.
const everybody = "all"

// owner returns the role that the Who of a row names. Several roles answer
// together; see [folder.jointRoles].
func (f *folder) owner(r *row) string {
	if nobody(r.who) || strings.EqualFold(strings.TrimSpace(r.who), everybody) {
		return ""
	}
	return strings.Join(f.rolesOf(r.who), jointly)
}

// jointly joins the ids of roles that answer for a row together.
const jointly = "+"

// jointRoles returns a role for every Who that names several, if the team has
// all of them: whoever holds one of them holds it. Otherwise the owner is in no
// directory, and a rule reports it.
func (f *folder) jointRoles() []release.Role {
	var all []release.Role
	for _, w := range f.readme.timeline {
		ids, id := f.rolesOf(w.who), f.owner(w)
		if len(ids) < 2 || id == "" || !f.hasAll(ids) || slices.ContainsFunc(all, func(r release.Role) bool { return r.ID == id }) {
			continue
		}
		all = append(all, f.jointRole(id, ids))
	}
	return all
}

func (f *folder) hasAll(ids []string) bool {
	return !slices.ContainsFunc(ids, func(id string) bool { return !f.hasRole(id) })
}

func (f *folder) jointRole(id string, ids []string) release.Role {
	joint := release.Role{ID: id}
	var titles []string
	for _, r := range f.team.roles {
		if !slices.Contains(ids, r.ID) {
			continue
		}
		titles = append(titles, r.Title)
		for _, h := range r.Holders {
			if !slices.Contains(joint.Holders, h) {
				joint.Holders = append(joint.Holders, h)
			}
		}
	}
	joint.Title = strings.Join(titles, " / ")
	return joint
}
