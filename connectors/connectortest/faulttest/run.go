package faulttest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Style is how the outside system refuses.
type Style struct {
	// Refuse is a refusal with a status and a message, in the vendor's form.
	Refuse func(status int, message string) standin.Fault

	// Limited is status 429 that asks to wait, in the vendor's headers.
	Limited func(wait time.Duration) standin.Fault

	// Page is the code of an answer that is a page for people; bad-answer, unless
	// the vendor answers so who is not signed in.
	Page string

	Rows []Row // of the vendor's own
}

// Row is one fault of the vendor's own and what comes of it.
type Row struct {
	Name      string
	Fault     func(secret string) standin.Fault // may say the secret, which may not get through
	Code      string
	Retryable bool
	Says      string // a part of the diagnostic's summary
	Status    int    // that the diagnostic names; 0: none
}

// Site is a stand-in that has something to say, and an instance that asks it.
type Site struct {
	Server   *standin.Server
	Instance connectors.Instance
	Secret   string       // of the instance
	Queries  []fact.Query // each has an answer while nothing is wrong

	// Answers are, by the names of rows, the queries to which the body of the row
	// is an answer: an empty array is a list with nothing in it to some.
	Answers map[string][]fact.Query

	// Own are the tests of [OwnRows], by their names.
	Own map[string]func(t *testing.T)
}

// Open starts a stand-in and opens an instance that asks it, with the client's
// options added to its own.
type Open func(t *testing.T, opts upstream.Options) Site

// Run tries every row by every way to ask.
func Run(t *testing.T, style Style, open Open) {
	site := open(t, upstream.Options{})
	if diff := cmp.Diff(slices.Sorted(slices.Values(OwnRows)), slices.Sorted(maps.Keys(site.Own))); diff != "" {
		t.Errorf("the connector's own rows (-want +got):\n%s", diff)
	}
	healthy(t, site)
	for _, r := range style.rows(site.Secret) {
		t.Run(r.name, func(t *testing.T) {
			n := len(site.ways())
			for i := range n {
				r.try(t, open, i)
			}
		})
	}
	t.Run("limited for a moment", func(t *testing.T) { passes(t, open, style.Limited(7*time.Second)) })
	t.Run("503 for a moment", func(t *testing.T) { passes(t, open, style.Refuse(503, words)) })
	for _, name := range OwnRows {
		if test := site.Own[name]; test != nil {
			t.Run(name, test)
		}
	}
}

// way is one way to ask.
type way struct {
	name string
	ask  func(ctx context.Context) (complete bool, err error)
}

func (s Site) ways() []way {
	all := []way{{"check", func(ctx context.Context) (bool, error) { return false, s.Instance.Check(ctx) }}}
	for _, q := range s.Queries {
		all = append(all, way{q.String(), func(ctx context.Context) (bool, error) {
			if !q.Yields.Shape.Items() {
				r, err := s.Instance.Measure(ctx, q)
				return r.Complete, err
			}
			listed, err := s.Instance.List(ctx, q, "", func(connectors.Page) error { return nil })
			return listed.Complete, err
		}})
	}
	return all
}

// healthy proves that every way has an answer while nothing is wrong.
func healthy(t *testing.T, s Site) {
	t.Helper()
	for i, w := range s.ways() {
		if complete, err := w.ask(t.Context()); err != nil || complete == (i == 0) {
			t.Errorf("%s: complete is %v, %v", w.name, complete, err)
		}
	}
}

// try lets every request of one way fail.
func (r row) try(t *testing.T, open Open, way int) {
	t.Helper()
	opts := upstream.Options{Timeout: time.Minute, Retries: retries, MaxBody: maxBody, Clock: &Clock{}, Rand: func() float64 { return 0 }}
	if r.name == slow {
		opts.Timeout = timeout
	}
	s := open(t, opts)
	asked := s.Server.Requests() // while it was opened
	s.Server.Fail(-1, r.fault)
	w := s.ways()[way]
	if way > 0 && slices.Contains(s.Answers[r.name], s.Queries[way-1]) {
		return
	}
	complete, err := w.ask(t.Context())
	d := Diagnostic(t, err, s.Secret)
	if complete {
		t.Errorf("%s: complete beside %v", w.name, err)
	}
	if d.Code != r.code || d.Retryable != r.retryable || d.Status != r.status || !strings.Contains(d.Summary, r.says) {
		t.Errorf("%s: %+v; want code %s, retryable %v, status %d, %q", w.name, d, r.code, r.retryable, r.status, r.says)
	}
	if d.Origin != connectors.FromUpstream {
		t.Errorf("%s: origin %v", w.name, d.Origin)
	}
	most := 1
	if r.retryable && d.RetryAfter == 0 {
		most += retries
	}
	// One that is cut off may not have arrived.
	if n := s.Server.Requests() - asked; n > most || n < most && r.name != slow {
		t.Errorf("%s: %d requests, want %d", w.name, n, most)
	}
	if r.code == connectors.CodeRateLimited && (d.RetryAfter < time.Hour-time.Minute || d.RetryAfter > time.Hour) {
		t.Errorf("%s: to be asked again after %v, want an hour", w.name, d.RetryAfter)
	}
}

// passes lets the first request fail: it is repeated, and the answer is whole.
func passes(t *testing.T, open Open, fault standin.Fault) {
	clock := &Clock{}
	for i := range open(t, upstream.Options{}).ways() {
		s := open(t, upstream.Options{Clock: clock, Rand: func() float64 { return 0 }})
		s.Server.Fail(1, fault)
		w := s.ways()[i]
		if complete, err := w.ask(t.Context()); err != nil || complete == (i == 0) {
			t.Errorf("%s: complete is %v, %v", w.name, complete, err)
		}
	}
	if clock.Waited() == 0 {
		t.Error("nobody waited")
	}
}

// Diagnostic is err as the one diagnostic that it has to be: one line that
// names a cause and tells none of the secrets, of which an empty one is none.
func Diagnostic(t *testing.T, err error, secrets ...string) *connectors.Diagnostic {
	t.Helper()
	var d *connectors.Diagnostic
	if !errors.As(err, &d) {
		t.Fatalf("%v is no diagnostic", err)
	}
	text := fmt.Sprintf("%v %+v", err, *d)
	tells := func(secret string) bool { return secret != "" && strings.Contains(text, secret) }
	if slices.ContainsFunc(secrets, tells) || d.Summary == "" || strings.ContainsAny(d.Summary, "\r\n") {
		t.Errorf("unfit diagnostic %s", text)
	}
	return d
}
