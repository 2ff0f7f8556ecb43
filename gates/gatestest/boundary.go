package gatestest

import (
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// row is one line of a boundary table in the making.
type row struct {
	label string
	shown string
	facts []Fact
}

// rowsOf returns what a criterion is seen at, and nothing for one that is no
// limit of a number.
func rowsOf(c gates.Criterion) []row {
	switch {
	case c.AtMost != nil:
		return threshold(c, c.AtMost.Measure, edges(c.AtMost.Limit, c.AtMost.Warn, 1))
	case c.AtLeast != nil:
		return threshold(c, c.AtLeast.Measure, edges(c.AtLeast.Limit, c.AtLeast.Warn, -1))
	case c.Between != nil:
		low, high := c.Between.Low, c.Between.High
		middle := value.Quantity{Value: (low.Value + high.Value) / 2, Unit: low.Unit}
		return threshold(c, c.Between.Measure, []edge{{"inside", middle},
			{"at low", low}, {"outside", step(low, -1)}, {"at high", high}, {"outside", step(high, 1)}})
	case c.None != nil:
		return counted(c, c.None.Query, gates.Match{}, []int{0, 1}, []string{"at", "outside"})
	case c.Count != nil:
		return tally(c, c.Count)
	}
	return nil
}

// edge is a value at which a criterion is seen.
type edge struct {
	label string
	at    value.Quantity
}

// edges are the values around a limit, and around its warning level. Outside is
// above it for side 1 and below it for -1.
func edges(limit, warn value.Quantity, side float64) []edge {
	var all []edge
	if !warn.IsZero() {
		all = append(all, edge{"inside", step(warn, -side)}, edge{"at warning", warn}, edge{"outside warning", step(warn, side)})
	} else {
		all = append(all, edge{"inside", step(limit, -side)})
	}
	return append(all, edge{"at", limit}, edge{"outside", step(limit, side)})
}

// step is a value a hundredth away; of a count it is the next one.
func step(q value.Quantity, side float64) value.Quantity {
	n := float64(q.Value)
	by := math.Abs(n) / 100
	if q.Unit == value.Count && n == math.Trunc(n) || by == 0 {
		by = 1
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(n+side*by, 'g', 6, 64), 64)
	if err != nil {
		short = n + side*by
	}
	return value.Quantity{Value: value.Number(short), Unit: q.Unit}
}

// threshold sees a measure at the edges, and then in every way in which it is
// not one: the first edge is inside.
func threshold(c gates.Criterion, m gates.Measure, at []edge) []row {
	good := reading{m: m, age: 0}
	var rows []row
	if m.Query.Yields.Unit == value.Count {
		at = slices.DeleteFunc(at, func(e edge) bool { return e.at.Value < 0 }) // a count is never below nothing
	}
	for _, e := range at {
		r := good
		r.at = e.at
		rows = append(rows, row{e.label, e.at.String(), r.facts()})
	}
	good.at = at[0].at
	inside := good.at.String()
	stale := good
	stale.age = maxAge(c) + time.Second
	nan, unit := good, good
	nan.spoil = func(r *fact.Result) { fill(r, math.NaN()) }
	unit.spoil = func(r *fact.Result) {
		r.Unit, r.Value.Unit = another(r.Query.Yields.Unit), another(r.Query.Yields.Unit)
	}
	half := good
	half.spoil = func(r *fact.Result) { r.Complete = false }
	vacuous := good
	vacuous.vacuous = true
	return append(rows,
		row{"stale", inside, stale.facts()}, row{"missing", "-", nil}, row{"failed", "-", failed(m.Query)},
		row{"incomplete", inside, half.facts()}, row{"not a number", "NaN", nan.facts()}, row{"wrong unit", inside, unit.facts()},
		row{"vacuous", "-", vacuous.facts()})
}

// reading is one way to see a measure.
type reading struct {
	m       gates.Measure
	at      value.Quantity
	age     time.Duration
	spoil   func(*fact.Result) // of the measure itself
	vacuous bool               // what it is out of, per or against is nothing
}

const (
	plenty   = 1000 // times the least denominator
	baseline = 100  // what the other series reads
)

// facts are the results that make the measure come out at the reading's value.
func (r reading) facts() []Fact {
	main := func(n float64) Fact {
		return Old(func(_ gates.Gate, now time.Time) ([]fact.Result, error) {
			result := number(r.m.Query, now, n)
			if r.spoil != nil {
				r.spoil(&result)
			}
			return []fact.Result{result}, nil
		}, r.age)
	}
	zero := r.vacuous
	switch {
	case r.m.Per.Query != fact.Query{}:
		ratio, _ := r.at.In(value.Ratio)
		per := float64(r.m.Per.Min) * plenty
		if zero {
			per = float64(r.m.Per.Min) / 2
		}
		return []Fact{main(near(float64(ratio) * per)), other(r.m.Per.Query, per)}
	case r.m.Baseline.Query != fact.Query{} && zero:
		return []Fact{main(baseline)}
	case r.m.Baseline.Query != fact.Query{}:
		return []Fact{main(near(r.against())), other(r.m.Baseline.Query, baseline)}
	}
	at, _ := r.at.In(r.m.Query.Yields.Unit)
	population, counts := r.m.Query.Counted()
	switch {
	case zero && r.m.Query.Yields.Unit == value.Count && r.m.Query.Yields.Shape == fact.NumberShape:
		return append([]Fact{main(0)}, people(counts, population, 0)...)
	case zero:
		return []Fact{func(_ gates.Gate, now time.Time) ([]fact.Result, error) {
			return []fact.Result{fact.Answer(r.m.Query, now)}, nil // an answer that says nothing
		}}
	default:
		return append([]Fact{main(float64(at))}, people(counts, population, 1)...)
	}
}

// against is what the measure reads so that the comparison comes out right.
func (r reading) against() float64 {
	switch r.m.Baseline.As {
	case probe.Difference:
		by, _ := r.at.In(r.m.Query.Yields.Unit)
		return baseline + float64(by)
	case probe.PercentChange:
		by, _ := r.at.In(value.Percent)
		return baseline + baseline*float64(by)/100
	default:
		by, _ := r.at.In(value.Ratio)
		return baseline * float64(by)
	}
}

// near takes away what multiplication added far behind the point.
func near(n float64) float64 { return math.Round(n*1e9) / 1e9 }

func other(q fact.Query, n float64) Fact {
	return func(_ gates.Gate, now time.Time) ([]fact.Result, error) { return []fact.Result{number(q, now, n)}, nil }
}

// people answers the population of a count, if there is one.
func people(counts bool, population fact.Query, n int) []Fact {
	if !counts {
		return nil
	}
	return []Fact{func(_ gates.Gate, now time.Time) ([]fact.Result, error) {
		return []fact.Result{list(population, now, gates.Match{}, n)}, nil
	}}
}

func failed(q fact.Query) []Fact {
	return []Fact{func(_ gates.Gate, now time.Time) ([]fact.Result, error) {
		return []fact.Result{fact.AnswerFailure(q, now, "timeout", "")}, nil
	}}
}

func number(q fact.Query, now time.Time, n float64) fact.Result {
	if q.Yields.Shape == fact.SeriesShape {
		return steady(q, now, n)
	}
	return fact.AnswerNumber(q, now, n)
}

func fill(r *fact.Result, n float64) {
	r.Value.Value = value.Number(n)
	for i := range r.Samples {
		r.Samples[i].Value = value.Number(n)
	}
}

// another is a unit of another dimension.
func another(u value.Unit) value.Unit {
	if u == value.Seconds || u == value.Milliseconds || u == value.Minutes {
		return value.Percent
	}
	return value.Seconds
}

func maxAge(c gates.Criterion) time.Duration {
	if c.MaxAge > 0 {
		return c.MaxAge.Std()
	}
	return gates.DefaultMaxAge
}

// tally sees a list around both of its ends.
func tally(c gates.Criterion, t *gates.Tally) []row {
	ns, labels := []int{max(t.Least, 1)}, []string{"inside"}
	if t.Most != gates.NoLimit {
		ns[0] = min(ns[0], t.Most)
	}
	if t.Least > 0 {
		ns, labels = append(ns, t.Least, t.Least-1), append(labels, "at least", "outside")
	}
	if t.Most != gates.NoLimit {
		ns, labels = append(ns, t.Most, t.Most+1), append(labels, "at most", "outside")
	}
	return counted(c, t.Query, t.Where, ns, labels)
}

// counted sees a count or a list of things at numbers of them.
func counted(c gates.Criterion, q fact.Query, where gates.Match, ns []int, labels []string) []row {
	population, counts := q.Counted()
	seen := func(n, outOf int, age time.Duration, spoil func(*fact.Result)) []Fact {
		return append(people(counts, population, outOf), Old(func(_ gates.Gate, now time.Time) ([]fact.Result, error) {
			r := list(q, now, where, n)
			if spoil != nil {
				spoil(&r)
			}
			return []fact.Result{r}, nil
		}, age))
	}
	var rows []row
	for i, n := range ns {
		rows = append(rows, row{labels[i], strconv.Itoa(n), seen(n, max(n, 1), 0, nil)})
	}
	inside := strconv.Itoa(ns[0])
	rows = append(rows, row{"stale", inside, seen(ns[0], max(ns[0], 1), maxAge(c)+time.Second, nil)},
		row{"missing", "-", nil}, row{"failed", "-", failed(q)},
		row{"incomplete", inside, seen(ns[0], max(ns[0], 1), 0, func(r *fact.Result) { r.Complete = false })})
	if q.Yields.Shape == fact.NumberShape {
		rows = append(rows, row{"not a number", "NaN", seen(0, 1, 0, func(r *fact.Result) { fill(r, math.NaN()) })},
			row{"wrong unit", inside, seen(ns[0], 1, 0, func(r *fact.Result) { r.Value.Unit = another(r.Value.Unit) })})
	}
	return append(rows, row{"vacuous", "0 of 0", seen(0, 0, 0, nil)})
}

// list is n things of the shape that the query yields, which match.
func list(q fact.Query, now time.Time, where gates.Match, n int) fact.Result {
	if !q.Yields.Shape.Items() {
		return fact.AnswerNumber(q, now, float64(n))
	}
	r := fact.Answer(q, now)
	answer := fact.Approved
	if where.Answer != "" {
		_ = answer.UnmarshalText([]byte(where.Answer)) // one that is no answer matches nothing
	}
	category := where.Category
	if category == fact.UnknownCategory {
		category = fact.Done
	}
	status := where.Status
	if status == "" {
		status = "some"
	}
	for i := range n {
		id := strconv.Itoa(i + 1)
		r.WorkItems = append(r.WorkItems, fact.WorkItem{ID: id, Category: category, Status: status, Labels: []string{where.Label}})
		r.Incidents = append(r.Incidents, fact.Incident{ID: id, Status: status})
		r.Deployments = append(r.Deployments, fact.Deployment{ID: id, Status: status})
		r.Approvals = append(r.Approvals, fact.Approval{ID: id, Answer: answer, At: now})
		r.Duties = append(r.Duties, fact.Duty{})
		r.States = append(r.States, fact.State{ID: id})
	}
	return r
}
