package gates

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// Explain returns the decision in sentences, one a line: the verdict, what
// stands in the way, every criterion, every sign-off, and what does not count.
// The text is for people; programs read the fields.
func (d Decision) Explain() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", d.Gate, d.Verdict)
	if d.Verdict == Go {
		fmt.Fprintf(&b, " until %s", stamp(d.ValidUntil))
	}
	b.WriteByte('\n')
	for i, because := range d.Because() {
		fmt.Fprintf(&b, "  %s because %s\n", d.Reasons[i].Verdict, because)
	}
	for i := range d.Outcomes {
		d.Outcomes[i].explain(&b, "  ", d.DecidedAt)
	}
	for _, s := range d.SignOffs {
		fmt.Fprintf(&b, "  sign-off %s: %s\n", s.Role, s.Sentence())
	}
	for _, r := range d.Refused {
		fmt.Fprintf(&b, "  approval %s by %s does not count: %s\n", r.Approval, r.Account, r.Code.Words())
	}
	for _, w := range d.Waived {
		fmt.Fprintf(&b, "  waived %s%s until %s: %s (asked by %s, granted by %s)\n",
			w.Criterion, w.Freeze, w.Expires, w.Reason, w.Requester, w.Approver)
	}
	return b.String()
}

// Because says of each reason, in their order, what stands in the way: of a
// criterion what was seen, of everything else the reason's sentence.
func (d Decision) Because() []string {
	all := make([]string, len(d.Reasons))
	for i, r := range d.Reasons {
		all[i] = r.Sentence()
		switch r.Code {
		case CodeCriterionFailed, CodeCriterionUnknown, CodeCriterionWarned:
			for j := range d.Outcomes {
				if a := &d.Outcomes[j]; a.Criterion == r.About && a.Code == r.Because && !a.Optional {
					all[i] = r.About + ": " + a.Sentence()
					break
				}
			}
		}
	}
	return all
}

// Explain says in their words what stands in the way of the gate: what is wrong
// and by how much, who owns it, and what would turn it.
func (s Step) Explain() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", s.Gate, s.Verdict)
	if !s.ChangesAt.IsZero() {
		fmt.Fprintf(&b, ", may change by itself at %s", stamp(s.ChangesAt))
	}
	for _, o := range s.Obstacles {
		fmt.Fprintf(&b, "\n  %s because %s", o.Reason.Verdict, o.Because)
		if o.Off != "" {
			fmt.Fprintf(&b, " (%s)", o.Off)
		}
		fmt.Fprintf(&b, "\n    %s; turned when %s", owners(o.Owners), o.Turn)
	}
	return b.String() + "\n"
}

func owners(all []Owner) string {
	names := make([]string, len(all))
	for i, o := range all {
		names[i] = o.String()
	}
	if len(names) == 0 {
		return "owned by nobody"
	}
	return "owned by " + strings.Join(names, " and ")
}

// HandOver is one line for the next person on call: how far the release is,
// what stands in its way first, who turns it and how, and when to look again.
func (d Decisions) HandOver(plan release.Plan, c Catalog, now time.Time) string {
	steps := d.Next(plan, c, now)
	line := fmt.Sprintf("%s %s at %s: %d of %d gates go", plan.Overview.Name, plan.Overview.Version, stamp(now), len(c.Gates)-len(steps), len(c.Gates))
	if len(steps) > 0 {
		first := steps[0].Obstacles[0]
		line += fmt.Sprintf("; next is %s, %s: %s; %s; turned when %s", steps[0].Gate, steps[0].Verdict, first.Because, owners(first.Owners), first.Turn)
	}
	var again time.Time
	for _, g := range d.Gates {
		if g.ChangesAt.After(now) {
			again = earlier(again, g.ChangesAt)
		}
	}
	if !again.IsZero() {
		line += "; look again at " + stamp(again)
	}
	if len(d.Unpinned) > 0 {
		line += "; development override: " + strings.Join(d.Unpinned, ", ") + " not pinned"
	}
	return line
}

func (a *Assessment) explain(b *strings.Builder, indent string, now time.Time) {
	fmt.Fprintf(b, "%s%s %s: %s", indent, a.Effective, a.Criterion, a.Sentence())
	if a.Effective != a.Raw {
		fmt.Fprintf(b, ", waived (was %s)", a.Raw)
	}
	if a.Optional {
		b.WriteString(", recorded only")
	}
	if !a.ObservedAt.IsZero() && !now.IsZero() {
		fmt.Fprintf(b, ", seen %s before", now.Sub(a.ObservedAt).Round(time.Second))
	}
	b.WriteByte('\n')
	for i := range a.Of {
		a.Of[i].explain(b, indent+"  ", now)
	}
}

// Sentence says in a few words why the criterion came to what it did.
func (a Assessment) Sentence() string {
	s := a.Code.Words()
	switch {
	case len(a.Of) > 0:
		s = fmt.Sprintf("%s of %d pass, %s needed, %s", a.Observed.Human(), len(a.Of), a.Limit.Human(), s)
	case a.Limit.Unit != "":
		s = fmt.Sprintf("%s against %s, %s", a.Shown().Human(), a.Limit.Human(), s)
	}
	if a.Detail != "" {
		s += " (" + a.Detail + ")"
	}
	return s
}

