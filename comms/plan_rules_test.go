package comms_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

func hours(n int) value.Duration { return minutes(60 * n) }

func TestPlanRules(t *testing.T) {
	type context = comms.Context
	trigger := func(m int, t comms.Trigger) func(*context) {
		return func(c *context) { c.Plan.Messages[m].Trigger = t }
	}
	at := func(m int, text string) func(*context) { return trigger(m, comms.At(sample.When(text))) }
	tests := []struct {
		name   string
		change func(*context)
		want   []string
	}{
		{"good", func(*context) {}, nil},

		{"24 hours before", func(c *context) {
			trigger(packet, comms.Before(comms.WindowOpens, hours(24)))(c)
		}, nil},
		{"6 hours before", trigger(packet, comms.Before(comms.WindowOpens, hours(6))),
			[]string{"COM-010@comms.messages[2].trigger.offset", "COM-010@comms.messages[2].acknowledge"}},
		{"24 hours before the end", trigger(packet, comms.Before(comms.WindowCloses, hours(24))), []string{"COM-010@comms.messages[2].trigger.offset"}},
		{"a moment 24 hours before", at(packet, "2026-12-08T03:00:00Z"), nil},
		{"a moment a second too late", at(packet, "2026-12-08T03:00:01Z"), []string{"COM-010@comms.messages[2].trigger.at"}},
		{"anywhere on earth, 15 hours before", func(c *context) {
			at(packet, "2026-12-07[AoE]")(c)
			c.Plan.Messages[packet].Acknowledge = hours(1)
		}, []string{"COM-010@comms.messages[2].trigger.at"}},
		{"circulated as it goes", trigger(packet, comms.On(comms.GoDecision)), []string{"COM-010@comms.messages[2].trigger.event"}},
		{"circulated daily", trigger(packet, comms.Daily("10:00")), []string{"COM-010@comms.messages[2].trigger.daily"}},
		{"an answer due in the window", func(c *context) { c.Plan.Messages[packet].Acknowledge = hours(27) }, []string{"COM-010@comms.messages[2].acknowledge"}},
		{"circulated to customers", func(c *context) { c.Plan.Messages[packet].Audiences = []comms.Audience{comms.Customers} },
			[]string{"COM-010@comms.messages[2].audiences"}},
		{"nobody asks for sign-off", func(c *context) { c.Plan.Messages[packet].Topics = nil }, []string{"COM-010@comms.messages"}},
		{"a reminder beside it", func(c *context) {
			reminder := c.Plan.Messages[packet].Clone()
			reminder.ID, reminder.Trigger = "reminder", comms.Before(comms.WindowOpens, hours(2))
			c.Plan.Messages = append([]comms.Message{reminder}, c.Plan.Messages...)
		}, nil},

		{"a summary after 12 hours", trigger(summary, comms.After(comms.WindowCloses, hours(12))), nil},
		{"a summary after 14 hours", trigger(summary, comms.After(comms.WindowCloses, hours(14))), []string{"COM-012@comms.messages[9].trigger.offset"}},
		{"a summary after 14 hours, by the clock", at(summary, "2026-12-09T16:00:00-05:00[America/New_York]"), []string{"COM-012@comms.messages[9].trigger.at"}},
		{"a summary some day", trigger(summary, comms.On(comms.IncidentClosed)), []string{"COM-012@comms.messages[9].trigger.event"}},
		{"a summary without incidents", func(c *context) { c.Plan.Messages[summary].Topics = []comms.Topic{comms.SuccessMetrics} },
			[]string{"COM-012@comms.messages[9].topics", "COM-012@comms.messages[9].topics"}},
		{"no summary", func(c *context) { c.Plan.Messages[summary].Topics = nil }, []string{"COM-012@comms.messages"}},
		{"a window across the year", func(c *context) {
			c.Release.Overview.Window = release.Window{Start: sample.When("2026-12-31T22:00:00-05:00"), End: sample.When("2027-01-01T02:00:00-05:00")}
			c.Plan.Messages[summary].Trigger = comms.At(sample.When("2027-01-01T14:00:01-05:00"))
		}, []string{"COM-012@comms.messages[9].trigger.at"}},

		{"notice a day before", trigger(notice, comms.Before(comms.WindowOpens, hours(24))), []string{"COM-013@comms.messages[3].trigger.offset"}},
		{"no notice", func(c *context) { c.Plan.Messages[notice].Topics = nil }, []string{"COM-013@comms.messages"}},
		{"no notice wanted", func(c *context) {
			c.Plan.Messages[notice].Topics, c.Release.Policy.CustomerNotice = nil, 0
		}, nil},
		// 72 hours of the clock, not three days of the calendar: an hour is lost in the night of 14 March 2027.
		{"notice across a clock change", func(c *context) {
			c.Release.Overview.Window = release.Window{Start: sample.When("2027-03-15T22:00:00-04:00[America/New_York]"), End: sample.When("2027-03-16T02:00:00-04:00[America/New_York]")}
			at(notice, "2027-03-12T22:00:00-05:00[America/New_York]")(c)
		}, []string{"COM-013@comms.messages[3].trigger.at"}},

		{"a sender of no role", func(c *context) { c.Plan.Messages[summary].Sender = "boss" }, []string{"COM-014@comms.messages[9].sender"}},
		{"a delegate of no role", func(c *context) { c.Plan.Messages[summary].Delegate = "boss" }, []string{"COM-014@comms.messages[9].delegate"}},
		{"a sender that is a person", func(c *context) { c.Plan.Messages[summary].Sender = "ada" }, []string{"COM-014@comms.messages[9].sender"}},
		{"a role that nobody holds", func(c *context) { c.Release.Directory.Roles[8].Holders = nil }, []string{"COM-014@comms.escalation[2].role"}},
		{"a level of no role", func(c *context) { c.Plan.Escalation[1].Role = "boss" }, []string{"COM-014@comms.escalation[1].role"}},
		{"a level's delegate of no role", func(c *context) {
			c.Plan.Escalation[1].Delegate = "boss"
		}, []string{"COM-014@comms.escalation[1].delegate", "COM-020@comms.escalation[1].delegate"}},
		{"left out by nobody", func(c *context) { c.Plan.NoChannels[0].By = "boss" }, []string{"COM-014@comms.noChannels[0].by"}},
		{"left out by a person", func(c *context) { c.Plan.NoChannels[0].By = "ada" }, nil},

		{"two times of one role", func(c *context) { c.Plan.Escalation[1].After = minutes(20) }, []string{"COM-020@comms.escalation[1].after"}},
		{"two delegates of one role", func(c *context) { c.Plan.Escalation[1].Delegate = "sre-on-call" }, []string{"COM-020@comms.escalation[1].delegate"}},

		{"pre as the window opens", trigger(briefing, comms.On(comms.WindowOpens)), []string{"COM-021@comms.messages[4].trigger.event"}},
		{"pre a second before", trigger(briefing, comms.Before(comms.WindowOpens, value.Duration(time.Second))), nil},
		{"pre after", at(briefing, "2026-12-10T12:00:00Z"), []string{"COM-021@comms.messages[4].trigger.at"}},
		{"during, too early", trigger(start, comms.On(comms.CodeFreeze)), []string{"COM-021@comms.messages[5].trigger.event"}},
		{"during, too late", trigger(start, comms.After(comms.WindowCloses, minutes(1))), []string{"COM-021@comms.messages[5].trigger.offset"}},
		{"post in the window", trigger(summary, comms.Before(comms.WindowCloses, minutes(1))), []string{"COM-021@comms.messages[9].trigger.offset"}},
		{"post as the window closes", trigger(summary, comms.On(comms.WindowCloses)), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			judgeBeside(t, func(c *context) {
				c.Release.Timeline.Milestones = nil // theirs is the next table
				tt.change(c)
			}, tt.want)
		})
	}
}

