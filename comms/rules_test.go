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

// Every rule passes on the good plan and finds something in its own bad one.
func TestRulesAreExamined(t *testing.T) {
	for _, err := range check.Examine(good, comms.Rules(), nil) {
		t.Error(err)
	}
	for _, err := range check.Examine(beside, comms.PlanRules(), nil) {
		t.Error(err)
	}
}

// Of the good plan: the messages by index, as sample.Comms lists them.
const (
	daily = iota
	change
	packet
	notice
	briefing
	start
	warRoom
	blocker
	impact
	summary
)

func minutes(n int) value.Duration { return value.Duration(time.Duration(n) * time.Minute) }

func TestRules(t *testing.T) {
	type plan = comms.Plan
	tests := []struct {
		name   string
		change func(*plan)
		want   []string
	}{
		{"good", func(*plan) {}, nil},
		{"nothing", func(p *plan) { *p = plan{} }, []string{"COM-001@messages", "COM-001@messages", "COM-001@messages",
			"COM-003@messages", "COM-003@messages", "COM-003@messages", "COM-003@messages",
			"COM-009@messages", "COM-011@messages", "COM-016@messages", "COM-016@messages", "COM-016@messages", "COM-007@escalation", "COM-008@escalation"}},
		{"nothing afterwards", func(p *plan) { p.Messages = p.Messages[:summary] }, []string{"COM-001@messages", "COM-016@messages"}},

		{"no phase", func(p *plan) { p.Messages[briefing].Phase = comms.NoPhase }, []string{"COM-002@messages[4].phase"}},
		{"a phase without name", func(p *plan) { p.Messages[briefing].Phase = 9 }, []string{"COM-002@messages[4].phase"}},
		{"no channel", func(p *plan) { p.Messages[briefing].Channels = nil }, []string{"COM-002@messages[4].channels"}},
		{"no audience", func(p *plan) { p.Messages[change].Audiences = nil }, []string{"COM-002@messages[1].audiences"}},
		{"audience none", func(p *plan) { p.Messages[change].Audiences[0] = comms.NoAudience }, []string{"COM-002@messages[1].audiences[0]"}},
		{"an audience without name", func(p *plan) { p.Messages[change].Audiences[0] = 99 }, []string{"COM-002@messages[1].audiences[0]"}},
		{"topic none", func(p *plan) { p.Messages[change].Topics[0] = comms.NoTopic }, []string{"COM-002@messages[1].topics[0]"}},
		{"no sender", func(p *plan) { p.Messages[briefing].Sender = " " }, []string{"COM-002@messages[4].sender"}},
		{"no delegate", func(p *plan) { p.Messages[briefing].Delegate = "" }, []string{"COM-002@messages[4].delegate"}},
		{"a delegate who is the sender", func(p *plan) { p.Messages[briefing].Delegate = "support-lead" }, []string{"COM-002@messages[4].delegate"}},
		{"no trigger", func(p *plan) { p.Messages[briefing].Trigger = comms.Trigger{} }, []string{"COM-002@messages[4].trigger"}},
		{"no goal", func(p *plan) { p.Messages[briefing].Goal = "\t" }, []string{"COM-002@messages[4].goal"}},
		{"no title", func(p *plan) { p.Messages[briefing].Title = "" }, nil},

		{"no cadence", func(p *plan) { p.Messages[briefing].Cadence = comms.Cadence{} }, []string{"COM-006@messages[4].cadence"}},
		{"once and repeated", func(p *plan) { p.Messages[briefing].Cadence.Every = minutes(5) }, []string{"COM-006@messages[4].cadence"}},
		{"once until", func(p *plan) { p.Messages[briefing].Cadence.Until = comms.WindowOpens }, []string{"COM-006@messages[4].cadence"}},
		{"daily and once", func(p *plan) { p.Messages[daily].Cadence.Once = true }, []string{"COM-006@messages[0].cadence"}},
		{"no interval", func(p *plan) { p.Messages[impact].Cadence.Every = 0 }, []string{"COM-006@messages[8].cadence.every"}},
		{"an interval backwards", func(p *plan) { p.Messages[impact].Cadence.Every = minutes(-30) }, []string{"COM-006@messages[8].cadence.every"}},
		{"an interval of seconds", func(p *plan) { p.Messages[impact].Cadence.Every = minutes(1) - 1 }, []string{"COM-006@messages[8].cadence.every"}},
		{"an interval of a minute", func(p *plan) { p.Messages[impact].Cadence.Every = minutes(1) }, nil},
		{"no end", func(p *plan) { p.Messages[impact].Cadence.Until = comms.NoEvent }, []string{"COM-006@messages[8].cadence.until"}},
		{"an end without name", func(p *plan) { p.Messages[impact].Cadence.Until = 99 }, []string{"COM-006@messages[8].cadence.until"}},
		{"ends as it begins", func(p *plan) { p.Messages[impact].Cadence.Until = comms.Breach }, []string{"COM-006@messages[8].cadence.until"}},

		{"two kinds of trigger", func(p *plan) { p.Messages[briefing].Trigger.Daily = "10:00" }, []string{"COM-006@messages[4].cadence", "COM-018@messages[4].trigger"}},
		{"a moment and an event", func(p *plan) { p.Messages[change].Trigger.Event = comms.CodeFreeze }, []string{"COM-018@messages[1].trigger"}},
		{"an offset from nothing", func(p *plan) { p.Messages[change].Trigger.Offset = minutes(5) }, []string{"COM-018@messages[1].trigger.offset"}},
		{"an event without name", func(p *plan) { p.Messages[blocker].Trigger.Event = 99 }, []string{"COM-018@messages[7].trigger.event"}},
		{"before what nobody foresees", func(p *plan) { p.Messages[impact].Trigger = comms.Before(comms.Breach, 1) }, []string{"COM-018@messages[8].trigger.offset"}},
		{"a clock that is none", func(p *plan) { p.Messages[daily].Trigger = comms.Daily("9:00") }, []string{"COM-018@messages[0].trigger.daily"}},
		{"a day", func(p *plan) { p.Messages[change].Trigger = comms.At(sample.When("2026-12-01")) }, []string{"COM-018@messages[1].trigger.at"}},
		{"a day that is none", func(p *plan) { p.Messages[change].Trigger = comms.At(sample.When("2026-02-30T12:00:00Z")) }, []string{"COM-018@messages[1].trigger.at"}},
		{"a zone that is none", func(p *plan) {
			p.Messages[change].Trigger = comms.At(sample.When("2026-12-01T12:00:00-05:00[Nowhere/Land]"))
		}, []string{"COM-018@messages[1].trigger.at"}},
		{"a local time", func(p *plan) { p.Messages[change].Trigger = comms.At(sample.When("2026-12-01T12:00:00")) }, []string{"COM-018@messages[1].trigger.at"}},
		{"summer's offset", func(p *plan) {
			p.Messages[change].Trigger = comms.At(sample.When("2026-12-01T12:00:00-04:00[America/New_York]"))
		}, []string{"COM-018@messages[1].trigger.at"}},
		{"a gap", func(p *plan) {
			p.Messages[change].Trigger = comms.At(sample.When("2026-03-08T02:30:00[America/New_York]"))
		}, []string{"COM-018@messages[1].trigger.at"}},
		{"a fold", func(p *plan) {
			p.Messages[change].Trigger = comms.At(sample.When("2026-11-01T01:30:00[America/New_York]"))
		}, []string{"COM-018@messages[1].trigger.at"}},
		{"a zone that is none", func(p *plan) {
			p.Messages[change].Trigger = comms.At(sample.When("2026-12-01T12:00:00-05:00[America/New_Yrok]"))
		}, []string{"COM-018@messages[1].trigger.at"}},
		{"anywhere on earth", func(p *plan) { p.Messages[change].Trigger = comms.At(value.AoE(2026, 12, 1)) }, nil},

		{"no answer wanted", func(p *plan) { p.Messages[packet].Acknowledge = 0 }, []string{"COM-022@messages[2].acknowledge"}},
		{"an answer before the question", func(p *plan) { p.Messages[blocker].Acknowledge = -1 }, []string{"COM-022@messages[7].acknowledge"}},

		{"an id twice", func(p *plan) { p.Messages[summary].ID = "daily" }, []string{"COM-017@messages[9].id"}},
		{"no id", func(p *plan) { p.Messages[summary].ID = "" }, []string{"COM-017@messages[9].id"}},
		{"no id of a template", func(p *plan) { p.Templates[3].ID = "" }, []string{"COM-017@templates[3].id", "COM-004@messages[5].template"}},
		{"an audience twice", func(p *plan) { p.Messages[summary].Audiences[1] = comms.Leadership }, []string{"COM-017@messages[9].audiences[1]"}},
		{"a topic twice", func(p *plan) { p.Messages[packet].Topics = append(p.Messages[packet].Topics, comms.SignOffRequest) }, []string{"COM-017@messages[2].topics[1]"}},
		{"a channel twice", func(p *plan) {
			p.Messages[blocker].Channels = append(p.Messages[blocker].Channels, p.Messages[blocker].Channels[0])
		}, []string{"COM-017@messages[7].channels[2]"}},
		{"a channel of a level twice", func(p *plan) {
			p.Escalation[2].Channels = append(p.Escalation[2].Channels, p.Escalation[2].Channels[1])
		},
			[]string{"COM-017@escalation[2].channels[2]"}},

		{"support is not told", func(p *plan) { p.Messages[briefing].Audiences[0] = comms.Stakeholders }, []string{"COM-016@messages"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { judge(t, tt.change, tt.want) })
	}
}

// judge runs the rules on the changed plan.
func judge(t *testing.T, change func(*comms.Plan), want []string) {
	t.Helper()
	p := good()
	change(&p)
	fs := p.Validate()
	if diff := cmp.Diff(want, checktest.At(fs)); diff != "" {
		t.Errorf("(-want +got):\n%s\n%v", diff, fs.Err())
	}
	for _, fault := range checktest.Unresolved(p, fs) {
		t.Error(fault)
	}
}

func TestChannelRules(t *testing.T) {
	type plan = comms.Plan
	address := func(m int, kind comms.ChannelKind, a string) func(*plan) {
		return func(p *plan) { p.Messages[m].Channels[0] = comms.Channel{Kind: kind, Address: a} }
	}
	bad := []string{"COM-019@messages[5].channels[0].address"}
	mail := func(a string) func(*plan) { return address(start, comms.Email, a) }
	slack := func(a string) func(*plan) { return address(start, comms.Slack, a) }
	page := func(a string) func(*plan) { return address(start, comms.StatusPage, a) }
	tests := []struct {
		name   string
		change func(*plan)
		want   []string
	}{
		{"no CAB", address(change, comms.Phone, "+1 555 0100"), []string{"COM-003@messages"}},
		{"no CAB, said", func(p *plan) {
			address(change, comms.Phone, "+1 555 0100")(p)
			*p = p.WithoutChannels("release-manager", "the change is pre-approved", comms.CAB)
		}, nil},
		{"no CAB, nobody says it", func(p *plan) {
			address(change, comms.Phone, "+1 555 0100")(p)
			*p = p.WithoutChannels("", " ", comms.CAB)
		}, []string{"COM-003@noChannels[1].by", "COM-003@noChannels[1].reason"}},
		{"not used and used", func(p *plan) { p.NoChannels[0].Kind = comms.Slack }, []string{"COM-003@noChannels[0].kind"}},
		{"not used and used by a level", func(p *plan) {
			p.NoChannels[0].Kind = comms.PagerDuty
			p.Messages[blocker].Channels = p.Messages[blocker].Channels[1:]
		}, []string{"COM-003@noChannels[0].kind"}},
		{"not used, twice", func(p *plan) { p.NoChannels = append(p.NoChannels, p.NoChannels[0]) }, []string{"COM-003@noChannels[1].kind"}},
		{"no kind is not used", func(p *plan) { p.NoChannels[0].Kind = comms.UnknownChannel }, []string{"COM-003@noChannels[0].kind"}},
		{"a kind without name is not used", func(p *plan) { p.NoChannels[0].Kind = 99 }, []string{"COM-003@noChannels[0].kind"}},

		{"no kind", address(start, comms.UnknownChannel, "x"), []string{"COM-019@messages[5].channels[0].kind"}},
		{"a kind without name", address(start, 99, "x"), []string{"COM-019@messages[5].channels[0].kind"}},
		{"no address", address(start, comms.OtherChannel, " "), bad},
		{"no address of a level", func(p *plan) { p.Escalation[0].Channels[0].Address = "" }, []string{"COM-019@escalation[0].channels[0].address"}},
		{"white space", address(start, comms.Phone, " 0100"), bad},
		{"an invisible character", address(start, comms.Phone, "01\u200b00"), bad},
		{"mail", mail("release@example.com"), nil},
		{"mail without host", mail("release@"), bad},
		{"mail without user", mail("@example.com"), bad},
		{"mail without at", mail("release.example.com"), bad},
		{"mail of two", mail("a@example.com, b@example.com"), bad},
		{"mail with a name", mail("Release <a@example.com>"), bad},
		{"mail with a header", mail("a@example.com\nBcc: b@example.com"), bad},
		{"Slack channel", slack("#release"), nil},
		{"Slack person", slack("@ada"), nil},
		{"Slack id", slack("C024BE91L"), nil},
		{"Slack name", slack("release"), bad},
		{"Slack nothing", slack("#"), bad},
		{"Slack two signs", slack("##release"), bad},
		{"Slack words", slack("#the release"), bad},
		{"page", page("https://status.example.com/shop"), nil},
		{"page without scheme", page("status.example.com"), bad},
		{"webhook of Slack", slack("https://hooks.slack.com/services/T0/B0/x"), bad},
		{"webhook of another", address(start, comms.OtherChannel, "https://example.com/webhook/1"), bad},
		{"a user in the link", page("https://u:p@status.example.com"), bad},
		{"a token in the link", page("https://status.example.com/?token=1"), bad},
		{"a token of Slack", slack("xoxb-1-2-hunter2"), bad},
		{"an integration key", address(start, comms.PagerDuty, "0123456789abcdef0123456789abcdef"), bad},
		{"a name as long as a key", address(start, comms.PagerDuty, "release-steering-committee-north"), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { judge(t, tt.change, tt.want) })
	}
	// A secret is not repeated where everybody reads it.
	p := good()
	slack("https://hooks.slack.com/services/T0/B0/hunter2")(&p)
	for _, f := range p.Validate() {
		if diff := cmp.Diff(`"…": may be a secret: name the channel, and keep keys and webhooks with whoever sends`, f.Message); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func TestDutyRules(t *testing.T) {
	type plan = comms.Plan
	tests := []struct {
		name   string
		change func(*plan)
		want   []string
	}{
		{"no daily update", func(p *plan) {
			p.Messages[daily] = p.Messages[daily].WithCadence(comms.Every(minutes(1440), comms.WindowOpens))
			p.Messages[daily].Trigger = comms.On(comms.CodeFreeze)
		},
			[]string{"COM-009@messages"}},
		{"a daily update to others", func(p *plan) { p.Messages[daily].Audiences[0] = comms.Responders }, []string{"COM-009@messages"}},
		{"a daily mail", func(p *plan) {
			p.Messages[daily].Channels[0] = comms.Channel{Kind: comms.Email, Address: "leads@example.com"}
		},
			[]string{"COM-003@messages", "COM-009@messages[0].channels"}},
		{"a daily update without blockers", func(p *plan) { p.Messages[daily].Topics = []comms.Topic{comms.Status} },
			[]string{"COM-009@messages[0].topics", "COM-009@messages[0].topics"}},
		{"a second daily update that is complete", func(p *plan) {
			second := p.Messages[daily].Clone()
			second.ID = "second"
			p.Messages[daily].Topics = nil
			*p = p.WithMessages(second)
		}, nil},

		{"no war room", func(p *plan) { p.Messages[warRoom].Channels[0] = comms.Channel{Kind: comms.Slack, Address: "#release"} }, []string{"COM-011@messages"}},
		{"a war room before", func(p *plan) { p.Messages[warRoom].Phase = comms.Pre }, []string{"COM-011@messages"}},
		{"a war room without telemetry", func(p *plan) { p.Messages[warRoom].Topics = p.Messages[warRoom].Topics[:2] }, []string{"COM-011@messages[6].topics"}},
		{"a war room that speaks once", func(p *plan) { p.Messages[warRoom].Cadence = comms.Cadence{Once: true} }, []string{"COM-011@messages[6].cadence.every"}},
		{"a war room of two rows", func(p *plan) {
			second := p.Messages[warRoom].Clone()
			second.ID, second.Topics, second.Cadence = "decisions", []comms.Topic{comms.Decisions}, comms.Cadence{Once: true}
			p.Messages[warRoom].Topics = []comms.Topic{comms.TimelineEvents, comms.Telemetry}
			*p = p.WithMessages(second)
		}, nil},

		{"no escalation", func(p *plan) { p.Escalation = nil }, []string{"COM-007@escalation", "COM-008@escalation"}},
		{"an escalation back in time", func(p *plan) { p.Escalation[1].After = 0 }, []string{"COM-007@escalation[1].after"}},
		{"an escalation before the blocker", func(p *plan) { p.Escalation[0].After = -1 }, []string{"COM-007@escalation[0].after"}},
		{"a level for nobody", func(p *plan) { p.Escalation[0].Audience = comms.NoAudience }, []string{"COM-007@escalation[0].audience"}},
		{"a level for an audience without name", func(p *plan) { p.Escalation[0].Audience = 99 }, []string{"COM-007@escalation[0].audience"}},
		{"a level without role", func(p *plan) { p.Escalation[0].Role = "" }, []string{"COM-007@escalation[0].role"}},
		{"a level without delegate", func(p *plan) { p.Escalation[0].Delegate = " " }, []string{"COM-007@escalation[0].delegate"}},
		{"a level that is its delegate", func(p *plan) { p.Escalation[0].Delegate = "sre-on-call" }, []string{"COM-007@escalation[0].delegate"}},
		{"a level without channel", func(p *plan) { p.Escalation[0].Channels = nil }, []string{"COM-007@escalation[0].channels"}},

		{"the committee after 30 minutes", func(p *plan) { p.Escalation[2].After = minutes(30) + 1 }, []string{"COM-008@escalation[2].after"}},
		{"the committee without PagerDuty", func(p *plan) { p.Escalation[2].Channels = p.Escalation[2].Channels[1:] }, []string{"COM-008@escalation[2].channels"}},
		{"the committee without mail", func(p *plan) { p.Escalation[2].Channels = p.Escalation[2].Channels[:1] }, []string{"COM-008@escalation[2].channels"}},
		{"nobody calls the committee", func(p *plan) { p.Escalation[2].Audience = comms.Leadership }, []string{"COM-008@escalation"}},
		{"mail too late", func(p *plan) {
			late := p.Escalation[2]
			late.After, late.Role, late.Channels = minutes(45), "release-manager", late.Channels[1:]
			p.Escalation[2].Channels = p.Escalation[2].Channels[:1]
			*p = p.WithEscalation(late)
		}, []string{"COM-008@escalation[2].channels"}},
		{"a message that says 42 minutes", func(p *plan) { p.Messages[blocker].Trigger.Offset = minutes(42) }, []string{"COM-008@messages[7].trigger.offset"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { judge(t, tt.change, tt.want) })
	}
}

func TestTemplateRules(t *testing.T) {
	type plan = comms.Plan
	tests := []struct {
		name   string
		change func(*plan)
		want   []string
	}{
		{"customers without template", func(p *plan) { p.Messages[notice].Template = "" }, []string{"COM-004@messages[3].template"}},
		{"status page without template", func(p *plan) {
			p.Messages[briefing].Channels[0] = comms.Channel{Kind: comms.StatusPage, Address: "https://status.example.com"}
		}, []string{"COM-004@messages[4].template"}},
		{"a template that is not there", func(p *plan) { p.Messages[summary].Template = "sumary" }, []string{"COM-004@messages[9].template"}},
		{"no body", func(p *plan) { p.Templates[3].Body = "" },
			[]string{"COM-005@templates[3].body", "COM-005@templates[3].placeholders[0].name", "COM-005@templates[3].placeholders[1].name"}},
		{"an unknown gap", func(p *plan) { p.Templates[3].Body += "{eta}" }, []string{"COM-005@templates[3].body"}},
		{"an unknown gap in the subject", func(p *plan) { p.Templates[3].Subject = "{eta}" }, []string{"COM-005@templates[3].subject"}},
		{"an open brace", func(p *plan) { p.Templates[1].Subject += "{" },
			[]string{"COM-005@templates[1].subject"}},
		{"a line break in the subject", func(p *plan) { p.Templates[1].Subject += "\r\nBcc: all" }, []string{"COM-005@templates[1].subject"}},
		{"braces as such", func(p *plan) { p.Templates[1].Body += " {{}}" }, nil},
		{"an unused placeholder", func(p *plan) {
			p.Templates[3] = p.Templates[3].WithPlaceholders(comms.Placeholder{Name: "eta", Type: comms.TimeValue})
		}, []string{"COM-005@templates[3].placeholders[2].name"}},
		{"a placeholder twice", func(p *plan) { p.Templates[3] = p.Templates[3].WithPlaceholders(p.Templates[3].Placeholders[0]) },
			[]string{"COM-005@templates[3].placeholders[2].name"}},
		{"a placeholder without name", func(p *plan) {
			p.Templates[3] = p.Templates[3].WithPlaceholders(comms.Placeholder{Type: comms.TextValue})
		},
			[]string{"COM-005@templates[3].placeholders[2].name"}},
		{"a placeholder that no gap can have", func(p *plan) {
			p.Templates[3] = p.Templates[3].WithPlaceholders(comms.Placeholder{Name: "E-T-A", Type: comms.TextValue})
		}, []string{"COM-005@templates[3].placeholders[2].name"}},
		{"a placeholder without type", func(p *plan) { p.Templates[3].Placeholders[0].Type = comms.NoType }, []string{"COM-005@templates[3].placeholders[0].type"}},
		{"a placeholder of a type without name", func(p *plan) { p.Templates[3].Placeholders[0].Type = 99 }, []string{"COM-005@templates[3].placeholders[0].type"}},
		{"a value that is no time", func(p *plan) { p.Templates[2].Placeholders[0].Value = "ten o'clock" }, []string{"COM-005@templates[2].placeholders[0].value"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { judge(t, tt.change, tt.want) })
	}
}

// Rules look, they do not touch.
func TestRulesLeaveThePlanAlone(t *testing.T) {
	c := beside()
	c.Plan.Validate()
	check.Run(&c, comms.PlanRules(), nil)
	if diff := cmp.Diff(good(), *c.Plan); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(sample.Plan(), *c.Release); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var none release.Plan
	empty := comms.Context{Plan: new(comms.Plan), Release: &none}
	if r := check.Run(&empty, comms.PlanRules(), nil); r.Err() == nil {
		t.Error("an empty plan is right")
	}
}
