package compliance

import (
	"github.com/tidegate-go/tidegate/internal/zones"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

func assessmentRules() []check.Rule[Log] {
	return []check.Rule[Log]{
		{ID: "CMP-011", Doc: "There is a privacy impact assessment, or somebody says why none is needed.",
			Bad: func(l *Log) { l.Privacy = Assessment{} },
			Check: func(p *check.Pass[Log]) {
				checkAssessment(p, "privacy", "the privacy impact assessment", p.Subject.Privacy)
			}},
		{ID: "CMP-012", Doc: "There is a legal sign-off, or somebody says why none is needed.",
			Bad: func(l *Log) { l.Legal = Assessment{} },
			Check: func(p *check.Pass[Log]) {
				checkAssessment(p, "legal", "the legal sign-off", p.Subject.Legal)
			}},
	}
}

func checkAssessment(p *check.Pass[Log], at check.Path, what string, a Assessment) {
	rest := a
	rest.None = release.Negative{}
	switch {
	case a.IsZero():
		p.Report(check.Missing(at, what, "its reference, or in none who says that it is not needed and why"))
	case rest.IsZero():
		if check.Blank(a.None.By) {
			p.Report(check.Missing(at.Field("none").Field("by"), "who says that "+what+" is not needed", ""))
		}
		if check.Blank(a.None.Reason) {
			p.Report(check.Missing(at.Field("none").Field("reason"), "the reason why "+what+" is not needed", ""))
		}
	default:
		if !a.None.IsZero() {
			p.Report(check.Invalid(at.Field("none"), a.None.Reason, "contradicts that it is given"))
		}
		if check.Blank(a.Reference) && a.Link.IsZero() {
			p.Report(check.Missing(at.Field("reference"), "the reference of "+what, "its number, or a link"))
		}
		if err := a.Link.Fault(); !a.Link.IsZero() && err != nil {
			p.Report(check.Unusable(at.Field("link"), err))
		}
		if check.Blank(a.By) {
			p.Report(check.Missing(at.Field("by"), "who gave "+what, ""))
		}
		told(p, at.Field("at"), "when "+what+" was given", a.At)
	}
}

// told reports a moment that is not given or cannot be placed in time.
func told[T any](p *check.Pass[T], at check.Path, what string, w value.When) {
	if w.IsZero() {
		p.Report(check.Missing(at, what, ""))
	} else if _, _, err := w.Interval(); err != nil {
		zones.Unplaced(p, at, err)
	}
}
