package connectors_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// rotten are errors whose methods panic.
type rotten struct{ with any }

func (r rotten) Error() string { panic(r.with) }

type rottenIs struct{}

func (rottenIs) Error() string   { return "is" }
func (rottenIs) Is(error) bool   { panic("is") }
func (rottenIs) As(any) bool     { panic("as") }
func (rottenIs) Unwrap() []error { panic("unwrap") }

type emptyJoin struct{}

func (emptyJoin) Error() string   { return "nothing was joined" }
func (emptyJoin) Unwrap() []error { return nil }

// An error whose methods panic is one failed answer, and the process lives on.
func TestRottenErrors(t *testing.T) {
	for name, fault := range map[string]func() error{
		"typed nil":         func() error { return (*connectors.Diagnostic)(nil) },
		"wrapped nil":       func() error { return fmt.Errorf("x: %w", (*connectors.Diagnostic)(nil)) },
		"joined nil":        func() error { return errors.Join((*connectors.Diagnostic)(nil), errors.New("x")) },
		"panicking Error":   func() error { return rotten{"boom"} },
		"panics with it":    func() error { return rotten{rotten{"boom"}} },
		"thrown":            func() error { panic(rotten{rotten{"boom"}}) },
		"panicking Is":      func() error { return rottenIs{} },
		"nil of its own":    func() error { return (*rotten)(nil) },
		"a join of nothing": func() error { return emptyJoin{} },
		"Goexit":            func() error { runtime.Goexit(); return nil },
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{
				check:   func(context.Context) error { return fault() },
				measure: func(context.Context, fact.Query) (fact.Result, error) { return fact.Result{}, fault() },
				list: func(context.Context, string, func(connectors.Page) error) (connectors.Listed, error) {
					return connectors.Listed{}, fault()
				},
				close: func() error { return fault() },
			}
			if name == "Goexit" {
				s.close = nil // whose goroutine it ends
			}
			f := start(t, connectors.Config{QueryTimeout: time.Minute, Connectors: []connectors.Launch{{InProcess: s}}})
			internal := func(err error) {
				t.Helper()
				if d, ok := errors.AsType[*connectors.Diagnostic](err); !ok || d == nil || d.Code != connectors.CodeInternal || d.Summary == "" {
					t.Errorf("%#v", err)
				}
			}
			internal(f.Check(t.Context())[0].Err)
			for _, err := range f.List(t.Context(), fact.NewQuery("script", "items", fact.WorkItems())) {
				internal(err)
			}
			r := one(t, f, fact.NewQuery("script", "count", fact.Number(value.Count)))
			if r.Failure.Code != connectors.CodeInternal || r.Failure.Message == "" {
				t.Errorf("%+v", r.Failure)
			}
			s.open = func(context.Context, connectors.Settings) error { return fault() }
			_, err := connectortest.Remote(t, s, nil).Open(t.Context(), connectors.Settings{})
			internal(err)
		})
	}
}

func TestNilDiagnostic(t *testing.T) {
	var d *connectors.Diagnostic
	if got := d.Error(); !strings.HasPrefix(got, connectors.CodeInternal+": ") {
		t.Error(got)
	}
	if got := fmt.Sprintf("%v", d); !strings.Contains(got, "nil *Diagnostic") {
		t.Error(got)
	}
}

// rottenConfig panics when it is asked for its schema.
type rottenConfig struct{}

func (rottenConfig) JSONSchemaAlias() any { panic("no schema") }

func TestRottenDescription(t *testing.T) {
	_, err := connectors.Open(t.Context(), connectors.Config{Connectors: []connectors.Launch{
		{InProcess: described{d: connectors.Description{Name: "x", Version: "1.0.0", Config: rottenConfig{}}}}}})
	if err == nil || !strings.Contains(err.Error(), "the connector panicked: no schema") {
		t.Error(err)
	}
}

// rottenParams panics when it is read.
type rottenParams struct{}

func (*rottenParams) UnmarshalJSON([]byte) error { panic("no parameters") }

type rottenKinds struct{ script }

func (*rottenKinds) Describe() connectors.Description {
	kind := connectors.Kind{Name: "count", Shapes: []fact.Shape{fact.NumberShape, fact.WorkItemShape}, Params: struct {
		Of rottenParams `json:"of"`
	}{}}
	return connectors.Description{Name: "script", Version: "1.0.0", Kinds: []connectors.Kind{kind}}
}

