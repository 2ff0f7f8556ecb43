package comms

import (
	"errors"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
)

// Context is a plan of communications beside the plan of its release, for rules
// that need both. It holds pointers, neither of them nil, so that a packet can
// lend its parts; its field names are those of a packet, and so are the paths of
// what is found.
type Context struct {
	Plan    *Plan         `json:"comms"` // of communications
	Release *release.Plan `json:"plan"`  // with roles, timeline and policy
}

// commsPath and its neighbours are where things are in a packet.
const (
	commsPath  check.Path = "comms"
	windowPath check.Path = "plan.overview.window"
)

// PlanRules returns the rules that look at the plan of communications beside
// the plan of its release. Ids are those of the rule catalogue.
func PlanRules() []check.Rule[Context] {
	return slices.Concat(timeRules(), milestoneRules(), peopleRules())
}

// message is one that a rule about time looks at.
type message struct {
	*Message
	at check.Path
}

// messages returns the messages that match.
func (c *Context) messages(match func(*Message) bool) []message {
	var found []message
	for _, i := range where(c.Plan, match) {
		found = append(found, message{&c.Plan.Messages[i], commsPath.Field(string(messagesPath)).Index(i)})
	}
	return found
}

// when is the path of what says when the message goes out.
func (m message) when() check.Path { return m.at.Field("trigger").Field(m.Trigger.field()) }

// edge is one end of the deployment window.
type edge struct {
	at   check.Path
	time time.Time
}

// window returns the ends of the deployment window. It is false if they cannot
// be told, and then the rule is not evaluated.
func window(p *check.Pass[Context]) (start, end edge, ok bool) {
	w := p.Subject.Release.Overview.Window
	from, err1 := w.Start.Instant()
	until, err2 := w.End.Instant()
	if err := errors.Join(err1, err2); err != nil {
		p.NotEvaluated("the deployment window cannot be told: " + err.Error())
		return edge{}, edge{}, false
	}
	return edge{windowPath.Field("start"), from}, edge{windowPath.Field("end"), until}, true
}

// opinion is what a rule thinks of one message: what is wrong with it, or why
// that cannot be told.
type opinion struct {
	findings check.Findings
	unseen   string
}

// about judges the moment at which a message goes out. One that is not known
// beforehand is a finding: what has to be out by a certain time cannot hang on
// what may never happen. One that is missing or cannot be told is for another
// rule to report, and leaves this one without a view.
func (c *Context) about(m message, judge func(time.Time) check.Findings) opinion {
	t, err := m.Trigger.Moment(c.Release.Overview)
	switch {
	case m.Trigger.IsZero():
		return opinion{unseen: "message " + m.ID + " has no trigger"}
	case err == nil:
		return opinion{findings: judge(t)}
	case errors.Is(err, ErrUnforeseen):
		return opinion{findings: check.Findings{check.Unusable(m.when(), err)}}
	}
	return opinion{unseen: "message " + m.ID + " cannot be placed: " + err.Error()}
}

// anyOf is content with one message that is right, and otherwise reports what
// is wrong with the first.
func anyOf(p *check.Pass[Context], all []message, judge func(message) opinion) {
	opinions := make([]opinion, len(all))
	for i, m := range all {
		opinions[i] = judge(m)
		if len(opinions[i].findings) == 0 && opinions[i].unseen == "" {
			return
		}
	}
	p.Report(opinions[0].findings...)
	if opinions[0].unseen != "" {
		p.NotEvaluated(opinions[0].unseen)
	}
}
