package packet

import (
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// dateRules hold everything that says when against each other.
func dateRules() []check.Rule[Packet] {
	return []check.Rule[Packet]{
		{ID: "X-002", Doc: "An event has one time: in the overview, in the timeline, in templates and in texts that name it with a date.",
			Bad:   func(p *Packet) { p.Plan.Overview.Objectives[0] = "W2 opens on 2026-12-10: gift cards pay for orders" },
			Check: checkEventTimes},
		{ID: "TIME-005", Severity: check.Warning, Doc: "The same moment is written with the same clock wherever it stands.",
			Bad:   func(p *Packet) { p.Plan.Overview.Objectives[0] = "Gift cards pay for orders from 2026-12-09T03:00:00Z" },
			Check: checkRenderings},
	}
}

// event is something that the plan gives a time.
type event struct {
	name       string     // as texts call it: an id, or words in lower case
	at, until  check.Path // of both ends; until is empty where they are one
	from, till value.When
}

// events returns the events that texts and other parts may speak of, in the
// order of the plan.
func events(p *release.Plan) []event {
	o := &p.Overview
	all := []event{
		{"code freeze", "plan.overview.codeFreeze", "", o.CodeFreeze, o.CodeFreeze},
		{"feature freeze", "plan.overview.featureFreeze", "", o.FeatureFreeze, o.FeatureFreeze},
		{"deployment window", "plan.overview.window.start", "plan.overview.window.end", o.Window.Start, o.Window.End},
	}
	for i, d := range p.Dependencies.Items {
		all = append(all, event{d.ID, check.Path("plan.dependencies.items").Index(i).Field("due"), "", d.Due, d.Due})
	}
	for i, m := range p.Timeline.Milestones {
		at := check.Path("plan.timeline.milestones").Index(i)
		e := event{m.ID, at.Field("at"), "", m.At, m.At}
		if !m.Until.IsZero() {
			e.until, e.till = at.Field("until"), m.Until
		}
		all = append(all, e)
	}
	window := func(list check.Path, i int, id string, w release.Window) {
		at := list.Index(i).Field("window")
		all = append(all, event{id, at.Field("start"), at.Field("end"), w.Start, w.End})
	}
	for i, w := range p.Timeline.Windows {
		window("plan.timeline.windows", i, w.ID, w.Window)
	}
	for i, b := range p.Timeline.Buffers {
		window("plan.timeline.buffers", i, b.ID, b.Window)
	}
	for i, f := range p.Timeline.Freezes {
		window("plan.timeline.freezes", i, f.ID, f.Window)
	}
	return all
}

// span returns the time that a date or moment, or both ends of an event, lie
// in, days being those of the operating zone. days says that the end is the
// first moment after it.
func span(from, till value.When, zone string) (start, end time.Time, days, ok bool) {
	here := func(w value.When) value.When {
		if w.Precision() == value.DatePrecision && w.Zone() == "" {
			return w.In(zone)
		}
		return w
	}
	start, _, err1 := here(from).Interval()
	_, end, err2 := here(till).Interval()
	return start, end, till.Precision() == value.DatePrecision, err1 == nil && err2 == nil && !end.Before(start)
}

// contradicts reports whether a time that is said to be that of an event surely
// is not.
func (e event) contradicts(said value.When, zone string) bool {
	start, end, days, ok1 := span(e.from, e.till, zone)
	from, till, saidDays, ok2 := span(said, said, zone)
	if !ok1 || !ok2 {
		return false // what cannot be told contradicts nothing, and other rules say it
	}
	return from.After(end) || days && from.Equal(end) || till.Before(start) || saidDays && till.Equal(start)
}

func checkEventTimes(p *check.Pass[Packet]) {
	plan := &p.Subject.Plan
	all := events(plan)
	x, zone := indexed(p), plan.Overview.Zone
	differs := func(at check.Path, said value.When, e event) {
		if !said.IsZero() && !e.from.IsZero() && e.contradicts(said, zone) {
			p.Report(check.OutOfOrder(at, said, "is not when "+e.name+" is, at "+e.from.String(), e.at))
		}
	}
	for i, m := range plan.Timeline.Milestones {
		if e, ok := freezeOf(all, m.Title); ok {
			differs(check.Path("plan.timeline.milestones").Index(i).Field("at"), m.At, e)
		}
	}
	for i, f := range plan.Timeline.Freezes {
		if e, ok := freezeOf(all, f.Reason); ok {
			differs(check.Path("plan.timeline.freezes").Index(i).Field("window").Field("start"), f.Window.Start, e)
		}
	}
	eachWindowGap(p.Subject, func(at check.Path, said value.When, end bool) {
		e := event{"the deployment window", "plan.overview.window.start", "", plan.Overview.Window.Start, plan.Overview.Window.Start}
		if end {
			e.at, e.from, e.till = "plan.overview.window.end", plan.Overview.Window.End, plan.Overview.Window.End
		}
		differs(at, said, e)
	})
	x.saidOf(all, func(at check.Path, said value.When, e event) { differs(at, said, e) })
}

// freezeOf returns the freeze of the overview that a title is about.
func freezeOf(all []event, title string) (event, bool) {
	title = strings.ToLower(strings.TrimSpace(title))
	for _, e := range all[:2] {
		for _, form := range []string{"%", "the %", "start of %", "start of the %", "% starts", "% begins", "% start", "% in effect"} {
			if title == strings.Replace(form, "%", e.name, 1) {
				return e, true
			}
		}
	}
	return event{}, false
}

// eachWindowGap calls yield with the gaps of templates that tell customers when
// the window opens and closes.
func eachWindowGap(p *Packet, yield func(at check.Path, said value.When, end bool)) {
	notice := map[string]bool{}
	for _, m := range p.Comms.Messages {
		if m.Covers(comms.CustomerNotice) {
			notice[m.Template] = true
		}
	}
	opens, closes := set("start begin opens from window_start"), set("end until closes window_end")
	for i, t := range p.Comms.Templates {
		for j, gap := range t.Placeholders {
			said, ok := dated(gap.Value)
			if at := commsPath.Field("templates").Index(i).Field("placeholders").Index(j).Field("value"); notice[t.ID] && ok && (opens[gap.Name] || closes[gap.Name]) {
				yield(at, said, closes[gap.Name])
			}
		}
	}
}

// between are the words that may stand between an event and its time.
var between = set("is on at due for opens opening starts starting begins scheduled planned set takes place held happens falls the ( : , = – — -")

// saidOf calls yield with every date that a text gives one of the events:
// "M3 is on 2026-12-03", "code freeze: 2026-12-01T18:00:00-05:00".
func (x *index) saidOf(all []event, yield func(at check.Path, said value.When, e event)) {
	byID, byWords := map[string]event{}, map[string]event{}
	for _, e := range all {
		if first, rest, ok := strings.Cut(e.name, " "); ok {
			byWords[first+" "+rest] = e
		} else if e.name != "" {
			byID[e.name] = e
		}
	}
	for i, t := range x.texts {
		tokens := x.Tokens(i)
		for j := range tokens {
			e, ok := byID[x.word(i, j)]
			k := j + 1
			if !ok && k < len(tokens) {
				e, ok = byWords[strings.ToLower(x.word(i, j)+" "+x.word(i, k))]
				k++
			}
			if !ok {
				continue
			}
			for k < len(tokens) && k < j+8 && between[strings.ToLower(x.word(i, k))] {
				k++
			}
			if k == j+1 || k >= len(tokens) {
				continue // a date right behind an id is part of a name: "S-1207 2026-12-07"
			}
			if said, ok := x.moment(i, k); ok {
				yield(t.Path, said, e)
			}
		}
	}
}

// moment reads token j as a date or a moment of a time zone that is written
// behind it.
func (x *index) moment(text, j int) (value.When, bool) {
	word := x.word(text, j)
	if len(word) < len("2026-12-08") || word[4] != '-' {
		return value.When{}, false
	}
	return dated(word)
}

// checkRenderings wants a moment of the plan to be written with the same clock
// everywhere: whoever reads 05:00Z does not see that it is 06:00+01:00.
func checkRenderings(p *check.Pass[Packet]) {
	x := indexed(p)
	first := map[time.Time]event{}
	compare := func(at check.Path, said value.When, e event) {
		moment, err := said.Instant()
		if err != nil || said.Precision() != value.InstantPrecision || !said.HasOffset() {
			return
		}
		known, ok := first[moment.UTC()]
		if !ok {
			if e.at != "" {
				first[moment.UTC()] = event{at: at, from: said}
			}
			return
		}
		if clock(known.from) != clock(said) {
			f := check.Invalid(at, said, "is the same moment as "+known.from.String()+", written with another clock")
			f.Hint = "write every moment with the offset of the operating zone"
			p.Report(f.WithRelated(known.at))
		}
	}
	for _, e := range events(&p.Subject.Plan) {
		compare(e.at, e.from, e)
		if e.until != "" {
			compare(e.until, e.till, e)
		}
	}
	for i, m := range p.Subject.Comms.Messages {
		compare(commsPath.Field("messages").Index(i).Field("trigger").Field("at"), m.Trigger.At, event{})
	}
	for i, t := range x.texts {
		for j := range x.Tokens(i) {
			if said, ok := x.moment(i, j); ok {
				compare(t.Path, said, event{})
			}
		}
	}
}

// clock is a moment as written, without the name of its zone.
func clock(w value.When) string {
	text, _, _ := strings.Cut(w.String(), "[")
	return text
}
