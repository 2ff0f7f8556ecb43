package connectortest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Harness is one connector with everything that the exam needs to know of it.
type Harness struct {
	Connector connectors.Connector
	Settings  connectors.Settings // with which it opens; secrets of at least 6 bytes

	// BadSettings are settings that Open has to refuse with a path.
	BadSettings []connectors.Settings

	Measured []fact.Query // number and series queries that have an answer
	Listed   []fact.Query // list queries that have items, best several pages

	// Stall makes the outside system stop answering until the function that it
	// returns is called. Without it the cases of cancellation are skipped.
	Stall func() (release func())

	Loop  fact.Query // a list whose source turns in a circle; zero: skipped
	Panic fact.Query // a number query on which the connector panics; zero: skipped
}

// Options changes the exam; nil means all of it.
type Options struct {
	Skip map[string]string // names of cases, with the reason
}

// patience is how long a call may take that should end at once. The exam never
// waits for it when all is well.
const patience = 10 * time.Second

// sitting is one case in progress.
type sitting struct {
	Harness
	*testing.T
	remote bool
	logs   *log
}

// A clause is one promise of the contract and the case that proves it.
type clause struct {
	name    string
	promise string
	remote  bool // kept by the SDK: only across gRPC
	prove   func(s *sitting)
}

// Run examines the connector that newHarness makes, anew for each case, in
// this process and across gRPC.
func Run(t *testing.T, newHarness func(t *testing.T) Harness, options *Options) {
	if options == nil {
		options = &Options{}
	}
	known := map[string]bool{}
	for _, c := range clauses {
		known[c.name] = true
	}
	for name, reason := range options.Skip {
		if !known[name] || reason == "" {
			t.Errorf("exam: skip %q for %q: no such case, or no reason", name, reason)
		}
	}
	for _, way := range []string{"direct", "grpc"} {
		t.Run(way, func(t *testing.T) {
			for _, c := range clauses {
				if c.remote && way == "direct" {
					continue
				}
				t.Run(c.name, func(t *testing.T) {
					if reason := options.Skip[c.name]; reason != "" {
						t.Skip(reason)
					}
					t.Cleanup(func() {
						if t.Failed() {
							t.Logf("clause: %s", c.promise)
						}
					})
					s := &sitting{Harness: newHarness(t), T: t, remote: way == "grpc", logs: &log{}}
					if s.remote {
						s.Connector = Remote(t, s.Connector, s.logs)
					}
					c.prove(s)
				})
			}
		})
	}
}

// open opens an instance that the end of the case closes.
func (s *sitting) open() connectors.Instance {
	s.Helper()
	instance, err := s.Connector.Open(s.Context(), s.Settings)
	if err != nil {
		s.Fatalf("Open: %v", err)
	}
	s.Cleanup(func() { _ = instance.Close() })
	return instance
}

// within returns a context that bounds a case that hangs.
func (s *sitting) within() context.Context {
	ctx, cancel := context.WithTimeout(s.Context(), patience)
	s.Cleanup(cancel)
	return ctx
}

// code is the code of a diagnostic, or what else the error is.
func code(err error) string {
	var d *connectors.Diagnostic
	switch {
	case err == nil:
		return "no error"
	case errors.As(err, &d):
		return d.Code
	case errors.Is(err, context.DeadlineExceeded):
		return connectors.CodeTimeout
	case errors.Is(err, context.Canceled):
		return connectors.CodeCanceled
	default:
		return fmt.Sprintf("%T", err)
	}
}

// log collects what a connector writes.
type log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
