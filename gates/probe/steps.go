package probe

import (
	"time"

	"github.com/tidegate-go/tidegate/gates/internal/judge"
	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/internal/stats"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Direction is which change is bad. The zero value is [Either].
type Direction uint8

// The directions.
const (
	Either Direction = iota
	Higher           // latency, errors
	Lower            // conversions, cache hits
)

var directionNames = []string{"either", "higher", "lower"}

// String returns the direction's name as it stands in JSON.
func (d Direction) String() string { return enum.String("direction", directionNames, d) }

// MarshalText implements [encoding.TextMarshaler].
func (d Direction) MarshalText() ([]byte, error) { return enum.Marshal("direction", directionNames, d) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown direction is an error.
func (d *Direction) UnmarshalText(text []byte) error {
	return enum.Unmarshal("direction", directionNames, d, text)
}

// NaNPolicy is what a sample means that is no finite number. That it be nought
// is not among the policies: it would turn silence into health.
type NaNPolicy uint8

// The policies.
const (
	RefuseNaN NaNPolicy = iota // the step is unknown
	DropNaN                    // as if there were no sample; the gap that it leaves counts
)

var nanPolicyNames = []string{"refuse", "drop"}

// String returns the policy's name as it stands in JSON.
func (p NaNPolicy) String() string { return enum.String("NaN policy", nanPolicyNames, p) }

// MarshalText implements [encoding.TextMarshaler].
func (p NaNPolicy) MarshalText() ([]byte, error) {
	return enum.Marshal("NaN policy", nanPolicyNames, p)
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown policy is an error.
func (p *NaNPolicy) UnmarshalText(text []byte) error {
	return enum.Unmarshal("NaN policy", nanPolicyNames, p, text)
}

// OutlierPolicy is what becomes of samples far out. Ranks and medians hardly
// mind them, and means decide only where ranks differ as well, so that dropping
// them is seldom needed, and what is dropped may have been the fault.
type OutlierPolicy uint8

// The policies.
const (
	KeepOutliers OutlierPolicy = iota
	DropOutliers               // beyond the quartiles by three times the distance between them, in each series (Tukey's "far out")
)

var outlierPolicyNames = []string{"keep", "drop"}

// String returns the policy's name as it stands in JSON.
func (p OutlierPolicy) String() string { return enum.String("outlier policy", outlierPolicyNames, p) }

// MarshalText implements [encoding.TextMarshaler].
func (p OutlierPolicy) MarshalText() ([]byte, error) {
	return enum.Marshal("outlier policy", outlierPolicyNames, p)
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown policy is an error.
func (p *OutlierPolicy) UnmarshalText(text []byte) error {
	return enum.Unmarshal("outlier policy", outlierPolicyNames, p, text)
}

func (c *Canary) settingFault() (check.Path, string) {
	switch {
	case c.MinSamples < 2:
		return "minSamples", "compares fewer than 2 samples"
	case !upTo(c.Alpha, 0.5) || c.Alpha == 0:
		return "alpha", "has a chance that is not above 0 and at most 0.5"
	case !upTo(c.Tolerance, 100):
		return "tolerance", "tolerates no part of the baseline, or one that makes no sense"
	case !upTo(c.Effect, 1):
		return "effect", "has an effect that is not from 0 to 1"
	case c.Bad > Lower:
		return "bad", "has an unknown direction"
	case c.NaN > DropNaN:
		return "nan", "has an unknown policy"
	case c.Outliers > DropOutliers:
		return "outliers", "has an unknown policy"
	case c.MaxGap < 0:
		return "maxGap", "allows a negative gap"
	}
	return c.stepFault()
}

func (c *Canary) stepFault() (check.Path, string) {
	total := value.Duration(0)
	for i, step := range c.Steps {
		at := check.Path("steps").Index(i)
		switch {
		case !upTo(step.Share, 100) || step.Share == 0 || i > 0 && step.Share <= c.Steps[i-1].Share:
			return at.Field("share"), "has steps whose shares do not rise from above 0 to 100 %"
		case !judge.Covers(step.Soak, judge.MaxGap(c.MaxGap, step.Soak)):
			return at.Field("soak"), "has a step that does not soak, or less than a gap may last"
		case step.Share == 100 && c.Full.IsZero():
			return "full", "has a step at 100 % and nothing to compare it with"
		}
		total += step.Soak
	}
	switch {
	case len(c.Steps) == 0:
		return "steps", "has no step"
	case total > c.Canary.Window:
		return "canary.window", "looks at a window shorter than its steps soak"
	}
	return "", ""
}

// span is when a step was on, or why that cannot be told.
type span struct {
	from, to time.Time
	code     judge.Code
}

// spans finds when each step was on last: while the share was at least its own
// and below that of the next. A step that began after the next one was fallen
// back to, so the next one is not reached any more; and if the share is not at
// the last step now, that one is not.
func (c *Canary) spans(r *fact.Result) ([]span, judge.Code) {
	seen, code := judge.Series(r, c.Share.Window.Std(), c.shareGap())
	if code != "" {
		return nil, code
	}
	low, _ := quantityOf(seen.Low, r.Unit).In(value.Percent)
	high, ok := quantityOf(seen.High, r.Unit).In(value.Percent)
	if !ok || !upTo(low, 100) || !upTo(high, 100) {
		return nil, judge.NotANumber // less than nothing of the traffic, or more than all of it
	}
	spans := make([]span, len(c.Steps))
	for i := range spans {
		spans[i].code = judge.NotReached
	}
	last := -1 // the step of the sample before; -1 is none
	for _, sample := range seen.Samples {
		at := c.stepOf(sample, r.Unit)
		if last >= 0 {
			spans[last].to = sample.At // what was seen holds until the next sample
		}
		if at >= 0 && at != last {
			spans[at] = span{from: sample.At, to: sample.At}
			for j := at + 1; j < len(spans); j++ {
				spans[j] = span{code: judge.NotReached}
			}
		}
		last = at
	}
	if last >= 0 {
		spans[last].to = r.ObservedAt
	}
	if final := len(spans) - 1; last != final {
		spans[final] = span{code: judge.NotReached}
	}
	for i := range spans {
		if p := &spans[i]; p.code == "" && p.to.Sub(p.from) < c.Steps[i].Soak.Std() {
			p.code = judge.Soaking
		}
	}
	return spans, ""
}

// shareGap is the longest silence of the share: that of the shortest step.
func (c *Canary) shareGap() time.Duration {
	gap := c.Share.Window.Std()
	for _, s := range c.Steps {
		gap = min(gap, judge.MaxGap(c.MaxGap, s.Soak))
	}
	return gap
}

// stepOf returns the highest step that the share suffices for, or -1.
func (c *Canary) stepOf(s fact.Sample, u value.Unit) int {
	share, ok := value.Quantity{Value: s.Value, Unit: u}.In(value.Percent)
	at := -1
	for i := range c.Steps {
		if ok && share >= c.Steps[i].Share {
			at = i
		}
	}
	return at
}

// samples returns the samples of a span, which they have to cover.
func (c *Canary) samples(r *fact.Result, at span, gap time.Duration) ([]float64, judge.Code) {
	var values []float64
	before := at.from
	for i := range r.Samples {
		s := &r.Samples[i]
		switch {
		case i > 0 && s.At.Before(r.Samples[i-1].At):
			return nil, judge.Gap // out of order: what is covered cannot be told
		case i > 0 && s.At.Equal(r.Samples[i-1].At):
			return nil, judge.Contradicted // and would count twice
		case s.At.After(r.ObservedAt):
			return nil, judge.Future
		case s.At.Before(at.from), s.At.After(at.to):
			continue
		case !s.Value.IsFinite() && c.NaN == DropNaN:
			continue
		case !s.Value.IsFinite(), r.Unit == value.Count && s.Value < 0:
			return nil, judge.NotANumber
		case s.At.Sub(before) > gap:
			return nil, judge.Gap
		}
		values = append(values, float64(s.Value))
		before = s.At
	}
	if len(values) == 0 || at.to.Sub(before) > gap {
		return nil, judge.Gap
	}
	if c.Outliers == DropOutliers {
		low, high := stats.Fences(stats.Sorted(values), 3)
		kept := values[:0]
		for _, v := range values {
			if v >= low && v <= high {
				kept = append(kept, v)
			}
		}
		values = kept
	}
	return values, ""
}

// steps says the shares and how long each is watched, once if all are alike.
func (c *Canary) steps() string {
	alike := len(c.Steps) > 1
	shares, each := make([]string, len(c.Steps)), make([]string, len(c.Steps))
	for i, s := range c.Steps {
		alike = alike && s.Soak == c.Steps[0].Soak
		shares[i] = s.Share.String() + "%"
		each[i] = shares[i] + " for " + s.Soak.Human()
	}
	if alike {
		return list(shares) + " for " + c.Steps[0].Soak.Human() + " each"
	}
	return list(each)
}
