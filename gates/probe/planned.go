package probe

import (
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/gates/internal/judge"
	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Inside is that now is a time for it: inside a window, outside of every
// blackout, and outside of the plan's freezes of the gate's environment. It
// fails otherwise. A waiver of the criterion overrides it, with a reason, an
// approver and an expiry; the freezes of the plan bar every gate by themselves
// as well, and yield only to a waiver that names them.
//
// A window is read in its strictest sense, from the last reading of its start to
// the first of its end; a blackout in its widest.
type Inside struct {
	// Open are the windows, one of which has to be open. Zero: those that the
	// plan's timeline has for the environment, and else the plan's window.
	Open []release.Window `json:"open,omitzero"`

	// Closed are blackouts.
	Closed []release.Window `json:"closed,omitzero"`
}

func (t *Inside) clone() *Inside {
	if t == nil {
		return nil
	}
	return &Inside{slices.Clone(t.Open), slices.Clone(t.Closed)}
}

// Queries returns nothing: the plan says when.
func (t *Inside) Queries() []fact.Query { return nil }

// Fault says where and why the test can never be judged, if so.
func (t *Inside) Fault() (check.Path, string) {
	for _, list := range []struct {
		field   check.Path
		windows []release.Window
	}{{"open", t.Open}, {"closed", t.Closed}} {
		for i, w := range list.windows {
			at := list.field.Index(i)
			start, err1 := w.Start.StrictStart()
			end, err2 := w.End.StrictEnd()
			switch {
			case w.Start.IsZero() || err1 != nil:
				return at.Field("start"), "has a window of which nobody can tell when it begins"
			case w.End.IsZero() || err2 != nil:
				return at.Field("end"), "has a window of which nobody can tell when it ends"
			case !start.Before(end):
				return at.Field("end"), "has a window that ends before it begins"
			}
		}
	}
	return "", ""
}

// Condition says what the test demands.
func (t *Inside) Condition() string {
	condition := "inside the plan's window"
	if len(t.Open) > 0 {
		condition = "inside " + windows(t.Open)
	}
	if len(t.Closed) > 0 {
		condition += ", outside " + windows(t.Closed)
	}
	return condition + ", outside freezes"
}

func windows(all []release.Window) string {
	words := make([]string, len(all))
	for i, w := range all {
		words[i] = w.Start.String() + " to " + w.End.String()
	}
	return list(words)
}

// Judge judges the moment.
func (t *Inside) Judge(s judge.Scene) judge.Said {
	closed, turns := t.closed(s), time.Time{}
	for _, c := range closed {
		turns = judge.Next(s.Now(), turns, c.from, c.to)
	}
	for _, w := range t.openings(s) {
		start, _ := w.Start.StrictStart()
		end, _ := w.End.StrictEnd()
		turns = judge.Next(s.Now(), turns, start, end)
	}
	said := t.moment(s, closed)
	said.Turns = turns
	return said
}

func (t *Inside) moment(s judge.Scene, closed []stretch) judge.Said {
	now := s.Now()
	for _, c := range closed {
		switch {
		case c.code != "":
			return judge.Unclear(c.code).Because(c.about)
		case !now.Before(c.from) && now.Before(c.to):
			return judge.Said{Outcome: judge.Fail, Code: judge.Frozen, Detail: c.about}
		}
	}
	said := t.open(s)
	for _, c := range closed {
		if said.Outcome == judge.Pass && now.Before(c.from) {
			said.Until = judge.Sooner(said.Until, c.from)
		}
	}
	return said
}

// open judges the windows.
func (t *Inside) open(s judge.Scene) judge.Said {
	now, said := s.Now(), judge.Unclear(judge.WindowUnknown)
	for _, w := range t.openings(s) {
		start, err1 := w.Start.StrictStart()
		end, err2 := w.End.StrictEnd()
		switch {
		case w.Start.IsZero() || w.End.IsZero() || err1 != nil || err2 != nil || !start.Before(end):
			return judge.Unclear(judge.WindowUnknown)
		case !now.Before(start) && now.Before(end):
			if said.Outcome != judge.Pass || end.After(said.Until) {
				said = judge.Said{Outcome: judge.Pass, Code: judge.Met, Until: end}
			}
		case said.Outcome == judge.Pass || said.Code == judge.WindowNotOpen:
		case now.Before(start):
			said = judge.Said{Outcome: judge.Fail, Code: judge.WindowNotOpen}
		default:
			said = judge.Said{Outcome: judge.Fail, Code: judge.WindowOver}
		}
	}
	return said
}

func (t *Inside) openings(s judge.Scene) []release.Window {
	if len(t.Open) > 0 {
		return t.Open
	}
	plan := s.Plan()
	var all []release.Window
	for _, d := range plan.Timeline.Windows {
		if strings.EqualFold(strings.TrimSpace(d.Environment), strings.TrimSpace(s.Environment())) {
			all = append(all, d.Window)
		}
	}
	if len(all) == 0 && !plan.Overview.Window.IsZero() {
		all = append(all, plan.Overview.Window)
	}
	return all
}

// stretch is a time in which nothing moves, or why that cannot be told.
type stretch struct {
	from, to time.Time
	about    string
	code     judge.Code
}

func (t *Inside) closed(s judge.Scene) []stretch {
	var all []stretch
	for _, w := range t.Closed {
		all = append(all, widest(w, w.Start.String()+" to "+w.End.String()))
	}
	freezes := s.Plan().Timeline.Freezes
	for i := range freezes {
		if freezes[i].Covers(s.Environment()) {
			all = append(all, widest(freezes[i].Window, freezes[i].ID))
		}
	}
	return all
}

func widest(w release.Window, about string) stretch {
	from, _, err1 := w.Start.Interval()
	_, to, err2 := w.End.Interval()
	if err1 != nil || err2 != nil || !from.Before(to) {
		return stretch{about: about, code: judge.WindowUnknown}
	}
	return stretch{from: from, to: to, about: about}
}

// Checklist is that every task of a phase of the plan's checklists is done. One
// that is open fails. One that is done has to say by whom and when: somebody in
// the directory, who may answer for the task's role if it has one, and not in
// the future. Otherwise it is unknown, and so is a phase without a task.
type Checklist struct {
	Phase Phase `json:"phase"` // zero: all of them
}

// Phase is a part of the plan's checklists. The zero value is all of them.
type Phase uint8

// The phases.
const (
	EveryPhase Phase = iota
	PreRelease
	Deployment
	PostRelease
	Rollback
)

var phaseNames = []string{"every", "pre-release", "deployment", "post-release", "rollback"}

// String returns the phase's name as it stands in JSON.
func (p Phase) String() string { return enum.String("phase", phaseNames, p) }

// MarshalText implements [encoding.TextMarshaler].
func (p Phase) MarshalText() ([]byte, error) { return enum.Marshal("phase", phaseNames, p) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown phase is an error.
func (p *Phase) UnmarshalText(text []byte) error {
	return enum.Unmarshal("phase", phaseNames, p, text)
}

// of returns the phase's tasks.
func (p Phase) of(c *release.Checklists) []release.Task {
	switch p {
	case PreRelease:
		return c.PreRelease
	case Deployment:
		return c.Deployment
	case PostRelease:
		return c.PostRelease
	case Rollback:
		return c.Rollback
	default:
		return slices.Concat(c.PreRelease, c.Deployment, c.PostRelease, c.Rollback)
	}
}

// Queries returns nothing: the plan says it.
func (t *Checklist) Queries() []fact.Query { return nil }

// Fault says where and why the test can never be judged, if so.
func (t *Checklist) Fault() (check.Path, string) {
	if t.Phase > Rollback {
		return "phase", "looks at an unknown phase"
	}
	return "", ""
}

// Condition says what the test demands.
func (t *Checklist) Condition() string { return t.Phase.String() + " tasks all done" }

// Judge judges every task.
func (t *Checklist) Judge(s judge.Scene) judge.Said {
	tasks := t.Phase.of(&s.Plan().Checklists)
	open, turns, said := 0, time.Time{}, judge.Said{Outcome: judge.Pass, Code: judge.Met}
	for i := range tasks {
		if at, _, err := tasks[i].State.At.Interval(); err == nil {
			turns = judge.Next(s.Now(), turns, at.Add(-s.Skew()))
		}
		code := done(s, &tasks[i])
		switch {
		case !tasks[i].State.Done:
			if open++; open == 1 {
				said = judge.Said{Outcome: judge.Fail, Code: judge.NotMet, Detail: tasks[i].ID}
			}
		case code != "" && said.Outcome == judge.Pass:
			said = judge.Unclear(code).Because(tasks[i].ID)
		}
	}
	if len(tasks) == 0 {
		said = judge.Unclear(judge.Vacuous)
	}
	said.Turns = turns
	return said.With(judge.Count(open), judge.Count(0))
}

// done returns why a task that is done does not prove it.
func done(s judge.Scene, t *release.Task) judge.Code {
	by := strings.TrimSpace(t.State.By)
	at, _, err := t.State.At.Interval()
	_, known := s.Plan().Directory.Person(by)
	switch {
	case t.State.At.IsZero() || err != nil:
		return judge.NoTime
	case future(s, at):
		return judge.Future
	case by == "" || !known:
		return judge.NoPerson
	case t.Role != "" && !s.Mandate(t.Role, by, at):
		return judge.NoRole
	}
	return ""
}
