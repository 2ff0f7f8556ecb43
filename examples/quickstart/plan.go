package main

import (
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

const version = "2026.12.0"

// window is the deployment window of production.
var window = release.Window{Start: at("2026-12-09T06:00:00+01:00[Europe/Berlin]"), End: at("2026-12-09T10:00:00+01:00[Europe/Berlin]")}

// plan is release 2026.12.0 of Meridian, an invented booking platform.
func plan() release.Plan {
	return release.NewPlan("Meridian", version).
		WithOverview(overview()).
		WithScope(scope()...).
		WithDependencies(dependencies()...).
		WithTimeline(timeline()).
		WithRisks(risks()...).
		WithChecklists(checklists()).
		WithRollback(rollback()).
		WithQuestions(questions()...).
		WithTooling(tooling()).
		WithTerms(
			release.Term{Term: "CAB", Meaning: "change advisory board"},
			release.Term{Term: "PIA", Meaning: "privacy impact assessment"},
		).
		WithPeople(people()...).
		WithRoles(roles()...).
		WithPolicy(policy()).
		WithTracking(release.Tracking{Scope: []fact.Query{stories, mobileItems}, Dependencies: []fact.Query{trackers},
			OnCall: []fact.Query{onCall, onDuty}, Questions: []fact.Query{discussed}})
}

// policy is what the organisation demands of every release.
func policy() release.Policy {
	return release.Policy{
		Name: "Change policy 7", Link: "https://wiki.example.com/change-policy",
		VersionPattern: `\d{4}\.\d{2}\.\d+`, MaxRollback: value.Duration(20 * time.Minute),
		CustomerNotice: value.Duration(72 * time.Hour), CABLeadDays: 3,
		MinRetention: value.Period{Years: 3}, ReviewWithin: value.Duration(48 * time.Hour),
		LinkHosts: []string{"example.com"},
		Calendar:  value.Calendar{Holidays: []value.When{value.Date(2026, time.December, 25), value.Date(2027, time.January, 1)}},
		WorkFrom:  "09:00", WorkUntil: "18:00",
	}
}

func overview() release.Overview {
	return release.Overview{
		Name: "Meridian", Version: version, Zone: "Europe/Berlin",
		Objectives: []string{"Sell seat reservations in the booking flow", "Retire the batch price importer"},
		OutOfScope: []string{"Group bookings", "Partner price feeds"},

		FeatureFreeze: at("2026-11-25T18:00:00+01:00[Europe/Berlin]"),
		CodeFreeze:    at("2026-12-02T18:00:00+01:00[Europe/Berlin]"),
		Window:        window,
		Manager:       "release-manager", Deputy: "release-deputy",
		RollbackSLA: value.Duration(15 * time.Minute),
		Flags:       flags(), Impact: impact(), Success: success(),
		Links: []value.Link{"https://wiki.example.com/meridian/2026.12.0"},
	}.WithComponents(
		component("booking-api", release.Service, "8.1.0", "booking-lead"),
		component("search-api", release.Service, "5.4.0", "booking-lead"),
		component("payments-api", release.Service, "3.9.0", "payments-lead"),
		component("notify-worker", release.Service, "2.2.0", "booking-lead"),
		component("edge-gateway", release.Service, "6.0.1", "sre-lead"),
		component("ios-app", release.Mobile, "14.2.0", "mobile-lead"),
		component("android-app", release.Mobile, "14.2.0", "mobile-lead"),
	)
}

// component invents an artifact: the digest of its name and version.
func component(name string, kind release.ComponentKind, v, owner string) release.Component {
	return release.Component{
		Name: name, Kind: kind, Version: v, Owner: owner,
		Artifact:   value.Sum([]byte(name + "@" + v)),
		Repository: value.Link("https://git.example.com/meridian/" + name),
	}
}

func scope() []release.ScopeItem {
	item := func(id, title string, class release.Class, author string, components ...string) release.ScopeItem {
		return release.ScopeItem{ID: id, Title: title, Class: class, Authors: []string{author}, Components: components,
			Link: value.Link("https://jira.example.com/browse/" + id)}
	}
	return []release.ScopeItem{
		item("MER-411", "Reserve a seat while booking", release.MustShip, "noor", "booking-api", "ios-app", "android-app"),
		item("MER-418", "Charge for the seat in the same payment", release.MustShip, "noor", "payments-api"),
		item("MER-425", "Prices from the event stream", release.MustShip, "piotr", "search-api"),
		item("MER-430", "Seat map on small screens", release.Deferrable, "sana", "ios-app", "android-app"),
		item("MER-433", "Rate limits in response headers", release.Deferrable, "piotr", "edge-gateway"),
	}
}

// at reads a moment that is written in this file; a slip of the pen is a bug.
func at(text string) value.When {
	w, err := value.ParseWhen(text)
	if err != nil {
		panic(err)
	}
	return w
}
