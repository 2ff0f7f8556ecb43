package release

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/internal/lists"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// Checklists is the checklist suite: what is done in each phase, in order, and
// by which role.
type Checklists struct {
	PreRelease  []Task `json:"preRelease,omitzero"`  // before the deployment window opens
	Deployment  []Task `json:"deployment,omitzero"`  // in the window
	PostRelease []Task `json:"postRelease,omitzero"` // after it
	Rollback    []Task `json:"rollback,omitzero"`    // and incident response
}

// Task is one item of a checklist.
type Task struct {
	ID         string         `json:"id"`                  // unique in the suite
	Text       string         `json:"text"`                // begins with a verb: "Publish the runbook"
	Role       string         `json:"role,omitzero"`       // id of the role that does it
	Topic      Topic          `json:"topic"`               // what rules know it by; none: they do not look for it
	Components []string       `json:"components,omitzero"` // of a deployment step: what it deploys, in order
	Alert      Condition      `json:"alert,omitzero"`      // of an alert: what is watched
	Within     value.Duration `json:"within,omitzero"`     // from the trigger, or the end of the window, until it is done
	Gate       string         `json:"gate,omitzero"`       // id of the gate that has to be passed before
	Link       value.Link     `json:"link,omitzero"`       // to the procedure
	State      TaskState      `json:"state,omitzero"`      // not part of what is approved
}

// TaskState is whether a task is done. The zero value says that it is not.
type TaskState struct {
	Done bool       `json:"done,omitzero"` // counts only with By and At
	By   string     `json:"by,omitzero"`   // id of a person
	At   value.When `json:"at,omitzero"`   // when it was done
}

// IsZero reports whether nothing is said.
func (s TaskState) IsZero() bool { return s == TaskState{} }

func (t Task) clone() Task {
	t.Components = slices.Clone(t.Components)
	return t
}

func (c Checklists) clone() Checklists {
	for _, list := range c.lists() {
		*list = lists.Clone(*list, Task.clone)
	}
	return c
}

// lists returns the phases in order.
func (c *Checklists) lists() []*[]Task {
	return []*[]Task{&c.PreRelease, &c.Deployment, &c.PostRelease, &c.Rollback}
}

// With returns the suite with the tasks of others added to each phase.
func (c Checklists) With(others ...Checklists) Checklists {
	c = c.clone()
	for _, other := range others {
		other = other.clone()
		for i, list := range other.lists() {
			*c.lists()[i] = append(*c.lists()[i], *list...)
		}
	}
	return c
}

// Topic is what a task is about: each phase has topics that it must not leave
// out.
type Topic uint8

// The topics, by phase.
const (
	OtherTopic Topic = iota

	Documentation // before the release
	SecurityReview
	DisasterRecovery
	CapacityPlanning

	RunbookTopic // deployment
	Sequencing
	ApprovalTopic
	CommunicationTopic

	AlertThreshold // after the release
	AnomalyResponse
	CustomerFeedback

	DecisionTopic // rollback and incident response
	EscalationTopic
	AfterAction
)

var topicNames = []string{"other", "documentation", "security", "disaster-recovery", "capacity", "runbook", "sequencing", "approval",
	"communication", "alert-threshold", "anomaly-response", "customer-feedback", "decision", "escalation", "after-action"}

// String returns the topic's name as it stands in JSON.
func (t Topic) String() string { return enum.String("topic", topicNames, t) }

