package document_test

import (
	"fmt"
	"os"
	"time"

	"github.com/tidegate-go/tidegate/comms"
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

// A release that was rolled back owes what the plan commits to.
func ExampleSummary() {
	at := func(hour, minute int) value.When {
		return value.At(time.Date(2026, 12, 9, hour, minute, 0, 0, time.UTC))
	}
	plan := release.NewPlan("Holiday checkout", "2026.12.0").
		WithOverview(release.Overview{Name: "Holiday checkout", Version: "2026.12.0", Zone: "UTC", Window: release.Window{Start: at(3, 0), End: at(7, 0)}})
	r := document.Running{Packet: packet.New(plan, gates.NewCatalog()), Now: time.Date(2026, 12, 9, 17, 0, 0, 0, time.UTC), Events: []release.Event{
		{ID: "E1", Kind: release.RollbackDecision, At: at(4, 36), Text: "Turn the flag off"},
		{ID: "E2", Kind: release.RollbackDone, At: at(4, 44), Text: "The flag is off"},
	}}
	if err := document.Summary(os.Stdout, r); err != nil {
		fmt.Println(err)
	}
	// Output:
	// # Summary: Holiday checkout 2026.12.0
	//
	// As of 2026-12-09T17:00:00Z.
	//
	// ## Outcome
	//
	// - Deployment window: 2026-12-09T03:00:00Z/2026-12-09T07:00:00Z
	// - 2026-12-09T04:36:00Z rollback-decision: Turn the flag off
	// - 2026-12-09T04:44:00Z rollback-done: The flag is off
	//
	// ## Success metrics
	//
	// - None: the plan has no success metric.
	//
	// ## Incidents
	//
	// | ID | What | From | Until | Lasted |
	// | --- | --- | --- | --- | --- |
	// | the release | rollback-decision: Turn the flag off | 2026-12-09T04:36:00Z | 2026-12-09T04:44:00Z | 8 minutes |
	//
	// ## Follow-ups
	//
	// - None: nothing is owed.
}

// A page is written by itself when a blocker is not acknowledged.
func ExampleCompose() {
	opened := time.Date(2026, 12, 9, 4, 2, 0, 0, time.UTC)
	page := comms.Channel{Kind: comms.PagerDuty, Address: "shop-checkout"}
	p := packet.New(release.NewPlan("Holiday checkout", "2026.12.0"), gates.NewCatalog()).
		WithComms(comms.NewPlan().WithEscalation(comms.Level{Role: "sre-on-call", Channels: []comms.Channel{page}}))
	events := []release.Event{{ID: "E1", Kind: release.BlockerOpened, At: value.At(opened), About: "BL-1", Text: "Checkout errors 1.8%", Critical: true}}
	schedule, err := comms.Expand(p.Comms, p.Plan, events, opened, opened.Add(time.Hour))
	if err != nil {
		fmt.Println(err)
	}
	l, err := document.Compose(document.Running{Packet: p, Events: events, Now: opened}, schedule.Instants[0])
	fmt.Println(l.Key, l.Urgent, err)
	fmt.Println(l.Subject)
	// Output:
	// escalation/E1/PT0S/pagerduty true <nil>
	// Blocker BL-1 of Holiday checkout 2026.12.0: Checkout errors 1.8%
}

// A template that nobody could fill is found before anything is owed.
func ExampleCheckTemplates() {
	plan := comms.NewPlan().WithTemplates(comms.NewTemplate("incident", "", "{symptom} since {since}. Mood: {mood}.").WithPlaceholders(
		comms.Placeholder{Name: "symptom", Type: comms.TextValue}, comms.Placeholder{Name: "since", Type: comms.TimeValue},
		comms.Placeholder{Name: "mood", Type: comms.TextValue}))
	for _, f := range document.CheckTemplates(plan) {
		fmt.Println(f.Path, f.Message)
	}
	// Output: comms.templates[0].placeholders[2].name "mood" is not a word of a running release, nor one of the host's own
}

func ExamplePlain() {
	fmt.Print(document.Plain([]byte("# Status\n\n- **Go** of [2026.12.0](https://wiki.example.com/2026.12.0)\n")))
	// Output:
	// Status
	// - Go of 2026.12.0 (https://wiki.example.com/2026.12.0)
}
