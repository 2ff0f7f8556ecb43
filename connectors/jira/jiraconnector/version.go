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
}

type version struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Archived bool   `json:"archived"`
	Released bool   `json:"released"`
	Overdue  bool   `json:"overdue"` // its date is past and it is not released
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
		var page upstream.Strict[versionPage]
		request := upstream.Get("/rest/api/3/project/{project}/version", p.Project).
			With("query", p.Version).With("startAt", strconv.Itoa(start)).With("maxResults", strconv.Itoa(maxPage))
		answer, err := in.client.Do(ctx, request, &page)
		if err != nil {
			return version{}, time.Time{}, err
		}
		for _, v := range page.Is.Values {
			switch {
			case v.ID == "" || v.Name == "":
				return version{}, time.Time{}, upstream.BadAnswer(answer, "project %q has a version without an id or a name", p.Project)
			case v.Name == p.Version:
				return v, in.client.Observed(answer), nil
			}
		}
		start += len(page.Is.Values)
		switch last := page.Is.IsLast; {
		case page.Is.Values == nil || last == nil || !*last && len(page.Is.Values) == 0:
			return version{}, time.Time{}, upstream.BadAnswer(answer, "project %q: answer is no page of versions that says whether it is the last", p.Project)
		case *last:
			return version{}, time.Time{}, noVersion(connectors.CodeNotFound, "project %q has no version %q", p.Project, p.Version)
		}
	}
	return version{}, time.Time{}, noVersion(connectors.CodeTooLarge, "project %q has more than %d versions like %q", p.Project, maxVersions, p.Version)
}

func noVersion(code, format string, args ...any) error {
	return &connectors.Diagnostic{Code: code, Origin: connectors.FromUpstream, Path: "version", Summary: fmt.Sprintf(format, args...)}
}

// countVersion counts the issues with a fix version.
func (in *instance) countVersion(ctx context.Context, p versionParams) (counted, error) {
	if p.Count != "unresolved" && p.Count != "all" {
		return counted{}, upstream.Invalid("count", "count %q is not known, want unresolved or all", p.Count)
	}
	v, _, err := in.findVersion(ctx, p)
	if err != nil {
		return counted{}, err
	}
	var page upstream.Strict[versionCounts]
	answer, err := in.client.Do(ctx, upstream.Get("/rest/api/3/version/{id}/unresolvedIssueCount", v.ID), &page)
	if err != nil {
		return counted{}, err
	}
	counts := page.Is
	n := counts.All
	if p.Count == "unresolved" {
		n = counts.Unresolved
	}
	switch all, open := counts.All, counts.Unresolved; {
	case n == nil || *n < 0:
		return counted{}, upstream.BadAnswer(answer, "the counts of version %q have no number of %s issues", p.Version, p.Count)
	case all != nil && open != nil && *open > *all:
		return counted{}, upstream.BadAnswer(answer, "version %q counts %d issues and %d of them unresolved", p.Version, *all, *open)
	}
	return counted{n: *n, complete: true, at: in.client.Observed(answer), link: in.versionLink(p.Project, v.ID)}, nil
}

// listVersion lists the version itself as one work item.
func (in *instance) listVersion(ctx context.Context, p versionParams, after string, yield func(connectors.Page) error) (connectors.Listed, error) {
	listed := connectors.Listed{Source: source}
	from, err := parseCursor(after)
	switch {
	case p.Count != "":
		return listed, upstream.Invalid("count", "count %q wants a number, not items", p.Count)
	case err != nil:
		return listed, err
	case from.End:
		listed.Complete, listed.ObservedAt = !from.Incomplete, from.At
		return listed, nil
	case after != "":
		return listed, upstream.Invalid("cursor", "cursor %.80q is none of this query", after)
	}
	v, at, err := in.findVersion(ctx, p)
	if err != nil {
		return listed, err
	}
	listed.Link = in.versionLink(p.Project, v.ID)
	item := fact.WorkItem{ID: v.ID, Title: v.Name, Type: "Version", Link: listed.Link}
	item.Status, item.Category = v.state()
	end := cursor{At: at, End: true}
	if err := yield(connectors.Page{WorkItems: []fact.WorkItem{item}, Cursor: end.String()}); err != nil {
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
	case v.Overdue:
		return "Overdue", fact.InProgress
	}
	return "Unreleased", fact.InProgress
}

func (in *instance) versionLink(project, id string) value.Link {
	return value.Link(in.site + "/projects/" + url.PathEscape(project) + "/versions/" + url.PathEscape(id))
}
