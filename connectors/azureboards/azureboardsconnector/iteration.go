package azureboardsconnector

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// iterationList is GET work/teamsettings/iterations.
type iterationList struct {
	Count *int        `json:"count"`
	Value []iteration `json:"value"`
}

// iteration is TeamSettingsIteration.
type iteration struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Path       string `json:"path"`
	Attributes struct {
		TimeFrame string `json:"timeFrame"` // past, current or future
	} `json:"attributes"`
}

// iterationItems is GET work/teamsettings/iterations/{id}/workitems: every item
// is the target of a relation, of one without a source if it is at the top.
type iterationItems struct {
	Relations []struct {
		Source *reference `json:"source"`
		Target *reference `json:"target"`
	} `json:"workItemRelations"`
}

// listIterations asks for the iterations of a team, all or the current one.
func (in *instance) listIterations(ctx context.Context, team, timeframe string) ([]iteration, upstream.Answer, error) {
	request := in.get("/{team}/_apis/work/teamsettings/iterations", team)
	if timeframe != "" {
		request = request.With("$timeframe", timeframe)
	}
	var answer upstream.Strict[iterationList]
	got, err := in.client.Do(ctx, request, &answer)
	if err != nil {
		return nil, got, about("team", err)
	}
	list := answer.Is
	switch {
	case list.Value == nil:
		return nil, got, upstream.BadAnswer(got, "team %q: answer has no array of iterations", team)
	case list.Count != nil && *list.Count > len(list.Value):
		return nil, got, upstream.BadAnswer(got, "team %q: answer counts %d iterations and has %d", team, *list.Count, len(list.Value))
	case slices.ContainsFunc(list.Value, func(i iteration) bool { return i.ID == "" }):
		return nil, got, upstream.BadAnswer(got, "team %q: answer has an iteration without an id", team)
	}
	return list.Value, got, nil
}

// iterations lists the iterations of a team as work items.
func (in *instance) iterations(ctx context.Context, team, cursor string) (connectors.Page, connectors.Listed, error) {
	var page connectors.Page
	if cursor != "" { // all come at once
		return page, connectors.Listed{}, upstream.Invalid("cursor", "cursor %.80q is none of this query", cursor)
	}
	list, got, err := in.listIterations(ctx, team, "")
	if err != nil {
		return page, connectors.Listed{}, err
	}
	listed := connectors.Listed{Complete: true, ObservedAt: in.client.Observed(got), Source: source, Link: value.Link(in.site + "/_sprints/directory")}
	seen := map[string]bool{}
	for _, i := range list {
		if seen[i.ID] {
			return page, listed, upstream.BadAnswer(got, "team %q: answer has iteration %s twice", team, i.ID)
		}
		seen[i.ID] = true
		item := fact.WorkItem{ID: i.ID, Title: i.Path, Type: "Iteration", Status: i.Attributes.TimeFrame, Category: timeFrames[i.Attributes.TimeFrame],
			Link: in.sprintLink(team, i)}
		if item.Title == "" {
			item.Title = i.Name
		}
		page.WorkItems = append(page.WorkItems, item)
	}
	return page, listed, nil
}

// timeFrames are what the time frame of an iteration means for work in it.
var timeFrames = map[string]fact.Category{"past": fact.Done, "current": fact.InProgress, "future": fact.ToDo}

// sprintLink is where a person sees the iteration.
func (in *instance) sprintLink(team string, i iteration) value.Link {
	path := strings.ReplaceAll(url.PathEscape(i.Path), "%5C", "/") // a path has backslashes, and none in its names
	return value.Link(in.site + "/_sprints/taskboard/" + url.PathEscape(team) + "/" + path)
}

// current is the current iteration of a team, and when it is that.
func (in *instance) current(ctx context.Context, team string) (iteration, time.Time, error) {
	list, got, err := in.listIterations(ctx, team, "current")
	if err != nil {
		return iteration{}, time.Time{}, err
	}
	for _, i := range list { // a server that ignores the filter is not believed
		if frame := i.Attributes.TimeFrame; frame != "" && timeFrames[frame] == fact.UnknownCategory {
			return iteration{}, time.Time{}, upstream.BadAnswer(got, "team %q: iteration %s is in the time frame %.40q", team, i.ID, frame)
		}
	}
	list = slices.DeleteFunc(list, func(i iteration) bool { return i.Attributes.TimeFrame == "past" || i.Attributes.TimeFrame == "future" })
	switch len(list) {
	case 1:
		return list[0], in.client.Observed(got), nil
	case 0:
		return iteration{}, time.Time{}, &connectors.Diagnostic{Code: connectors.CodeNotFound, Origin: connectors.FromUpstream, Path: "team",
			Status: got.Status, RequestID: got.RequestID, Summary: fmt.Sprintf("team %q has no current iteration", team)}
	}
	return iteration{}, time.Time{}, upstream.BadAnswer(got, "team %q: answer has %d current iterations", team, len(list))
}
