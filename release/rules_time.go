package release

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/internal/zones"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

func timeRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "MS-015", Doc: "Every date is in the calendar, and every time of day is on the clock.",
			Bad:   func(p *Plan) { p.Timeline.Milestones[0].At = value.Date(2026, time.February, 30) },
			Check: faultCheck(value.ErrInvalidDate, value.ErrInvalidTime)},
		{ID: "TIME-002", Doc: "The operating time zone is an IANA name.",
			Bad:   func(p *Plan) { p.Overview.Zone = "" },
			Check: zoneCheck(value.LoadZone)},
		{ID: "TIME-003", Doc: "An offset is the zone's at that moment: of the zone beside it, or else of the operating zone, unless it is that of UTC.",
			Bad: func(p *Plan) {
				p.Overview.CodeFreeze = value.At(time.Date(2026, 7, 1, 0, 0, 0, 0, time.FixedZone("", -5*3600)))
			},
			Check: checkOffsets},
		{ID: "TIME-004", Doc: "No time is one that the clocks of its zone skip, or show twice without an offset that tells which.",
			Bad: func(p *Plan) {
				p.Timeline.Milestones[0].At = local(2026, time.March, 8, 2, 30).In("America/New_York")
			},
			Check: faultCheck(value.ErrGap, value.ErrFold)},
		{ID: "TIME-006", Severity: check.Warning, Doc: "What has not happened lies in the future: milestones that are not completed, dependencies that are not ready, questions that are open.",
			Bad:   func(p *Plan) { p.Timeline.Milestones[0].Completed = value.When{} },
			Check: checkOverdue},
		{ID: "TIME-007", Doc: "Every time can be placed: it has an offset or the name of a zone that there is.",
			Bad:   func(p *Plan) { p.Timeline.Milestones[0].At = local(2026, time.November, 23, 17, 0) },
			Check: placeCheck(value.LoadZone)},
		{ID: "TIME-008", Doc: "What has happened lies in the past: completed milestones, tasks that are done, answers.",
			Bad:   func(p *Plan) { p.Timeline.Milestones[0].Completed = p.Overview.Window.End },
			Check: checkForetold},
	}
}

// local is a time of which only the clock is known.
func local(year int, month time.Month, day, hour, minute int) value.When {
	w, _ := value.ParseWhen(fmt.Sprintf("%04d-%02d-%02dT%02d:%02d:00", year, month, day, hour, minute))
	return w
}

// moments calls yield with every moment of the plan that is given: what holds
// it, the field, and itself.
func (p *Plan) moments(yield func(at check.Path, field string, w value.When)) {
	given := func(at check.Path, field string, w value.When) {
		if !w.IsZero() {
			yield(at, field, w)
		}
	}
	window := func(at check.Path, w Window) {
		given(at.Field("window"), "start", w.Start)
		given(at.Field("window"), "end", w.End)
	}
	given(overviewPath, "featureFreeze", p.Overview.FeatureFreeze)
	given(overviewPath, "codeFreeze", p.Overview.CodeFreeze)
	window(overviewPath, p.Overview.Window)
	for i, d := range p.Dependencies.Items {
		given(dependenciesPath.Index(i), "due", d.Due)
	}
	for i, m := range p.Timeline.Milestones {
		at := milestonesPath.Index(i)
		given(at, "at", m.At)
		given(at, "until", m.Until)
		given(at, "completed", m.Completed)
	}
	for i, w := range p.Timeline.Windows {
		window(windowsPath.Index(i), w.Window)
	}
	for i, b := range p.Timeline.Buffers {
		window(buffersPath.Index(i), b.Window)
	}
	for i, f := range p.Timeline.Freezes {
		window(freezesPath.Index(i), f.Window)
	}
	for l, list := range p.Checklists.lists() {
		for i, t := range *list {
			given(phases[l].path.Index(i).Field("state"), "at", t.State.At)
		}
	}
	for i, q := range p.Questions.Items {
		given(questionsPath.Index(i), "due", q.Due)
		given(questionsPath.Index(i).Field("answer"), "at", q.Answer.At)
	}
	for i, r := range p.Directory.Roles {
		for j, d := range r.Delegations {
			at := directoryPath.Field("roles").Index(i).Field("delegations").Index(j)
			given(at, "from", d.From)
			given(at, "until", d.Until)
		}
	}
	for i, h := range p.Policy.Calendar.Holidays {
		given(policyPath.Field("calendar"), fmt.Sprintf("holidays[%d]", i), h)
	}
}

