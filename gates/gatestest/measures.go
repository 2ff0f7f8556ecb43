package gatestest

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

func atMost(s stage, t *gates.Threshold) ([]situation, error) {
	return measure{s, t.Measure}.see(edges(t.Limit, t.Warn, 1))
}

func atLeast(s stage, t *gates.Threshold) ([]situation, error) {
	return measure{s, t.Measure}.see(edges(t.Limit, t.Warn, -1))
}

func between(s stage, r *gates.Range) ([]situation, error) {
	middle := value.Quantity{Value: (r.Low.Value + r.High.Value) / 2, Unit: r.Low.Unit}
	return measure{s, r.Measure}.see([]edge{{"inside", middle},
		{"at low", r.Low}, {"outside", step(r.Low, -1)}, {"at high", r.High}, {"outside", step(r.High, 1)}})
}

// measure is what a threshold reads, on a stage.
type measure struct {
	stage
	gates.Measure
}

const (
	plenty   = 1000    // times the least denominator
	baseline = 100     // what the other series reads
	usual    = 64      // samples of a series
	most     = 100_000 // samples of a series
)

// see sees a measure at the edges, and then in every way in which it is not one:
// the first edge is inside.
func (m measure) see(at []edge) ([]situation, error) {
	at = slices.DeleteFunc(at, func(e edge) bool { return m.below(e.at) })
	samples, err := m.samples()
	switch {
	case err != nil:
		return nil, err
	case len(at) == 0:
		return nil, errors.New("its limit is below zero, and so is nothing that is counted")
	}
	var all []situation
	for _, e := range at {
		results, err := m.reads(e.at, samples, float64(m.Per.Min)*plenty)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.at, err)
		}
		all = append(all, sight(e.label, e.at.String(), results...).as(e.at))
	}
	more, err := m.enough(at[0].at, samples)
	if err != nil {
		return nil, err
	}
	all = append(append(all, more...), m.odd(all[0].ways[0].results, at[len(at)-1].at)...)
	all = append(all, m.spoils(at[0].at.String(), m.names(), all[0].ways[0].results...)...)
	return append(all, m.nothing()...), nil
}

// below reports whether what is counted would have to be less than nothing.
func (m measure) below(q value.Quantity) bool {
	compared := !m.Baseline.Query.IsZero() && m.Baseline.As != probe.Quotient
	return m.Query.Yields.Unit == value.Count && q.Value < 0 && !compared
}

// samples is how many cover the window.
func (m measure) samples() (int, error) {
	n := max(usual, m.Baseline.MinSamples)
	if gap := m.MaxGap.Std(); gap > 0 {
		n = max(n, int(m.Query.Window.Std()/gap)+1)
	}
	if _, ok := rank(m.Aggregate, n); ok {
		_, digits, _ := strings.Cut(string(m.Aggregate), ".")
		n = max(n, int(math.Pow10(2+min(len(digits), 4)))) // of which each is a percent, or a tenth of one
	} else {
		n = 1 << bits.Len(uint(n-1)) // whose sum is not rounded by more than its mean
	}
	if n > most {
		return 0, fmt.Errorf("it takes %d samples to cover %s", n, m.Query.Window)
	}
	return n, nil
}

func (m measure) names() []string {
	switch {
	case !m.Per.Query.IsZero():
		return []string{"measure", "denominator"}
	case !m.Baseline.Query.IsZero():
		return []string{"measure", "baseline"}
	}
	return []string{"measure"}
}

