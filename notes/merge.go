package notes

import "slices"

// merge brings one part of a fresh draft into what people have made of the
// last: a merge of three, in which what people did wins.
type merge struct {
	part
	audience Audience

	base   table // what the draft said when people began from it
	mine   table // what stands
	theirs table // what the draft says now

	out       []element // what stands from now on
	next      []element // the base from now on
	conflicts []Conflict
}

// run merges. Every element is in one of seven cases: who has it of the three.
func (m *merge) run() {
	var kept []element // in no order yet
	for _, k := range m.keys() {
		b, m1, t := m.base.find(k), m.mine.find(k), m.theirs.find(k)
		switch {
		case m1 != nil && t != nil:
			kept = append(kept, m.both(b, m1, t))
		case m1 != nil && b == nil: // people added it
			kept = append(kept, *m1)
		case m1 != nil && b.own:
			kept = append(kept, m.left(b, m1))
		case m1 != nil && !slices.Equal(b.fields, m1.fields): // changed, and the draft has it no more
			m.gone(b)
			kept = append(kept, *m1)
		case m1 != nil: // nobody touched it, and the draft has it no more
		case t != nil && b == nil: // new
			kept = append(kept, *t)
			m.next = append(m.next, *t)
		case t != nil: // removed by somebody
			m.removed(b, t)
		case m.byText && m.rewritten(): // removed by both, or written anew by one of them
			m.gone(b)
		}
	}
	m.out = m.order(kept)
	m.next = inOrder(m.next, &m.theirs, &m.base)
}

// both merges an element that people and the draft have, field by field. One
// that both added begins from nothing.
func (m *merge) both(b, mine, theirs *element) element {
	out, next := *mine, *mine
	out.fields, next.fields, next.own = slices.Clone(mine.fields), slices.Clone(theirs.fields), b == nil || b.own
	for i, field := range m.fields {
		was := ""
		if b != nil {
			was = b.fields[i]
		}
		switch now := theirs.fields[i]; {
		case mine.fields[i] == was:
			out.fields[i] = now
		case now != was && now != mine.fields[i]:
			next.fields[i] = was
			m.conflict(mine.id, field, was, now)
			continue
		}
		next.own = next.own && i > 0 // they have seen that the draft has it too
	}
	m.next = append(m.next, next)
	return out
}

// left returns an element that people added when the draft, which had it too for
// a while, has it no more: without what they have of the draft.
func (m *merge) left(b, mine *element) element {
	out, changed := *mine, false
	out.fields = slices.Clone(mine.fields)
	for i, was := range b.fields {
		switch {
		case was == "":
		case mine.fields[i] == was:
			out.fields[i] = ""
		default:
			changed = true
		}
	}
	if changed {
		m.gone(b)
	}
	return out
}

// removed notes what the draft says of an element that somebody removed.
func (m *merge) removed(b, theirs *element) {
	next := element{b.id, b.nth, slices.Clone(theirs.fields), b.own}
	for i, field := range m.fields {
		if b.fields[i] != theirs.fields[i] {
			next.fields[i] = b.fields[i]
			m.conflict(b.id, field, b.fields[i], theirs.fields[i])
		}
	}
	m.next = append(m.next, next)
}

// gone notes that the draft has an element no more.
func (m *merge) gone(b *element) {
	m.next = append(m.next, *b)
	was := b.id
	if !m.byText {
		was = b.fields[0]
	}
	m.conflict(b.id, "", was, "")
}

func (m *merge) conflict(id, field, was, now string) {
	m.conflicts = append(m.conflicts, Conflict{m.audience, m.name, id, field, was, now})
}

// rewritten reports whether people or the draft have an element that the base
// does not have: it may be one of the base in other words.
func (m *merge) rewritten() bool {
	anew := func(e element) bool { return m.base.find(e.key()) == nil }
	return slices.ContainsFunc(m.mine.list, anew) || slices.ContainsFunc(m.theirs.list, anew)
}

// keys returns every element once.
func (m *merge) keys() []key {
	var all []key
	seen := map[key]bool{}
	for _, list := range []*table{&m.theirs, &m.mine, &m.base} {
		for _, e := range list.list {
			if k := e.key(); !seen[k] {
				seen[k] = true
				all = append(all, k)
			}
		}
	}
	return all
}

// order puts what is kept into the order of the draft, or of people if they
// changed that.
func (m *merge) order(kept []element) []element {
	if slices.Equal(m.mine.shared(&m.base), m.base.shared(&m.mine)) {
		return inOrder(kept, &m.theirs, &m.mine)
	}
	return inOrder(kept, &m.mine, &m.theirs)
}

// inOrder puts a list into the order of the first; what that does not have
// stands behind what stands before it in the second.
func inOrder(list []element, first, second *table) []element {
	kept := newTable(list)
	start := key{nth: -1}
	behind, last := map[key][]element{}, start
	for _, e := range second.list {
		switch k := e.key(); {
		case kept.find(k) == nil:
		case first.find(k) != nil:
			last = k
		default:
			behind[last] = append(behind[last], *kept.find(k))
		}
	}
	out := behind[start]
	for _, e := range first.list {
		if one := kept.find(e.key()); one != nil {
			out = append(append(out, *one), behind[e.key()]...)
		}
	}
	return out
}

// key is what an element is known by.
type key struct {
	id  string
	nth int // how often the part has the id before
}

func (e *element) key() key { return key{e.id, e.nth} }

// table is elements that are found by their key.
type table struct {
	list []element
	at   map[key]int
}

func newTable(list []element) table {
	t := table{list, make(map[key]int, len(list))}
	for i := range list {
		t.at[list[i].key()] = i
	}
	return t
}

// find returns the element of a key, nil if there is none.
func (t *table) find(k key) *element {
	if i, ok := t.at[k]; ok {
		return &t.list[i]
	}
	return nil
}

// shared returns the keys that another table has too, in order.
func (t *table) shared(other *table) []key {
	var all []key
	for _, e := range t.list {
		if k := e.key(); other.find(k) != nil {
			all = append(all, k)
		}
	}
	return all
}
