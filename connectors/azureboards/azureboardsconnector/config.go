package azureboardsconnector

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

// Config is the settings of one instance: one token for one project.
type Config struct {
	// Organization and Project are those of the work items, as in their address:
	// https://dev.azure.com/{organization}/{project}.
	Organization string `json:"organization" jsonschema_description:"as in https://dev.azure.com/{organization}"`
	Project      string `json:"project" jsonschema_description:"name or id of the project"`

	// Token is a personal access token with the scope Work items (read).
	Token connectors.Secret `json:"token" jsonschema_description:"a personal access token with the scope Work items (read)"`

	// BaseURL is where the API is; empty: https://dev.azure.com.
	BaseURL string `json:"baseURL,omitzero" jsonschema_description:"where the API is, https://dev.azure.com by default"`

	// Site is the address that people use, for links; empty: the base URL.
	Site string `json:"site,omitzero" jsonschema_description:"the address that people use, for links; the base URL by default"`

	// Teams is what Check proves access to, by name or id.
	Teams []string `json:"teams,omitzero" jsonschema_description:"names of teams that Check proves access to"`

	// States are the names of states of a process of one's own.
	States States `json:"states,omitzero" jsonschema_description:"names of states that the process has beside the usual ones"`

	// BatchSize is how many items one request reads, 1 to 200. Zero means 200.
	BatchSize int `json:"batchSize,omitzero" jsonschema_description:"items per request, 1 to 200, 200 by default"`

	// Timeout bounds one request. Zero means 35 seconds: a query may run for 30.
	Timeout value.Duration `json:"timeout,omitzero" jsonschema_description:"of one request, PT35S by default"`

	// CAFile is a PEM file with certificates trusted beside the system's.
	CAFile string `json:"caFile,omitzero" jsonschema_description:"PEM file with certificates trusted beside the system's"`

	// Proxy is the URL of an HTTP proxy, without user and password.
	Proxy string `json:"proxy,omitzero" jsonschema_description:"URL of an HTTP proxy, without user and password"`
}

// States are names of states, by what they mean. They go before the usual ones.
type States struct {
	ToDo       []string `json:"toDo,omitzero" jsonschema_description:"nobody works on it yet"`
	InProgress []string `json:"inProgress,omitzero" jsonschema_description:"somebody works on it, or verifies it"`
	Done       []string `json:"done,omitzero" jsonschema_description:"nothing is left to do"`
}

const (
	service  = "https://dev.azure.com"
	maxBatch = 200 // "The maximum number of ids is 200" (workitemsbatch)
	slowest  = 35 * time.Second
)

// faults joins one diagnostic for each field that cannot be right.
func (c *Config) faults() error {
	var f upstream.Faults
	odd := func(r rune) bool { return r <= ' ' || r > '~' }
	segment := func(s string) bool { return s != "" && s != "." && s != ".." && !strings.ContainsAny(s, `/\`) }
	f.Need(segment(c.Organization), "organization", "%q is no name of an organization", c.Organization)
	f.Need(segment(c.Project), "project", "%q is no name of a project", c.Project)
	f.Need(!strings.ContainsFunc(c.Token.Reveal(), odd), "token", "has a space, a line break or a character that no token has")
	f.Need(c.Site == "" || value.Link(c.Site).Fault() == nil, "site", "is no link that people can follow, want https://dev.azure.com")
	f.Need(c.BatchSize >= 0 && c.BatchSize <= maxBatch, "batchSize", "%d is not between 1 and %d", c.BatchSize, maxBatch)
	f.Need(c.Timeout >= 0, "timeout", "%s is below 0", c.Timeout)
	for i, team := range c.Teams {
		f.Need(segment(team), fmt.Sprintf("teams[%d]", i), "%q is no name of a team", team)
	}
	seen := map[string]string{}
	for _, list := range c.States.lists() {
		for i, name := range list.names {
			at := fmt.Sprintf("states.%s[%d]", list.field, i)
			key := strings.ToLower(name)
			f.Need(strings.TrimSpace(name) != "", at, "is empty, want the name of a state")
			f.Need(seen[key] == "", at, "%q stands in states.%s too", name, seen[key])
			seen[key] = list.field
		}
	}
	return f.Err()
}

// client is the way to Azure DevOps that the settings describe.
func (c *Config) client(opts upstream.Options) (*upstream.Client, error) {
	opts.Auth = upstream.Basic("", c.Token) // the user does not matter
	opts.UserAgent = "tidegate-connector-azureboards/" + Version
	opts.CAFile, opts.Proxy = c.CAFile, c.Proxy
	opts.Timeout = cmp.Or(time.Duration(c.Timeout), opts.Timeout, slowest)
	opts.Explain, opts.Nobody = explain, nobody
	return upstream.New(cmp.Or(c.BaseURL, service), &opts)
}

// site is what links of the project begin with.
func (c *Config) site() string {
	return strings.TrimRight(cmp.Or(c.Site, c.BaseURL, service), "/") + "/" + url.PathEscape(c.Organization) + "/" + url.PathEscape(c.Project)
}
