package notes_test

import (
	"fmt"

	"github.com/tidegate-go/tidegate/notes"
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
