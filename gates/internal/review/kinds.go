package review

import (
	"strings"

	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Manual reports whether the criterion rests on what a person did or said: an
// attestation, a checklist, an approval given elsewhere, work items that somebody
// closes.
func Manual(c *Criterion) bool {
	k := c.Kinds
	return k.Attested != nil || k.Checklist != nil || k.Approved != nil || k.Done != nil
}

// automated reports whether a machine judges the criterion by itself. The
// calendar is nobody's doing: whether it is time proves nothing of the release.
func automated(c *Criterion) bool {
	judged := c.Custom || c.measure() != nil || len(c.Kinds.Tests()) > 0
	return judged && !Manual(c) && c.Kinds.Inside == nil
}

func rehearsed(c *Criterion) bool { return c.Kinds.Rehearsed != nil }

func canary(c *Criterion) bool { return c.Kinds.Canary != nil }

// baseline reports whether the criterion compares how fast the new version is,
// or how much it does or takes, with another version.
func baseline(c *Criterion) bool {
	if k := c.Kinds.Canary; k != nil {
		return performance(k.Canary)
	}
	m := c.measure()
	return m != nil && !m.Baseline.Query.IsZero() && performance(m.Query)
}

// performance reports whether a query is about time, amounts of data, or either
// per time. A share or a count is not.
func performance(q fact.Query) bool {
	switch q.Yields.Unit.Dimension() {
	case value.DimensionTime, value.DimensionRate, value.DimensionData, value.DimensionDataRate:
		return true
	}
	return false
}

// coverage reports whether the criterion has a lower limit of the part of the
// code that tests run: that of a suite, or of a ratio whose id, title or query
// says coverage.
func coverage(c *Criterion) bool {
	if s := c.Kinds.Suite; s != nil {
		return !s.Coverage.IsZero()
	}
	m := c.measure()
	return m != nil && c.AtMost == nil && m.Query.Yields.Unit.Dimension() == value.DimensionRatio && named(c, "coverage", "covered")
}

// burndown reports whether the criterion projects the work that remains, or
// limits how much may be open: of work items, or of a count whose id, title or
// query speaks of defects.
func burndown(c *Criterion) bool {
	k := c.Kinds
	switch {
	case k.BurnDown != nil:
		return true
	case k.Count != nil:
		return k.Count.Most != probe.NoLimit && k.Count.Query.Yields.Shape == fact.WorkItemShape
	case k.None != nil && k.None.Query.Yields.Shape == fact.WorkItemShape:
		return true
	case k.None != nil:
		return named(c, defects...)
	}
	return c.AtMost != nil && c.AtMost.Unit() == value.Count && named(c, defects...)
}

// defects are the words by which a count says that it counts them.
var defects = []string{"defect", "bug", "blocker", "severity", "issue"}

// named reports whether the id, the title or what the criterion asks has one of
// the words, in whatever case.
func named(c *Criterion, words ...string) bool {
	texts := []string{c.ID, c.Title}
	if m := c.measure(); m != nil {
		texts = append(texts, m.Query.Kind, string(m.Query.Params))
	}
	if k := c.Kinds.None; k != nil {
		texts = append(texts, k.Query.Kind, string(k.Query.Params))
	}
	for _, text := range texts {
		text = strings.ToLower(text)
		for _, word := range words {
			if strings.Contains(text, word) {
				return true
			}
		}
	}
	return false
}

// measure is what a limit is set against, or nil.
func (c *Criterion) measure() *probe.Measure {
	switch {
	case c.AtMost != nil:
		return &c.AtMost.Measure
	case c.AtLeast != nil:
		return &c.AtLeast.Measure
	case c.Between != nil:
		return &c.Between.Measure
	}
	return nil
}
