package probe

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tidegate-go/tidegate/gates/internal/judge"
	"github.com/tidegate-go/tidegate/internal/stats"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Canary compares a new version that serves part of the traffic with the old
// one beside it, step by step: 5 %, 25 %, 50 %, all of it.
//
// Three series over one window tell it: what the canary did, what the baseline
// did, and which share of the traffic the canary had. A step lasts while the
// share is at least its own and below that of the next one; where the share
// fell back and rose again, the last time counts. Each step has to be reached,
// in order, and to have soaked, and the share has to be at that of the last step
// now: until then the test is unknown. In each step the samples of both series
// are compared:
//
//   - The canary looks worse if the difference of the medians or that of the
//     means, in the bad direction, is beyond the tolerance, and so is Cliff's
//     delta. Many bad samples beside as many good ones hardly move a median.
//   - If it does not look worse, the step passes.
//   - If it does and the Mann-Whitney U test makes chance an unlikely reason (a
//     tail below Alpha), the step fails. Otherwise nobody knows: it is unknown.
//
// The first step that fails decides, then the first that is unknown.
//
// Samples of a time series are not independent: one slow minute is followed by
// another. The test takes them to be, so its chance comes out too small, and the
// more so the stronger the dependence: a canary that is no worse fails too
// often, and never passes for that reason, since to pass it has not to look
// worse in the first place. Two things dampen it. MinSamples counts effective
// samples: a series of n of which each depends on the one before with
// autocorrelation r is worth n·(1-r)/(1+r). And [NewCanary] asks for an Alpha of
// 0.01 rather than the usual 0.05. Samples further apart help more than many.
type Canary struct {
	Canary   fact.Query `json:"canary"`         // series
	Baseline fact.Query `json:"baseline"`       // series of the same unit and window, beside the canary
	Share    fact.Query `json:"share"`          // series: the canary's share of the traffic, a ratio or percent
	Full     fact.Query `json:"full,omitzero"`  // baseline of a step at 100 %, where nothing is beside the canary: an earlier release
	Steps    []Step     `json:"steps,omitzero"` // with rising shares

	Bad        Direction      `json:"bad"`             // which difference is worse; zero: either
	Tolerance  value.Number   `json:"tolerance"`       // of medians and means, as a part of the baseline's: 0.05 is 5 %
	Effect     value.Number   `json:"effect"`          // Cliff's delta, from 0 to 1
	Alpha      value.Number   `json:"alpha"`           // above 0, at most 0.5
	MinSamples int            `json:"minSamples"`      // effective ones, of both series in each step; at least 2
	MaxGap     value.Duration `json:"maxGap,omitzero"` // the longest silence; zero: a tenth of a step's soak
	NaN        NaNPolicy      `json:"nan"`             // what a sample means that is no finite number; zero: the step is unknown
	Outliers   OutlierPolicy  `json:"outliers"`        // what becomes of samples far out; zero: they are kept
}

// Step is one step of a canary: which share of the traffic it has, in percent,
// and how long at least.
type Step struct {
	Share value.Number   `json:"share"` // in percent, above 0 and up to 100
	Soak  value.Duration `json:"soak"`  // how long at least, above 0
}

// NewCanary returns the comparison with what is recommended to begin with:
// either direction is bad, 5 % of median and mean are tolerated, an effect below
// medium (Cliff's delta of 0.33) is too, chance has to be less likely than 1 %,
// and each step needs 20 effective samples of either. Samples that are no
// numbers make it unknown, and outliers stay. MaxGap is a tenth of the soak.
func NewCanary(canary, baseline, share fact.Query, steps ...Step) Canary {
	return Canary{Canary: canary, Baseline: baseline, Share: share, Steps: append([]Step(nil), steps...),
		Tolerance: 0.05, Effect: 0.33, Alpha: 0.01, MinSamples: 20}
}

func (c *Canary) clone() *Canary {
	if c == nil {
		return nil
	}
	v := *c
	v.Steps = slices.Clone(c.Steps)
	return &v
}

// Queries returns the series, the one of a full step last.
func (c *Canary) Queries() []fact.Query { return given(c.Canary, c.Baseline, c.Share, c.Full) }

// Fault says where and why the test can never be judged, if so.
func (c *Canary) Fault() (check.Path, string) {
	if at, why := wantSeries("canary", c.Canary); why != "" {
		return at, why
	}
	if c.Canary.Window <= 0 {
		return "canary.window", "compares over no time"
	}
	for _, other := range []struct {
		field check.Path
		query fact.Query
	}{{"baseline", c.Baseline}, {"full", c.Full}} {
		switch q := other.query; {
		case q.IsZero() && other.field == "full":
		case q.Yields != c.Canary.Yields:
			return other.field.Field("yields"), "compares different things: they come in other units or forms"
		case q.Window != c.Canary.Window:
			return other.field.Field("window"), "compares different windows"
		}
	}
	switch at, why := wantSeries("share", c.Share); {
	case why != "":
		return at, why
	case c.Share.Yields.Unit.Dimension() != value.DimensionRatio:
		return "share.yields.unit", "has shares that are neither a ratio nor percent"
	case c.Share.Window != c.Canary.Window:
		return "share.window", "compares different windows"
	}
	return c.settingFault()
}

// upTo reports whether n is from 0 to high.
func upTo(n, high value.Number) bool { return n >= 0 && n <= high }

// Condition says what the test demands.
func (c *Canary) Condition() string {
	return fmt.Sprintf("no worse than the baseline by over %s and an effect of %s at %s", percent(c.Tolerance), c.Effect, c.steps())
}

func percent(n value.Number) string {
	p, _ := value.Quantity{Value: n, Unit: value.Ratio}.In(value.Percent)
	return p.String() + "%"
}

