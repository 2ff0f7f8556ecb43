package sample

import (
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
)

// Notes are the release notes of [Plan]: its two must-ship items, both risks,
// one known issue with a remedy and one that nothing helps against.
func Notes() notes.Packet {
	return notes.New(customersNote(), supportNote(), leadershipNote())
}

func customersNote() notes.Note {
	return notes.NewNote("Gift cards pay for orders at the checkout. Orders are confirmed within 2 seconds.",
		notes.Change{ID: "REL-101", Text: "Pay for an order with 1 gift card at the checkout.", Items: []string{"REL-101"},
			ActionRequired: "Update the shop app to version 12.4.0.", Link: "https://help.example.com/gift-cards"},
		notes.Change{ID: "REL-102", Text: "The confirmation arrives within 2 seconds of the order.", Items: []string{"REL-102"}}).
		WithBenefits("An order paid with a gift card needs no second payment.").
		WithKnownIssues(notes.KnownIssue{ID: "K1", Text: "Refunds go to the bank account, not to the gift card.",
			Remedy: "Ask support for a new gift card."}).
		WithLinks(notes.Link{Kind: notes.KnowledgeBase, Name: "Paying with gift cards", URL: "https://help.example.com/gift-cards"})
}

func supportNote() notes.Note {
	return notes.NewNote("Gift cards and faster confirmations go live on 2026-12-08; the apps need version 12.4.0.",
		notes.Change{ID: "REL-101", Text: "Customers pay with 1 gift card per order.", Items: []string{"REL-101"}},
		notes.Change{ID: "REL-102", Text: "Orders are confirmed within 2 seconds instead of 6.", Items: []string{"REL-102"}}).
		WithRisks(notes.Callout{Risk: "R1", Text: "The apps lack gift cards until the store has reviewed version 12.4.0."},
			notes.Callout{Risk: "R2", Text: "Gift card balances are read-only while the backfill runs."}).
		WithKnownIssues(
			notes.KnownIssue{ID: "K1", Text: "Refunds go to the bank account, not to the gift card.", Remedy: "Issue a new gift card by runbook RB-88."},
			notes.KnownIssue{ID: "K2", Text: "Gift cards of 2025 show no purchase date.",
				NoRemedy: release.Negative{By: "support-lead", Reason: "the date was not recorded before 2026"}}).
		WithRemediation("Above 1% checkout errors, page the SRE on call, who turns checkout.gift_cards off.").
		WithLinks(
			notes.Link{Kind: notes.Runbook, Name: "RB-88", URL: "https://wiki.example.com/runbooks/RB-88"},
			notes.Link{Kind: notes.Dashboard, Name: "Checkout", URL: "https://datadog.example.com/dashboard/checkout"})
}

func leadershipNote() notes.Note {
	return notes.NewNote("Gift cards open on 2026-12-08; 7 components change and a rollback takes 15 minutes.",
		notes.Change{ID: "REL-101", Text: "Gift cards pay for orders.", Items: []string{"REL-101"}},
		notes.Change{ID: "REL-102", Text: "Orders are confirmed within 2 seconds.", Items: []string{"REL-102"}}).
		WithBenefits("More than 2% of orders are paid with a gift card.").
		WithRisks(notes.Callout{Risk: "R1", Text: "The apps launch after the web if the store reviews late."},
			notes.Callout{Risk: "R2", Text: "A backfill beyond 20 minutes ends in the restore of snapshot S-1207."}).
		WithLinks(notes.Link{Kind: notes.OtherLink, Name: "Release packet", URL: "https://wiki.example.com/releases/2026.12/packet"}).
		WithCompliance("SOC 2 CC8.1: every change has a reviewed work item, and the change advisory board decides on CHG-4471 before the window.")
}
