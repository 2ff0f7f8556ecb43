package check

import (
	"fmt"
	"slices"
	"strings"
)

// Finding is one thing that a rule says is wrong.
type Finding struct {
	Rule     string   `json:"rule"`             // the rule's id, such as "OVR-001"
	Severity Severity `json:"severity"`         // how much it weighs
	Path     Path     `json:"path"`             // where; "" is the packet as a whole
	Message  string   `json:"message"`          // one line, lower case, names the offending value
	Hint     string   `json:"hint,omitzero"`    // what would mend it; empty: the message says it all
	Related  []Path   `json:"related,omitzero"` // the other ends of a contradiction
}

// String returns the finding in one line: severity, rule, path and message.
func (f Finding) String() string {
	at := string(f.Path)
	if at == "" {
		at = "(packet)"
	}
	return fmt.Sprintf("%s %s %s: %s", f.Severity, f.Rule, at, f.Message)
}

// WithRelated returns the finding with paths added that it also speaks of.
func (f Finding) WithRelated(paths ...Path) Finding {
	f.Related = slices.Concat(f.Related, paths)
	return f
}

// Findings is a list of findings in a stable order. It is not an error; see [Findings.Err].
type Findings []Finding

// Under returns the findings with their paths moved below parent.
func (fs Findings) Under(parent Path) Findings {
	moved := make(Findings, len(fs))
	for i, f := range fs {
		moved[i] = f.under(parent)
	}
	return moved
}

func (f Finding) under(parent Path) Finding {
	f.Path = f.Path.Under(parent)
	f.Related = slices.Clone(f.Related)
	for i, r := range f.Related {
		f.Related[i] = r.Under(parent)
	}
	return f
}

// Of returns the findings of the given severity.
func (fs Findings) Of(s Severity) Findings {
	var of Findings
	for _, f := range fs {
		if f.Severity == s {
			of = append(of, f)
		}
	}
	return of
}

// Err returns nil if no finding is an [Error], and otherwise a
// [*FindingsError] that holds all of them. A severity that has no name counts
// as an error.
func (fs Findings) Err() error {
	var errs Findings
	for _, f := range fs {
		if f.Severity.blocks() {
			errs = append(errs, f)
		}
	}
	if len(errs) > 0 {
		return &FindingsError{Findings: errs}
	}
	return nil
}

// FindingsError carries findings that block as a Go error.
type FindingsError struct {
	Findings Findings // those that block, never empty
}

// Error lists the findings, one a line.
func (e *FindingsError) Error() string {
	lines := make([]string, len(e.Findings))
	for i, f := range e.Findings {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}
