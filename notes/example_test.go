package notes_test

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
)

// A change tells of items of the scope, each audience in its own words.
func ExampleNewNote() {
	note := notes.NewNote("Gift cards pay for orders.",
		notes.Change{ID: "gift-cards", Text: "Pay with a gift card at the checkout.", Items: []string{"REL-101"}}).
		WithBenefits("One gift card pays for two orders.").
		WithKnownIssues(notes.KnownIssue{ID: "ios", Text: "The iOS app follows 48 hours later.", Remedy: "Pay on the web."}).
		WithLinks(notes.Link{Kind: notes.KnowledgeBase, Name: "Gift cards", URL: "https://help.example.com/501"})
	fmt.Println(note.Summary, note.Items(), note.Links[0].Kind)
	// Output: Gift cards pay for orders. [REL-101] knowledge-base
}

// A packet has a note for each audience; what no note tells is announced to nobody.
func ExampleNew() {
	card := notes.Change{ID: "gift-cards", Text: "Pay with a gift card.", Items: []string{"REL-101"}}
	speed := notes.Change{ID: "speed", Text: "Orders are confirmed within 2 seconds.", Items: []string{"REL-102"}}
	packet := notes.New(
		notes.NewNote("Gift cards pay for orders.", card),
		notes.NewNote("Gift cards and faster orders.", card, speed),
		notes.NewNote("Checkout sells gift cards.", card),
	)
	fmt.Println(packet.Announced(notes.Customers), packet.Announced())
	// Output: [REL-101] [REL-101 REL-102]
}

// A mapping without routes of its own goes by the defaults.
func ExampleNewMapping() {
	shipped := fact.NewQuery("jira", "items", fact.WorkItems()).With("jql", "fixVersion = 2026.12.0")
	mapping := notes.NewMapping(shipped).
		WithRoutes(notes.DefaultRoutes()...).
		WithRoutes(notes.Route{Match: notes.Match{Components: []string{"billing"}},
			To: []notes.Place{{Audience: notes.Leadership, Section: notes.BenefitsSection}}})
	fmt.Println(len(mapping.Queries()), len(mapping.Routes), mapping.Validate())
	// Output: 1 4 []
}

// What must ship is told, what may be deferred only when done, and what could
// not be found out is a gap.
func ExampleDraft() {
	plan := release.NewPlan("Holiday checkout", "2026.12.0").WithScope(
		release.ScopeItem{ID: "REL-101", Title: "Pay with a gift card", Class: release.MustShip},
		release.ScopeItem{ID: "REL-103", Title: "Balance in the apps", Class: release.Deferrable})
	shipped := fact.NewQuery("jira", "items", fact.WorkItems()).With("jql", "fixVersion = 2026.12.0")
	answer := fact.Answer(shipped, time.Date(2026, 12, 7, 12, 0, 0, 0, time.UTC))
	answer.WorkItems = []fact.WorkItem{{ID: "REL-101", Title: "Gift cards", Category: fact.Done,
		Note: "Gift cards pay for orders. Action required: update the app to 12.4.0."}}

	packet := notes.Draft(plan, fact.NewSet(answer), notes.NewMapping(shipped))
	fmt.Println(packet.Customers.Summary)
	for _, c := range packet.Customers.Changes {
		fmt.Printf("%s: %s (%s)\n", c.ID, c.Text, c.ActionRequired)
	}
	for _, g := range packet.Gaps {
		fmt.Printf("%s: %s\n", g.About, g.Reason)
	}
	// Output:
	// Holiday checkout 2026.12.0 brings 1 change, which requires action.
	// REL-101: Gift cards pay for orders. (update the app to 12.4.0.)
	// REL-103: no source has it
}

// The guard says which bytes of which text give something away.
func ExampleGuard() {
	guard := notes.Guard{Hosts: []string{"example.com"}, Systems: []string{"pay-gw"}}
	note := notes.NewNote("Gift cards pay for orders (REL-101).",
		notes.Change{ID: "speed", Text: "Orders no longer wait for pay-gw, see https://wiki.corp/speed."})
	for _, l := range guard.Leaks(note) {
		fmt.Println(l.Finding())
	}
	// Output:
	// error  summary: "REL-101": is an id of a tracker, bytes 27 to 34
	// error  changes[0].text: "pay-gw": is an internal system, bytes 26 to 32
	// error  changes[0].text: the link leads to a host inside of the house, bytes 38 to 61
}

// What the plan, the facts and the mapping give is what the guard knows.
func ExampleNewGuard() {
	plan := release.NewPlan("Holiday checkout", "2026.12.0").WithScope(
		release.ScopeItem{ID: "REL-103", Title: "See the balance in the apps", Class: release.Deferrable})
	plan.Policy.Confidential.Embargoed = []string{"CVE-2026-10011"}
	guard := notes.NewGuard(&plan, nil, notes.Mapping{})
	for _, l := range guard.Leaks(notes.NewNote("See the balance in the apps, and be safe from CVE-2026-10011.")) {
		fmt.Println(l.Kind, l.Start, l.End, l.Why)
	}
	// Output:
	// item 0 27 is of work that may be deferred and of which nobody says that it is done
	// vulnerability 46 60 is a vulnerability under embargo
}

// What somebody wrote stands, and what changed below it is a finding.
func ExampleRedraft() {
	said := func(text string) notes.Packet {
		return notes.New(notes.NewNote("Holiday checkout.", notes.Change{ID: "REL-101", Text: text}), notes.Note{}, notes.Note{})
	}
	packet := notes.Redraft(notes.Packet{}, said("Gift cards."))
	packet.Customers.Changes[0].Text = "Pay with a gift card."
	packet = notes.Redraft(packet, said("Gift cards up to 500 EUR."))
	fmt.Println(packet.Customers.Changes[0].Text)
	for _, c := range packet.Conflicts {
		fmt.Printf("%s %s: %q, now %q\n", c.ID, c.Field, c.Was, c.Now)
	}
	packet = packet.Settle(packet.Conflicts...)
	fmt.Println(packet.Customers.Changes[0].Text, len(packet.Conflicts))
	// Output:
	// Pay with a gift card.
	// REL-101 text: "Gift cards.", now "Gift cards up to 500 EUR."
	// Pay with a gift card. 0
}
