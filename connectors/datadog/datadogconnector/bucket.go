package datadogconnector

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// buckets are what a query has over time: one number for each stretch of the
// same length that has any.
type buckets struct {
	samples []fact.Sample // by the beginning of each, in order, only whole ones
	length  time.Duration // of each, at most
	sure    time.Duration // how long each is at least, where length is only a guess; 0: it is none
	end     time.Time     // of the last whole bucket, with data or without
	unit    []*unit
}

// whole keeps the buckets that are over at a moment. A bucket that is not over
// has only a part of its data.
func whole(samples []fact.Sample, length time.Duration, at time.Time) (buckets, error) {
	b := buckets{length: length, end: at}
	if len(samples) == 0 {
		return b, nil
	}
	for i, s := range samples {
		if i > 0 && !samples[i-1].At.Before(s.At) {
			return b, errors.New("has buckets that are not in the order of time")
		}
	}
	if length <= 0 {
		return b, errors.New("does not say how long its buckets are")
	}
	first := samples[0].At
	b.end = first.Add(at.Sub(first) / length * length) // integer division: whole buckets
	if at.Before(first) {
		b.end = first.Add((at.Sub(first) - length + 1) / length * length)
	}
	for _, s := range samples {
		if !s.At.Add(length).After(b.end) && value.Number(s.Value).IsFinite() {
			b.samples = append(b.samples, s)
		}
	}
	return b, nil
}

// latest is the number of the last bucket with data, as of its end. Where that
// is not known it is the earliest that it can be.
func (b buckets) latest(q fact.Query, link value.Link) (fact.Result, error) {
	if len(b.samples) == 0 {
		return fact.Result{}, nothing("Datadog has no data for it: no such metric, or no such tags, or nothing reported until %s", b.end.Format(time.RFC3339))
	}
	last := b.samples[len(b.samples)-1]
	return number(q, float64(last.Value), last.At.Add(cmp.Or(b.sure, b.length)), link), nil
}

// series are the buckets of the query's window.
func (b buckets) series(q fact.Query, link value.Link) fact.Result {
	r := fact.Answer(q, b.end.UTC())
	r.Unit, r.Source, r.Link = q.Yields.Unit, source, link
	for _, s := range b.samples {
		if !s.At.Before(b.end.Add(-q.Window.Std())) {
			r.Samples = append(r.Samples, s)
		}
	}
	return r
}

// answer is what a query for the latest number or for a series wants.
func (b buckets) answer(q fact.Query, link value.Link) (fact.Result, error) {
	if err := checkUnit(q.Yields.Unit, b.unit); err != nil {
		return fact.Result{}, err
	}
	if q.Yields.Shape == fact.SeriesShape {
		return b.series(q, link), nil
	}
	return b.latest(q, link)
}

// lookBack is how far back the latest bucket is looked for without a window.
const lookBack = time.Hour

// maxWindow bounds windows: Datadog keeps metrics for 15 months.
const maxWindow = 456 * 24 * time.Hour

// reach is how far back from now is asked for, with room for a bucket that the
// window begins in the middle of.
func reach(q fact.Query) (time.Duration, error) {
	w := q.Window.Std()
	switch {
	case q.Yields.Shape == fact.NumberShape && w == 0:
		return lookBack, nil
	case w < time.Minute || w > maxWindow:
		return 0, upstream.Invalid("window", "a window of %s is not between a minute and 15 months", q.Window)
	}
	if q.Yields.Shape == fact.NumberShape {
		return w, nil
	}
	return w + max(w/10, 2*time.Minute), nil
}

// link is where a person sees metrics of that time.
func (in *instance) metricLink(from, to time.Time) value.Link {
	return value.Link(fmt.Sprintf("%s/metric/explorer?start=%d&end=%d&paused=true", in.app, from.UnixMilli(), to.UnixMilli()))
}

// several is the refusal of a query that is not one series.
func several(n int, scopes string) error {
	return upstream.Invalid("query", "it has %d series (%.120s), want one: leave \"by\" away and aggregate", n, scopes)
}
