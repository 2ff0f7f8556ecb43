package gates

import (
	"time"

	"github.com/tidegate-go/tidegate/release"
)

// productionWindow is the end of the deployment window, read once.
type productionWindow struct {
	end        time.Time
	given      bool
	unreadable bool
}

func newProductionWindow(w release.Window) productionWindow {
	if w.IsZero() {
		return productionWindow{} // a rule of the plan says that it is missing
	}
	end, err := w.End.StrictEnd()
	return productionWindow{end, true, err != nil}
}

// productionWindow keeps a Go into production from outliving the window.
func (g *gateRun) productionWindow() {
	w := g.e.window
	if !w.given || !g.pg.production || g.pg.gate.Kind != EntryKind {
		return
	}
	switch {
	case w.unreadable:
		g.because(Hold, CodeWindowUnknown, "", "")
	case !g.e.in.Now.Before(w.end):
		g.because(Hold, CodeWindowOver, "", "")
	default:
		g.limit(w.end)
	}
}

// freezeSpan is a freeze with its ends as instants.
type freezeSpan struct {
	freeze     *release.Freeze
	start, end time.Time
	unreadable bool
}

// freezeSpans reads every freeze once. One whose ends cannot be told, or come
// in the wrong order, is kept as unreadable: it may be in force.
func freezeSpans(freezes []release.Freeze) []freezeSpan {
	spans := make([]freezeSpan, len(freezes))
	for i := range freezes {
		f := &freezes[i]
		start, _, err1 := f.Window.Start.Interval()
		_, end, err2 := f.Window.End.Interval()
		spans[i] = freezeSpan{f, start, end, err1 != nil || err2 != nil || !start.Before(end)}
	}
	return spans
}

// freezes refuses a gate in a freeze, and bounds a Go by the next one.
func (g *gateRun) freezes() {
	now := g.e.in.Now
	for i := range g.e.freezes {
		f := &g.e.freezes[i]
		if !f.freeze.Covers(g.d.Environment) {
			continue
		}
		switch {
		case f.unreadable:
			g.because(Hold, CodeFreezeUnknown, f.freeze.ID, "")
		case now.Before(f.start):
			g.limit(f.start)
			g.e.waivers.take(waiverKey{gate: g.pg.id, freeze: f.freeze.ID}, Pass, "")
		case now.Before(f.end):
			if !g.waive(waiverKey{gate: g.pg.id, freeze: f.freeze.ID}, Fail, "") {
				g.because(NoGo, CodeFrozen, f.freeze.ID, "")
			}
		default:
			g.e.waivers.take(waiverKey{gate: g.pg.id, freeze: f.freeze.ID}, Pass, "")
		}
	}
}
