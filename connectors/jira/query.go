package jira

import (
	"strconv"
	"strings"

	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Connector is the name of the connector that answers the queries.
const Connector = "jira"

// Count asks how many issues match a JQL expression. The number is exact: it is
// counted page by page, since Jira's own count is an approximation.
//
// The expression has to be bounded, which is to restrict something; Jira
// refuses "ORDER BY created" alone. A count that can be zero needs a population:
//
//	all := `fixVersion = ` + jira.Quote(version)
//	jira.Count(all + ` AND priority = Blocker`).OutOf(jira.Count(all))
func Count(jql string) fact.Query {
	return fact.NewQuery(Connector, "count", fact.Number(value.Count)).With("jql", jql)
}

// Items asks for the issues that match a JQL expression, each as a work item
// with key, summary, type, status, priority, people, labels and components. The
// author is the reporter. Unfinished work that is linked as blocked by another
// issue, which is not done either, has a label that says so: "is blocked by
// SHOP-7". An issue that is moved while the pages are read can
// come twice; the list is then incomplete.
func Items(jql string) fact.Query {
	return fact.NewQuery(Connector, "items", fact.WorkItems()).With("jql", jql)
}

// Fields are custom fields of an issue, by the names that people see, or by ids
// such as "customfield_10010" where two have one name. A field that does not
// exist is a failure.
type Fields struct {
	Note   string   // the text for release notes
	Link   string   // a link to the same work in another system, in place of that to the issue
	Labels []string // added to the labels as "Name: value"
}

// ItemsWith is [Items] with custom fields. Of an issue whose link field is empty
// the link is that to the issue.
func ItemsWith(jql string, f Fields) fact.Query {
	return optional(Items(jql), "note", f.Note, "link", f.Link, "labels", strings.Join(f.Labels, "\n"))
}

// Reconcile returns a count, a list of items or one of approvals that does not
// lag behind for the issues with the given ids, 50 at most: Jira looks them up
// beside its index. The ids are those of issues, not their keys.
func Reconcile(q fact.Query, ids ...int64) fact.Query {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = strconv.FormatInt(id, 10)
	}
	return optional(q, "reconcile", strings.Join(texts, ","))
}

// Approvals asks for the approvals of Jira Service Management on the issues that
// match a JQL expression, such as the change requests of a release: one for
// every approver, with the account and the answer, and the time at which the
// approval was completed. An issue on which nobody was asked to approve is one
// pending approval of nobody.
//
// While an approval waits for others, Jira does not say when the first ones
// answered: their answers have no time yet, and count for no gate. An expression
// that finds more than 200 issues is a failure.
func Approvals(jql string) fact.Query {
	return fact.NewQuery(Connector, "approvals", fact.Approvals()).With("jql", jql)
}

// SignOff are the fields of an issue that say what is approved there, named as
// in [Fields].
type SignOff struct {
	Gate    string // the gate: "production/entry"
	Subject string // the digest of what is approved
	Role    string // the role that is answered for; may be empty
}

// SignOffs is [Approvals] of issues that ask for sign-offs of gates. An approval
// that may have been given before one of the fields was changed is pending: of
// several answers only the last one has a time, so they are taken to be as old
// as the request.
func SignOffs(jql string, f SignOff) fact.Query {
	return optional(Approvals(jql), "gate", f.Gate, "subject", f.Subject, "role", f.Role)
}

// optional sets the parameters that are not empty.
func optional(q fact.Query, pairs ...string) fact.Query {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q = q.With(pairs[i], pairs[i+1])
		}
	}
	return q
}

// Unresolved asks how many issues with the given fix version have no resolution,
// out of all issues with that fix version. A project that has no such version is
// a failure, not a zero.
//
// Project is the project's key, in upper case, and version the name as written
// in Jira. A resolution is not a status: an issue in a status called Done
// without a resolution is unresolved. Use [Count] with statusCategory for the
// status.
func Unresolved(project, version string) fact.Query {
	return versionCount(project, version, "unresolved").OutOf(versionCount(project, version, "all"))
}

func versionCount(project, version, count string) fact.Query {
	return versionQuery(project, version, fact.Number(value.Count)).With("count", count)
}

// Version asks for a version itself, as one work item: its name as the title,
// "Version" as the type and "Unreleased", "Overdue", "Released" or "Archived" as
// the status. It is done when released; an archived version that was never released
// is of unknown category.
func Version(project, version string) fact.Query {
	return versionQuery(project, version, fact.WorkItems())
}

func versionQuery(project, version string, yields fact.Yields) fact.Query {
	return fact.NewQuery(Connector, "version", yields).With("project", project).With("version", version)
}

// Burndown asks what is left of the board's active sprint: the number of its
// issues, subtasks included, whose status category is not Done, out of all its
// issues. Parallel active sprints are added up. A board without an active sprint
// is a failure, not a zero.
//
// It counts issues and no story points, which have no unit that can be compared
// between teams. The board's own filter and its last column do not matter: an
// issue belongs to the sprint that it names.
func Burndown(board int64) fact.Query {
	return sprintCount(board, "unfinished").OutOf(sprintCount(board, "all"))
}

func sprintCount(board int64, count string) fact.Query {
	return fact.NewQuery(Connector, "burndown", fact.Number(value.Count)).
		With("board", strconv.FormatInt(board, 10)).With("count", count)
}

// Quote returns text as a quoted JQL string, so that a name with spaces, dots
// or words such as "and" is one value and says nothing else.
func Quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`).Replace(text) + `"`
}
