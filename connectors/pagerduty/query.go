package pagerduty

import (
	"encoding/json"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Connector is the name of the connector that answers the queries.
const Connector = "pagerduty"

// Scope is of which services something is asked. The connector refuses one that
// names neither services nor a team.
type Scope struct {
	Services []string `json:"services,omitempty"` // names, exactly as in PagerDuty
	Team     string   `json:"team,omitempty"`     // id of a team, whose services are meant
	Urgency  Urgency  `json:"urgency,omitempty"`  // of incidents; empty: both
}

// Urgency is that of an incident, as PagerDuty names it.
type Urgency string

// The urgencies.
const (
	High Urgency = "high"
	Low  Urgency = "low"
)

// query returns a query about the services of a scope.
func (s Scope) query(kind string, yields fact.Yields) fact.Query {
	q := fact.NewQuery(Connector, kind, yields)
	for _, name := range append([]string{s.Team, string(s.Urgency)}, s.Services...) {
		if !utf8.ValidString(name) {
			return q.With("services", name) // which Fault reports, where JSON would replace it
		}
	}
	text, err := json.Marshal(s)
	if err != nil {
		return q // texts always encode
	}
	q.Params, err = fact.ParseParams(string(text))
	if err != nil {
		q.Params = fact.Params(text) // for Fault to report
	}
	return q
}

func between(q fact.Query, since, until time.Time) fact.Query {
	return q.With("since", since.UTC().Format(time.RFC3339)).With("until", until.UTC().Format(time.RFC3339))
}

// OpenIncidents asks for the incidents of the services that nobody resolved yet,
// whenever they were opened, out of the services that are watched.
func OpenIncidents(s Scope) fact.Query {
	return s.query("incidents", fact.Incidents()).With("status", "open").OutOf(Watched(s))
}

// Incidents asks for the incidents of the services that were open at some moment
// from since until before until, up to 5 months, out of the services that are
// watched now.
func Incidents(s Scope, since, until time.Time) fact.Query {
	return between(s.query("incidents", fact.Incidents()).With("status", "any"), since, until).OutOf(Watched(s))
}

// RecentIncidents is [Incidents] of a window that ends when it is asked.
func RecentIncidents(s Scope, window time.Duration) fact.Query {
	return s.query("incidents", fact.Incidents()).With("status", "any").Over(window).OutOf(Watched(s))
}

// Watched asks how many of the services open incidents when something is wrong:
// those that are neither disabled nor in maintenance.
func Watched(s Scope) fact.Query { return services(s, "watched") }

// Unwatched asks how many of the services are disabled or in maintenance, out of
// all of them. That these have no incident says nothing.
func Unwatched(s Scope) fact.Query { return services(s, "unwatched").OutOf(services(s, "all")) }

func services(s Scope, of string) fact.Query {
	s.Urgency = ""
	return s.query("services", fact.Number(value.Count)).With("of", of)
}

// Services asks for the state of each of the services: alert while an incident
// of its is triggered, warn while those that are open are acknowledged, muted
// when it is disabled or in maintenance.
func Services(s Scope) fact.Query {
	s.Urgency = ""
	return s.query("services", fact.States()).With("of", "all")
}

// OnCall asks who is on call now for an escalation policy, at each of its levels.
func OnCall(policy string) fact.Query {
	return fact.NewQuery(Connector, "on-call", fact.Duties()).With("policy", policy)
}

// OnCallBetween asks who is on call for an escalation policy from since until
// before until, up to 3 months, shift by shift.
func OnCallBetween(policy string, since, until time.Time) fact.Query {
	return between(OnCall(policy), since, until)
}

// OnCallGaps asks how often nobody is on call for an escalation policy at a
// level from since until before until, out of the levels that it has; level 0
// stands for all of them.
func OnCallGaps(policy string, level int, since, until time.Time) fact.Query {
	of := func(what string) fact.Query {
		q := fact.NewQuery(Connector, "on-call", fact.Number(value.Count)).With("policy", policy).With("of", what)
		if level != 0 {
			q = q.With("level", strconv.Itoa(level))
		}
		return between(q, since, until)
	}
	return of("gaps").OutOf(of("levels"))
}

// Maintenance asks for the maintenance of the services that is under way or
// planned from since until before until: a muted state for each service in it.
func Maintenance(s Scope, since, until time.Time) fact.Query {
	s.Urgency = ""
	return between(s.query("maintenance", fact.States()), since, until)
}

// MaintenanceCount asks how many of the services are in maintenance at some
// moment from since until before until, out of all of them.
func MaintenanceCount(s Scope, since, until time.Time) fact.Query {
	s.Urgency = ""
	return between(s.query("maintenance", fact.Number(value.Count)), since, until).OutOf(services(s, "all"))
}

// Changes asks for the change events of the services from since until before
// until, each as a work item of type "Change".
func Changes(s Scope, since, until time.Time) fact.Query {
	s.Urgency = ""
	return between(s.query("changes", fact.WorkItems()), since, until)
}
