package release

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/internal/lists"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// Timeline is when what happens: milestones, deployment windows by environment
// or region, the time kept in reserve, and the time in which nothing moves.
type Timeline struct {
	Milestones []Milestone  `json:"milestones,omitzero"` // in the order of time
	Windows    []Deployment `json:"windows,omitzero"`    // of deployment, by environment or region
	Buffers    []Buffer     `json:"buffers,omitzero"`    // time kept in reserve
	Freezes    []Freeze     `json:"freezes,omitzero"`    // blackouts and freezes
	NoFreezes  Negative     `json:"noFreezes,omitzero"`  // there is none
}

// Milestone is one row of the timeline.
type Milestone struct {
	ID        string        `json:"id"`                 // unique in the timeline; what dependencies name it by
	Title     string        `json:"title"`              // what is reached, in one line
	Kind      MilestoneKind `json:"kind"`               // what rules know it by
	At        value.When    `json:"at,omitzero"`        // a moment, a date or a deadline; with Until where it begins
	Until     value.When    `json:"until,omitzero"`     // zero: it is a moment
	Owner     string        `json:"owner,omitzero"`     // id of a role or a person
	Done      string        `json:"done,omitzero"`      // what has to be true: a number, an id or an artifact
	Completed value.When    `json:"completed,omitzero"` // when it was; not part of what is approved
	Link      value.Link    `json:"link,omitzero"`      // to what shows it
	Source    Source        `json:"source,omitzero"`    // zero: it stands nowhere else
}

// Source is where a row stands that somebody else wrote, and how it reads there.
type Source struct {
	Document string `json:"document,omitzero"` // its name or address
	Line     int    `json:"line,omitzero"`     // counted from 1
	Text     string `json:"text,omitzero"`     // as written
}

// Deployment is the window in which one environment or region is deployed.
type Deployment struct {
	ID          string `json:"id"`              // unique in the timeline; what dependencies name it by
	Environment string `json:"environment"`     // name of an environment of the catalog
	Region      string `json:"region,omitzero"` // such as "eu-west"; empty: all of the environment
	Window      Window `json:"window"`          // from when to when
	Owner       string `json:"owner,omitzero"`  // id of a role or a person
}

// Buffer is time kept in reserve for what goes wrong.
type Buffer struct {
	ID      string `json:"id"`               // unique in the timeline
	Window  Window `json:"window"`           // from when to when
	Purpose string `json:"purpose,omitzero"` // what it is kept for
}

// Freeze is a span of time in which nothing moves: a feature freeze, a
// blackout over holidays. It holds in the named environments, or in all of
// them if none is named, and yields only to a waiver that names it.
type Freeze struct {
	ID           string   `json:"id"`                    // unique in the timeline; what waivers name it by
	Reason       string   `json:"reason,omitzero"`       // why nothing moves
	Window       Window   `json:"window"`                // read in its widest sense
	Environments []string `json:"environments,omitzero"` // names of environments of the catalog; none: all of them
}

func (t Timeline) clone() Timeline {
	t.Milestones = slices.Clone(t.Milestones)
	t.Windows = slices.Clone(t.Windows)
	t.Buffers = slices.Clone(t.Buffers)
	t.Freezes = lists.Clone(t.Freezes, Freeze.clone)
	return t
}

func (f Freeze) clone() Freeze {
	f.Environments = slices.Clone(f.Environments)
	return f
}

// Covers reports whether the freeze speaks of the named environment. Case and
// white space around a name do not let a deployment slip through.
func (f Freeze) Covers(environment string) bool {
	return len(f.Environments) == 0 || slices.ContainsFunc(f.Environments, func(name string) bool {
		return strings.EqualFold(strings.TrimSpace(name), strings.TrimSpace(environment))
	})
}

// MilestoneKind is what a row of the timeline is about.
type MilestoneKind uint8

// The kinds. An information needs nobody who answers for it.
const (
	OtherMilestone MilestoneKind = iota
	Information
	Planning
	QASignOff
	DryRun
	CABSubmission // to the change advisory board
	CABDecision
	Circulation // of the packet, asking for sign-off
	Summary     // after the release
)

var milestoneKindNames = []string{"other", "information", "planning", "qa-signoff", "dry-run", "cab-submission", "cab-decision", "circulation", "summary"}

// String returns the kind's name as it stands in JSON.
func (k MilestoneKind) String() string { return enum.String("milestone kind", milestoneKindNames, k) }

