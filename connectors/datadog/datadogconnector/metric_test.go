package datadogconnector_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/datadog"
	"github.com/tidegate-go/tidegate/connectors/datadog/datadogconnector"
	"github.com/tidegate-go/tidegate/connectors/datadog/datadogtest"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

const latency = "p95:checkout.latency{env:staging}"

var p95 = datadog.Metric(latency, value.Milliseconds)

// minute is the beginning of a minute before at, which is at half past.
func minute(ago int) time.Time {
	return at.Truncate(time.Minute).Add(-time.Duration(ago) * time.Minute)
}

// The bucket that is not over, and the one that has not settled, are dropped.
func TestNewestBucket(t *testing.T) {
	rising := datadogtest.Every(time.Minute, at.Add(-time.Hour), at.Add(time.Minute), func(m time.Time) float64 { return at.Sub(m).Minutes() })
	for _, tt := range []struct {
		settle time.Duration
		last   time.Time
	}{
		{0, minute(2)}, // a minute by default: 06:28 to 06:29 is over since 06:29
		{time.Second, minute(1)},
		{30 * time.Second, minute(1)},
		{31 * time.Second, minute(2)},
		{5 * time.Minute, minute(6)},
	} {
		s := open(t, func(c *datadogconnector.Config) { c.Settle = value.Duration(tt.settle) }, upstream.Options{})
		s.SetMetric(latency, datadogtest.Series{Points: rising, Unit: datadogtest.Millisecond})
		r := s.number(t, p95)
		if want := at.Sub(tt.last).Minutes(); float64(r.Value.Value) != want || !r.ObservedAt.Equal(tt.last.Add(time.Minute)) || !r.Complete {
			t.Errorf("settle %v: %v as of %v, want %v of %v", tt.settle, r.Value, r.ObservedAt, want, tt.last)
		}
		r = s.number2(t, series(p95, 10*time.Minute))
		if len(r.Samples) != 10 || !r.Samples[9].At.Equal(tt.last) || !r.ObservedAt.Equal(tt.last.Add(time.Minute)) || !r.Samples[0].At.Equal(tt.last.Add(-9*time.Minute)) {
			t.Errorf("settle %v: %d samples as of %v", tt.settle, len(r.Samples), r.ObservedAt)
		}
	}
}

// number2 is a series without failure.
func (s setup) number2(t *testing.T, q fact.Query) fact.Result {
	t.Helper()
	r, err := s.Measure(t.Context(), q)
	if err != nil || r.Unit != q.Yields.Unit || !r.Complete {
		t.Errorf("%v: %+v %v", q, r, err)
	}
	return r
}

// A metric that stopped is as old as its last bucket; its series has a hole.
func TestStaleMetric(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.SetMetric(latency, datadogtest.Series{Points: datadogtest.Every(time.Minute, at.Add(-time.Hour), at.Add(-20*time.Minute), func(time.Time) float64 { return 400 })})
	if r := s.number(t, p95); r.Value.Value != 400 || !r.ObservedAt.Equal(minute(19)) {
		t.Errorf("%v as of %v", r.Value, r.ObservedAt)
	}
	if r := s.number2(t, series(p95, 30*time.Minute)); !r.ObservedAt.Equal(minute(1)) || r.Samples[len(r.Samples)-1].At.After(minute(20)) {
		t.Errorf("as of %v, last %v", r.ObservedAt, r.Samples[len(r.Samples)-1].At)
	}
	s.SetMetric(latency, datadogtest.Series{Points: datadogtest.Every(time.Minute, at.Add(-5*time.Hour), at.Add(-4*time.Hour), func(time.Time) float64 { return 400 })})
	s.refused(t, p95, connectors.CodeNotFound, "nothing reported")
	if r := s.number(t, p95.Over(6*time.Hour)); r.Value.Value != 400 || !r.ObservedAt.Equal(minute(239)) { // looked for further back
		t.Errorf("%v as of %v", r.Value, r.ObservedAt)
	}
}

