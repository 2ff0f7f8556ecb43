package packet_test

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

var exampleNow = time.Date(2026, 12, 9, 3, 30, 0, 0, time.UTC)

// example is a release with one gate, which nobody has to sign.
func example() packet.Packet {
	plan := release.NewPlan("Holiday checkout", "2026.12.0")
	errors := fact.NewQuery("datadog", "metric", fact.Number(value.Percent)).With("query", "errors")
	catalog := gates.NewCatalog(gates.Exit("staging", gates.AtMost("errors", errors, 1)).WithoutSignOffs("it is a rehearsal"))
	p := packet.New(plan, catalog)
	return p.WithDecisions(gates.Evaluate(p.Catalog, gates.Input{Plan: p.Plan, Now: exampleNow, Subjects: packet.Subjects(p),
		Facts: fact.NewSet(fact.AnswerNumber(errors, exampleNow, 0.2))}))
}

func ExampleNew() {
	p := packet.New(release.NewPlan("Holiday checkout", "2026.12.0"), gates.NewCatalog())
	fmt.Println(p.Schema, p.Plan.Overview.Version, packet.Verdict(p, check.Report{}))
	// Output: tidegate.packet/1 2026.12.0 hold
}

func ExamplePacket_WithDecisions() {
	p := example()
	fmt.Println(p.AsOf.Equal(exampleNow), p.Decisions.Verdict())
	// Output: true go
}

// Every decision to go is worth nothing while a finding is an error.
func ExampleVerdict() {
	p := example()
	report := packet.Verify(p, &packet.VerifyOptions{Now: exampleNow})
	fmt.Println(p.Decisions.Verdict(), packet.Verdict(p, report), len(report.Findings) > 0)
	// Output: go hold true
}

// Verify runs every rule; what a rule needs and is not given is not evaluated.
func ExampleVerify() {
	report := packet.Verify(example(), nil)
	fmt.Println(report.Findings[0])
	for _, r := range report.Rules {
		if r.Rule == "GATE-027" {
			fmt.Println(r.Rule, r.State, r.Reason)
		}
	}
	// Output:
	// error OVR-002 plan.overview.window.start: the start of the deployment window is missing
	// GATE-027 not-evaluated the clock is not given
}

func ExampleEncode() {
	text, err := packet.Encode(example())
	if err != nil {
		fmt.Println(err)
		return
	}
	p, err := packet.Decode(text)
	fmt.Println(p.Plan.Overview.Name, p.Decisions.Verdict(), err)
	// Output: Holiday checkout go <nil>
}

// Decode lists every fault, with its line, column and path.
func ExampleDecode() {
	_, err := packet.Decode([]byte(`{
  "schema": "tidegate.packet/1",
  "plan": {"overview": {"name": "Holiday checkout", "version": 1}},
  "catalog": {"gates": [{"environment": "staging", "kind": "exit", "criterion": []}]}
}`))
	fmt.Println(err)
	// Output:
	// 3:64: plan.overview.version: want string, got number
	// 4:68: catalog.gates[0].criterion: unknown field "criterion", did you mean "criteria"?
}

// The parts of a packet are stored in the same form.
func ExampleMarshal() {
	text, err := packet.Marshal(release.NewPlan("Holiday checkout", "2026.12.0"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(string(text))
	// Output:
	// {
	//   "overview": {
	//     "name": "Holiday checkout",
	//     "version": "2026.12.0"
	//   }
	// }
}

func ExampleUnmarshal() {
	var plan release.Plan
	err := packet.Unmarshal([]byte(`{"overview": {"name": "Holiday checkout", "version": "2026.12.0", "version": "2026.12.1"}}`), &plan)
	fmt.Println(err)
	// Output: 1:67: overview.version: duplicate key "version"
}

// Subjects are what sign-offs approve: they change with what is released.
func ExampleSubjects() {
	p := example()
	before := packet.Subjects(p)[0]
	p.Plan.Overview.Version = "2026.12.1"
	fmt.Println(before.Gate, before.Digest == packet.Subjects(p)[0].Digest)
	// Output: staging/exit false
}

func ExampleRules() {
	for _, r := range packet.Rules()[:2] {
		fmt.Println(r.ID, r.Severity, r.Doc)
	}
	// Output:
	// OVR-001 error The release has a version, in the form that the policy demands.
	// OVR-002 error The deployment window begins and ends at moments with an offset.
}

// By default every rule weighs what the catalogue says.
func ExampleDefault() {
	p := packet.Default()
	fmt.Println(p.Name, len(p.Changes))
	// Output: default 0
}

// Strict makes warnings block, each for a reason.
func ExampleStrict() {
	p := packet.Strict()
	fmt.Println(p.Changes[0].Rule, p.Changes[0].Severity, p.Changes[0].Reason)
	// Output: CHK-004 error who reads a checklist at night acts on its verbs
}

// A hotfix is judged as one; a host changes what it sees otherwise.
func ExampleHotfix() {
	p := release.NewPlan("Holiday checkout", "2026.12.1").WithOverview(release.Overview{Urgency: release.Hotfix})
	profile := packet.ProfileOf(packet.New(p, gates.Catalog{})).
		With("shop", check.Adjustment{Rule: "COM-013", Off: true, Reason: "customers read the status page"})
	fmt.Println(packet.Hotfix().Name, profile.Name)
	// Output: hotfix shop
}

// What NOTE-004 looks for in the note to customers is found in any other text too.
func ExampleGuard() {
	p := example()
	p.Plan.Policy.LinkHosts = []string{"example.com"}
	p.Plan.Policy.Confidential.Systems = []string{"pay-gw"}
	for _, l := range packet.Guard(p, nil).LeaksIn("Orders wait for pay-gw (INC-20931), see https://status.example.com.") {
		fmt.Println(l.Kind, l.Start, l.End, l.Why)
	}
	// Output:
	// system 16 22 is an internal system
	// ticket 24 33 is an id of a tracker
}