// MarshalText implements [encoding.TextMarshaler].
func (k MilestoneKind) MarshalText() ([]byte, error) {
	return enum.Marshal("milestone kind", milestoneKindNames, k)
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown kind is an error.
func (k *MilestoneKind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("milestone kind", milestoneKindNames, k, text)
}

func timelineRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "MS-001", Doc: "Milestones are listed in the order of time.",
			Bad: func(p *Plan) {
				m := p.Timeline.Milestones
				m[0], m[1] = m[1], m[0]
			},
			Check: checkMilestoneOrder},
		{ID: "MS-002", Doc: "Every milestone has a time and, unless it is an information, an owner.",
			Bad: func(p *Plan) { p.Timeline.Milestones[0].Owner = "" },
			Check: eachMilestone(func(p *check.Pass[Plan], at check.Path, m Milestone) {
				readable(p, at, "at", "the time", m.At)
				if m.Kind != Information {
					stated(p, at, "owner", "the owner", m.Owner, "name a role or a person of the directory")
				}
			})},
		{ID: "MS-003", Doc: "Every milestone, unless it is an information, has a completion criterion that can be tested: a number, an id or a link.",
			Bad:   func(p *Plan) { p.Timeline.Milestones[3].Done = "QA done" },
			Check: eachMilestone(checkCompletion)},
		{ID: "MS-004", Doc: "The timeline has planning, QA sign-off, dry run, submission to the change advisory board and deployment windows.",
			Bad:   func(p *Plan) { p.Timeline.Milestones[2].Kind = OtherMilestone },
			Check: checkMilestoneKinds},
		{ID: "MS-005", Doc: "Time is kept in reserve: every buffer has a length, and one lasts beyond the deployment window.",
			Bad:   func(p *Plan) { p.Timeline.Buffers = nil },
			Check: checkBuffers},
		{ID: "MS-006", Doc: "The freezes are listed, or it is said who says that there is none.",
			Bad: func(p *Plan) { p.Timeline.Freezes = nil },
			Check: func(p *check.Pass[Plan]) {
				if t := &p.Subject.Timeline; len(t.Freezes) == 0 && t.NoFreezes.IsZero() {
					p.Report(check.Missing(freezesPath, "the list of freezes", "or say in noFreezes who says that there is none"))
				}
			}},
		{ID: "MS-010", Severity: check.Warning, Doc: "A buffer after the deployment window is long enough to roll back the services of the release one after the other.",
			Bad:   func(p *Plan) { p.Overview.RollbackSLA = value.Duration(time.Hour) },
			Check: checkBufferLength},
		{ID: "MS-017", Doc: "Milestones, windows and buffers have ids of their own; milestones have a title and a known kind, windows an environment and an owner.",
			Bad:   func(p *Plan) { p.Timeline.Windows[0].ID = p.Timeline.Milestones[0].ID },
			Check: checkTimelineIDs},
		{ID: "MS-019", Doc: "The source of a milestone is a document, and a line of it that there may be.",
			Bad: func(p *Plan) { p.Timeline.Milestones[3].Source.Document = "" },
			Check: eachMilestone(func(p *check.Pass[Plan], at check.Path, m Milestone) {
				if m.Source != (Source{}) {
					stated(p, at.Field("source"), "document", "the document of the source", m.Source.Document, "")
				}
				if m.Source.Line < 0 {
					p.Report(check.Invalid(at.Field("source").Field("line"), m.Source.Line, "lines are counted from 1"))
				}
			})},
	}
}

// eachMilestone is a check that looks at one milestone after the other.
func eachMilestone(look func(p *check.Pass[Plan], at check.Path, m Milestone)) func(*check.Pass[Plan]) {
	return func(p *check.Pass[Plan]) {
		for i, m := range p.Subject.Timeline.Milestones {
			look(p, milestonesPath.Index(i), m)
		}
	}
}