// What matches nothing is a failure and no zero; over a window it is an empty
// series, of which a criterion has to say what it means.
func TestNoData(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.refused(t, p95, connectors.CodeNotFound, "no such metric, or no such tags")
	s.refused(t, datadog.Formula("a", value.Count, "sum:x{*}"), connectors.CodeNotFound, "no such metric")
	s.refused(t, datadog.Scalar(datadog.Sum, "a", value.Count, "sum:x{*}").Over(time.Hour), connectors.CodeNotFound, "no such metric")
	for _, q := range []fact.Query{series(p95, time.Hour), series(datadog.Formula("a", value.Count, "sum:x{*}"), time.Hour)} {
		if r := s.number2(t, q); len(r.Samples) != 0 || r.ObservedAt.After(at) || r.ObservedAt.Before(at.Add(-2*time.Minute)) {
			t.Errorf("%v: %+v", q, r)
		}
	}
}

// A unit that Datadog tells and the query does not declare is refused.
func TestUnits(t *testing.T) {
	per := func(u datadogtest.Unit) datadogtest.Series {
		return datadogtest.Series{Unit: u, Per: datadogtest.Second, Points: constant(1, 1)}
	}
	of := func(u datadogtest.Unit) datadogtest.Series {
		return datadogtest.Series{Unit: u, Points: constant(1, 1)}
	}
	for _, tt := range []struct {
		series   datadogtest.Series
		declared value.Unit
		says     string // "": it fits
	}{
		{of(datadogtest.Unit{}), value.Milliseconds, ""},
		{of(datadogtest.Millisecond), value.Milliseconds, ""},
		{of(datadogtest.Second), value.Milliseconds, `declares the unit "ms", and Datadog has it in second, which is "s"`},
		{of(datadogtest.Millisecond), value.Count, "millisecond"},
		{of(datadogtest.Percent), value.Percent, ""},
		{of(datadogtest.Percent), value.Ratio, "percent"},
		{of(datadogtest.Request), value.Count, ""},
		{of(datadogtest.Request), value.Percent, "request"},
		{per(datadogtest.Request), value.PerSecond, ""},
		{per(datadogtest.Request), value.Count, `request per second, which is "{count}/s"`},
		{per(datadogtest.Byte), value.BytesPerSecond, ""},
		{per(datadogtest.Byte), value.Bytes, "byte per second"},
		{datadogtest.Series{Per: datadogtest.Second, Points: constant(1, 1)}, value.PerSecond, ""},
		{of(datadogtest.Unit{Family: "time", Name: "week"}), value.Days, "week"},
		{of(datadogtest.Unit{Family: "time", Name: "week"}), value.Count, "week"},
		{of(datadogtest.Unit{Family: "frequency", Name: "hertz"}), value.Count, "hertz"},
		{of(datadogtest.Unit{Family: "system", Name: "process"}), value.Count, ""},
	} {
		s := open(t, nil, upstream.Options{})
		s.SetMetric(latency, tt.series)
		for _, q := range []fact.Query{
			datadog.Metric(latency, tt.declared), series(datadog.Metric(latency, tt.declared), 30*time.Minute), datadog.Formula("a", tt.declared, latency),
			datadog.Scalar(datadog.Average, "a", tt.declared, latency).Over(30 * time.Minute),
		} {
			r, err := s.Measure(t.Context(), q)
			switch {
			case tt.says != "":
				s.refused(t, q, connectors.CodeInvalidQuery, tt.says)
			case err != nil || !r.Complete:
				t.Errorf("%v: %v", q, err)
			}
		}
	}
}

// Of several series nobody knows which one is meant.
func TestSeveralSeries(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.SetMetric(latency, datadogtest.Series{Scope: "host:a", Points: constant(1, 1)}, datadogtest.Series{Scope: "host:b", Points: constant(900, 1)})
	s.refused(t, p95, connectors.CodeInvalidQuery, "2 series (host:a, host:b)")
	s.refused(t, datadog.Formula("a", value.Milliseconds, latency), connectors.CodeInvalidQuery, "2 series")
	s.refused(t, datadog.Scalar(datadog.Maximum, "a", value.Milliseconds, latency).Over(time.Hour), connectors.CodeInvalidQuery, "2 series")
}