// Judge judges every step.
func (c *Canary) Judge(s judge.Scene) judge.Said {
	spans, results, code := c.look(s)
	if code != "" {
		return judge.Unclear(code)
	}
	said, unclear := judge.Said{}, judge.Said{}
	for i, step := range c.Steps {
		said = c.judgeStep(s, step, spans[i], results)
		said.Detail = join("at "+step.Share.String()+"%", said.Detail)
		switch {
		case said.Outcome == judge.Fail:
			return said
		case said.Outcome == judge.Unknown && unclear == (judge.Said{}):
			unclear = said
		}
	}
	if unclear != (judge.Said{}) {
		return unclear
	}
	return said
}

// look reads the shares and returns the span of each step and the results of
// canary, baseline and, if there is one, the full step's baseline.
func (c *Canary) look(s judge.Scene) ([]span, [3]*fact.Result, judge.Code) {
	var results [3]*fact.Result
	for i, query := range []int{0, 1, 3} {
		if query == 3 && c.Full.IsZero() {
			break
		}
		r, code := s.Look(query)
		if code != "" {
			return nil, results, orNoBaseline(i, code)
		}
		if r.Unit != c.Canary.Yields.Unit {
			return nil, results, judge.WrongUnit
		}
		results[i] = r
	}
	r, code := s.Look(2)
	if code != "" {
		return nil, results, code
	}
	spans, code := c.spans(r)
	return spans, results, code
}

func orNoBaseline(i int, code judge.Code) judge.Code {
	if i > 0 && code == judge.Missing {
		return judge.NoBaseline
	}
	return code
}

// judgeStep compares the samples of one step.
func (c *Canary) judgeStep(s judge.Scene, step Step, at span, results [3]*fact.Result) judge.Said {
	if at.code != "" {
		return judge.Unclear(at.code)
	}
	baseline, query := results[1], 1
	if step.Share == 100 {
		baseline, query = results[2], 3
	}
	gap := judge.MaxGap(c.MaxGap, step.Soak)
	x, code := c.samples(results[0], at, gap)
	if code != "" {
		return judge.Unclear(code).Because("canary")
	}
	y, code := c.samples(baseline, at, gap)
	if code != "" {
		return judge.Unclear(code).Because("baseline")
	}
	if zero(x) && c.Canary.Yields.Unit == value.Count && !s.Proves(0) {
		return judge.Unclear(judge.Vacuous)
	}
	if zero(y) && c.Bad == Lower && !s.Proves(query) { // nothing is lower
		return judge.Unclear(judge.NoBaseline)
	}
	nx, ny := stats.Effective(x), stats.Effective(y)
	worth := fmt.Sprintf("%d and %d samples, worth %s and %s", len(x), len(y), short(nx), short(ny))
	if min(nx, ny) < float64(c.MinSamples) {
		return judge.Unclear(judge.TooFew).Because(worth)
	}
	test, ok := stats.MannWhitney(x, y)
	if !ok {
		return judge.Unclear(judge.NotANumber)
	}
	return c.compare(test, x, y, worth)
}

// meanRounding is how far a mean, which is a sum of rounded numbers, may be off
// as a part of itself: a canary at its tolerance keeps it.
const meanRounding = 1e-9

// compare decides from medians, means and the test.
func (c *Canary) compare(test stats.UTest, x, y []float64, worth string) judge.Said {
	delta, p, bad := test.Delta(), test.TwoSided(), 1.0
	switch {
	case c.Bad == Higher:
		p = test.Greater
	case c.Bad == Lower:
		p, bad = test.Less, -1
	case delta < 0:
		bad = -1
	}
	what, canary, baseline := "medians", stats.Median(stats.Sorted(x)), stats.Median(stats.Sorted(y))
	off := func(canary, baseline, rounding float64) bool {
		return !(bad*(canary-baseline) <= c.tolerated(baseline)+rounding)
	}
	worse := off(canary, baseline, 0)
	mx, my := stats.Mean(x), stats.Mean(y)
	if !worse && off(mx, my, meanRounding*max(abs(mx), abs(my))) {
		worse, what, canary, baseline = true, "means", mx, my
	}
	shift, unit := value.Number(bad*(canary-baseline)), c.Canary.Yields.Unit
	said := judge.Said{Outcome: judge.Pass, Code: judge.Met}.
		With(value.Quantity{Value: shift, Unit: unit}, quantityOf(c.tolerated(baseline), unit)).
		Because(fmt.Sprintf("%s %s and %s, delta %s, p %s, %s", what, short(canary), short(baseline), short(bad*delta), short(p), worth))
	switch {
	case !shift.IsFinite():
		return judge.Unclear(judge.NotANumber)
	case !worse || bad*delta <= float64(c.Effect):
	case p < float64(c.Alpha):
		said.Outcome, said.Code = judge.Fail, judge.NotMet
	default:
		said.Outcome, said.Code = judge.Unknown, judge.Indistinct
	}
	return said
}

// tolerated is how far a median or mean may be from that of the baseline.
func (c *Canary) tolerated(baseline float64) float64 { return float64(c.Tolerance) * abs(baseline) }

func zero(values []float64) bool {
	for _, v := range values {
		if v != 0 {
			return false
		}
	}
	return true
}

func abs(v float64) float64 { return max(v, -v) }

// short writes a number with three significant digits.
func short(v float64) string { return strconv.FormatFloat(v, 'g', 3, 64) }

// join joins what is not empty.
func join(parts ...string) string {
	var all []string
	for _, p := range parts {
		if p != "" {
			all = append(all, p)
		}
	}
	return strings.Join(all, ": ")
}
