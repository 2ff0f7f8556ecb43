package packet

import (
	"slices"
	"sync"
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// Rules returns every rule of a packet: those of its parts, and those that
// look at several parts at once.
func Rules() []check.Rule[Packet] { return slices.Concat(firstRules(), lastRules()) }

// firstRules are all but those that look at what the others have found. They
// are made once: they are values, and no caller gets the list itself.
var firstRules = sync.OnceValue(func() []check.Rule[Packet] {
	parts := slices.Concat(
		check.Lift(release.Rules(), planPath, func(p *Packet) *release.Plan { return &p.Plan }),
		check.Lift(gates.Rules(), catalogPath, func(p *Packet) *gates.Catalog { return &p.Catalog }),
		check.Lift(notes.Rules(), notesPath, func(p *Packet) *notes.Packet { return &p.Notes }),
		check.Lift(comms.Rules(), commsPath, func(p *Packet) *comms.Plan { return &p.Comms }),
		check.Lift(comms.PlanRules(), "", func(p *Packet) *comms.Context { return &comms.Context{Plan: &p.Comms, Release: &p.Plan} }),
		check.Lift(compliance.Rules(), compliancePath, func(p *Packet) *compliance.Log { return &p.Compliance }),
		check.Lift(compliance.PlanRules(), "", func(p *Packet) *compliance.Context {
			return &compliance.Context{Log: &p.Compliance, Release: &p.Plan}
		}),
	)
	return slices.Concat(widened(parts), crossRules(), decisionRules(), wholeRules(), observedRules(), guardRules(), noteRules(), mentionRules(),
		dateRules(), languageRules(), conductRules())
})

const (
	planPath       check.Path = "plan"
	catalogPath    check.Path = "catalog"
	decisionsPath  check.Path = "decisions"
	notesPath      check.Path = "notes"
	commsPath      check.Path = "comms"
	compliancePath check.Path = "compliance"
)

func crossRules() []check.Rule[Packet] {
	return []check.Rule[Packet]{
		{ID: "X-016", Doc: "Roles that gates name are in the plan's directory, and somebody holds them.",
			Bad: func(p *Packet) {
				p.Catalog.Gates[0].SignOffs = []gates.SignOff{{Role: "nobody", Delegate: p.Plan.Overview.Manager}}
			},
			Check: checkRoles},
		{ID: "X-011", Doc: "Freezes name environments of the catalog.",
			Bad: func(p *Packet) { p.Plan.Timeline.Freezes[0].Environments = []string{"nowhere"} },
			Check: func(p *check.Pass[Packet]) {
				var known []string
				for _, g := range p.Subject.Catalog.Gates {
					known = append(known, g.Environment)
				}
				for i, f := range p.Subject.Plan.Timeline.Freezes {
					for j, name := range f.Environments {
						if !slices.Contains(known, name) {
							at := planPath.Field("timeline").Field("freezes").Index(i).Field("environments").Index(j)
							p.Report(check.Unresolved(at, name, "an environment with gates"))
						}
					}
				}
			}},
	}
}

func checkRoles(p *check.Pass[Packet]) {
	resolve := func(at check.Path, id string) {
		role, ok := p.Subject.Plan.Directory.Role(id)
		switch {
		case !ok:
			p.Report(check.Unresolved(at, id, "a role of the directory"))
		case len(role.Holders) == 0:
			p.Report(check.Invalid(at, id, "nobody holds the role"))
		}
	}
	signOffs := func(list check.Path, all []gates.SignOff) {
		for i, s := range all {
			at := list.Index(i)
			resolve(at.Field("role"), s.Role)
			if s.Delegate != "" {
				resolve(at.Field("delegate"), s.Delegate)
			}
		}
	}
	for i, e := range p.Subject.Catalog.Environments {
		signOffs(catalogPath.Field("environments").Index(i).Field("signOffs"), e.SignOffs)
	}
	for i, g := range p.Subject.Catalog.Gates {
		at := catalogPath.Field("gates").Index(i)
		signOffs(at.Field("signOffs"), g.SignOffs)
		for j, c := range g.Captures {
			if c.By != "" {
				resolve(at.Field("captures").Index(j).Field("by"), c.By)
			}
		}
	}
}

func decisionRules() []check.Rule[Packet] {
	return []check.Rule[Packet]{
		{ID: "GATE-026", Doc: "Every gate of the catalog is decided once, and nothing else is.",
			Bad:   func(p *Packet) { p.Decisions.Gates = p.Decisions.Gates[1:] },
			Check: checkDecided},
		{ID: "CMP-014", Doc: "Decisions are about the plan and the gates that stand in the packet.",
			Bad:   func(p *Packet) { p.Plan.Overview.Version += ".1" },
			Check: checkSubjects},
		{ID: "GATE-027", Doc: "A decision to go is made and has not run out.",
			Bad: func(p *Packet) {
				for i := range p.Decisions.Gates {
					p.Decisions.Gates[i].Verdict = gates.Go
					p.Decisions.Gates[i].ValidUntil = p.Decisions.Gates[i].DecidedAt
				}
			},
			Check: checkValid},
		{ID: "GATE-029", Doc: "Decisions are in the format of this version, and each agrees with what it is made from.",
			Bad: func(p *Packet) { p.Decisions.Engine = "tidegate.decision/0" },
			Check: func(p *check.Pass[Packet]) {
				if len(p.Subject.Decisions.Gates) == 0 {
					p.NotEvaluated("nothing is decided")
					return
				}
				if got := p.Subject.Decisions.Engine; got != gates.Engine {
					p.Report(check.Invalid(decisionsPath.Field("engine"), got, "is not the format of this version, which is "+gates.Engine))
				}
				for i, d := range p.Subject.Decisions.Gates {
					if !d.Sound() {
						p.Report(check.Invalid(decisionsPath.Field("gates").Index(i).Field("verdict"), d.Verdict, "contradicts the outcomes, reasons or sign-offs of "+d.Gate))
					}
				}
			}},
		{ID: "GATE-035", Severity: check.Warning, Doc: "No decision rests on what a program said that only the override for development let answer.",
			Bad:   func(p *Packet) { p.Decisions.Unpinned = []string{"jira"} },
			Check: checkPinned},
		{ID: "CMP-017", Severity: check.Warning, Doc: "Every approval that was given counts, and every waiver is applied.",
			Bad: func(p *Packet) {
				p.Decisions.Waivers = append(p.Decisions.Waivers, gates.WaiverUse{Gate: "production/entry", Criterion: "gone", State: gates.WaiverOrphan})
			},
			Check: func(p *check.Pass[Packet]) {
				p.Report(p.Subject.Decisions.Findings().Under(decisionsPath)...)
			}},
	}
}

// checkPinned looks at what the decisions say, and where facts are given, at
// what these say now.
func checkPinned(p *check.Pass[Packet]) {
	d, at := &p.Subject.Decisions, decisionsPath.Field("unpinned")
	said := slices.Clone(d.Unpinned)
	for i, name := range d.Unpinned {
		p.Report(check.Invalid(at.Index(i), name, "answered by the override for development: nobody pinned its program"))
	}
	for i := range d.Gates {
		for j, name := range d.Gates[i].Unpinned {
			if !slices.Contains(said, name) {
				said = append(said, name)
				p.Report(check.Invalid(decisionsPath.Field("gates").Index(i).Field("unpinned").Index(j), name, "answered by the override for development, which the decisions as a whole do not say"))
			}
		}
	}
	if p.Facts == nil {
		return
	}
	for _, name := range p.Facts.Unpinned() {
		if !slices.Contains(said, name) {
			p.Report(check.Missing(at, "the connector "+name+", which answered by the override for development", "decide on these facts"))
		}
	}
}

func checkDecided(p *check.Pass[Packet]) {
	at := decisionsPath.Field("gates")
	decided := map[string]check.Path{}
	for i, d := range p.Subject.Decisions.Gates {
		if first, ok := decided[d.Gate]; ok {
			p.Report(check.Duplicate(at.Index(i).Field("gate"), d.Gate, first))
			continue
		}
		decided[d.Gate] = at.Index(i).Field("gate")
	}
	wanted := map[string]bool{}
	for _, g := range p.Subject.Catalog.Gates {
		if _, ok := decided[g.ID()]; !ok && !wanted[g.ID()] {
			p.Report(check.Missing(at, "the decision of "+g.ID(), "evaluate the catalog"))
		}
		wanted[g.ID()] = true
	}
	for i, d := range p.Subject.Decisions.Gates {
		if !wanted[d.Gate] {
			p.Report(check.Unresolved(at.Index(i).Field("gate"), d.Gate, "a gate of the catalog"))
		}
	}
}

func checkSubjects(p *check.Pass[Packet]) {
	if len(p.Subject.Decisions.Gates) == 0 {
		p.NotEvaluated("nothing is decided")
		return
	}
	if got, want := p.Subject.Decisions.Digests.Catalog, catalogDigest(p.Subject.Catalog); got != want {
		at := decisionsPath.Field("digests").Field("catalog")
		p.Report(check.Invalid(at, got.Short(), "is not the catalog as it stands, which is "+want.Short()))
	}
	current := map[string]value.Digest{}
	for _, s := range Subjects(*p.Subject) {
		current[s.Gate] = s.Digest
	}
	for i, d := range p.Subject.Decisions.Gates {
		if want, ok := current[d.Gate]; ok && d.Subject != want {
			at := decisionsPath.Field("gates").Index(i).Field("subject")
			p.Report(check.Invalid(at, d.Subject.Short(), "is not the subject of "+d.Gate+" as it stands, which is "+want.Short()))
		}
	}
}

// catalogDigest is that of [gates.Prepare], which does more: of the encoded
// catalog, and empty if it has no encoded form.
func catalogDigest(c gates.Catalog) value.Digest {
	text, err := Marshal(c)
	if err != nil {
		return ""
	}
	return value.Sum(text)
}

func checkValid(p *check.Pass[Packet]) {
	if p.Now.IsZero() {
		p.NotEvaluated("the clock is not given")
		return
	}
	for i, d := range p.Subject.Decisions.Gates {
		at := decisionsPath.Field("gates").Index(i)
		switch {
		case d.Verdict != gates.Go:
		case p.Now.Before(d.DecidedAt):
			p.Report(check.Invalid(at.Field("decidedAt"), d.DecidedAt.UTC().Format(time.RFC3339), "the decision on "+d.Gate+" is made in the future"))
		case !p.Now.Before(d.ValidUntil):
			p.Report(check.Invalid(at.Field("validUntil"), d.ValidUntil.UTC().Format(time.RFC3339), "the decision on "+d.Gate+" has run out"))
		}
	}
}
