// Package agree says where two readings of a page differ, and where a reading
// differs from the packet that the page is of: what render's rules read, by
// goldmark, has to be what a renderer of another language shows.
package agree

import (
	"fmt"
	"slices"

	"github.com/tidegate-go/tidegate/render/internal/reading"
)

// Reading is what another reader makes of a page, as internal/tools/markdown-it
// prints it.
type Reading struct {
	File     string            `json:"file"` // that was read
	Headings []reading.Heading `json:"headings"`
	Tables   []reading.Table   `json:"tables"`
	Items    []reading.Item    `json:"items"`
	Texts    []reading.Text    `json:"texts"`
	Links    []reading.Link    `json:"links"`
	Foreign  []string          `json:"foreign"` // what no page of ours has, in the other reader's names
}

// Differences returns where the other reader sees something else than goldmark
// does, in the order of kinds: headings, tables, items, texts, links, and what no
// page of ours has.
func Differences(ours *reading.Page, theirs Reading) []string {
	var d differences
	compare(&d, "heading", ours.Headings, theirs.Headings, func(a, b reading.Heading) bool { return a.Level == b.Level && a.Text == b.Text })
	compare(&d, "table", ours.Tables, theirs.Tables, func(a, b reading.Table) bool { return a.Place == b.Place && slices.Equal(a.Header, b.Header) })
	for i := range min(len(ours.Tables), len(theirs.Tables)) {
		compare(&d, fmt.Sprintf("table %d, row", i+1), ours.Tables[i].Rows, theirs.Tables[i].Rows, slices.Equal[[]string])
	}
	compare(&d, "item", ours.Items, theirs.Items, func(a, b reading.Item) bool {
		return a.Place == b.Place && a.Text == b.Text && a.Task == b.Task && a.Done == b.Done
	})
	compare(&d, "text", ours.Texts, theirs.Texts, func(a, b reading.Text) bool { return a == b })
	compare(&d, "link", ours.Links, theirs.Links, func(a, b reading.Link) bool { return a == b })
	for _, kind := range slices.Concat(ours.Foreign, theirs.Foreign) {
		d.add("the page has a %s", kind)
	}
	return d
}

type differences []string

func (d *differences) add(format string, args ...any) { *d = append(*d, fmt.Sprintf(format, args...)) }

// compare adds where two lists differ first.
func compare[T any](d *differences, what string, ours, theirs []T, same func(a, b T) bool) {
	for i := range min(len(ours), len(theirs)) {
		if !same(ours[i], theirs[i]) {
			d.add("%s %d: goldmark reads %q, the other %q", what, i+1, fmt.Sprint(ours[i]), fmt.Sprint(theirs[i]))
			return
		}
	}
	if len(ours) != len(theirs) {
		d.add("%s: goldmark reads %d, the other %d", what, len(ours), len(theirs))
	}
}
