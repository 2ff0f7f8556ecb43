package main

import (
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/release/value"
)

// Where people are reached.
var (
	leadershipSlack = comms.Channel{Kind: comms.Slack, Address: "#eng-leadership"}
	warRoom         = comms.Channel{Kind: comms.WarRoom, Address: "#war-room-2026-12-0"}
	statusPage      = comms.Channel{Kind: comms.StatusPage, Address: "https://status.example.com"}
	pager           = comms.Channel{Kind: comms.PagerDuty, Address: "Release steering committee"}
)

func mail(to string) comms.Channel {
	return comms.Channel{Kind: comms.Email, Address: to + "@example.com"}
}

// communication is who says what to whom, when and where.
func communication() comms.Plan {
	hours := func(n int) value.Duration { return value.Duration(time.Duration(n) * time.Hour) }
	minutes := func(n int) value.Duration { return value.Duration(time.Duration(n) * time.Minute) }
	return comms.NewPlan(
		comms.NewMessage("daily", comms.Pre, comms.Daily("10:00")).
			WithChannels(leadershipSlack).WithAudiences(comms.EngineeringLeadership).WithSender("release-manager", "release-deputy").
			WithGoal("Tell status, blockers, mitigations", comms.Status, comms.Blockers, comms.Mitigations),
		comms.NewMessage("cab", comms.Pre, comms.At(berlin("2026-12-02T12:00:00"))).
			WithChannels(comms.Channel{Kind: comms.CAB, Address: "CHG-2071"}).WithAudiences(comms.ChangeBoard).
			WithSender("release-manager", "release-deputy").WithGoal("Decide on CHG-2071", comms.ChangeRequest),
		comms.NewMessage("maintenance", comms.Pre, comms.Before(comms.WindowOpens, hours(96))).
			WithChannels(statusPage).WithAudiences(comms.Customers).WithSender("support-lead", "release-manager").
			WithGoal("Announce window and impact", comms.CustomerNotice).WithTemplate("maintenance"),
		comms.NewMessage("packet", comms.Pre, comms.Before(comms.WindowOpens, hours(24))).
			WithChannels(mail("release-approvers")).WithAudiences(comms.Approvers, comms.Stakeholders).
			WithSender("release-manager", "release-deputy").
			WithGoal("Sign explicitly", comms.SignOffRequest, comms.ReleaseNotes).WithAcknowledge(hours(12)),
		comms.NewMessage("support-brief", comms.Pre, comms.Before(comms.WindowOpens, hours(48))).
			WithChannels(mail("support")).WithAudiences(comms.Support).WithSender("support-lead", "release-manager").
			WithGoal("Tell risks and remedies", comms.ReleaseNotes),
		comms.NewMessage("log", comms.During, comms.On(comms.WindowOpens)).WithCadence(comms.Every(minutes(30), comms.WindowCloses)).
			WithChannels(warRoom).WithAudiences(comms.Responders).WithSender("release-manager", "release-deputy").
			WithGoal("Share one log", comms.TimelineEvents, comms.Decisions, comms.Telemetry),
		comms.NewMessage("blocker", comms.During, comms.After(comms.BlockerOpened, minutes(30))).
			WithChannels(pager, mail("steering")).WithAudiences(comms.SteeringCommittee).WithSender("release-manager", "release-deputy").
			WithGoal("Decide on the blocker", comms.Blockers, comms.Mitigations).WithAcknowledge(minutes(15)),
		comms.NewMessage("impact", comms.During, comms.After(comms.Breach, minutes(15))).WithCadence(comms.Every(minutes(30), comms.Recovery)).
			WithChannels(statusPage).WithAudiences(comms.Customers).WithSender("support-lead", "release-manager").
			WithGoal("Tell what is affected", comms.CustomerImpact).WithTemplate("incident"),
		comms.NewMessage("summary", comms.Post, comms.After(comms.WindowCloses, hours(10))).
			WithChannels(mail("stakeholders")).WithAudiences(comms.Stakeholders, comms.Leadership).
			WithSender("release-manager", "release-deputy").
			WithGoal("Tell metrics, incidents, follow-ups", comms.SuccessMetrics, comms.Incidents, comms.FollowUps),
	).WithEscalation(
		comms.Level{After: 0, Audience: comms.Responders, Role: "sre-on-call", Delegate: "sre-lead", Channels: []comms.Channel{warRoom}},
		comms.Level{After: minutes(15), Audience: comms.EngineeringLeadership, Role: "sre-lead", Delegate: "release-deputy", Channels: []comms.Channel{leadershipSlack}},
		comms.Level{After: minutes(30), Audience: comms.SteeringCommittee, Role: "steering", Delegate: "release-deputy",
			Channels: []comms.Channel{pager, mail("steering")}},
	).WithTemplates(
		comms.NewTemplate("maintenance", "Maintenance {start}", "Meridian {version} starts {start}. Impact: {impact}. Next update: {next}.").
			WithPlaceholders(
				comms.Placeholder{Name: "version", Type: comms.TextValue, Value: version},
				comms.Placeholder{Name: "start", Type: comms.TimeValue, Value: window.Start.String()},
				comms.Placeholder{Name: "impact", Type: comms.TextValue},
				comms.Placeholder{Name: "next", Type: comms.TimeValue}),
		comms.NewTemplate("incident", "Incident since {since}", "{symptom} since {since}. Customers affected: {share}. Action: {action}. Next update: {next}.").
			WithPlaceholders(
				comms.Placeholder{Name: "symptom", Type: comms.TextValue}, comms.Placeholder{Name: "since", Type: comms.TimeValue},
				comms.Placeholder{Name: "share", Type: comms.PercentValue}, comms.Placeholder{Name: "action", Type: comms.TextValue},
				comms.Placeholder{Name: "next", Type: comms.TimeValue}),
	)
}
