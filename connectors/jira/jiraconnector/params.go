package jiraconnector

import (
	"strconv"
	"strings"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// countParams are those of jira.Count.
type countParams struct {
	JQL       string `json:"jql" jsonschema_description:"a JQL expression that restricts something"`
	Reconcile string `json:"reconcile,omitzero" jsonschema_description:"ids of issues that are looked up beside the index, joined by commas"`
}

// itemsParams are those of jira.Items and jira.ItemsWith.
type itemsParams struct {
	JQL       string `json:"jql" jsonschema_description:"a JQL expression that restricts something"`
	Reconcile string `json:"reconcile,omitzero" jsonschema_description:"ids of issues that are looked up beside the index, joined by commas"`
	Note      string `json:"note,omitzero" jsonschema_description:"name or id of the field with the text for release notes"`
	Link      string `json:"link,omitzero" jsonschema_description:"name or id of the field with a link to the same work elsewhere"`
	Labels    string `json:"labels,omitzero" jsonschema_description:"names or ids of fields that become labels, a line each"`
}

// approvalParams are those of jira.Approvals and jira.SignOffs.
type approvalParams struct {
	JQL       string `json:"jql" jsonschema_description:"a JQL expression that restricts something"`
	Reconcile string `json:"reconcile,omitzero" jsonschema_description:"ids of issues that are looked up beside the index, joined by commas"`
	Gate      string `json:"gate,omitzero" jsonschema_description:"name or id of the field with the gate"`
	Subject   string `json:"subject,omitzero" jsonschema_description:"name or id of the field with the digest of what is approved"`
	Role      string `json:"role,omitzero" jsonschema_description:"name or id of the field with the role"`
}

// maxReconciled is how many issues a search looks up: "Accepts max 50 ids".
const maxReconciled = 50

// reconciled reads the ids of issues.
func reconciled(text string) ([]int64, error) {
	if text == "" {
		return nil, nil
	}
	var ids []int64
	for part := range strings.SplitSeq(text, ",") {
		id, err := strconv.ParseInt(part, 10, 64)
		if err != nil || id <= 0 {
			return nil, upstream.Invalid("reconcile", "reconcile has %.40q, which is no id of an issue", part)
		}
		ids = append(ids, id)
	}
	if len(ids) > maxReconciled {
		return nil, upstream.Invalid("reconcile", "reconcile has %d ids, and Jira takes %d", len(ids), maxReconciled)
	}
	return ids, nil
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

func (p countParams) fault() *connectors.Diagnostic { return jqlFault(p.JQL) }

func (p itemsParams) fault() *connectors.Diagnostic { return jqlFault(p.JQL) }

func (p approvalParams) fault() *connectors.Diagnostic { return jqlFault(p.JQL) }

func jqlFault(jql string) *connectors.Diagnostic {
	if strings.TrimSpace(jql) == "" {
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
