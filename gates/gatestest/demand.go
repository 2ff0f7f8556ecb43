package gatestest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// demand is what a criterion demands, in a few words.
func demand(c gates.Criterion) string {
	var parts []string
	say := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	measure := func(m gates.Measure) {
		if m.Aggregate != "" {
			say("%s", m.Aggregate)
		}
		if m.Query.Window > 0 {
			say("over %s", m.Query.Window)
		}
		if m.MaxGap > 0 {
			say("no gap over %s", m.MaxGap)
		}
		if m.Per.Min > 0 {
			say("per at least %s", m.Per.Min)
		}
		if m.Baseline.MinSamples > 0 {
			say("%s to a baseline of %d samples", m.Baseline.As, m.Baseline.MinSamples)
		}
		if m.Absent.Min > 0 {
			say("silence is %s at a traffic of %s", m.Absent.Value, m.Absent.Min)
		}
	}
	limit := func(words string, t *gates.Threshold) {
		if say("%s %s", words, t.Limit); !t.Warn.IsZero() {
			say("warns at %s", t.Warn)
		}
		measure(t.Measure)
	}
	switch tests := c.Tests(); {
	case c.AtMost != nil:
		limit("at most", c.AtMost)
	case c.AtLeast != nil:
		limit("at least", c.AtLeast)
	case c.Between != nil:
		say("%s to %s", c.Between.Low, c.Between.High)
		measure(c.Between.Measure)
	case len(tests) == 1:
		say("%s", tests[0].Condition())
		parts = append(parts, fine(c)...)
	case c.Custom != nil:
		say("%s", strings.TrimSpace("check "+c.Custom.Name+" "+string(c.Custom.Params)))
	case c.All != nil:
		say("all of %d", len(c.All.Of))
	case c.Any != nil:
		say("any of %d", len(c.Any.Of))
	case c.AtLeastOf != nil:
		say("%d of %d", c.AtLeastOf.Need, len(c.AtLeastOf.Of))
	}
	if c.MaxAge > 0 {
		say("within %s", c.MaxAge)
	}
	if c.AnyAge != "" {
		say("of any age, %s", c.AnyAge)
	}
	if c.Missing.Outcome != gates.Unknown {
		say("missing is %s, %s", c.Missing.Outcome, c.Missing.Reason)
	}
	if c.Optional {
		say("optional")
	}
	if c.NotWaivable {
		say("never waived")
	}
	if len(parts) == 0 {
		return "no test"
	}
	return strings.Join(parts, "; ")
}

// fine is what the condition of a kind leaves out: the fine print that decides
// as well.
func fine(c gates.Criterion) []string {
	var parts []string
	say := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	gap := func(d value.Duration) {
		if d > 0 {
			say("no gap over %s", d)
		}
	}
	switch {
	case c.Count != nil && c.Count.Where != (gates.Match{}):
		w := c.Count.Where
		category := ""
		if w.Category != fact.UnknownCategory {
			category = w.Category.String()
		}
		say("of %s", strings.Join(slices.DeleteFunc([]string{category, w.Label, w.Status, w.Answer}, func(s string) bool { return s == "" }), ", "))
	case c.Canary != nil:
		say("%s is bad", c.Canary.Bad)
		say("chance below %s", c.Canary.Alpha)
		say("%d samples", c.Canary.MinSamples)
		gap(c.Canary.MaxGap)
		if c.Canary.NaN == probe.DropNaN {
			say("what is no number is dropped")
		}
		if c.Canary.Outliers == probe.DropOutliers {
			say("outliers are dropped")
		}
	case c.BurnDown != nil:
		gap(c.BurnDown.MaxGap)
	case c.Budget != nil:
		say("of at least %s", c.Budget.Min)
	case c.BurnRate != nil:
		say("of at least %s and %s", c.BurnRate.Long.Min, c.BurnRate.Short.Min)
	}
	return parts
}
