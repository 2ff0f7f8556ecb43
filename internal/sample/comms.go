package sample

import (
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/release/value"
)

func minutes(n int) value.Duration { return value.Duration(time.Duration(n) * time.Minute) }

func hours(n int) value.Duration { return minutes(60 * n) }

// Comms is who tells whom what about the release of [Plan].
func Comms() comms.Plan {
	return comms.NewPlan(before()...).
		WithMessages(during()...).
		WithMessages(afterwards()).
		WithEscalation(levels()...).
		WithTemplates(templates()...).
		WithoutChannels("release-manager", "every audience is reached without Teams", comms.Teams)
}

func before() []comms.Message {
	return []comms.Message{
		comms.NewMessage("daily", comms.Pre, comms.Daily("10:00")).Titled("Daily update").
			WithChannels(comms.Channel{Kind: comms.Slack, Address: "#eng-leadership"}).
			WithAudiences(comms.EngineeringLeadership).
			WithSender("release-manager", "release-deputy").
			WithGoal("Leads know status, blockers and mitigations", comms.Status, comms.Blockers, comms.Mitigations).
			WithTemplate("daily"),
		comms.NewMessage("change", comms.Pre, comms.At(at("2026-12-01T12:00:00"))).Titled("Change request").
			WithChannels(comms.Channel{Kind: comms.CAB, Address: "CHG-4471"}).
			WithAudiences(comms.ChangeBoard).
			WithSender("release-manager", "release-deputy").
			WithGoal("CAB decides on CHG-4471", comms.ChangeRequest),
		comms.NewMessage("packet", comms.Pre, comms.Before(comms.WindowOpens, hours(26))).Titled("Release packet").
			WithChannels(comms.Channel{Kind: comms.Email, Address: "release-approvers@example.com"}).
			WithAudiences(comms.Approvers, comms.Stakeholders).
			WithSender("release-manager", "release-deputy").
			WithGoal("Every approver signs off", comms.SignOffRequest).
			WithTemplate("sign-off").WithAcknowledge(hours(20)),
		comms.NewMessage("notice", comms.Pre, comms.Before(comms.WindowOpens, hours(72))).Titled("Maintenance notice").
			WithChannels(comms.Channel{Kind: comms.StatusPage, Address: "https://status.example.com"}).
			WithAudiences(comms.Customers).
			WithSender("support-lead", "release-manager").
			WithGoal("Customers know the window", comms.CustomerNotice).
			WithTemplate("maintenance"),
		comms.NewMessage("briefing", comms.Pre, comms.Before(comms.WindowOpens, hours(30))).Titled("Support briefing").
			WithChannels(comms.Channel{Kind: comms.Email, Address: "support@example.com"}).
			WithAudiences(comms.Support).
			WithSender("support-lead", "release-manager").
			WithGoal("Support answers from the release notes", comms.ReleaseNotes),
	}
}

func during() []comms.Message {
	steering := []comms.Channel{{Kind: comms.PagerDuty, Address: "release-steering"}, {Kind: comms.Email, Address: "steering@example.com"}}
	return []comms.Message{
		comms.NewMessage("start", comms.During, comms.On(comms.WindowOpens)).Titled("Start").
			WithChannels(comms.Channel{Kind: comms.StatusPage, Address: "https://status.example.com"}).
			WithAudiences(comms.Customers).
			WithSender("support-lead", "release-manager").
			WithGoal("Customers know the maintenance has begun", comms.CustomerImpact).
			WithTemplate("start"),
		comms.NewMessage("war-room", comms.During, comms.On(comms.WindowOpens)).Titled("War room").
			WithChannels(comms.Channel{Kind: comms.WarRoom, Address: "#war-room-2026-12"}).
			WithAudiences(comms.Responders).
			WithSender("release-manager", "release-deputy").
			WithCadence(comms.Every(minutes(15), comms.WindowCloses)).
			WithGoal("Responders share one log", comms.TimelineEvents, comms.Decisions, comms.Telemetry),
		comms.NewMessage("blocker", comms.During, comms.After(comms.BlockerOpened, minutes(30))).Titled("Critical blocker").
			WithChannels(steering...).
			WithAudiences(comms.SteeringCommittee).
			WithSender("sre-on-call", "sre-lead").
			WithGoal("Steering committee decides on the blocker", comms.Blockers, comms.Mitigations).
			WithTemplate("blocker").WithAcknowledge(minutes(15)),
		comms.NewMessage("impact", comms.During, comms.After(comms.Breach, minutes(15))).Titled("Customer impact").
			WithChannels(comms.Channel{Kind: comms.StatusPage, Address: "https://status.example.com"}).
			WithAudiences(comms.Customers).
			WithSender("support-lead", "release-manager").
			WithCadence(comms.Every(minutes(30), comms.Recovery)).
			WithGoal("Customers know impact and next update", comms.CustomerImpact).
			WithTemplate("incident"),
	}
}

