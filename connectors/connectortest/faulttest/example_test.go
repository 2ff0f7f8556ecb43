package faulttest_test

import (
	"context"
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/connectors/connectortest/faulttest"
)

// A client with this clock does not wait: to sleep moves the clock on.
func ExampleClock() {
	var clock faulttest.Clock
	before := clock.Now()
	err := clock.Sleep(context.Background(), time.Hour)
	fmt.Println(err, clock.Waited(), clock.Now().Sub(before) >= time.Hour)
	// Output: <nil> 1h0m0s true
}
