package comms_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// A plan is its own builder, and what it lacks is found.
func ExampleNewPlan() {
	plan := comms.NewPlan(
		comms.NewMessage("daily", comms.Pre, comms.Daily("10:00")).
			WithChannels(comms.Channel{Kind: comms.Slack, Address: "#eng-leadership"}).
			WithAudiences(comms.EngineeringLeadership).
			WithSender("release-manager", "release-deputy").
			WithGoal("Leads know status, blockers and mitigations", comms.Status, comms.Blockers),
	).WithoutChannels("release-manager", "the change is pre-approved", comms.CAB)
	for _, f := range plan.Validate() {
		if f.Rule == "COM-009" {
			fmt.Println(f)
		}
	}
	// Output: error COM-009 messages[0].topics: the topic mitigations is missing
}

func ExamplePlan_Validate() {
	plan := comms.NewPlan()
	fmt.Println(plan.Validate()[0])
	// Output: error COM-001 messages: the message of phase pre is missing
}

func ExamplePlan_WithEscalation() {
	page := comms.Channel{Kind: comms.PagerDuty, Address: "release-steering"}
	plan := comms.NewPlan().WithEscalation(comms.Level{After: value.Duration(45 * time.Minute), Audience: comms.SteeringCommittee,
		Role: "steering", Delegate: "release-deputy", Channels: []comms.Channel{page}})
	for _, f := range plan.Validate() {
		if f.Rule == "COM-008" {
			fmt.Println(f)
		}
	}
	// Output: error COM-008 escalation[0].after: "PT45M": is longer than PT30M
}

// A message goes out once unless it says otherwise.
func ExampleNewMessage() {
	m := comms.NewMessage("packet", comms.Pre, comms.Before(comms.WindowOpens, value.Duration(24*time.Hour))).
		Titled("Release packet").
		WithChannels(comms.Channel{Kind: comms.Email, Address: "release-approvers@example.com"}).
		WithAudiences(comms.Approvers).
		WithGoal("Every approver signs off", comms.SignOffRequest).
		WithAcknowledge(value.Duration(20 * time.Hour))
	fmt.Println(m.Title, m.Phase, m.Cadence.Once, m.Covers(comms.SignOffRequest))
	// Output: Release packet pre true true
}

func ExampleAt() {
	t := comms.At(value.At(time.Date(2026, 12, 1, 17, 0, 0, 0, time.UTC)))
	fmt.Println(t.Moment(release.Overview{}))
	// Output: 2026-12-01 17:00:00 +0000 UTC <nil>
}

func ExampleOn() {
	_, err := comms.On(comms.GoDecision).Moment(release.Overview{})
	fmt.Println(err)
	// Output: go-decision: the moment is not known beforehand
}

// The last moment of a summary that is owed within 12 hours.
func ExampleAfter() {
	end := value.At(time.Date(2026, 12, 9, 7, 0, 0, 0, time.UTC))
	t := comms.After(comms.WindowCloses, value.Duration(12*time.Hour))
	fmt.Println(t.Moment(release.Overview{Window: release.Window{End: end}}))
	// Output: 2026-12-09 19:00:00 +0000 UTC <nil>
}

func ExampleBefore() {
	start := value.At(time.Date(2026, 12, 9, 3, 0, 0, 0, time.UTC))
	t := comms.Before(comms.WindowOpens, value.Duration(72*time.Hour))
	fmt.Println(t.Moment(release.Overview{Window: release.Window{Start: start}}))
	// Output: 2026-12-06 03:00:00 +0000 UTC <nil>
}

func ExampleDaily() {
	_, err := comms.Daily("10:00").Moment(release.Overview{})
	fmt.Println(errors.Is(err, comms.ErrUnforeseen), err)
	// Output: true daily at 10:00: the moment is not known beforehand
}

// A war room is kept up until the window closes.
func ExampleEvery() {
	m := comms.NewMessage("war-room", comms.During, comms.On(comms.WindowOpens)).
		WithCadence(comms.Every(value.Duration(15*time.Minute), comms.WindowCloses))
	fmt.Println(m.Cadence.Every, m.Cadence.Until)
	// Output: PT15M window-closes
}

func ExampleNewTemplate() {
	t := comms.NewTemplate("start", "", "{version} starts. Next update: {next}.").WithPlaceholders(
		comms.Placeholder{Name: "version", Type: comms.TextValue, Value: "2026.12.0"},
		comms.Placeholder{Name: "next", Type: comms.TimeValue})
	_, body, err := t.Fill(func(name string) (string, bool) { return "2026-12-08T22:30:00-05:00", name == "next" })
	fmt.Println(body, err)
	_, _, err = t.Fill(func(string) (string, bool) { return "soon", true })
	fmt.Println(err)
	// Output:
	// 2026.12.0 starts. Next update: 2026-12-08T22:30:00-05:00. <nil>
	// template "start": placeholder "next": when "soon": want a date as 2026-12-08
}

// Braces that are meant as such are doubled.
func ExampleParseText() {
	text, err := comms.ParseText("{{json}} of {version}")
	fmt.Println(text.Names(), err)
	_, err = comms.ParseText("{version")
	fmt.Println(err)
	// Output:
	// [version] <nil>
	// template text, byte 1: { is not closed, write {{ for a brace
}

// The rules are values: a suite is a list, and one's own rules are added to it.
func ExampleRules() {
	rules := append(comms.Rules(), check.Rule[comms.Plan]{
		ID: "SHOP-001", Doc: "Somebody can be called.",
		Check: func(p *check.Pass[comms.Plan]) {
			for _, m := range p.Subject.Messages {
				if m.Uses(comms.Phone) {
					return
				}
			}
			p.Report(check.Missing("messages", "a message by phone", ""))
		},
	})
	report := check.Run(&comms.Plan{}, rules, nil)
	fmt.Println(report.Findings[len(report.Findings)-1])
	// Output: error SHOP-001 messages: a message by phone is missing
}

// A packet lends its parts, and findings have the paths of a packet.
func ExamplePlanRules() {
	start := value.At(time.Date(2026, 12, 9, 3, 0, 0, 0, time.UTC))
	plan := release.NewPlan("Holiday checkout", "2026.12.0").WithOverview(release.Overview{
		Window: release.Window{Start: start, End: value.At(time.Date(2026, 12, 9, 7, 0, 0, 0, time.UTC))}})
	messages := comms.NewPlan(comms.NewMessage("packet", comms.Pre, comms.Before(comms.WindowOpens, value.Duration(6*time.Hour))).
		WithAudiences(comms.Approvers).WithGoal("Every approver signs off", comms.SignOffRequest))
	report := check.Run(&comms.Context{Plan: &messages, Release: &plan}, comms.PlanRules(), nil)
	fmt.Println(report.Findings[0])
	// Output: error COM-010 comms.messages[0].trigger.offset: "packet" goes out PT6H before the window opens, less than PT24H
}

// A log is what was in fact said; who did not answer is not in it.
func ExampleNewLog() {
	asked := value.At(time.Date(2026, 12, 8, 1, 0, 0, 0, time.UTC))
	log := comms.NewLog(comms.Sent{Message: "packet", At: asked, By: "barbara", Channels: []comms.ChannelKind{comms.Email}}.
		WithAnswers(comms.Answer{By: "edsger", At: value.At(time.Date(2026, 12, 8, 14, 10, 0, 0, time.UTC)), Approves: true}))
	fmt.Println(log.Of("packet")[0], len(log.Sent[0].Answers))
	// Output: 2026-12-08 01:00:00 +0000 UTC 1
}
