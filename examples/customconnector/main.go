// Customconnector is a whole connector in one file: GitHub's workflow runs,
// deployments, and merged pull requests of a milestone. It is a program of its
// own, which a tidegate host starts:
//
//	go build -o tidegate-connector-github ./examples/customconnector
//	tidegate-connector-probe ./tidegate-connector-github -config github.json check
//
// Its test is the exam that every connector has to pass.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

func main() { connectors.Serve(newGitHub()) }

// config is one repository and the token to read it with.
type config struct {
	APIURL string            `json:"apiURL,omitzero" jsonschema_description:"https://api.github.com by default"`
	Owner  string            `json:"owner" jsonschema_description:"who has the repository: a person or an organization"`
	Repo   string            `json:"repo"`
	Token  connectors.Secret `json:"token" jsonschema_description:"may read actions, deployments, issues and pull requests"`
}

func newGitHub() connectors.Connector {
	about := connectors.Description{Name: "github", Version: "0.1.0", Summary: "Workflow runs, deployments and pull requests of a GitHub repository.",
		// docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api and rest/search: 5,000 an hour, 30 a minute.
		RateLimits: []connectors.RateLimit{{Name: "core", Kinds: []string{"runs", "deployments"}, PerSecond: 1, Burst: 20}, {Name: "search", Kinds: []string{"merged"}, PerSecond: 0.5, Burst: 10}}}
	return connectors.Define(about, open,
		connectors.Lists("runs", "Workflow runs of a commit: what its checks say.", fact.StateShape, (*github).runs),
		connectors.Lists("deployments", "Deployments to an environment.", fact.DeploymentShape, (*github).deployments),
		connectors.Lists("merged", "Merged pull requests of a milestone.", fact.WorkItemShape, (*github).merged),
	)
}

// github is an open instance.
type github struct {
	config

	client *upstream.Client
}

func open(_ context.Context, c config) (*github, error) {
	if err := errors.Join(need(connectors.CodeInvalidConfig, "owner", c.Owner), need(connectors.CodeInvalidConfig, "repo", c.Repo)); err != nil {
		return nil, err
	}
	client, err := upstream.New(cmp.Or(c.APIURL, "https://api.github.com"), &upstream.Options{Auth: upstream.Bearer(c.Token), Accept: "application/vnd.github+json"})
	return &github{c, client}, err
}

// Check proves that the token may read the repository.
func (g *github) Check(ctx context.Context) error {
	_, err := g.client.Do(ctx, upstream.Get("/repos/{owner}/{repo}", g.Owner, g.Repo), nil)
	return err
}

// Close ends the client.
func (g *github) Close() error { //nolint:unparam // an io.Closer
	g.client.Close()
	return nil
}

// need refuses what is empty: to GitHub it would mean everything.
func need(code, path, text string) error {
	if text != "" {
		return nil
	}
	return &connectors.Diagnostic{Code: code, Path: path, Origin: connectors.FromConfig, Summary: path + ": is empty"}
}

const (
	pageSize = 50
	maxFound = 1000 // GitHub gives no more of a search, nor of runs that are filtered
)

// page asks for the page at a cursor, its number, and returns the next cursor.
// An answer without its list is not an empty one: its count is below 0.
func (g *github) page(ctx context.Context, r upstream.Request, cursor string, into any, count func() (items, total int)) (next string, l connectors.Listed, err error) {
	n, err := strconv.Atoi(cmp.Or(cursor, "1"))
	if err != nil || n < 1 {
		return "", l, &connectors.Diagnostic{Code: connectors.CodeInvalidQuery, Path: "cursor", Origin: connectors.FromConfig, Summary: fmt.Sprintf("cursor: %q is no page", cursor)}
	}
	if _, err := g.client.Do(ctx, r.With("per_page", strconv.Itoa(pageSize)).With("page", strconv.Itoa(n)), into); err != nil {
		return "", l, err
	}
	items, total := count()
	if items < 0 {
		return "", l, &connectors.Diagnostic{Code: connectors.CodeBadAnswer, Origin: connectors.FromUpstream, Summary: "the answer lacks its list"}
	}
	reached := (n-1)*pageSize + items
	if items == pageSize && reached < maxFound {
		next = strconv.Itoa(n + 1)
	}
	complete := next != "" || reached == total || reached > total && reached < maxFound
	return next, connectors.Listed{Complete: complete, Source: "GitHub"}, nil
}

// counted is the length of a list, and -1 of one that is not there.
func counted[T any](list []T) int {
	if list == nil {
		return -1
	}
	return len(list)
}

type runParams struct {
	SHA string `json:"sha" jsonschema_description:"the commit, all 40 digits"`
}

