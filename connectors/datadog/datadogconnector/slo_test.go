package datadogconnector_test

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/datadog"
	"github.com/tidegate-go/tidegate/connectors/datadog/datadogtest"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

const day = 24 * time.Hour

// counted is an objective of 99.9 % with 1,000 events in each hour of 30 days,
// one in 5,000 of which went wrong; in the last hour it is one in 100.
func counted() datadogtest.SLO {
	o := datadogtest.SLO{ID: "slo-1", Name: "Bookings", Targets: map[string]datadogtest.Target{"30d": {Target: 99.9, Warning: 99.95}}}
	for h := 1; h <= 30*24; h++ {
		good := 999.8
		if h == 1 {
			good = 990
		}
		o.Events = append(o.Events, datadogtest.Events{At: at.Truncate(time.Minute).Add(-time.Duration(h) * time.Hour), Good: good, All: 1000})
	}
	return o
}

func TestSLO(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.SetSLOs(counted(), datadogtest.SLO{ID: "slo-2", Name: "Uptime", SLI: 99.2, Targets: map[string]datadogtest.Target{"7d": {Target: 99.5}, "30d": {Target: 99, Warning: 99.5}}},
		datadogtest.SLO{ID: "slo-3", SLI: -1, Targets: map[string]datadogtest.Target{"7d": {Target: 99.5}}},
		datadogtest.SLO{ID: "slo-4", SLI: 100, Replayed: true, Targets: map[string]datadogtest.Target{"7d": {Target: 99.5}}})
	good := 719*999.8 + 990
	for _, tt := range []struct {
		q    fact.Query
		want float64
	}{
		{datadog.SLI("slo-1").Over(time.Hour), 99},
		{datadog.SLI("slo-1").Over(30 * day), 100 * good / 720_000},
		{datadog.ErrorBudget("slo-1", datadog.Month), 100 * (100*good/720_000 - 99.9) / 0.1},
		{datadog.BurnRate("slo-1", datadog.Month).Over(time.Hour), 10},
		{datadog.BadEvents("slo-1", time.Hour), 10},
		{datadog.AllEvents("slo-1", time.Hour), 1000},
		{datadog.AllEvents("slo-1", day), 24_000},
		{datadog.SLI("slo-2").Over(7 * day), 99.2},
		{datadog.ErrorBudget("slo-2", datadog.Month), 20},
		{datadog.ErrorBudget("slo-2", datadog.Week), -60},
	} {
		r := s.number(t, tt.q)
		if math.Abs(float64(r.Value.Value)-tt.want) > 1e-6 || !r.ObservedAt.Equal(minute(0)) || !r.Complete {
			t.Errorf("%v: %v as of %v, want %v", tt.q, r.Value, r.ObservedAt, tt.want)
		}
	}
	for id, want := range map[string]fact.Health{"slo-1": fact.Healthy, "slo-2": fact.Warned} {
		states, _, listed, err := s.list(t, datadog.SLO(id, datadog.Month), "")
		if err != nil || !listed.Complete || len(states) != 1 || states[0].Status != want || states[0].Title == "" {
			t.Errorf("%s: %+v %+v %v", id, states, listed, err)
		}
	}
	for id, want := range map[string]fact.Health{"slo-2": fact.Alerting, "slo-3": fact.NoData} {
		if states, _, _, err := s.list(t, datadog.SLO(id, datadog.Week), ""); err != nil || states[0].Status != want {
			t.Errorf("%s: %+v %v", id, states, err)
		}
	}
	// What is being reckoned anew is not complete.
	if r, err := s.Measure(t.Context(), datadog.SLI("slo-4").Over(day)); err != nil || r.Complete {
		t.Errorf("%+v %v", r, err)
	}
	if _, _, listed, err := s.list(t, datadog.SLO("slo-4", datadog.Week), ""); err != nil || listed.Complete {
		t.Errorf("%+v %v", listed, err)
	}
}

