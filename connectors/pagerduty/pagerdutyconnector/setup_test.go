package pagerdutyconnector_test

import (
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/faulttest"
	"github.com/tidegate-go/tidegate/connectors/pagerduty"
	"github.com/tidegate-go/tidegate/connectors/pagerduty/pagerdutyconnector"
	"github.com/tidegate-go/tidegate/connectors/pagerduty/pagerdutytest"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// at is what the server's clock says, far from ours.
var at = time.Date(2026, time.December, 9, 6, 30, 0, 0, time.UTC)

type setup struct {
	*pagerdutytest.Server
	connectors.Instance
}

func (s setup) Close() error { return s.Instance.Close() }

// team is the scope of most tests: two services of one team.
var team = pagerduty.Scope{Team: "PTEAM"}

// open starts a server with a few services and opens an instance for it.
func open(t *testing.T, change func(*pagerdutyconnector.Config), opts upstream.Options) setup {
	t.Helper()
	server, err := pagerdutytest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	server.SetNow(func() time.Time { return at })
	server.SetServices(pagerdutytest.Service{ID: "PBOOK", Name: "Booking API", Team: "PTEAM"}, pagerdutytest.Service{ID: "PPAY", Name: "Payments", Team: "PTEAM"},
		pagerdutytest.Service{ID: "PBOOK2", Name: "Booking API v2"}, pagerdutytest.Service{ID: "POTHER", Name: "Search", Team: "POTHERTEAM"})
	s := setup{Server: server}
	if opts.Clock == nil {
		opts.Clock, opts.Rand = &faulttest.Clock{}, func() float64 { return 0 }
	}
	config := pagerdutyconnector.Config{BaseURL: server.URL, Key: connectors.NewSecret(pagerdutytest.Key)}
	if change != nil {
		change(&config)
	}
	settings, err := connectors.SettingsOf(config)
	if err != nil {
		t.Fatal(err)
	}
	s.Instance, err = pagerdutyconnector.NewWith(opts).Open(t.Context(), settings)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Instance.Close() })
	return s
}

// list collects a list from a cursor on: all items, the cursor after each page,
// and the end.
func (s setup) list(t *testing.T, q fact.Query, cursor string) (all connectors.Page, cursors []string, listed connectors.Listed, err error) {
	t.Helper()
	listed, err = s.List(t.Context(), q, cursor, func(p connectors.Page) error {
		all.WorkItems = append(all.WorkItems, p.WorkItems...)
		all.Incidents = append(all.Incidents, p.Incidents...)
		all.Duties = append(all.Duties, p.Duties...)
		all.States = append(all.States, p.States...)
		cursors = append(cursors, p.Cursor)
		return nil
	})
	return all, cursors, listed, err
}

// whole is a list without failure, complete and as of the server's time.
func (s setup) whole(t *testing.T, q fact.Query) connectors.Page {
	t.Helper()
	all, _, listed, err := s.list(t, q, "")
	if err != nil || !listed.Complete || !listed.ObservedAt.Equal(at) || listed.Source != "PagerDuty" {
		t.Errorf("%v: %+v %v", q, listed, err)
	}
	return all
}

func (s setup) number(t *testing.T, q fact.Query) float64 {
	t.Helper()
	r, err := s.Measure(t.Context(), q)
	if err != nil || !r.Complete || !r.ObservedAt.Equal(at) || r.Value.Unit != q.Yields.Unit {
		t.Errorf("%v: %+v %v", q, r, err)
	}
	return float64(r.Value.Value)
}

// diagnostic is err as a diagnostic that tells no secret.
func diagnostic(t *testing.T, err error) *connectors.Diagnostic {
	t.Helper()
	return faulttest.Diagnostic(t, err, pagerdutytest.Key)
}

// refused expects a failure with a code whose summary has some words.
func (s setup) refused(t *testing.T, q fact.Query, code, says string) {
	t.Helper()
	var err error
	if q.Yields.Shape.Items() {
		_, _, _, err = s.list(t, q, "")
	} else {
		_, err = s.Measure(t.Context(), q)
	}
	if err == nil {
		t.Errorf("%v: answered, want %s", q, code)
		return
	}
	if d := diagnostic(t, err); d.Code != code || !strings.Contains(d.Summary, says) {
		t.Errorf("%v: %+v, want %s and %q", q, d, code, says)
	}
}

func ids(incidents []fact.Incident) string {
	var all []string
	for _, i := range incidents {
		all = append(all, i.ID)
	}
	return strings.Join(all, " ")
}
