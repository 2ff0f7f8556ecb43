package azureboards

import (
	"strings"

	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Connector is the name of the connector that answers the queries.
const Connector = "azureboards"

// Count asks how many work items of the project fulfil a condition, in the
// Work Item Query Language as it stands after WHERE:
//
//	release := azureboards.InIteration(`Shop\Release 2026.12`)
//	all := azureboards.Count(release)
//	azureboards.Count(release + ` AND [Microsoft.VSTS.Common.Severity] = '1 - Critical'`).OutOf(all)
//
// The number is exact. The condition stands alone: it has neither SELECT nor
// ORDER BY nor ASOF, and its parentheses are its own.
func Count(where string) fact.Query {
	return fact.NewQuery(Connector, "count", fact.Number(value.Count)).With("where", where)
}

// Items asks for the work items of the project that fulfil a condition, each
// with id, title, type, state, priority, people, tags as labels, and the last
// part of its area as the component. The author is who created it. They are all
// as they were at one moment, however long reading takes.
func Items(where string) fact.Query {
	return fact.NewQuery(Connector, "items", fact.WorkItems()).With("where", where)
}

// LinkedTo is [Items], and an item with a hyperlink to a page of the host has
// that link: work that stands in two systems is then one piece of work for
// [release.Refresh]. An item with hyperlinks to several pages of the host keeps
// the link to itself, since it is unclear which one it is.
//
// [release.Refresh]: https://pkg.go.dev/github.com/tidegate-go/tidegate/release#Refresh
func LinkedTo(where, host string) fact.Query { return Items(where).With("linked", host) }

// Iterations asks for the iterations of a team, each as a work item: its path as
// the title, "Iteration" as the type, and "past", "current" or "future" as the
// status.
func Iterations(team string) fact.Query {
	return fact.NewQuery(Connector, "iterations", fact.WorkItems()).With("team", team)
}

// Burndown asks how many work items of the team's current iteration are not
// done, out of all its items. A team without a current iteration is a failure,
// not a zero.
func Burndown(team string) fact.Query {
	return iterationNumber(team, "unfinished", value.Count).OutOf(iterationNumber(team, "all", value.Count))
}

// RemainingWork asks for the hours of work that remain in the team's current
// iteration, out of its items. An unfinished item that has neither remaining
// work nor items below it in the iteration makes the answer incomplete: nobody
// knows how much work it is.
func RemainingWork(team string) fact.Query {
	return iterationNumber(team, "remaining", value.Hours).OutOf(iterationNumber(team, "all", value.Count))
}

func iterationNumber(team, number string, unit value.Unit) fact.Query {
	return fact.NewQuery(Connector, "burndown", fact.Number(unit)).With("team", team).With("number", number)
}

// InIteration is the condition that an item is in an iteration or below it, by
// its path: `Shop\Release 2026.12`.
func InIteration(path string) string { return "[System.IterationPath] UNDER " + Quote(path) }

// InArea is the condition that an item is in an area or below it, by its path.
func InArea(path string) string { return "[System.AreaPath] UNDER " + Quote(path) }

// Tagged is the condition that an item has a tag.
func Tagged(tag string) string { return "[System.Tags] CONTAINS " + Quote(tag) }

// Quote returns text as a quoted WIQL string, so that a name with spaces or
// words such as "and" is one value and says nothing else.
func Quote(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
