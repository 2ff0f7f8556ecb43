package gatestest_test

import (
	"fmt"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/gatestest"
)

// Decide shows what [gatestest.Run] compares.
func ExampleDecide() {
	d, err := gatestest.Decide(stagingExit(), gatestest.Case{
		Facts:     gatestest.Facts(gatestest.Value("p95", 470), gatestest.CountOf("blockers", 0, 31)),
		SignedOff: gatestest.Everyone,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(d.Verdict)
	for _, because := range d.Because() {
		fmt.Println(because)
	}
	// Output:
	// no-go
	// p95: 470 ms against 450 ms, not met
	// settled: 0 of 2 pass, 1 needed, there is no result (scope)
}

// The table says what a limit means, so that somebody can read it.
func ExampleBoundaryTable() {
	text, err := gatestest.BoundaryTable{}.Text(gates.Exit("staging", gates.None("blockers", blockers)).WithoutSignOffs("an example"))
	fmt.Println(text, err)
	// Output:
	// staging/exit blockers: = 0
	//   at                0                     pass     met               go
	//   outside           1                     fail     not-met           no-go
	//   stale             PT15M1S old           unknown  stale             hold
	//   missing           -                     unknown  missing           hold
	//   failed            -                     unknown  query-failed      hold
	//   incomplete        0                     unknown  incomplete        hold
	//   not a number      NaN                   unknown  not-a-number      hold
	//   wrong unit        0                     unknown  unit              hold
	//   vacuous           0 of 0                unknown  vacuous           hold
	//  <nil>
}
