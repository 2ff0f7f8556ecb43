package pagerdutytest

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// site is what links begin with.
const site = "https://acme.pagerduty.com"

// Service is one service. Status is "active", "warning", "critical",
// "maintenance" or "disabled"; "active" by default.
type Service struct{ ID, Name, Team, Status string }

// Incident is one incident. Status follows from the moments; a zero one did not
// come yet.
type Incident struct {
	ID, Title, Service, Urgency    string // Service is its id; Urgency "high" by default
	Opened, Acknowledged, Resolved time.Time
}

// Policy is an escalation policy with so many levels.
type Policy struct {
	ID, Name string
	Levels   int
}

// Shift is one shift of a policy. From and Until are zero for always.
type Shift struct {
	Policy      string // its id
	Level       int
	User        string // its id
	From, Until time.Time
}

// Maintenance is one maintenance window of services, by their ids.
type Maintenance struct {
	ID          string
	From, Until time.Time
	Services    []string
}

// Change is one change event of services, by their ids.
type Change struct {
	ID, Summary string
	At          time.Time
	Services    []string
}

// SetServices replaces the services.
func (s *Server) SetServices(services ...Service) { replace(s, &s.services, services) }

// SetIncidents replaces the incidents.
func (s *Server) SetIncidents(incidents ...Incident) { replace(s, &s.incidents, incidents) }

// SetOnCall replaces the escalation policies and the shifts.
func (s *Server) SetOnCall(policies []Policy, shifts ...Shift) {
	replace(s, &s.policies, policies)
	replace(s, &s.shifts, shifts)
}

// SetMaintenance replaces the maintenance windows.
func (s *Server) SetMaintenance(windows ...Maintenance) { replace(s, &s.windows, windows) }

// SetChanges replaces the change events.
func (s *Server) SetChanges(changes ...Change) { replace(s, &s.changes, changes) }

func replace[T any](s *Server, to *[]T, by []T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	*to = slices.Clone(by)
}

func ref(kind, id, name string) map[string]any {
	return map[string]any{"id": id, "type": kind + "_reference", "summary": name, "self": "https://api.pagerduty.com/" + kind + "s/" + id, "html_url": site + "/" + kind + "s/" + id}
}

// service is the reference to a service; the lock is held.
func (s *Server) service(id string) map[string]any {
	for _, one := range s.services {
		if one.ID == id {
			return ref("service", id, one.Name)
		}
	}
	return ref("service", id, "")
}

func (s *Server) listServices(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	s.mu.Lock()
	defer s.mu.Unlock()
	all := []map[string]any{}
	for _, one := range slices.SortedStableFunc(slices.Values(s.services), func(a, b Service) int { return cmp.Compare(a.Name, b.Name) }) {
		if !chosen(q, "team_ids[]", one.Team) || !strings.Contains(strings.ToLower(one.Name), strings.ToLower(q.Get("query"))) {
			continue
		}
		v := ref("service", one.ID, one.Name)
		v["type"], v["name"], v["status"] = "service", one.Name, cmp.Or(one.Status, "active")
		v["escalation_policy"] = ref("escalation_policy", "PPOLICY", "")
		v["teams"] = []any{}
		if one.Team != "" {
			v["teams"] = []any{ref("team", one.Team, one.Team)}
		}
		all = append(all, v)
	}
	paged(w, r, "services", all, itself)
}

func itself(v map[string]any) map[string]any { return v }

// chosen reports whether a filter lets a value through.
func chosen(q url.Values, name, value string) bool {
	return len(q[name]) == 0 || slices.Contains(q[name], value)
}

func (i Incident) status(now time.Time) string {
	switch {
	case !i.Resolved.IsZero() && !i.Resolved.After(now):
		return "resolved"
	case !i.Acknowledged.IsZero() && !i.Acknowledged.After(now):
		return "acknowledged"
	}
	return "triggered"
}

func (s *Server) listIncidents(w http.ResponseWriter, r *http.Request) {
	q, now := r.URL.Query(), s.Now()
	since, until, ok := window(w, q, now.Add(-30*24*time.Hour), now)
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Incident
	for _, i := range slices.SortedStableFunc(slices.Values(s.incidents), func(a, b Incident) int { return a.Opened.Compare(b.Opened) }) {
		if i.Urgency = cmp.Or(i.Urgency, "high"); i.Opened.After(now) || q.Get("date_range") != "all" && (i.Opened.Before(since) || !i.Opened.Before(until)) {
			continue
		}
		if chosen(q, "statuses[]", i.status(now)) && chosen(q, "urgencies[]", i.Urgency) && chosen(q, "service_ids[]", i.Service) {
			all = append(all, i)
		}
	}
	paged(w, r, "incidents", all, func(i Incident) map[string]any { return s.incident(i, i.status(now)) })
}

