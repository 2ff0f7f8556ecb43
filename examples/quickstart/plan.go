package main

import (
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

const version = "2026.12.0"

// plan is release 2026.12.0 of Meridian, an invented booking platform.
func plan() release.Plan {
	return release.NewPlan("Meridian", version).
		WithOverview(overview()).
		WithScope(scope()...).
		WithFreezes(release.Freeze{
			ID: "winter-blackout", Reason: "holiday traffic", Environments: []string{"production"},
			Window: release.Window{Start: at("2026-12-18T00:00:00+01:00[Europe/Berlin]"), End: at("2027-01-04T08:00:00+01:00[Europe/Berlin]")},
		}).
		WithPeople(people()...).
		WithRoles(roles()...).
		WithPolicy(release.Policy{
			Name: "Change policy 7", Link: "https://wiki.example.com/change-policy",
			VersionPattern: `\d{4}\.\d{2}\.\d+`, MaxRollback: value.Duration(20 * time.Minute),
		})
}

func overview() release.Overview {
	return release.Overview{
		Name: "Meridian", Version: version, Zone: "Europe/Berlin",
		Objectives: []string{"Sell seat reservations in the booking flow", "Retire the batch price importer"},
		OutOfScope: []string{"Group bookings", "Partner price feeds"},
		CodeFreeze: at("2026-12-02T18:00:00+01:00[Europe/Berlin]"),
		Window:     release.Window{Start: at("2026-12-09T06:00:00+01:00[Europe/Berlin]"), End: at("2026-12-09T10:00:00+01:00[Europe/Berlin]")},
		Manager:    "release-manager", Deputy: "release-deputy",
		RollbackSLA: value.Duration(15 * time.Minute),
		Links:       []value.Link{"https://wiki.example.com/meridian/2026.12.0"},
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

func people() []release.Person {
	person := func(id, name string) release.Person {
		return release.Person{ID: id, Name: name, Accounts: []fact.Account{{System: "jira", ID: id + "@example.com"}, {System: "github", ID: id}}}
	}
	return []release.Person{
		person("anja", "Anja Vogel"), person("bilal", "Bilal Haddad"), person("chidi", "Chidi Eze"), person("dora", "Dora Lind"),
		person("emil", "Emil Kral"), person("fatou", "Fatou Diop"), person("goran", "Goran Ilic"), person("hana", "Hana Sato"),
		person("noor", "Noor Aziz"), person("piotr", "Piotr Zima"), person("sana", "Sana Malik"),
	}
}

func roles() []release.Role {
	return []release.Role{
		{ID: "release-manager", Title: "Release manager", Holders: []string{"anja"}},
		{ID: "release-deputy", Title: "Deputy release manager", Holders: []string{"bilal"}},
		{ID: "qa-director", Title: "QA director", Holders: []string{"chidi"}, Delegations: []release.Delegation{{
			To: "dora", From: at("2026-12-07[Europe/Berlin]"), Until: at("2026-12-11[Europe/Berlin]"), Reason: "Chidi Eze is on leave",
		}}},
		{ID: "qa-manager", Title: "QA manager", Holders: []string{"dora"}},
		{ID: "sre-lead", Title: "SRE lead", Holders: []string{"emil"}},
		{ID: "sre-on-call", Title: "SRE on call", Holders: []string{"fatou"}},
		{ID: "booking-lead", Title: "Booking lead", Holders: []string{"goran"}},
		{ID: "payments-lead", Title: "Payments lead", Holders: []string{"hana"}},
		{ID: "mobile-lead", Title: "Mobile lead", Holders: []string{"sana"}},
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
