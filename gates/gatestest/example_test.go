package gatestest_test

import (
	"fmt"

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
