package probe

import (
	"fmt"

	"github.com/tidegate-go/tidegate/gates/internal/judge"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Health is that monitors and service level objectives are well. One that
// alerts fails, one that warns is a warning, and one that is muted, has no data
// or does not say is unknown. A list without any proves nothing, whatever its
// population: that a search for monitors found none is how a renamed tag looks.
type Health struct {
	Query fact.Query `json:"query"` // states

	// Least is how many states there are at least, muted ones apart; 0 means 1.
	// A search that finds fewer than it should is otherwise not noticed. One that
	// is listed twice, by id and group, is one.
	Least int `json:"least,omitzero"`

	// Muted is why what is muted does not matter. Empty: it is unknown.
	Muted string `json:"muted,omitzero"`
}

// Queries returns the query.
func (h *Health) Queries() []fact.Query { return []fact.Query{h.Query} }

// Fault says where and why the test can never be judged, if so.
func (h *Health) Fault() (check.Path, string) {
	if h.Least < 0 {
		return "least", "wants less than no state"
	}
	return wantShape("query", h.Query, fact.StateShape)
}

// Condition says what the test demands.
func (h *Health) Condition() string {
	condition := fmt.Sprintf("at least %d well and none otherwise", max(h.Least, 1))
	if !check.Blank(h.Muted) {
		condition += ", muted ones apart, since " + h.Muted
	}
	return condition
}

// Judge judges the worst state.
func (h *Health) Judge(s judge.Scene) judge.Said {
	r, code := s.Look(0)
	if code != "" {
		return judge.Unclear(code)
	}
	worst, about, well, counted := judge.Said{Outcome: judge.Pass, Code: judge.Met}, "", 0, 0
	for i := range r.States {
		state := &r.States[i]
		if state.Status == fact.Muted && !check.Blank(h.Muted) {
			continue
		}
		counted++
		said := stateSays(state.Status)
		if said.Outcome == judge.Pass {
			well++
		} else if severity(said.Outcome) > severity(worst.Outcome) {
			worst, about = said, join(state.Title, state.Group)
		}
	}
	said := worst.With(judge.Count(counted-well), judge.Count(0)).Because(about)
	switch least := max(h.Least, 1); {
	case worst.Outcome == judge.Fail:
		return said
	case len(r.States) == 0:
		return judge.Unclear(judge.Vacuous)
	case counted < least, least > 1 && h.distinct(r.States) < least:
		return judge.Unclear(judge.TooFew).With(judge.Count(h.distinct(r.States)), judge.Count(least))
	}
	return said
}

// distinct counts what is watched, muted ones apart if they do not matter.
func (h *Health) distinct(states []fact.State) int {
	type watched struct{ id, group string }
	all := map[watched]bool{}
	for i := range states {
		if states[i].Status != fact.Muted || check.Blank(h.Muted) {
			all[watched{states[i].ID, states[i].Group}] = true
		}
	}
	return len(all)
}

func stateSays(h fact.Health) judge.Said {
	switch h {
	case fact.Healthy:
		return judge.Said{Outcome: judge.Pass, Code: judge.Met}
	case fact.Warned:
		return judge.Said{Outcome: judge.Warn, Code: judge.Nearing}
	case fact.Alerting:
		return judge.Said{Outcome: judge.Fail, Code: judge.NotMet}
	case fact.NoData:
		return judge.Unclear(judge.NoData)
	case fact.Muted:
		return judge.Unclear(judge.Muted)
	default:
		return judge.Unclear(judge.Unclassified)
	}
}

// severity orders outcomes: fail, unknown, warn, pass.
func severity(o judge.Outcome) int {
	switch o {
	case judge.Fail:
		return 3
	case judge.Unknown:
		return 2
	case judge.Warn:
		return 1
	default:
		return 0
	}
}

// Quiet is that there was no incident: none was opened in the last stretch of
// time, and none from before was open in it. The stretch ends when the result
// was observed. No incident means something only if the query's population
// shows that there was something to have one: the services that were watched.
type Quiet struct {
	Query fact.Query     `json:"query"` // incidents, over a window that is not shorter, out of what was watched
	For   value.Duration `json:"for"`   // how long, above 0
}

// Queries returns the query.
func (q *Quiet) Queries() []fact.Query { return []fact.Query{q.Query} }

// Fault says where and why the test can never be judged, if so.
func (q *Quiet) Fault() (check.Path, string) {
	switch {
	case q.For <= 0:
		return "for", "does not say how long it has to be quiet"
	case q.Query.Window < q.For:
		return "query.window", "asks for a shorter time than has to be quiet"
	}
	return wantShape("query", q.Query, fact.IncidentShape)
}

// Condition says what the test demands.
func (q *Quiet) Condition() string { return "no incident for " + q.For.Human() }

// Judge judges that no incident was open in the stretch.
func (q *Quiet) Judge(s judge.Scene) judge.Said {
	r, code := s.Look(0)
	if code != "" {
		return judge.Unclear(code)
	}
	from := r.ObservedAt.Add(-q.For.Std())
	said, open, unclear := judge.Said{}, 0, judge.Said{}
	for i := range r.Incidents {
		incident := &r.Incidents[i]
		switch {
		case incident.Resolved.IsZero() || incident.Resolved.After(from):
			if open++; open == 1 {
				said.Detail = incident.ID
			}
		case incident.Opened.IsZero() || incident.Opened.After(incident.Resolved):
			unclear = judge.Unclear(judge.NoTime).Because(incident.ID) // it ended before it began
		}
	}
	said = said.With(judge.Count(open), judge.Count(0))
	switch {
	case open > 0:
		said.Outcome, said.Code = judge.Fail, judge.NotMet
	case unclear.Code != "":
		return unclear
	case !s.Proves(0):
		said.Code = judge.Vacuous
	default:
		said.Outcome, said.Code = judge.Pass, judge.Met
	}
	return said
}
