package compliance

import (
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

func timeRules() []check.Rule[Context] {
	return []check.Rule[Context]{
		{ID: "CMP-007", Doc: "An approval is given before what it opens, or after the fact in a declared emergency until its review is due.",
			Bad: func(c *Context) {
				a := &c.Log.Approvals[0]
				a.Status, a.Gate, a.At = Approved, "", c.Release.Overview.Window.End
			},
			Check: checkOrder},
		{ID: "CMP-022", Doc: "No answer lies in the future, and nothing is pending that should have been answered.",
			Bad: func(c *Context) {
				a := &c.Log.Approvals[0]
				a.Status, a.At = Approved, value.Date(9999, 12, 30)
			},
			Check: checkClock},
		{ID: "CMP-023", Doc: "An emergency says who declared it when and why, and is reviewed within the policy's time.",
			Bad:   func(c *Context) { c.Log.Emergency.Reason = "checkout is down" },
			Check: checkEmergency},
	}
}

// compare is the order of two moments, and false if it cannot be told, which
// another rule reports.
func compare(p *check.Pass[Context], id string, w, v value.When) (value.Order, bool) {
	o, err := w.Compare(v)
	if err != nil {
		p.NotEvaluated("approval " + id + " cannot be placed: " + err.Error())
	}
	return o, err == nil
}

func checkOrder(p *check.Pass[Context]) {
	spans := map[string]span{} // by gate, so that a long log costs no more an approval
	for i, a := range p.Subject.Log.Approvals {
		s, ok := spans[a.Gate]
		if !ok {
			s = p.Subject.spanOf(a)
			spans[a.Gate] = s
		}
		at := approvalPath(i)
		if a.Retroactive {
			checkRetroactive(p, at, a, s)
			continue
		}
		if a.Status != Approved || a.At.IsZero() {
			continue
		}
		if s.before.at != "" {
			if o, ok := compare(p, a.ID, a.At, s.before.when); ok && o != value.Before {
				p.Report(check.OutOfOrder(at.Field("at"), a.At, "is not before "+s.before.when.String()+", when what it opens begins", s.before.at))
			}
		}
		if s.after.at != "" {
			if o, ok := compare(p, a.ID, a.At, s.after.when); ok && o == value.Before {
				p.Report(check.OutOfOrder(at.Field("at"), a.At, "is before "+s.after.when.String()+", when what it ends begins", s.after.at))
			}
		}
	}
}

// checkRetroactive judges an approval after the fact: it needs an emergency and
// is bound to the deadline of its review.
func checkRetroactive(p *check.Pass[Context], at check.Path, a Approval, s span) {
	e := p.Subject.Log.Emergency
	if e.IsZero() {
		p.Report(check.Invalid(at.Field("retroactive"), a.ID, "is given after the fact and no emergency is declared").
			WithRelated(logPath.Field("emergency")))
		return
	}
	if a.Status != Approved || a.At.IsZero() {
		return
	}
	if s.before.at != "" {
		if o, ok := compare(p, a.ID, a.At, s.before.when); ok && o == value.Before {
			p.Report(check.Invalid(at.Field("retroactive"), a.ID, "is given before the fact").WithRelated(at.Field("at")))
		}
	}
	due := logPath.Field("emergency").Field("reviewDue")
	if o, ok := compare(p, a.ID, a.At, e.ReviewDue); ok && o != value.Before && o != value.Same {
		p.Report(check.OutOfOrder(at.Field("at"), a.At, "is not until "+e.ReviewDue.String()+", when the review is due", due))
	}
}

// checkClock looks at the log as of now.
func checkClock(p *check.Pass[Context]) {
	if p.Now.IsZero() {
		p.NotEvaluated("the clock is not given")
		return
	}
	now := value.At(p.Now.UTC())
	for i, a := range p.Subject.Log.Approvals {
		at := approvalPath(i)
		if a.Status != Pending {
			if certainly(a.At, value.After, now) {
				p.Report(check.Invalid(at.Field("at"), a.At, "lies in the future"))
			}
			continue
		}
		due := p.Subject.spanOf(a).before
		if a.Retroactive {
			due = edge{logPath.Field("emergency").Field("reviewDue"), p.Subject.Log.Emergency.ReviewDue}
		}
		if due.at != "" && (certainly(due.when, value.Before, now) || certainly(due.when, value.Same, now)) {
			p.Report(check.Invalid(at.Field("status"), a.Status, "should have been answered by "+due.when.String()).WithRelated(due.at))
		}
	}
	for _, m := range []edge{
		{logPath.Field("privacy").Field("at"), p.Subject.Log.Privacy.At}, {logPath.Field("legal").Field("at"), p.Subject.Log.Legal.At},
		{logPath.Field("emergency").Field("at"), p.Subject.Log.Emergency.At}, {logPath.Field("emergency").Field("reviewed"), p.Subject.Log.Emergency.Reviewed},
	} {
		if certainly(m.when, value.After, now) {
			p.Report(check.Invalid(m.at, m.when, "lies in the future"))
		}
	}
	if e := p.Subject.Log.Emergency; e.Reviewed.IsZero() && certainly(e.ReviewDue, value.Before, now) {
		p.Report(check.Missing(logPath.Field("emergency").Field("reviewed"), "the review of the emergency", "it was due "+e.ReviewDue.String()))
	}
}

func checkEmergency(p *check.Pass[Context]) {
	e, at := p.Subject.Log.Emergency, logPath.Field("emergency")
	if e.IsZero() {
		return
	}
	for _, f := range []struct{ field, what, got string }{
		{"by", "who declared the emergency", e.By}, {"reason", "the reason of the emergency", e.Reason}, {"reviewBy", "the role that reviews the emergency", e.ReviewBy},
	} {
		if check.Blank(f.got) {
			p.Report(check.Missing(at.Field(f.field), f.what, ""))
		}
	}
	told(p, at.Field("at"), "when the emergency was declared", e.At)
	told(p, at.Field("reviewDue"), "the deadline of the review", e.ReviewDue)
	if !e.Reviewed.IsZero() {
		told(p, at.Field("reviewed"), "", e.Reviewed)
	}
	if u := p.Subject.Release.Overview.Urgency; u != release.Hotfix {
		p.Report(check.Invalid("plan.overview.urgency", u, "contradicts that an emergency is declared").WithRelated(at))
	}
	checkReview(p, at, e)
}

// checkReview compares the moments of an emergency as far as they can be told.
func checkReview(p *check.Pass[Context], at check.Path, e Emergency) {
	if certainly(e.ReviewDue, value.Before, e.At) || certainly(e.ReviewDue, value.Same, e.At) {
		p.Report(check.OutOfOrder(at.Field("reviewDue"), e.ReviewDue, "is not after the emergency was declared", at.Field("at")))
	}
	if certainly(e.Reviewed, value.Before, e.At) {
		p.Report(check.OutOfOrder(at.Field("reviewed"), e.Reviewed, "is before the emergency was declared", at.Field("at")))
	}
	if certainly(e.Reviewed, value.After, e.ReviewDue) {
		p.Report(check.OutOfOrder(at.Field("reviewed"), e.Reviewed, "is after the review was due", at.Field("reviewDue")))
	}
	within := p.Subject.Release.Policy.ReviewWithin
	if within <= 0 || e.ReviewDue.IsZero() {
		return
	}
	end, err := p.Subject.Release.Overview.Window.End.Instant()
	if err != nil {
		p.NotEvaluated("the end of the deployment window cannot be told: " + err.Error())
		return
	}
	if last := value.At(end.Add(within.Std())); certainly(e.ReviewDue, value.After, last) || certainly(e.ReviewDue, value.Overlaps, last) {
		p.Report(check.OutOfOrder(at.Field("reviewDue"), e.ReviewDue, "is more than "+within.String()+" after the deployment window",
			windowPath.Field("end")).WithRelated(policyPath.Field("reviewWithin")))
	}
}