// No zero and no full budget comes of what says nothing.
func TestSLORefuses(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	quiet := datadogtest.SLO{ID: "quiet", Targets: map[string]datadogtest.Target{"30d": {Target: 99.9}}, Events: []datadogtest.Events{{At: at.Add(-300 * day), Good: 1, All: 1}}}
	s.SetSLOs(counted(), quiet, datadogtest.SLO{ID: "none", SLI: -1, Targets: map[string]datadogtest.Target{"30d": {Target: 99.9}}},
		datadogtest.SLO{ID: "up", SLI: 99, Targets: map[string]datadogtest.Target{"30d": {Target: 100}}})
	for _, tt := range []struct {
		q          fact.Query
		code, says string
	}{
		{datadog.SLI("gone").Over(day), connectors.CodeNotFound, "SLO not found"},
		{datadog.SLI("none").Over(day), connectors.CodeNotFound, "no indicator"},
		{datadog.ErrorBudget("none", datadog.Month), connectors.CodeNotFound, "no indicator"},
		{datadog.SLI("quiet").Over(day), connectors.CodeNotFound, "nothing was measured or counted"},
		{datadog.ErrorBudget("quiet", datadog.Month), connectors.CodeNotFound, "nothing was measured or counted"},
		{datadog.ErrorBudget("slo-1", datadog.Week), connectors.CodeNotFound, "no target for 7d"},
		{datadog.ErrorBudget("up", datadog.Month), connectors.CodeBadAnswer, "no error budget"},
		{datadog.BadEvents("none", day), connectors.CodeInvalidQuery, "counts no events"},
		{datadog.SLI(""), connectors.CodeInvalidQuery, "id is missing"},
		{datadog.SLI("slo-1"), connectors.CodeInvalidQuery, "window"},
		{datadog.SLI("slo-1").Over(91 * day), connectors.CodeInvalidQuery, "90 days"},
		{datadog.BurnRate("slo-1", "1y").Over(day), connectors.CodeInvalidQuery, "timeframe"},
		{datadog.ErrorBudget("slo-1", datadog.Month).Over(day), connectors.CodeInvalidQuery, "an error budget is that of its timeframe"},
		{datadog.SLI("slo-1").Over(day).With("of", "joy"), connectors.CodeInvalidQuery, "not known"},
		{datadog.SLO("slo-1", datadog.Week), connectors.CodeNotFound, "no target"},
		{datadog.SLO("slo-1", "1y"), connectors.CodeInvalidQuery, "window"},
		{datadog.SLO("slo-1", datadog.Month).With("of", "sli"), connectors.CodeInvalidQuery, "no states"},
		{datadog.SLO("gone", datadog.Month), connectors.CodeNotFound, "SLO not found"},
	} {
		s.refused(t, tt.q, tt.code, tt.says)
	}
	q := datadog.SLI("slo-1").Over(day)
	q.Yields.Unit = value.Ratio
	s.refused(t, q, connectors.CodeInvalidQuery, `yields "%", not "1"`)
	// Of no events none went wrong: the population says so.
	bad := datadog.BadEvents("quiet", day)
	all, _ := bad.Counted()
	if a, b := s.number(t, bad), s.number(t, all); a.Value.Value != 0 || b.Value.Value != 0 {
		t.Errorf("%v out of %v", a.Value, b.Value)
	}
}

func TestOddHistory(t *testing.T) {
	const ok = `"thresholds":{"30d":{"timeframe":"30d","target":99.9}}`
	for name, tt := range map[string]struct{ body, says string }{
		"errors":              {`{"data":{"overall":{"sli_value":100},` + ok + `},"errors":[{"error":"partial"}]}`, "it has errors"},
		"errors of the whole": {`{"data":{"overall":{"sli_value":100,"errors":[{"error_type":"x","error_message":"y"}]},` + ok + `}}`, "answer has errors"},
		"no data":             {`{"data":null,"errors":null}`, "has no data"},
		"above all":           {`{"data":{"overall":{"sli_value":101},` + ok + `}}`, "indicator of 101 %"},
		"no budget":           {`{"data":{"overall":{"sli_value":99.95},` + ok + `}}`, "does not say what is left"},
		"another side":        {`{"data":{"overall":{"sli_value":99,"error_budget_remaining":{"30d":50}},` + ok + `}}`, "does not go with"},
		"more than all":       {`{"data":{"overall":{"sli_value":100,"error_budget_remaining":{"30d":101}},` + ok + `}}`, "does not go with"},
		"more good than all":  {`{"data":{"overall":{"sli_value":100},"series":{"numerator":{"sum":2},"denominator":{"sum":1}},` + ok + `}}`, "no count of good events"},
		"no sums":             {`{"data":{"overall":{"sli_value":100},"series":{"numerator":{},"denominator":{}},` + ok + `}}`, "no count of good events"},
		"huge":                {`{"data":{"overall":{"sli_value":1e999},` + ok + `}}`, "cannot be read"},
	} {
		s := open(t, nil, upstream.Options{})
		s.Fail(1, standin.Pass())
		s.Fail(1, standin.JSON(tt.body))
		if tt.says != "" {
			t.Log(name)
		}
		s.refused(t, datadog.ErrorBudget("slo-1", datadog.Month), connectors.CodeBadAnswer, tt.says)
	}
}

