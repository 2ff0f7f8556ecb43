package packet

import (
	"fmt"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// conductRules hold the log of what was said against the plan.
func conductRules() []check.Rule[Packet] {
	return []check.Rule[Packet]{
		{ID: "OPS-001", Severity: check.Warning, Doc: "The daily update went out on every working day from the first milestone until the window opens.",
			Bad:   func(p *Packet) { p.Plan.Policy.Calendar.Holidays = nil },
			Check: conduct(checkDailyUpdates)},
		{ID: "OPS-002", Doc: "A critical blocker reached the steering committee within 30 minutes, by PagerDuty and e-mail.",
			Bad: func(p *Packet) {
				for i := range p.Comms.Messages {
					m := &p.Comms.Messages[i]
					m.Audiences = slices.DeleteFunc(slices.Clone(m.Audiences), func(a comms.Audience) bool { return a == comms.SteeringCommittee })
				}
			},
			Check: conduct(checkEscalated)},
		{ID: "OPS-003", Doc: "Sign-off was asked for 24 hours before the window opens.",
			Bad: func(p *Packet) {
				p.Plan.Overview.Window.Start = p.Plan.Timeline.Milestones[6].At
				p.Comms.Messages[2].ID = "other"
			},
			Check: conduct(checkAsked)},
		{ID: "OPS-004", Doc: "Every approval of a gate is an answer that its person gave; silence is none.",
			Bad:   func(p *Packet) { p.Compliance.Approvals[10].By = "frances" },
			Check: conduct(checkAnswered)},
		{ID: "OPS-005", Severity: check.Warning, Doc: "The log of the war room has no gap longer than its cadence while the window is open.",
			Bad:   func(p *Packet) { p.Comms.Messages[6].Cadence.Every = value.Duration(10 * time.Minute) },
			Check: conduct(checkKept)},
		{ID: "OPS-006", Doc: "The summary was out within 12 hours after the window.",
			Bad: func(p *Packet) {
				w := &p.Plan.Overview.Window
				w.Start, w.End = p.Plan.Timeline.Milestones[0].At, p.Plan.Timeline.Milestones[1].At
			},
			Check: conduct(checkSummary)},
		{ID: "OPS-007", Doc: "Every entry of the log names a message of the plan and a moment.",
			Bad: func(p *Packet) { p.Comms.Messages[0].ID = "weekly" },
			Check: conduct(func(c conducted) {
				for _, f := range c.log.Faults(c.Subject.Comms) {
					at := "the log's " + string(f.Path) + ": "
					c.Report(check.Finding{Path: commsPath.Field("messages"), Message: at + f.Message, Hint: f.Hint})
				}
			})},
	}
}

// How soon people are told; the lines of the brief on communication.
const (
	escalateWithin = 30 * time.Minute
	askBefore      = 24 * time.Hour
	summaryWithin  = 12 * time.Hour
)

// conducted is a pass with the log of what was said and the window.
type conducted struct {
	*check.Pass[Packet]
	log           *comms.Log
	opens, closes time.Time
}

func conduct(f func(conducted)) func(*check.Pass[Packet]) {
	return func(p *check.Pass[Packet]) {
		log, ok := check.Extra[*comms.Log](p)
		if !ok {
			p.NotEvaluated("the log of what was said is not given")
			return
		}
		w := p.Subject.Plan.Overview.Window
		opens, err1 := w.Start.Instant()
		closes, err2 := w.End.Instant()
		if err1 != nil || err2 != nil {
			p.NotEvaluated("the deployment window cannot be told")
			return
		}
		f(conducted{p, log, opens, closes})
	}
}

// messages calls yield with the messages that match. It is not evaluated what
// none of them would say.
func (c conducted) messages(what string, match func(comms.Message) bool, yield func(at check.Path, m comms.Message)) {
	there := false
	for i, m := range c.Subject.Comms.Messages {
		if match(m) {
			there = true
			yield(commsPath.Field("messages").Index(i), m)
		}
	}
	if !there {
		c.NotEvaluated("the plan has no " + what)
	}
}

// over reports whether a moment is surely over; without a clock nobody knows.
func (c conducted) over(t time.Time) bool {
	if c.Now.IsZero() {
		c.NotEvaluated("the clock is not given")
	}
	return !c.Now.IsZero() && !c.Now.Before(t)
}

func checkDailyUpdates(c conducted) {
	zone, err := value.LoadZone(c.Subject.Plan.Overview.Zone)
	if err != nil || len(c.Subject.Plan.Timeline.Milestones) == 0 {
		c.NotEvaluated("the days of the release cannot be told")
		return
	}
	begins, _, err := c.Subject.Plan.Timeline.Milestones[0].At.Interval()
	if err != nil {
		c.NotEvaluated("the first milestone cannot be told")
		return
	}
	daily := func(m comms.Message) bool { return !m.Trigger.Daily.IsZero() && m.Reaches(comms.EngineeringLeadership) }
	c.messages("daily update", daily, func(at check.Path, m comms.Message) {
		sent := map[string]bool{}
		for _, t := range c.log.Of(m.ID) {
			sent[t.In(zone).Format(time.DateOnly)] = true
		}
		const longest = 3 * 366 // days; a plan of which a slip of the pen makes centuries
		for day, n := begins.In(zone), 0; n < longest; day, n = day.AddDate(0, 0, 1), n+1 {
			due, ok := m.Trigger.Daily.On(day)
			switch name := day.Format(time.DateOnly); {
			case !ok:
				c.NotEvaluated("the time of the update cannot be told")
				return
			case due.After(c.opens) || !c.over(due):
				return
			case due.After(begins) && c.Subject.Plan.Policy.Calendar.Works(day) && !sent[name]:
				c.Report(check.Missing(at, "the update of "+name+" in the log", ""))
			}
		}
	})
}

func checkEscalated(c conducted) {
	for _, b := range c.log.Blockers {
		opened, err := b.Opened.Instant()
		if err != nil || !b.Critical {
			continue
		}
		limit := opened.Add(escalateWithin)
		if closed, err := b.Closed.Instant(); err == nil && !closed.Before(opened) && closed.Before(limit) {
			continue // nothing to escalate any more
		}
		if !c.escalated(b, limit) && c.over(limit) {
			c.Report(check.Missing(commsPath.Field("escalation"), "in the log, the escalation of "+b.ID+" to the steering committee before "+rfc(limit), "by PagerDuty and e-mail"))
		}
	}
}

// escalated reports whether both channels told the committee of the blocker, in a
// message or as a level of the escalation.
func (c conducted) escalated(b comms.Blocker, limit time.Time) bool {
	reaches := map[string]bool{}
	for _, m := range c.Subject.Comms.Messages {
		if m.Reaches(comms.SteeringCommittee) {
			reaches[m.ID] = true
		}
	}
	used, levels := map[comms.ChannelKind]bool{}, c.Subject.Comms.Escalation
	for _, s := range c.log.Sent {
		told := s.Level == 0 && reaches[s.Message] || s.Level > 0 && s.Level <= len(levels) && levels[s.Level-1].Audience == comms.SteeringCommittee
		if at, err := s.At.Instant(); err == nil && s.Blocker == b.ID && told && !at.After(limit) {
			for _, k := range s.Channels {
				used[k] = true
			}
		}
	}
	return used[comms.PagerDuty] && used[comms.Email]
}

func asksSignOff(m comms.Message) bool { return m.Covers(comms.SignOffRequest) }

func checkAsked(c conducted) {
	limit, asked := c.opens.Add(-askBefore), false
	var first check.Path
	c.messages("request for sign-off", asksSignOff, func(at check.Path, m comms.Message) {
		if first == "" {
			first = at
		}
		asked = asked || slices.ContainsFunc(c.log.Of(m.ID), func(t time.Time) bool { return !t.After(limit) })
	})
	if first != "" && !asked && c.over(limit) {
		c.Report(check.Missing(first, "the request for sign-off in the log before "+rfc(limit), ""))
	}
}

// checkAnswered takes an answer to the request for sign-off, and one that the
// decision counts.
func checkAnswered(c conducted) {
	said := map[string]bool{}
	c.messages("request for sign-off", asksSignOff, func(_ check.Path, m comms.Message) {
		for _, s := range c.log.Sent {
			for _, a := range s.Answers {
				said[a.By] = said[a.By] || s.Message == m.ID && a.Approves
			}
		}
	})
	signed := map[[2]string]bool{}
	for _, d := range c.Subject.Decisions.Gates {
		for _, s := range d.SignOffs {
			for _, by := range s.By {
				signed[[2]string{d.Gate, by.Person}] = true
			}
		}
	}
	for i, a := range c.Subject.Compliance.Approvals {
		if a.Gate != "" && a.Status == compliance.Approved && !said[a.By] && !signed[[2]string{a.Gate, a.By}] {
			c.Report(check.Invalid(compliancePath.Field("approvals").Index(i).Field("by"), a.By, "gave no answer that approves "+a.Gate))
		}
	}
}

func checkKept(c conducted) {
	keeps := func(m comms.Message) bool { return m.Phase == comms.During && m.Covers(comms.TimelineEvents) }
	c.messages("log of the war room", keeps, func(at check.Path, m comms.Message) {
		every := m.Cadence.Every.Std()
		if every <= 0 {
			c.NotEvaluated("the cadence of " + m.ID + " is not given")
			return
		}
		last := c.opens
		gap := func(next time.Time) {
			if d := next.Sub(last); d > every {
				c.Report(check.Invalid(at.Field("cadence").Field("every"), m.Cadence.Every, fmt.Sprintf("the log has nothing from %s to %s, for %s", rfc(last), rfc(next), value.Duration(d).Human())))
			}
			last = next
		}
		for _, t := range c.log.Of(m.ID) {
			if !t.Before(c.opens) && !t.After(c.closes) {
				gap(t)
			}
		}
		if end := c.closes; c.over(end) {
			gap(end)
		} else if !c.Now.IsZero() && c.Now.After(last) {
			gap(c.Now)
		}
	})
}

func checkSummary(c conducted) {
	limit := c.closes.Add(summaryWithin)
	out := false
	var first check.Path
	c.messages("summary", func(m comms.Message) bool { return m.Covers(comms.SuccessMetrics) }, func(at check.Path, m comms.Message) {
		if first == "" {
			first = at
		}
		out = out || slices.ContainsFunc(c.log.Of(m.ID), func(t time.Time) bool { return !t.Before(c.closes) && !t.After(limit) })
	})
	if first != "" && !out && c.over(limit) {
		c.Report(check.Missing(first, "the summary in the log before "+rfc(limit), ""))
	}
}

func rfc(t time.Time) string { return t.UTC().Format(time.RFC3339) }
