package pagerdutyconnector

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/joint"
	"github.com/tidegate-go/tidegate/connectors/pagerduty"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Version is the connector's version, Semantic Versioning.
const Version = "0.1.0"

// kinds are the kinds of queries.
var kinds = []string{"incidents", "services", "on-call", "maintenance", "changes"}

// New returns the connector.
func New() connectors.Connector { return newWith(upstream.Options{}) }

// newWith returns the connector with a clock and randomness of a test's.
func newWith(opts upstream.Options) connectors.Connector {
	about := connectors.Description{
		Name: pagerduty.Connector, Version: Version,
		Summary: "Incidents, services, on-call duties, maintenance and changes of a PagerDuty account.",
		// PagerDuty lets 960 requests a minute through (community.pagerduty.com, Rate limit of API).
		RateLimits: []connectors.RateLimit{{Name: "api", PerSecond: 8, Burst: 30}},
	}
	open := func(_ context.Context, config Config) (*instance, error) { return newInstance(&config, opts) }
	return connectors.Define(about, open,
		connectors.ListsOver("incidents", "Incidents of services, open ones or those of a window.", fact.IncidentShape, (*instance).listIncidents),
		connectors.Measures("services", "Services: how many are watched, or their states.", (*instance).countServices),
		connectors.Lists("services", "", fact.StateShape, (*instance).listServices),
		connectors.Lists("on-call", "Who is on call for an escalation policy, now or over a window, or how many gaps there are.", fact.DutyShape, (*instance).listDuties),
		connectors.Measures("on-call", "", (*instance).gaps),
		connectors.Lists("maintenance", "Services in maintenance over a window, or how many.", fact.StateShape, (*instance).listMaintenance),
		connectors.Measures("maintenance", "", (*instance).countMaintenance),
		connectors.Lists("changes", "Change events of services over a window.", fact.WorkItemShape, (*instance).listChanges),
	)
}

// source is the system that answers, as people call it.
const source = "PagerDuty"

// instance is one account. It keeps no secret but in the client.
type instance struct {
	client   *upstream.Client
	answers  *joint.Answers
	kinds    []string
	pageSize int
}

func newInstance(config *Config, opts upstream.Options) (*instance, error) {
	if err := config.faults(); err != nil {
		return nil, err
	}
	client, err := config.client(opts)
	if err != nil {
		return nil, err
	}
	proven := config.Kinds
	if len(proven) == 0 {
		proven = kinds
	}
	return &instance{client: client, answers: joint.New(client.Now), kinds: proven, pageSize: cmp.Or(config.PageSize, maxPage)}, nil
}

// Close ends the client.
func (in *instance) Close() error { //nolint:unparam // an io.Closer
	in.client.Close()
	return nil
}

// Check proves the key, and then for each kind of query that the settings name
// that it may be asked.
func (in *instance) Check(ctx context.Context) error {
	var abilities upstream.Strict[struct {
		Abilities *[]string `json:"abilities"`
	}]
	a, err := in.client.Do(ctx, upstream.Get("/abilities"), &abilities)
	if err != nil {
		return err
	}
	if abilities.Is.Abilities == nil {
		return upstream.BadAnswer(a, "GET /abilities: answer has no array of abilities")
	}
	proven := map[string]bool{}
	for _, kind := range in.kinds {
		paths := map[string][]string{
			"incidents": {"/services", "/incidents"}, "services": {"/services"}, "on-call": {"/escalation_policies", "/oncalls"},
			"maintenance": {"/services", "/maintenance_windows"}, "changes": {"/services", "/change_events"},
		}[kind]
		for _, path := range paths {
			if proven[path] {
				continue
			}
			proven[path] = true
			if err := in.prove(ctx, path); err != nil {
				return err
			}
		}
	}
	return nil
}

// prove asks for one item of a list.
func (in *instance) prove(ctx context.Context, path string) error {
	r := upstream.Get(path).With("limit", "1")
	if path == "/incidents" {
		r = r.With("date_range", "all")
	}
	var page upstream.Strict[map[string]json.RawMessage]
	a, err := in.client.Do(ctx, r, &page)
	if err != nil {
		return err
	}
	if name := strings.TrimPrefix(path, "/"); !strings.HasPrefix(string(page.Is[name]), "[") {
		return upstream.BadAnswer(a, "GET %s: answer has no array of %s", path, name)
	}
	return nil
}

// explain is what PagerDuty says in the body of an error, "" if it is no such
// body: {"error":{"code":…,"message":"…","errors":["…"]}}, or {"error":"…"}.
func explain(body []byte) string {
	var r struct{ Error json.RawMessage }
	var said struct {
		Code    int
		Message string
		Errors  json.RawMessage
	}
	var text string
	if json.Unmarshal(body, &r) != nil {
		return ""
	}
	if json.Unmarshal(r.Error, &text) == nil {
		return text
	}
	if json.Unmarshal(r.Error, &said) != nil {
		return ""
	}
	var details []string
	if json.Unmarshal(said.Errors, &details) != nil {
		details = nil
	}
	if said.Message == "" {
		return strings.Join(details, "; ")
	}
	if said.Code != 0 {
		said.Message = fmt.Sprintf("%s (%d)", said.Message, said.Code)
	}
	return strings.Join(append([]string{said.Message}, details...), "; ")
}
