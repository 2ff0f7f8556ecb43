package engines

import (
	"math"
	"math/rand/v2"
	"time"

	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Situation is one state of the world, once as facts and once as the signals
// of each environment that peers read. A fact that cannot be used is no signal.
type Situation struct {
	Facts   fact.Set
	Signals map[string]map[string]any
}

// maker makes situations. Without chance it makes one in which all is well.
type maker struct {
	chance  *rand.Rand
	service string
	results []fact.Result
}

// Healthy is the situation that benchmarks judge: all criteria pass but the
// last environment's latency, so that there is a reason to find.
func Healthy(t *Tidegate, size int) Situation {
	m := maker{}
	s := m.situation(t, size)
	last := Environments[len(Environments)-1]
	q := at(Criteria[1].query, last, service(0))
	for i := range s.Facts.Results {
		if r := &s.Facts.Results[i]; r.Query == q {
			r.Value.Value = 930
		}
	}
	s.Signals[last][Criteria[1].Signal] = 930.0
	return s
}

// Random is a situation around the limits: on them, a hair beside them, far
// from them, and with facts that are missing, broken, old or in doubt.
func Random(t *Tidegate, chance *rand.Rand) Situation {
	m := maker{chance: chance}
	return m.situation(t, 1)
}

func (m *maker) situation(t *Tidegate, size int) Situation {
	s := Situation{Signals: map[string]map[string]any{}}
	for _, env := range Environments {
		for nth := range size {
			m.service = service(nth)
			signals := map[string]any{}
			for i := range Criteria {
				m.signal(&Criteria[i], env, signals)
			}
			if nth == 0 {
				s.Signals[env] = signals
			}
		}
	}
	s.Facts = fact.NewSet(append(m.results, t.Approvals())...)
	return s
}

// signal makes the facts of one criterion and, as far as they can be used, its signals.
func (m *maker) signal(c *Criterion, env string, signals map[string]any) {
	r := fact.Answer(at(c.query, env, m.service), Now.Add(-time.Minute))
	var said any
	switch c.Kind {
	case Granted:
		r.Approvals, said = m.approvals()
	case OneOf:
		word := m.word(c.Set)
		r.Deployments, said = []fact.Deployment{{ID: "D-7", Component: "checkout", Status: word}}, word
	case Fresh:
		r.Value = value.Quantity{Value: 31, Unit: value.Count}
		m.finish(r, c, signals, m.age(&r, c.High))
		return
	case Nought:
		if c.Population == "" {
			r.WorkItems, said = m.vulnerabilities()
			break
		}
		open := float64(m.pick(3))
		population, _ := r.Query.Counted()
		of := fact.AnswerNumber(population, r.ObservedAt, []float64{31, open, 0}[m.pick(3)])
		if m.keep(&of) {
			signals[c.Population] = float64(of.Value.Value)
		}
		r.Value, said = value.Quantity{Value: value.Number(open), Unit: value.Count}, open
	default:
		n := m.near(c)
		r.Value, said = value.Quantity{Value: value.Number(n), Unit: r.Query.Yields.Unit}, n
	}
	m.finish(r, c, signals, said)
}

func (m *maker) finish(r fact.Result, c *Criterion, signals map[string]any, said any) {
	if m.keep(&r) {
		signals[c.Signal] = said
	}
}

// pick returns a number below n, and 0 if nothing is left to chance.
func (m *maker) pick(n int) int {
	if m.chance == nil {
		return 0
	}
	return m.chance.IntN(n)
}

// near returns a number well inside, at, beside or beyond the limits.
func (m *maker) near(c *Criterion) float64 {
	limit := c.High
	if c.Kind == AtLeast || c.Kind == Within && m.pick(2) == 1 {
		limit = c.Low
	}
	beside := []float64{c.Usual, limit, math.Nextafter(limit, 0), math.Nextafter(limit, 1e9), 2 * limit, limit / 3, 0}
	return beside[m.pick(len(beside))]
}

// age makes the result as old as the limit allows, more or less, and returns
// its age in seconds.
func (m *maker) age(r *fact.Result, limit float64) float64 {
	most := time.Duration(limit * float64(time.Second))
	ages := []time.Duration{42 * time.Second, most, most + time.Nanosecond, most - time.Nanosecond, 2 * most, 0}
	age := ages[m.pick(len(ages))]
	r.ObservedAt = Now.Add(-age)
	return age.Seconds()
}

func (m *maker) word(good []string) string {
	words := append([]string{good[0], good[1]}, "fail", "Pass", "pass ", "inconclusive")
	return words[m.pick(len(words))]
}
