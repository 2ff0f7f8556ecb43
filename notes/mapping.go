package notes

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/internal/lists"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Mapping says where work items come from and in which note they are told. A
// list that is nil stands for the default that its comment names; a list that
// is empty but not nil stands for nothing. Names of labels, types and
// components are compared without regard to case.
//
// The zero Mapping has every default but no source, and a draft by it says so.
type Mapping struct {
	// Sources are the questions that yield the work items. Where two tell of
	// one piece of work, the first that has a text for it is quoted.
	Sources []fact.Query `json:"sources,omitzero"`

	// Routes say where an item is told; the first that matches decides. Nil:
	// [DefaultRoutes].
	Routes []Route `json:"routes,omitzero"`

	// Otherwise is where an item is told that no route matches. Nil: as a
	// change to every audience.
	Otherwise []Place `json:"otherwise,omitzero"`

	// Withheld are the items that no note tells. Nil: those with the label
	// do-not-publish.
	Withheld []Match `json:"withheld,omitzero"`

	// ActionRequired are the items that ask something of the reader. Nil: those
	// with the label action-required. They are told even where their authors
	// say that there is nothing to tell.
	ActionRequired []Match `json:"actionRequired,omitzero"`

	// Blocks are the info strings of fenced code blocks in the text of an item
	// that hold what readers are told; what stands around them is not told. Nil:
	// release-note and release-notes. A text without such a block is told as a
	// whole.
	Blocks []string `json:"blocks,omitzero"`

	// BlocksOnly is for sources whose text is not written for readers, such as a
	// description: without a block nothing of it is told, and the title stands
	// for it.
	BlocksOnly bool `json:"blocksOnly,omitzero"`

	// Keys are projects of trackers whose ids identify work wherever an item
	// carries one, as a label ("REL-101") or at the beginning of its title
	// ("[REL-101] Gift cards"): an item of another tracker that does is the same
	// work. Nil: none.
	Keys []string `json:"keys,omitzero"`

	// Unplanned are the audiences that are told of items outside the scope.
	// Nil: support alone.
	Unplanned []Audience `json:"unplanned,omitzero"`

	// Objectives are the audiences to whom the plan's objectives are the
	// benefits. Nil: leadership.
	Objectives []Audience `json:"objectives,omitzero"`

	// Risks are the audiences that the plan's risks are called out to. Nil:
	// support and leadership.
	Risks []Audience `json:"risks,omitzero"`
}

// Route sends the items that match to places in the notes. A Route to no place
// tells them to nobody.
type Route struct {
	Match Match   `json:"match"`       // the zero Match picks nothing
	To    []Place `json:"to,omitzero"` // all of them tell it; none: nobody does
}

// Match picks items that have one of the labels, one of the types and one of
// the components; a list without a name is not looked at. The zero Match picks
// nothing.
type Match struct {
	Labels     []string `json:"labels,omitzero"`     // as the source names them
	Types      []string `json:"types,omitzero"`      // as the source names them: "Bug"
	Components []string `json:"components,omitzero"` // as the source names them
}

// Place is one section of one note.
type Place struct {
	Audience Audience `json:"audience"` // whose note
	Section  Section  `json:"section"`  // where in it
}

// NewMapping returns the mapping of the given sources, with the default for
// everything else.
func NewMapping(sources ...fact.Query) Mapping { return Mapping{}.WithSources(sources...) }

// DefaultRoutes returns what a mapping without routes goes by. An item labelled
// known-issue is a known issue of customers and support, and a change to
// everybody once it is done. What is labelled internal, or is a task, sub-task
// or chore, is a change that support alone is told.
func DefaultRoutes() []Route {
	known := append(changes(Audiences()...), Place{Customers, KnownIssuesSection}, Place{Support, KnownIssuesSection})
	return []Route{
		{Match: Match{Labels: []string{"known-issue"}}, To: known},
		{Match: Match{Labels: []string{"internal"}}, To: changes(Support)},
		{Match: Match{Types: []string{"Task", "Sub-task", "Subtask", "Chore"}}, To: changes(Support)},
	}
}

// changes returns the changes of each audience.
func changes(to ...Audience) []Place {
	places := make([]Place, len(to))
	for i, a := range to {
		places[i] = Place{a, ChangesSection}
	}
	return places
}

