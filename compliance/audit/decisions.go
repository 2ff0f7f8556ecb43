package audit

import (
	"bytes"
	"cmp"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/packet"
)

// parts compares the packet with the documents that have its parts.
func (a *audit) parts() {
	if !a.read {
		return
	}
	for _, part := range []struct {
		file string
		v    any
	}{
		{PacketFile, a.p}, {PlanFile, a.p.Plan}, {CatalogFile, a.p.Catalog}, {WaiversFile, a.p.Waivers},
		{DecisionsFile, a.p.Decisions}, {ApprovalsFile, a.p.Compliance},
	} {
		text, ok := a.bundle.files[part.file]
		if !ok {
			continue
		}
		want, err := packet.Marshal(part.v)
		if err != nil || !bytes.Equal(want, text) {
			a.problem(Inconsistent, part.file, "it is not what the packet has")
		}
	}
}

// replay decides again.
func (a *audit) replay() {
	files := a.bundle.files
	decisions, err := gates.Replay(gates.Record{
		Plan: files[PlanFile], Catalog: files[CatalogFile], Waivers: files[WaiversFile], Facts: files[FactsFile], Decisions: files[DecisionsFile],
	}, &gates.ReplayOptions{Custom: a.options.Custom, Engine: a.options.Engine})
	var mismatch *gates.ReplayError
	switch {
	case errors.As(err, &mismatch):
		for _, m := range mismatch.Mismatches {
			a.problem(NotFollowing, m.File, "%s", m)
		}
	case err != nil:
		a.problem(NotFollowing, DecisionsFile, "%v", err)
	default:
		a.report.Verdict, a.report.DecidedAt = decisions.Verdict(), decisions.DecidedAt
		for _, d := range decisions.Gates {
			a.report.Decisions = append(a.report.Decisions, Decision{d.Gate, d.Verdict})
		}
	}
}

// approvals lists who approved what when: the sign-offs that count, and what
// else stands in the register.
func (a *audit) approvals() {
	if !a.read {
		return
	}
	name := func(person string) string {
		p, _ := a.p.Plan.Directory.Person(person)
		return p.Name
	}
	for _, d := range a.p.Decisions.Gates {
		for _, s := range d.SignOffs {
			for _, by := range s.By {
				a.report.Approvals = append(a.report.Approvals, Approval{What: d.Gate + " for " + s.Role, Status: compliance.Approved, Person: by.Person, Name: name(by.Person),
					At: by.At.Format(time.RFC3339), Delegated: by.Delegated, Source: by.Approval, Subject: d.Subject})
			}
		}
	}
	for _, r := range a.p.Compliance.Approvals {
		if d, _ := a.p.Decisions.Find(r.Gate); r.Status == compliance.Pending || r.Status == compliance.Approved && counts(d, r.By) {
			continue // it is listed with its gate
		}
		a.report.Approvals = append(a.report.Approvals, Approval{What: r.Title, Status: r.Status, Person: r.By, Name: name(r.By), At: r.At.String(),
			Delegated: r.ByDelegate, Source: "register " + r.ID, Subject: r.Subject})
	}
}

// counts reports whether a person's sign-off counts in a decision.
func counts(d gates.Decision, person string) bool {
	return slices.ContainsFunc(d.SignOffs, func(s gates.Signature) bool {
		return slices.ContainsFunc(s.By, func(by gates.Signed) bool { return by.Person == person })
	})
}

func sortedNames[V any](m map[string]V) []string {
	return slices.SortedFunc(maps.Keys(m), cmp.Compare[string])
}
