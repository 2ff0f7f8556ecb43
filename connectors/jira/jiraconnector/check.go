package jiraconnector

import (
	"context"
	"strconv"

	"github.com/tidegate-go/tidegate/connectors/upstream"
)

// checkJQL is a search that every site answers and that costs it little. It
// proves that searching is allowed, not that anything can be seen.
const checkJQL = "updated >= -1d"

// Check proves the credential, the permission to search, and access to the
// projects and boards of the settings.
func (in *instance) Check(ctx context.Context) error {
	var me upstream.Strict[person]
	answer, err := in.client.Do(ctx, upstream.Get("/rest/api/3/myself"), &me)
	if err != nil {
		return err
	}
	if me.Is.AccountID == "" {
		return upstream.BadAnswer(answer, "GET /rest/api/3/myself: answer has no accountId")
	}
	if _, err := in.search(searchBody{JQL: checkJQL, Fields: []string{"id"}, MaxResults: 1}).next(ctx); err != nil {
		return err
	}
	for _, key := range in.projects {
		// Jira hides a project that the account may not browse behind a 404.
		request := upstream.Get("/rest/api/3/project/{project}/version", key).With("maxResults", "1")
		var page upstream.Strict[versionPage]
		answer, err := in.client.Do(ctx, request, &page)
		if err != nil {
			return err
		}
		if page.Is.Values == nil || page.Is.IsLast == nil {
			return upstream.BadAnswer(answer, "project %q: answer is no page of versions", key)
		}
	}
	for _, id := range in.boards {
		request := upstream.Get("/rest/agile/1.0/board/{board}/sprint", strconv.FormatInt(id, 10)).
			With("state", "active").With("maxResults", "1")
		var page upstream.Strict[sprintPage]
		answer, err := in.client.Do(ctx, request, &page)
		if err != nil {
			return err
		}
		if page.Is.Values == nil || page.Is.IsLast == nil {
			return upstream.BadAnswer(answer, "board %d: answer is no page of sprints", id)
		}
	}
	return nil
}
