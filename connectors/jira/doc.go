// Package jira has the questions that can be asked of Jira Cloud. It holds only
// queries, so a policy that names one links neither HTTP nor a plugin; package
// jiraconnector answers them, and its Config has the site and the credential.
//
// # What the answers mean
//
// Jira's search index follows the issues by seconds ("recent updates might not
// be immediately visible", Jira Cloud platform REST v3, search/jql). An answer
// is as of the Date header of its first page, and a change made just before may
// be missing. A gate that must see the last change sets FreshWithin and asks
// again; a sign-off is not a matter of searching.
//
// Jira leaves out what the account may not see, without saying so. Give the
// account Browse Projects on every project of the release, and no issue security
// level that hides from it; the connector's Check proves the first for the
// projects that its Config names. A count with [fact.Query.OutOf] is Unknown
// when it sees nothing at all.
//
// # What is not here
//
// Approvals. Jira Cloud's platform API has no approval as a thing of its own. A
// status or a custom field tells that somebody agreed, but neither who nor to
// which subject, and an assignee did not approve. Sign-offs come from systems
// that record the account and its answer.
//
// # Compatibility
//
// Kinds and parameters are part of the connector's contract: "count", "items",
// "version" and "burndown" keep their meaning within a major version.
package jira
