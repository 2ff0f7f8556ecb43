package datadogconnector_test

import (
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/faulttest"
	"github.com/tidegate-go/tidegate/connectors/datadog/datadogconnector"
	"github.com/tidegate-go/tidegate/connectors/datadog/datadogtest"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// at is what the server's clock says: far from ours, so that nothing goes by
// ours, and in the middle of a minute.
var at = time.Date(2026, time.December, 9, 6, 30, 30, 0, time.UTC)

type setup struct {
	*datadogtest.Server
	connectors.Instance

	clock *faulttest.Clock
}

func (s setup) Close() error { return s.Instance.Close() }

// open starts a server and opens an instance for it.
func open(t *testing.T, change func(*datadogconnector.Config), opts upstream.Options) setup {
	t.Helper()
	server, err := datadogtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	server.SetNow(func() time.Time { return at })
	s := setup{Server: server, clock: &faulttest.Clock{}}
	if opts.Clock == nil {
		opts.Clock, opts.Rand = s.clock, func() float64 { return 0 }
	}
	config := datadogconnector.Config{BaseURL: server.URL, AppURL: "https://app.datadoghq.com",
		APIKey: connectors.NewSecret(datadogtest.APIKey), ApplicationKey: connectors.NewSecret(datadogtest.ApplicationKey)}
	if change != nil {
		change(&config)
	}
	settings, err := connectors.SettingsOf(config)
	if err != nil {
		t.Fatal(err)
	}
	s.Instance, err = datadogconnector.NewWith(opts).Open(t.Context(), settings)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Instance.Close() })
	return s
}

// constant has the same value in every minute of the hours before at.
func constant(v float64, hours int) []datadogtest.Point {
	return datadogtest.Every(time.Minute, at.Add(-time.Duration(hours)*time.Hour), at.Add(time.Minute), func(time.Time) float64 { return v })
}

// list collects a list from a cursor on: the states, the cursor after each page,
// and the end.
func (s setup) list(t *testing.T, q fact.Query, cursor string) (states []fact.State, cursors []string, listed connectors.Listed, err error) {
	t.Helper()
	listed, err = s.List(t.Context(), q, cursor, func(p connectors.Page) error {
		states = append(states, p.States...)
		cursors = append(cursors, p.Cursor)
		return nil
	})
	return states, cursors, listed, err
}

// diagnostic is err as a diagnostic that tells no secret.
func diagnostic(t *testing.T, err error) *connectors.Diagnostic {
	t.Helper()
	return faulttest.Diagnostic(t, err, datadogtest.APIKey, datadogtest.ApplicationKey)
}

// refused expects a failure with a code whose summary has some words.
func (s setup) refused(t *testing.T, q fact.Query, code, says string) {
	t.Helper()
	r, err := s.Measure(t.Context(), q)
	if q.Yields.Shape.Items() {
		_, _, _, err = s.list(t, q, "")
	}
	if err == nil {
		t.Errorf("%v: %+v, want %s", q, r.Value, code)
		return
	}
	if d := diagnostic(t, err); d.Code != code || !strings.Contains(d.Summary, says) {
		t.Errorf("%v: %+v, want %s and %q", q, d, code, says)
	}
}

// series is the query for the buckets of a window, as a criterion asks.
func series(q fact.Query, window time.Duration) fact.Query {
	q = q.Over(window)
	q.Yields.Shape = fact.SeriesShape
	return q
}

func (s setup) number(t *testing.T, q fact.Query) fact.Result {
	t.Helper()
	r, err := s.Measure(t.Context(), q)
	if err != nil {
		t.Errorf("%v: %v", q, err)
	}
	if err == nil && (r.Value.Unit != q.Yields.Unit || r.Source != "Datadog" || r.Link.Fault() != nil) {
		t.Errorf("%v: %+v", q, r)
	}
	return r
}

func values(r fact.Result) []value.Number {
	var all []value.Number
	for _, s := range r.Samples {
		all = append(all, s.Value)
	}
	return all
}
