package pen

import (
	"time"

	"github.com/tidegate-go/tidegate/release/value"
)

// Moment appends t in the operating zone.
func (p *Pen) Moment(t time.Time) {
	if t.IsZero() {
		p.NotGiven()
		return
	}
	p.Values++
	p.B = t.In(p.loc).AppendFormat(p.B, time.RFC3339)
}

// When appends w as written, without the tag of the operating zone unless the
// tag is all that places a time of day.
func (p *Pen) When(w value.When) {
	s := w.String()
	zone := w.Zone()
	if zone != "" && zone == p.zone && (w.HasOffset() || w.Precision() == value.DatePrecision) {
		s = s[:len(s)-len("[]")-len(zone)]
	}
	p.Text(s)
}

// Interval appends a span as start/end.
func (p *Pen) Interval(from, until value.When) {
	if from.IsZero() && until.IsZero() {
		p.NotGiven()
		return
	}
	p.When(from)
	p.Lit("/")
	p.When(until)
}

// Duration appends d in words. No digit or unit of it means anything in Markdown.
func (p *Pen) Duration(v value.Duration) { p.Name(v.Human()) }

// Quantity appends a number with its unit, which may be anything.
func (p *Pen) Quantity(q value.Quantity) { p.Text(q.Human()) }
