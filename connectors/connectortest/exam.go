package connectortest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Harness is one connector with everything that the exam needs to know of it.
// What it does not have, the exam cannot try: the cases are skipped, and say so.
type Harness struct {
	// Connector is tried in this process and across gRPC; nil: it is not.
	Connector connectors.Connector

	// Program is its program, in any language, and the program's arguments. It is
	// tried as a host starts it; none: it is not. [Build] makes one.
	Program []string

	Settings connectors.Settings // with which it opens; secrets of at least 6 bytes

	// BadSettings are settings that Open has to refuse with a path, beside those
	// that the exam makes of the config's schema.
	BadSettings []connectors.Settings

	Measured []fact.Query // number and series queries that have an answer
	Listed   []fact.Query // list queries that have items, best several pages

	// Upstream is the field of the settings with the URL of the outside system,
	// the way to it joined by dots. The exam then stands in between on
	// http://127.0.0.1 and lets it stall, limit and talk nonsense. The URL may
	// not have a path.
	Upstream string

	// Stall makes the outside system stop answering until the function that it
	// returns is called: for connectors without an Upstream.
	Stall func() (release func())

	Loop  fact.Query // a list whose source turns in a circle; zero: skipped
	Panic fact.Query // a number query on which the connector panics; zero: skipped
}

// Options changes the exam; nil means all of it.
type Options struct {
	Skip map[string]string // names of cases, with the reason
}

// faults are cases that do not exist, and those that are skipped without a reason.
func (o *Options) faults() error {
	var all []error
	for _, name := range slices.Sorted(maps.Keys(o.Skip)) {
		known := slices.ContainsFunc(clauses, func(c clause) bool { return c.name == name })
		if reason := o.Skip[name]; !known || reason == "" {
			all = append(all, fmt.Errorf("exam: skip %q for %q: no such case, or no reason", name, reason))
		}
	}
	return errors.Join(all...)
}

const (
	// patience is how long a call may take. The exam never waits for it when all is well.
	patience = 10 * time.Second

	// prompt is how soon a call ends that nobody waits for any more.
	prompt = time.Second
)

// sitting is one case in progress.
type sitting struct {
	Harness
	desk
	way    ways
	remote *remote  // nil: direct
	child  *program // nil: it has no process
	proxy  *proxy   // nil: nobody stands in between
	logs   *log
}

// Run examines the connector that newHarness makes, anew for each case: in this
// process, across gRPC, and as a process, each as far as the harness has it.
func Run(t *testing.T, newHarness func(t *testing.T) Harness, options *Options) {
	if options == nil {
		options = &Options{}
	}
	if err := options.faults(); err != nil {
		t.Error(err)
	}
	for _, way := range []ways{direct, acrossGRPC, asProcess} {
		t.Run(wayNames[way], func(t *testing.T) {
			if !newHarness(t).has(way) {
				t.Skip("the harness has no " + map[bool]string{true: "program", false: "connector in Go"}[way == asProcess])
			}
			for _, c := range clauses {
				if c.ways&way == 0 {
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
					take(t, newHarness(t), way, c)
				})
			}
		})
	}
}

// has reports whether there is something to be tried in this way.
func (h Harness) has(way ways) bool {
	if way == asProcess {
		return len(h.Program) > 0
	}
	return h.Connector != nil
}

// take is one case: the three doors lead here.
func take(d desk, h Harness, way ways, c clause) {
	s := &sitting{Harness: h, desk: d, way: way, logs: &log{}}
	s.standBetween()
	switch way {
	case acrossGRPC:
		s.remote = across(d, h.Connector, s.logs)
		s.Connector = s.remote
	case asProcess:
		s.start()
	}
	c.prove(s)
}

// open opens an instance that the end of the case closes.
func (s *sitting) open() connectors.Instance {
	s.Helper()
	instance, err := s.Connector.Open(s.within(), s.Settings)
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
