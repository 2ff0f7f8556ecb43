package gates_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// canaryScene is a canary with its three series; share is what each minute has.
func canaryScene(edit func(*probe.Canary), canary, stable, share []float64) scene {
	c := canaryTest()
	if edit != nil {
		edit(&c)
	}
	return alone(gates.Canary("canary", c)).with(spread(c.Canary, canary...), spread(c.Baseline, stable...), spread(c.Share, share...))
}

func shifted(values []float64, from int, by float64) []float64 {
	values = slices.Clone(values)
	for i := from; i < len(values); i++ {
		values[i] += by
	}
	return values
}

func TestCanaryComparesEachStep(t *testing.T) {
	base, worse := noise(400), shifted(noise(400), 30, 60)
	tests := map[string]struct {
		edit           func(*probe.Canary)
		canary, stable []float64
		want           gates.Outcome
		code           gates.Code
		detail         string
	}{
		"as good":                    {nil, noise(402), base, gates.Pass, gates.CodeMet, "at 25%: medians"},
		"worse in the second step":   {nil, worse, base, gates.Fail, gates.CodeNotMet, "at 25%: medians 468"},
		"worse in the first step":    {nil, shifted(shifted(base, 0, 60), 30, -60), base, gates.Fail, gates.CodeNotMet, "at 5%: medians 470"},
		"better, higher is bad":      {nil, shifted(base, 0, -60), base, gates.Pass, gates.CodeMet, ""},
		"better, lower is bad":       {func(c *probe.Canary) { c.Bad = probe.Lower }, shifted(base, 0, -60), base, gates.Fail, gates.CodeNotMet, ""},
		"better, either is bad":      {func(c *probe.Canary) { c.Bad = probe.Either }, shifted(base, 0, -60), base, gates.Fail, gates.CodeNotMet, ""},
		"worse, either is bad":       {func(c *probe.Canary) { c.Bad = probe.Either }, worse, base, gates.Fail, gates.CodeNotMet, ""},
		"worse, lower is bad":        {func(c *probe.Canary) { c.Bad = probe.Lower }, worse, base, gates.Pass, gates.CodeMet, ""},
		"worse within tolerance":     {func(c *probe.Canary) { c.Tolerance = 0.2 }, worse, base, gates.Pass, gates.CodeMet, ""},
		"worse by a little effect":   {func(c *probe.Canary) { c.Effect, c.Tolerance = 0.9, 0 }, shifted(base, 0, 8), base, gates.Pass, gates.CodeMet, ""},
		"worse, and maybe by chance": {func(c *probe.Canary) { c.Alpha, c.Tolerance, c.Effect = 1e-9, 0, 0 }, shifted(base, 0, 6), base, gates.Unknown, gates.CodeIndistinct, ""},
		"constant and equal":         {nil, slices.Repeat([]float64{0}, 60), slices.Repeat([]float64{0}, 60), gates.Pass, gates.CodeMet, ""},
		"constant against nothing":   {nil, slices.Repeat([]float64{1}, 60), slices.Repeat([]float64{0}, 60), gates.Fail, gates.CodeNotMet, ""},
		"often far worse":            {func(c *probe.Canary) { c.MinSamples = 10 }, often(base, 1e4), base, gates.Fail, gates.CodeNotMet, "at 5%: means"},
		"often better":               {func(c *probe.Canary) { c.MinSamples = 10 }, often(base, 1), base, gates.Pass, gates.CodeMet, "medians"},
		"nothing, lower is bad":      {func(c *probe.Canary) { c.Bad = probe.Lower }, base, slices.Repeat([]float64{0}, 60), gates.Unknown, gates.CodeNoBaseline, ""},
		"too large to tell":          {nil, scaled(base, 1e200), scaled(base, 1e200), gates.Unknown, gates.CodeTooFew, ""},
		"too few":                    {func(c *probe.Canary) { c.MinSamples = 40 }, noise(402), base, gates.Unknown, gates.CodeTooFew, "at 5%: 31 and 31 samples"},
		"each depends on the last":   {nil, ramp(60, 400), ramp(60, 400), gates.Unknown, gates.CodeTooFew, "31 and 31 samples, worth "},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := canaryScene(tt.edit, tt.canary, tt.stable, shares())
			wantOutcome(t, s, tt.want, tt.code)
			if a := s.first(t).Outcomes[0]; !strings.Contains(a.Detail, tt.detail) {
				t.Errorf("detail %q, want %q in it", a.Detail, tt.detail)
			}
		})
	}
}

