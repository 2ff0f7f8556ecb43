package release

import (
	"fmt"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// launchRules are the rules of the overview's times.
func launchRules() []check.Rule[Plan] {
	window := overviewPath.Field("window")
	return []check.Rule[Plan]{
		{ID: "OVR-002", Doc: "The deployment window begins and ends at moments with an offset.",
			Bad: func(p *Plan) { p.Overview.Window.Start = value.When{} },
			Check: func(p *check.Pass[Plan]) {
				exact(p, window, "start", "the start of the deployment window", p.Subject.Overview.Window.Start)
				exact(p, window, "end", "the end of the deployment window", p.Subject.Overview.Window.End)
			}},
		{ID: "OVR-003", Doc: "The start of the code freeze is given as a moment that can be told.",
			Bad: func(p *Plan) { p.Overview.CodeFreeze = value.When{} },
			Check: func(p *check.Pass[Plan]) {
				readable(p, overviewPath, "codeFreeze", "the start of the code freeze", p.Subject.Overview.CodeFreeze)
			}},
		{ID: "OVR-004", Doc: "The code freeze surely begins before the deployment window opens, and not before a feature freeze.",
			Bad:   func(p *Plan) { p.Overview.CodeFreeze = p.Overview.Window.End },
			Check: checkFreezes},
	}
}

// windowRules are the rules of the freezes and the deployment windows, of the
// overview and of the timeline.
func windowRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "MS-007", Doc: "No window in which something is deployed overlaps a freeze that holds there.",
			Bad: func(p *Plan) {
				p.Timeline.Freezes[0].Window, p.Timeline.Freezes[0].Environments = p.Overview.Window, nil
			},
			Check: checkFrozen},
		{ID: "MS-008", Doc: "What must ship is due before the code freeze.",
			Bad:   func(p *Plan) { p.Dependencies.Items[0].Tracker = p.Scope[0].ID },
			Check: checkDueBeforeFreeze},
		{ID: "MS-009", Doc: "Every deployment window and every milestone that lasts ends after it begins.",
			Bad: func(p *Plan) {
				w := &p.Overview.Window
				w.Start, w.End = w.End, w.Start
			},
			Check: checkSpans},
		{ID: "MS-016", Doc: "Every freeze has an id of its own and ends after it begins.",
			Bad: func(p *Plan) {
				w := &p.Timeline.Freezes[0].Window
				w.Start, w.End = w.End, w.Start
			},
			Check: func(p *check.Pass[Plan]) {
				unique(p, freezesPath, "id", p.Subject.Timeline.Freezes, func(f Freeze) string { return f.ID })
				for i, f := range p.Subject.Timeline.Freezes {
					span(p, freezesPath.Index(i).Field("window"), f.Window)
				}
			}},
		{ID: "MS-018", Doc: "The timeline has a window inside the deployment window of the overview.",
			Bad:   func(p *Plan) { p.Timeline.Windows = p.Timeline.Windows[:1] },
			Check: checkWindowListed},
	}
}

// placeless reports whether w is a day of which nobody knows the place.
func placeless(w value.When) bool { return w.Precision() == value.DatePrecision && w.Zone() == "" }

// precedes reports whether w is surely before v. Days of no place are compared
// as they are written, since those of one timeline are of one place. A day is not
// before the deadline that ends it: that is written as the same day.
func precedes(p *check.Pass[Plan], w, v value.When) bool {
	switch {
	case placeless(w) && placeless(v):
		return w.DateString() < v.DateString()
	case w.Precision() == value.DatePrecision && v.Precision() == value.DeadlinePrecision && w.DateString() == v.DateString():
		return false
	}
	order, ok := compared(p, w, v)
	return ok && order == value.Before
}

// span reports a window without a start or an end, or that ends before it begins.
func span(p *check.Pass[Plan], at check.Path, w Window) bool {
	readable(p, at, "start", "the start", w.Start)
	readable(p, at, "end", "the end", w.End)
	return ordered(p, at, "start", "end", w.Start, w.End)
}