func afterwards() comms.Message {
	return comms.NewMessage("summary", comms.Post, comms.After(comms.WindowCloses, hours(10))).Titled("Summary").
		WithChannels(comms.Channel{Kind: comms.Email, Address: "release-stakeholders@example.com"}).
		WithAudiences(comms.Leadership, comms.Stakeholders).
		WithSender("release-manager", "release-deputy").
		WithGoal("Stakeholders know metrics, incidents and follow-ups", comms.SuccessMetrics, comms.Incidents, comms.FollowUps).
		WithTemplate("summary")
}

func levels() []comms.Level {
	return []comms.Level{
		{After: 0, Audience: comms.Responders, Role: "sre-on-call", Delegate: "sre-lead",
			Channels: []comms.Channel{{Kind: comms.PagerDuty, Address: "shop-checkout"}}},
		{After: minutes(15), Audience: comms.Responders, Role: "sre-lead", Delegate: "release-deputy",
			Channels: []comms.Channel{{Kind: comms.PagerDuty, Address: "shop-leads"}}},
		{After: minutes(30), Audience: comms.SteeringCommittee, Role: "steering", Delegate: "release-deputy",
			Channels: []comms.Channel{{Kind: comms.PagerDuty, Address: "release-steering"}, {Kind: comms.Email, Address: "steering@example.com"}}},
	}
}

func templates() []comms.Template {
	gap := func(name string, t comms.ValueType) comms.Placeholder { return comms.Placeholder{Name: name, Type: t} }
	version := comms.Placeholder{Name: "version", Type: comms.TextValue, Value: "2026.12.0"}
	return []comms.Template{
		comms.NewTemplate("daily", "", "{version} on {date}: {status}. Blockers: {blockers}. Mitigations: {mitigations}.").
			WithPlaceholders(version, gap("date", comms.TimeValue), gap("status", comms.TextValue), gap("blockers", comms.TextValue),
				gap("mitigations", comms.TextValue)),
		comms.NewTemplate("sign-off", "Sign off {version} by {deadline}", "Packet: {packet}. Subject: {subject}. Answer approved or rejected by {deadline}.").
			WithPlaceholders(version, gap("deadline", comms.TimeValue), gap("packet", comms.LinkValue), gap("subject", comms.TextValue)),
		comms.NewTemplate("maintenance", "", "Maintenance from {start} to {end}. Impact: {impact}.").
			WithPlaceholders(comms.Placeholder{Name: "start", Type: comms.TimeValue, Value: "2026-12-08T22:00:00-05:00[America/New_York]"},
				comms.Placeholder{Name: "end", Type: comms.TimeValue, Value: "2026-12-09T02:00:00-05:00[America/New_York]"}, gap("impact", comms.TextValue)),
		comms.NewTemplate("start", "", "Maintenance has begun. Impact: {impact}. Next update: {next}.").
			WithPlaceholders(gap("impact", comms.TextValue), gap("next", comms.TimeValue)),
		comms.NewTemplate("blocker", "Blocker of {version}", "{blocker}, open for {age}. Mitigation: {mitigation}. Acknowledge within 15 minutes.").
			WithPlaceholders(version, gap("blocker", comms.TextValue), gap("age", comms.DurationValue), gap("mitigation", comms.TextValue)),
		comms.NewTemplate("incident", "", "{symptom} since {since}. Customers affected: {affected}. Action: {action}. Next update: {next}.").
			WithPlaceholders(gap("symptom", comms.TextValue), gap("since", comms.TimeValue), gap("affected", comms.PercentValue),
				gap("action", comms.TextValue), gap("next", comms.TimeValue)),
		comms.NewTemplate("summary", "Summary of {version}", "Metrics: {metrics}. Incidents: {incidents}. Follow-ups: {followups}.").
			WithPlaceholders(version, gap("metrics", comms.TextValue), gap("incidents", comms.NumberValue), gap("followups", comms.TextValue)),
	}
}
