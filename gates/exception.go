package gates

import (
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/gates/internal/people"
	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
)

// Waiver lets one criterion of one gate not count, or one freeze. It covers
// Fail and Warn; Unknown only if it says so.
type Waiver struct {
	Gate          string `json:"gate"`                   // id of the gate in which it holds
	Criterion     string `json:"criterion,omitzero"`     // id of a criterion of the gate; empty: it is for a freeze
	Freeze        string `json:"freeze,omitzero"`        // id of a freeze of the plan; empty: it is for a criterion
	CoversUnknown bool   `json:"coversUnknown,omitzero"` // of a criterion: nobody needs to know either
	check.Grant
}

// WaiverUse is what became of one waiver of the input, in the input's order.
type WaiverUse struct {
	Gate      string     `json:"gate"`               // as the waiver names it
	Criterion string     `json:"criterion,omitzero"` // as the waiver names it
	Freeze    string     `json:"freeze,omitzero"`    // as the waiver names it
	State     WaiveState `json:"state"`              // the zero value is refused
	Code      Code       `json:"code,omitzero"`      // why it was refused or matches nothing
}

// WaiveState is what became of a waiver.
type WaiveState uint8

// The states.
const (
	WaiverRefused WaiveState = iota // not applied; Code says why
	WaiverOrphan                    // names nothing in the catalog or the plan
	WaiverUnused                    // nothing to waive: the criterion passes, or is unknown and not covered
	WaiverApplied
)

var waiveStateNames = []string{"refused", "orphan", "unused", "applied"}

// String returns the state's name as it stands in JSON.
func (s WaiveState) String() string { return enum.String("waiver state", waiveStateNames, s) }

// MarshalText implements [encoding.TextMarshaler].
func (s WaiveState) MarshalText() ([]byte, error) {
	return enum.Marshal("waiver state", waiveStateNames, s)
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown state is an error.
func (s *WaiveState) UnmarshalText(text []byte) error {
	return enum.Unmarshal("waiver state", waiveStateNames, s, text)
}

type waiverKey struct{ gate, criterion, freeze string }

// waivers is the waivers of one evaluation: those that hold, by what they are
// for, and what became of each.
type waivers struct {
	all   []Waiver
	byKey map[waiverKey][]int
	until []time.Time
	uses  []WaiverUse
}

// newWaivers judges the grants. Whether a waiver is needed, or names anything
// at all, shows while the gates are decided; until then it is an orphan.
func newWaivers(e *evaluation) *waivers {
	in := e.in
	if len(in.Waivers) == 0 {
		return nil
	}
	w := &waivers{
		all:   in.Waivers,
		byKey: make(map[waiverKey][]int, len(in.Waivers)),
		until: make([]time.Time, len(in.Waivers)),
		uses:  make([]WaiverUse, len(in.Waivers)),
	}
	who := people.Read(&in.Plan.Directory)
	authors := in.Plan.Authors()
	for i, waiver := range in.Waivers {
		until, code := waiver.judge(in.Now, &who, authors, e.barred)
		w.until[i] = until
		w.uses[i] = WaiverUse{waiver.Gate, waiver.Criterion, waiver.Freeze, WaiverRefused, code}
		if code == "" {
			w.uses[i].State, w.uses[i].Code = WaiverOrphan, CodeOrphan
			key := waiverKey{waiver.Gate, waiver.Criterion, waiver.Freeze}
			w.byKey[key] = append(w.byKey[key], i)
		}
	}
	return w
}

// judge says until when the waiver holds, or why it does not. Two people who
// share an account are one, and neither an author of the change nor who asked
// for it grants exceptions to it.
func (w Waiver) judge(now time.Time, who *people.Directory, authors, barred []string) (time.Time, Code) {
	if w.Gate == "" || (w.Criterion == "") == (w.Freeze == "") {
		return time.Time{}, CodeNoScope
	}
	until, refused := w.Judge(now)
	if refused != "" {
		return until, Code(refused)
	}
	approver, requester := strings.TrimSpace(w.Approver), strings.TrimSpace(w.Requester)
	switch {
	case !who.Knows(approver), !who.Knows(requester):
		return until, CodeUnknownPerson // who cannot be told apart cannot be told from the requester
	case who.Maybe(approver, requester):
		return until, Code(check.SelfApproved)
	case who.Among(approver, authors):
		return until, CodeAuthor
	case who.Among(approver, barred):
		return until, CodeBarred
	}
	return until, ""
}

// take looks for a waiver that covers the outcome and returns its index.
// Every waiver of that key is known from now on to name something.
func (w *waivers) take(key waiverKey, o Outcome, refuse Code) (int, bool) {
	if w == nil {
		return 0, false
	}
	taken, ok := 0, false
	for _, i := range w.byKey[key] {
		use := &w.uses[i]
		switch {
		case refuse != "":
			use.State, use.Code = WaiverRefused, refuse
		case ok || o == Pass || o == Unknown && !w.all[i].CoversUnknown:
			if use.State == WaiverOrphan {
				use.State, use.Code = WaiverUnused, ""
			}
		default:
			use.State, use.Code = WaiverApplied, ""
			taken, ok = i, true
		}
	}
	return taken, ok
}

// Waived is one exception that a decision rests on.
type Waived struct {
	Criterion string `json:"criterion,omitzero"` // its id; empty: a freeze was waived
	Freeze    string `json:"freeze,omitzero"`    // its id; empty: a criterion was waived
	check.Grant
}

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
		g.turn(w.start)
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
			g.e.waivers.take(key, Fail, CodeFreezeUnknown)
			g.because(Hold, CodeFreezeUnknown, f.freeze.ID, "")
		case !inForce:
			g.e.waivers.take(key, Pass, refuse) // nothing to waive, but the waiver names something
			if now.Before(f.start) {
				g.limit(f.start)
			}
		case !g.waive(key, Fail, refuse):
			g.because(NoGo, CodeFrozen, f.freeze.ID, "")
			g.turn(f.end)
		}
	}
}
