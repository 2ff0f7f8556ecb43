package azureboardstest

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Item is one revision of a work item. ID is required; the rest has defaults.
type Item struct {
	ID        int64
	Title     string
	Type      string // "Task"
	State     string // "New"
	Priority  int    // 2
	Severity  string
	Tags      []string
	Area      string // the project; `Shop\Web`
	Iteration string // the project; `Shop\Sprint 1`
	Assigned  string // unique names of people: addresses
	Created   string
	Remaining float64  // hours; below 0: the field is empty
	Parent    int64    // 0: none
	Links     []string // hyperlinks
	Changed   time.Time
}

// Iteration is one of a team. TimeFrame is "past", "current" or "future".
type Iteration struct {
	ID, Name, Path, TimeFrame string
}

type state struct {
	items  map[int64][]Item // revisions, the oldest first
	teams  map[string][]Iteration
	hidden map[int64]bool // from queries and from reading
	locked map[int64]bool // from reading
}

// AddItems adds work items, or revisions of those that are there.
func (s *Server) AddItems(items ...Item) {
	now := s.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range items {
		one.Type, one.State = cmp.Or(one.Type, "Task"), cmp.Or(one.State, "New")
		one.Priority = cmp.Or(one.Priority, 2)
		one.Area, one.Iteration = cmp.Or(one.Area, Project), cmp.Or(one.Iteration, Project)
		one.Created = cmp.Or(one.Created, "release@example.com")
		if one.Changed.IsZero() {
			one.Changed = now.Truncate(time.Millisecond) // as a query is as of
		}
		s.state.items[one.ID] = append(s.state.items[one.ID], one)
	}
}

// Delete deletes work items for good, as if they had never been.
func (s *Server) Delete(ids ...int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range ids {
		delete(s.state.items, id)
	}
}

// AddTeam adds a team with its iterations.
func (s *Server) AddTeam(name string, iterations ...Iteration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state.teams == nil {
		s.state.teams = map[string][]Iteration{}
	}
	s.state.teams[name] = iterations
}

// Hide leaves items out of queries without a word, as Azure Boards does with
// those of an area that the account may not see.
func (s *Server) Hide(ids ...int64) { s.mark(&s.state.hidden, ids) }

// Lock lets queries find items that cannot be read.
func (s *Server) Lock(ids ...int64) { s.mark(&s.state.locked, ids) }

func (s *Server) mark(marked *map[int64]bool, ids []int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	*marked = map[int64]bool{}
	for _, id := range ids {
		(*marked)[id] = true
	}
}

// at returns the revision of an item as of a moment; false if there was none.
// The zero moment is now.
func (st *state) at(id int64, asOf time.Time) (Item, bool) {
	for _, revision := range slices.Backward(st.items[id]) {
		if asOf.IsZero() || !revision.Changed.After(asOf) {
			return revision, !st.hidden[id]
		}
	}
	return Item{}, false
}

// ids are those of all items, from small to large.
func (st *state) ids() []int64 { return slices.Sorted(maps.Keys(st.items)) }
