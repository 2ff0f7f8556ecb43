package release

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// ScopeItem is one piece of work that the release is to carry.
type ScopeItem struct {
	ID         string     `json:"id"`                  // as in the tracker: "REL-101"
	Title      string     `json:"title"`               // one line
	Class      Class      `json:"class"`               // must-ship or deferrable
	Status     string     `json:"status,omitzero"`     // as the tracker names it; not part of what is approved
	Components []string   `json:"components,omitzero"` // names of the components that carry it
	Authors    []string   `json:"authors,omitzero"`    // ids of people
	Link       value.Link `json:"link,omitzero"`       // to the item in the tracker
}

func (s ScopeItem) clone() ScopeItem {
	s.Components = slices.Clone(s.Components)
	s.Authors = slices.Clone(s.Authors)
	return s
}

// Class says whether the release may leave without the item.
type Class uint8

// The classes.
const (
	Unclassified Class = iota
	MustShip
	Deferrable
)

var classNames = []string{"unclassified", "must-ship", "deferrable"}

// String returns the class's name as it stands in JSON.
func (c Class) String() string { return enum.String("class", classNames, c) }

// MarshalText implements [encoding.TextMarshaler].
func (c Class) MarshalText() ([]byte, error) { return enum.Marshal("class", classNames, c) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown class is an error.
func (c *Class) UnmarshalText(text []byte) error {
	return enum.Unmarshal("class", classNames, c, text)
}

// workItems is what answers say of pieces of work. Items with one id or one
// link are one piece of work, in whichever systems they stand, if complete
// answers say so. What an incomplete answer names belongs to a piece that is
// there already, or is one of its own; it joins no two of them, and its ids
// lead to nothing that a complete answer says.
type workItems struct {
	all       []sighting
	parent    []int // a forest: sightings of one tree are of one piece of work
	ids       map[string]int
	links     map[value.Link]int
	mentioned mentions
}

// mentions are ids and links that only incomplete answers name.
type mentions struct {
	ids   map[string]int
	links map[value.Link]int
}

// sighting is a work item as one answer names it.
type sighting struct {
	fact.WorkItem
	source  string
	at      time.Time
	whole   bool // the answer is complete
	planned bool // the answer lists the scope
	asks    bool // the answer lists what is asked
}

// arrange finds out which sightings are of one piece of work.
func arrange(all []sighting) workItems {
	w := workItems{all: all, parent: make([]int, len(all)),
		ids: map[string]int{}, links: map[value.Link]int{}, mentioned: mentions{map[string]int{}, map[value.Link]int{}}}
	for i := range all {
		w.parent[i] = i
	}
	for i, s := range all {
		if s.whole {
			w.known(i, s)
		}
	}
	for i, s := range all {
		if !s.whole {
			w.mention(i, s)
		}
	}
	return w
}

func (w *workItems) known(i int, s sighting) {
	if other, ok := w.ids[s.ID]; ok {
		w.join(other, i)
	} else if !check.Blank(s.ID) {
		w.ids[s.ID] = i
	}
	if other, ok := w.links[s.Link]; ok {
		w.join(other, i)
	} else if s.Link != "" {
		w.links[s.Link] = i
	}
}

func (w *workItems) mention(i int, s sighting) {
	if at, _, ok := w.find(s.ID, s.Link); ok {
		w.parent[i] = at
	}
	if _, known := w.mentioned.ids[s.ID]; !known && !check.Blank(s.ID) {
		w.mentioned.ids[s.ID] = i // find asks for what is known first
	}
	if _, known := w.mentioned.links[s.Link]; !known && s.Link != "" {
		w.mentioned.links[s.Link] = i
	}
}

func (w *workItems) join(a, b int) {
	a, b = w.root(a), w.root(b)
	w.parent[max(a, b)] = min(a, b) // the first sighting is the root
}

func (w *workItems) root(i int) int {
	for w.parent[i] != i {
		w.parent[i] = w.parent[w.parent[i]]
		i = w.parent[i]
	}
	return i
}

// pieces returns the sightings of each piece of work, at the place of the first.
func (w *workItems) pieces() [][]sighting {
	pieces := make([][]sighting, len(w.all))
	for i := range w.all {
		root := w.root(i)
		pieces[root] = append(pieces[root], w.all[i])
	}
	return pieces
}

// find returns the place of the piece of work with the id, or else with the
// link, and whether a complete answer says that it is that one.
func (w *workItems) find(id string, link value.Link) (piece int, known, ok bool) {
	i, known := w.ids[id]
	if !known && link != "" {
		i, known = w.links[link]
	}
	if known {
		return w.root(i), true, true
	}
	if i, ok = w.mentioned.ids[id]; !ok && link != "" {
		i, ok = w.mentioned.links[link]
	}
	if !ok {
		return 0, false, false
	}
	return w.root(i), false, true
}

// judgement is what is known of one piece of work.
type judgement struct {
	sighting            // by whom
	status    string    // as its tracker names it
	readiness Readiness // as far as it can be told
	open      string    // why neither is known
}

// unseen is the judgement of what no complete answer has.
var unseen = judgement{open: "no complete answer has it"}

// judge returns what the sightings of one piece of work say together.
func judge(piece []sighting) judgement {
	piece = slices.DeleteFunc(slices.Clone(piece), func(s sighting) bool { return !s.whole })
	if len(piece) == 0 {
		return unseen
	}
	first := piece[0]
	j := judgement{sighting: first, status: first.Status}
	blocked := false
	for _, s := range piece {
		if s.Category != first.Category || !s.categorised() && s.Status != first.Status {
			return judgement{sighting: first, open: fmt.Sprintf("%s says %s, %s says %s", first.source, first.told(), s.source, s.told())}
		}
		blocked = blocked || slices.ContainsFunc(append(slices.Clip(s.Labels), s.Status), saysBlocked)
	}
	switch {
	case blocked:
		j.readiness = Blocked
	case first.Category == fact.Done:
		j.readiness = Ready
	case first.Category == fact.InProgress:
		j.readiness = InProgress
	case first.Category == fact.ToDo:
		j.readiness = NotStarted
	}
	if check.Blank(j.status) {
		if !first.categorised() {
			return judgement{sighting: first, open: "it has neither status nor category"}
		}
		j.status = first.Category.String()
	}
	return j
}

// categorised reports whether the category is one that is known here.
func (s sighting) categorised() bool { return s.Category >= fact.ToDo && s.Category <= fact.Done }

// told is how far the source says that the item is.
func (s sighting) told() string {
	if !s.categorised() && !check.Blank(s.Status) {
		return fmt.Sprintf("%q", s.Status)
	}
	return s.Category.String()
}

// saysBlocked reports whether a status or a label has the word "blocked".
func saysBlocked(text string) bool {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	return slices.ContainsFunc(words, func(word string) bool { return strings.EqualFold(word, "blocked") })
}

func scopeRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "OVR-006", Doc: "The release has an objective.",
			Bad:   func(p *Plan) { p.Overview.Objectives = nil },
			Check: checkObjectives},
		{ID: "OVR-007", Doc: "What is out of scope is said, or who says that nothing is.",
			Bad:   func(p *Plan) { p.Overview.OutOfScope = nil },
			Check: checkBoundary},
		{ID: "OVR-008", Doc: "Every scope item has an id of its own and a title, and is must-ship or deferrable.",
			Bad: func(p *Plan) { p.Scope[0].Class = Unclassified },
			Check: func(p *check.Pass[Plan]) {
				for i, s := range p.Subject.Scope {
					chosen(p, scopePath.Index(i), "class", "the class of "+s.ID, s.Class, "must-ship or deferrable")
					stated(p, scopePath.Index(i), "title", "the title of "+s.ID, s.Title, "")
				}
				unique(p, scopePath, "id", p.Subject.Scope, func(s ScopeItem) string { return s.ID })
			}},
		{ID: "OVR-009", Severity: check.Warning, Doc: "Something in the scope is must-ship.",
			Bad: func(p *Plan) {
				for i := range p.Scope {
					p.Scope[i].Class = Deferrable
				}
			},
			Check: func(p *check.Pass[Plan]) {
				if !slices.ContainsFunc(p.Subject.Scope, func(s ScopeItem) bool { return s.Class == MustShip }) {
					p.Report(check.Missing(scopePath, "an item that must ship", "a release that nothing needs can wait"))
				}
			}},
		{ID: "OVR-010", Doc: "Scope items name components of the overview.",
			Bad: func(p *Plan) { p.Scope[0].Components = []string{"not-a-component"} },
			Check: func(p *check.Pass[Plan]) {
				known := names(p.Subject.Overview.Components, componentName)
				for i, s := range p.Subject.Scope {
					within(p, scopePath.Index(i).Field("components"), s.Components, known, "a component of the overview")
				}
			}},
	}
}

func checkObjectives(p *check.Pass[Plan]) {
	at := overviewPath.Field("objectives")
	if len(p.Subject.Overview.Objectives) == 0 {
		p.Report(check.Missing(at, "the objective", "say what the release is for"))
	}
	for i, o := range p.Subject.Overview.Objectives {
		if check.Blank(o) || undecided(o) {
			p.Report(check.Missing(at.Index(i), "the objective's text", ""))
		}
	}
}

func checkBoundary(p *check.Pass[Plan]) {
	at := overviewPath.Field("outOfScope")
	if len(p.Subject.Overview.OutOfScope) == 0 && p.Subject.Overview.NoBoundary.IsZero() {
		p.Report(check.Missing(at, "the boundary of the scope", "list what is not part of the release, or say in noBoundary who says that nothing is out of scope"))
	}
	for i, item := range p.Subject.Overview.OutOfScope {
		if check.Blank(item) || undecided(item) {
			p.Report(check.Missing(at.Index(i), "what is out of scope", ""))
		}
	}
}