// A message and the milestone of the same thing have one time.
func TestMilestones(t *testing.T) {
	type context = comms.Context
	at := func(i int, text string) func(*context) {
		return func(c *context) { c.Release.Timeline.Milestones[i].At = sample.When(text) }
	}
	circulation := func(from, until string) func(*context) {
		return func(c *context) {
			m := &c.Release.Timeline.Milestones[5]
			m.At, m.Until = sample.When(from), sample.When(until)
		}
	}
	tests := []struct {
		name   string
		change func(*context)
		want   []string
	}{
		{"good", func(*context) {}, nil},
		{"circulated on the milestone's day", at(5, "2026-12-07[America/New_York]"), nil},
		{"circulated as the milestone ends", circulation("2026-12-07T19:00:00-05:00", "2026-12-07T20:00:00-05:00"), nil},
		{"circulated before the milestone", at(5, "2026-12-07T20:00:01-05:00"), []string{"COM-023@comms.messages[2].trigger.offset"}},
		{"circulated after the milestone", circulation("2026-12-07T19:00:00-05:00", "2026-12-07T19:59:59-05:00"),
			[]string{"COM-023@comms.messages[2].trigger.offset"}},
		{"submitted another day", at(1, "2026-12-02[America/New_York]"), []string{"COM-023@comms.messages[1].trigger.at"}},
		{"summarised at another hour", func(c *context) { c.Plan.Messages[summary].Trigger = comms.After(comms.WindowCloses, hours(11)) },
			[]string{"COM-023@comms.messages[9].trigger.offset"}},
		{"a reminder beside it", func(c *context) {
			reminder := c.Plan.Messages[packet].Clone()
			reminder.ID, reminder.Trigger = "reminder", comms.Before(comms.WindowOpens, hours(30))
			c.Plan.Messages = append([]comms.Message{reminder}, c.Plan.Messages...)
		}, nil},
		{"nothing is said of it", func(c *context) { c.Plan.Messages[change].Topics = nil }, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { judgeBeside(t, tt.change, tt.want) })
	}
}