// incident is one as PagerDuty shows it; the lock is held.
func (s *Server) incident(i Incident, status string) map[string]any {
	v := ref("incident", i.ID, i.Title)
	v["type"], v["title"], v["status"], v["urgency"], v["created_at"], v["service"] = "incident", i.Title, status, i.Urgency, rfc(i.Opened), s.service(i.Service)
	v["resolved_at"], v["last_status_change_at"], v["acknowledgements"] = nil, rfc(i.Opened), []any{}
	switch status {
	case "resolved":
		v["resolved_at"], v["last_status_change_at"] = rfc(i.Resolved), rfc(i.Resolved)
	case "acknowledged":
		v["last_status_change_at"] = rfc(i.Acknowledged)
		v["acknowledgements"] = []any{map[string]any{"at": rfc(i.Acknowledged), "acknowledger": ref("user", "PUSER", "Somebody")}}
	}
	return v
}

func rfc(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// window reads since and until.
func window(w http.ResponseWriter, q url.Values, since, until time.Time) (time.Time, time.Time, bool) {
	for name, at := range map[string]*time.Time{"since": &since, "until": &until} {
		if text := q.Get(name); text != "" {
			t, err := time.Parse(time.RFC3339, text)
			if err != nil {
				refuse(w, http.StatusBadRequest, 2001, "Invalid Input Provided", name+" is not a valid time")
				return since, until, false
			}
			*at = t
		}
	}
	if q.Get("date_range") != "all" && until.Sub(since) > 183*24*time.Hour {
		refuse(w, http.StatusBadRequest, 2001, "Invalid Input Provided", "The maximum range is 6 months.")
		return since, until, false
	}
	return since, until, true
}

func (s *Server) listPolicies(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := []map[string]any{}
	for _, p := range s.policies {
		if !strings.Contains(strings.ToLower(p.Name), strings.ToLower(r.URL.Query().Get("query"))) {
			continue
		}
		v := ref("escalation_policy", p.ID, p.Name)
		rules := []any{}
		for range p.Levels {
			rules = append(rules, map[string]any{"id": "PRULE", "escalation_delay_in_minutes": 30, "targets": []any{ref("user", "PUSER", "")}})
		}
		v["type"], v["name"], v["escalation_rules"], v["num_loops"] = "escalation_policy", p.Name, rules, 0
		all = append(all, v)
	}
	paged(w, r, "escalation_policies", all, itself)
}

func (s *Server) listShifts(w http.ResponseWriter, r *http.Request) {
	q, now := r.URL.Query(), s.Now()
	since, until, ok := window(w, q, now, now)
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	all := []map[string]any{}
	for _, one := range s.shifts {
		if one.From.After(until) || !one.Until.IsZero() && !one.Until.After(since) || !chosen(q, "escalation_policy_ids[]", one.Policy) {
			continue
		}
		v := map[string]any{"escalation_policy": ref("escalation_policy", one.Policy, ""), "escalation_level": one.Level, "user": ref("user", one.User, one.User),
			"schedule": ref("schedule", "PSCHEDULE", "Rotation"), "start": nil, "end": nil}
		if !one.From.IsZero() {
			v["start"] = rfc(one.From)
		}
		if !one.Until.IsZero() {
			v["end"] = rfc(one.Until)
		}
		all = append(all, v)
	}
	paged(w, r, "oncalls", all, itself)
}

func (s *Server) listWindows(w http.ResponseWriter, r *http.Request) {
	q, now := r.URL.Query(), s.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	all := []map[string]any{}
	for _, one := range s.windows {
		open := one.Until.After(now)
		if q.Get("filter") == "open" && !open || !slices.ContainsFunc(one.Services, func(id string) bool { return chosen(q, "service_ids[]", id) }) {
			continue
		}
		v := ref("maintenance_window", one.ID, "Maintenance")
		services := []any{}
		for _, id := range one.Services {
			services = append(services, s.service(id))
		}
		v["type"], v["start_time"], v["end_time"], v["services"], v["description"] = "maintenance_window", rfc(one.From), rfc(one.Until), services, "Maintenance"
		all = append(all, v)
	}
	paged(w, r, "maintenance_windows", all, itself)
}

func (s *Server) listChanges(w http.ResponseWriter, r *http.Request) {
	now := s.Now()
	since, until, ok := window(w, r.URL.Query(), now.Add(-30*24*time.Hour), now)
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	all := []map[string]any{}
	for _, one := range s.changes {
		if one.At.Before(since) || !one.At.Before(until) {
			continue
		}
		services := []any{}
		for _, id := range one.Services {
			services = append(services, s.service(id))
		}
		all = append(all, map[string]any{"id": one.ID, "type": "change_event", "summary": one.Summary, "timestamp": rfc(one.At), "source": "deploy", "services": services,
			"links": []any{map[string]any{"href": "https://ci.example.com/" + one.ID, "text": "build"}}})
	}
	paged(w, r, "change_events", all, itself)
}