// reads are the results that make the measure come out at a value.
func (m measure) reads(q value.Quantity, samples int, per float64) ([]fact.Result, error) {
	unit := m.Query.Yields.Unit
	switch {
	case !m.Per.Query.IsZero(), !m.Baseline.Query.IsZero() && m.Baseline.As == probe.Quotient:
		unit = value.Ratio
	case !m.Baseline.Query.IsZero() && m.Baseline.As == probe.PercentChange:
		unit = value.Percent
	}
	in, ok := q.In(unit)
	want := float64(in)
	if !ok || math.IsNaN(want) || math.IsInf(want, 0) {
		return nil, fmt.Errorf("it is no number of %q", string(unit))
	}
	switch {
	case !m.Per.Query.IsZero():
		n, err := reach(near(want*per), want, func(n float64) float64 { return n / per })
		return []fact.Result{number(m.Query, m.now, n, samples), number(m.Per.Query, m.now, per, samples)}, err
	case m.differs() && m.Query.Yields.Unit != value.Count: // from nothing, so that it is not rounded
		is := number(m.Query, m.now, want, samples)
		if m.means() {
			is = averaging(m.Query, m.now, want, samples)
		}
		return []fact.Result{is, number(m.Baseline.Query, m.now, 0, samples)}, nil
	case !m.Baseline.Query.IsZero():
		is, was, err := m.against(want, samples)
		return m.people(m.Query, 1, number(m.Query, m.now, is, samples), number(m.Baseline.Query, m.now, was, samples)), err
	}
	if m.Aggregate == probe.Mean {
		return m.people(m.Query, 1, averaging(m.Query, m.now, want, samples)), nil
	}
	return m.people(m.Query, 1, number(m.Query, m.now, want, samples)), nil
}

// against is what the measure and its baseline read so that the comparison
// comes out right.
func (m measure) against(want float64, samples int) (is, was float64, err error) {
	of := func(v float64) float64 { return v }
	if m.means() {
		of = func(v float64) float64 { return mean(v, samples) }
	}
	compare, guess := func(v float64) float64 { return of(v) / was }, func() float64 { return near(was * want) }
	switch m.Baseline.As {
	case probe.PercentChange:
		compare, guess = func(v float64) float64 { return 100 * (of(v) - was) / was }, func() float64 { return near(was + was*want/100) }
	case probe.Difference:
		was = baseline + 2*math.Abs(want) // so that neither is below nothing
		is, err = reach(was+want, want, func(v float64) float64 { return of(v) - of(was) })
		return is, was, err
	}
	for was = baseline; was <= 1e12; was *= 10 { // until both are whole, and so are their sums
		if is, err = reach(guess(), want, compare); err == nil && compare(is) == want {
			return is, was, nil
		}
	}
	was = baseline
	is, err = reach(guess(), want, compare)
	return is, was, err
}

// differs reports whether the measure is a difference from its baseline.
func (m measure) differs() bool {
	return !m.Baseline.Query.IsZero() && m.Baseline.As == probe.Difference
}

// means reports whether the mean of a series stands for it in comparisons.
func (m measure) means() bool {
	return m.Query.Yields.Shape == fact.SeriesShape && (m.Aggregate == probe.Every || m.Aggregate == probe.Mean)
}

// enough sees the measure with the least that it may rest on, and with less.
func (m measure) enough(inside value.Quantity, samples int) ([]situation, error) {
	least := value.Quantity{Value: m.Per.Min, Unit: value.Count}
	switch {
	case least.Value > 0:
		enough, err := m.reads(inside, samples, float64(least.Value))
		if err != nil {
			return nil, err
		}
		few := step(least, -1)
		return []situation{sight("at least", "of "+least.String(), enough...),
			sight("too few", "of "+few.String(), number(m.Query, m.now, 0, samples), number(m.Per.Query, m.now, float64(few.Value), samples))}, nil
	case m.Baseline.MinSamples > 1 && m.covered(m.Baseline.MinSamples-1):
		var all []situation
		for i, label := range []string{"at least", "too few"} {
			results, err := m.reads(inside, m.Baseline.MinSamples-i, 0)
			if err != nil {
				return nil, err
			}
			all = append(all, sight(label, fmt.Sprintf("%d samples", m.Baseline.MinSamples-i), results...))
		}
		return all, nil
	}
	return nil, nil
}

