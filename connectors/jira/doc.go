// Package jira has the questions that can be asked of Jira Cloud. It holds only
// queries, so a policy that names one links neither HTTP nor a plugin; package
// jiraconnector answers them, and its Config has the site and the credential.
//
// # Queries
//
//	kind       constructor              operations                                         scope (OAuth 2.0)
//	count      Count                    POST /rest/api/3/search/jql                        read:jira-work
//	items      Items, ItemsWith         the same; GET /rest/api/3/field for custom fields  read:jira-work
//	approvals  Approvals, SignOffs      the same; GET /rest/servicedeskapi/request/…       read:jira-work,
//	                                    …/{key}/approval, GET /rest/api/3/issue/{key}/…    read:servicedesk-request
//	                                    …/changelog, of sign-offs
//	version    Unresolved, Version      GET /rest/api/3/project/{key}/version,             read:jira-work
//	                                    /rest/api/3/version/{id}/unresolvedIssueCount
//	burndown   Burndown                 GET /rest/agile/1.0/board/{id}/sprint,             read:sprint:jira-software,
//	                                    POST /rest/api/3/search/jql                        read:jira-work
//
// An API token needs no scope; the account needs Browse Projects, for approvals
// access to the service project, and for burn-downs to the board.
//
// # Limits
//
// A count reads 5,000 ids and a list 100 issues in one request; a count of more
// than 100,000 issues, or what the Config says, is incomplete. Approvals are read
// of 200 issues at most, versions of one name among 5,000. [Reconcile] takes 50
// ids. Jira limits each endpoint by bursts and says in Retry-After how long to
// wait, which is waited out within a minute.
//
// # What the answers mean
//
// Jira's search index follows the issues by seconds ("recent updates might not
// be immediately visible", Jira Cloud platform REST v3, search/jql). An answer
// is as of the Date header of its first page, less the lag of the index that the
// Config allows for, and a change made just before may
// be missing. A gate that must see the last change of known issues asks with
// [Reconcile]. Jira's own approximate count, which lags more, is never asked.
//
// Jira leaves out what the account may not see, without saying so. Give the
// account Browse Projects on every project of the release, and no issue security
// level that hides from it; the connector's Check proves the first for the
// projects that its Config names. A count with [fact.Query.OutOf] is Unknown
// when it sees nothing at all.
//
// # What Unknown means
//
// A result is incomplete, and what hangs on it Unknown, when an issue came twice,
// since another may then have been missed, when Jira adds a warning, and when
// there is more than a limit allows. JQL that Jira refuses, also because it
// restricts nothing, a project, version or board that is not there, a board
// without an active sprint, and an answer that is not understood are failures.
// A status of a category that Jira does not name, "undefined", is unknown.
//
// # Compatibility
//
// Kinds and parameters are part of the connector's contract: "count", "items",
// "approvals", "version" and "burndown" keep their meaning within a major version.
package jira
