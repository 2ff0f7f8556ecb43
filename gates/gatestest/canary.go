package gatestest

import (
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// rollout is a canary on its way: every step soaks just as long as it has to,
// the last one until now, and all of them but the last look like the baseline.
type rollout struct {
	stage
	*probe.Canary
	names []string
}

// course is what a rollout differs in.
type course struct {
	last    func(i, n int) float64 // sample i of n of the canary in the last step; nil: as the baseline
	samples int                    // of the canary in the last step; 0: as many as of the others
	short   time.Duration          // by which the last step soaks too short
	share   value.Number           // of the last step, in percent; 0: its own
	back    bool                   // the share is nothing at the end
	zero    bool                   // the canary is nothing all the time
}

func canary(s stage, c *probe.Canary) ([]situation, error) {
	r := rollout{s, c, []string{"canary", "baseline", "share", "full"}[:len(c.Queries())]}
	if err := r.fits(); err != nil {
		return nil, err
	}
	all := r.medians()
	all = append(all, r.effects()...)
	all = append(all, r.counts()...)
	all = append(all, r.steps()...)
	all = append(all, s.spoils(all[0].shown, r.names, all[0].ways[0].results...)...)
	if c.Canary.Yields.Unit == value.Count {
		all = append(all, sight("vacuous", "0 of 0", s.people(c.Canary, 0, r.runs(course{zero: true})[:len(r.names)]...)...))
	}
	if c.Canary.Yields.Unit != value.Count {
		return all, nil
	}
	for _, one := range all {
		if results := one.ways[0].results; len(results) > 0 && fewest(results[0]) < 0 {
			return nil, errors.New("it cannot look that much worse: nothing is counted below zero")
		}
	}
	return all, nil
}

func fewest(r fact.Result) float64 {
	low := math.Inf(1)
	for _, s := range r.Samples {
		low = min(low, float64(s.Value))
	}
	return low
}

// fits reports steps that take too many samples to cover.
func (r rollout) fits() error {
	n := int(r.Share.Window.Std() / r.apart(r.Share.Window.Std()))
	for _, step := range r.Steps {
		n += r.perStep(step)
	}
	if n > most {
		return fmt.Errorf("it takes %d samples to cover its steps", n)
	}
	return nil
}

// apart is how far apart samples are at most for a stretch of time: no silence
// is longer than the shortest step bears.
func (r rollout) apart(stretch time.Duration) time.Duration {
	for _, step := range r.Steps {
		stretch = min(stretch, r.gap(step.Soak.Std()))
	}
	return max(stretch, 1)
}

// gap is the longest silence of a step.
func (r rollout) gap(soak time.Duration) time.Duration {
	if r.MaxGap > 0 {
		return r.MaxGap.Std()
	}
	return soak / 10
}

// perStep is how many samples a step has.
func (r rollout) perStep(step probe.Step) int {
	return max(200, r.MinSamples, int(step.Soak.Std()/r.apart(step.Soak.Std()))+1)
}

// runs are the results of a rollout, in the order of the queries, and the
// canary's population.
func (r rollout) runs(c course) []fact.Result {
	window, results := r.Share.Window.Std(), []fact.Result{}
	for _, q := range r.Queries() {
		results = append(results, silent(q, r.now))
	}
	at := r.now.Add(c.short)
	for _, step := range r.Steps {
		at = at.Add(-step.Soak.Std())
	}
	for t, apart := r.now.Add(-window), r.apart(window); t.Before(at); t = t.Add(apart) {
		sample(results, 2, t, 0) // before the first step nobody is sent to the canary
	}
	for k, step := range r.Steps {
		if k == len(r.Steps)-1 {
			r.last(results, step, c, at)
			break
		}
		r.soak(results, at, step.Soak.Std(), r.perStep(step), r.in(step.Share), func(int, int) float64 { return baseline })
		at = at.Add(step.Soak.Std())
	}
	if c.back {
		shares := results[2].Samples
		shares[len(shares)-1].Value = 0
	}
	if c.zero {
		fill(&results[0], 0)
	}
	return r.people(r.Canary.Canary, 1, results...)
}

// last adds the samples of the last step, in which rollouts differ.
func (r rollout) last(results []fact.Result, step probe.Step, c course, at time.Time) {
	soak, share, looks := step.Soak.Std()-c.short, r.in(step.Share), c.last
	if c.share > 0 {
		share = r.in(c.share)
	}
	if looks == nil {
		looks = func(int, int) float64 { return baseline }
	}
	before := len(results[0].Samples)
	r.soak(results, at, soak, r.perStep(step), share, looks)
	if c.samples == 0 {
		return
	}
	results[0].Samples = results[0].Samples[:before]
	for i := range c.samples {
		sample(results, 0, at.Add(soak*time.Duration(2*i+1)/time.Duration(2*c.samples)), baseline)
	}
}

// soak adds n samples of every series from a moment on.
func (r rollout) soak(results []fact.Result, at time.Time, soak time.Duration, n int, share float64, looks func(i, n int) float64) {
	for i := range n {
		t := at.Add(time.Duration(i) * (soak / time.Duration(n)))
		for query, v := range []float64{looks(i, n), baseline, share, baseline}[:len(results)] {
			sample(results, query, t, v)
		}
	}
}

func sample(results []fact.Result, query int, at time.Time, v float64) {
	results[query].Samples = append(results[query].Samples, fact.Sample{At: at, Value: value.Number(v)})
}

// in is a share in the unit of its query.
func (r rollout) in(share value.Number) float64 {
	n, _ := value.Quantity{Value: share, Unit: value.Percent}.In(r.Share.Yields.Unit)
	return float64(n)
}

// worse is the side on which a canary looks worse.
func (r rollout) worse() float64 {
	if r.Bad == probe.Lower {
		return -1
	}
	return 1
}

// medians are around the tolerance: the canary's is that far from the baseline's.
func (r rollout) medians() []situation {
	tolerated, side := float64(r.Tolerance)*baseline, r.worse()
	by := baseline + side*tolerated // rounding does not put it outside
	for math.Abs(by-baseline) > tolerated {
		by = math.Nextafter(by, baseline)
	}
	beyond := float64(step(value.Quantity{Value: value.Number(tolerated), Unit: value.Ratio}, 1).Value)
	at := func(label string, v float64) situation {
		return sight(label, shift(near(v-baseline)), r.runs(course{last: func(int, int) float64 { return v }})...)
	}
	return []situation{at("inside", baseline), at("at", by), at("outside", baseline+side*beyond), at("the other way", baseline-side*beyond)}
}

// shift writes by how much of the baseline the canary is off.
func shift(of float64) string { return fmt.Sprintf("%+.6g%%", of/baseline*100) }

// effects are around the effect that is tolerated: the canary is beyond the
// tolerance so often, and better otherwise.
func (r rollout) effects() []situation {
	if r.Effect >= 1 {
		return nil // no effect is larger
	}
	u := max(float64(r.Tolerance)*baseline, baseline/100)
	ladder := []float64{1.5}
	if r.Outliers == probe.DropOutliers {
		ladder = []float64{2, 6, 10} // so that what is better is not far out
	}
	n := r.perStep(r.Steps[len(r.Steps)-1])
	tips := (1 + float64(r.Effect)) / 2 * float64(n) // so many are beyond when delta, (2k-n)/n, is the effect
	often := func(label string, k int) situation {
		return sight(label, "delta "+text(near(float64(2*k-n)/float64(n))), r.runs(course{last: func(i, n int) float64 {
			if (i+1)*k/n == i*k/n {
				return baseline - r.worse()*u
			}
			return baseline + r.worse()*u*ladder[i%len(ladder)]
		}})...)
	}
	return []situation{often("inside effect", int(math.Ceil(near(tips)))-1), often("outside effect", int(math.Floor(near(tips)))+1)}
}

// counts are around the samples that a step needs: fewer, and as many that hang
// together. What leaves a gap is not counted.
func (r rollout) counts() []situation {
	by := max(float64(r.Tolerance)*baseline/2, baseline/100) // less one half of the step, more in the other
	hang := sight("not independent", "half and half", r.runs(course{last: func(i, n int) float64 {
		return baseline + math.Copysign(by, float64(2*i-n))
	}})...)
	soak := r.Steps[len(r.Steps)-1].Soak.Std()
	if n := r.MinSamples - 1; soak/time.Duration(n) <= r.gap(soak) {
		of := func(label string, n int) situation {
			return sight(label, fmt.Sprintf("%d samples", n), r.runs(course{samples: n})...)
		}
		return []situation{of("at least", n+1), of("too few", n), hang}
	}
	return []situation{hang}
}

// steps are around the last step: its share is not reached, it has not soaked,
// it fell back.
func (r rollout) steps() []situation {
	last := r.Steps[len(r.Steps)-1]
	below := step(value.Quantity{Value: last.Share, Unit: value.Percent}, -1)
	short := min(time.Second, last.Soak.Std()/2)
	return []situation{
		sight("not reached", "share "+below.String(), r.runs(course{share: below.Value})...),
		sight("soaking", lasting(last.Soak.Std()-short), r.runs(course{short: short})...),
		sight("fell back", "share 0%", r.runs(course{back: true})...),
	}
}