func (s *rottenKinds) Open(context.Context, connectors.Settings) (connectors.Instance, error) {
	return s, nil
}

// The SDK reads parameters itself, into the connector's types.
func TestRottenParams(t *testing.T) {
	instance, err := connectortest.Remote(t, &rottenKinds{}, nil).Open(t.Context(), connectors.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = instance.Measure(t.Context(), fact.NewQuery("script", "count", fact.Number(value.Count)).With("of", "x"))
	if d, ok := errors.AsType[*connectors.Diagnostic](err); !ok || d.Code != connectors.CodeInternal || !strings.Contains(d.Summary, "panicked: no parameters") {
		t.Error(err)
	}
	_, err = instance.List(t.Context(), fact.NewQuery("script", "count", fact.WorkItems()).With("of", "x"), "", nil)
	if d, ok := errors.AsType[*connectors.Diagnostic](err); !ok || d.Code != connectors.CodeInternal || !strings.Contains(d.Summary, "panicked: no parameters") {
		t.Error(err)
	}
}

// An answer to another query says nothing about this one.
func TestAnswerToAnotherQuery(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for name, tc := range map[string]struct {
		of   func(fact.Query) fact.Query
		code string
	}{
		"this":             {of: func(q fact.Query) fact.Query { return q }},
		"none":             {of: func(fact.Query) fact.Query { return fact.Query{} }},
		"its population":   {of: func(q fact.Query) fact.Query { return q.OutOf(q.With("of", "all")) }},
		"other parameters": {of: func(q fact.Query) fact.Query { return q.With("of", "others") }, code: connectors.CodeBadAnswer},
		"other window":     {of: func(q fact.Query) fact.Query { return q.Over(time.Hour) }, code: connectors.CodeBadAnswer},
		"other unit":       {of: func(q fact.Query) fact.Query { q.Yields = fact.Number(value.Milliseconds); return q }, code: connectors.CodeBadAnswer},
	} {
		t.Run(name, func(t *testing.T) {
			client, _ := open(t, &script{measure: func(_ context.Context, q fact.Query) (fact.Result, error) {
				r := fact.AnswerNumber(q, at, 7)
				r.Query = tc.of(q)
				return r, nil
			}})
			got, err := client.Measure(t.Context(), count(1))
			if err != nil {
				t.Fatal(err)
			}
			if m := got.GetMeasurements()[0]; m.GetFailure().GetCode() != tc.code || (m.Value != nil) != (tc.code == "") {
				t.Error(m)
			}
		})
	}
}

// Pages may come from several goroutines: none is lost, none comes twice.
func TestYieldAtTheSameTime(t *testing.T) {
	const each, workers = 300, 8
	client, _ := open(t, &script{list: func(_ context.Context, _ string, yield func(connectors.Page) error) (connectors.Listed, error) {
		var group sync.WaitGroup
		for w := range workers {
			group.Go(func() {
				for i := range each {
					id := strconv.Itoa(w*each + i)
					if err := yield(connectors.Page{WorkItems: []fact.WorkItem{{ID: id}}, Cursor: id}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		return connectors.Listed{Complete: true}, nil
	}})
	got := list(t, client, "")
	ids := map[string]bool{}
	for _, id := range got.ids {
		ids[id] = true
	}
	if !got.done.GetComplete() || len(ids) != each*workers || len(got.ids) != len(ids) {
		t.Errorf("%d items, %d of them different; %v", len(got.ids), len(ids), got.done)
	}
}

// A page that comes after its List has returned is refused, and the next list is none the worse.
func TestYieldTooLate(t *testing.T) {
	for _, panics := range []bool{false, true} {
		t.Run(fmt.Sprint("panics ", panics), func(t *testing.T) {
			var kept func(connectors.Page) error
			client, _ := open(t, &script{list: func(_ context.Context, _ string, yield func(connectors.Page) error) (connectors.Listed, error) {
				kept = yield
				if panics {
					panic("x")
				}
				return connectors.Listed{Complete: true}, nil
			}})
			if got := list(t, client, ""); got.done.GetComplete() == panics {
				t.Error(got.done)
			}
			if err := kept(connectors.Page{WorkItems: []fact.WorkItem{{ID: "1"}}}); err == nil {
				t.Error("a page after the end was taken")
			}
		})
	}
}
