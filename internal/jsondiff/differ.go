package jsondiff

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
)

// differ collects changes.
type differ struct {
	names   []string // that tell elements of lists apart
	changes []Change
}

func (d *differ) add(at check.Path, from, to *node) {
	d.changes = append(d.changes, Change{at, from.String(), to.String()})
}

func (d *differ) diff(at check.Path, from, to *node) {
	switch {
	case from == nil && to == nil:
	case from == nil, to == nil, from.kind != to.kind:
		d.add(at, from, to)
	case from.kind == '{':
		d.objects(at, from, to)
	case from.kind == '[':
		d.lists(at, from, to)
	case from.text != to.text:
		d.add(at, from, to)
	}
}

func (d *differ) objects(at check.Path, from, to *node) {
	for i, name := range from.names {
		d.diff(at.Field(name), from.of[i], to.member(name))
	}
	for i, name := range to.names {
		if from.member(name) == nil {
			d.add(at.Field(name), nil, to.of[i])
		}
	}
}

func (d *differ) lists(at check.Path, from, to *node) {
	for _, name := range d.names {
		old, ok1 := labels(from, name)
		now, ok2 := labels(to, name)
		if ok1 && ok2 {
			d.labelled(at, from, to, old, now)
			return
		}
	}
	d.positional(at, from, to)
}

// labels returns what every element calls itself, if each has a name of its own.
func labels(list *node, name string) ([]string, bool) {
	all := make([]string, 0, len(list.of))
	for _, element := range list.of {
		label := element.label(name)
		if label == "" || slices.Contains(all, label) {
			return nil, false
		}
		all = append(all, label)
	}
	return all, true
}

// label returns the text of a member, or of several as a list, and nothing if one
// of them is no text.
func (n *node) label(name string) string {
	var parts []string
	for part := range strings.SplitSeq(name, "+") {
		member := n.member(part)
		if member == nil || member.kind != 'v' || !strings.HasPrefix(member.text, `"`) {
			return ""
		}
		parts = append(parts, member.text)
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return list(parts)
}

func (d *differ) labelled(at check.Path, from, to *node, old, now []string) {
	var kept []string
	for i, label := range old {
		j := slices.Index(now, label)
		if j < 0 {
			d.add(at.Index(i), from.of[i], nil)
			continue
		}
		kept = append(kept, label)
		d.diff(at.Index(j), from.of[i], to.of[j])
	}
	var order []string
	for j, label := range now {
		if slices.Contains(old, label) {
			order = append(order, label)
		} else {
			d.add(at.Index(j), nil, to.of[j])
		}
	}
	if !slices.Equal(kept, order) { // the same elements in another order
		d.changes = append(d.changes, Change{at, list(kept), list(order)})
	}
}

func list(labels []string) string { return "[" + strings.Join(labels, ",") + "]" }

// positional leaves what is alike at both ends and compares the rest one by one.
func (d *differ) positional(at check.Path, from, to *node) {
	head, short := 0, min(len(from.of), len(to.of))
	for head < short && alike(from.of[head], to.of[head]) {
		head++
	}
	tail := 0
	for tail < short-head && alike(from.of[len(from.of)-1-tail], to.of[len(to.of)-1-tail]) {
		tail++
	}
	gone, came := len(from.of)-tail, len(to.of)-tail
	for i := head; i < max(gone, came); i++ {
		switch {
		case i >= came:
			d.add(at.Index(i), from.of[i], nil)
		case i >= gone:
			d.add(at.Index(i), nil, to.of[i])
		default:
			d.diff(at.Index(i), from.of[i], to.of[i])
		}
	}
}

func alike(a, b *node) bool { return a.String() == b.String() }
