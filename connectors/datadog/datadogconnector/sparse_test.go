package datadogconnector_test

import (
	"fmt"
	"testing"

	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/datadog"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/value"
)

// Where something is reported every now and then, the time between two buckets
// is not how long one is: the last one is over, and is no newer than its minute.
func TestSparseBucketsAreNotNewer(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.Fail(1, standin.Pass()) // the clock
	s.Fail(1, standin.JSON(fmt.Sprintf(`{"data":{"attributes":{"series":[{"query_index":0}],"times":[%d,%d],"values":[[1,2]]}}}`,
		minute(58).UnixMilli(), minute(31).UnixMilli())))
	r := s.number(t, datadog.Formula("a", value.Count, "sum:errors{*}.as_count()"))
	if r.Value.Value != 2 || !r.ObservedAt.Equal(minute(30)) {
		t.Errorf("%v as of %v, want 2 as of %v", r.Value, r.ObservedAt, minute(30))
	}
}

// Longer buckets than were asked for are told by the times at which they begin.
func TestLongBuckets(t *testing.T) {
	for times, want := range map[[3]int]int{
		{25, 20, 5}: 20, // from 06:05, of five minutes: that from 06:25 until 06:30 has not settled
		{25, 15, 5}: 15,
	} {
		s := open(t, nil, upstream.Options{})
		s.Fail(1, standin.Pass())
		s.Fail(1, standin.JSON(fmt.Sprintf(`{"data":{"attributes":{"series":[{"query_index":0}],"times":[%d,%d,%d],"values":[[25,%d,5]]}}}`,
			minute(times[0]).UnixMilli(), minute(times[1]).UnixMilli(), minute(times[2]).UnixMilli(), times[1])))
		if r := s.number(t, datadog.Formula("a", value.Count, "sum:errors{*}.as_count().rollup(sum, 300)")); r.Value.Value != value.Number(want) || r.ObservedAt.After(minute(want-5)) {
			t.Errorf("%v: %v as of %v, want %v", times, r.Value, r.ObservedAt, want)
		}
	}
}
