package pagerdutyconnector

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/value"
)

// Config is the settings of one instance: one account.
type Config struct {
	// Region is "us", which is the default, or "eu".
	Region string `json:"region,omitzero" jsonschema_description:"us, which is the default, or eu"`

	// BaseURL is where the API is; that of the region by default.
	BaseURL string `json:"baseURL,omitzero" jsonschema_description:"where the API is, that of the region by default"`

	// Key is a general access key of the account, or one of a user.
	Key connectors.Secret `json:"key" jsonschema_description:"a REST API key; read-only is enough"`

	// Kinds are the kinds of queries that Check proves; none means all.
	Kinds []string `json:"kinds,omitzero" jsonschema_description:"kinds of queries that Check proves, all by default"`

	// PageSize is how many items one request asks for, 2 to 100. Zero means 100.
	PageSize int `json:"pageSize,omitzero" jsonschema_description:"items per request, 2 to 100, 100 by default"`

	// Timeout bounds one request. Zero means 30 seconds.
	Timeout value.Duration `json:"timeout,omitzero" jsonschema_description:"of one request, PT30S by default"`

	// CAFile is a PEM file with certificates trusted beside the system's.
	CAFile string `json:"caFile,omitzero" jsonschema_description:"PEM file with certificates trusted beside the system's"`

	// Proxy is the URL of an HTTP proxy, without user and password.
	Proxy string `json:"proxy,omitzero" jsonschema_description:"URL of an HTTP proxy, without user and password"`
}

// regions are where the API is (support.pagerduty.com, Service Regions).
var regions = map[string]string{"": "https://api.pagerduty.com", "us": "https://api.pagerduty.com", "eu": "https://api.eu.pagerduty.com"}

// maxPage is the most that one request may ask for (limit, "max of 100").
const maxPage = 100

// faults joins one diagnostic for each field that cannot be right.
func (c *Config) faults() error {
	var f upstream.Faults
	odd := func(r rune) bool { return r <= ' ' || r > '~' }
	f.Need(!strings.ContainsFunc(c.Key.Reveal(), odd), "key", "has a space, a line break or a character that no key has")
	f.Need(regions[c.Region] != "", "region", "%.80q is neither us nor eu", c.Region)
	f.Need(c.PageSize == 0 || c.PageSize >= 2 && c.PageSize <= maxPage, "pageSize", "%d is not between 2 and %d", c.PageSize, maxPage)
	f.Need(c.Timeout >= 0, "timeout", "%s is below 0", c.Timeout)
	for i, kind := range c.Kinds {
		f.Need(slices.Contains(kinds, kind), fmt.Sprintf("kinds[%d]", i), "%.80q is no kind, want one of %s", kind, strings.Join(kinds, ", "))
	}
	return f.Err()
}

// client is the way to PagerDuty that the settings describe.
func (c *Config) client(opts upstream.Options) (*upstream.Client, error) {
	opts.Auth = upstream.Header("Authorization", "Token token=", c.Key)
	opts.UserAgent = "tidegate-connector-pagerduty/" + Version
	opts.Accept = "application/vnd.pagerduty+json;version=2"
	opts.Header = http.Header{"Content-Type": {"application/json"}} // which PagerDuty wants with a GET, too
	opts.CAFile, opts.Proxy = c.CAFile, c.Proxy
	if c.Timeout > 0 {
		opts.Timeout = c.Timeout.Std()
	}
	opts.Explain = explain
	base := c.BaseURL
	if base == "" {
		base = regions[c.Region]
	}
	return upstream.New(base, &opts)
}
