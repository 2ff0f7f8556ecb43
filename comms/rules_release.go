package comms

import (
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
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

func peopleRules() []check.Rule[Context] {
	return []check.Rule[Context]{
		{ID: "COM-014", Doc: "Senders, levels and their delegates are roles of the directory that somebody holds.",
			Bad:   func(c *Context) { c.Plan.Messages[0].Sender = "nobody" },
			Check: checkSenders},
		{ID: "COM-020", Doc: "The escalations of the communication plan and of the way back call a role at the same time, with the same delegate.",
			Bad: func(c *Context) {
				for i := range c.Plan.Escalation {
					c.Plan.Escalation[i].After += value.Duration(time.Minute)
				}
			},
			Check: checkSameEscalation},
	}
}

func checkSenders(p *check.Pass[Context]) {
	d := p.Subject.Release.Directory
	resolve := func(at check.Path, id string) {
		role, ok := d.Role(id)
		switch {
		case check.Blank(id): // another rule reports what is missing
		case !ok:
			p.Report(check.Unresolved(at, id, "a role of the directory"))
		case len(role.Holders) == 0:
			p.Report(check.Invalid(at, id, "nobody holds the role"))
		}
	}
	for i, m := range p.Subject.Plan.Messages {
		at := commsPath.Field(string(messagesPath)).Index(i)
		resolve(at.Field("sender"), m.Sender)
		resolve(at.Field("delegate"), m.Delegate)
	}
	for i, l := range p.Subject.Plan.Escalation {
		at := commsPath.Field(string(escalationPath)).Index(i)
		resolve(at.Field("role"), l.Role)
		resolve(at.Field("delegate"), l.Delegate)
	}
	for i, n := range p.Subject.Plan.NoChannels {
		_, role := d.Role(n.By)
		_, person := d.Person(n.By)
		if !check.Blank(n.By) && !role && !person {
			p.Report(check.Unresolved(commsPath.Field(string(noneOfPath)).Index(i).Field("by"), n.By, "a role or a person of the directory"))
		}
	}
}

func checkSameEscalation(p *check.Pass[Context]) {
	for i, l := range p.Subject.Plan.Escalation {
		for j, other := range p.Subject.Release.Rollback.Escalation {
			if l.Role != other.Role || check.Blank(l.Role) {
				continue
			}
			at, there := commsPath.Field(string(escalationPath)).Index(i), check.Path("plan.rollback.escalation").Index(j)
			if l.After != other.After {
				p.Report(check.OutOfOrder(at.Field("after"), l.After, "is not "+other.After.String()+" as in the way back", there.Field("after")))
			}
			if l.Delegate != other.Delegate && !check.Blank(other.Delegate) {
				p.Report(check.Invalid(at.Field("delegate"), l.Delegate, "is not "+other.Delegate+" as in the way back").WithRelated(there.Field("delegate")))
			}
		}
	}
}