func TestFormulaAndScalar(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	const bad, all = "sum:errors{*}.as_count()", "sum:requests{*}.as_count()"
	s.SetMetric(bad, datadogtest.Series{Unit: datadogtest.Request, Points: constant(2, 3)})
	s.SetMetric(all, datadogtest.Series{Unit: datadogtest.Request, Points: constant(400, 3)})
	if r := s.number(t, datadog.Formula("100 * a / b", value.Percent, bad, all)); r.Value.Value != 0.5 || !r.ObservedAt.Equal(minute(1)) {
		t.Errorf("%v as of %v", r.Value, r.ObservedAt)
	}
	r := s.number2(t, series(datadog.Formula("100 * a / b", value.Percent, bad, all), time.Hour))
	if len(r.Samples) != 60 || r.Samples[59].Value != 0.5 || !r.ObservedAt.Equal(minute(1)) {
		t.Errorf("%d samples as of %v", len(r.Samples), r.ObservedAt)
	}
	for _, tt := range []struct {
		how  datadog.Aggregate
		want value.Number
	}{{datadog.Sum, 120}, {datadog.Average, 2}, {datadog.Minimum, 2}, {datadog.Maximum, 2}, {datadog.Last, 2}} {
		if r := s.number(t, datadog.Scalar(tt.how, "a", value.Count, bad).Over(time.Hour)); r.Value.Value != tt.want || !r.ObservedAt.Equal(minute(1)) {
			t.Errorf("%s: %v as of %v", tt.how, r.Value, r.ObservedAt)
		}
	}
}

func TestMetricRefuses(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	five := []string{"a", "b", "c", "d", "e"}
	for _, q := range []fact.Query{
		datadog.Metric("", value.Count), datadog.Metric(" ", value.Count), p95.Over(time.Second), series(p95, time.Second), series(p95, 500*24*time.Hour), p95.With("x", "y"),
		datadog.Formula("", value.Count, "x"), datadog.Formula("a", value.Count), datadog.Formula("a", value.Count, five...),
		datadog.Formula("a ^ b", value.Count, "x", "y"), datadog.Formula("foo(", value.Count, "x"),
		datadog.Scalar(datadog.Sum, "a", value.Count, "x"), datadog.Scalar("p95", "a", value.Count, "x").Over(time.Hour),
		datadog.Compare("", "b", value.Count, "c", "d", time.Hour).Canary, datadog.Compare("a", "b", value.Count, "c", "d", 0).Canary,
		datadog.Compare("a", "b", value.Count, "c", "d", time.Hour).Share.With("of", "more"),
		datadog.Compare("a", "b", value.Milliseconds, "c", "d", time.Hour).Canary.With("of", "canary-requests"),
	} {
		s.refused(t, q, connectors.CodeInvalidQuery, "")
	}
	if r, err := s.Measure(t.Context(), fact.NewQuery("datadog", "logs", fact.Number(value.Count))); diagnostic(t, err).Code != connectors.CodeUnknownKind {
		t.Errorf("%+v", r)
	}
}

