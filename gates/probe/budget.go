package probe

import (
	"fmt"
	"math/big"

	"github.com/tidegate-go/tidegate/gates/internal/judge"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Errors is the part of events that went wrong, over one window: two numbers
// that count. Fewer events in all than Min say nothing.
type Errors struct {
	Bad   fact.Query   `json:"bad"`   // a number: events that went wrong
	Total fact.Query   `json:"total"` // a number: all events, over the same window
	Min   value.Number `json:"min"`   // of Total; above 0
}

func (e *Errors) fault() (check.Path, string) {
	if at, why := wantCount("bad", e.Bad); why != "" {
		return at, why
	}
	if at, why := wantCount("total", e.Total); why != "" {
		return at, why
	}
	switch {
	case e.Bad.Window <= 0:
		return "bad.window", "counts errors over no time"
	case e.Bad.Window != e.Total.Window:
		return "total.window", "divides errors and events of different windows"
	case !e.Min.IsFinite() || e.Min <= 0:
		return "min", "does not say how many events are enough"
	}
	return "", ""
}

// spent returns how many times the budget of the objective went wrong:
// (bad/total)/(1-objective). It reads the queries numbered from first: bad, then
// total, which is also the population of no error at all. It is exact, so that
// what is at the limit is not beyond it.
func (e *Errors) spent(s judge.Scene, first int, objective value.Quantity) (*big.Rat, judge.Code) {
	bad, code := read(s, first)
	if code != "" {
		return nil, code
	}
	total, code := read(s, first+1)
	budget, ok := allowed(objective)
	switch {
	case code != "":
		return nil, code
	case total < float64(e.Min):
		return nil, judge.TooFew
	case bad > total:
		return nil, judge.Contradicted // the two do not count the same events
	case !ok:
		return nil, judge.NoLimit
	}
	spent := new(big.Rat).SetFloat64(bad)
	return spent.Quo(spent, budget.Mul(budget, new(big.Rat).SetFloat64(total))), ""
}

func read(s judge.Scene, i int) (float64, judge.Code) {
	r, code := s.Look(i)
	if code != "" {
		return 0, code
	}
	return judge.Number(r)
}

// Budget is that enough of an error budget is left. The budget is the part of
// events that may go wrong under the objective, 1-objective; what is left of it
// is 1-(bad/total)/(1-objective), which is below zero once it is overspent. The
// window of both queries is that of the objective, such as 30 days.
type Budget struct {
	Errors
	Objective value.Quantity `json:"objective"` // a ratio or percent, above 0 and below 100 %
	Least     value.Quantity `json:"least"`     // what has to be left, a ratio or percent of the budget
}

// Queries returns the bad events and all events.
func (b *Budget) Queries() []fact.Query { return []fact.Query{b.Bad, b.Total} }

// Fault says where and why the test can never be judged, if so.
func (b *Budget) Fault() (check.Path, string) {
	least, ok := b.Least.In(value.Ratio)
	if at, why := partFault("least", b.Least, ok && upTo(least, 1), "wants a part of the budget that is not from 0 to 100 %"); why != "" {
		return at, why
	}
	if at, why := objectiveFault(b.Objective); why != "" {
		return at, why
	}
	return b.fault()
}

func objectiveFault(objective value.Quantity) (check.Path, string) {
	_, ok := allowed(objective)
	return partFault("objective", objective, ok, "has an objective that is not between 0 and 100 %, so that there is no budget")
}

// allowed returns which part of events may go wrong, 1-objective.
func allowed(objective value.Quantity) (*big.Rat, bool) {
	p, ok := objective.In(value.Percent)
	if !ok || !(p > 0 && p < 100) {
		return nil, false
	}
	part, ok := new(big.Rat).SetString(p.String())
	if !ok {
		return nil, false
	}
	return part.Mul(part.Sub(big.NewRat(100, 1), part), big.NewRat(1, 100)), true
}

// Condition says what the test demands.
func (b *Budget) Condition() string {
	return fmt.Sprintf("≥ %s of the error budget of %s left over %s", b.Least.Human(), b.Objective.Human(), b.Bad.Window.Human())
}

// Judge judges what is left.
func (b *Budget) Judge(s judge.Scene) judge.Said {
	spent, code := b.spent(s, 0, b.Objective)
	if code != "" {
		return judge.Unclear(code)
	}
	share := new(big.Rat).Sub(big.NewRat(1, 1), spent)
	percent, _ := share.Mul(share, big.NewRat(100, 1)).Float64()
	least, _ := b.Least.In(value.Percent)
	said := judge.Said{Outcome: judge.Pass, Code: judge.Met}.With(quantityOf(percent, value.Percent), quantityOf(float64(least), value.Percent))
	if value.Number(percent) < least {
		said.Outcome, said.Code = judge.Fail, judge.NotMet
	}
	return said
}

// BurnRate is how fast an error budget is spent, in two windows. A rate of 1
// spends exactly the budget over the objective's period: the rate is
// (bad/total)/(1-objective). Beyond Most in both windows fails: enough is spent
// to matter, and it is still being spent. Beyond it in one of them warns, since
// it begins or has just ended. This is the alert of "Multiwindow,
// Multi-Burn-Rate Alerts" in chapter 5 of The Site Reliability Workbook (Google,
// 2018), which recommends 14.4 over 1 hour and 5 minutes (2 % of a 30-day budget
// in an hour), 6 over 6 hours and 30 minutes, and 1 over 3 days and 6 hours.
type BurnRate struct {
	Objective value.Quantity `json:"objective"` // a ratio or percent, above 0 and below 100 %
	Long      Errors         `json:"long"`      // shows that enough is spent to matter
	Short     Errors         `json:"short"`     // a twelfth of the long window is usual
	Most      value.Number   `json:"most"`      // itself kept
}

// Queries returns the bad events and all events of the long window, then those
// of the short one.
func (b *BurnRate) Queries() []fact.Query {
	return []fact.Query{b.Long.Bad, b.Long.Total, b.Short.Bad, b.Short.Total}
}

// Fault says where and why the test can never be judged, if so.
func (b *BurnRate) Fault() (check.Path, string) {
	if at, why := objectiveFault(b.Objective); why != "" {
		return at, why
	}
	if at, why := b.Long.fault(); why != "" {
		return at.Under("long"), why
	}
	if at, why := b.Short.fault(); why != "" {
		return at.Under("short"), why
	}
	switch {
	case b.Short.Bad.Window >= b.Long.Bad.Window:
		return "short.bad.window", "has no short window inside of a long one"
	case !b.Most.IsFinite() || b.Most <= 0:
		return "most", "has a rate that makes no sense"
	}
	return "", ""
}

// Condition says what the test demands.
func (b *BurnRate) Condition() string {
	return fmt.Sprintf("burns the error budget of %s at ≤ %s× over %s and %s", b.Objective.Human(), b.Most, b.Long.Bad.Window.Human(), b.Short.Bad.Window.Human())
}

// Judge judges both rates.
func (b *BurnRate) Judge(s judge.Scene) judge.Said {
	slow, code := b.Long.spent(s, 0, b.Objective)
	if code != "" {
		return judge.Unclear(code)
	}
	quick, code := b.Short.spent(s, 2, b.Objective)
	if code != "" {
		return judge.Unclear(code)
	}
	long, _ := slow.Float64()
	brief, _ := quick.Float64()
	most := float64(b.Most)
	said := judge.Said{Outcome: judge.Pass, Code: judge.Met, Detail: "long window " + short(long) + ", short window " + short(brief)}.
		With(quantityOf(max(long, brief), value.Ratio), quantityOf(most, value.Ratio))
	switch {
	case long > most && brief > most: // the smaller one shows that both are
		said.Outcome, said.Code, said.Observed = judge.Fail, judge.NotMet, quantityOf(min(long, brief), value.Ratio)
	case long > most || brief > most:
		said.Outcome, said.Code = judge.Warn, judge.Nearing
	}
	return said
}
