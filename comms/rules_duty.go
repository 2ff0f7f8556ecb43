package comms

import (
	"time"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// dutyRules are about the messages that every release owes.
func dutyRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "COM-009", Doc: "Engineering leadership gets a daily update through Slack on status, blockers and mitigations.",
			Bad:   func(p *Plan) { drop(p, func(m Message) bool { return !m.Trigger.Daily.IsZero() }) },
			Check: checkDaily},
		{ID: "COM-011", Doc: "During the deployment a war room is kept up with events, decisions and telemetry.",
			Bad:   func(p *Plan) { drop(p, func(m Message) bool { return m.Uses(WarRoom) }) },
			Check: checkWarRoom},
		{ID: "COM-016", Severity: check.Warning, Doc: "Every audience of the release notes, customers, support and leadership, is told something.",
			Bad: func(p *Plan) { drop(p, func(m Message) bool { return m.Reaches(Support) }) },
			Check: func(p *check.Pass[Plan]) {
				for _, a := range []Audience{Customers, Support, Leadership} {
					if len(where(p.Subject, func(m *Message) bool { return m.Reaches(a) })) == 0 {
						p.Report(check.Missing(messagesPath, "a message to "+a.String(), "notes that nobody sends are not read"))
					}
				}
			}},
	}
}

// where returns the indexes of the messages that match.
func where(p *Plan, match func(*Message) bool) []int {
	var found []int
	for i := range p.Messages {
		if match(&p.Messages[i]) {
			found = append(found, i)
		}
	}
	return found
}

// lacking returns findings for the topics that a message does not cover.
func lacking(at check.Path, covers func(Topic) bool, topics ...Topic) check.Findings {
	var fs check.Findings
	for _, t := range topics {
		if !covers(t) {
			fs = append(fs, check.Missing(at.Field("topics"), "the topic "+t.String(), ""))
		}
	}
	return fs
}

func checkDaily(p *check.Pass[Plan]) {
	updates := where(p.Subject, func(m *Message) bool { return !m.Trigger.Daily.IsZero() && m.Reaches(EngineeringLeadership) })
	if len(updates) == 0 {
		p.Report(check.Missing(messagesPath, "the daily update to engineering leadership", ""))
		return
	}
	var first check.Findings
	for n, i := range updates {
		m, at := &p.Subject.Messages[i], messagesPath.Index(i)
		fs := lacking(at, func(t Topic) bool { return m.Covers(t) }, Status, Blockers, Mitigations)
		if !m.Uses(Slack) {
			fs = append(fs, check.Missing(at.Field("channels"), "the Slack channel of engineering leadership", ""))
		}
		if len(fs) == 0 {
			return // one update that has everything is enough
		}
		if n == 0 {
			first = fs
		}
	}
	p.Report(first...)
}

func checkWarRoom(p *check.Pass[Plan]) {
	logs := where(p.Subject, func(m *Message) bool { return m.Phase == During && m.Uses(WarRoom) })
	if len(logs) == 0 {
		p.Report(check.Missing(messagesPath, "the war room of the deployment", "a message during the deployment through a war-room channel"))
		return
	}
	at, covered, live := messagesPath.Index(logs[0]), map[Topic]bool{}, false
	for _, i := range logs {
		m := &p.Subject.Messages[i]
		live = live || m.Cadence.Every > 0
		for _, t := range m.Topics {
			covered[t] = true
		}
	}
	p.Report(lacking(at, func(t Topic) bool { return covered[t] }, TimelineEvents, Decisions, Telemetry)...)
	if !live {
		p.Report(check.Missing(at.Field("cadence").Field("every"), "the interval of the war room", "a live channel is kept up until the window closes"))
	}
}

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