// faultCheck is a check that reports every moment that has one of the faults.
func faultCheck(faults ...error) func(*check.Pass[Plan]) {
	return func(p *check.Pass[Plan]) {
		p.Subject.moments(func(at check.Path, field string, w value.When) {
			_, _, err := w.Interval()
			if slices.ContainsFunc(faults, func(fault error) bool { return errors.Is(err, fault) }) {
				p.Report(check.Unusable(at.Field(field), err))
			}
		})
	}
}

// checkOffsets reads a time without zone as one of the operating zone, which
// is what an offset beside it is most often meant to be: a winter's time with
// the summer's offset is an hour off, and nobody sees it.
func checkOffsets(p *check.Pass[Plan]) {
	zone := p.Subject.Overview.Zone
	_, noZone := value.LoadZone(zone)
	p.Subject.moments(func(at check.Path, field string, w value.When) {
		foreign := w.Zone() == "" && w.HasOffset() && !strings.HasSuffix(w.String(), "+00:00")
		if foreign {
			if noZone != nil {
				p.NotEvaluated("the operating time zone cannot be told")
				return
			}
			w = w.In(zone)
		}
		if _, _, err := w.Interval(); errors.Is(err, value.ErrOffsetMismatch) {
			f := check.Unusable(at.Field(field), err)
			if foreign {
				f = f.WithRelated(overviewPath.Field("zone"))
				f.Hint = "name the zone in brackets if it is another than the operating zone"
			}
			p.Report(f)
		}
	})
}

// zoneCheck is the check of the operating time zone on a machine whose zones
// load as load says.
func zoneCheck(load zones.Loader) func(*check.Pass[Plan]) {
	return func(p *check.Pass[Plan]) {
		zone := p.Subject.Overview.Zone
		if !stated(p, overviewPath, "zone", "the operating time zone", zone, "such as America/New_York") {
			return
		}
		if _, err := load(zone); load.Bare(err) {
			p.NotEvaluated(err.Error())
		} else if err != nil {
			p.Report(check.Unusable(overviewPath.Field("zone"), err))
		}
	}
}

// placeCheck is the check of every moment's place in time on such a machine.
// What the deployment window lacks is for OVR-002 to say.
func placeCheck(load zones.Loader) func(*check.Pass[Plan]) {
	return func(p *check.Pass[Plan]) {
		p.Subject.moments(func(at check.Path, field string, w value.When) {
			_, _, err := w.Interval()
			switch nowhere := errors.Is(err, value.ErrNoOffset); {
			case load.Bare(err):
				p.NotEvaluated(err.Error())
			case nowhere && at != overviewPath.Field("window"), errors.Is(err, value.ErrInvalidZone), errors.Is(err, value.ErrNoZoneData):
				p.Report(check.Unusable(at.Field(field), err))
			}
		})
	}
}

// past reports a moment that is surely over, with why that is wrong.
func past(p *check.Pass[Plan], at check.Path, field string, w value.When, why string) {
	if _, end, err := w.Interval(); err == nil && !end.After(p.Now) {
		p.Report(check.Invalid(at.Field(field), w, why))
	}
}

