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

// Outside of a test, and with a look at what was not tried.
func ExampleExamine() {
	count := fact.NewQuery("tracker", "count", fact.Number(value.Count))
	tracker := connectortest.NewFake("tracker", fact.NewSet(fact.AnswerNumber(count, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), 2)))
	report, err := connectortest.Examine(context.Background(), connectortest.Harness{Connector: tracker, Measured: []fact.Query{count}},
		&connectortest.Options{Skip: map[string]string{"bad-settings": "the tracker has no settings"}})
	fmt.Println(err, report.Err())
	for _, r := range report.Results {
		if r.Way == "direct" && r.Skipped != "" {
			fmt.Println(r.Case+":", r.Skipped)
		}
	}
	// Output:
	// <nil> <nil>
	// bad-settings: the tracker has no settings
	// list-complete: the harness has no query that is listed
	// resume: the harness has no query that is listed
	// yield-error: the harness has no query that is listed
	// cancel: the harness can neither stall the outside system nor stand in front of it
	// deadline: the harness can neither stall the outside system nor stand in front of it
	// rate-limited: the harness does not say which setting has the URL of the outside system
	// garbage: the harness does not say which setting has the URL of the outside system
}

func ExampleCheck() {
	err := connectortest.Check(context.Background(), connectortest.Harness{})
	fmt.Println(err)
	// Output: exam: the harness has neither a connector nor a program
}

// The program is tried, too.
func ExampleBuild() {
	_ = func(t *testing.T) {
		program := connectortest.Build(t, "./cmd/tidegate-connector-tracker")
		connectortest.Run(t, func(*testing.T) connectortest.Harness {
			return connectortest.Harness{Program: []string{program}}
		}, nil)
	}
}

// Faults that a sound connector cannot be made to have.
func ExampleBroken() {
	c := connectortest.Broken(connectortest.NewFake("tracker", fact.Set{}))
	for _, k := range c.Describe().Kinds {
		fmt.Println(k.Name)
	}
	fmt.Println(connectortest.PanicQuery("tracker"))
	fmt.Println(connectortest.LoopQuery("tracker"))
	// Output:
	// exam-panic
	// exam-loop
	// tracker exam-panic
	// tracker exam-loop
}
