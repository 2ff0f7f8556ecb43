package connectortest_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

func ExampleNewFake() {
	blockers := fact.NewQuery("tracker", "count", fact.Number(value.Count))
	tracker := connectortest.NewFake("tracker", fact.NewSet(fact.AnswerNumber(blockers, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), 2)))

	instance, err := tracker.Open(context.Background(), connectors.Settings{})
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := instance.Measure(context.Background(), blockers)
	fmt.Println(result.Value, err)

	tracker.Ask = func(context.Context, string, fact.Query) error { return errors.New("the tracker is down") }
	_, err = instance.Measure(context.Background(), blockers)
	fmt.Println(err, tracker.Measured.Load())
	// Output:
	// 2 <nil>
	// the tracker is down 2
}

// The test of a connector is one call.
func ExampleRun() {
	_ = func(t *testing.T) {
		connectortest.Run(t, func(t *testing.T) connectortest.Harness {
			count := fact.NewQuery("tracker", "count", fact.Number(value.Count))
			return connectortest.Harness{
				Connector: connectortest.NewFake("tracker", fact.NewSet(fact.AnswerNumber(count, time.Now().UTC(), 2))),
				Measured:  []fact.Query{count},
			}
		}, &connectortest.Options{Skip: map[string]string{"cancel": "the tracker is a file"}})
	}
}
