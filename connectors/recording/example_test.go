package recording_test

import (
	"context"
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest"
	"github.com/tidegate-go/tidegate/connectors/recording"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

var (
	noon   = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	orders = fact.NewQuery("shop", "orders", fact.Number(value.Count))
)

// recorded is what a connector said on one day.
func recorded() (recording.Recording, error) {
	shop := connectortest.NewFake("shop", fact.NewSet(fact.AnswerNumber(orders, noon, 31)))
	fleet, err := connectors.Open(context.Background(), connectors.Config{
		Connectors: []connectors.Launch{{InProcess: shop}},
		Now:        func() time.Time { return noon },
	})
	if err != nil {
		return recording.Recording{}, err
	}
	defer fleet.Close()
	recorder := recording.NewRecorder(fleet, nil)
	recorder.Collect(context.Background(), []fact.Query{orders})
	return recorder.Recording(), nil
}

// A program asks through a recorder as it would ask the fleet, and keeps the file.
func ExampleNewRecorder() {
	r, err := recorded()
	if err != nil {
		fmt.Println(err)
		return
	}
	data, err := r.Encode()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(string(data))
	// Output:
	// {
	//   "format": "tidegate.recording/1",
	//   "exchanges": [
	//     {
	//       "result": {
	//         "query": {
	//           "connector": "shop",
	//           "kind": "orders",
	//           "yields": {
	//             "shape": "number",
	//             "unit": "{count}"
	//           }
	//         },
	//         "complete": true,
	//         "observedAt": "2026-11-24T12:00:00Z",
	//         "collectedAt": "2026-11-24T12:00:00Z",
	//         "value": {
	//           "value": 31,
	//           "unit": "{count}"
	//         },
	//         "program": {
	//           "trust": "own",
	//           "name": "shop",
	//           "version": "0.0.0"
	//         }
	//       }
	//     }
	//   ]
	// }
}

// What was not recorded is a failure and decides nothing.
func ExampleNewReplay() {
	r, err := recorded()
	if err != nil {
		fmt.Println(err)
		return
	}
	replay, err := recording.NewReplay(r)
	if err != nil {
		fmt.Println(err)
		return
	}
	facts := replay.Collect(context.Background(), []fact.Query{orders, orders.With("paid", "true")})
	for _, result := range facts.Results {
		if result.Failed() {
			fmt.Println(result.Query, "failed:", result.Failure.Code)
			continue
		}
		fmt.Println(result.Query, "is", result.Value.Value)
	}
	// Output:
	// shop orders is 31
	// shop orders {"paid":"true"} failed: not-recorded
}

// What would a stricter policy have said on that day?
func ExampleRecording_Facts() {
	r, err := recorded()
	if err != nil {
		fmt.Println(err)
		return
	}
	policy := func(least float64) gates.Catalog {
		return gates.NewCatalog(gates.Exit("staging", gates.AtLeast("orders", orders, least)))
	}
	past := gates.Past{Release: "2026.11.0", Catalog: policy(10), Input: gates.Input{Facts: r.Facts(noon), Now: noon}}
	for _, flip := range gates.Backtest(policy(40), []gates.Past{past}) {
		fmt.Println(flip.Release, flip.Gate, flip.Was, "becomes", flip.Is)
	}
	// Output: 2026.11.0 staging/exit hold becomes no-go
}

// The connectors of a recording run in a fleet, by its clock.
func ExampleReplay_Launches() {
	r, err := recorded()
	if err != nil {
		fmt.Println(err)
		return
	}
	replay, err := recording.NewReplay(r)
	if err != nil {
		fmt.Println(err)
		return
	}
	fleet, err := connectors.Open(context.Background(), connectors.Config{Connectors: replay.Launches(), Now: r.End})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer fleet.Close()
	for _, s := range fleet.Status() {
		fmt.Println(s.Name, s.Version, s.State)
	}
	// Output: shop 0.0.0+recorded ready
}

// A file of another major version is not read.
func ExampleDecode() {
	_, err := recording.Decode([]byte(`{"format": "tidegate.recording/2", "sessions": []}`))
	fmt.Println(err)
	// Output: recording: the format "tidegate.recording/2" is not read here, want "tidegate.recording/1": it was written by another version
}

// A connector of a recording can also be the only one of a program, which then
// says connectors.Serve(replay.Connector("shop")).
func ExampleReplay_Connector() {
	r, err := recorded()
	if err != nil {
		fmt.Println(err)
		return
	}
	replay, err := recording.NewReplay(r)
	if err != nil {
		fmt.Println(err)
		return
	}
	about := replay.Connector("shop").Describe()
	fmt.Println(about.Name, about.Version, about.Kinds[0].Name)
	// Output: shop 0.0.0+recorded orders
}
