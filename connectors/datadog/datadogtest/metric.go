package datadogtest

import (
	"net/http"
	"slices"
	"time"
)

// Unit is a unit of a metric, as Datadog tells it.
type Unit struct {
	Family string `json:"family"`
	Name   string `json:"name"`
}

// The units that tests need.
var (
	Millisecond = Unit{"time", "millisecond"}
	Second      = Unit{"time", "second"}
	Percent     = Unit{"percentage", "percent"}
	Request     = Unit{"network", "request"}
	Byte        = Unit{"bytes", "byte"}
)

// Point is one bucket, by its beginning.
type Point struct {
	At    time.Time
	Value float64
}

// Series is one series of a query.
type Series struct {
	Scope     string        // "*" by default
	Interval  time.Duration // of a bucket; a minute by default
	Unit, Per Unit          // zero: Datadog does not tell
	Points    []Point       // in any order; a bucket without one has no data
}

// Every makes one point for each interval of the time from a moment to another.
func Every(interval time.Duration, from, to time.Time, value func(at time.Time) float64) []Point {
	var all []Point
	for at := from.Truncate(interval); at.Before(to); at = at.Add(interval) {
		all = append(all, Point{at, value(at)})
	}
	return all
}

// SetMetric makes a query have these series; none takes its data away.
func (s *Server) SetMetric(query string, series ...Series) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.metrics[query] = slices.Clone(series)
}

func (s Series) interval() time.Duration {
	if s.Interval <= 0 {
		return time.Minute
	}
	return s.Interval
}

// between are the points from a moment to another, by time.
func (s Series) between(from, to time.Time) []Point {
	var all []Point
	for _, p := range s.Points {
		if !p.At.Before(from) && p.At.Before(to) {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b Point) int { return a.At.Compare(b.At) })
	return all
}

// units are the unit and what it is per, null where there is none.
func (s Series) units() []any {
	both := make([]any, 2)
	for i, u := range []Unit{s.Unit, s.Per} {
		if u != (Unit{}) {
			both[i] = map[string]any{"family": u.Family, "name": u.Name, "plural": u.Name + "s", "short_name": u.Name, "scale_factor": 1.0}
		}
	}
	if both[0] == nil && both[1] == nil {
		return nil
	}
	return both
}

// query is GET /api/v1/query.
func (s *Server) query(w http.ResponseWriter, r *http.Request) {
	from, ok1 := whole(w, r, "from", -1)
	if !ok1 {
		return
	}
	to, ok2 := whole(w, r, "to", -1)
	if !ok2 {
		return
	}
	text := r.URL.Query().Get("query")
	s.mu.Lock()
	defer s.mu.Unlock()
	series := []map[string]any{}
	for _, one := range s.metrics[text] {
		points := [][]any{}
		for _, p := range one.between(time.Unix(from, 0), time.Unix(to, 0)) {
			points = append(points, []any{float64(p.At.UnixMilli()), p.Value})
		}
		if len(points) == 0 {
			continue
		}
		entry := map[string]any{"metric": text, "scope": scopeOf(one), "expression": text, "query_index": 0, "aggr": nil, "tag_set": []string{},
			"interval": int(one.interval() / time.Second), "length": len(points), "pointlist": points}
		if u := one.units(); u != nil {
			entry["unit"] = u
		}
		series = append(series, entry)
	}
	answer(w, map[string]any{"status": "ok", "res_type": "time_series", "resp_version": 1, "query": text, "from_date": from * 1000, "to_date": to * 1000,
		"series": series, "message": "", "group_by": []string{}})
}

func scopeOf(s Series) string {
	if s.Scope == "" {
		return "*"
	}
	return s.Scope
}
