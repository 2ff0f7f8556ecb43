package azureboardsconnector

import (
	"context"
	"math"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/connectors/internal/joint"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// sprint is a team's current iteration and what is in it.
type sprint struct {
	iteration

	at      time.Time
	ids     []int64
	parents map[int64]bool
}

// sprint finds out what is in a team's current iteration, once for all numbers
// that are asked about it.
func (in *instance) sprint(ctx context.Context, p burndownParams) (sprint, error) {
	return joint.Ask(ctx, in.answers, "sprint "+p.Team, p.Number, func(ctx context.Context) (s sprint, err error) {
		if s.iteration, s.at, err = in.current(ctx, p.Team); err != nil {
			return s, err
		}
		s.ids, s.parents, err = in.iterationItems(ctx, p.Team, s.ID)
		return s, err
	})
}

// burndown answers what is left of a team's current iteration.
func (in *instance) burndown(ctx context.Context, p burndownParams) (counted, error) {
	now, err := in.sprint(ctx, p)
	if err != nil {
		return counted{}, err
	}
	answer := counted{n: float64(len(now.ids)), complete: true, at: now.at, link: in.sprintLink(p.Team, now.iteration)}
	if p.Number == "all" {
		return answer, nil
	}
	answer.n = 0
	for part := range slices.Chunk(now.ids, in.batch) {
		items, whole, got, err := in.load(ctx, part, batchBody{Fields: workFields}, nil)
		if err != nil {
			return counted{}, err
		}
		answer.complete = answer.complete && whole
		for _, item := range items {
			left, known, err := in.left(item, p.Number, now.parents[item.ID], got)
			if err != nil {
				return counted{}, err
			}
			answer.n += left
			answer.complete = answer.complete && known
		}
	}
	return answer, nil
}

// left is what an item adds to the number, and whether it is known. A done item
// adds nothing, whatever work it still has; an item that others are below adds
// its own.
func (in *instance) left(item *workItem, number string, parent bool, got upstream.Answer) (float64, bool, error) {
	if in.category(item.Fields.State) == fact.Done {
		return 0, true, nil
	}
	if number == "unfinished" {
		return 1, true, nil
	}
	switch hours := item.Fields.Remaining.(type) {
	case nil:
		return 0, parent, nil
	case float64:
		if hours >= 0 && hours <= maxHours && !math.IsNaN(hours) {
			return hours, true, nil
		}
	}
	return 0, false, upstream.BadAnswer(got, "work item %d has the remaining work %.40v, which is no number of hours", item.ID, item.Fields.Remaining)
}

// maxHours is more work than an item can be: a person's lifetime.
const maxHours = 1e6

// iterationItems are the ids of the items of an iteration, from small to large,
// and which of them others are below.
func (in *instance) iterationItems(ctx context.Context, team, id string) ([]int64, map[int64]bool, error) {
	var answer upstream.Strict[iterationItems]
	got, err := in.client.Do(ctx, in.get("/{team}/_apis/work/teamsettings/iterations/{iteration}/workitems", team, id), &answer)
	if err != nil {
		return nil, nil, about("team", err)
	}
	if answer.Is.Relations == nil {
		return nil, nil, upstream.BadAnswer(got, "iteration %s: answer has no array of work items", id)
	}
	ids := make([]int64, 0, len(answer.Is.Relations))
	parents := map[int64]bool{}
	for _, r := range answer.Is.Relations {
		if r.Target == nil || r.Target.ID <= 0 {
			return nil, nil, upstream.BadAnswer(got, "iteration %s: answer has a work item without an id", id)
		}
		ids = append(ids, r.Target.ID)
		if r.Source != nil {
			parents[r.Source.ID] = true
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), parents, nil // an item may hang on several
}