// Shown returns what was observed with six significant digits, or with all of
// them where six would hide on which side of the limit it is.
func (a Assessment) Shown() value.Quantity {
	short, err := strconv.ParseFloat(strconv.FormatFloat(float64(a.Observed.Value), 'g', 6, 64), 64)
	if err != nil || value.Number(short) == a.Limit.Value {
		return a.Observed
	}
	return value.Quantity{Value: value.Number(short), Unit: a.Observed.Unit}
}

// Sentence says in a few words what stands in the way.
func (r Reason) Sentence() string {
	s := r.Code.Words()
	if r.About != "" {
		s = r.About + ": " + s
	}
	if r.Because != "" {
		s += ", " + r.Because.Words()
	}
	if r.Detail != "" {
		s += " (" + r.Detail + ")"
	}
	return s
}

// Sentence says who signed and who is missing.
func (s Signature) Sentence() string {
	names := make([]string, len(s.By))
	for i, by := range s.By {
		names[i] = by.Person
		if by.Delegated {
			names[i] += " (delegated)"
		}
	}
	if len(names) == 0 {
		return fmt.Sprintf("0 of %d", s.Need)
	}
	return fmt.Sprintf("%d of %d by %s", len(s.By), s.Need, strings.Join(names, ", "))
}

// remedies say what has to happen for a reason, or for the code of a criterion,
// to go away. What is not among them is to be mended in the catalog.
var remedies = map[Code]string{
	CodeNotMet:           "the limit is kept",
	CodeNearing:          "the warning level is kept",
	CodeDeclared:         "the source answers",
	CodeMissing:          "the query is asked and answered",
	CodeFailed:           "the query is answered",
	CodeIncomplete:       "the result is complete",
	CodeDuplicate:        "one of the two results is right, and the other is gone",
	CodeVacuous:          "the population is not empty",
	CodeTooFew:           "there is more to judge by",
	CodeNoBaseline:       "there is a baseline",
	CodeNotANumber:       "the source gives a number",
	CodeUnit:             "the source gives the unit asked for",
	CodeStale:            "it is observed again",
	CodeFuture:           "the clocks agree, or the moment is reached",
	CodeUnobserved:       "the source says when it observed",
	CodeGap:              "samples cover the window",
	CodePending:          "it is answered",
	CodeExpired:          "it is approved again",
	CodeUnclassified:     "the source says of each item whether it is done",
	CodeNoCheck:          "the host has the check",
	CodeCheckPanicked:    "the check is mended",
	CodeUndecided:        "the check decides",
	CodeNoClock:          "it is decided with a clock",
	CodeRunOut:           "it is decided again, on fresh facts",
	CodeRejected:         "the rejection is withdrawn, or what was rejected is changed",
	CodeRejectionUnclear: "the rejection names who and what, or is withdrawn",
	CodeAuthorUnknown:    "the author is in the directory",
	CodeApprovalsUnknown: "the approvals can be read",
	CodeNoSubject:        "the plan and the gate have a digest",
	CodeQuorum:           "they sign off",
	CodeFreezeUnknown:    "the freeze has a start and an end",
	CodeWindowOver:       "there is a new window",
	CodeWindowUnknown:    "the window has a start and an end",
}

func stamp(t time.Time) string { return t.Format(time.RFC3339) }

// Past is one evaluation of the past: the catalog as it was, and everything
// that was decided on. [Record.Input] reads it from what was stored.
type Past struct {
	Release string  // its name, for who reads the flips
	Catalog Catalog // as it was then
	Input   Input   // with the clock of that moment
}

// Flip is one verdict that a changed catalog would have changed.
type Flip struct {
	Release string  // as [Past] names it
	Gate    string  // its id
	Was, Is Verdict // by the former catalog, and by the changed one
	Added   bool    // the gate was not there, and refused nobody: Was is Go
	Removed bool    // the gate is not there any more: Is is Go
	Because []Cause // what is judged otherwise
}

// Cause is one thing that is judged otherwise. Was and Is are what a criterion
// came to; one of them has no id if the criterion was added or removed. Of
// everything else Reason is what stands in the way now or, if it is Gone, stood
// before.
type Cause struct {
	About   string     // id of the criterion, role, freeze or gate
	Was, Is Assessment // by the former catalog, and by the changed one
	Reason  Reason     // zero, if it is a criterion
	Gone    bool       // Reason stood in the way before and does not now
}

// String says in one line what is judged otherwise.
func (c Cause) String() string {
	side := func(a *Assessment) string {
		if a.Criterion == "" {
			return "not there"
		}
		return a.Effective.String() + " (" + a.Sentence() + ")"
	}
	switch {
	case c.Gone:
		return "no longer " + c.Reason.Sentence()
	case c.Reason != (Reason{}):
		return c.Reason.Sentence()
	}
	return c.About + ": was " + side(&c.Was) + ", is " + side(&c.Is)
}
