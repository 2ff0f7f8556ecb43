package datadogtest

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// request is the body of the queries of v2.
type request struct {
	Data struct {
		Type       string
		Attributes struct {
			From, To, Interval int64
			Queries            []struct {
				Source     string `json:"data_source"`
				Name       string
				Query      string
				Aggregator string
			}
			Formulas []struct{ Formula string }
		}
	}
}

func read(w http.ResponseWriter, r *http.Request, kind string) (request, bool) {
	var q request
	if err := json.NewDecoder(r.Body).Decode(&q); err != nil || q.Data.Type != kind || len(q.Data.Attributes.Queries) == 0 {
		refuse(w, http.StatusBadRequest, "Invalid request: want a "+kind)
		return q, false
	}
	names := map[string]bool{}
	for _, one := range q.Data.Attributes.Queries {
		names[one.Name] = true
	}
	for _, f := range q.Data.Attributes.Formulas {
		_, known, err := evaluate(f.Formula, func(name string) (float64, bool) { return float64(name[0]), names[name] })
		if err == nil && !known {
			err = fmt.Errorf("the formula %q has a name that is no query's", f.Formula)
		}
		if err != nil {
			refuse(w, http.StatusBadRequest, err.Error())
			return q, false
		}
	}
	return q, true
}

// values are those of the queries at the moments that any of them has data.
func (s *Server) values(q request) (at []time.Time, byName map[string]map[time.Time]float64, grouped bool) {
	a := q.Data.Attributes
	byName = map[string]map[time.Time]float64{}
	for _, one := range a.Queries {
		byName[one.Name] = map[time.Time]float64{}
		for i, series := range s.metrics[one.Query] {
			grouped = grouped || i > 0
			for _, p := range series.between(time.UnixMilli(a.From), time.UnixMilli(a.To)) {
				moment := p.At.UTC()
				byName[one.Name][moment] = p.Value
				at = append(at, moment)
			}
		}
	}
	slices.SortFunc(at, time.Time.Compare)
	return slices.Compact(at), byName, grouped
}

// unit is that of a formula that is a query's name.
func (s *Server) unit(q request, formula string) []any {
	for _, one := range q.Data.Attributes.Queries {
		if one.Name == formula && len(s.metrics[one.Query]) > 0 {
			return s.metrics[one.Query][0].units()
		}
	}
	return nil
}

// timeseries is POST /api/v2/query/timeseries.
func (s *Server) timeseries(w http.ResponseWriter, r *http.Request) {
	q, ok := read(w, r, "timeseries_request")
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	at, byName, grouped := s.values(q)
	times := []int64{}
	for _, t := range at {
		times = append(times, t.UnixMilli())
	}
	series, values := []map[string]any{}, [][]any{}
	for i, f := range q.Data.Attributes.Formulas {
		row, some := make([]any, len(at)), false
		for j, t := range at {
			v, known, err := evaluate(f.Formula, func(name string) (float64, bool) { v, ok := byName[name][t]; return v, ok })
			if err != nil {
				refuse(w, http.StatusBadRequest, err.Error())
				return
			}
			if known {
				row[j], some = v, true
			}
		}
		for n := 0; some && n < 1+map[bool]int{true: 1}[grouped]; n++ {
			entry := map[string]any{"query_index": i, "group_tags": []string{}}
			if u := s.unit(q, f.Formula); u != nil {
				entry["unit"] = u
			}
			series, values = append(series, entry), append(values, row)
		}
	}
	answer(w, map[string]any{"data": map[string]any{"id": "0", "type": "timeseries_response",
		"attributes": map[string]any{"series": series, "times": times, "values": values}}})
}

// scalar is POST /api/v2/query/scalar.
func (s *Server) scalar(w http.ResponseWriter, r *http.Request) {
	q, ok := read(w, r, "scalar_request")
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, byName, grouped := s.values(q)
	numbers := map[string]float64{}
	for _, one := range q.Data.Attributes.Queries {
		var all []Point
		for t, v := range byName[one.Name] {
			all = append(all, Point{t, v})
		}
		n, known, err := aggregated(one.Aggregator, Series{Points: all}.between(time.Time{}, time.Unix(math.MaxInt32, 0)))
		if err != nil {
			refuse(w, http.StatusBadRequest, err.Error())
			return
		}
		if known {
			numbers[one.Name] = n
		}
	}
	columns := []map[string]any{}
	for _, f := range q.Data.Attributes.Formulas {
		v, known, err := evaluate(f.Formula, func(name string) (float64, bool) { v, ok := numbers[name]; return v, ok })
		if err != nil {
			refuse(w, http.StatusBadRequest, err.Error())
			return
		}
		column := map[string]any{"name": f.Formula, "type": "number", "values": []any{nil}, "meta": map[string]any{"unit": s.unit(q, f.Formula)}}
		if known {
			column["values"] = []any{v}
		}
		if grouped {
			column["values"] = []any{v, v}
		}
		columns = append(columns, column)
	}
	answer(w, map[string]any{"data": map[string]any{"id": "0", "type": "scalar_response", "attributes": map[string]any{"columns": columns}}})
}

// aggregated is one number made of buckets.
func aggregated(how string, points []Point) (n float64, known bool, err error) {
	if len(points) == 0 {
		return 0, false, nil
	}
	n = points[0].Value
	for _, p := range points[1:] {
		switch how {
		case "sum", "avg":
			n += p.Value
		case "min":
			n = min(n, p.Value)
		case "max":
			n = max(n, p.Value)
		case "last":
			n = p.Value
		}
	}
	switch how {
	case "avg":
		return n / float64(len(points)), true, nil
	case "sum", "min", "max", "last":
		return n, true, nil
	}
	return 0, false, fmt.Errorf("invalid aggregator %q", how)
}

// evaluate reckons a formula; a name without a value leaves it unknown.
func evaluate(formula string, value func(name string) (float64, bool)) (float64, bool, error) {
	tree, err := parser.ParseExpr(formula)
	if err != nil {
		return 0, false, fmt.Errorf("invalid formula %q", formula)
	}
	known := true
	var reckon func(e ast.Expr) float64
	reckon = func(e ast.Expr) float64 {
		switch e := e.(type) {
		case *ast.ParenExpr:
			return reckon(e.X)
		case *ast.Ident:
			v, ok := value(e.Name)
			known = known && ok
			return v
		case *ast.BasicLit:
			v, bad := strconv.ParseFloat(e.Value, 64)
			if bad != nil {
				err = fmt.Errorf("invalid formula %q", formula)
			}
			return v
		case *ast.BinaryExpr:
			x, y := reckon(e.X), reckon(e.Y)
			switch e.Op {
			case token.ADD:
				return x + y
			case token.SUB:
				return x - y
			case token.MUL:
				return x * y
			case token.QUO:
				known = known && y != 0 // Datadog has no data there
				return x / y
			}
		}
		err = fmt.Errorf("the stand-in does not understand the formula %q", formula)
		return 0
	}
	v := reckon(tree)
	return v, known && err == nil, err
}
