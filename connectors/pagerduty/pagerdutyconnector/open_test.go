package pagerdutyconnector_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/faulttest"
	"github.com/tidegate-go/tidegate/connectors/pagerduty"
	"github.com/tidegate-go/tidegate/connectors/pagerduty/pagerdutyconnector"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// What the constructors ask is what the description promises.
func TestDescribe(t *testing.T) {
	d := pagerdutyconnector.New().Describe()
	if d.Name != pagerduty.Connector || d.Version != pagerdutyconnector.Version || d.Summary == "" || len(d.RateLimits) == 0 {
		t.Errorf("%+v", d)
	}
	if _, err := connectors.ConfigSchema(d.Config); err != nil {
		t.Error(err)
	}
	for _, k := range d.Kinds {
		if _, err := connectors.ConfigSchema(k.Params); err != nil || k.Summary == "" {
			t.Errorf("%s: %v", k.Name, err)
		}
		for _, shape := range k.Shapes {
			if !slices.ContainsFunc(slices.Concat(everyNumber, everyList), func(q fact.Query) bool { return q.Kind == k.Name && q.Yields.Shape == shape }) {
				t.Errorf("no query of kind %s in shape %v", k.Name, shape)
			}
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	faulttest.Refuses(t, pagerdutyconnector.New(), []string{"key"}, []faulttest.Refusal{
		{Name: "nothing", JSON: `{}`, Paths: []string{"key"}},
		{Name: "unknown field", JSON: `{"token": "x"}`, Secret: "k", Paths: []string{"token"}},
		{Name: "http", JSON: `{"baseURL": "http://api.pagerduty.com"}`, Secret: "k", Paths: []string{"baseURL"}},
		{Name: "a pasted key", JSON: `{}`, Secret: "secret-key\n", Paths: []string{"key"}},
		{Name: "all at once", JSON: `{"region": "mars", "pageSize": 101, "timeout": "-PT1S", "kinds": ["users"]}`, Secret: "k", Paths: []string{"region", "pageSize", "timeout", "kinds[0]"}},
		{Name: "no such CA file", JSON: `{"caFile": "/no/such/file"}`, Secret: "k", Paths: []string{"caFile"}},
		{Name: "proxy with a password", JSON: `{"proxy": "http://me:pw@proxy"}`, Secret: "k", Paths: []string{"proxy"}},
	})
	for _, region := range []string{`{}`, `{"region": "us"}`, `{"region": "eu"}`} {
		in, err := pagerdutyconnector.New().Open(t.Context(), connectors.Settings{JSON: []byte(region), Secrets: map[string]connectors.Secret{"key": connectors.NewSecret("a-key")}})
		if err != nil {
			t.Errorf("%s: %v", region, err)
			continue
		}
		if err := in.Close(); err != nil {
			t.Error(err)
		}
	}
}

// Check proves a key of the account, which may not ask who it is, and each list
// that the kinds of the settings need.
func TestCheck(t *testing.T) {
	kinds := func(all ...string) func(*pagerdutyconnector.Config) {
		return func(c *pagerdutyconnector.Config) { c.Kinds = all }
	}
	for _, tt := range []struct {
		name       string
		change     func(*pagerdutyconnector.Config)
		denied     string
		code, says string
		requests   int
	}{
		{"ready", nil, "", "", "", 7},
		{"on call alone", kinds("on-call"), "/incidents", "", "", 3},
		{"wrong key", func(c *pagerdutyconnector.Config) { c.Key = connectors.NewSecret("an-old-one") }, "", connectors.CodeUnauthorized, "Authentication failed (2006)", 1},
		{"no services", kinds("services"), "/services", connectors.CodeForbidden, "GET /services: Access Denied (2010)", 2},
		{"no incidents", kinds("incidents"), "/incidents", connectors.CodeForbidden, "GET /incidents", 3},
		{"no policies", kinds("on-call"), "/escalation_policies", connectors.CodeForbidden, "GET /escalation_policies", 2},
		{"no shifts", kinds("on-call"), "/oncalls", connectors.CodeForbidden, "GET /oncalls", 3},
		{"no maintenance", kinds("maintenance"), "/maintenance_windows", connectors.CodeForbidden, "GET /maintenance_windows", 3},
		{"no changes", kinds("changes"), "/change_events", connectors.CodeForbidden, "GET /change_events", 3},
	} {
		s := open(t, tt.change, upstream.Options{})
		s.Deny(tt.denied)
		err := s.Check(t.Context())
		if tt.code == "" {
			if err != nil {
				t.Errorf("%s: %v", tt.name, err)
			}
		} else if d := diagnostic(t, err); d.Code != tt.code || !strings.Contains(d.Summary, tt.says) {
			t.Errorf("%s: %+v", tt.name, d)
		}
		if n := s.Requests(); n != tt.requests {
			t.Errorf("%s: %d requests, want %d", tt.name, n, tt.requests)
		}
		for _, c := range s.Log() {
			if c.Path == "/users/me" {
				t.Errorf("%s: asked who it is", tt.name)
			}
		}
	}
}

// Every request that the connector can make, and how it is made.
func TestRequests(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	furnish(s.Server)
	for _, q := range everyNumber {
		s.number(t, q)
	}
	for _, q := range everyList {
		s.whole(t, q)
	}
	var got []string
	for _, c := range s.Log() {
		query := c.Query
		for _, name := range []string{"limit", "offset", "total"} {
			if query.Get(name) == "" {
				t.Errorf("%s has no %s", c.Path, name)
			}
			query.Del(name)
		}
		got = append(got, c.Path+"?"+query.Encode())
		if c.Header.Get("Accept") != "application/vnd.pagerduty+json;version=2" || c.Header.Get("Content-Type") != "application/json" || !strings.HasPrefix(c.Header.Get("User-Agent"), "tidegate-connector-pagerduty/") {
			t.Errorf("%s: %v", c.Path, c.Header)
		}
	}
	const both = "service_ids%5B%5D=PBOOK&service_ids%5B%5D=PPAY"
	want := []string{
		"/services?sort_by=name&team_ids%5B%5D=PTEAM",
		"/services?query=Payments&sort_by=name",
		"/escalation_policies?query=Booking&sort_by=name",
		"/oncalls?escalation_policy_ids%5B%5D=PEP&since=2026-12-09T09%3A00%3A00Z&until=2026-12-09T13%3A00%3A00Z",
		"/maintenance_windows?filter=all&" + both,
		"/incidents?date_range=all&" + both + "&sort_by=created_at%3Aasc&statuses%5B%5D=triggered&statuses%5B%5D=acknowledged",
		"/incidents?" + both + "&since=2026-11-09T03%3A30%3A00Z&sort_by=created_at%3Aasc&until=2026-12-09T06%3A29%3A00Z",
		"/oncalls?escalation_policy_ids%5B%5D=PEP",
		"/oncalls?escalation_policy_ids%5B%5D=PEP&since=2026-12-09T05%3A00%3A00Z&until=2026-12-09T09%3A00%3A00Z",
		"/change_events?since=2026-12-08T06%3A30%3A00Z&until=2026-12-09T06%3A30%3A00Z",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