// The questions about one objective over one window are one request.
func TestSLOAsksOnce(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.SetSLOs(counted())
	for _, q := range []fact.Query{datadog.BadEvents("slo-1", day), datadog.AllEvents("slo-1", day), datadog.SLI("slo-1").Over(day), datadog.BurnRate("slo-1", datadog.Month).Over(day)} {
		s.number(t, q)
	}
	if n := s.Requests(); n != 2 {
		t.Errorf("%d requests", n)
	}
}

func TestTests(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	const query = "test_level:test @test.service:booking @git.commit.sha:abc"
	s.SetTests(query, datadogtest.Results{Passed: 240, Failed: 2, Skipped: 5})
	suite := datadog.Tests(query, day)
	all, ok := suite.Failed.Counted()
	got := []value.Number{}
	for _, q := range []fact.Query{suite.Passed, suite.Failed, suite.Skipped, all} {
		got = append(got, s.number(t, q).Value.Value)
	}
	if diff := cmp.Diff([]value.Number{240, 2, 5, 247}, got); diff != "" || !ok || s.Requests() != 2 {
		t.Errorf("%s after %d requests", diff, s.Requests())
	}
	// A query that finds nothing says so by the population.
	none := datadog.Tests("test_level:test @test.service:renamed", day)
	all, _ = none.Failed.Counted()
	if a, b := s.number(t, none.Failed), s.number(t, all); a.Value.Value != 0 || b.Value.Value != 0 {
		t.Errorf("%v out of %v", a.Value, b.Value)
	}
	for _, q := range []fact.Query{datadog.Tests("", day).Passed, datadog.Tests("@test.service:booking", day).Passed, suite.Passed.With("of", "all of them"), datadog.Tests(query, 0).Passed, datadog.Tests(query, 365*day).Passed} {
		s.refused(t, q, connectors.CodeInvalidQuery, "")
	}
}

func TestOddTests(t *testing.T) {
	bucket := func(status, n string) string {
		return `{"by":{"@test.status":` + status + `},"computes":{"c0":` + n + `}}`
	}
	body := func(buckets, meta string) string {
		return `{"data":{"buckets":[` + buckets + `]},"meta":{` + meta + `}}`
	}
	const done = `"status":"done"`
	passed := datadog.Tests("test_level:test @test.service:booking", day).Passed
	for name, tt := range map[string]struct {
		body, says string // "": incomplete
	}{
		"timeout":        {body(bucket(`"pass"`, "1"), `"status":"timeout"`), `status "timeout" instead of done`},
		"no status":      {body(bucket(`"pass"`, "1"), ``), "instead of done"},
		"no buckets":     {`{"data":{},"meta":{"status":"done"}}`, "no array of buckets"},
		"a warning":      {body(bucket(`"pass"`, "1"), done+`,"warnings":[{"code":"x"}]`), ""},
		"an unknown end": {body(bucket(`"pass"`, "1")+","+bucket(`"flaked"`, "1"), done), ""},
		"twice":          {body(bucket(`"pass"`, "1")+","+bucket(`"pass"`, "1"), done), "twice"},
		"no result":      {body(bucket(`7`, "1"), done), "no result with its count"},
		"no count":       {body(bucket(`"pass"`, `"x"`), done), "no result with its count"},
		"below nought":   {body(bucket(`"pass"`, "-1"), done), "no result with its count"},
	} {
		s := open(t, nil, upstream.Options{})
		s.Fail(1, standin.Pass())
		s.Fail(1, standin.JSON(tt.body))
		if tt.says != "" {
			s.refused(t, passed, connectors.CodeBadAnswer, tt.says)
			continue
		}
		if r, err := s.Measure(t.Context(), passed); err != nil || r.Complete {
			t.Errorf("%s: %+v %v", name, r, err)
		}
	}
}