// checkFreezes does not give the code freeze the benefit of the doubt: one on
// the day of the deployment may begin after it.
func checkFreezes(p *check.Pass[Plan]) {
	o, at := &p.Subject.Overview, overviewPath.Field("codeFreeze")
	if order, ok := compared(p, o.CodeFreeze, o.Window.Start); ok && order != value.Before {
		p.Report(check.OutOfOrder(at, o.CodeFreeze, "is not before the window opens at "+o.Window.Start.String(), overviewPath.Field("window").Field("start")))
	}
	if o.FeatureFreeze.IsZero() {
		return
	}
	if order, ok := compared(p, o.FeatureFreeze, o.CodeFreeze); ok && order == value.After {
		p.Report(check.OutOfOrder(overviewPath.Field("featureFreeze"), o.FeatureFreeze, "is after the code freeze at "+o.CodeFreeze.String(), at))
	}
}

// checkFrozen holds the overview's window, of which only the catalog knows the
// environment, against the freezes that hold everywhere.
func checkFrozen(p *check.Pass[Plan]) {
	start, end, ok := p.Subject.Overview.Window.bounds()
	if !ok {
		p.NotEvaluated("the deployment window cannot be told")
	}
	spans := make([][2]time.Time, len(p.Subject.Timeline.Windows)) // of windows that can be told
	for j, w := range p.Subject.Timeline.Windows {
		if begins, ends, ok := w.Window.bounds(); ok {
			spans[j] = [2]time.Time{begins, ends}
		} else if len(p.Subject.Timeline.Freezes) > 0 {
			p.NotEvaluated("window " + w.ID + " cannot be told")
		}
	}
	for i, f := range p.Subject.Timeline.Freezes {
		from, until, told := f.Window.bounds()
		if !told {
			p.NotEvaluated("the window of freeze " + f.ID + " cannot be told")
			continue
		}
		var over []check.Path
		if ok && len(f.Environments) == 0 && start.Before(until) && from.Before(end) {
			over = append(over, overviewPath.Field("window"))
		}
		for j, w := range p.Subject.Timeline.Windows {
			if spans[j][0].Before(until) && from.Before(spans[j][1]) && f.Covers(w.Environment) {
				over = append(over, windowsPath.Index(j).Field("window"))
			}
		}
		if len(over) > 0 {
			p.Report(check.Invalid(freezesPath.Index(i).Field("window"), f.ID, "overlaps the deployment window").WithRelated(over...))
		}
	}
}

func checkDueBeforeFreeze(p *check.Pass[Plan]) {
	for i, d := range p.Subject.Dependencies.Items {
		j := slices.IndexFunc(p.Subject.Scope, func(s ScopeItem) bool { return s.ID == d.Tracker && s.Class == MustShip })
		if j < 0 || check.Blank(d.Tracker) {
			continue
		}
		if order, ok := compared(p, d.Due, p.Subject.Overview.CodeFreeze); ok && order == value.After {
			p.Report(check.OutOfOrder(dependenciesPath.Index(i).Field("due"), d.Due,
				d.Tracker+" must ship, and the code freezes at "+p.Subject.Overview.CodeFreeze.String(), overviewPath.Field("codeFreeze")))
		}
	}
}

func checkSpans(p *check.Pass[Plan]) {
	w := p.Subject.Overview.Window
	ordered(p, overviewPath.Field("window"), "start", "end", w.Start, w.End)
	for i, d := range p.Subject.Timeline.Windows {
		span(p, windowsPath.Index(i).Field("window"), d.Window)
	}
	for i, m := range p.Subject.Timeline.Milestones {
		if !m.Until.IsZero() {
			ordered(p, milestonesPath.Index(i), "at", "until", m.At, m.Until)
		}
	}
}

func checkWindowListed(p *check.Pass[Plan]) {
	start, end, ok := p.Subject.Overview.Window.bounds()
	if !ok || !start.Before(end) {
		p.NotEvaluated("the deployment window cannot be told")
		return
	}
	if len(p.Subject.Timeline.Windows) == 0 {
		p.NotEvaluated("the timeline has no window")
		return
	}
	for _, w := range p.Subject.Timeline.Windows {
		if from, until, ok := w.Window.bounds(); ok && !from.Before(start) && !until.After(end) {
			return
		}
	}
	p.Report(check.Missing(windowsPath, "a window inside the deployment window of the overview", "").WithRelated(overviewPath.Field("window")))
}

