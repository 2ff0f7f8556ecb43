package jiraconnector

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// versionPage is a page of GET /rest/api/3/project/{key}/version (PageBeanVersion).
type versionPage struct {
	Values []version `json:"values"`
	IsLast *bool     `json:"isLast"`
	Total  *int      `json:"total"`
}

type version struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Archived bool   `json:"archived"`
	Released bool   `json:"released"`
}

// versionCounts is GET /rest/api/3/version/{id}/unresolvedIssueCount.
type versionCounts struct {
	All        *int64 `json:"issuesCount"`
	Unresolved *int64 `json:"issuesUnresolvedCount"`
}

// maxVersions bounds the search for one name. Jira's filter matches parts of
// names and descriptions, without regard to case.
const maxVersions = 5000

// findVersion returns the version with exactly that name; within a project
// names are unique.
func (in *instance) findVersion(ctx context.Context, p versionParams) (version, time.Time, error) {
	for start := 0; start < maxVersions; {
		var page versionPage
		request := upstream.Get("/rest/api/3/project/{project}/version", p.Project).
			With("query", p.Version).With("startAt", strconv.Itoa(start)).With("maxResults", strconv.Itoa(maxPage))
		answer, err := in.client.Do(ctx, request, &page)
		if err != nil {
			return version{}, time.Time{}, err
		}
		for _, v := range page.Values {
			if v.Name == p.Version && v.ID != "" {
				return v, in.observed(answer), nil
			}
		}
		start += len(page.Values)
		if len(page.Values) == 0 || page.IsLast != nil && *page.IsLast || page.IsLast == nil && page.Total != nil && start >= *page.Total {
			break
		}
	}
	return version{}, time.Time{}, &connectors.Diagnostic{
		Code: connectors.CodeNotFound, Origin: connectors.FromUpstream, Path: "version",
		Summary: fmt.Sprintf("project %q has no version %q", p.Project, p.Version),
	}
}

// countVersion counts the issues with a fix version.
func (in *instance) countVersion(ctx context.Context, p versionParams) (counted, error) {
	if p.Count != "unresolved" && p.Count != "all" {
		return counted{}, invalid("count", "count %q is not known, want unresolved or all", p.Count)
	}
	v, _, err := in.findVersion(ctx, p)
	if err != nil {
		return counted{}, err
	}
	var counts versionCounts
	answer, err := in.client.Do(ctx, upstream.Get("/rest/api/3/version/{id}/unresolvedIssueCount", v.ID), &counts)
	if err != nil {
		return counted{}, err
	}
	n := counts.All
	if p.Count == "unresolved" {
		n = counts.Unresolved
	}
	if n == nil || *n < 0 {
		return counted{}, &connectors.Diagnostic{
			Code: connectors.CodeBadAnswer, Origin: connectors.FromUpstream, Status: answer.Status, RequestID: answer.RequestID,
			Summary: fmt.Sprintf("the counts of version %q have no number of %s issues", p.Version, p.Count),
		}
	}
	return counted{n: *n, complete: true, at: in.observed(answer), link: in.versionLink(p.Project, v.ID)}, nil
}

// listVersion lists the version itself as one work item.
func (in *instance) listVersion(ctx context.Context, p versionParams, after string, yield func(connectors.Page) error) (connectors.Listed, error) {
	listed := connectors.Listed{Source: source}
	end := cursor{end: true}.String()
	switch {
	case p.Count != "":
		return listed, invalid("count", "count %q wants a number, not items", p.Count)
	case after == end:
		listed.Complete, listed.ObservedAt = true, in.client.Now().UTC()
		return listed, nil
	case after != "":
		return listed, invalid("cursor", "cursor %q is none of this connector", after)
	}
	v, at, err := in.findVersion(ctx, p)
	if err != nil {
		return listed, err
	}
	listed.Link = in.versionLink(p.Project, v.ID)
	item := fact.WorkItem{ID: v.ID, Title: v.Name, Type: "Version", Link: listed.Link}
	item.Status, item.Category = v.state()
	if err := yield(connectors.Page{WorkItems: []fact.WorkItem{item}, Cursor: end}); err != nil {
		return listed, err
	}
	listed.Complete, listed.ObservedAt = true, at
	return listed, nil
}

func (v version) state() (string, fact.Category) {
	switch {
	case v.Archived && v.Released:
		return "Archived", fact.Done
	case v.Archived:
		return "Archived", fact.UnknownCategory
	case v.Released:
		return "Released", fact.Done
	}
	return "Unreleased", fact.InProgress
}

func (in *instance) versionLink(project, id string) value.Link {
	return value.Link(in.site + "/projects/" + url.PathEscape(project) + "/versions/" + url.PathEscape(id))
}
