package engines

import (
	"fmt"
	"math"
	"time"

	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// skew is how far ahead a source's clock may be: the default of a catalog.
const skew = 2 * time.Minute

// approvals makes the answers to a change request, and says whether all of
// them are given, in force and not from the future.
func (m *maker) approvals() ([]fact.Approval, bool) {
	all := true
	var list []fact.Approval
	for i := range 2 + m.pick(2) {
		a := fact.Approval{ID: fmt.Sprintf("CHG-%d", i), Answer: fact.Approved, At: Now.Add(-time.Hour)}
		switch m.pick(16) {
		case 1:
			a.Answer, all = fact.Pending, false
		case 2:
			a.Answer, all = fact.Rejected, false
		case 3:
			a.Expires, all = Now, false
		case 4:
			a.Expires = Now.Add(time.Nanosecond)
		case 5:
			a.At = Now.Add(skew)
		case 6:
			a.At, all = Now.Add(skew+time.Nanosecond), false
		}
		list = append(list, a)
	}
	return list, all
}

// vulnerabilities makes a list that is never empty, and says how many of it are critical.
func (m *maker) vulnerabilities() ([]fact.WorkItem, float64) {
	list := []fact.WorkItem{{ID: "CVE-2026-0001", Labels: []string{"low"}}, {ID: "CVE-2026-0002", Labels: []string{"high", "network"}}}
	critical := m.pick(3)
	for i := range critical {
		list = append(list, fact.WorkItem{ID: fmt.Sprintf("CVE-2026-1%03d", i), Labels: []string{"critical", "network"}})
	}
	return list, float64(critical)
}

// keep takes the result into the facts, at times spoilt, and reports whether
// it can be used. A result on the edge of its age is usable.
func (m *maker) keep(r *fact.Result) bool {
	number := r.Query.Yields.Shape == fact.NumberShape
	usable := false
	switch fault := m.pick(40); {
	case fault == 1:
		return false // nobody asked
	case fault == 2:
		*r = fact.AnswerFailure(r.Query, Now, "timeout", "")
	case fault == 3:
		r.Complete = false
	case fault == 4:
		r.ObservedAt = Now.Add(-maxAge - time.Nanosecond)
	case fault == 5:
		r.ObservedAt = Now.Add(skew + time.Nanosecond)
	case fault == 6:
		r.ObservedAt = time.Time{}
	case fault == 7:
		m.results = append(m.results, *r) // twice: nobody knows which one is right
	case fault == 8 && number:
		r.Value.Unit = value.Bytes
	case fault == 9 && number:
		r.Value.Value = value.Number(math.NaN())
	default:
		usable = true
	}
	m.results = append(m.results, *r)
	return usable
}