// covered reports whether so many samples leave no gap.
func (m measure) covered(samples int) bool {
	gap := m.MaxGap.Std()
	if gap == 0 {
		gap = m.Query.Window.Std() / 10
	}
	return m.Query.Yields.Shape == fact.SeriesShape && m.Query.Window.Std()/time.Duration(samples) <= gap
}

// odd sees a series of which some samples are outside and the others inside:
// what the aggregate takes for all of them.
func (m measure) odd(inside []fact.Result, outside value.Quantity) []situation {
	at, ok := outside.In(m.Query.Yields.Unit)
	n := len(inside[0].Samples)
	if !ok || m.Query.Yields.Shape != fact.SeriesShape || !m.Baseline.Query.IsZero() || !m.Per.Query.IsZero() {
		return nil
	}
	bad := func(label string, from, to int) situation {
		results := slices.Clone(inside)
		results[0] = results[0].Clone()
		for i := from; i < to; i++ {
			results[0].Samples[i].Value = at
		}
		return sight(label, fmt.Sprintf("%d of %d outside", to-from, n), results...)
	}
	all := []situation{bad("one of many", n/2, n/2+1), bad("the last", n-1, n)}
	if tips, ok := rank(m.Aggregate, n); ok {
		if inside[0].Samples[0].Value < at { // so many are above before the percentile is
			tips = n - tips + 1
		}
		all = append(all, bad("some", 0, tips-1), bad("too many", 0, tips))
	}
	return all
}

// rank is the position of a percentile among sorted samples, from 1.
func rank(a probe.Aggregate, n int) (int, bool) {
	digits, ok := strings.CutPrefix(string(a), "p")
	p, err := strconv.ParseFloat(digits, 64)
	return int(math.Ceil(near(p * float64(n) / 100))), ok && err == nil
}

// nothing sees a measure that looked at nothing.
func (m measure) nothing() []situation {
	zero := number(m.Query, m.now, 0, usual)
	switch {
	case !m.Per.Query.IsZero():
		return nil // which is too few
	case m.differs():
		return nil // nothing is as good as any to differ from
	case !m.Baseline.Query.IsZero():
		return []situation{sight("vacuous", "against 0", number(m.Query, m.now, baseline, usual), number(m.Baseline.Query, m.now, 0, usual))}
	case !m.Absent.Proof.IsZero():
		quiet := func(label string, traffic value.Quantity) situation {
			return sight(label, "traffic "+traffic.String(), silent(m.Query, m.now), number(m.Absent.Proof, m.now, float64(traffic.Value), usual))
		}
		traffic := value.Quantity{Value: m.Absent.Min, Unit: m.Absent.Proof.Yields.Unit}
		return []situation{quiet("at silence", traffic), quiet("too few", step(traffic, -1)), sight("vacuous", "-", silent(m.Query, m.now))}
	case m.Query.Yields.Unit == value.Count:
		return []situation{sight("vacuous", "0 of 0", m.people(m.Query, 0, zero)...)}
	}
	return []situation{sight("vacuous", "-", silent(m.Query, m.now))}
}

// number answers a query with one number, or with so many samples of it.
func number(q fact.Query, now time.Time, n float64, samples int) fact.Result {
	if q.Yields.Shape != fact.SeriesShape {
		return fact.AnswerNumber(q, now, n)
	}
	return spread(q, now, slices.Repeat([]float64{n}, samples))
}

// averaging is a series whose mean is the number to the last digit: its last
// sample takes away what rounding adds to the others.
func averaging(q fact.Query, now time.Time, n float64, samples int) fact.Result {
	r := number(q, now, n, samples)
	if len(r.Samples) < 2 {
		return r
	}
	others := sum(n, samples-1)
	if last, err := reach(n*float64(samples)-others, n, func(last float64) float64 { return (others + last) / float64(samples) }); err == nil {
		r.Samples[samples-1].Value = value.Number(last)
	}
	return r
}
