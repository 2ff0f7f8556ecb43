package connectortest_test

import (
	"context"
	"os"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// The test binary is also the program of connectors that have a fault.
func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == "faulty" {
		faulty(os.Args[2], os.Args[3])
		return
	}
	goleak.VerifyTestMain(m)
}

var at = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

type config struct {
	Site  string            `json:"site"`
	Token connectors.Secret `json:"token"`
}

// strict is a fake that reads its settings, panics and turns in circles.
type strict struct{ *connectortest.Fake }

func (s strict) Open(ctx context.Context, settings connectors.Settings) (connectors.Instance, error) {
	var c config
	if err := settings.Decode(&c); err != nil {
		return nil, err
	}
	connectors.Logger(ctx).Info("opened with " + c.Token.Reveal())
	instance, err := s.Fake.Open(ctx, settings)
	return circling{instance}, err
}

type circling struct{ connectors.Instance }

func (c circling) List(ctx context.Context, q fact.Query, cursor string, yield func(connectors.Page) error) (connectors.Listed, error) {
	if q.Kind != "loop" {
		return c.Instance.List(ctx, q, cursor, yield)
	}
	for i := 0; ; i++ {
		if err := yield(connectors.Page{WorkItems: []fact.WorkItem{{ID: strconv.Itoa(i)}}, Cursor: strconv.Itoa(i % 3)}); err != nil {
			return connectors.Listed{}, err
		}
	}
}

func query(kind string, yields fact.Yields) fact.Query { return fact.NewQuery("fake", kind, yields) }

// stall keeps those who ask waiting.
type stall struct{ until atomic.Pointer[chan bool] }

func (s *stall) begin() (release func()) {
	until := make(chan bool)
	s.until.Store(&until)
	return func() { s.until.Store(nil); close(until) }
}

func (s *stall) wait(ctx context.Context) error {
	if until := s.until.Load(); until != nil {
		select {
		case <-*until:
		case <-ctx.Done():
		}
	}
	return ctx.Err()
}

func harness(t *testing.T) connectortest.Harness {
	count, items := query("count", fact.Number(value.Count)), query("items", fact.WorkItems())
	listed := fact.Answer(items, at)
	for i := range 250 {
		listed.WorkItems = append(listed.WorkItems, fact.WorkItem{ID: strconv.Itoa(i), Updated: at})
	}
	boom, loop := query("boom", fact.Number(value.Count)), query("loop", fact.WorkItems())
	fake := connectortest.NewFake("fake", fact.NewSet(fact.AnswerNumber(count, at, 3), listed,
		fact.AnswerNumber(boom, at, 1), fact.Answer(loop, at)))
	fake.Config, fake.PageSize = config{}, 70
	var stalled stall
	fake.Ask = func(ctx context.Context, _ string, q fact.Query) error {
		if q.Kind == "boom" {
			panic("boom s3cret-token")
		}
		return stalled.wait(ctx)
	}
	settings, err := connectors.SettingsOf(config{Site: "x", Token: connectors.NewSecret("s3cret-token")})
	if err != nil {
		t.Fatal(err)
	}
	return connectortest.Harness{
		Connector: strict{fake}, Settings: settings,
		BadSettings: []connectors.Settings{{JSON: []byte(`{"sit":"x"}`)}, {JSON: []byte(`{"site":1}`), Secrets: settings.Secrets}},
		Measured:    []fact.Query{count}, Listed: []fact.Query{items}, Loop: loop, Panic: boom,
		Stall: stalled.begin,
	}
}

func TestOurOwnConnector(t *testing.T) { connectortest.Run(t, harness, nil) }
