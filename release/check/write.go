package check

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// Group is the findings of one part of a subject.
type Group struct {
	Name     string   // of the part; "" is the subject as a whole
	Findings Findings // what weighs more first
}

// Groups returns the findings in force, part by part, in the order in which the
// parts are found first; within a part what weighs more stands first. name says
// to which part a path belongs. Nil is the first field of the path.
func (r Report) Groups(name func(Path) string) []Group {
	if name == nil {
		name = Path.Root
	}
	var groups []Group
	for _, f := range r.Findings {
		part := name(f.Path)
		i := slices.IndexFunc(groups, func(g Group) bool { return g.Name == part })
		if i < 0 {
			i, groups = len(groups), append(groups, Group{Name: part})
		}
		groups[i].Findings = append(groups[i].Findings, f)
	}
	for _, g := range groups {
		slices.SortStableFunc(g.Findings, func(a, b Finding) int { return int(a.Severity.rank()) - int(b.Severity.rank()) })
	}
	return groups
}

// Root returns the first field of the path, and "" of the empty one.
func (p Path) Root() string {
	if i := strings.IndexAny(string(p), ".["); i >= 0 {
		p = p[:i]
	}
	return string(p)
}

// Text returns the report for people, as [Report.WriteText] writes it.
func (r Report) Text(name func(Path) string) string {
	var b strings.Builder
	_ = r.WriteText(&b, name) // a builder takes everything
	return b.String()
}

// WriteText writes the report for people: what was counted, every finding by
// the part that it is about with its path and hint, what is waived and by whom,
// and which rules were not evaluated and why. name says to which part a path
// belongs; see [Report.Groups].
func (r Report) WriteText(w io.Writer, name func(Path) string) error {
	t := textWriter{w: w}
	t.counts(r)
	for _, g := range r.Groups(name) {
		part := g.Name
		if part == "" {
			part = "whole"
		}
		t.line("\n%s\n", part)
		for _, f := range g.Findings {
			t.finding(f)
		}
	}
	if len(r.Waived) > 0 {
		t.line("\nwaived\n")
	}
	for _, waived := range r.Waived {
		t.line("  %s\n    until %s by %s for %s: %s\n", waived.Finding, waived.By.Expires, OneLine(waived.By.Approver), OneLine(waived.By.Requester), OneLine(waived.By.Reason))
	}
	t.rules(r, "not evaluated", NotEvaluated)
	t.rules(r, "switched off", Off)
	return t.err
}

// textWriter writes until something fails.
type textWriter struct {
	w   io.Writer
	err error
}

func (t *textWriter) line(format string, args ...any) {
	if t.err == nil {
		_, t.err = fmt.Fprintf(t.w, format, args...)
	}
}

func (t *textWriter) counts(r Report) {
	c := r.Counts()
	t.line("%s, %s, %s, %s waived\n", plural(c.Errors, "error"), plural(c.Warnings, "warning"), plural(c.Infos, "info"), plural(c.Waived, "finding"))
	t.line("%s: %d passed, %d failed, %d not evaluated, %d off", plural(len(r.Rules), "rule"), c.Passed, c.Failed, c.NotEvaluated, c.Off)
	if r.Profile != "" {
		t.line(" (profile %s)", OneLine(r.Profile))
	}
	t.line("\n")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func (t *textWriter) finding(f Finding) {
	t.line("  %s\n", f)
	if f.Hint != "" {
		t.line("    %s\n", f.Hint)
	}
	for _, other := range f.Related {
		t.line("    see %s\n", other)
	}
}

func (t *textWriter) rules(r Report, what string, states ...State) {
	first := true
	for _, rule := range r.Rules {
		if !slices.Contains(states, rule.State) {
			continue
		}
		if first {
			t.line("\n%s\n", what)
			first = false
		}
		t.line("  %s: %s\n", OneLine(rule.Rule), OneLine(rule.Reason))
	}
}
