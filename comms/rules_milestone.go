package comms

import (
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
)

func milestoneRules() []check.Rule[Context] {
	return []check.Rule[Context]{
		{ID: "COM-023", Doc: "A message that is a milestone too, such as the packet that is circulated, goes out when the timeline says.",
			Bad: func(c *Context) {
				for i := range c.Plan.Messages {
					if m := &c.Plan.Messages[i]; m.Covers(SignOffRequest) {
						m.Trigger = Before(WindowOpens, 100*signOffLead)
					}
				}
			},
			Check: checkMilestones},
	}
}

// told is what of the timeline people are told in a message.
var told = []struct {
	kind  release.MilestoneKind
	topic Topic
}{
	{release.CABSubmission, ChangeRequest},
	{release.Circulation, SignOffRequest},
	{release.Summary, SuccessMetrics},
}

func checkMilestones(p *check.Pass[Context]) {
	for i, milestone := range p.Subject.Release.Timeline.Milestones {
		for _, pair := range told {
			if pair.kind == milestone.Kind {
				all := p.Subject.messages(func(m *Message) bool { return m.Covers(pair.topic) })
				checkMilestone(p, check.Path("plan.timeline.milestones").Index(i).Field("at"), milestone, all)
			}
		}
	}
}

// checkMilestone wants one of the messages to go out at the milestone. Where
// there is none, or none that is known beforehand, other rules say so.
func checkMilestone(p *check.Pass[Context], at check.Path, milestone release.Milestone, all []message) {
	from, until, err := span(milestone)
	if err != nil {
		p.NotEvaluated("milestone " + milestone.ID + " cannot be placed: " + err.Error())
		return
	}
	var first *message
	for i, m := range all {
		t, err := m.Trigger.Moment(p.Subject.Release.Overview)
		if err != nil {
			continue
		}
		if !t.Before(from) && !t.After(until) {
			return
		}
		if first == nil {
			first = &all[i]
		}
	}
	if first != nil {
		p.Report(check.OutOfOrder(first.when(), first.ID, "does not go out at milestone "+milestone.ID+", "+milestone.At.String(), at))
	}
}

// span is the time that a milestone takes: of a moment itself, of a day all
// of it.
func span(m release.Milestone) (from, until time.Time, err error) {
	from, until, err = m.At.Interval()
	if err == nil && !m.Until.IsZero() {
		_, until, err = m.Until.Interval()
	}
	return from, until, err
}
