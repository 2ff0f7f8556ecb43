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
// author is the reporter. An issue that is moved while the pages are read can
// come twice; the list is then incomplete.
func Items(jql string) fact.Query {
	return fact.NewQuery(Connector, "items", fact.WorkItems()).With("jql", jql)
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
// "Version" as the type and "Unreleased", "Released" or "Archived" as the
// status. It is done when released; an archived version that was never released
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