// MarshalText implements [encoding.TextMarshaler].
func (t Topic) MarshalText() ([]byte, error) { return enum.Marshal("topic", topicNames, t) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown topic is an error.
func (t *Topic) UnmarshalText(text []byte) error {
	return enum.Unmarshal("topic", topicNames, t, text)
}

// phases are the checklists in the order of lists: what they are called, and
// the topics that they must not leave out.
var phases = [...]struct {
	path   check.Path
	name   string
	topics []Topic
}{
	{checklistsPath.Field("preRelease"), "before the release", []Topic{Documentation, SecurityReview, DisasterRecovery, CapacityPlanning}},
	{checklistsPath.Field("deployment"), "of the deployment", []Topic{RunbookTopic, Sequencing, ApprovalTopic, CommunicationTopic}},
	{checklistsPath.Field("postRelease"), "after the release", []Topic{AlertThreshold, AnomalyResponse, CustomerFeedback}},
	{checklistsPath.Field("rollback"), "of the rollback", []Topic{DecisionTopic, EscalationTopic, AfterAction}},
}

// The places of the phases.
const (
	preRelease = iota
	deployment
	postRelease
	wayBack
)

func checklistRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "CHK-001", Doc: "There are four checklists: before the release, of the deployment, after the release, of the rollback.",
			Bad: func(p *Plan) { p.Checklists.Rollback = nil },
			Check: func(p *check.Pass[Plan]) {
				for l, list := range p.Subject.Checklists.lists() {
					if len(*list) == 0 {
						p.Report(check.Missing(phases[l].path, "the checklist "+phases[l].name, ""))
					}
				}
			}},
		{ID: "CHK-002", Doc: "Every task is tagged with a role.",
			Bad: func(p *Plan) { p.Checklists.Deployment[0].Role = "" },
			Check: eachTask(func(p *check.Pass[Plan], at check.Path, t Task) {
				stated(p, at, "role", "the role", t.Role, "name a role of the directory")
			})},
		{ID: "CHK-004", Severity: check.Warning, Doc: "A task begins with a verb that tells somebody what to do.",
			Bad: func(p *Plan) { p.Checklists.PreRelease[0].Text = "Documentation" },
			Check: eachTask(func(p *check.Pass[Plan], at check.Path, t Task) {
				if first, _, _ := strings.Cut(strings.TrimSpace(t.Text), " "); first != "" && !verbs[strings.ToLower(strings.TrimRight(first, ",:;"))] {
					p.Report(check.Invalid(at.Field("text"), first, "is no verb that tells somebody what to do"))
				}
			})},
		{ID: "CHK-005", Doc: "The checklist before the release has documentation, security, disaster recovery and capacity.",
			Bad: leaveOut(preRelease, SecurityReview), Check: topicCheck(preRelease)},
		{ID: "CHK-006", Doc: "The checklist of the deployment has runbook, sequence, approval and communication.",
			Bad: leaveOut(deployment, Sequencing), Check: topicCheck(deployment)},
		{ID: "CHK-007", Doc: "The checklist after the release has alert thresholds, the response to anomalies and the feedback of customers.",
			Bad: leaveOut(postRelease, CustomerFeedback), Check: topicCheck(postRelease)},
		{ID: "CHK-008", Doc: "The checklist of the rollback has decision, escalation and what is done after the action.",
			Bad: leaveOut(wayBack, AfterAction), Check: topicCheck(wayBack)},
		{ID: "CHK-010", Doc: "The role of every task is in the directory.",
			Bad: func(p *Plan) { p.Checklists.Deployment[0].Role = "wizard" },
			Check: eachTask(func(p *check.Pass[Plan], at check.Path, t Task) {
				if _, ok := p.Subject.Directory.Role(t.Role); !ok && !check.Blank(t.Role) && !undecided(t.Role) {
					p.Report(check.Unresolved(at.Field("role"), t.Role, aRole.String()))
				}
			})},
		{ID: "CHK-013", Doc: "An alert has a metric, a side and a number with its unit.",
			Bad: func(p *Plan) { p.Checklists.PostRelease[0].Alert = Condition{} },
			Check: eachTask(func(p *check.Pass[Plan], at check.Path, t Task) {
				if t.Topic == AlertThreshold || !t.Alert.IsZero() {
					signal(p, at.Field("alert"), t.Alert)
				}
			})},
		{ID: "CHK-014", Doc: "What is owed after the action has a deadline.",
			Bad: func(p *Plan) { p.Checklists.Rollback[2].Within = 0 },
			Check: func(p *check.Pass[Plan]) {
				eachTask(func(p *check.Pass[Plan], at check.Path, t Task) {
					if t.Topic == AfterAction {
						deadline(p, at, t.Within)
					}
				})(p)
				for i, c := range p.Subject.Rollback.Commitments {
					deadline(p, commitmentsPath.Index(i), c.Within)
				}
			}},
		{ID: "CHK-018", Doc: "Every task has an id of its own in all checklists, a text and a known topic.",
			Bad:   func(p *Plan) { p.Checklists.Rollback[0].ID = p.Checklists.Deployment[0].ID },
			Check: checkTasks},
		{ID: "CHK-019", Doc: "A task that is done says by whom and when, and one that is not says neither.",
			Bad:   func(p *Plan) { p.Checklists.PreRelease[0].State.By = "" },
			Check: eachTask(checkTaskState)},
	}
}

