package jira_test

import (
	"fmt"

	"github.com/tidegate-go/tidegate/connectors/jira"
)

// No open blockers, out of the issues of the version.
func ExampleCount() {
	scope := `fixVersion = ` + jira.Quote("2026.12.0")
	all := jira.Count(scope)
	blockers := jira.Count(scope + ` AND priority = Blocker AND statusCategory != Done`).OutOf(all)
	fmt.Println(blockers)
	population, ok := blockers.Counted()
	fmt.Println(population == all, ok)
	// Output:
	// jira count {"jql":"fixVersion = \"2026.12.0\" AND priority = Blocker AND statusCategory != Done"}
	// true true
}

// What goes into the release notes.
func ExampleItems() {
	fmt.Println(jira.Items(`fixVersion = "2026.12.0" AND labels = customer-visible`))
	// Output: jira items {"jql":"fixVersion = \"2026.12.0\" AND labels = customer-visible"}
}

// The text for release notes is in a field, and some work stands in Azure Boards too.
func ExampleItemsWith() {
	fmt.Println(jira.ItemsWith(`fixVersion = "2026.12.0"`, jira.Fields{Note: "Release note", Link: "Azure item", Labels: []string{"Severity"}}))
	// Output: jira items {"jql":"fixVersion = \"2026.12.0\"","labels":"Severity","link":"Azure item","note":"Release note"}
}

// An issue that was changed a moment ago is counted as it is now.
func ExampleReconcile() {
	fmt.Println(jira.Reconcile(jira.Count(`fixVersion = "2026.12.0" AND priority = Blocker`), 10411))
	// Output: jira count {"jql":"fixVersion = \"2026.12.0\" AND priority = Blocker","reconcile":"10411"}
}

// The change requests of the release.
func ExampleApprovals() {
	q := jira.Approvals(`issuetype = "[System] Change" AND fixVersion = "2026.12.0"`)
	fmt.Println(q, q.Yields.Shape)
	// Output: jira approvals {"jql":"issuetype = \"[System] Change\" AND fixVersion = \"2026.12.0\""} approvals
}

func ExampleSignOffs() {
	fmt.Println(jira.SignOffs(`project = SIGN`, jira.SignOff{Gate: "Gate", Subject: "Subject digest"}))
	// Output: jira approvals {"gate":"Gate","jql":"project = SIGN","subject":"Subject digest"}
}

// The population comes with it.
func ExampleUnresolved() {
	open := jira.Unresolved("SHOP", "2026.12.0")
	fmt.Println(open)
	fmt.Println(open.Counted())
	// Output:
	// jira version {"count":"unresolved","project":"SHOP","version":"2026.12.0"}
	// jira version {"count":"all","project":"SHOP","version":"2026.12.0"} true
}

func ExampleVersion() {
	v := jira.Version("SHOP", "2026.12.0")
	fmt.Println(v, v.Yields.Shape)
	// Output: jira version {"project":"SHOP","version":"2026.12.0"} work-items
}

func ExampleBurndown() {
	left := jira.Burndown(42)
	fmt.Println(left)
	fmt.Println(left.Counted())
	// Output:
	// jira burndown {"board":"42","count":"unfinished"}
	// jira burndown {"board":"42","count":"all"} true
}

func ExampleQuote() {
	fmt.Println(`fixVersion = ` + jira.Quote(`Q4 "big" release`))
	// Output: fixVersion = "Q4 \"big\" release"
}
