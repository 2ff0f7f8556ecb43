// Package azureboardstest is a stand-in for Azure Boards on the loopback
// interface, for tests and examples. It keeps work items with their revisions,
// teams and iterations, answers the calls that the connector makes in the form
// of Azure DevOps, keeps its limits, and fails on request.
//
// It understands the part of the Work Item Query Language that [Server.AddItems]
// can answer: fields compared with =, <>, >, >=, UNDER, CONTAINS and IN, joined by
// AND and OR, with ORDER BY [System.Id] and ASOF. Whatever else it is asked it
// refuses with status 400, as Azure DevOps does, so a test never passes on a
// condition that was not understood.
//
// Paths, parameters and bodies are those of the Azure DevOps REST API 7.1; a
// call without api-version, a batch of more than 200 items and a query for more
// than 20,000 are refused. A token that it does not know gets the page for
// people to sign in, with status 203.
package azureboardstest
