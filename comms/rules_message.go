package comms

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/tidegate-go/tidegate/internal/zones"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

func templateRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "COM-004", Doc: "What customers and status pages are told has a template, and every template that is named is there.",
			Bad: func(p *Plan) {
				for i := range p.Messages {
					p.Messages[i].Template = ""
				}
			},
			Check: perMessage(func(p *check.Pass[Plan], at check.Path, m *Message) {
				if _, ok := p.Subject.Template(m.Template); m.Template != "" && !ok {
					p.Report(check.Unresolved(at.Field("template"), m.Template, "a template of the plan"))
				} else if m.Template == "" && (m.Reaches(Customers) || m.Uses(StatusPage)) {
					p.Report(check.Missing(at.Field("template"), "the template of message "+m.ID, "what goes outside is worded beforehand"))
				}
			})},
		{ID: "COM-005", Doc: "Templates can be read, and every gap has a placeholder with a type, which is used.",
			Bad:   func(p *Plan) { p.Templates[0].Body += " {eta}" },
			Check: checkTemplates},
	}
}

func checkTemplates(p *check.Pass[Plan]) {
	for i, t := range p.Subject.Templates {
		at := templatesPath.Index(i)
		if check.Blank(t.Body) {
			p.Report(check.Missing(at.Field("body"), "the body of template "+t.ID, ""))
		}
		if strings.ContainsFunc(t.Subject, unicode.IsControl) {
			p.Report(check.Invalid(at.Field("subject"), t.Subject, "has a line break or another control character"))
		}
		above, ok1 := checkText(p, at.Field("subject"), t, t.Subject)
		below, ok2 := checkText(p, at.Field("body"), t, t.Body)
		checkPlaceholders(p, at.Field("placeholders"), t, func(name string) bool {
			return !ok1 || !ok2 || slices.Contains(above, name) || slices.Contains(below, name)
		})
	}
}

// checkText reports a text that cannot be read and gaps without placeholder.
// It returns the names of the gaps, and whether the text could be read.
func checkText(p *check.Pass[Plan], at check.Path, t Template, s string) ([]string, bool) {
	text, err := ParseText(s)
	if err != nil {
		p.Report(check.Unusable(at, err))
	}
	for _, name := range text.Names() {
		if !slices.ContainsFunc(t.Placeholders, func(h Placeholder) bool { return h.Name == name }) {
			p.Report(check.Unresolved(at, name, "a placeholder of template "+t.ID))
		}
	}
	return text.Names(), err == nil
}

func checkPlaceholders(p *check.Pass[Plan], at check.Path, t Template, used func(string) bool) {
	unique(p, at, "name", t.Placeholders, func(h Placeholder) string { return h.Name })
	for j, h := range t.Placeholders {
		at := at.Index(j)
		if err := nameFault(h.Name); !check.Blank(h.Name) && err != nil {
			p.Report(check.Unusable(at.Field("name"), err))
		} else if !check.Blank(h.Name) && !used(h.Name) {
			p.Report(check.Invalid(at.Field("name"), h.Name, "stands in no text of template "+t.ID))
		}
		if h.Type == NoType {
			p.Report(check.Missing(at.Field("type"), "the type of placeholder "+h.Name, "such as text or time"))
			continue
		}
		named(p, at.Field("type"), h.Type, valueTypeNames)
		if h.Value != "" && int(h.Type) < len(valueTypeNames) {
			if err := h.Type.Check(h.Value); err != nil {
				p.Report(check.Unusable(at.Field("value"), err))
			}
		}
	}
}

func checkTrigger(p *check.Pass[Plan], at check.Path, m *Message) {
	t, at := m.Trigger, at.Field("trigger")
	set := 0
	for _, given := range []bool{!t.At.IsZero(), t.Event != NoEvent, !t.Daily.IsZero()} {
		if given {
			set++
		}
	}
	if set > 1 {
		p.Report(check.Invalid(at, m.ID, "has triggers of several kinds, want a moment, an event or a time of day"))
	}
	if !t.At.IsZero() {
		if _, err := t.At.Instant(); err != nil {
			zones.Unplaced(p, at.Field("at"), err)
		}
	}
	named(p, at.Field("event"), t.Event, eventNames)
	if t.Event == NoEvent && t.Offset != 0 {
		p.Report(check.Invalid(at.Field("offset"), t.Offset, "is counted from no event"))
	}
	if t.Event != NoEvent && !planned(t.Event) && t.Offset < 0 {
		p.Report(check.Invalid(at.Field("offset"), t.Offset, "nobody knows "+t.Event.String()+" before it happens"))
	}
	if !t.Daily.IsZero() {
		if err := t.Daily.Fault(); err != nil {
			p.Report(check.Unusable(at.Field("daily"), err))
		}
	}
}

// minCadence is the shortest interval that people can follow: what comes more
// often is a stream, which belongs on a dashboard.
const minCadence = value.Duration(time.Minute)

func checkCadence(p *check.Pass[Plan], message check.Path, m *Message) {
	c, at, trigger := m.Cadence, message.Field("cadence"), message.Field("trigger")
	switch {
	case !m.Trigger.Daily.IsZero():
		if !c.IsZero() {
			p.Report(check.Invalid(at, m.ID, "goes out daily already").WithRelated(trigger.Field("daily")))
		}
	case c.IsZero():
		p.Report(check.Missing(at, "the cadence of message "+m.ID, "once, or an interval and the event that ends it"))
	case c.Once:
		if c != (Cadence{Once: true}) {
			p.Report(check.Invalid(at, m.ID, "goes out once and is repeated"))
		}
	default:
		if c.Every < minCadence {
			p.Report(check.Invalid(at.Field("every"), c.Every, "is shorter than "+minCadence.String()))
		}
		if c.Until == NoEvent {
			p.Report(check.Missing(at.Field("until"), "the event that ends message "+m.ID, ""))
		}
		named(p, at.Field("until"), c.Until, eventNames)
		if c.Until != NoEvent && c.Until == m.Trigger.Event && m.Trigger.Offset >= 0 {
			p.Report(check.Invalid(at.Field("until"), c.Until, "has happened when the message begins").WithRelated(trigger.Field("event")))
		}
	}
}
