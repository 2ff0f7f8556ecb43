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
	for _, r := range d.Reasons {
		fmt.Println(r.Sentence())
	}
	// Output:
	// no-go
	// p95: the criterion fails, not met
	// settled: the criterion is unknown, there is no result
}
