package datadogtest

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Monitor is one monitor. State is "OK", "Warn", "Alert", "No Data" and so on,
// "OK" by default.
type Monitor struct {
	ID       int64
	Name     string
	Tags     []string
	State    string
	Groups   map[string]string    // state by group; nil: a simple monitor
	Silenced map[string]time.Time // by scope, "*" for all; the zero time: without end
	Changed  time.Time            // since when the states are so
}

// Downtime is one that is active from Start to End, either zero for always. It
// is of the monitor with the id, or of those with all of the tags.
type Downtime struct {
	Monitor    int64
	Tags       []string
	Scope      string   // "*" by default
	Groups     []string // of the monitor, that it covers; none: all of it
	Start, End time.Time
}

// SetMonitors adds monitors, or replaces those with the same id.
func (s *Server) SetMonitors(monitors ...Monitor) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range monitors {
		if m.State == "" {
			m.State = "OK"
		}
		s.monitors = slices.DeleteFunc(s.monitors, func(old Monitor) bool { return old.ID == m.ID })
		s.monitors = append(s.monitors, m)
	}
	slices.SortFunc(s.monitors, func(a, b Monitor) int { return int(a.ID - b.ID) })
}

// SetDowntimes replaces the downtimes.
func (s *Server) SetDowntimes(downtimes ...Downtime) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.downtimes = slices.Clone(downtimes)
}

// listMonitors is GET /api/v1/monitor.
func (s *Server) listMonitors(w http.ResponseWriter, r *http.Request) {
	after, ok := whole(w, r, "id_offset", 0)
	if !ok {
		return
	}
	size, ok := whole(w, r, "page_size", 1000)
	if !ok {
		return
	}
	if size > 1000 {
		refuse(w, http.StatusBadRequest, "The value provided for parameter 'page_size' is invalid")
		return
	}
	q := r.URL.Query()
	for _, name := range strings.FieldsFunc(q.Get("group_states"), comma) {
		if !slices.Contains([]string{"all", "alert", "warn", "no data"}, name) {
			refuse(w, http.StatusBadRequest, "Invalid group_state filters.")
			return
		}
	}
	tags := strings.FieldsFunc(q.Get("monitor_tags"), comma)
	s.mu.Lock()
	defer s.mu.Unlock()
	found := []map[string]any{}
	for _, m := range s.monitors {
		if m.ID > after && (int64(len(found)) < size || !q.Has("id_offset")) && containsAll(m.Tags, tags) {
			found = append(found, m.json(q.Get("group_states") != ""))
		}
	}
	answer(w, found)
}

func comma(r rune) bool { return r == ',' }

func containsAll(have, want []string) bool {
	for _, tag := range want {
		if tag != "*" && !slices.Contains(have, tag) {
			return false
		}
	}
	return true
}

// getMonitor is GET /api/v1/monitor/{id}.
func (s *Server) getMonitor(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.monitors {
		if strconv.FormatInt(m.ID, 10) == r.PathValue("id") {
			answer(w, m.json(true))
			return
		}
	}
	refuse(w, http.StatusNotFound, "Monitor not found")
}

func (m Monitor) json(groups bool) map[string]any {
	silenced := map[string]any{}
	for scope, until := range m.Silenced {
		silenced[scope] = nil
		if !until.IsZero() {
			silenced[scope] = until.Unix()
		}
	}
	v := map[string]any{"id": m.ID, "name": m.Name, "tags": append([]string{}, m.Tags...), "type": "query alert", "query": "avg(last_5m):avg:x{*} > 1",
		"message": "", "multi": m.Groups != nil, "overall_state": m.State, "matching_downtimes": []any{}, "restricted_roles": nil, "priority": nil, "deleted": nil,
		"options": map[string]any{"silenced": silenced, "include_tags": true, "notify_no_data": true}}
	if !m.Changed.IsZero() {
		v["overall_state_modified"] = m.Changed.UTC().Format(time.RFC3339)
	}
	if groups && m.Groups != nil {
		states := map[string]any{}
		for _, name := range slices.Sorted(maps.Keys(m.Groups)) {
			g := map[string]any{"name": name, "status": m.Groups[name]}
			if !m.Changed.IsZero() {
				at := map[string]string{"OK": "last_resolved_ts", "Alert": "last_triggered_ts", "Warn": "last_triggered_ts", "No Data": "last_nodata_ts"}[m.Groups[name]]
				if at != "" {
					g[at] = m.Changed.Unix()
				}
			}
			states[name] = g
		}
		v["state"] = map[string]any{"groups": states}
	}
	return v
}

func (d Downtime) active(now time.Time) bool {
	return !d.Start.After(now) && (d.End.IsZero() || d.End.After(now))
}

func (d Downtime) scope() string {
	if d.Scope == "" {
		return "*"
	}
	return d.Scope
}

// listDowntimes is GET /api/v2/downtime.
func (s *Server) listDowntimes(w http.ResponseWriter, r *http.Request) {
	offset, ok := whole(w, r, "page[offset]", 0)
	if !ok {
		return
	}
	limit, ok := whole(w, r, "page[limit]", 30)
	if !ok {
		return
	}
	now := s.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	all := []map[string]any{}
	for i, d := range s.downtimes {
		if r.URL.Query().Get("current_only") == "true" && !d.active(now) {
			continue
		}
		identifier := map[string]any{"monitor_id": d.Monitor}
		if d.Monitor == 0 {
			identifier = map[string]any{"monitor_tags": append([]string{}, d.Tags...)}
		}
		all = append(all, map[string]any{"id": downtimeID(i), "type": "downtime", "attributes": map[string]any{
			"status": "active", "scope": d.scope(), "monitor_identifier": identifier}})
	}
	from := min(int(offset), len(all))
	to := min(from+int(limit), len(all))
	answer(w, map[string]any{"data": all[from:to], "meta": map[string]any{"page": map[string]any{"total_filtered_count": len(all)}}})
}

func downtimeID(i int) string { return "00000000-0000-1234-0000-" + strconv.Itoa(100000000000+i) }

// downtimeMatches is GET /api/v2/monitor/{id}/downtime_matches.
func (s *Server) downtimeMatches(w http.ResponseWriter, r *http.Request) {
	now := s.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.monitors, func(m Monitor) bool { return strconv.FormatInt(m.ID, 10) == r.PathValue("id") })
	if i < 0 {
		refuse(w, http.StatusNotFound, "Monitor Not Found error")
		return
	}
	all := []map[string]any{}
	for n, d := range s.downtimes {
		if d.active(now) && (d.Monitor == s.monitors[i].ID || d.Monitor == 0 && containsAll(s.monitors[i].Tags, d.Tags)) {
			at := map[string]any{"scope": d.scope(), "groups": append([]string{}, d.Groups...), "end": nil, "start": "2020-01-01T00:00:00+00:00"}
			if !d.Start.IsZero() {
				at["start"] = d.Start.UTC().Format(time.RFC3339)
			}
			if !d.End.IsZero() {
				at["end"] = d.End.UTC().Format(time.RFC3339)
			}
			all = append(all, map[string]any{"id": downtimeID(n), "type": "downtime_match", "attributes": at})
		}
	}
	answer(w, map[string]any{"data": all, "meta": map[string]any{"page": map[string]any{"total_filtered_count": len(all)}}})
}
