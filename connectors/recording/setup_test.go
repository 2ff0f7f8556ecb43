package recording_test

import (
	"context"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest"
	"github.com/tidegate-go/tidegate/connectors/recording"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

var (
	now = time.Date(2026, 11, 24, 12, 0, 0, 0, time.FixedZone("", 3600))

	count    = fact.NewQuery("shop", "count", fact.Number(value.Count)).With("of", "orders")
	latency  = fact.NewQuery("shop", "latency", fact.Series(value.Milliseconds)).Over(time.Hour)
	works    = fact.NewQuery("shop", "works", fact.WorkItems())
	refused  = fact.NewQuery("shop", "refused", fact.Number(value.Count))
	denied   = fact.NewQuery("shop", "refused", fact.WorkItems())
	unasked  = fact.NewQuery("shop", "works", fact.WorkItems()).With("of", "nobody")
	stranger = fact.NewQuery("billing", "count", fact.Number(value.Count))
)

const secret = "hunter2-hunter2"

// shop answers everything of the queries above but for what is refused.
func shop() *connectortest.Fake {
	series := fact.Answer(latency, now)
	series.Unit = value.Milliseconds
	for i, n := range []value.Number{410, 420, value.Number(nan())} {
		series.Samples = append(series.Samples, fact.Sample{At: now.Add(time.Duration(i-2) * time.Minute).UTC(), Value: n})
	}
	list := fact.Answer(works, now)
	for _, id := range []string{"W-1", "W-2", "W-3", "W-4", "W-5"} {
		list.WorkItems = append(list.WorkItems, fact.WorkItem{ID: id, Title: "The work " + id, Labels: []string{"customer-visible"}, Updated: now.UTC()})
	}
	f := connectortest.NewFake("shop", fact.NewSet(fact.AnswerNumber(count, now, 12), series, list, fact.AnswerNumber(refused, now, 0), fact.Answer(denied, now)))
	f.PageSize = 2
	f.Config = struct {
		Token connectors.Secret `json:"token,omitzero"`
	}{}
	f.Ask = func(ctx context.Context, _ string, q fact.Query) error {
		if q.Kind == refused.Kind {
			return &connectors.Diagnostic{Code: connectors.CodeForbidden, Summary: "not you", Detail: "ask the owner", Path: "of", Origin: connectors.FromUpstream,
				Status: 403, RequestID: "r-1"}
		}
		return ctx.Err()
	}
	return f
}

func nan() float64 { zero := 0.0; return zero / zero }

// open opens a fleet with one connector, whose settings have the secret.
func open(t testing.TB, c connectors.Connector) *connectors.Fleet {
	t.Helper()
	fleet, err := connectors.Open(t.Context(), connectors.Config{
		Connectors: []connectors.Launch{{InProcess: c, Secrets: map[string]connectors.Secret{"token": connectors.NewSecret(secret)}}},
		Now:        func() time.Time { return now },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(fleet.Close)
	return fleet
}

func options() *recording.Options {
	return &recording.Options{Now: func() time.Time { return now }}
}

// back writes and reads a recording.
func back(t testing.TB, r recording.Recording) recording.Recording {
	t.Helper()
	data, err := r.Encode()
	if err != nil {
		t.Fatal(err)
	}
	read, err := recording.Decode(data)
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	return read
}

func replay(t testing.TB, r recording.Recording) *recording.Replay {
	t.Helper()
	p, err := recording.NewReplay(r)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// read reads a list to its end.
func read(t testing.TB, s recording.Source, q fact.Query) (pages []connectors.Page, err error) {
	t.Helper()
	for page, e := range s.List(t.Context(), q) {
		if e != nil {
			return pages, e
		}
		pages = append(pages, page)
	}
	return pages, nil
}