// Queries returns everything that has to be asked for [Draft], populations
// included.
func (m Mapping) Queries() []fact.Query { return fact.MergeQueries(m.Sources) }

// WithSources returns the mapping with sources added.
func (m Mapping) WithSources(sources ...fact.Query) Mapping {
	m = m.Clone()
	m.Sources = append(m.Sources, sources...)
	return m
}

// WithRoutes returns the mapping with routes added behind those that it names.
// The default ones are not named: start from [DefaultRoutes] to keep them.
func (m Mapping) WithRoutes(routes ...Route) Mapping {
	m = m.Clone()
	m.Routes = append(m.Routes, lists.Clone(routes, Route.clone)...)
	return m
}

// Clone returns a copy that shares no memory with m.
func (m Mapping) Clone() Mapping {
	m.Sources = slices.Clone(m.Sources)
	m.Routes = lists.Clone(m.Routes, Route.clone)
	m.Otherwise = slices.Clone(m.Otherwise)
	m.Withheld = lists.Clone(m.Withheld, Match.clone)
	m.ActionRequired = lists.Clone(m.ActionRequired, Match.clone)
	m.Blocks, m.Keys = slices.Clone(m.Blocks), slices.Clone(m.Keys)
	m.Unplanned = slices.Clone(m.Unplanned)
	m.Objectives = slices.Clone(m.Objectives)
	m.Risks = slices.Clone(m.Risks)
	return m
}

func (r Route) clone() Route {
	r.Match, r.To = r.Match.clone(), slices.Clone(r.To)
	return r
}

func (m Match) clone() Match {
	m.Labels, m.Types, m.Components = slices.Clone(m.Labels), slices.Clone(m.Types), slices.Clone(m.Components)
	return m
}

// defaults returns the mapping with every default written out.
func (m Mapping) defaults() Mapping {
	label := func(name string) []Match { return []Match{{Labels: []string{name}}} }
	m.Routes = orDefault(m.Routes, DefaultRoutes())
	m.Otherwise = orDefault(m.Otherwise, changes(Audiences()...))
	m.Withheld = orDefault(m.Withheld, label("do-not-publish"))
	m.ActionRequired = orDefault(m.ActionRequired, label("action-required"))
	m.Blocks = orDefault(m.Blocks, []string{"release-note", "release-notes"})
	m.Unplanned = orDefault(m.Unplanned, []Audience{Support})
	m.Objectives = orDefault(m.Objectives, []Audience{Leadership})
	m.Risks = orDefault(m.Risks, []Audience{Support, Leadership})
	return m
}

func orDefault[T any](list, standard []T) []T {
	if list == nil {
		return standard
	}
	return list
}

// IsZero reports whether nothing is named, so that nothing matches.
func (m Match) IsZero() bool { return len(m.Labels)+len(m.Types)+len(m.Components) == 0 }

// matches reports whether the match picks the item.
func (m Match) matches(w *fact.WorkItem) bool {
	return !m.IsZero() && one(m.Labels, w.Labels...) && one(m.Types, w.Type) && one(m.Components, w.Components...)
}

// one reports whether one of the names that an item has is wanted.
func one(wanted []string, names ...string) bool {
	return len(wanted) == 0 || slices.ContainsFunc(names, func(name string) bool {
		return slices.ContainsFunc(wanted, func(w string) bool { return strings.EqualFold(strings.TrimSpace(w), strings.TrimSpace(name)) })
	})
}

// Section is one part of a note that items are told in. The zero value is none.
type Section uint8

// The sections. An item is a known issue as long as it is open; in the others
// it is told once it is done, or because it is must-ship.
const (
	NoSection Section = iota
	ChangesSection
	BenefitsSection
	KnownIssuesSection
	RemediationSection
)

var sectionNames = []string{"none", "changes", "benefits", "known-issues", "remediation"}

// String returns the section's name as it stands in JSON.
func (s Section) String() string { return enum.String("section", sectionNames, s) }

// MarshalText implements [encoding.TextMarshaler].
func (s Section) MarshalText() ([]byte, error) { return enum.Marshal("section", sectionNames, s) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown section is an error.
func (s *Section) UnmarshalText(text []byte) error {
	return enum.Unmarshal("section", sectionNames, s, text)
}
