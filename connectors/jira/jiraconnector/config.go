package jiraconnector

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/value"
)

// Config is the settings of one instance: one account at one Jira site.
type Config struct {
	// BaseURL is where the API is: https://acme.atlassian.net.
	BaseURL string `json:"baseURL" jsonschema_description:"where the API is, such as https://acme.atlassian.net"`

	// Site is the address that people use, for links; empty: the base URL.
	Site string `json:"site,omitzero" jsonschema_description:"the address that people use, for links; the base URL by default"`

	// Email is the account's. Without it the token is sent as a bearer token.
	Email string `json:"email,omitzero" jsonschema_description:"of the account; without it the token is sent as a bearer token"`

	// Token is an API token of the account.
	Token connectors.Secret `json:"token" jsonschema_description:"an API token of the account"`

	// Projects and Boards are what Check proves access to: keys and ids.
	Projects []string `json:"projects,omitzero" jsonschema_description:"keys of projects that Check proves access to"`
	Boards   []int64  `json:"boards,omitzero" jsonschema_description:"ids of boards that Check proves access to"`

	// MaxIssues is how many issues one count reads; more make it incomplete.
	// Zero means 100,000.
	MaxIssues int `json:"maxIssues,omitzero" jsonschema_description:"how many issues one count reads, 100,000 by default; more make it incomplete"`

	// PageSize is how many issues one request of a list asks for, 1 to 100.
	// Zero means 100. Jira may return fewer.
	PageSize int `json:"pageSize,omitzero" jsonschema_description:"issues per request of a list, 1 to 100, 100 by default"`

	// IndexLag is how far the site's search index may be behind its issues, which
	// Jira does not say: the answers of searches are dated back by it, so that
	// freshness allows for it. Zero means not at all.
	IndexLag value.Duration `json:"indexLag,omitzero" jsonschema_description:"how far the search index may be behind; answers are dated back by it, PT0S by default"`

	// Timeout bounds one request. Zero means 30 seconds.
	Timeout value.Duration `json:"timeout,omitzero" jsonschema_description:"of one request, PT30S by default"`

	// CAFile is a PEM file with certificates trusted beside the system's.
	CAFile string `json:"caFile,omitzero" jsonschema_description:"PEM file with certificates trusted beside the system's"`

	// Proxy is the URL of an HTTP proxy, without user and password.
	Proxy string `json:"proxy,omitzero" jsonschema_description:"URL of an HTTP proxy, without user and password"`
}

const (
	maxPage  = 100     // issues with their fields
	maxIDs   = 5000    // issues by id only: "It returns max 5000 issues" (search/jql)
	maxCount = 100_000 // issues of one count, by default

	maxLag = value.Duration(time.Hour)
)

// faults joins one diagnostic for each field that cannot be right.
func (c *Config) faults() error {
	var f upstream.Faults
	odd := func(r rune) bool { return r <= ' ' || r > '~' }
	f.Need(!strings.ContainsFunc(c.Token.Reveal(), odd), "token", "has a space, a line break or a character that no API token has")
	f.Need(!strings.ContainsAny(c.Email, ": \t\r\n"), "email", "%q is no address", c.Email)
	f.Need(c.Site == "" || value.Link(c.Site).Fault() == nil, "site", "is no link that people can follow, want https://site.atlassian.net")
	f.Need(c.MaxIssues >= 0, "maxIssues", "%d is below 0", c.MaxIssues)
	f.Need(c.PageSize >= 0 && c.PageSize <= maxPage, "pageSize", "%d is not between 1 and %d", c.PageSize, maxPage)
	f.Need(c.IndexLag >= 0 && c.IndexLag <= maxLag, "indexLag", "%s is not between PT0S and %s", c.IndexLag, maxLag)
	f.Need(c.Timeout >= 0, "timeout", "%s is below 0", c.Timeout)
	for i, key := range c.Projects {
		f.Need(key != "", fmt.Sprintf("projects[%d]", i), "is empty, want a project's key")
	}
	for i, id := range c.Boards {
		f.Need(id > 0, fmt.Sprintf("boards[%d]", i), "%d is no board's id", id)
	}
	return f.Err()
}

// client is the way to Jira that the settings describe.
func (c *Config) client(opts upstream.Options) (*upstream.Client, error) {
	opts.Auth = upstream.Bearer(c.Token)
	if c.Email != "" {
		opts.Auth = upstream.Basic(c.Email, c.Token)
	}
	opts.UserAgent = "tidegate-connector-jira/" + Version
	opts.CAFile, opts.Proxy = c.CAFile, c.Proxy
	opts.Timeout = cmp.Or(time.Duration(c.Timeout), opts.Timeout)
	opts.Explain, opts.Nobody = explain, nobody
	return upstream.New(c.BaseURL, &opts)
}

// site is what links begin with.
func (c *Config) site() string {
	site := c.Site
	if site == "" {
		site = c.BaseURL
	}
	return strings.TrimRight(site, "/")
}

// searchLink is where a person sees what the expression finds.
func searchLink(site, jql string) value.Link {
	return value.Link(site + "/issues/?jql=" + url.QueryEscape(jql))
}
