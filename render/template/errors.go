package template

import (
	"fmt"
	"strings"
)

// Fault is one thing wrong with a template. Line and Column count from 1, the
// column in bytes.
type Fault struct {
	Template     string // the name given to Parse, or of a define in it
	Line, Column int    // 0: of the template as a whole
	Node         string // what is at fault, as written: ".Plan.Risk"
	Message      string
}

// String returns the fault in one line.
func (f Fault) String() string {
	out := f.Template + ": "
	if f.Line > 0 {
		out = fmt.Sprintf("%s:%d:%d: ", f.Template, f.Line, f.Column)
	}
	if f.Node != "" {
		out += f.Node + ": "
	}
	return out + f.Message
}

// ParseError is every fault of a template that was not taken.
type ParseError struct{ Faults []Fault }

// Error lists the faults, one a line.
func (e *ParseError) Error() string { return list(e.Faults) }

// LimitError says that a run took too much and was ended.
type LimitError struct {
	Template string
	What     string // "steps", "bytes" or "bytes of one text"
	Max      int
}

// Error names the template, the limit and its value.
func (e *LimitError) Error() string {
	return fmt.Sprintf("template %s: more than %d %s", e.Template, e.Max, e.What)
}

// OutputError says that what a template wrote is no page.
type OutputError struct{ Faults []Fault }

// Error lists the faults, one a line; their lines are those of what was written.
func (e *OutputError) Error() string { return list(e.Faults) }

// LengthError says that a page with templates in it has too few or too many
// words.
type LengthError struct{ Words, Min, Max int }

// Error names the words and the budget.
func (e *LengthError) Error() string {
	return fmt.Sprintf("the page has %d words, want %d to %d", e.Words, e.Min, e.Max)
}

func list[T fmt.Stringer](faults []T) string {
	lines := make([]string, len(faults))
	for i, f := range faults {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}