// Answers of status 200 that are none.
func TestOddAnswers(t *testing.T) {
	v1 := func(points string) string {
		return `{"status":"ok","series":[{"scope":"*","interval":60,"pointlist":` + points + `}]}`
	}
	v2 := func(series, times, values string) string {
		return `{"data":{"type":"timeseries_response","attributes":{"series":` + series + `,"times":` + times + `,"values":` + values + `}}}`
	}
	formula := datadog.Formula("a", value.Count, "x")
	scalar := datadog.Scalar(datadog.Sum, "a", value.Count, "x").Over(time.Hour)
	m := func(ago int) string { return fmt.Sprint(minute(ago).UnixMilli()) }
	for _, tt := range []struct {
		name, body string
		q          fact.Query
		code, says string
	}{
		{"an error with 200", `{"status":"error","error":"Rate limit","series":[]}`, p95, connectors.CodeBadAnswer, `it has error: "Rate limit"`},
		{"a status that is not ok", `{"status":"timeout","series":[]}`, p95, connectors.CodeBadAnswer, `status "timeout" instead of ok`},
		{"no status", `{"series":[]}`, p95, connectors.CodeBadAnswer, "instead of ok"},
		{"no series", `{"status":"ok"}`, p95, connectors.CodeBadAnswer, "no array of series"},
		{"null series", `{"status":"ok","series":null}`, p95, connectors.CodeBadAnswer, "no array of series"},
		{"a point without a time", v1(`[[null,1]]`), p95, connectors.CodeBadAnswer, "no time and value"},
		{"a point of three", v1(`[[1,2,3]]`), p95, connectors.CodeBadAnswer, "no time and value"},
		{"points out of order", v1(`[[` + m(5) + `,1],[` + m(7) + `,1]]`), p95, connectors.CodeBadAnswer, "order of time"},
		{"a point twice", v1(`[[` + m(5) + `,1],[` + m(5) + `,2]]`), p95, connectors.CodeBadAnswer, "order of time"},
		{"no interval", `{"status":"ok","series":[{"pointlist":[[` + m(5) + `,1]]}]}`, p95, connectors.CodeNotFound, "no data for it"},
		{"an interval below nought", `{"status":"ok","series":[{"interval":-60,"pointlist":[[` + m(5) + `,1]]}]}`, p95, connectors.CodeBadAnswer, "how long its buckets are"},
		{"a huge number", v1(`[[` + m(5) + `,1e999]]`), p95, connectors.CodeBadAnswer, "cannot be read"},
		{"nulls alone", v1(`[[` + m(5) + `,null],[` + m(4) + `,null]]`), p95, connectors.CodeNotFound, "no data"},
		{"a key twice", `{"status":"error","status":"ok","series":[]}`, p95, connectors.CodeBadAnswer, "comes twice"},
		{"v2: an error with 200", `{"errors":"no","data":{"attributes":{"series":[],"times":[],"values":[]}}}`, formula, connectors.CodeBadAnswer, `it has errors: "no"`},
		{"v2: no data", `{"data":null}`, formula, connectors.CodeBadAnswer, "has no data"},
		{"v2: series without values", v2(`[{"query_index":0}]`, `[`+m(5)+`]`, `[]`), formula, connectors.CodeBadAnswer, "1 series and 0 lists"},
		{"v2: too few values", v2(`[{"query_index":0}]`, `[`+m(5)+`]`, `[[]]`), formula, connectors.CodeBadAnswer, "1 times and 0 values"},
		{"v2: no index", v2(`[{}]`, `[`+m(5)+`]`, `[[1]]`), formula, connectors.CodeBadAnswer, "series of no query"},
		{"v2: an index too many", v2(`[{"query_index":1}]`, `[`+m(5)+`]`, `[[1]]`), formula, connectors.CodeBadAnswer, "series of no query"},
		{"v2: times out of order", v2(`[{"query_index":0}]`, `[`+m(5)+`,`+m(6)+`]`, `[[1,1]]`), formula, connectors.CodeBadAnswer, "order of time"},
		{"scalar: no data", `{}`, scalar, connectors.CodeBadAnswer, "has no data"},
		{"scalar: no columns", `{"data":{"attributes":{"columns":[]}}}`, scalar, connectors.CodeNotFound, "no data for it"},
		{"scalar: null", `{"data":{"attributes":{"columns":[{"type":"number","values":[null]}]}}}`, scalar, connectors.CodeNotFound, "no data for it"},
		{"scalar: a text", `{"data":{"attributes":{"columns":[{"type":"number","values":["7"]}]}}}`, scalar, connectors.CodeBadAnswer, "no number"},
		{"scalar: groups", `{"data":{"attributes":{"columns":[{"type":"group","values":[["a"]]},{"type":"number","values":[1]}]}}}`, scalar, connectors.CodeInvalidQuery, "series"},
		{"scalar: another type", `{"data":{"attributes":{"columns":[{"type":"text","values":[1]}]}}}`, scalar, connectors.CodeBadAnswer, "want one number"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t, nil, upstream.Options{})
			s.Fail(1, standin.Pass()) // the clock is asked first
			s.Fail(1, standin.JSON(tt.body))
			s.refused(t, tt.q, tt.code, tt.says)
		})
	}
	// Unknown fields and nulls beside numbers do no harm.
	s := open(t, nil, upstream.Options{})
	s.Fail(1, standin.Pass())
	s.Fail(1, standin.JSON(`{"status":"ok","new":{"a":[1e999]},"error":null,"series":[{"interval":60,"unit":[null,null],"pointlist":[[`+m(6)+`,7],[`+m(5)+`,null]]}]}`))
	if r := s.number(t, p95); r.Value.Value != 7 || !r.ObservedAt.Equal(minute(5)) {
		t.Errorf("%v as of %v", r.Value, r.ObservedAt)
	}
}

