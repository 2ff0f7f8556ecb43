package compliance

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// Context is a log beside the plan of its release, for rules that need both.
// It holds pointers, neither of them nil, so that a packet can lend its parts;
// its field names are those of a packet, and so are the paths of what is found.
type Context struct {
	Log     *Log          `json:"compliance"` // whose rules are run
	Release *release.Plan `json:"plan"`       // with roles, timeline and policy
}

// logPath and its neighbours are where things are in a packet.
const (
	logPath    check.Path = "compliance"
	windowPath check.Path = "plan.overview.window"
	policyPath check.Path = "plan.policy"
)

// PlanRules returns the rules that look at the log beside the plan of its
// release. Ids are those of the rule catalogue.
func PlanRules() []check.Rule[Context] {
	return slices.Concat(personRules(), timeRules(), limitRules())
}

// approvalPath is where an approval is in a packet.
func approvalPath(i int) check.Path { return logPath.Field(string(approvalsPath)).Index(i) }

// edge is one end of a window of the plan.
type edge struct {
	at   check.Path
	when value.When
}

// span is what the moment of an approval has to keep to. An edge without a
// path is none.
type span struct{ after, before edge }

// spanOf returns when an approval may be given: before what it opens begins,
// or, for what is left, not before it has begun. An environment whose windows
// the plan does not list is deployed before production; one that is called
// production, or whose windows reach into the deployment window, is production.
func (c *Context) spanOf(a Approval) span {
	o := c.Release.Overview.Window
	release := edge{windowPath.Field("start"), o.Start}
	environment, side, _ := strings.Cut(a.Gate, "/")
	if a.Gate == "" {
		return span{before: release}
	}
	first, last := c.windows(environment)
	named := strings.EqualFold(strings.TrimSpace(environment), "production")
	if named && first.at == "" {
		first = release
	}
	production := named || last.at != "" && (certainly(last.when, value.After, o.Start) || certainly(last.when, value.Overlaps, o.Start))
	switch {
	case side == exit && production:
		return span{after: first}
	case side == exit:
		return span{after: first, before: release}
	case first.at == "":
		return span{before: release}
	}
	return span{before: first}
}

// windows returns when the environment's first window begins and its last one
// is over.
func (c *Context) windows(environment string) (first, last edge) {
	for i, d := range c.Release.Timeline.Windows {
		if !strings.EqualFold(strings.TrimSpace(d.Environment), strings.TrimSpace(environment)) {
			continue
		}
		at := check.Path("plan.timeline.windows").Index(i).Field("window")
		if first.at == "" || certainly(d.Window.Start, value.Before, first.when) {
			first = edge{at.Field("start"), d.Window.Start}
		}
		if last.at == "" || certainly(d.Window.End, value.After, last.when) {
			last = edge{at.Field("end"), d.Window.End}
		}
	}
	return first, last
}

// certainly reports whether w lies to v as the order says. What cannot be told
// does not.
func certainly(w value.When, o value.Order, v value.When) bool {
	order, err := w.Compare(v)
	return err == nil && order == o
}
