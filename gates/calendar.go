package gates

import (
	"time"

	"github.com/tidegate-go/tidegate/release"
)

// productionWindow is the deployment window in its strictest reading.
type productionWindow struct {
	start, end time.Time
	given      bool
	unreadable bool
}

func newProductionWindow(w release.Window) productionWindow {
	if w.IsZero() {
		return productionWindow{} // a rule of the plan says that it is missing
	}
	start, err1 := w.Start.StrictStart()
	end, err2 := w.End.StrictEnd()
	return productionWindow{start, end, true, err1 != nil || err2 != nil}
}

// productionWindow keeps a Go into production inside the window: not before it
// opens, and not outliving it.
func (g *gateRun) productionWindow() {
	w := g.e.window
	if !w.given || !g.pg.production || g.pg.gate.Kind != EntryKind {
		return
	}
	switch now := g.e.in.Now; {
	case w.unreadable:
		g.because(Hold, CodeWindowUnknown, "", "")
	case !now.Before(w.end):
		g.because(Hold, CodeWindowOver, "", "")
	case now.Before(w.start):
		g.because(Hold, CodeWindowNotOpen, "", "")
	default:
		g.limit(w.end)
	}
}

// freezeSpan is a freeze with its ends as instants.
type freezeSpan struct {
	freeze     *release.Freeze
	start, end time.Time
	unreadable bool
	ambiguous  bool // another freeze has the same id, so a waiver cannot name it
}

// freezeSpans reads every freeze once. One whose ends cannot be told, or come
// in the wrong order, is kept as unreadable: it may be in force.
func freezeSpans(freezes []release.Freeze) []freezeSpan {
	spans := make([]freezeSpan, len(freezes))
	count := make(map[string]int, len(freezes))
	for i := range freezes {
		count[freezes[i].ID]++
	}
	for i := range freezes {
		f := &freezes[i]
		start, _, err1 := f.Window.Start.Interval()
		_, end, err2 := f.Window.End.Interval()
		spans[i] = freezeSpan{f, start, end, err1 != nil || err2 != nil || !start.Before(end), count[f.ID] > 1}
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
		key, refuse := waiverKey{gate: g.pg.id, freeze: f.freeze.ID}, Code("")
		if f.ambiguous {
			refuse = CodeAmbiguousScope
		}
		inForce := !now.Before(f.start) && now.Before(f.end)
		switch {
		case f.unreadable:
			g.because(Hold, CodeFreezeUnknown, f.freeze.ID, "")
		case !inForce:
			g.e.waivers.take(key, Pass, refuse) // nothing to waive, but the waiver names something
			if now.Before(f.start) {
				g.limit(f.start)
			}
		case !g.waive(key, Fail, refuse):
			g.because(NoGo, CodeFrozen, f.freeze.ID, "")
		}
	}
}
