package check

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/release/fact"
)

// Options is what the rules may look at beside the subject, and how their
// findings are graded. Nil is the zero Options: no clock, no facts, every rule
// as it stands.
type Options struct {
	Now     time.Time // zero: rules that need the clock are not evaluated
	Facts   *fact.Set // nil: rules that need facts are not evaluated
	Profile Profile
	Waivers []Waiver
}

// Run applies the rules to the subject in their order. A rule that panics is
// reported as an [Error] finding of that rule: a broken check is not a passed
// one.
func Run[T any](subject *T, rules []Rule[T], opts *Options) Report {
	if opts == nil {
		opts = new(Options)
	}
	report := Report{Profile: opts.Profile.Name}
	for _, r := range rules {
		grade := opts.Profile.grade(r.ID, r.Severity)
		if grade.off {
			report.Rules = append(report.Rules, RuleResult{r.ID, Off, grade.reason})
			continue
		}
		c := runOne(subject, r, opts)
		for i := range c.findings {
			c.findings[i].Rule, c.findings[i].Severity = r.ID, grade.severity
		}
		report.Rules = append(report.Rules, c.result(r.ID))
		report.Findings = append(report.Findings, c.findings...)
	}
	report.Findings = append(report.Findings, opts.Profile.faults()...)
	return report.waive(opts.Waivers, opts.Now)
}

func runOne[T any](subject *T, r Rule[T], opts *Options) (c collector) {
	defer func() {
		if v := recover(); v != nil {
			c.findings = append(c.findings, Finding{Message: fmt.Sprintf("the rule panicked: %v", v)})
		}
	}()
	r.Check(&Pass[T]{Subject: subject, Now: opts.Now, Facts: opts.Facts, sink: &c})
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
// own bad one. It returns one error for each rule that fails.
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

func examine[T any](good func() T, r Rule[T], opts *Options) error {
	if r.ID == "" || r.Doc == "" || r.Bad == nil || r.Check == nil {
		return fmt.Errorf("rule %q: id, doc, bad example and check are all needed", r.ID)
	}
	subject := good()
	if report := Run(&subject, []Rule[T]{r}, opts); report.Rules[0].State != Passed {
		return fmt.Errorf("rule %s: the good example is %s: %v", r.ID, report.Rules[0].State, report.Findings)
	}
	r.Bad(&subject)
	if report := Run(&subject, []Rule[T]{r}, opts); report.Rules[0].State != Failed {
		return fmt.Errorf("rule %s: its bad example is %s", r.ID, report.Rules[0].State)
	}
	return nil
}
