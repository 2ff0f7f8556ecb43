// Package azureboards has the questions that can be asked of Azure Boards (Azure
// DevOps Services). It holds only queries, so a policy that names one links
// neither HTTP nor a plugin; package azureboardsconnector answers them, and its
// Config has the organisation, the project and the credential.
//
// # Queries
//
//	kind        constructor        operations (api-version 7.1)                    freshness
//	count       Count              wit/wiql                                        as of the query's asOf
//	items       Items, LinkedTo    wit/wiql, wit/workitemsbatch                    as of the query's asOf
//	iterations  Iterations         work/teamsettings/iterations                    the Date of the answer
//	burndown    Burndown,          …/iterations, …/iterations/{id}/workitems,      the Date of the first answer
//	            RemainingWork      wit/workitemsbatch
//
// Every operation needs the scope Work items (read) of the token, vso.work, and
// nothing else.
//
// # Limits
//
// A query finds at most 20,000 items, runs at most 30 seconds and is at most
// 32,000 characters long ("Work tracking, process, and project limits",
// learn.microsoft.com). More than 20,000 items are a failure with the code
// too-large, not a smaller number. Items are read 200 at a time, which is the most
// that workitemsbatch takes.
//
// # What Unknown means
//
// A result is incomplete, and what hangs on it Unknown, when an item that the
// query found is not among those that were read (the account may not see it, or
// it was deleted), and when unfinished work has no remaining work. A query that
// could not be asked, a team without a current iteration and an answer that is
// not understood are failures. Azure Boards leaves out of a query what the
// account may not see, without saying so: a count with [fact.Query.OutOf] is
// Unknown when it sees nothing at all.
//
// A state is to do, in progress or done by the names of the processes Basic,
// Agile, Scrum and CMMI; those of another process are given in the Config, and a
// state that is in neither is of unknown category. Resolved is in progress, as
// nobody has verified it, and Removed is unknown, as nobody did it.
//
// # Compatibility
//
// Kinds and parameters are part of the connector's contract: "count", "items",
// "iterations" and "burndown" keep their meaning within a major version.
package azureboards
