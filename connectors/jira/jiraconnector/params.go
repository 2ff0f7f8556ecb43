package jiraconnector

import (
	"strconv"
	"strings"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// searchParams are those of jira.Count and jira.Items.
type searchParams struct {
	JQL string `json:"jql" jsonschema_description:"a JQL expression that restricts something"`
}

// versionParams are those of jira.Unresolved and jira.Version. Count is
// "unresolved" or "all" for a number and absent for the version itself.
type versionParams struct {
	Project string `json:"project" jsonschema_description:"the project's key"`
	Version string `json:"version" jsonschema_description:"the version's name as written"`
	Count   string `json:"count,omitzero" jsonschema_description:"unresolved or all; absent for the version itself"`
}

// boardParams are those of jira.Burndown. Count is "unfinished" or "all".
type boardParams struct {
	Board string `json:"board" jsonschema_description:"the board's id"`
	Count string `json:"count" jsonschema_description:"unfinished or all"`
}

func (p searchParams) fault() *connectors.Diagnostic {
	if strings.TrimSpace(p.JQL) == "" {
		return upstream.Invalid("jql", "jql is empty, want an expression that restricts something")
	}
	return nil
}

func (p versionParams) fault() *connectors.Diagnostic {
	switch {
	case p.Project == "":
		return upstream.Invalid("project", "project is missing, want its key")
	case p.Version == "":
		return upstream.Invalid("version", "version is missing, want its name")
	}
	return nil
}

func (p boardParams) fault() *connectors.Diagnostic {
	if id, err := strconv.ParseInt(p.Board, 10, 64); err != nil || id <= 0 {
		return upstream.Invalid("board", "board %q is no id, want a number above 0", p.Board)
	}
	if p.Count != "unfinished" && p.Count != "all" {
		return upstream.Invalid("count", "count %q is not known, want unfinished or all", p.Count)
	}
	return nil
}

// params reads the parameters of a query.
func params[T interface{ fault() *connectors.Diagnostic }](q fact.Query) (T, error) {
	var p T
	if err := connectors.DecodeParams(q, &p); err != nil {
		return p, err
	}
	if d := p.fault(); d != nil {
		return p, d
	}
	return p, nil
}
