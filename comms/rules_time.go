package comms

import (
	"time"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// The two limits that the plan has for every release.
const (
	signOffLead   = value.Duration(24 * time.Hour) // from the request for sign-off until the window opens
	summaryWithin = value.Duration(12 * time.Hour) // from the end of the window to the summary
)

func timeRules() []check.Rule[Context] {
	return []check.Rule[Context]{
		{ID: "COM-010", Doc: "The packet is circulated 24 hours before the deployment window opens, asking for sign-off that is due before it.",
			Bad: func(c *Context) {
				for i := range c.Plan.Messages {
					if m := &c.Plan.Messages[i]; m.Covers(SignOffRequest) {
						m.Trigger = Before(WindowOpens, signOffLead-1)
					}
				}
			},
			Check: checkCirculation},
		{ID: "COM-012", Doc: "A summary of metrics, incidents and follow-ups is out within 12 hours after the window.",
			Bad: func(c *Context) {
				for i := range c.Plan.Messages {
					if m := &c.Plan.Messages[i]; m.Covers(SuccessMetrics) {
						m.Trigger = After(WindowCloses, summaryWithin+1)
					}
				}
			},
			Check: checkSummary},
		{ID: "COM-013", Doc: "Customers are told of the window as long before as the policy demands.",
			Bad:   func(c *Context) { c.Release.Policy.CustomerNotice = 1000 * value.Duration(time.Hour) },
			Check: checkNotice},
		{ID: "COM-021", Doc: "Every message goes out in its phase.",
			Bad: func(c *Context) {
				for i := range c.Plan.Messages {
					if m := &c.Plan.Messages[i]; m.Phase == Post {
						m.Phase = Pre
					}
				}
			},
			Check: checkPhaseTimes},
	}
}

func checkCirculation(p *check.Pass[Context]) {
	all := p.Subject.messages(func(m *Message) bool { return m.Covers(SignOffRequest) })
	if len(all) == 0 {
		p.Report(check.Missing(commsPath.Field(string(messagesPath)), "the message that asks for sign-off", "circulate the packet"))
		return
	}
	start, _, ok := window(p)
	if !ok {
		return
	}
	anyOf(p, all, func(m message) opinion {
		o := p.Subject.about(m, func(t time.Time) check.Findings {
			fs := lead(m, t, start, signOffLead)
			if t.Add(m.Acknowledge.Std()).After(start.time) {
				fs = append(fs, check.OutOfOrder(m.at.Field("acknowledge"), m.Acknowledge, "ends after the window opens", start.at))
			}
			return fs
		})
		if !m.Reaches(Approvers) && !m.Reaches(Stakeholders) {
			o.findings = append(o.findings, check.Missing(m.at.Field("audiences"), "the audience that signs off", "approvers or stakeholders"))
		}
		return o
	})
}

// lead returns a finding if the message goes out less than d before the edge.
func lead(m message, t time.Time, before edge, d value.Duration) check.Findings {
	if ahead := before.time.Sub(t); ahead < d.Std() {
		return check.Findings{check.OutOfOrder(m.when(), m.ID, "goes out "+value.Duration(ahead).String()+" before the window opens, less than "+d.String(), before.at)}
	}
	return nil
}

func checkSummary(p *check.Pass[Context]) {
	all := p.Subject.messages(func(m *Message) bool { return m.Phase == Post && m.Covers(SuccessMetrics) })
	if len(all) == 0 {
		p.Report(check.Missing(commsPath.Field(string(messagesPath)), "the summary after the release", "a message of phase post that covers success metrics"))
		return
	}
	_, end, ok := window(p)
	if !ok {
		return
	}
	anyOf(p, all, func(m message) opinion {
		o := p.Subject.about(m, func(t time.Time) check.Findings {
			if late := t.Sub(end.time); late > summaryWithin.Std() {
				return check.Findings{check.OutOfOrder(m.when(), m.ID, "goes out "+value.Duration(late).String()+" after the window closes, more than "+summaryWithin.String(), end.at)}
			}
			return nil
		})
		o.findings = append(o.findings, lacking(m.at, func(t Topic) bool { return m.Covers(t) }, Incidents, FollowUps)...)
		return o
	})
}

func checkNotice(p *check.Pass[Context]) {
	d := p.Subject.Release.Policy.CustomerNotice
	if d <= 0 {
		return // the policy demands nothing
	}
	all := p.Subject.messages(func(m *Message) bool { return m.Reaches(Customers) && m.Covers(CustomerNotice) })
	if len(all) == 0 {
		f := check.Missing(commsPath.Field(string(messagesPath)), "the notice to customers", "the policy demands it "+d.String()+" before the window opens")
		p.Report(f.WithRelated("plan.policy.customerNotice"))
		return
	}
	start, _, ok := window(p)
	if !ok {
		return
	}
	anyOf(p, all, func(m message) opinion {
		return p.Subject.about(m, func(t time.Time) check.Findings { return lead(m, t, start, d) })
	})
}

// checkPhaseTimes looks at the messages whose moment is known beforehand.
// Whether anything is wrong with a moment itself is for other rules.
func checkPhaseTimes(p *check.Pass[Context]) {
	start, end, ok := window(p)
	if !ok {
		return
	}
	for _, m := range p.Subject.messages(func(m *Message) bool { return m.Phase != NoPhase }) {
		t, err := m.Trigger.Moment(p.Subject.Release.Overview)
		if err != nil {
			continue
		}
		switch before, after := t.Before(start.time), t.After(end.time); {
		case m.Phase == Pre && !before:
			p.Report(check.OutOfOrder(m.when(), m.ID, "is of phase pre and goes out when the window is open or over", start.at))
		case m.Phase == During && before:
			p.Report(check.OutOfOrder(m.when(), m.ID, "is of phase during and goes out before the window opens", start.at))
		case m.Phase == During && after:
			p.Report(check.OutOfOrder(m.when(), m.ID, "is of phase during and goes out after the window", end.at))
		case m.Phase == Post && t.Before(end.time):
			p.Report(check.OutOfOrder(m.when(), m.ID, "is of phase post and goes out before the window is over", end.at))
		}
	}
}
