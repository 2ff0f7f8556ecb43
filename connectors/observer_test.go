package connectors_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/hosttest"
	"github.com/tidegate-go/tidegate/release/fact"
)

type traceKey struct{}

// witness writes down what it is told, and asks for the status each time.
type witness struct {
	mu    sync.Mutex
	fleet *connectors.Fleet
	lines []string
	open  int
}

func (w *witness) note(format string, args ...any) {
	w.mu.Lock()
	fleet := w.fleet
	w.mu.Unlock()
	if fleet != nil {
		fleet.Status() // would wait for ever if the fleet held a lock
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lines = append(w.lines, fmt.Sprintf(format, args...))
}

func (w *witness) Call(ctx context.Context, c connectors.Call) (context.Context, func(connectors.CallEnd)) {
	w.mu.Lock()
	w.open++
	w.mu.Unlock()
	return context.WithValue(ctx, traceKey{}, c.Method), func(end connectors.CallEnd) {
		code := "ok"
		if d, ok := end.Err.(*connectors.Diagnostic); ok { //nolint:errorlint // it is one, as promised
			code = d.Code
		}
		w.note("%s %s/%s %s %d queries, %d failed, %d items, resumed %t: %s", c.Instance, c.Connector, c.Method, c.Kind, c.Queries, end.Failed, end.Items, c.Resumed, code)
		w.mu.Lock()
		w.open--
		w.mu.Unlock()
	}
}

func (w *witness) Change(c connectors.Change) {
	w.note("%s is %v because of %q", c.Instance, c.State, c.Cause)
}

// taken returns the lines since the last time, sorted.
func (w *witness) taken() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	lines := w.lines
	w.lines = nil
	slices.Sort(lines)
	return lines
}

func TestObserver(t *testing.T) {
	s := serve(t, map[string]http.HandlerFunc{"/list": says(200, `{"items": ["A-1", "A-2"]}`), "/401": says(401, "no"), "/check": says(401, "bad token")})
	w := &witness{}
	c := child(s)
	c.Observer = w
	f := start(t, c)
	w.mu.Lock()
	w.fleet = f
	w.mu.Unlock()
	expect := func(want ...string) {
		t.Helper()
		if diff := cmp.Diff(want, w.taken()); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
	expect("shop /Configure  0 queries, 0 failed, 0 items, resumed false: ok",
		"shop /Describe  0 queries, 0 failed, 0 items, resumed false: ok",
		`shop is ready because of ""`)
	f.Collect(t.Context(), []fact.Query{number("/x"), number("/401"), items("/list")})
	expect("shop shop/List items 1 queries, 0 failed, 2 items, resumed false: ok",
		"shop shop/Measure count 2 queries, 1 failed, 0 items, resumed false: ok")
	f.Check(t.Context())
	expect("shop shop/Check  0 queries, 0 failed, 0 items, resumed false: unauthorized")
	if st := f.Status()[0]; st.CheckError != "unauthorized: bad token (status 401)" || st.CheckedAt.IsZero() || st.Since.IsZero() || st.InFlight != 0 || st.Failures != 2 || st.Calls != 3 || st.Trust != fact.Own {
		t.Errorf("%+v", st)
	}
	for _, err := range f.List(t.Context(), items("/list")) {
		if err != nil {
			t.Error(err)
		}
		break
	}
	expect("shop shop/List items 1 queries, 0 failed, 2 items, resumed false: ok")
	f.Close()
	expect(`shop is closed because of ""`)
	if w.open != 0 {
		t.Errorf("%d calls have not ended", w.open)
	}
}

// The context that an observer returns is that of the call.
func TestObserverContext(t *testing.T) {
	s := &script{}
	seen := make(chan any, 1)
	s.check = func(ctx context.Context) error { seen <- ctx.Value(traceKey{}); return nil }
	f := start(t, connectors.Config{Observer: &witness{}, Connectors: []connectors.Launch{{InProcess: s}}})
	if err := f.Check(t.Context())[0].Err; err != nil {
		t.Fatal(err)
	}
	if got := <-seen; got != "Check" {
		t.Error(got)
	}
}

// rude is an observer that returns nothing and panics.
type rude struct{ silent bool }

func (r rude) Call(context.Context, connectors.Call) (context.Context, func(connectors.CallEnd)) {
	if r.silent {
		return nil, nil
	}
	return nil, func(connectors.CallEnd) { panic("at the end") } //nolint:staticcheck // it is rude
}
func (r rude) Change(connectors.Change) { panic("a change") }

func TestRudeObserver(t *testing.T) {
	for _, r := range []rude{{true}, {false}} {
		var log hosttest.Book
		f := start(t, connectors.Config{Observer: r, Logger: log.JSON(), Connectors: []connectors.Launch{{InProcess: shop{}, Settings: shopConfig{Site: serve(t, nil).URL}}}})
		answered(t, one(t, f, number("/x")), 7)
		if !strings.Contains(log.String(), `"msg":"the observer panicked","panic":"a change"`) {
			t.Error(log.String())
		}
	}
}

// What rests until it is started again says until when.
func TestStatusOfWhatRests(t *testing.T) {
	w := &witness{}
	f := start(t, connectors.Config{Observer: w, Connectors: []connectors.Launch{{Command: []string{"sh", "-c", "echo no licence >&2; exit 3"}, Name: "jira", Unpinned: true}}})
	st := f.Status()[0]
	if st.NotBefore.IsZero() || st.Trust != fact.Unpinned || st.Since.IsZero() || time.Until(st.NotBefore) > time.Minute {
		t.Errorf("%+v", st)
	}
	lines := w.taken()
	if len(lines) != 1 || !strings.HasPrefix(lines[0], `jira is down because of "connector-down: it does not start: `) {
		t.Error(lines)
	}
}
