package packet

import (
	"fmt"
	"slices"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// wholeRules need a packet as a whole.
func wholeRules() []check.Rule[Packet] {
	return []check.Rule[Packet]{
		{ID: "X-001", Doc: "All nine deliverables are there: overview, dependencies, timeline, gates, checklists, notes, communication, compliance, questions.",
			Bad:   func(p *Packet) { p.Comms.Messages = nil },
			Check: checkDeliverables},
		{ID: "X-003", Doc: "A thing has one owner: a flag and the dependency on it, a gate's sign-off and its record.",
			Bad:   func(p *Packet) { p.Plan.Overview.Flags[0].Owner = "sre-lead" },
			Check: checkOwners},
		{ID: "X-007", Doc: "Statuses and holders in the plan are those that the facts have.",
			Bad:   func(p *Packet) { p.Plan.Dependencies.Items[0].Status = release.InProgress },
			Check: checkFacts},
		{ID: "CMP-013", Doc: "Every gate with sign-offs has its record in the compliance log, and every record's gate is in the catalog.",
			Bad:   func(p *Packet) { p.Compliance.Approvals[10].Gate = "" },
			Check: checkRecords},
		{ID: "CMP-024", Doc: "A hotfix declares its emergency with the deadline of its review, only a hotfix has one, and only a hotfix is judged as one.",
			Bad:   func(p *Packet) { p.Plan.Overview.Urgency = release.Hotfix },
			Check: checkHotfix},
		{ID: "CHK-015", Doc: "A task that waits for a gate is done after the gate was approved.",
			Bad:   func(p *Packet) { p.Plan.Checklists.Deployment[1].State.At = p.Plan.Timeline.Milestones[0].At },
			Check: checkDoneAfterGate},
	}
}

// lastRules look at what the others have found.
func lastRules() []check.Rule[Packet] {
	return []check.Rule[Packet]{
		{ID: "X-008", Doc: "A release does not go while a question that blocks it is open, what blocks it is not ready, or a finding is an error.",
			Bad: func(p *Packet) {
				q := &p.Plan.Questions.Items[0]
				q.Blocking, q.Answer = true, release.Answer{}
			},
			Check: checkGoes},
	}
}

func checkDeliverables(p *check.Pass[Packet]) {
	s := p.Subject
	lists := &s.Plan.Checklists
	for _, d := range []struct {
		at    check.Path
		what  string
		there bool
	}{
		{"plan.overview", "the release overview", s.Plan.Overview.Name != "" || s.Plan.Overview.Version != ""},
		{"plan.dependencies", "the dependency matrix", len(s.Plan.Dependencies.Items)+len(s.Plan.Dependencies.None) > 0},
		{"plan.timeline", "the milestone timeline", len(s.Plan.Timeline.Milestones) > 0},
		{gatesPath, "the risk gate catalog", len(s.Catalog.Gates) > 0},
		{"plan.checklists", "the checklist suite", len(lists.PreRelease)+len(lists.Deployment)+len(lists.PostRelease)+len(lists.Rollback) > 0},
		{notesPath, "the release notes packet", slices.ContainsFunc(notes.Audiences(), func(a notes.Audience) bool {
			return !check.Blank(s.Notes.Note(a).Summary) || len(s.Notes.Note(a).Changes) > 0
		})},
		{commsPath, "the communication plan", len(s.Comms.Messages) > 0},
		{compliancePath, "the compliance evidence log", len(s.Compliance.Approvals) > 0},
		{"plan.questions", "the open issues register", len(s.Plan.Questions.Items) > 0 || !s.Plan.Questions.None.IsZero()},
	} {
		if !d.there {
			p.Report(check.Missing(d.at, d.what, "a packet has nine deliverables"))
		}
	}
}

// checkOwners looks where one thing is owned in two places. The escalations are
// COM-020's.
func checkOwners(p *check.Pass[Packet]) {
	flags := places(p.Subject.Plan.Overview.Flags, func(f release.Flag) string { return f.Name })
	for i, d := range p.Subject.Plan.Dependencies.Items {
		j, ok := flags[d.Flag]
		if !ok || d.Kind != release.FeatureFlag {
			continue
		}
		if f := p.Subject.Plan.Overview.Flags[j]; !check.Blank(f.Owner) && !check.Blank(d.Owner) && f.Owner != d.Owner {
			p.Report(check.Invalid(check.Path("plan.dependencies.items").Index(i).Field("owner"), d.Owner, "owns "+d.ID+", and "+f.Owner+" owns its flag "+f.Name).
				WithRelated(check.Path("plan.overview.flags").Index(j).Field("owner")))
		}
	}
	byID := places(p.Subject.Catalog.Gates, gates.Gate.ID)
	for i, a := range p.Subject.Compliance.Approvals {
		j, ok := byID[a.Gate]
		if !ok || check.Blank(a.Responsible) {
			continue
		}
		signs := p.Subject.Catalog.SignOffs(p.Subject.Catalog.Gates[j])
		if len(signs) > 0 && !slices.ContainsFunc(signs, func(s gates.SignOff) bool { return s.Role == a.Responsible }) {
			p.Report(check.Invalid(compliancePath.Field("approvals").Index(i).Field("responsible"), a.Responsible, "does not sign off "+a.Gate+" in the catalog").
				WithRelated(gatesPath.Index(j).Field("signOffs")))
		}
	}
}

// checkFacts reports what a refresh would change. What the facts cannot tell
// contradicts nothing, but then nobody can tell whether it is so.
func checkFacts(p *check.Pass[Packet]) {
	if p.Facts == nil {
		p.NotEvaluated("facts are not given")
		return
	}
	_, changes := release.Refresh(p.Subject.Plan, *p.Facts)
	for _, c := range changes {
		switch {
		case c.Open != "":
			p.NotEvaluated(c.String())
		case addsScope(c.Path, len(p.Subject.Plan.Scope)):
			p.Report(check.Missing(scopePath, "work of the release: "+c.New, "classify it, or take it out of the release"))
		default:
			f := check.Invalid(c.Path.Under(planPath), c.Old, "is out of date: "+c.String())
			f.Hint = "refresh the plan from the facts"
			p.Report(f)
		}
	}
}

// addsScope reports whether a path is an item of the scope behind the first n.
func addsScope(at check.Path, n int) bool {
	var i int
	_, err := fmt.Sscanf(string(at), "scope[%d]", &i)
	return err == nil && i >= n
}

func checkRecords(p *check.Pass[Packet]) {
	recorded := map[string]bool{}
	for _, a := range p.Subject.Compliance.Approvals {
		recorded[a.Gate] = true
	}
	known := map[string]bool{}
	for i, g := range p.Subject.Catalog.Gates {
		known[g.ID()] = true
		if len(p.Subject.Catalog.SignOffs(g)) > 0 && !recorded[g.ID()] {
			p.Report(check.Missing(compliancePath.Field("approvals"), "the approval of "+g.ID(), "record who has to give it, and what came of it").
				WithRelated(gatesPath.Index(i)))
		}
	}
	for i, a := range p.Subject.Compliance.Approvals {
		if a.Gate != "" && !known[a.Gate] {
			p.Report(check.Unresolved(compliancePath.Field("approvals").Index(i).Field("gate"), a.Gate, "a gate of the catalog"))
		}
	}
}

func checkHotfix(p *check.Pass[Packet]) {
	urgency, emergency := p.Subject.Plan.Overview.Urgency, p.Subject.Compliance.Emergency
	at := compliancePath.Field("emergency")
	declared := !emergency.IsZero()
	switch {
	case urgency == release.Hotfix && !declared:
		p.Report(check.Missing(at, "the emergency of the hotfix", "say who declared it, when and why, and until when it is reviewed").WithRelated("plan.overview.urgency"))
	case urgency == release.Hotfix && emergency.ReviewDue.IsZero():
		p.Report(check.Missing(at.Field("reviewDue"), "the deadline of the review", "approvals after the fact are given until then"))
	case urgency != release.Hotfix && declared:
		p.Report(check.Invalid("plan.overview.urgency", urgency, "an emergency is declared, and the release is no hotfix").WithRelated(at))
	}
	if p.Profile() == hotfixName && urgency != release.Hotfix {
		p.Report(check.Invalid("plan.overview.urgency", urgency, "is judged by the profile of hotfixes"))
	}
}

// checkDoneAfterGate believes the compliance log, and the decision where the
// log has no record: a decision is made anew, and may hold long after the task
// was done in time.
func checkDoneAfterGate(p *check.Pass[Packet]) {
	lists, records := &p.Subject.Plan.Checklists, recordsOf(p.Subject.Compliance.Approvals)
	for _, list := range []struct {
		field string
		tasks []release.Task
	}{{"preRelease", lists.PreRelease}, {"deployment", lists.Deployment}, {"postRelease", lists.PostRelease}, {"rollback", lists.Rollback}} {
		for i, t := range list.tasks {
			if t.State.Done && t.Gate != "" {
				checkDoneTask(p, check.Path("plan.checklists").Field(list.field).Index(i).Field("state"), t, records)
			}
		}
	}
}

// record is what the compliance log has about one gate, by places in the log.
type record struct {
	open int // the first approval that is not given, or -1
	last int // the one that was given last before the fact, or -1
}

func recordsOf(approvals []compliance.Approval) map[string]record {
	all := map[string]record{}
	for i, a := range approvals {
		if a.Status == compliance.NotRequired {
			continue
		}
		r, ok := all[a.Gate]
		if !ok {
			r = record{-1, -1}
		}
		switch {
		case a.Status != compliance.Approved:
			if r.open < 0 {
				r.open = i
			}
		case a.Retroactive:
		case r.last < 0:
			r.last = i
		default:
			if order, err := a.At.Compare(approvals[r.last].At); err == nil && order == value.After {
				r.last = i
			}
		}
		all[a.Gate] = r
	}
	return all
}

func checkDoneTask(p *check.Pass[Packet], at check.Path, t release.Task, records map[string]record) {
	r, recorded := records[t.Gate]
	of := func(i int) (compliance.Approval, check.Path) {
		return p.Subject.Compliance.Approvals[i], compliancePath.Field("approvals").Index(i)
	}
	switch {
	case recorded && r.open >= 0:
		a, here := of(r.open)
		p.Report(check.Invalid(at.Field("done"), t.ID, "is done although "+a.ID+", which opens "+t.Gate+", is "+a.Status.String()).WithRelated(here.Field("status")))
	case recorded && r.last >= 0:
		a, here := of(r.last)
		if order, err := t.State.At.Compare(a.At); err != nil {
			p.NotEvaluated(err.Error())
		} else if order == value.Before {
			p.Report(check.OutOfOrder(at.Field("at"), t.State.At, "is before "+a.ID+", which opens "+t.Gate+", is given at "+a.At.String(), here.Field("at")))
		}
	case recorded:
	default:
		if d, ok := p.Subject.Decisions.Find(t.Gate); !ok {
			p.NotEvaluated("nothing is recorded or decided about " + t.Gate)
		} else if d.Verdict != gates.Go {
			p.Report(check.Invalid(at.Field("done"), t.ID, "is done although "+t.Gate+" is "+d.Verdict.String()))
		}
	}
}

func checkGoes(p *check.Pass[Packet]) {
	if len(p.Subject.Decisions.Gates) == 0 {
		p.NotEvaluated("nothing is decided")
		return
	}
	if p.Subject.Decisions.Verdict() != gates.Go {
		return
	}
	for i, q := range p.Subject.Plan.Questions.Items {
		if q.Blocking && q.Open() {
			p.Report(check.Invalid(check.Path("plan.questions.items").Index(i), q.Number, "the release goes although the question blocks it and is open").WithRelated(decisionsPath))
		}
	}
	for i, d := range p.Subject.Plan.Dependencies.Items {
		if d.Blocking && d.Status != release.Ready {
			p.Report(check.Invalid(check.Path("plan.dependencies.items").Index(i).Field("status"), d.Status, "the release goes although "+d.ID+" blocks it").WithRelated(decisionsPath))
		}
	}
	if n := len(p.Standing()); n > 0 {
		p.Report(check.Invalid(decisionsPath, "go", fmt.Sprintf("every gate goes although %d findings are errors", n)))
	}
}