func (g *github) runs(ctx context.Context, p runParams, cursor string) (page connectors.Page, l connectors.Listed, err error) {
	if err := need(connectors.CodeInvalidQuery, "sha", p.SHA); err != nil {
		return page, l, err
	}
	var found struct {
		Total int `json:"total_count"`
		Runs  []struct {
			ID                       int64
			Name, Status, Conclusion string
			Updated                  time.Time  `json:"updated_at"`
			Link                     value.Link `json:"html_url"`
		} `json:"workflow_runs"`
	}
	r := upstream.Get("/repos/{owner}/{repo}/actions/runs", g.Owner, g.Repo).With("head_sha", p.SHA)
	page.Cursor, l, err = g.page(ctx, r, cursor, &found, func() (int, int) { return counted(found.Runs), found.Total })
	for _, r := range found.Runs {
		page.States = append(page.States, fact.State{ID: strconv.FormatInt(r.ID, 10), Title: r.Name, Status: health(r.Status, r.Conclusion), Since: r.Updated.UTC(), Link: r.Link})
	}
	return page, l, err
}

// health is what a run says of its commit. One that was skipped looked at nothing.
func health(status, conclusion string) fact.Health {
	if status != "completed" {
		return fact.NoData
	}
	return map[string]fact.Health{"success": fact.Healthy, "failure": fact.Alerting, "timed_out": fact.Alerting, "startup_failure": fact.Alerting,
		"cancelled": fact.Warned, "action_required": fact.Warned, "stale": fact.Warned, "neutral": fact.Muted, "skipped": fact.Muted}[conclusion]
}

type deploymentParams struct {
	Environment string `json:"environment"`
}

func (g *github) deployments(ctx context.Context, p deploymentParams, cursor string) (page connectors.Page, l connectors.Listed, err error) {
	if err := need(connectors.CodeInvalidQuery, "environment", p.Environment); err != nil {
		return page, l, err
	}
	var found []struct {
		ID               int64
		SHA, Environment string
		Creator          struct{ Login string }
		Created          time.Time `json:"created_at"`
	}
	r := upstream.Get("/repos/{owner}/{repo}/deployments", g.Owner, g.Repo).With("environment", p.Environment)
	page.Cursor, l, err = g.page(ctx, r, cursor, &found, func() (int, int) { return counted(found), 0 })
	for _, d := range found {
		id := strconv.FormatInt(d.ID, 10)
		var said []struct { // the last one first
			State   string
			Created time.Time  `json:"created_at"`
			Link    value.Link `json:"log_url"`
		}
		if _, err := g.client.Do(ctx, upstream.Get("/repos/{owner}/{repo}/deployments/{id}/statuses", g.Owner, g.Repo, id).With("per_page", "1"), &said); err != nil {
			return page, l, err
		}
		one := fact.Deployment{ID: id, Component: g.Repo, Version: d.SHA, Environment: d.Environment, Account: fact.Account{System: "github", ID: d.Creator.Login}, Started: d.Created.UTC()}
		if len(said) > 0 {
			one.Status, one.Link = said[0].State, said[0].Link
			if slices.Contains([]string{"success", "failure", "error", "inactive"}, one.Status) {
				one.Finished = said[0].Created.UTC()
			}
		}
		page.Deployments = append(page.Deployments, one)
	}
	return page, l, err
}

type mergedParams struct {
	Milestone string `json:"milestone" jsonschema_description:"its title"`
}

func (g *github) merged(ctx context.Context, p mergedParams, cursor string) (page connectors.Page, l connectors.Listed, err error) {
	if err := need(connectors.CodeInvalidQuery, "milestone", p.Milestone); err != nil {
		return page, l, err
	}
	var found struct {
		Total   int  `json:"total_count"`
		Partial bool `json:"incomplete_results"` // GitHub ran out of time
		Items   []struct {
			Number  int
			Title   string
			User    struct{ Login string }
			Labels  []struct{ Name string }
			Updated time.Time  `json:"updated_at"`
			Link    value.Link `json:"html_url"`
		}
	}
	q := fmt.Sprintf("repo:%s/%s is:pr is:merged milestone:%q", g.Owner, g.Repo, p.Milestone)
	r := upstream.Get("/search/issues").With("q", q).With("sort", "created").With("order", "asc") // a new one comes last and moves none
	page.Cursor, l, err = g.page(ctx, r, cursor, &found, func() (int, int) { return counted(found.Items), found.Total })
	l.Complete = l.Complete && !found.Partial
	for _, i := range found.Items {
		item := fact.WorkItem{ID: strconv.Itoa(i.Number), Title: i.Title, Type: "Pull request", Status: "merged", Category: fact.Done,
			Author: fact.Account{System: "github", ID: i.User.Login}, Updated: i.Updated.UTC(), Link: i.Link}
		for _, label := range i.Labels {
			item.Labels = append(item.Labels, label.Name)
		}
		page.WorkItems = append(page.WorkItems, item)
	}
	return page, l, err
}
