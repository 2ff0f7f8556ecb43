package main

import (
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
)

func people() []release.Person {
	person := func(id, name string) release.Person {
		return release.Person{ID: id, Name: name, Accounts: []fact.Account{{System: "jira", ID: id + "@example.com"}, {System: "github", ID: id}, {System: "pagerduty", ID: "P-" + id}, {System: "slack", ID: "U-" + id}}}
	}
	return []release.Person{
		person("anja", "Anja Vogel"), person("bilal", "Bilal Haddad"), person("chidi", "Chidi Eze"), person("dora", "Dora Lind"),
		person("emil", "Emil Kral"), person("fatou", "Fatou Diop"), person("goran", "Goran Ilic"), person("hana", "Hana Sato"),
		person("iris", "Iris Novak"), person("jonas", "Jonas Berg"), person("katya", "Katya Orlova"), person("lars", "Lars Holm"),
		person("mei", "Mei Tan"), person("noor", "Noor Aziz"), person("piotr", "Piotr Zima"), person("sana", "Sana Malik"),
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
		{ID: "sre-on-call", Title: "SRE on call", OnCall: release.OnCall{Policy: "Booking", Level: 1}},
		{ID: "booking-lead", Title: "Booking lead", Holders: []string{"goran"}},
		{ID: "payments-lead", Title: "Payments lead", Holders: []string{"hana"}},
		{ID: "mobile-lead", Title: "Mobile lead", Holders: []string{"sana"}},
		{ID: "data-lead", Title: "Data lead", Holders: []string{"piotr"}},
		{ID: "security-lead", Title: "Security lead", Holders: []string{"iris"}},
		{ID: "support-lead", Title: "Support lead", Holders: []string{"jonas"}},
		{ID: "privacy-officer", Title: "Privacy officer", Holders: []string{"katya"}},
		{ID: "legal-counsel", Title: "Legal counsel", Holders: []string{"lars"}},
		{ID: "cab-chair", Title: "CAB chair", Holders: []string{"mei"}},
		{ID: "steering", Title: "Release steering committee", Holders: []string{"anja", "mei"}},
	}
}