// eachTask is a check that looks at one task after the other.
func eachTask(look func(p *check.Pass[Plan], at check.Path, t Task)) func(*check.Pass[Plan]) {
	return func(p *check.Pass[Plan]) {
		for l, list := range p.Subject.Checklists.lists() {
			for i, t := range *list {
				look(p, phases[l].path.Index(i), t)
			}
		}
	}
}

func topicCheck(phase int) func(*check.Pass[Plan]) {
	return func(p *check.Pass[Plan]) {
		list := *p.Subject.Checklists.lists()[phase]
		if len(list) == 0 {
			p.NotEvaluated("there is no checklist " + phases[phase].name)
			return
		}
		for _, topic := range phases[phase].topics {
			if !slices.ContainsFunc(list, func(t Task) bool { return t.Topic == topic }) {
				p.Report(check.Missing(phases[phase].path, "a task about "+topic.String(), ""))
			}
		}
	}
}

// leaveOut breaks a checklist by one of its topics.
func leaveOut(phase int, topic Topic) func(*Plan) {
	return func(p *Plan) {
		list := p.Checklists.lists()[phase]
		*list = slices.DeleteFunc(*list, func(t Task) bool { return t.Topic == topic })
	}
}

func deadline(p *check.Pass[Plan], at check.Path, within value.Duration) {
	if within == 0 {
		p.Report(check.Missing(at.Field("within"), "the deadline", "say within what time it is done"))
	} else if within < 0 {
		p.Report(check.Invalid(at.Field("within"), within, "is a negative duration"))
	}
}

func checkTasks(p *check.Pass[Plan]) {
	first := map[string]check.Path{}
	for l, list := range p.Subject.Checklists.lists() {
		distinct(p, first, phases[l].path, "id", *list, func(t Task) string { return t.ID })
	}
	eachTask(func(p *check.Pass[Plan], at check.Path, t Task) {
		stated(p, at, "text", "the text", t.Text, "")
		exists(p, at, "topic", t.Topic)
		if t.Within < 0 && t.Topic != AfterAction {
			p.Report(check.Invalid(at.Field("within"), t.Within, "is a negative duration"))
		}
	})(p)
}

func checkTaskState(p *check.Pass[Plan], at check.Path, t Task) {
	at = at.Field("state")
	switch {
	case t.State.Done:
		stated(p, at, "by", "who did it", t.State.By, "name a person of the directory")
		readable(p, at, "at", "when it was done", t.State.At)
	case t.State.By != "" || !t.State.At.IsZero():
		p.Report(check.Invalid(at.Field("done"), false, "somebody did it at some time, but it is not done"))
	}
}

// verbs are those with which tasks of a release begin, in the imperative.
var verbs = names(strings.Fields(`abort accept acknowledge activate add adjust agree align alert allow analyse analyze announce apply approve archive
	arrange ask assess assign attach audit automate back backfill backup begin block book brief bring build bump call cancel capture change check
	choose circulate clean clear clone close collect communicate compare compile complete compute configure confirm connect contact continue convert
	coordinate copy count create cut deactivate debrief declare decide decommission define delegate delete deliver demote deploy describe detach
	determine disable disconnect discuss dismiss distribute divert do document download drain draft drop dump edit email enable end enforce ensure
	escalate estimate evaluate execute expand export extend fail fetch file fill find finish fix flag flip flush follow force forward freeze gather
	generate get give grant halt hand handle hold identify implement import increase inform inspect install investigate invite invoke isolate issue
	join keep label launch lead leave lift limit link list load lock log look lower maintain make mark measure meet merge message migrate mirror mitigate
	monitor move name note notify observe obtain offer open order page patch pause perform pick pin plan point poll post prepare present prevent print
	produce promote protect prove provide provision publish pull purge push put query quiesce raise reach read rebase rebuild recalculate receive
	reconcile record recover redeploy redirect reduce refer refresh refuse register rehearse reindex reject release reload remind remove rename renew
	reopen repair repeat replace replay replicate report reproduce request require reroute rerun rescale reset resize resolve respond restart restore
	restrict resume retain retire retrieve retry return reverse revert review revise revoke roll rotate route run save scale scan schedule seal search secure
	seed select send serve set share shift ship shut sign silence simulate size skip smoke snapshot split stage start state stop store submit subscribe
	summarise summarize suspend swap switch sync synchronise synchronize tag take tell terminate test throttle toggle trace track transfer trigger triage
	truncate tune turn undo uninstall unlock unmute update upgrade upload use vacuum validate verify view visit wait warm warn watch withdraw write`),
	func(verb string) string { return verb })
