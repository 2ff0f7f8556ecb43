package gates

import (
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// Engine names the format and the meaning of a decision record. It changes
// when the same input may give other outcomes, codes or fields.
const Engine = "tidegate.decision/1"

// Decisions is what one evaluation came to.
type Decisions struct {
	Engine    string      `json:"engine"`             // [Engine], by which it was judged
	DecidedAt time.Time   `json:"decidedAt,omitzero"` // the clock that all of it was judged by
	Barred    []string    `json:"barred,omitzero"`    // see [Input.Barred]; sorted
	Unpinned  []string    `json:"unpinned,omitzero"`  // see [fact.Set.Unpinned], of the input's facts
	Digests   Digests     `json:"digests"`            // what it was made from
	Gates     []Decision  `json:"gates,omitzero"`     // in the catalog's order
	Waivers   []WaiverUse `json:"waivers,omitzero"`   // every waiver of the input, in its order
	Strays    []Refused   `json:"strays,omitzero"`    // approvals that name no gate of the catalog
}

// Digests names the exact bytes that a decision was made from. Catalog is
// computed by [Prepare]; the others are those of the stored bytes and are
// given in the [Input]. An empty digest means that nobody gave one.
type Digests struct {
	Plan    value.Digest `json:"plan,omitzero"`    // of the stored plan
	Catalog value.Digest `json:"catalog,omitzero"` // of the catalog as [Prepare] encodes it
	Facts   value.Digest `json:"facts,omitzero"`   // of the stored facts
	Waivers value.Digest `json:"waivers,omitzero"` // of the stored waivers
}

// Decision is what one gate came to.
type Decision struct {
	Gate        string       `json:"gate"`              // its id: "production/entry"
	Environment string       `json:"environment"`       // its name in the catalog
	Kind        Kind         `json:"kind"`              // entry or exit
	Verdict     Verdict      `json:"verdict"`           // the zero value is Hold
	Reasons     []Reason     `json:"reasons,omitzero"`  // why it is not Go; what refuses stands before what holds
	Outcomes    []Assessment `json:"outcomes,omitzero"` // one for each criterion, in the catalog's order
	SignOffs    []Signature  `json:"signOffs,omitzero"` // one for each that is demanded
	Refused     []Refused    `json:"refused,omitzero"`  // approvals that do not count
	Waived      []Waived     `json:"waived,omitzero"`   // exceptions that were applied
	Subject     value.Digest `json:"subject,omitzero"`  // what sign-offs had to approve; empty: none is known
	Barred      []string     `json:"barred,omitzero"`   // whose approval did not count, beside the authors'
	Unpinned    []string     `json:"unpinned,omitzero"` // connectors of the facts that only the override for development let answer

	// DecidedAt is the moment of the decision. ValidUntil is when a Go runs
	// out, which is when the first thing it rests on does; other verdicts have none.
	DecidedAt  time.Time `json:"decidedAt,omitzero"`
	ValidUntil time.Time `json:"validUntil,omitzero"` // zero: it is no Go

	// ChangesAt is the next moment at which time alone can change the verdict or
	// its reasons: something grows stale or expires, a window opens or ends, a freeze begins
	// or ends. Until then only other input can. Zero: time alone never does. A
	// custom check that looks at the clock is not foreseen.
	ChangesAt time.Time `json:"changesAt,omitzero"`
}

// Reason is one thing that stands in the way.
type Reason struct {
	Code    Code    `json:"code"`             // stable, for programs
	Verdict Verdict `json:"verdict"`          // what it makes of the gate: NoGo or Hold
	About   string  `json:"about,omitzero"`   // id of the criterion, role, freeze or gate
	Because Code    `json:"because,omitzero"` // the code of that criterion or source
	Detail  string  `json:"detail,omitzero"`  // in the source's words, where the codes do not say it all
}

// Assessment is what one criterion came to.
type Assessment struct {
	Criterion string         `json:"criterion"`         // its id
	Raw       Outcome        `json:"raw"`               // as measured
	Effective Outcome        `json:"effective"`         // after waivers
	Code      Code           `json:"code"`              // why, stable, for programs
	Optional  bool           `json:"optional,omitzero"` // it was recorded and decided nothing
	Observed  value.Quantity `json:"observed,omitzero"` // zero if nothing was measured
	Limit     value.Quantity `json:"limit,omitzero"`    // the one that decided

	ObservedAt time.Time    `json:"observedAt,omitzero"` // of the oldest result used
	Results    []int        `json:"results,omitzero"`    // positions in the fact set, main query first
	Detail     string       `json:"detail,omitzero"`     // in words, where the code does not say it all
	Of         []Assessment `json:"of,omitzero"`         // of a group's criteria
}

// Signature is the state of one sign-off.
type Signature struct {
	Role     string   `json:"role"`              // id of the role that has to sign
	Delegate string   `json:"delegate,omitzero"` // id of the role that stands in; empty: none does
	Need     int      `json:"need"`              // how many people; at least 1
	By       []Signed `json:"by,omitzero"`       // the people who signed, each once
}

// Met reports whether enough people signed.
func (s Signature) Met() bool { return s.Need > 0 && len(s.By) >= s.Need }

// Signed is one answer that counts.
type Signed struct {
	Person    string    `json:"person"`             // their id
	Approval  string    `json:"approval"`           // id of the approval in the facts
	At        time.Time `json:"at"`                 // when it was answered
	Delegated bool      `json:"delegated,omitzero"` // they stood in for the role
}

// Refused is one answer that does not count, and why.
type Refused struct {
	Approval string `json:"approval"`        // id of the approval in the facts
	Account  string `json:"account"`         // as "system:id"
	Person   string `json:"person,omitzero"` // id of the account's owner; empty: nobody knows
	Code     Code   `json:"code"`            // why, stable, for programs
}

// Verdict returns the worst verdict, and Hold if there is no decision.
func (d Decisions) Verdict() Verdict {
	if len(d.Gates) == 0 {
		return Hold
	}
	worst := Go
	for _, g := range d.Gates {
		worst = Worse(worst, g.Verdict)
	}
	return worst
}

// Find returns the decision of the gate with the given id. Its zero value, for
// a gate that was not decided, is Hold.
func (d Decisions) Find(gate string) (Decision, bool) {
	i := slices.IndexFunc(d.Gates, func(g Decision) bool { return g.Gate == gate })
	if i < 0 {
		return Decision{}, false
	}
	return d.Gates[i], true
}

// Authorizes reports whether the decision lets the subject pass at the given
// moment: it is Go, for this subject, made and not yet run out. It is the one
// question that a deploy tool needs to ask, and the answer to everything
// doubtful is no.
func (d Decision) Authorizes(now time.Time, subject value.Digest) bool {
	return d.Refusal(now, subject) == ""
}

// Refusal says in a few words why the decision does not authorize, and nothing
// if it does.
func (d Decision) Refusal(now time.Time, subject value.Digest) string {
	switch {
	case d.Verdict != Go:
		return "the gate is " + d.Verdict.String()
	case !d.Sound():
		return "the decision contradicts itself"
	case !subject.Valid() || d.Subject != subject:
		return "the decision is about another subject"
	case d.DecidedAt.IsZero() || now.Before(d.DecidedAt):
		return "the decision is not yet made at that moment"
	case !now.Before(d.ValidUntil):
		return "the decision has run out"
	default:
		return ""
	}
}

// Sound reports whether the verdict agrees with what it is made from. A Go has
// no reason against it, criteria of which each that decides passes or warns,
// and sign-offs that are met. A decision that was made by [Prepared.Evaluate]
// is sound; one that was read from a file may not be.
func (d Decision) Sound() bool {
	if d.Verdict != Go {
		return true
	}
	deciding := 0
	for i := range d.Outcomes {
		switch a := &d.Outcomes[i]; {
		case a.Optional:
		case a.Effective == Pass, a.Effective == Warn:
			deciding++
		default:
			return false
		}
	}
	unmet := slices.ContainsFunc(d.SignOffs, func(s Signature) bool { return !s.Met() })
	return deciding > 0 && len(d.Reasons) == 0 && !unmet
}

// Findings returns what an evaluation has to say beside its verdicts: waivers
// and approvals that do not count. None of them blocks by itself, since what
// they would have helped is not helped. Paths are relative to d.
func (d Decisions) Findings() check.Findings {
	var fs check.Findings
	for i, g := range d.Gates {
		for j, r := range g.Refused {
			at := check.Path("gates").Index(i).Field("refused").Index(j)
			fs = append(fs, check.Finding{Path: at, Message: "approval " + r.Approval + " by " + r.Account +
				" does not count: " + r.Code.Words()})
		}
	}
	for i, r := range d.Strays {
		at := check.Path("strays").Index(i)
		fs = append(fs, check.Finding{Path: at, Message: "approval " + r.Approval + " by " + r.Account + " does not count: " + r.Code.Words()})
	}
	for i, w := range d.Waivers {
		if w.State == WaiverApplied {
			continue
		}
		at := check.Path("waivers").Index(i)
		fs = append(fs, check.Finding{Path: at, Message: "the waiver of " + w.scope() + " is " + w.State.String() +
			suffix(w.Code)})
	}
	return fs
}

func (w WaiverUse) scope() string {
	if w.Freeze != "" {
		return "freeze " + w.Freeze + " at " + w.Gate
	}
	return w.Criterion + " at " + w.Gate
}

func suffix(c Code) string {
	if c == "" {
		return ""
	}
	return ": " + c.Words()
}

// Turn is a moment at which what a gate says became something else.
type Turn struct {
	Gate    string    `json:"gate"`             // its id
	At      time.Time `json:"at"`               // when it was decided, or ran out
	To      Verdict   `json:"to"`               // what it says from then on
	Lapsed  bool      `json:"lapsed,omitzero"`  // nobody decided: the Go ran out
	Because []string  `json:"because,omitzero"` // in words; nothing for a Go
}

// String returns the turn in one line: "hold at 02:05, because …", with date
// and offset.
func (t Turn) String() string {
	s := t.To.String() + " at " + stamp(t.At)
	if len(t.Because) > 0 {
		s += ", because " + strings.Join(t.Because, "; ")
	}
	return s
}

// History tells from decisions, whatever their order, how the verdict on a gate
// turned: the first one, and every other one that differs from the one before.
// A Go that ran out before the next decision was a Hold from then on; one that
// is the last of all ends the history with its end.
func History(gate string, decisions []Decisions) []Turn {
	var own []Decision
	for _, all := range decisions {
		if d, ok := all.Find(gate); ok {
			own = append(own, d)
		}
	}
	slices.SortStableFunc(own, func(a, b Decision) int { return a.DecidedAt.Compare(b.DecidedAt) })
	var turns []Turn
	for i, d := range own {
		if last := len(turns) - 1; last < 0 || turns[last].To != d.Verdict {
			turns = append(turns, Turn{Gate: gate, At: d.DecidedAt, To: d.Verdict, Because: d.Because()})
		}
		if d.Verdict == Go && (i == len(own)-1 || d.ValidUntil.Before(own[i+1].DecidedAt)) {
			turns = append(turns, Turn{Gate: gate, At: d.ValidUntil, To: Hold, Lapsed: true, Because: []string{"the go ran out"}})
		}
	}
	return turns
}