func checkOverdue(p *check.Pass[Plan]) {
	if p.Now.IsZero() {
		p.NotEvaluated("the clock is not given")
		return
	}
	for i, m := range p.Subject.Timeline.Milestones {
		if m.Kind == Information || !m.Completed.IsZero() {
			continue
		}
		if m.Until.IsZero() {
			past(p, milestonesPath.Index(i), "at", m.At, "is over, and "+m.ID+" is not completed")
		} else {
			past(p, milestonesPath.Index(i), "until", m.Until, "is over, and "+m.ID+" is not completed")
		}
	}
	for i, d := range p.Subject.Dependencies.Items {
		if d.Status != Ready {
			past(p, dependenciesPath.Index(i), "due", d.Due, "is over, and "+d.ID+" is "+d.Status.String())
		}
	}
	for i, q := range p.Subject.Questions.Items {
		if q.Open() {
			past(p, questionsPath.Index(i), "due", q.Due, fmt.Sprintf("is over, and question %d is open", q.Number))
		}
	}
}

func checkForetold(p *check.Pass[Plan]) {
	if p.Now.IsZero() {
		p.NotEvaluated("the clock is not given")
		return
	}
	p.Subject.moments(func(at check.Path, field string, w value.When) {
		if start, _, err := w.Interval(); err == nil && happened(at, field) && start.After(p.Now) {
			p.Report(check.Invalid(at.Field(field), w, "lies in the future"))
		}
	})
}

// happened reports whether a moment is one at which something was done.
func happened(at check.Path, field string) bool {
	return field == "completed" || field == "at" && (strings.HasSuffix(string(at), ".state") || strings.HasSuffix(string(at), ".answer"))
}

// exact reports a time that is not given, or is no moment with an offset. What
// else is wrong with it is for the rules above to say.
func exact(p *check.Pass[Plan], at check.Path, field, what string, w value.When) {
	switch _, err := w.Instant(); {
	case w.IsZero():
		p.Report(check.Missing(at.Field(field), what, "write it with date, time and offset"))
	case errors.Is(err, value.ErrNotInstant), errors.Is(err, value.ErrNoOffset):
		p.Report(check.Unusable(at.Field(field), err))
	case err != nil:
		p.NotEvaluated(err.Error())
	case w.Precision() == value.InstantPrecision && !w.HasOffset():
		p.Report(check.Invalid(at.Field(field), w, "has no offset"))
	}
}

// readable reports a time that is not given. What else is wrong with it is for
// the rules above to say.
func readable(p *check.Pass[Plan], at check.Path, field, what string, w value.When) {
	if w.IsZero() {
		p.Report(check.Missing(at.Field(field), what, ""))
	} else if _, _, err := w.Interval(); err != nil {
		p.NotEvaluated(err.Error())
	}
}

// ordered reports a span that does not end after it begins. Two dates are a
// span of whole days, which may be the same one. It is true if there is a span.
func ordered(p *check.Pass[Plan], at check.Path, first, last string, start, end value.When) bool {
	from, startOver, err1 := start.Interval()
	_, until, err2 := end.Interval()
	if err1 != nil || err2 != nil {
		p.NotEvaluated("a start or an end at " + string(at) + " cannot be told")
		return false
	}
	days := start.Precision() == value.DatePrecision && end.Precision() == value.DatePrecision
	if !from.Before(until) || days && until.Before(startOver) {
		p.Report(check.OutOfOrder(at.Field(last), end, "is not after the start "+start.String(), at.Field(first)))
		return false
	}
	return true
}

// compared orders two times by their intervals. It is false if that cannot be
// told.
func compared(p *check.Pass[Plan], a, b value.When) (value.Order, bool) {
	order, err := a.Compare(b)
	if err != nil {
		p.NotEvaluated(err.Error())
	}
	return order, err == nil
}

// bounds returns the time in which the window may lie. It is false if that
// cannot be told.
func (w Window) bounds() (from, until time.Time, ok bool) {
	from, _, err1 := w.Start.Interval()
	_, until, err2 := w.End.Interval()
	return from, until, err1 == nil && err2 == nil
}