// A canary, its baseline, the share and the requests are one request, and only
// buckets in which there were requests count.
func TestComparison(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	const canary, stable, served, beside = "p95:l{track:canary}", "p95:l{track:stable}", "sum:r{track:canary}.as_count()", "sum:r{track:stable}.as_count()"
	begun := at.Add(-time.Hour)
	s.SetMetric(canary, datadogtest.Series{Unit: datadogtest.Millisecond, Points: constant(410, 3)}) // also before it served
	s.SetMetric(stable, datadogtest.Series{Unit: datadogtest.Millisecond, Points: constant(400, 3)})
	s.SetMetric(served, datadogtest.Series{Unit: datadogtest.Request, Points: datadogtest.Every(time.Minute, at.Add(-3*time.Hour), at, func(m time.Time) float64 {
		if m.Before(begun) {
			return 0
		}
		return 25
	})})
	s.SetMetric(beside, datadogtest.Series{Unit: datadogtest.Request, Points: constant(75, 3)})
	c := datadog.Compare(canary, stable, value.Milliseconds, served, beside, 2*time.Hour)
	before := s.Requests()
	got := map[string]fact.Result{}
	for name, q := range map[string]fact.Query{"canary": c.Canary, "baseline": c.Baseline, "share": c.Share} {
		got[name] = s.number2(t, q)
	}
	if n := s.number(t, c.CanaryRequests).Value.Value; n != 58*25 { // 05:31 to 06:29
		t.Errorf("%v requests", n)
	}
	if n := s.number(t, c.BaselineRequests).Value.Value; n != 120*75 {
		t.Errorf("%v requests beside", n)
	}
	if n := s.Requests() - before; n != 2 { // the clock, and all five
		t.Errorf("%d requests", n)
	}
	if n := len(got["canary"].Samples); n != 58 || got["canary"].Samples[0].At.Before(begun.Truncate(time.Minute)) {
		t.Errorf("%d samples of the canary", n)
	}
	stamps := map[time.Time]bool{}
	for _, one := range got["baseline"].Samples {
		stamps[one.At] = true
	}
	for _, one := range got["canary"].Samples {
		if !stamps[one.At] {
			t.Errorf("nothing beside the canary at %v", one.At)
		}
	}
	shares := values(got["share"])
	if len(shares) != 120 || shares[0] != 0 || shares[119] != 25 {
		t.Errorf("%v", shares)
	}
	if diff := cmp.Diff(got["canary"].ObservedAt, got["baseline"].ObservedAt); diff != "" || !got["share"].ObservedAt.Equal(minute(1)) {
		t.Errorf("%s %v", diff, got["share"].ObservedAt)
	}
	if p, ok := c.Canary.Counted(); !ok || p.Ask != c.CanaryRequests.Ask {
		t.Errorf("%v is out of %v", c.Canary, p)
	}

	// Requests that are a rate are no count, and without any there is no proof.
	s.SetMetric(served, datadogtest.Series{Unit: datadogtest.Request, Per: datadogtest.Second, Points: constant(25, 3)})
	s.refused(t, c.Canary, connectors.CodeInvalidQuery, "request per second")
	s.SetMetric(served)
	_ = s.clock.Sleep(t.Context(), 15*time.Second) // what was read together is shared no more
	s.refused(t, c.CanaryRequests, connectors.CodeNotFound, "no requests")
	if r := s.number2(t, c.Canary); len(r.Samples) != 0 {
		t.Errorf("%d samples without requests", len(r.Samples))
	}
	if r := s.number2(t, c.Share); len(r.Samples) != 0 {
		t.Errorf("%d shares without requests", len(r.Samples))
	}
}
