package connectortest_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest"
	"github.com/tidegate-go/tidegate/release/fact"
)

// spoiled changes what a good connector does, one method at a time.
type spoiled struct {
	connectors.Connector

	open    func(context.Context, connectors.Settings) (connectors.Instance, error)
	check   func() error
	measure func(fact.Result) fact.Result
	page    func(connectors.Page) connectors.Page
	listed  func(connectors.Listed) connectors.Listed
	deaf    bool // to the end of a call
	goesOn  bool // though its reader stopped
}

func (s spoiled) Open(ctx context.Context, settings connectors.Settings) (connectors.Instance, error) {
	if s.open != nil {
		return s.open(ctx, settings)
	}
	instance, err := s.Connector.Open(ctx, settings)
	return spoiledInstance{instance, s}, err
}

type spoiledInstance struct {
	connectors.Instance

	how spoiled
}

func (s spoiledInstance) Check(ctx context.Context) error {
	if s.how.check != nil {
		return s.how.check()
	}
	return s.Instance.Check(ctx)
}

func (s spoiledInstance) Measure(ctx context.Context, q fact.Query) (fact.Result, error) {
	if s.how.deaf {
		ctx = context.WithoutCancel(ctx)
	}
	r, err := s.Instance.Measure(ctx, q)
	if s.how.measure != nil {
		r = s.how.measure(r)
	}
	return r, err
}

func (s spoiledInstance) List(ctx context.Context, q fact.Query, cursor string, yield func(connectors.Page) error) (connectors.Listed, error) {
	listed, err := s.Instance.List(ctx, q, cursor, func(p connectors.Page) error {
		if s.how.page != nil {
			p = s.how.page(p)
		}
		if err := yield(p); !s.how.goesOn {
			return err
		}
		return nil
	})
	if s.how.listed != nil {
		listed = s.how.listed(listed)
	}
	return listed, err
}

func TestCheck(t *testing.T) {
	if err := connectortest.Check(t.Context(), harness(t)); err != nil {
		t.Error(err)
	}
}

// Each fault is found, and by the case that is about it.
func TestCheckFinds(t *testing.T) {
	n, east := 0, time.FixedZone("east", 3600)
	for want, how := range map[string]spoiled{
		"good-settings": {check: func() error { return errors.New("the key is wrong") }},
		"bad-settings": {open: func(ctx context.Context, s connectors.Settings) (connectors.Instance, error) {
			return harness(t).Connector.(strict).Fake.Open(ctx, s) // reads no settings
		}},
		"secrets":       {check: func() error { return errors.New("no entry for s3cret-token") }},
		"measure-twice": {measure: func(r fact.Result) fact.Result { n++; r.Source = strings.Repeat("x", n); return r }},
		"utc":           {measure: func(r fact.Result) fact.Result { r.ObservedAt = r.ObservedAt.In(east); return r }},
		"list-complete": {listed: func(l connectors.Listed) connectors.Listed { l.Complete = false; return l }},
		"resume":        {page: func(p connectors.Page) connectors.Page { p.Cursor = "1"; return p }},
		"deadline":      {deaf: true},
		"yield-error":   {goesOn: true},
	} {
		t.Run(want, func(t *testing.T) {
			h := harness(t)
			how.Connector = h.Connector
			h.Connector = how
			options := &connectortest.Options{}
			if how.goesOn {
				options.Skip = map[string]string{"cursor-loop": "it would go on for ever"}
			}
			report, err := connectortest.Examine(t.Context(), h, options)
			if err != nil {
				t.Fatal(err)
			}
			var found []string
			for _, r := range report.Results {
				if len(r.Failures) > 0 && r.Way == "direct" {
					found = append(found, r.Case)
				}
			}
			if !strings.Contains(strings.Join(found, " "), want) {
				t.Errorf("failed: %v, want %s", found, want)
			}
			if err := report.Err(); err == nil || !strings.Contains(err.Error(), "direct/"+want+": ") {
				t.Errorf("Err() = %v", err)
			}
		})
	}
}

func TestExamine(t *testing.T) {
	for name, options := range map[string]*connectortest.Options{
		"no such case": {Skip: map[string]string{"telepathy": "nobody can"}},
		"no reason":    {Skip: map[string]string{"cancel": ""}},
	} {
		if r, err := connectortest.Examine(t.Context(), harness(t), options); err == nil || len(r.Results) != 0 {
			t.Errorf("%s: %v, %v", name, r, err)
		}
	}
	if _, err := connectortest.Examine(t.Context(), connectortest.Harness{}, nil); err == nil {
		t.Error("an exam of nothing")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := connectortest.Examine(ctx, harness(t), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want %v", err, context.Canceled)
	}
}

func TestReport(t *testing.T) {
	r := connectortest.Report{Results: []connectortest.Result{
		{Way: "process", Case: "describe", Promise: "it describes itself"},
		{Way: "process", Case: "cancel", Promise: "it ends", Failures: []string{"List(<x>): running\nstill"}},
		{Way: "process", Case: "panic", Promise: "it lives on", Skipped: "it has no panics"},
	}}
	var plain, junit strings.Builder
	if err := errors.Join(r.WritePlain(&plain), r.WriteJUnit(&junit)); err != nil {
		t.Fatal(err)
	}
	if got, want := plain.String(), `ok   process/describe
FAIL process/cancel: it ends
     List(<x>): running
     still
skip process/panic: it has no panics
1 passed, 1 failed, 1 skipped
`; got != want {
		t.Errorf("plain:\n%s", got)
	}
	if got, want := junit.String(), `<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="tidegate-connector-exam" tests="3" failures="1" skipped="1" time="0.000">
  <testcase classname="process" name="describe" time="0.000"></testcase>
  <testcase classname="process" name="cancel" time="0.000">
    <failure message="it ends">List(&lt;x&gt;): running&#xA;still</failure>
  </testcase>
  <testcase classname="process" name="panic" time="0.000">
    <skipped message="it has no panics"></skipped>
  </testcase>
</testsuite>
`; got != want {
		t.Errorf("junit:\n%s", got)
	}
}
