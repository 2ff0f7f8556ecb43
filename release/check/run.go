package check

import (
	"fmt"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/release/fact"
)

// Options is what the rules may look at beside the subject, and how their
// findings are graded. Nil is the zero Options: no clock, no facts, every rule
// as it stands.
type Options struct {
	Now     time.Time // zero: rules that need the clock are not evaluated
	Facts   *fact.Set // nil: rules that need facts are not evaluated
	Profile Profile   // zero: every rule at its own severity
	Waivers []Waiver  // of findings; none is applied without Now
	Extra   []any     // what else rules may ask for, by its type; see [Extra]
}

// Run applies the rules to the subject in their order. The findings of a rule
// that panics are [Error], whatever its severity: a broken check is not a
// passed one.
func Run[T any](subject *T, rules []Rule[T], opts *Options) Report {
	run := newRun(opts)
	opts = run.opts
	report := Report{Profile: opts.Profile.Name, Rules: make([]RuleResult, 0, len(rules))}
	known := make(map[string]bool, len(rules))
	for _, r := range rules {
		if known[r.ID] {
			report.Findings = append(report.Findings, Finding{Rule: ProfileRule, Severity: Warning, Message: OneLine("there are two rules " + r.ID)})
		}
		known[r.ID] = true
		grade := opts.Profile.grade(r.ID, r.Severity)
		if grade.off {
			report.Rules = append(report.Rules, RuleResult{r.ID, Off, grade.reason})
			continue
		}
		c := runOne(run, subject, r)
		c.grade(r.ID, grade.severity)
		run.stand(c.findings)
		report.Rules = append(report.Rules, c.result(r.ID))
		report.Findings = append(report.Findings, c.findings...)
	}
	report.Findings = append(report.Findings, opts.Profile.faults(known)...)
	return report.waive(opts.Waivers, opts.Now)
}

func runOne[T any](run *run, subject *T, r Rule[T]) (c collector) {
	defer func() {
		if v := recover(); v != nil {
			c.findings = append(c.findings, Finding{Message: fmt.Sprintf("the rule panicked: %v", v)})
			c.panicked = true
		}
	}()
	r.Check(pass(run, subject, &c))
	return c
}

func (c collector) result(id string) RuleResult {
	switch {
	case len(c.findings) > 0:
		return RuleResult{id, Failed, c.reason}
	case c.reason != "":
		return RuleResult{id, NotEvaluated, c.reason}
	default:
		return RuleResult{id, Passed, ""}
	}
}

// Examine checks the rules themselves: ids are unique, every rule has a
// sentence, finds nothing wrong in the good example and something wrong in its
// own bad one. It returns one error for each rule that fails. Profile and
// waivers of the options are not looked at.
func Examine[T any](good func() T, rules []Rule[T], opts *Options) []error {
	var errs []error
	seen := map[string]bool{}
	for _, r := range rules {
		if err := examine(good, r, opts); err != nil {
			errs = append(errs, err)
		}
		if seen[r.ID] {
			errs = append(errs, fmt.Errorf("rule %s: the id is used twice", r.ID))
		}
		seen[r.ID] = true
	}
	return errs
}

func examine[T any](good func() T, r Rule[T], opts *Options) (err error) {
	if r.ID == "" || r.Doc == "" || r.Bad == nil || r.Check == nil {
		return fmt.Errorf("rule %q: id, doc, bad example and check are all needed", r.ID)
	}
	subject := good()
	if c := runOne(newRun(opts), &subject, r); c.result(r.ID).State != Passed {
		return fmt.Errorf("rule %s: the good example is %s", r.ID, c.describe(r.ID))
	}
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("rule %s: its bad example cannot be made: %v", r.ID, v)
		}
	}()
	r.Bad(&subject)
	if c := runOne(newRun(opts), &subject, r); c.panicked || c.result(r.ID).State != Failed {
		return fmt.Errorf("rule %s: its bad example is %s", r.ID, c.describe(r.ID))
	}
	return nil
}

// describe says in one line what a rule came to.
func (c collector) describe(rule string) string {
	parts := []string{c.result(rule).State.String()}
	if c.reason != "" {
		parts = append(parts, c.reason)
	}
	for _, f := range c.findings {
		parts = append(parts, fmt.Sprintf("%s: %s", f.Path, f.Message))
	}
	return OneLine(strings.Join(parts, "; "))
}
