package main

import (
	"regexp"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// buildLog lists what has to be approved: the exceptions that were requested,
// as they were answered, and the sign-offs of the gates. Where evidence is kept
// and for how long, and which controls an approval satisfies, is not in the
// files.
func buildLog(f *folder, c gates.Catalog) compliance.Log {
	var log compliance.Log
	for _, group := range f.exceptions.groups {
		responsible := f.callers(group.name)
		for _, a := range group.approvals {
			log = log.WithApprovals(exception(a, responsible))
		}
	}
	for _, g := range c.Gates {
		for _, s := range c.SignOffs(g) {
			id := g.ID() + ":" + s.Role
			log = log.WithApprovals(compliance.NewApproval(id, "Sign-off of "+g.ID(), s.Role, s.Delegate).ForGate(g.ID()))
		}
	}
	return log
}

// exception is a request to be excepted from a freeze. It opens no gate: it
// lets one enhancement pass. Who answered it the file does not say.
func exception(a fact.Approval, responsible string) compliance.Approval {
	delegate := ""
	if responsible != "" {
		delegate = responsible + shadowSuffix
	}
	entry := compliance.NewApproval(a.ID, a.Title, responsible, delegate).WithEvidence(compliance.Evidence{Location: a.Link})
	switch a.Answer {
	case fact.Approved:
		entry.Status = compliance.Approved
	case fact.Rejected:
		entry.Status = compliance.Rejected
	}
	entry.At = dayOf(a.At)
	return entry
}

// dayOf returns the day of a date that the file has no time of.
func dayOf(t time.Time) value.When {
	if t.IsZero() {
		return value.When{}
	}
	return value.Date(t.Date())
}

var (
	calls      = regexp.MustCompile(`^call for .*\bexceptions?$`)
	innerUpper = regexp.MustCompile(`(\p{Ll})(\p{Lu})`)
)

// callers returns the role that the timeline has call for the exceptions of a
// group, and so is asked for them; empty if no row does, or if several roles
// do.
func (f *folder) callers(group string) string {
	if group == "" {
		return ""
	}
	freeze := freezeWords(innerUpper.ReplaceAllString(group, "$1 $2"))
	for _, w := range f.readme.timeline {
		if event := freezeWords(w.event()); calls.MatchString(event) && strings.Contains(event, freeze) && !nobody(w.who) {
			if roles := f.rolesOf(w.who); len(roles) == 1 {
				return roles[0]
			}
		}
	}
	return ""
}

// freezeWords writes the name of a freeze in one way: files call it "docs
// freeze" and "doc freeze".
func freezeWords(s string) string {
	return strings.ReplaceAll(strings.ToLower(s), "s freeze", " freeze")
}
