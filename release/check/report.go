package check

import (
	"time"

	"github.com/tidegate-go/tidegate/internal/enum"
)

// Report is what a suite found in one subject.
type Report struct {
	Profile  string       `json:"profile,omitzero"`  // its name
	Findings Findings     `json:"findings,omitzero"` // in force, in the order of the rules
	Waived   []Waived     `json:"waived,omitzero"`   // found, but covered by a waiver
	Rules    []RuleResult `json:"rules,omitzero"`    // every rule, in order
}

// Waived is a finding that a waiver covers.
type Waived struct {
	Finding Finding `json:"finding"` // as it would count
	By      Waiver  `json:"by"`      // the one that covers it
}

// RuleResult says what became of one rule. Reason is set when it was not
// evaluated or is off.
type RuleResult struct {
	Rule   string `json:"rule"`            // the rule's id
	State  State  `json:"state"`           // the zero value proves nothing
	Reason string `json:"reason,omitzero"` // one line
}

// State is what became of a rule.
type State uint8

// The states. The zero value is the one that proves nothing.
const (
	NotEvaluated State = iota
	Failed
	Off
	Passed
)

var stateNames = []string{"not-evaluated", "failed", "off", "passed"}

// String returns the state's name as it stands in JSON.
func (s State) String() string { return enum.String("state", stateNames, s) }

// MarshalText implements [encoding.TextMarshaler].
func (s State) MarshalText() ([]byte, error) { return enum.Marshal("state", stateNames, s) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown state is an error.
func (s *State) UnmarshalText(text []byte) error {
	return enum.Unmarshal("state", stateNames, s, text)
}

// WaiverRule is the id of the findings about waivers themselves: one that is
// not applied, and one that matches nothing.
const WaiverRule = "WAIVER"

// Err returns nil if no finding in force is an [Error]; see [Findings.Err].
func (r Report) Err() error { return r.Findings.Err() }

// Counts is how many rules and findings of each kind a report has.
type Counts struct {
	Passed, Failed, NotEvaluated, Off int // rules
	Errors, Warnings, Infos, Waived   int // findings
}

// Counts counts the report.
func (r Report) Counts() Counts {
	c := Counts{Waived: len(r.Waived)}
	for _, rule := range r.Rules {
		switch rule.State {
		case Passed:
			c.Passed++
		case Failed:
			c.Failed++
		case Off:
			c.Off++
		default:
			c.NotEvaluated++
		}
	}
	for _, f := range r.Findings {
		switch f.Severity {
		case Warning:
			c.Warnings++
		case Info:
			c.Infos++
		default:
			c.Errors++
		}
	}
	return c
}

// waive moves covered findings to Waived and reports waivers that do not hold
// or match nothing.
func (r Report) waive(waivers []Waiver, now time.Time) Report {
	if len(waivers) == 0 {
		return r
	}
	used := make([]bool, len(waivers))
	refused := make([]Refusal, len(waivers))
	for i, w := range waivers {
		refused[i] = w.judge(now)
	}
	kept := r.Findings[:0:0]
	for _, f := range r.Findings {
		i := match(waivers, refused, used, f)
		if i < 0 {
			kept = append(kept, f)
			continue
		}
		r.Waived = append(r.Waived, Waived{f, waivers[i]})
	}
	r.Findings = kept
	for i, w := range waivers {
		switch {
		case refused[i] != "":
			r.Findings = append(r.Findings, w.finding("is not applied: "+string(refused[i])))
		case !used[i]:
			r.Findings = append(r.Findings, w.finding("matches no finding"))
		}
	}
	return r
}

// match returns the first waiver that holds and covers f, or -1, and marks
// every waiver that covers it as used.
func match(waivers []Waiver, refused []Refusal, used []bool, f Finding) int {
	by := -1
	for i, w := range waivers {
		if refused[i] != "" || !w.covers(f) {
			continue
		}
		used[i] = true
		if by < 0 {
			by = i
		}
	}
	return by
}

// finding is about the waiver itself, which is no part of the subject: its
// path, which may name nothing that exists, stands in the message.
func (w Waiver) finding(what string) Finding {
	at := string(w.Path)
	if at == "" {
		at = "the whole"
	}
	return Finding{Rule: WaiverRule, Severity: Warning,
		Message: OneLine("the waiver of rule " + w.Rule + " at " + at + " " + what)}
}
