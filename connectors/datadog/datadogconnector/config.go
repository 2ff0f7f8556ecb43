package datadogconnector

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/value"
)

// Config is the settings of one instance: one organisation at one site.
type Config struct {
	// Site is one of [Sites]; without it BaseURL is needed.
	Site string `json:"site,omitzero" jsonschema_description:"the Datadog site, such as datadoghq.eu; without it baseURL is needed"`

	// BaseURL is where the API is; https://api.SITE by default.
	BaseURL string `json:"baseURL,omitzero" jsonschema_description:"where the API is, https://api.SITE by default"`

	// AppURL is the address that people use, for links; that of the site by default.
	AppURL string `json:"appURL,omitzero" jsonschema_description:"the address that people use, for links; that of the site by default"`

	// APIKey is a key of the organisation.
	APIKey connectors.Secret `json:"apiKey" jsonschema_description:"an API key of the organisation"`

	// ApplicationKey is one of a service account, with the scopes that are needed.
	ApplicationKey connectors.Secret `json:"applicationKey" jsonschema_description:"an application key with the scopes that the queries need"`

	// Kinds are the kinds of queries that Check proves; none means all.
	Kinds []string `json:"kinds,omitzero" jsonschema_description:"kinds of queries that Check proves, all by default"`

	// Settle is for how long after its end a bucket may still change; such
	// buckets are dropped. Zero means a minute.
	Settle value.Duration `json:"settle,omitzero" jsonschema_description:"how long a bucket may still change after its end, PT1M by default"`

	// MaxMonitors is how many monitors one query reads; more make it incomplete.
	// Zero means 10,000.
	MaxMonitors int `json:"maxMonitors,omitzero" jsonschema_description:"how many monitors one query reads, 10,000 by default; more make it incomplete"`

	// PageSize is how many monitors one request asks for, 1 to 1000. Zero means
	// all of them at once, which is what Datadog does if it is not told otherwise.
	PageSize int `json:"pageSize,omitzero" jsonschema_description:"monitors per request, 1 to 1000; all of them at once by default"`

	// Timeout bounds one request. Zero means 30 seconds.
	Timeout value.Duration `json:"timeout,omitzero" jsonschema_description:"of one request, PT30S by default"`

	// CAFile is a PEM file with certificates trusted beside the system's.
	CAFile string `json:"caFile,omitzero" jsonschema_description:"PEM file with certificates trusted beside the system's"`

	// Proxy is the URL of an HTTP proxy, without user and password.
	Proxy string `json:"proxy,omitzero" jsonschema_description:"URL of an HTTP proxy, without user and password"`
}

const (
	maxPage     = 1000 // "maximum": 1000 of page_size (ListMonitors)
	maxMonitors = 10_000
	settle      = time.Minute
)

// sites are Datadog's sites and where people find them (docs.datadoghq.com,
// Getting started with Datadog Sites; the server's variables of the API v1).
var sites = []struct{ name, app string }{
	{"datadoghq.com", "https://app.datadoghq.com"},
	{"us3.datadoghq.com", "https://us3.datadoghq.com"},
	{"us5.datadoghq.com", "https://us5.datadoghq.com"},
	{"ap1.datadoghq.com", "https://ap1.datadoghq.com"},
	{"ap2.datadoghq.com", "https://ap2.datadoghq.com"},
	{"uk1.datadoghq.com", "https://uk1.datadoghq.com"},
	{"datadoghq.eu", "https://app.datadoghq.eu"},
	{"ddog-gov.com", "https://app.ddog-gov.com"},
	{"us2.ddog-gov.com", "https://us2.ddog-gov.com"},
}

// Sites returns the names of Datadog's sites.
func Sites() []string {
	names := make([]string, len(sites))
	for i, s := range sites {
		names[i] = s.name
	}
	return names
}

// faults joins one diagnostic for each field that cannot be right.
func (c *Config) faults() error {
	var f upstream.Faults
	odd := func(s connectors.Secret) bool {
		return strings.ContainsFunc(s.Reveal(), func(r rune) bool { return r <= ' ' || r > '~' })
	}
	f.Need(!odd(c.APIKey), "apiKey", "has a space, a line break or a character that no key has")
	f.Need(!odd(c.ApplicationKey), "applicationKey", "has a space, a line break or a character that no key has")
	f.Need(c.Site != "" || c.BaseURL != "", "site", "is missing, want one of %s", strings.Join(Sites(), ", "))
	f.Need(c.Site == "" || slices.Contains(Sites(), c.Site), "site", "%.80q is no site, want one of %s", c.Site, strings.Join(Sites(), ", "))
	f.Need(c.AppURL == "" || value.Link(c.AppURL).Fault() == nil, "appURL", "is no link that people can follow, want https://app.datadoghq.com")
	f.Need(c.Settle >= 0 && c.Settle <= value.Duration(time.Hour), "settle", "%s is not between 0 and an hour", c.Settle)
	f.Need(c.MaxMonitors >= 0, "maxMonitors", "%d is below 0", c.MaxMonitors)
	f.Need(c.PageSize >= 0 && c.PageSize <= maxPage, "pageSize", "%d is not between 1 and %d", c.PageSize, maxPage)
	f.Need(c.Timeout >= 0, "timeout", "%s is below 0", c.Timeout)
	for i, kind := range c.Kinds {
		f.Need(slices.Contains(kinds, kind), fmt.Sprintf("kinds[%d]", i), "%.80q is no kind, want one of %s", kind, strings.Join(kinds, ", "))
	}
	return f.Err()
}

// client is the way to Datadog that the settings describe.
func (c *Config) client(opts upstream.Options) (*upstream.Client, error) {
	opts.Auth = upstream.Header("DD-API-KEY", "", c.APIKey).And(upstream.Header("DD-APPLICATION-KEY", "", c.ApplicationKey))
	opts.UserAgent = "tidegate-connector-datadog/" + Version
	opts.CAFile, opts.Proxy = c.CAFile, c.Proxy
	if c.Timeout > 0 {
		opts.Timeout = c.Timeout.Std()
	}
	opts.Explain = explain
	base := c.BaseURL
	if base == "" {
		base = "https://api." + c.Site
	}
	return upstream.New(base, &opts)
}

// app is what links begin with.
func (c *Config) app() string {
	for _, s := range sites {
		if c.AppURL == "" && s.name == c.Site {
			return s.app
		}
	}
	if c.AppURL == "" {
		return strings.TrimRight(c.BaseURL, "/")
	}
	return strings.TrimRight(c.AppURL, "/")
}
