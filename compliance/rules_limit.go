package compliance

import (
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

func limitRules() []check.Rule[Context] {
	return []check.Rule[Context]{
		{ID: "CMP-009", Doc: "The evidence of every approval is kept for a stated time, at least the policy's.",
			Bad: func(c *Context) {
				c.Log.Retention = value.Period{}
				for i := range c.Log.Approvals {
					c.Log.Approvals[i].Evidence.Retention = value.Period{}
				}
			},
			Check: checkRetention},
	}
}

// checkRetention compares retention from the end of the deployment window,
// since months and years have no length of their own.
func checkRetention(p *check.Pass[Context]) {
	l, least := p.Subject.Log, p.Subject.Release.Policy.MinRetention
	var end time.Time
	if !least.IsZero() {
		var err error
		if end, err = p.Subject.Release.Overview.Window.End.Instant(); err != nil {
			p.NotEvaluated("the end of the deployment window cannot be told: " + err.Error())
		}
	}
	judge := func(at check.Path, r value.Period) {
		if err := r.Fault(); err != nil {
			p.Report(check.Unusable(at, err))
		} else if r.IsZero() {
			p.Report(check.Missing(at, "how long evidence is kept", "an ISO 8601 duration such as P7Y"))
		} else if !end.IsZero() && r.AddTo(end).Before(least.AddTo(end)) {
			p.Report(check.Invalid(at, r, "is shorter than the policy's "+least.String()).WithRelated(policyPath.Field("minRetention")))
		}
	}
	without := func(a Approval) bool { return a.Evidence.Retention.IsZero() }
	if !l.Retention.IsZero() || len(l.Approvals) == 0 || slices.ContainsFunc(l.Approvals, without) {
		judge(logPath.Field("retention"), l.Retention)
	}
	for i, a := range l.Approvals {
		if !without(a) {
			judge(approvalPath(i).Field("evidence").Field("retention"), a.Evidence.Retention)
		}
	}
}