// judgeBeside runs the rules on the changed plan beside that of its release.
func judgeBeside(t *testing.T, change func(*comms.Context), want []string) {
	t.Helper()
	c := beside()
	change(&c)
	r := check.Run(&c, comms.PlanRules(), nil)
	if diff := cmp.Diff(want, checktest.At(r.Findings)); diff != "" {
		t.Errorf("(-want +got):\n%s\n%v", diff, r.Err())
	}
	for _, rule := range r.Rules {
		if rule.State == check.NotEvaluated {
			t.Errorf("%s is not evaluated: %s", rule.Rule, rule.Reason)
		}
	}
	for _, fault := range checktest.Unresolved(c, r.Findings) {
		t.Error(fault)
	}
}

// A rule that cannot tell does not pass.
func TestPlanRulesNotEvaluated(t *testing.T) {
	type context = comms.Context
	tests := []struct {
		name, rule string
		change     func(*context)
	}{
		{"no window", "COM-010", func(c *context) { c.Release.Overview.Window = release.Window{} }},
		{"no window", "COM-012", func(c *context) { c.Release.Overview.Window = release.Window{} }},
		{"no window", "COM-013", func(c *context) { c.Release.Overview.Window = release.Window{} }},
		{"no window", "COM-021", func(c *context) { c.Release.Overview.Window = release.Window{} }},
		{"a window of days", "COM-010", func(c *context) { c.Release.Overview.Window.Start = sample.When("2026-12-08") }},
		{"no trigger", "COM-010", func(c *context) { c.Plan.Messages[packet].Trigger = comms.Trigger{} }},
		{"a moment that is none", "COM-010", func(c *context) { c.Plan.Messages[packet].Trigger = comms.At(sample.When("2026-02-30T00:00:00Z")) }},
		{"a milestone at no time", "COM-023", func(c *context) { c.Release.Timeline.Milestones[5].At = value.When{} }},
		{"a milestone that ends on no day", "COM-023", func(c *context) { c.Release.Timeline.Milestones[5].Until = sample.When("2026-02-30") }},
		{"an event that is not planned", "COM-013", func(c *context) {
			c.Plan.Messages[notice].Trigger, c.Release.Overview.FeatureFreeze = comms.On(comms.FeatureFreeze), value.When{}
		}},
	}
	for _, tt := range tests {
		c := beside()
		tt.change(&c)
		if got := checktest.State(t, check.Run(&c, comms.PlanRules(), nil), tt.rule); got != check.NotEvaluated {
			t.Errorf("%s: %s is %s, want not-evaluated", tt.name, tt.rule, got)
		}
	}
}

// bundle has its parts where a packet has them.
type bundle struct {
	Comms comms.Plan   `json:"comms"`
	Plan  release.Plan `json:"plan"`
}

// A packet lifts the rules as they are: the bad examples break its own parts.
func TestPlanRulesAreLifted(t *testing.T) {
	rules := check.Lift(comms.PlanRules(), "", func(b *bundle) *comms.Context { return &comms.Context{Plan: &b.Comms, Release: &b.Plan} })
	for _, err := range check.Examine(func() bundle { return bundle{good(), sample.Plan()} }, rules, nil) {
		t.Error(err)
	}
	b := bundle{good(), sample.Plan()}
	b.Comms.Messages[packet].Trigger = comms.Before(comms.WindowOpens, hours(6))
	for _, fault := range checktest.Unresolved(b, check.Run(&b, rules, nil).Findings) {
		t.Error(fault)
	}
}