// often replaces two samples of five, which leaves the median among the others.
func often(values []float64, by float64) []float64 {
	values = slices.Clone(values)
	for i := range values {
		if i%5 == 1 || i%5 == 3 {
			values[i] = by
		}
	}
	return values
}

func scaled(values []float64, by float64) []float64 {
	values = slices.Clone(values)
	for i := range values {
		values[i] *= by
	}
	return values
}

func ramp(n int, from float64) []float64 {
	all := make([]float64, n)
	for i := range all {
		all[i] = from + float64(i)
	}
	return all
}

// A step that was not reached, or has not soaked, or was left, never passes.
func TestCanarySteps(t *testing.T) {
	minutes := func(spans ...float64) []float64 { // share, minutes, share, minutes
		var all []float64
		for i := 0; i < len(spans); i += 2 {
			all = append(all, slices.Repeat(spans[i:i+1], int(spans[i+1]))...)
		}
		return all
	}
	full := func(c *probe.Canary) {
		c.Full = fullQ
		c.Steps = append(c.Steps, probe.Step{Share: 100, Soak: value.Duration(15 * time.Minute)})
		c.MinSamples = 10
		c.Steps[0].Soak, c.Steps[1].Soak = value.Duration(20*time.Minute), value.Duration(20*time.Minute)
	}
	tests := map[string]struct {
		edit  func(*probe.Canary)
		share []float64
		want  gates.Outcome
		code  gates.Code
	}{
		"both":                        {nil, minutes(5, 30, 25, 30), gates.Pass, gates.CodeMet},
		"above the step counts as it": {nil, minutes(7, 30, 30, 30), gates.Pass, gates.CodeMet},
		"more than all of it":         {nil, minutes(5, 30, 500, 30), gates.Unknown, gates.CodeNotANumber},
		"less than none":              {nil, minutes(5, 30, -1, 5, 25, 25), gates.Unknown, gates.CodeNotANumber},
		"no traffic":                  {nil, minutes(0, 60), gates.Unknown, gates.CodeNotReached},
		"only the first":              {nil, minutes(5, 60), gates.Unknown, gates.CodeNotReached},
		"the first was skipped":       {nil, minutes(0, 30, 25, 30), gates.Unknown, gates.CodeNotReached},
		"the last has to soak":        {nil, minutes(5, 40, 25, 20), gates.Unknown, gates.CodeSoaking},
		"the first did not soak":      {nil, minutes(0, 15, 5, 15, 25, 30), gates.Unknown, gates.CodeSoaking},
		"rolled back now":             {nil, minutes(5, 30, 25, 29, 0, 1), gates.Unknown, gates.CodeNotReached},
		"fallen back":                 {nil, minutes(5, 25, 25, 30, 5, 5), gates.Unknown, gates.CodeSoaking},
		"fallen back and come again":  {nil, minutes(5, 20, 25, 10, 5, 4, 25, 26), gates.Unknown, gates.CodeSoaking},
		"to the full":                 {full, minutes(5, 22, 25, 22, 100, 16), gates.Pass, gates.CodeMet},
		"almost the full":             {full, minutes(5, 22, 25, 22, 99, 16), gates.Unknown, gates.CodeNotReached},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := canaryScene(tt.edit, noise(402), noise(400), tt.share).with(spread(fullQ, noise(401)...))
			wantOutcome(t, s, tt.want, tt.code)
		})
	}
	beside := canaryScene(full, noise(402), noise(400), minutes(5, 22, 25, 22, 100, 16))
	wantOutcome(t, beside, gates.Unknown, gates.CodeNoBaseline)
	worse := beside.with(spread(fullQ, shifted(noise(400), 44, -200)...))
	wantOutcome(t, worse, gates.Fail, gates.CodeNotMet) // at 100 % it is compared with what was before
}

