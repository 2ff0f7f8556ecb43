package notes

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Draft writes the notes that plan and facts give, by the mapping: changes and
// known issues from work items; benefits, risks, remediation and links from the
// plan. It is a pure function, and what it writes does not depend on the order
// in which facts and their items stand.
//
// What must ship is always told. What may be deferred is told only when every
// source that has it says that it is done. What is not in the scope is told
// only when done, and only to the mapping's Unplanned audiences. An item that
// two sources have, by id, by link or by an id of the mapping's Keys that it
// carries, is told once.
//
// What could not be found out is in [Packet.Gaps]: a source that failed, is
// incomplete or contradicted, an item of the scope that no source has, an item
// of which nobody knows whether it is done. What nobody has written yet, such
// as the compliance narrative or a remedy, stays empty, so that [Rules] ask for
// it.
func Draft(plan release.Plan, facts fact.Set, mapping Mapping) Packet {
	d := draft{mapping: mapping.defaults()}
	for _, f := range mapping.Validate() {
		d.gap("mapping "+string(f.Path), f.Message)
	}
	items, gaps := read(&facts, &d.mapping)
	d.Gaps = append(d.Gaps, gaps...)
	all := gather(plan.Scope, items)
	d.Gaps = append(d.Gaps, all.gaps...)
	for _, one := range all.all {
		d.tell(one)
	}
	d.planned(&plan)
	d.summarise(&plan)
	return d.Packet
}

// draft is a packet that is being written.
type draft struct {
	Packet
	mapping Mapping
}

func (d *draft) gap(about, reason string) { d.Gaps = append(d.Gaps, Gap{about, reason}) }

// tell writes one piece of work where the mapping wants it.
func (d *draft) tell(w *work) {
	must := slices.ContainsFunc(w.scope, func(s release.ScopeItem) bool { return s.Class == release.MustShip })
	if len(w.found) == 0 {
		d.gap(w.id(), "no source has it")
	}
	if w.any(d.mapping.Withheld) {
		if must {
			d.gap(w.id(), "is must-ship and withheld from the notes")
		}
		return
	}
	action := w.any(d.mapping.ActionRequired)
	text, silent := d.text(w, action)
	if silent && !must && !action {
		return
	}
	done, unsaid := w.state()
	if unsaid && !must {
		d.gap(w.id(), "nobody says whether it is done")
	}
	change, do := instruction(text, action)
	told := false
	for _, place := range d.places(w) {
		switch {
		case len(w.scope) == 0 && !slices.Contains(d.mapping.Unplanned, place.Audience):
		case place.Section == KnownIssuesSection:
			if !done && !must && len(w.found) > 0 {
				d.knownIssue(place.Audience, w, text)
			}
		case done || must:
			told = d.write(place, w, change, do) || told
		}
	}
	if must && !told {
		d.write(Place{Support, ChangesSection}, w, change, do)
	}
}

// places returns where the work is told: where the first route says that
// matches one of its items.
func (d *draft) places(w *work) []Place {
	for _, r := range d.mapping.Routes {
		if w.any([]Match{r.Match}) {
			return r.To
		}
	}
	return d.mapping.Otherwise
}

// state reports whether everybody who has the work says that it is done, and
// whether somebody does not say.
func (w *work) state() (done, unsaid bool) {
	done = len(w.found) > 0
	for _, f := range w.found {
		done = done && f.item.Category == fact.Done
		unsaid = unsaid || f.item.Category == fact.UnknownCategory || f.item.Category > fact.Done
	}
	return done, unsaid
}

// any reports whether one of the work's items matches one of the matches.
func (w *work) any(matches []Match) bool {
	return slices.ContainsFunc(w.found, func(f found) bool {
		return slices.ContainsFunc(matches, func(m Match) bool { return m.matches(f.item) })
	})
}

// text returns what the authors wrote for readers, or else the title. It is
// silent if all that they wrote is that there is nothing to tell.
func (d *draft) text(w *work, action bool) (text string, silent bool) {
	var texts []string
	for _, f := range w.found {
		switch text := f.note; {
		case text == "":
		case saysNothing(text):
			silent = true
		case !slices.Contains(texts, text):
			texts = append(texts, text)
		}
	}
	if len(texts) > 1 {
		d.gap(w.id(), fmt.Sprintf("has %d texts for the notes that differ", len(texts)))
	}
	if len(texts) > 0 {
		return texts[0], false
	}
	title := w.title()
	if action && !actionMark.MatchString(title) {
		d.gap(w.id(), "asks something of the reader and does not say what")
	}
	return title, silent
}

func (w *work) title() string {
	for _, s := range w.scope {
		if !check.Blank(s.Title) {
			return clean(s.Title)
		}
	}
	for _, f := range w.found {
		if !check.Blank(f.title) {
			return f.title
		}
	}
	return ""
}

// link returns where the work can be looked at.
func (w *work) link() value.Link {
	for _, f := range w.found {
		if f.item.Link != "" {
			return f.item.Link
		}
	}
	for _, s := range w.scope {
		if s.Link != "" {
			return s.Link
		}
	}
	return ""
}

// knownIssue adds the work to the known issues of one note. Without a remedy in
// its text it has none: that nothing helps is for somebody to say.
func (d *draft) knownIssue(to Audience, w *work, text string) {
	if n := d.note(to); n != nil {
		text, remedy, _ := split(text, remedyMark)
		n.KnownIssues = append(n.KnownIssues, KnownIssue{ID: w.id(), Text: text, Remedy: remedy})
	}
}

// write adds the work to one section of one note, and reports whether it is
// told as a change. A place that is none is a gap already.
func (d *draft) write(at Place, w *work, text, action string) bool {
	n := d.note(at.Audience)
	if n == nil {
		return false
	}
	switch at.Section {
	case ChangesSection:
		c := Change{ID: w.id(), Text: text, ActionRequired: action}
		for _, s := range w.scope {
			c.Items = append(c.Items, strings.TrimSpace(s.ID))
		}
		c.Items = slices.Compact(c.Items)
		if at.Audience != Customers { // who cannot open our trackers
			c.Link = w.link()
		}
		n.Changes = append(n.Changes, c)
	case BenefitsSection:
		n.Benefits = append(n.Benefits, text)
	case RemediationSection:
		n.Remediation = append(n.Remediation, text)
	}
	return at.Section == ChangesSection
}
