package datadogconnector_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/faulttest"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/datadog"
	"github.com/tidegate-go/tidegate/connectors/datadog/datadogconnector"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// What the constructors ask is what the description promises.
func TestDescribe(t *testing.T) {
	d := datadogconnector.New().Describe()
	if d.Name != datadog.Connector || d.Version != datadogconnector.Version || d.Summary == "" || len(d.RateLimits) == 0 {
		t.Errorf("%+v", d)
	}
	if _, err := connectors.ConfigSchema(d.Config); err != nil {
		t.Error(err)
	}
	for _, k := range d.Kinds {
		if _, err := connectors.ConfigSchema(k.Params); err != nil || k.Summary == "" {
			t.Errorf("%s: %v", k.Name, err)
		}
		limited := slices.ContainsFunc(d.RateLimits, func(l connectors.RateLimit) bool { return slices.Contains(l.Kinds, k.Name) })
		if !limited {
			t.Errorf("nothing limits %s", k.Name)
		}
		for _, shape := range k.Shapes {
			if !slices.ContainsFunc(slices.Concat(everyNumber, everyList), func(q fact.Query) bool { return q.Kind == k.Name && q.Yields.Shape == shape }) {
				t.Errorf("no query of kind %s in shape %v", k.Name, shape)
			}
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	faulttest.Refuses(t, datadogconnector.New(), []string{"apiKey", "applicationKey"}, []faulttest.Refusal{
		{Name: "nothing", JSON: `{}`, Paths: []string{"apiKey", "applicationKey"}},
		{Name: "no site", JSON: `{}`, Secret: "k", Paths: []string{"site"}},
		{Name: "unknown field", JSON: `{"site": "datadoghq.eu", "org": 1}`, Secret: "k", Paths: []string{"org"}},
		{Name: "another site", JSON: `{"site": "datadoghq.org"}`, Secret: "k", Paths: []string{"site"}},
		{Name: "http", JSON: `{"baseURL": "http://api.datadoghq.eu"}`, Secret: "k", Paths: []string{"baseURL"}},
		{Name: "pasted keys", JSON: `{"site": "datadoghq.eu"}`, Secret: "secret-key\n", Paths: []string{"apiKey", "applicationKey"}},
		{Name: "all at once", JSON: `{"site": "x", "appURL": "y", "settle": "-PT1S", "maxMonitors": -1, "pageSize": 1001, "timeout": "-PT1S", "kinds": ["logs"]}`, Secret: "k",
			Paths: []string{"site", "appURL", "settle", "maxMonitors", "pageSize", "timeout", "kinds[0]"}},
		{Name: "no such CA file", JSON: `{"site": "datadoghq.eu", "caFile": "/no/such/file"}`, Secret: "k", Paths: []string{"caFile"}},
	})
}

// Nine sites, each with its own API and its own address for people.
func TestSites(t *testing.T) {
	if n := len(datadogconnector.Sites()); n != 9 {
		t.Errorf("%d sites", n)
	}
	for _, site := range datadogconnector.Sites() {
		keys := map[string]connectors.Secret{"apiKey": connectors.NewSecret("a-key"), "applicationKey": connectors.NewSecret("b-key")}
		in, err := datadogconnector.New().Open(t.Context(), connectors.Settings{JSON: []byte(`{"site": "` + site + `"}`), Secrets: keys})
		if err != nil {
			t.Errorf("%s: %v", site, err)
			continue
		}
		if err := in.Close(); err != nil {
			t.Error(err)
		}
	}
}

// Check proves both keys, and each scope that the kinds of the settings need.
func TestCheck(t *testing.T) {
	kinds := func(all ...string) func(*datadogconnector.Config) {
		return func(c *datadogconnector.Config) { c.Kinds = all }
	}
	for _, tt := range []struct {
		name       string
		change     func(*datadogconnector.Config)
		scopes     []string
		code, path string
		says       string
		requests   int
	}{
		{"ready", nil, nil, "", "", "", 6},
		{"metrics alone", kinds("metric", "scalar", "comparison"), []string{"timeseries_query"}, "", "", "", 2},
		{"wrong API key", func(c *datadogconnector.Config) { c.APIKey = connectors.NewSecret("an-old-one") }, nil, connectors.CodeForbidden, "apiKey", "not one of this site's", 1},
		{"wrong application key", func(c *datadogconnector.Config) { c.ApplicationKey = connectors.NewSecret("an-old-one") }, nil, connectors.CodeForbidden, "applicationKey", "timeseries_query", 2},
		{"no monitors", kinds("monitors"), []string{"monitors_downtime"}, connectors.CodeForbidden, "applicationKey", "scope monitors_read", 2},
		{"no downtimes", kinds("monitors"), []string{"monitors_read"}, connectors.CodeForbidden, "applicationKey", "scope monitors_downtime", 3},
		{"no objectives", kinds("slo"), []string{"monitors_read"}, connectors.CodeForbidden, "applicationKey", "scope slos_read", 2},
		{"no tests", kinds("tests"), []string{"monitors_read"}, connectors.CodeForbidden, "applicationKey", "scope ci_visibility_read", 2},
	} {
		s := open(t, tt.change, upstream.Options{})
		if tt.scopes != nil {
			s.Grant(tt.scopes...)
		}
		err := s.Check(t.Context())
		if tt.code == "" {
			if err != nil {
				t.Errorf("%s: %v", tt.name, err)
			}
		} else if d := diagnostic(t, err); d.Code != tt.code || d.Path != tt.path || !strings.Contains(d.Summary, tt.says) {
			t.Errorf("%s: %+v", tt.name, d)
		}
		if n := s.Requests(); n != tt.requests {
			t.Errorf("%s: %d requests, want %d", tt.name, n, tt.requests)
		}
	}
	s := open(t, nil, upstream.Options{})
	s.Fail(1, standin.JSON(`{"valid":false}`))
	if d := diagnostic(t, s.Check(t.Context())); d.Code != connectors.CodeUnauthorized || d.Path != "apiKey" {
		t.Errorf("%+v", d)
	}
}

// Every request that the connector can make, and how it is made.
func TestRequests(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	furnish(s.Server)
	for _, q := range everyNumber {
		if _, err := s.Measure(t.Context(), q); err != nil {
			t.Errorf("%v: %v", q, err)
		}
	}
	for _, q := range everyList {
		if _, _, _, err := s.list(t, q, ""); err != nil {
			t.Errorf("%v: %v", q, err)
		}
	}
	seen := map[string]int{}
	for _, c := range s.Log() {
		seen[c.Method+" "+c.Path]++
		if c.Header.Get("DD-API-KEY") != "" || c.Header.Get("DD-APPLICATION-KEY") != "" {
			t.Errorf("the log has the keys: %v", c.Header)
		}
		if c.Header.Get("Accept") != "application/json" || !strings.HasPrefix(c.Header.Get("User-Agent"), "tidegate-connector-datadog/") {
			t.Errorf("%s: %v", c.Path, c.Header)
		}
	}
	want := map[string]int{
		"GET /api/v1/validate": 1, "GET /api/v1/query": 2, "POST /api/v2/query/timeseries": 3, "POST /api/v2/query/scalar": 1,
		"GET /api/v1/monitor": 2, "GET /api/v2/downtime": 1, "GET /api/v1/slo/slo-1/history": 1, "GET /api/v1/slo/slo-1": 1,
		"POST /api/v2/ci/tests/analytics/aggregate": 1,
	}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