// checkMilestoneOrder holds every milestone against the one before it that
// begins last, and against the last day before it that is of no place. Two of
// which either may come first are in order.
func checkMilestoneOrder(p *check.Pass[Plan]) {
	all := p.Subject.Timeline.Milestones
	latest, day, begins := -1, -1, time.Time{}
	for i, m := range all {
		start, _, err := m.At.Interval()
		if err != nil {
			p.NotEvaluated("when milestone " + m.ID + " is cannot be told")
			continue
		}
		for _, j := range []int{latest, day} {
			if j >= 0 && precedes(p, m.At, all[j].At) {
				p.Report(check.OutOfOrder(milestonesPath.Index(i).Field("at"), m.At, "is before "+all[j].ID+", which is listed before it",
					milestonesPath.Index(j).Field("at")))
				break
			}
		}
		if latest < 0 || start.After(begins) {
			latest, begins = i, start
		}
		if placeless(m.At) && (day < 0 || m.At.DateString() > all[day].At.DateString()) {
			day = i
		}
	}
}

func checkCompletion(p *check.Pass[Plan], at check.Path, m Milestone) {
	if m.Kind == Information || !stated(p, at, "done", "the completion criterion", m.Done, "say what has to be true") {
		return
	}
	if m.Link.IsZero() && !strings.ContainsAny(m.Done, "0123456789") && !strings.Contains(m.Done, "://") {
		p.Report(check.Invalid(at.Field("done"), m.Done, "has no number, no id and no link by which it can be tested"))
	}
}

func checkMilestoneKinds(p *check.Pass[Plan]) {
	for _, k := range []MilestoneKind{Planning, QASignOff, DryRun, CABSubmission} {
		if !slices.ContainsFunc(p.Subject.Timeline.Milestones, func(m Milestone) bool { return m.Kind == k }) {
			p.Report(check.Missing(milestonesPath, "a milestone of the kind "+k.String(), ""))
		}
	}
	if len(p.Subject.Timeline.Windows) == 0 {
		p.Report(check.Missing(windowsPath, "the deployment window", "list one for each environment or region"))
	}
}

func checkBuffers(p *check.Pass[Plan]) {
	_, end, ok := p.Subject.Overview.Window.bounds()
	reserve := false
	for i, b := range p.Subject.Timeline.Buffers {
		_, until, told := b.Window.bounds()
		reserve = span(p, buffersPath.Index(i).Field("window"), b.Window) && told && until.After(end) || reserve
	}
	if !ok {
		p.NotEvaluated("the deployment window cannot be told")
	} else if !reserve {
		p.Report(check.Missing(buffersPath, "a buffer that lasts beyond the deployment window", ""))
	}
}

// checkBufferLength takes the rollback SLA for every service: in the worst case
// they fall back one after the other. Apps and libraries do not come back at all
// within a window.
func checkBufferLength(p *check.Pass[Plan]) {
	o := &p.Subject.Overview
	_, end, ok := o.Window.bounds()
	if !ok || o.RollbackSLA <= 0 {
		p.NotEvaluated("the deployment window or the rollback SLA cannot be told")
		return
	}
	services := 0
	for _, c := range o.Components {
		if c.Kind == Service || c.Kind == Web || c.Kind == Infrastructure {
			services++
		}
	}
	longest, at := time.Duration(-1), check.Path("")
	for i, b := range p.Subject.Timeline.Buffers {
		from, until, ok := b.Window.bounds()
		if from.Before(end) {
			from = end
		}
		if length := until.Sub(from); ok && length > longest {
			longest, at = length, buffersPath.Index(i).Field("window")
		}
	}
	switch {
	case at == "":
		p.NotEvaluated("there is no buffer that can be measured")
	case longest/time.Duration(max(services, 1)) < time.Duration(o.RollbackSLA):
		p.Report(check.Invalid(at, value.Duration(longest), fmt.Sprintf("is too short to roll back %d services in %s each", services, o.RollbackSLA)).
			WithRelated(overviewPath.Field("rollbackSLA")))
	}
}

func checkTimelineIDs(p *check.Pass[Plan]) {
	t, first := &p.Subject.Timeline, map[string]check.Path{}
	distinct(p, first, milestonesPath, "id", t.Milestones, milestoneID)
	distinct(p, first, windowsPath, "id", t.Windows, deploymentID)
	unique(p, buffersPath, "id", t.Buffers, func(b Buffer) string { return b.ID })
	for i, m := range t.Milestones {
		stated(p, milestonesPath.Index(i), "title", "the title", m.Title, "")
		exists(p, milestonesPath.Index(i), "kind", m.Kind)
	}
	for i, w := range t.Windows {
		stated(p, windowsPath.Index(i), "environment", "the environment", w.Environment, "")
		stated(p, windowsPath.Index(i), "owner", "the owner", w.Owner, "name a role or a person of the directory")
	}
}
