package azureboardsconnector_test

import (
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardsconnector"
	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardstest"
	"github.com/tidegate-go/tidegate/connectors/connectortest/faulttest"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// at is what the server's clock says, in whole seconds as in a Date header.
var at = time.Now().UTC().Truncate(time.Second)

type setup struct {
	*azureboardstest.Server
	connectors.Instance

	clock *faulttest.Clock
}

func (s setup) Close() error { return s.Instance.Close() }

// open starts a server and opens an instance for it.
func open(t *testing.T, change func(*azureboardsconnector.Config), opts upstream.Options) setup {
	t.Helper()
	server, err := azureboardstest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	server.SetNow(func() time.Time { return at })
	s := setup{Server: server, clock: &faulttest.Clock{}}
	if opts.Clock == nil {
		opts.Clock, opts.Rand = s.clock, func() float64 { return 0 }
	}
	config := configOf(server)
	if change != nil {
		change(&config)
	}
	settings, err := connectors.SettingsOf(config)
	if err != nil {
		t.Fatal(err)
	}
	if s.Instance, err = azureboardsconnector.NewWith(opts).Open(t.Context(), settings); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Instance.Close() })
	return s
}

func configOf(server *azureboardstest.Server) azureboardsconnector.Config {
	return azureboardsconnector.Config{Organization: azureboardstest.Organization, Project: azureboardstest.Project, BaseURL: server.URL,
		Token: connectors.NewSecret(azureboardstest.Token)}
}

const (
	sprint1 = "a589a806-bf11-4d4f-a031-c19813331553"
	sprint2 = "b589a806-bf11-4d4f-a031-c19813331553"
)

// shop is a project with two releases: nine items, three of them in the
// team's current iteration.
func shop(t *testing.T, opts upstream.Options) setup {
	t.Helper()
	s := open(t, func(c *azureboardsconnector.Config) { c.BatchSize, c.Teams = 2, []string{"Checkout"} }, opts)
	fill(s.Server)
	return s
}

func fill(s *azureboardstest.Server) {
	const now = `Shop\Sprint 2`
	s.AddItems(
		azureboardstest.Item{ID: 1, Title: "Pay", Type: "User Story", State: "Active", Iteration: now, Remaining: -1, Tags: []string{"1.0", "ui"}, Area: `Shop\Web`},
		azureboardstest.Item{ID: 2, Title: "Pay: form", State: "In Progress", Iteration: now, Parent: 1, Remaining: 5.5, Assigned: "ada@example.com", Tags: []string{"1.0"}},
		azureboardstest.Item{ID: 3, Title: "Pay: API", State: "Closed", Iteration: now, Parent: 1, Remaining: 3},
		azureboardstest.Item{ID: 4, Title: "Leak", Type: "Bug", State: "New", Severity: "1 - Critical", Priority: 1, Tags: []string{"1.0"}},
		azureboardstest.Item{ID: 5, Title: "Old", State: "Removed"}, azureboardstest.Item{ID: 6, Title: "Odd", State: "Waiting"},
		azureboardstest.Item{ID: 7, Title: "Seven", Iteration: `Shop\Sprint 1`, Links: []string{"https://jira.example.com/browse/SHOP-7", "https://wiki.example.com/7"}},
		azureboardstest.Item{ID: 8, Title: "Eight", State: "Resolved", Links: []string{"https://jira.example.com/browse/SHOP-8", "https://jira.example.com/browse/SHOP-9"}},
		azureboardstest.Item{ID: 9, Title: "Nine's", State: "Done"},
	)
	s.AddTeam("Checkout", azureboardstest.Iteration{ID: sprint1, Name: "Sprint 1", Path: `Shop\Sprint 1`, TimeFrame: "past"},
		azureboardstest.Iteration{ID: sprint2, Name: "Sprint 2", Path: now, TimeFrame: "current"})
	s.AddTeam("Idle", azureboardstest.Iteration{ID: sprint1, Name: "Sprint 1", Path: `Shop\Sprint 1`, TimeFrame: "past"})
}

// list collects a list from a cursor on.
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

func diagnostic(t *testing.T, err error) *connectors.Diagnostic {
	t.Helper()
	return faulttest.Diagnostic(t, err, azureboardstest.Token)
}