// workingDays counts the working days of the policy's calendar after the day
// of from, up to and including the day of until, in the operating zone. A day
// counts in favour: from may be its first moment, until its last. It is false
// if that cannot be told.
func workingDays(p *check.Pass[Plan], from, until value.When) (int, bool) {
	zone, err := value.LoadZone(p.Subject.Overview.Zone)
	if err != nil {
		p.NotEvaluated(err.Error())
		return 0, false
	}
	here := func(w value.When) value.When {
		if w.Precision() == value.DatePrecision && w.Zone() == "" {
			return w.In(p.Subject.Overview.Zone)
		}
		return w
	}
	start, _, err1 := here(from).Interval()
	begin, end, err2 := here(until).Interval()
	if err1 != nil || err2 != nil {
		p.NotEvaluated("the days between two times cannot be counted, of which one cannot be told")
		return 0, false
	}
	if end.After(begin) {
		end = end.Add(-1) // the last moment of the day
	}
	return p.Subject.Policy.Calendar.Between(start.In(zone), end.In(zone)), true
}

// tooFew says how many working days there are, and how many there should be.
func tooFew(days, want int) string {
	return fmt.Sprintf("leaves %d of %d working days", days, want)
}

// leadRules are the rules of what has to come before the deployment window.
func leadRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "MS-011", Doc: "The change advisory board decides after the submission, with the working days between that the policy demands, and before the deployment window opens.",
			Bad:   func(p *Plan) { p.Policy.CABLeadDays = 9 },
			Check: checkBoard},
		{ID: "MS-012", Doc: "QA signs off before the deployment window opens.",
			Bad:   func(p *Plan) { p.Timeline.Milestones[3].At = p.Overview.Window.End },
			Check: beforeWindow(QASignOff)},
		{ID: "MS-013", Doc: "The dry run is over before the deployment window opens.",
			Bad:   func(p *Plan) { p.Timeline.Milestones[2].Until = p.Overview.Window.End },
			Check: beforeWindow(DryRun)},
	}
}

// beforeWindow is a check that milestones of a kind are over when the
// deployment window opens. One that only may be is given the benefit of the doubt.
func beforeWindow(kind MilestoneKind) func(*check.Pass[Plan]) {
	return func(p *check.Pass[Plan]) {
		opens, there := p.Subject.Overview.Window.Start, false
		for i, m := range p.Subject.Timeline.Milestones {
			if m.Kind != kind {
				continue
			}
			field, over := "at", m.At
			if !m.Until.IsZero() {
				field, over = "until", m.Until
			}
			there = true
			if order, ok := compared(p, over, opens); ok && (order == value.After || order == value.Same) {
				p.Report(check.OutOfOrder(milestonesPath.Index(i).Field(field), over, "is not before the window opens at "+opens.String(), overviewPath.Field("window").Field("start")))
			}
		}
		if !there {
			p.NotEvaluated("the timeline has no milestone of the kind " + kind.String())
		}
	}
}

// checkBoard holds every decision against the first submission. Without a
// decision in the timeline the board has until the deployment window opens.
func checkBoard(p *check.Pass[Plan]) {
	beforeWindow(CABSubmission)(p)
	all := p.Subject.Timeline.Milestones
	first := slices.IndexFunc(all, func(m Milestone) bool { return m.Kind == CABSubmission })
	if first < 0 {
		return
	}
	decided := false
	for i, m := range all {
		if m.Kind == CABDecision {
			decided = true
			checkDecision(p, all[first].At, milestonesPath.Index(first).Field("at"), m.At, milestonesPath.Index(i).Field("at"))
		}
	}
	if opens := p.Subject.Overview.Window.Start; decided {
		beforeWindow(CABDecision)(p)
	} else if days, ok := workingDays(p, all[first].At, opens); ok && days < p.Subject.Policy.CABLeadDays {
		p.Report(check.OutOfOrder(milestonesPath.Index(first).Field("at"), all[first].At,
			tooFew(days, p.Subject.Policy.CABLeadDays)+" before the window opens at "+opens.String(), overviewPath.Field("window").Field("start")))
	}
}

func checkDecision(p *check.Pass[Plan], submitted value.When, from check.Path, decided value.When, at check.Path) {
	order, ok := compared(p, submitted, decided)
	if !ok {
		return
	}
	if order == value.After || order == value.Same {
		p.Report(check.OutOfOrder(at, decided, "is not after the submission at "+submitted.String(), from))
	} else if days, ok := workingDays(p, submitted, decided); ok && days < p.Subject.Policy.CABLeadDays {
		p.Report(check.OutOfOrder(at, decided, tooFew(days, p.Subject.Policy.CABLeadDays)+" after the submission at "+submitted.String(), from))
	}
}
