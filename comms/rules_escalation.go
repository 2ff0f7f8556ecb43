package comms

import (
	"time"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// steeringWithin is how long a critical blocker may wait for the steering
// committee.
const steeringWithin = value.Duration(30 * time.Minute)

func escalationRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "COM-007", Doc: "The escalation matrix has two levels or more in ascending time, each with audience, role, delegate and channel.",
			Bad:   func(p *Plan) { p.Escalation = p.Escalation[:1] },
			Check: checkEscalation},
		{ID: "COM-008", Doc: "A critical blocker reaches the steering committee within 30 minutes, through PagerDuty and e-mail.",
			Bad: func(p *Plan) {
				for i := range p.Escalation {
					p.Escalation[i].After += value.Duration(15 * time.Minute)
				}
			},
			Check: checkSteering},
	}
}

func checkEscalation(p *check.Pass[Plan]) {
	levels := p.Subject.Escalation
	if len(levels) < 2 {
		p.Report(check.Missing(escalationPath, "the escalation matrix", "two levels or more"))
	}
	for i, l := range levels {
		at := escalationPath.Index(i)
		if l.After < 0 {
			p.Report(check.Invalid(at.Field("after"), l.After, "is before the blocker opened"))
		}
		if i > 0 && l.After <= levels[i-1].After {
			p.Report(check.OutOfOrder(at.Field("after"), l.After, "is not after "+levels[i-1].After.String(), escalationPath.Index(i-1).Field("after")))
		}
		listed(p, at.Field("audience"), l.Audience, audienceNames)
		if check.Blank(l.Role) {
			p.Report(check.Missing(at.Field("role"), "the role that answers", ""))
		}
		if check.Blank(l.Delegate) {
			p.Report(check.Missing(at.Field("delegate"), "the delegate of "+l.Role, "name the role that stands in"))
		} else if l.Delegate == l.Role {
			p.Report(check.Invalid(at.Field("delegate"), l.Delegate, "is the role itself").WithRelated(at.Field("role")))
		}
		if len(l.Channels) == 0 {
			p.Report(check.Missing(at.Field("channels"), "the channel of level "+l.After.String(), ""))
		}
	}
}

// checkSteering looks at the levels that reach the steering committee in time,
// and at messages about the same blocker, which must not say otherwise.
func checkSteering(p *check.Pass[Plan]) {
	first, used := -1, map[ChannelKind]bool{}
	for i, l := range p.Subject.Escalation {
		if l.Audience != SteeringCommittee {
			continue
		}
		if first < 0 {
			first = i
		}
		for _, c := range l.Channels {
			used[c.Kind] = used[c.Kind] || l.After <= steeringWithin
		}
	}
	if first < 0 {
		p.Report(check.Missing(escalationPath, "the level of the steering committee", ""))
	} else if at, after := escalationPath.Index(first), p.Subject.Escalation[first].After; after > steeringWithin {
		p.Report(check.Invalid(at.Field("after"), after, "is longer than "+steeringWithin.String()))
	} else {
		for _, k := range []ChannelKind{PagerDuty, Email} {
			if !used[k] {
				p.Report(check.Missing(at.Field("channels"), "the "+k.String()+" of the steering committee", ""))
			}
		}
	}
	for _, i := range where(p.Subject, func(m *Message) bool { return m.Trigger.Event == BlockerOpened && m.Reaches(SteeringCommittee) }) {
		if d := p.Subject.Messages[i].Trigger.Offset; d > steeringWithin {
			p.Report(check.Invalid(messagesPath.Index(i).Field("trigger").Field("offset"), d, "is longer than "+steeringWithin.String()))
		}
	}
}
