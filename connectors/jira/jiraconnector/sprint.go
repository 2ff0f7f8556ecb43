package jiraconnector

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/value"
)

// sprintPage is a page of GET /rest/agile/1.0/board/{id}/sprint. The vendor's
// description has no schema for it; the fields are those of its example.
type sprintPage struct {
	Values []sprint `json:"values"`
	IsLast *bool    `json:"isLast"`
}

type sprint struct {
	ID    int64  `json:"id"`
	State string `json:"state"`
}

// maxSprints bounds the active sprints of a board; parallel ones are few.
const maxSprints = 50

// burndown counts the issues of the board's active sprints. They are searched
// by JQL, which is paged by token, and not through the board's own list, which
// is cut off at a limit of the site without a sign.
func (in *instance) burndown(ctx context.Context, p boardParams) (counted, error) {
	ids, err := in.activeSprints(ctx, p.Board)
	if err != nil {
		return counted{}, err
	}
	jql := "sprint in (" + strings.Join(ids, ", ") + ")"
	if p.Count == "unfinished" {
		jql += " AND statusCategory != Done"
	}
	answer, err := in.count(ctx, jql, "")
	answer.link = value.Link(in.site + "/secure/RapidBoard.jspa?rapidView=" + p.Board)
	return answer, err
}

// activeSprints are the ids of the board's active sprints, at least one.
func (in *instance) activeSprints(ctx context.Context, board string) ([]string, error) {
	var page upstream.Strict[sprintPage]
	request := upstream.Get("/rest/agile/1.0/board/{board}/sprint", board).
		With("state", "active").With("startAt", "0").With("maxResults", strconv.Itoa(maxSprints))
	answer, err := in.client.Do(ctx, request, &page)
	if err != nil {
		return nil, err
	}
	fault := func(code, why string) error {
		return &connectors.Diagnostic{
			Code: code, Origin: connectors.FromUpstream, Path: "board", Status: answer.Status, RequestID: answer.RequestID,
			Summary: fmt.Sprintf("board %s %s", board, why),
		}
	}
	if page.Is.Values == nil {
		return nil, fault(connectors.CodeBadAnswer, "has no array of sprints in its answer")
	}
	if page.Is.IsLast == nil || !*page.Is.IsLast {
		return nil, fault(connectors.CodeBadAnswer, fmt.Sprintf("does not say that its first %d active sprints are all", maxSprints))
	}
	var ids []string
	for _, s := range page.Is.Values {
		switch {
		case s.ID <= 0:
			return nil, fault(connectors.CodeBadAnswer, "has a sprint without an id")
		case s.State == "active": // a server that ignores the filter is not believed
			ids = append(ids, strconv.FormatInt(s.ID, 10))
		case s.State != "closed" && s.State != "future":
			return nil, fault(connectors.CodeBadAnswer, fmt.Sprintf("has a sprint in state %.40q", s.State))
		}
	}
	if len(ids) == 0 {
		return nil, fault(connectors.CodeNotFound, "has no active sprint")
	}
	return ids, nil
}
