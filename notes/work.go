package notes

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
)

// found is a work item as one source has it.
type found struct {
	rank      int // of the source in the mapping
	connector string
	item      *fact.WorkItem

	title   string // without the id that it may begin with
	note    string // what of its text is for readers
	carries string // the id of the same work in another tracker
}

// compare orders what is found by trust, then by id. Items that are the same in
// all that is read are equal.
func (f found) compare(g found) int {
	a, b := f.item, g.item
	return cmp.Or(cmp.Compare(f.rank, g.rank), natural(a.ID, b.ID), strings.Compare(f.connector, g.connector),
		strings.Compare(a.Note, b.Note), strings.Compare(a.Title, b.Title), strings.Compare(string(a.Link), string(b.Link)), strings.Compare(f.carries, g.carries))
}

// natural orders ids as people do: REL-9 before REL-10.
func natural(a, b string) int {
	before, left := cutNumber(a)
	behind, right := cutNumber(b)
	return cmp.Or(strings.Compare(before, behind), cmp.Compare(len(left), len(right)), strings.Compare(left, right), strings.Compare(a, b))
}

func cutNumber(id string) (text, number string) {
	text = strings.TrimRight(id, digits)
	return text, strings.TrimLeft(id[len(text):], "0")
}

const digits = "0123456789"

// isNumber reports whether an id is a number alone, which other systems have
// too.
func isNumber(id string) bool { return strings.Trim(id, digits) == "" }

// work is one piece of work: what the plan and every source say of it.
type work struct {
	scope []release.ScopeItem // one, none if it is not in the scope, several if the plan has the id twice
	found []found             // in the order of trust
	keys  []string            // what identifies it
	gone  bool                // it is part of other work
}

// id returns how the notes name the work.
func (w *work) id() string {
	if len(w.scope) > 0 {
		return strings.TrimSpace(w.scope[0].ID)
	}
	first := w.found[0]
	switch id := strings.TrimSpace(first.item.ID); {
	case id == "":
		return string(first.item.Link)
	case isNumber(id):
		return first.connector + ":" + id
	default:
		return id
	}
}

// works puts together what plan and sources say of the same work.
type works struct {
	all  []*work
	of   map[string]*work // by key; nil: the key is of several
	gaps []Gap
}

// gather returns all work, in the order of the scope; behind it, by id, what is
// not in the scope. Two items are the same work if they have one id or one
// link.
func gather(scope []release.ScopeItem, items []found) *works {
	w := &works{of: map[string]*work{}}
	for _, s := range scope {
		w.addScope(s)
	}
	slices.SortStableFunc(items, found.compare)
	for _, f := range items {
		w.addFound(f)
	}
	w.all = slices.DeleteFunc(w.all, func(one *work) bool { return one.gone })
	for _, one := range w.all {
		slices.SortStableFunc(one.found, found.compare)
	}
	slices.SortStableFunc(w.all, func(a, b *work) int {
		switch {
		case len(a.scope) > 0 && len(b.scope) > 0:
			return 0
		case len(a.scope) > 0:
			return -1
		case len(b.scope) > 0:
			return 1
		default:
			return natural(a.id(), b.id())
		}
	})
	return w
}

// addScope adds an item of the scope. An id that stands twice is one piece of
// work, which the plan's own rules report; a link of several identifies none.
func (w *works) addScope(s release.ScopeItem) {
	id, link := idKey(s.ID, ""), linkKey(string(s.Link))
	if one := w.of[id]; one != nil {
		one.scope = append(one.scope, s)
		return
	}
	one := &work{scope: []release.ScopeItem{s}}
	w.all = append(w.all, one)
	w.claim(one, id)
	if _, taken := w.of[link]; taken {
		w.of[link] = nil
		return
	}
	w.claim(one, link)
}

// addFound adds an item to the work that it is the same as.
func (w *works) addFound(f found) {
	id, link := idKey(f.item.ID, f.connector), linkKey(string(f.item.Link))
	if id == "" && link == "" {
		w.gap(f.connector, fmt.Sprintf("has an item without id and link: %q", clean(f.item.Title)))
		return
	}
	one := w.of[idKey(f.item.ID, "")] // of the scope, whose numbers are of no system
	one = w.join(one, w.of[id], f)
	one = w.join(one, w.of[link], f)
	one = w.join(one, w.of[idKey(f.carries, "")], f)
	if one == nil {
		one = new(work)
		w.all = append(w.all, one)
	}
	one.found = append(one.found, f)
	w.claim(one, id)
	w.claim(one, link)
	w.claim(one, idKey(f.carries, ""))
}

// claim makes a key identify the work, if it is one and identifies nothing yet.
func (w *works) claim(one *work, key string) {
	if _, taken := w.of[key]; key != "" && !taken {
		w.of[key] = one
		one.keys = append(one.keys, key)
	}
}

// join makes one piece of work of two that an item belongs to, unless both are
// in the scope: then the first has it.
func (w *works) join(a, b *work, f found) *work {
	switch {
	case a == nil || a == b:
		return b
	case b == nil:
		return a
	case len(a.scope) > 0 && len(b.scope) > 0:
		w.gap(strings.TrimSpace(f.item.ID), fmt.Sprintf("the item of %s is both %s and %s", f.connector, a.id(), b.id()))
		return a
	case len(b.scope) > 0:
		a, b = b, a
	}
	a.found = append(a.found, b.found...)
	for _, key := range b.keys {
		w.of[key] = a
	}
	a.keys = append(a.keys, b.keys...)
	b.gone = true
	return a
}

func (w *works) gap(about, reason string) { w.gaps = append(w.gaps, Gap{about, reason}) }

// idKey returns what identifies an item by its id. A number is an id within
// one system only.
func idKey(id, connector string) string {
	switch id = strings.TrimSpace(id); {
	case id == "":
		return ""
	case isNumber(id):
		return "number " + connector + " " + id
	default:
		return "id " + id
	}
}

// linkKey returns what identifies an item by its link: one page has one, however
// its host is written and whatever part of it is shown (RFC 3986 §6.2.2.1).
func linkKey(link string) string {
	if link = strings.TrimSpace(link); link == "" {
		return ""
	}
	if u, err := url.Parse(link); err == nil {
		u.Scheme, u.Host, u.Fragment, u.RawFragment = strings.ToLower(u.Scheme), strings.ToLower(u.Host), "", ""
		link = u.String()
	}
	return "link " + strings.TrimSuffix(link, "/")
}
