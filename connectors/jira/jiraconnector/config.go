package jiraconnector

import (
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
	BaseURL string `json:"baseURL"`

	// Site is the address that people use, for links; empty: the base URL.
	Site string `json:"site,omitempty"`

	// Email is the account's. Without it the token is sent as a bearer token.
	Email string `json:"email,omitempty"`

	// Token is an API token of the account.
	Token connectors.Secret `json:"token"`

	// Projects and Boards are what Check proves access to: keys and ids.
	Projects []string `json:"projects,omitempty"`
	Boards   []int64  `json:"boards,omitempty"`

	// MaxIssues is how many issues one count reads; more make it incomplete.
	// Zero means 100,000.
	MaxIssues int `json:"maxIssues,omitempty"`

	// PageSize is how many issues one request of a list asks for, 1 to 100.
	// Zero means 100. Jira may return fewer.
	PageSize int `json:"pageSize,omitempty"`

	// Timeout bounds one request. Zero means 30 seconds.
	Timeout value.Duration `json:"timeout,omitempty"`

	// CAFile is a PEM file with certificates trusted beside the system's.
	CAFile string `json:"caFile,omitempty"`

	// Proxy is the URL of an HTTP proxy, without user and password.
	Proxy string `json:"proxy,omitempty"`
}

const (
	maxPage  = 100     // issues with their fields
	maxIDs   = 5000    // issues by id only: "It returns max 5000 issues" (search/jql)
	maxCount = 100_000 // issues of one count, by default
)

// fault says what cannot be right, nil if nothing.
func (c *Config) fault() *connectors.Diagnostic {
	bad := func(path, format string, args ...any) *connectors.Diagnostic {
		return &connectors.Diagnostic{
			Code: connectors.CodeInvalidConfig, Origin: connectors.FromConfig, Path: path,
			Summary: path + ": " + fmt.Sprintf(format, args...),
		}
	}
	token := c.Token.Reveal()
	switch {
	case c.BaseURL == "":
		return bad("baseURL", "is missing, want https://site.atlassian.net")
	case token == "":
		return bad("token", "is missing")
	case strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }):
		return bad("token", "has a space, a line break or a character that no API token has")
	case strings.ContainsAny(c.Email, ": \t\r\n"):
		return bad("email", "%q is no address", c.Email)
	case c.MaxIssues < 0:
		return bad("maxIssues", "%d is below 0", c.MaxIssues)
	case c.PageSize < 0 || c.PageSize > maxPage:
		return bad("pageSize", "%d is not between 1 and %d", c.PageSize, maxPage)
	case c.Timeout < 0:
		return bad("timeout", "%s is below 0", c.Timeout)
	}
	if c.Site != "" {
		if err := value.Link(c.Site).Fault(); err != nil {
			return bad("site", "%v", err)
		}
	}
	return nil
}

// client is the way to Jira that the settings describe.
func (c *Config) client(opts upstream.Options) (*upstream.Client, error) {
	opts.Auth = upstream.Bearer(c.Token)
	if c.Email != "" {
		opts.Auth = upstream.Basic(c.Email, c.Token)
	}
	opts.UserAgent = "tidegate-connector-jira/" + Version
	opts.CAFile, opts.Proxy = c.CAFile, c.Proxy
	opts.Timeout = time.Duration(c.Timeout)
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
