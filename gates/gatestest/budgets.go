package gatestest

import (
	"fmt"
	"math/big"

	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// budget sees an error budget of which some is left.
func budget(s stage, b *probe.Budget) ([]situation, error) {
	least, _ := b.Least.In(value.Percent)
	left := func(q value.Quantity) ([]fact.Result, error) {
		rest, ok := rational(q.Value)
		if !ok {
			return nil, fmt.Errorf("%s is no part of a budget", q)
		}
		rest.Sub(big.NewRat(100, 1), rest)
		return s.spent(&b.Errors, b.Objective, rest.Mul(rest, big.NewRat(1, 100)))
	}
	var all []situation
	for _, e := range edges(value.Quantity{Value: least, Unit: value.Percent}, value.Quantity{}, -1) {
		if e.at.Value > 100 {
			continue // more than all of it is never left
		}
		results, err := left(e.at)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.at, err)
		}
		all = append(all, sight(e.label, e.at.String(), results...).as(e.at))
	}
	good := all[0].ways[0].results
	all = append(all, s.events("", &b.Errors, func(r ...fact.Result) []fact.Result { return r })...)
	return append(all, s.spoils(all[0].shown, []string{"bad", "total"}, good...)...), nil
}

// burnRate sees both windows around the rate that is kept.
func burnRate(s stage, b *probe.BurnRate) ([]situation, error) {
	limit := value.Quantity{Value: b.Most, Unit: value.Ratio}
	rate := func(long, short value.Quantity) ([]fact.Result, error) {
		var all []fact.Result
		for i, e := range []*probe.Errors{&b.Long, &b.Short} {
			at := []value.Quantity{long, short}[i]
			times, ok := rational(at.Value)
			if !ok {
				return nil, fmt.Errorf("%s is no rate", at.Value)
			}
			results, err := s.spent(e, b.Objective, times)
			if err != nil {
				return nil, fmt.Errorf("%s×: %w", at.Value, err)
			}
			all = append(all, results...)
		}
		return all, nil
	}
	below, above := step(limit, -1), step(limit, 1)
	var all []situation
	for _, e := range []struct {
		label       string
		long, short value.Quantity
		at          value.Quantity
	}{
		{"inside", below, below, below}, {"at", limit, limit, limit}, {"outside long", above, limit, above},
		{"outside short", limit, above, above}, {"outside", above, above, above},
	} {
		results, err := rate(e.long, e.short)
		if err != nil {
			return nil, err
		}
		all = append(all, sight(e.label, fmt.Sprintf("%s×, %s×", e.long.Value, e.short.Value), results...).as(e.at))
	}
	good := all[0].ways[0].results
	all = append(all, s.events("long ", &b.Long, func(r ...fact.Result) []fact.Result { return append(r, good[2:]...) })...)
	all = append(all, s.events("short ", &b.Short, func(r ...fact.Result) []fact.Result { return append(good[:2:2], r...) })...)
	return append(all, s.spoils(all[0].shown, []string{"long bad", "long total", "short bad", "short total"}, good...)...), nil
}

// events sees the least of events that say something, fewer, and more bad ones
// than there are.
func (s stage) events(which string, e *probe.Errors, with func(...fact.Result) []fact.Result) []situation {
	of := func(label string, bad, total value.Number) situation {
		return sight(label, which+bad.String()+" of "+total.String(),
			with(fact.AnswerNumber(e.Bad, s.now, float64(bad)), fact.AnswerNumber(e.Total, s.now, float64(total)))...)
	}
	few := step(value.Quantity{Value: e.Min, Unit: value.Count}, -1).Value
	return []situation{of("at least", 0, e.Min), of("too few", 0, few), of("contradicted", e.Min+1, e.Min)}
}

// mostEvents is how many events are counted at the most.
const mostEvents = 1_000_000_000_000_000 // a float64 holds every whole number up to it

// spent are bad events and all events of which the bad ones are so many times
// the budget: whole numbers of both, so that nothing is rounded.
func (s stage) spent(e *probe.Errors, objective value.Quantity, times *big.Rat) ([]fact.Result, error) {
	percent, _ := objective.In(value.Percent)
	allowed, ok := rational(percent)
	if !ok {
		return nil, fmt.Errorf("%s is no objective", objective)
	}
	allowed.Sub(big.NewRat(100, 1), allowed)
	part := new(big.Rat).Mul(times, allowed.Mul(allowed, big.NewRat(1, 100)))
	if part.Cmp(big.NewRat(1, 1)) > 0 {
		return nil, fmt.Errorf("more events would have gone wrong than there are under an objective of %s", objective)
	}
	for total := int64(1000); total <= mostEvents; total *= 10 {
		bad := new(big.Rat).Mul(part, new(big.Rat).SetInt64(total))
		if n, _ := bad.Float64(); bad.IsInt() && float64(total) >= float64(e.Min) {
			return []fact.Result{fact.AnswerNumber(e.Bad, s.now, n), fact.AnswerNumber(e.Total, s.now, float64(total))}, nil
		}
	}
	return nil, fmt.Errorf("no whole number of up to %d events comes to it under an objective of %s", mostEvents, objective)
}

// rational is exactly the number that is written.
func rational(n value.Number) (*big.Rat, bool) { return new(big.Rat).SetString(n.String()) }