func TestCanarySamplesThatAreNone(t *testing.T) {
	hole := func(values []float64, at ...int) []float64 {
		values = slices.Clone(values)
		for _, i := range at {
			values[i] = math.NaN()
		}
		return values
	}
	drop := func(c *probe.Canary) { c.NaN = probe.DropNaN }
	base := noise(400)
	wantOutcome(t, canaryScene(nil, hole(base, 40), base, shares()), gates.Unknown, gates.CodeNotANumber)
	wantOutcome(t, canaryScene(drop, hole(base, 40), base, shares()), gates.Pass, gates.CodeMet)
	wantOutcome(t, canaryScene(drop, hole(base, 40, 41, 42), base, shares()), gates.Unknown, gates.CodeGap)
	wantOutcome(t, canaryScene(drop, base, hole(base, 57, 58, 59), shares()), gates.Unknown, gates.CodeGap)
	wantOutcome(t, canaryScene(drop, hole(base, ints(60)...), base, shares()), gates.Unknown, gates.CodeGap)

	shuffled := canaryScene(nil, base, base, shares())
	shuffled.facts[0].Samples[40], shuffled.facts[0].Samples[41] = shuffled.facts[0].Samples[41], shuffled.facts[0].Samples[40]
	wantOutcome(t, shuffled, gates.Unknown, gates.CodeGap)
	for i := range 3 { // canary, baseline and share
		doubled := canaryScene(nil, base, base, shares())
		doubled.facts[i].Samples[41].At = doubled.facts[i].Samples[40].At
		wantOutcome(t, doubled, gates.Unknown, gates.CodeDuplicate)
	}
	ahead := canaryScene(nil, base, base, shares())
	ahead.facts[1].ObservedAt = ahead.facts[1].ObservedAt.Add(-time.Minute)
	wantOutcome(t, ahead, gates.Unknown, gates.CodeFuture)
	late := canaryScene(nil, base, base, shares())
	late.facts[0].Samples = late.facts[0].Samples[:55]
	wantOutcome(t, late, gates.Unknown, gates.CodeGap)
}

func ints(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// Dropping outliers forgets a few huge values, and says so in the count.
func TestCanaryOutliers(t *testing.T) {
	spiked := noise(400)
	for i := 31; i < 60; i += 10 {
		spiked[i] = 1e6
	}
	keep, drop := func(*probe.Canary) {}, func(c *probe.Canary) { c.Outliers = probe.DropOutliers }
	for edit, want := range map[*func(*probe.Canary)]string{&keep: "30 and 30 samples", &drop: "27 and 30 samples"} {
		s := canaryScene(*edit, spiked, noise(400), shares())
		wantOutcome(t, s, gates.Pass, gates.CodeMet)
		if a := s.first(t).Outcomes[0]; !strings.Contains(a.Detail, want) {
			t.Errorf("%q, want %q in it", a.Detail, want)
		}
	}
}

// Counts that are zero on both sides prove nothing without a population.
func TestCanaryOfCounts(t *testing.T) {
	count := func(track string) fact.Query {
		return fact.NewQuery("datadog", "metric", fact.Series(value.Count)).With("track", track).Over(time.Hour)
	}
	zeros := slices.Repeat([]float64{0}, 60)
	bare := func(c *probe.Canary) { c.Canary, c.Baseline = count("canary"), count("stable") }
	wantOutcome(t, canaryScene(bare, zeros, zeros, shares()), gates.Unknown, gates.CodeVacuous)
	proven := func(c *probe.Canary) { c.Canary, c.Baseline = count("canary").OutOf(requests), count("stable") }
	wantOutcome(t, canaryScene(proven, zeros, zeros, shares()).with(num(requests, 5000)), gates.Pass, gates.CodeMet)
	wantOutcome(t, canaryScene(proven, zeros, zeros, shares()).with(num(requests, 0)), gates.Unknown, gates.CodeVacuous)
	wantOutcome(t, canaryScene(bare, shifted(zeros, 0, -1), zeros, shares()), gates.Unknown, gates.CodeNotANumber)
}
