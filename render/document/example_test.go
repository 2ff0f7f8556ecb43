package document_test

import (
	"fmt"
	"os"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render/document"
)

// atlas is a packet with one gate that nobody has decided.
func atlas(limit float64) packet.Packet {
	latency := fact.NewQuery("datadog", "metric", fact.Number(value.Milliseconds)).With("query", "p95:checkout.latency")
	return packet.New(
		release.NewPlan("Atlas", "2026.12.0"),
		gates.NewCatalog(gates.Exit("staging", gates.AtMost("p95", latency, limit)).WithSignOffs(gates.SignOff{Role: "sre-lead"})),
	)
}

func ExampleNote() {
	p := atlas(450).WithNotes(notes.New(
		notes.NewNote("Orders arrive sooner, see #12.", notes.Change{ID: "REL-7", Text: "Thanks to @octo, receipts are mailed at once."}),
		notes.Note{}, notes.Note{},
	))
	if err := document.Note(os.Stdout, p, notes.Customers); err != nil {
		fmt.Println(err)
	}
	// Output:
	// # Release notes: Atlas 2026.12.0
	//
	// Orders arrive sooner, see `#`12.
	//
	// ## Changes
	//
	// - Thanks to `@`octo, receipts are mailed at once.
}

func ExampleChecklists() {
	if err := document.Checklists(os.Stdout, packet.Packet{}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// # Checklists: not given not given
	//
	// Done: 0 of 0 tasks. As of not given.
	//
	// ## Checklist Suite
	//
	// ### Pre-release readiness
	//
	// Tasks: not given.
	//
	// ### Deployment execution
	//
	// Tasks: not given.
	//
	// ### Post-release monitoring
	//
	// Tasks: not given.
	//
	// ### Rollback and incident response
	//
	// Tasks: not given.
}

func ExampleChat() {
	fmt.Println(document.Chat(atlas(450)))
	// Output:
	// Atlas 2026.12.0 as of not given. Verdict: Hold, not verified. Gates that go: 0 of 1. staging/exit: Hold, the gate is not decided; turned when the gate is decided again; next: not given.
}

func ExampleSignOffRequest() {
	subject, _, err := document.SignOffRequest(atlas(450), "staging/exit")
	fmt.Println(subject, err)
	_, _, err = document.SignOffRequest(atlas(450), "production/entry")
	fmt.Println(err)
	// Output:
	// Sign-off requested: staging/exit of Atlas 2026.12.0, subject a5df70546dae <nil>
	// document: the catalog has no gate "production/entry", or several
}

func ExampleDiff() {
	if err := document.Diff(os.Stdout, atlas(450), atlas(500)); err != nil {
		fmt.Println(err)
	}
	// Output:
	// # Changes: Atlas 2026.12.0
	//
	// Before: 2026.12.0 as of not given, verdict **Hold**. After: 2026.12.0 as of not given, verdict **Hold**. 1 value changed: threshold 1.
	//
	// ## Risk Gate Catalog
	//
	// | What | Kind | Before | After |
	// | --- | --- | --- | --- |
	// | catalog gates staging/exit: criteria p95: at most limit value | threshold | 450 | 500 |
}

func ExampleChanges() {
	r, err := document.Changes(atlas(450), atlas(500))
	if err != nil {
		fmt.Println(err)
	}
	for _, part := range r.Parts {
		for _, c := range part.Changes {
			fmt.Println(part.Title, c.Kind, c.Label, c.Old, c.New)
		}
	}
	// Output:
	// Risk Gate Catalog threshold catalog gates staging/exit: criteria p95: at most limit value 450 500
}
