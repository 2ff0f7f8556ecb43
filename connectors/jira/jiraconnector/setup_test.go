package jiraconnector_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/faulttest"
	"github.com/tidegate-go/tidegate/connectors/jira/jiraconnector"
	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// at is what the server's clock says, in whole seconds as in a Date header. One
// that is far from the client's is not believed.
var at = time.Now().UTC().Truncate(time.Second)

// clock does not wait: to sleep moves it on.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	slept time.Duration
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.slept += d
	c.now = c.now.Add(d)
	return ctx.Err()
}

func (c *clock) waited() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.slept
}

type setup struct {
	*jiratest.Server
	connectors.Instance

	clock *clock
}

func (s setup) Close() error { return s.Instance.Close() }

// open starts a server and opens an instance for it, with a clock of the test's.
func open(t *testing.T, change func(*jiraconnector.Config), opts upstream.Options) setup {
	t.Helper()
	opts.Clock, opts.Rand = nil, nil
	return openWith(t, change, opts)
}

// openWith is open with the clock of opts, if there is one.
func openWith(t *testing.T, change func(*jiraconnector.Config), opts upstream.Options) setup {
	t.Helper()
	server, err := jiratest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	server.SetNow(func() time.Time { return at })
	s := setup{Server: server, clock: &clock{now: time.Now()}}
	if opts.Clock == nil {
		opts.Clock, opts.Rand = s.clock, func() float64 { return 0 }
	}
	config := jiraconnector.Config{BaseURL: server.URL, Email: jiratest.Email, Token: connectors.NewSecret(jiratest.Token)}
	if change != nil {
		change(&config)
	}
	settings, err := connectors.SettingsOf(config)
	if err != nil {
		t.Fatal(err)
	}
	s.Instance, err = jiraconnector.NewWith(opts).Open(t.Context(), settings)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Instance.Close() })
	return s
}

// many are n issues of project SHOP with version 1.0, SHOP-1 first.
func many(n int) []jiratest.Issue {
	all := make([]jiratest.Issue, n)
	for i := range all {
		all[i] = jiratest.Issue{Key: fmt.Sprintf("SHOP-%d", i+1), Summary: fmt.Sprintf("Issue %d", i+1), FixVersions: []string{"1.0"}, Created: at}
	}
	return all
}

// list collects a list from a cursor on: the items, the cursor after each page,
// and the end.
func (s setup) list(t *testing.T, q fact.Query, cursor string) (items []fact.WorkItem, cursors []string, listed connectors.Listed, err error) {
	t.Helper()
	listed, err = s.List(t.Context(), q, cursor, func(p connectors.Page) error {
		if p.Waiting == 0 {
			items = append(items, p.WorkItems...)
			cursors = append(cursors, p.Cursor)
		}
		return nil
	})
	return items, cursors, listed, err
}

// diagnostic is err as a diagnostic that tells no secret.
func diagnostic(t *testing.T, err error) *connectors.Diagnostic {
	t.Helper()
	return faulttest.Diagnostic(t, err, jiratest.Token)
}
