package check

import (
	"strings"
	"time"
	"unicode"

	"github.com/tidegate-go/tidegate/release/fact"
)

// Rule is one thing that has to hold of a T.
type Rule[T any] struct {
	ID       string         // stable: waivers, profiles and tests key on it
	Severity Severity       // of its findings
	Doc      string         // one sentence: what has to hold
	Bad      func(*T)       // breaks the good example so that the rule finds something
	Check    func(*Pass[T]) // reports what does not hold, or why that cannot be told
}

// Pass is one rule looking at one subject.
type Pass[T any] struct {
	Subject *T         // never nil; a check must not modify it
	Now     time.Time  // zero: the clock is not known
	Facts   *fact.Set  // nil: facts are not known
	sink    *collector // of the rule being run
	at      Path       // where Subject is, seen from the root
	run     *run
}

// Report adds findings. Their rule is the one being run, and they weigh as much
// as it does; one with a milder severity of its own keeps that. Their paths are
// relative to the subject.
func (p *Pass[T]) Report(findings ...Finding) {
	for _, f := range findings {
		p.sink.findings = append(p.sink.findings, f.under(p.at))
	}
}

// NotEvaluated says that the rule lacks what it needs to judge. What it has
// reported so far stands.
func (p *Pass[T]) NotEvaluated(reason string) {
	if Blank(reason) {
		reason = "no reason is given"
	}
	p.sink.reason = OneLine(reason)
}

// collector gathers what one rule has to say.
type collector struct {
	findings Findings
	reason   string // why it was not evaluated; "" if it was
	panicked bool
}

// grade completes the findings. A finding may weigh less than its rule, never
// more. A broken check is an [Error] whatever the rule weighs, and no message
// breaks the line that it is printed on.
func (c *collector) grade(rule string, s Severity) {
	if c.panicked {
		s = Error
	}
	for i := range c.findings {
		f := &c.findings[i]
		f.Rule, f.Severity = rule, s.milder(f.Severity)
		f.Message, f.Hint = OneLine(f.Message), OneLine(f.Hint)
	}
}

// OneLine replaces what would end a line, and what is not UTF-8.
func OneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
}

// Lift turns the rules of a part into rules of the whole that holds the part
// at the given path.
func Lift[W, P any](rules []Rule[P], at Path, part func(*W) *P) []Rule[W] {
	lifted := make([]Rule[W], len(rules))
	for i, r := range rules {
		lifted[i] = Rule[W]{ID: r.ID, Severity: r.Severity, Doc: r.Doc,
			Check: func(p *Pass[W]) {
				r.Check(&Pass[P]{part(p.Subject), p.Now, p.Facts, p.sink, at.Under(p.at), p.run})
			},
		}
		if r.Bad != nil {
			lifted[i].Bad = func(w *W) { r.Bad(part(w)) }
		}
	}
	return lifted
}
