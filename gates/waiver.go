package gates

import (
	"time"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/check"
)

// Waiver lets one criterion of one gate not count, or one freeze. It covers
// Fail and Warn; Unknown only if it says so.
type Waiver struct {
	Gate          string `json:"gate"`
	Criterion     string `json:"criterion,omitzero"`
	Freeze        string `json:"freeze,omitzero"`
	CoversUnknown bool   `json:"coversUnknown,omitzero"`
	check.Grant
}

// WaiverUse is what became of one waiver of the input, in the input's order.
type WaiverUse struct {
	Gate      string     `json:"gate"`
	Criterion string     `json:"criterion,omitzero"`
	Freeze    string     `json:"freeze,omitzero"`
	State     WaiveState `json:"state"`
	Code      Code       `json:"code,omitzero"` // why it was refused or matches nothing
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
func newWaivers(in *Input) *waivers {
	if len(in.Waivers) == 0 {
		return nil
	}
	w := &waivers{
		all:   in.Waivers,
		byKey: make(map[waiverKey][]int, len(in.Waivers)),
		until: make([]time.Time, len(in.Waivers)),
		uses:  make([]WaiverUse, len(in.Waivers)),
	}
	people := make(map[string]bool, len(in.Plan.Directory.People))
	for _, p := range in.Plan.Directory.People {
		people[p.ID] = true
	}
	for i, waiver := range in.Waivers {
		until, code := waiver.judge(in.Now, people)
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

func (w Waiver) judge(now time.Time, people map[string]bool) (time.Time, Code) {
	if w.Gate == "" || (w.Criterion == "") == (w.Freeze == "") {
		return time.Time{}, CodeNoScope
	}
	until, refused := w.Judge(now)
	if refused != "" {
		return until, Code(refused)
	}
	if !people[w.Approver] || !people[w.Requester] {
		return until, CodeUnknownPerson // who cannot be told apart cannot be told from the requester
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
	Criterion string `json:"criterion,omitzero"`
	Freeze    string `json:"freeze,omitzero"`
	check.Grant
}
