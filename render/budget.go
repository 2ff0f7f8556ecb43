package render

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render/internal/fit"
	"github.com/tidegate-go/tidegate/render/internal/page"
)

// BudgetError says that a body has more words than its budget at its shortest,
// or fewer at its longest.
type BudgetError struct {
	Words    int // of the body
	Min, Max int // of the budget
	Minimum  int // the fewest words that this packet can be told in
	// Bill is what each section costs at the minimum, in the order of the page.
	Bill []SectionBill
	// Split is how the components could go in trains that are short enough, if
	// the body is too long and that would help.
	Split []Train
	// Empty are the fields of the packet that say nothing, if the body is too
	// short. Nothing is made up to fill a page.
	Empty []check.Path
}

// SectionBill is what a section costs in words. The lines above the first
// section are called "Head".
type SectionBill struct {
	Section string
	Words   int
}

// Train is a release of its own for some components of a plan.
type Train struct {
	Components []string // names, in the order of the plan
	Words      int      // about how many the body of the train needs at least
}

// Error names the counts, and the fields or the trains that would mend them.
func (e *BudgetError) Error() string {
	var b strings.Builder
	if e.Words < e.Min {
		fmt.Fprintf(&b, "render: the body has %d words, at least %d are wanted", e.Words, e.Min)
		for i, at := range e.Empty {
			b.WriteString([]string{"; not given: ", ", "}[min(i, 1)])
			b.WriteString(string(at))
		}
		return b.String()
	}
	fmt.Fprintf(&b, "render: the body has %d words, at most %d are allowed, and fewer than %d are not possible", e.Words, e.Max, e.Minimum)
	for i, bill := range e.Bill {
		b.WriteString([]string{": ", ", "}[min(i, 1)])
		fmt.Fprintf(&b, "%s %d", bill.Section, bill.Words)
	}
	for i, t := range e.Split {
		b.WriteString([]string{"; could be split: ", "; "}[min(i, 1)])
		fmt.Fprintf(&b, "%s (about %d)", strings.Join(t.Components, ", "), t.Words)
	}
	return b.String()
}

// noteWords are those that overBudget adds to a page.
const noteWords = 6

// overBudget marks a body that cannot be as short as it has to be.
func overBudget(minimum int) string {
	return "Over budget: " + strconv.Itoa(minimum+noteWords) + " words, minimum " + strconv.Itoa(minimum) + "."
}

func newBudgetError(p *packet.Packet, pages Pages, cuts *page.Cuts) *BudgetError {
	shortest := fit.Last(cuts.Blocks())
	e := &BudgetError{Words: pages.Words.Visible, Min: pages.Budget.Min, Max: pages.Budget.Max, Minimum: cuts.Total(shortest)}
	cuts.Bill(shortest, func(section string, words int) { e.Bill = append(e.Bill, SectionBill{section, words}) })
	if e.Words < e.Min {
		e.Empty = emptyFields(p)
	} else {
		e.Split = split(p, e)
	}
	return e
}
