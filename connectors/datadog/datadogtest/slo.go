package datadogtest

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// SLO is one objective. With events it is of type metric and its indicator is
// reckoned; without, it is of type monitor and has the one that is given.
type SLO struct {
	ID, Name string
	Targets  map[string]Target // by timeframe: "7d", "30d", "90d"
	Events   []Events          // in any order
	SLI      float64           // percent, of one without events; below 0: no data
	Replayed bool              // is being reckoned anew
}

// Target is what an objective wants in a timeframe, in percent.
type Target struct{ Target, Warning float64 }

// Events are those of the minute that begins at a moment.
type Events struct {
	At        time.Time
	Good, All float64
}

// SetSLOs adds objectives, or replaces those with the same id.
func (s *Server) SetSLOs(slos ...SLO) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range slos {
		s.slos[one.ID] = one
	}
}

func (o SLO) thresholds() []map[string]any {
	all := []map[string]any{}
	for _, frame := range slices.Sorted(maps.Keys(o.Targets)) {
		v := map[string]any{"timeframe": frame, "target": o.Targets[frame].Target}
		if warning := o.Targets[frame].Warning; warning > 0 {
			v["warning"] = warning
		}
		all = append(all, v)
	}
	return all
}

func (o SLO) kind() (string, int) {
	if o.Events == nil {
		return "monitor", 0
	}
	return "metric", 1
}

func (o SLO) json() map[string]any {
	kind, _ := o.kind()
	v := map[string]any{"id": o.ID, "name": o.Name, "tags": []string{}, "type": kind, "thresholds": o.thresholds(), "description": nil, "monitor_tags": []string{},
		"created_at": 1704322488, "modified_at": 1704322488, "creator": map[string]any{"name": nil, "handle": "frog@datadoghq.com", "email": "frog@datadoghq.com"}}
	if kind == "metric" {
		v["query"] = map[string]any{"numerator": "sum:good{*}.as_count()", "denominator": "sum:all{*}.as_count()"}
	} else {
		v["monitor_ids"] = []int{1}
	}
	return v
}

// listSLOs is GET /api/v1/slo.
func (s *Server) listSLOs(w http.ResponseWriter, r *http.Request) {
	limit, ok := whole(w, r, "limit", 1000)
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	all := []map[string]any{}
	for _, id := range slices.Sorted(maps.Keys(s.slos)) {
		if int64(len(all)) < limit {
			all = append(all, s.slos[id].json())
		}
	}
	answer(w, map[string]any{"data": all, "error": nil, "metadata": map[string]any{"page": map[string]any{"total_count": len(s.slos), "total_filtered_count": len(s.slos)}}})
}

func (s *Server) slo(w http.ResponseWriter, r *http.Request) (SLO, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o, ok := s.slos[r.PathValue("id")]
	if !ok {
		refuse(w, http.StatusNotFound, "SLO not found")
	}
	return o, ok
}

// getSLO is GET /api/v1/slo/{id}.
func (s *Server) getSLO(w http.ResponseWriter, r *http.Request) {
	if o, ok := s.slo(w, r); ok {
		answer(w, map[string]any{"data": o.json(), "error": nil})
	}
}

// sloHistory is GET /api/v1/slo/{id}/history.
func (s *Server) sloHistory(w http.ResponseWriter, r *http.Request) {
	from, ok := whole(w, r, "from_ts", -1)
	if !ok {
		return
	}
	to, ok := whole(w, r, "to_ts", -1)
	if !ok {
		return
	}
	o, ok := s.slo(w, r)
	if !ok {
		return
	}
	kind, number := o.kind()
	overall := map[string]any{"name": o.Name, "sli_value": nil, "preview": o.Replayed, "error_budget_remaining": map[string]any{}}
	data := map[string]any{"from_ts": from, "to_ts": to, "type": kind, "type_id": number, "overall": overall}
	thresholds := map[string]any{}
	for _, t := range o.thresholds() {
		thresholds[t["timeframe"].(string)] = t //nolint:forcetypeassert // it is one
	}
	data["thresholds"] = thresholds
	sli, known := o.SLI, o.SLI >= 0
	if o.Events != nil {
		good, all := withEvents(data, o.Events, time.Unix(from, 0), time.Unix(to, 0))
		sli, known = 100*good/all, all > 0
	}
	if known {
		overall["sli_value"] = sli
		budget := map[string]any{}
		for frame, t := range o.Targets {
			if t.Target < 100 {
				budget[frame] = 100 * (sli - t.Target) / (100 - t.Target)
			}
		}
		overall["error_budget_remaining"] = budget
	}
	answer(w, map[string]any{"data": data, "errors": nil})
}

// withEvents adds the series of the events to the data and returns their sums.
func withEvents(data map[string]any, events []Events, from, to time.Time) (good, all float64) {
	sorted := slices.SortedFunc(slices.Values(events), func(a, b Events) int { return a.At.Compare(b.At) })
	times, numerator, denominator := []float64{}, []float64{}, []float64{}
	for _, e := range sorted {
		if e.At.Before(from) || !e.At.Before(to) {
			continue
		}
		times, numerator, denominator = append(times, float64(e.At.UnixMilli())), append(numerator, e.Good), append(denominator, e.All)
		good, all = good+e.Good, all+e.All
	}
	series := func(sum float64, values []float64) map[string]any {
		return map[string]any{"count": len(values), "sum": sum, "values": values}
	}
	data["series"] = map[string]any{"res_type": "time_series", "resp_version": 2, "interval": 60, "query": "sum:good{*}.as_count(), sum:all{*}.as_count()",
		"times": times, "numerator": series(good, numerator), "denominator": series(all, denominator)}
	return good, all
}

// Results are how many tests ended in which way.
type Results struct{ Passed, Failed, Skipped int }

// SetTests makes a query of the test explorer find these results.
func (s *Server) SetTests(query string, results Results) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tests[query] = results
}

// aggregate is POST /api/v2/ci/tests/analytics/aggregate.
func (s *Server) aggregate(w http.ResponseWriter, r *http.Request) {
	var q struct {
		Compute []struct{ Aggregation, Type string }
		Filter  struct{ Query, From, To string }
		GroupBy []struct{ Facet string } `json:"group_by"`
	}
	if err := json.NewDecoder(r.Body).Decode(&q); err != nil || len(q.Compute) != 1 || q.Compute[0].Aggregation != "count" ||
		len(q.GroupBy) != 1 || q.GroupBy[0].Facet != "@test.status" || strings.TrimSpace(q.Filter.From) == "" {
		refuse(w, http.StatusBadRequest, "The stand-in counts by @test.status and understands nothing else")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	buckets := []map[string]any{}
	found := s.tests[q.Filter.Query]
	for _, one := range []struct {
		status string
		n      int
	}{{"fail", found.Failed}, {"pass", found.Passed}, {"skip", found.Skipped}} {
		if one.n > 0 {
			buckets = append(buckets, map[string]any{"by": map[string]any{"@test.status": one.status}, "computes": map[string]any{"c0": one.n}})
		}
	}
	answer(w, map[string]any{"data": map[string]any{"buckets": buckets}, "meta": map[string]any{"elapsed": 43, "status": "done", "request_id": "pddv1ChZo"}})
}
