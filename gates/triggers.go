package gates

import (
	"fmt"
	"math"
	"time"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// TriggerMaxAge is how old an observation may be that a trigger looks at. What
// fires within minutes is not seen in the facts of a quarter of an hour ago.
const TriggerMaxAge = 5 * time.Minute

// TriggerState is what is known of a trigger. The zero value is [TriggerBlind].
type TriggerState uint8

// The states. Both the first and the last are an alarm.
const (
	TriggerBlind TriggerState = iota // nobody can tell
	TriggerQuiet                     // seen, and not beyond its limit
	TriggerFired                     // seen, beyond its limit and for as long as it takes
)

var triggerStateNames = []string{"blind", "quiet", "fired"}

// String returns "blind", "quiet" or "fired".
func (s TriggerState) String() string { return enum.String("trigger state", triggerStateNames, s) }

// MarshalText implements [encoding.TextMarshaler].
func (s TriggerState) MarshalText() ([]byte, error) {
	return enum.Marshal("trigger state", triggerStateNames, s)
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown state is an error.
func (s *TriggerState) UnmarshalText(text []byte) error {
	return enum.Unmarshal("trigger state", triggerStateNames, s, text)
}

// Trigger is one row of the plan's decision matrix or one threshold of customer
// impact, and what is known of it.
type Trigger struct {
	ID       string         `json:"id"`                // of the row in the plan
	Path     check.Path     `json:"path"`              // of the row, as in a packet
	State    TriggerState   `json:"state"`             // the zero value is blind
	Code     Code           `json:"code"`              // why it is blind, or how the measure stands
	Detail   string         `json:"detail,omitzero"`   // in words, where the code does not say it all
	Metric   string         `json:"metric"`            // as people call it
	Observed value.Quantity `json:"observed,omitzero"` // zero: nothing was measured
	Limit    value.Quantity `json:"limit,omitzero"`    // itself still right
	Action   string         `json:"action,omitzero"`   // what is to be done; a threshold of impact has none
	Deciders []Owner        `json:"deciders,omitzero"` // the role that decides, then the one that stands in

	// Of one that fired: since when it is beyond its limit, when it fired, by
	// when it has to be decided, and by when users have to be served again if it
	// is decided to go back. Left is what is left of that, below zero once it is
	// over. The rollback SLA is counted from the moment at which the trigger
	// fired: the time that it takes to decide is the users' as well.
	Since    time.Time      `json:"since,omitzero"`
	FiredAt  time.Time      `json:"firedAt,omitzero"`  // when it had been beyond the limit for as long as it takes
	DecideBy time.Time      `json:"decideBy,omitzero"` // zero: the row sets no deadline
	ServeBy  time.Time      `json:"serveBy,omitzero"`  // zero: the plan has no rollback SLA
	Left     value.Duration `json:"left,omitzero"`     // from now to ServeBy; 0 without it
}

// String says in one line what is known, what to do and who decides.
func (t Trigger) String() string {
	s := fmt.Sprintf("%s is %s: %s", t.ID, t.State, t.Metric)
	switch t.State {
	case TriggerFired:
		s += fmt.Sprintf(" %s against %s since %s", t.Observed, t.Limit, stamp(t.Since))
	case TriggerBlind:
		s += " cannot be seen, " + t.Code.Words()
		if t.Detail != "" {
			s += " (" + t.Detail + ")"
		}
	default:
		return s + fmt.Sprintf(" %s against %s", t.Observed, t.Limit)
	}
	if t.Action != "" {
		s += "; " + t.Action
	}
	if s += "; " + owners(t.Deciders); !t.ServeBy.IsZero() {
		s += fmt.Sprintf("; %.0f minutes left to serve users again", math.Floor(t.Left.Std().Minutes()))
	}
	return s
}

// Triggers says of every row of the plan's decision matrix, in its order, and of
// every threshold of customer impact whether it fires at now. A row is judged as
// a criterion is, so whatever makes a criterion Unknown makes a row [TriggerBlind]:
// facts that are missing, failed, incomplete, older than [TriggerMaxAge], of the
// future, not a number, in another unit, with gaps, or a zero out of nothing; a
// row that names no query, no side or no usable limit. A blind row is an alarm.
//
// Facts answer [TriggerQueries]. A row with a duration fires when everything
// that was seen over that time is beyond the limit, one without as soon as
// anything is. The limit itself is still right.
func Triggers(plan release.Plan, facts fact.Set, now time.Time) []Trigger {
	rows := rowsOf(&plan)
	g := Exit("triggers")
	for i := range rows {
		g.Criteria = append(g.Criteria, rows[i].criterion)
	}
	outcomes := Evaluate(NewCatalog(g), Input{Facts: facts, Now: now}).Gates[0].Outcomes
	all := make([]Trigger, len(rows))
	for i := range rows {
		all[i] = rows[i].read(&outcomes[i], facts, now)
		if all[i].State == TriggerFired && plan.Overview.RollbackSLA > 0 {
			all[i].ServeBy = all[i].FiredAt.Add(plan.Overview.RollbackSLA.Std())
			all[i].Left = value.Duration(all[i].ServeBy.Sub(now))
		}
		w := way{plan: &plan, now: now}
		for _, role := range rows[i].roles {
			if role != "" {
				all[i].Deciders = append(all[i].Deciders, w.owner(role))
			}
		}
	}
	return all
}

// TriggerQueries returns what has to be asked to judge the triggers of a plan:
// a row with a duration asks for a series over it.
func TriggerQueries(plan release.Plan) []fact.Query {
	var lists [][]fact.Query
	for _, r := range rowsOf(&plan) {
		lists = append(lists, r.criterion.Queries())
	}
	return fact.MergeQueries(lists...)
}

// row is one trigger in the making.
type row struct {
	Trigger
	when      release.Condition
	within    time.Duration
	roles     [2]string
	criterion Criterion
}

func rowsOf(plan *release.Plan) []row {
	var rows []row
	add := func(r row) {
		r.Metric, r.Limit = r.when.Metric, r.when.Limit
		r.criterion = watch(r.when).FreshWithin(TriggerMaxAge)
		r.criterion.ID = string(r.Path)
		rows = append(rows, r)
	}
	for i, t := range plan.Rollback.Matrix {
		at := check.Path("plan.rollback.matrix").Index(i)
		add(row{Trigger: Trigger{ID: t.ID, Path: at, Action: t.Action}, when: t.When, within: t.Within.Std(), roles: [2]string{t.Owner, t.Delegate}})
	}
	for i, impact := range plan.Overview.Impact {
		at := check.Path("plan.overview.impact").Index(i)
		add(row{Trigger: Trigger{ID: impact.ID, Path: at}, when: impact.Condition, roles: [2]string{plan.Overview.Manager, plan.Overview.Deputy}})
	}
	return rows
}

// watch returns the criterion that passes while a condition is not met. One that
// has to last passes as soon as one sample is on the right side, so it is turned
// round: the criterion passes when all of them are on the wrong one.
func watch(c release.Condition) Criterion {
	q, limit := c.Query, float64(c.Limit.Value)
	items := q.Yields.Shape.Items()
	at, ok := c.Limit.In(q.Yields.Unit)
	switch {
	case c.For < 0, c.For > 0 && items, !items && !ok, items && (c.Limit.Unit != value.Count || !(limit >= 0 && limit < math.MaxInt32)):
		return Criterion{}
	case items && c.Beyond == release.Above:
		return Count("", q, Match{}, 0, int(math.Floor(limit)))
	case items && c.Beyond == release.Below:
		return Count("", q, Match{}, int(math.Ceil(limit)), NoLimit)
	case c.Beyond == release.Above && c.For == 0:
		return AtMost("", q, float64(at))
	case c.Beyond == release.Below && c.For == 0:
		return AtLeast("", q, float64(at))
	case c.Beyond == release.Above:
		return AtLeast("", q, math.Nextafter(float64(at), math.Inf(1))).SustainedFor(c.For.Std()).WithMaxGap(silence(c.For.Std()))
	case c.Beyond == release.Below:
		return AtMost("", q, math.Nextafter(float64(at), math.Inf(-1))).SustainedFor(c.For.Std()).WithMaxGap(silence(c.For.Std()))
	default:
		return Criterion{}
	}
}

// silence is the longest gap between samples: a tenth of the window, but a
// minute where that is less, since monitors sample that often, and at most half.
func silence(window time.Duration) time.Duration {
	return max(window/10, min(time.Minute, window/2))
}

// read turns what the criterion came to into what is known of the row.
func (r *row) read(a *Assessment, facts fact.Set, now time.Time) Trigger {
	t := r.Trigger
	t.Code, t.Detail = a.Code, a.Detail
	fires := Fail
	if r.when.For > 0 {
		fires = Pass
	}
	switch {
	case a.Raw == Unknown:
		if r.when.Query.IsZero() {
			t.Detail = "a person has to look"
		}
		return t
	case a.Raw != fires:
		t.State, t.Observed = TriggerQuiet, a.Observed
		return t
	}
	t.State, t.Observed = TriggerFired, a.Observed
	t.Since = r.since(&facts.Results[a.Results[0]])
	t.FiredAt = t.Since.Add(r.when.For.Std())
	if t.FiredAt.After(now) {
		t.FiredAt = now
	}
	if r.within > 0 {
		t.DecideBy = t.FiredAt.Add(r.within)
	}
	return t
}

// since is when the last stretch beyond the limit began, as far as was seen.
func (r *row) since(result *fact.Result) time.Time {
	since, found := result.ObservedAt, false
	limit, _ := r.when.Limit.In(result.Query.Yields.Unit)
	for i := len(result.Samples) - 1; i >= 0; i-- {
		s := &result.Samples[i]
		beyond := r.when.Beyond == release.Above && s.Value > limit || r.when.Beyond == release.Below && s.Value < limit
		if !beyond && found {
			break
		}
		if beyond {
			since, found = s.At, true
		}
	}
	return since
}
