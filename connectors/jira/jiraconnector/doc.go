// Package jiraconnector answers the queries of package jira from Jira Cloud,
// through the platform's REST API v3 and, for sprints, the Agile API 1.0.
//
// # Access
//
// [Config] takes an account's email and API token; a token without an email is
// sent as a bearer token. Tokens with scopes work only at
// https://api.atlassian.com/ex/jira/{cloudId}: set that as the base URL and the
// site's own address as the site, for links.
//
// The account needs Browse Projects on every project that is asked about. Check
// proves the credential, a search, and each project and board that Config names.
//
// An expired token is not always refused: Jira answers searches then as it
// answers everybody, with no issues and status 200. The connector reads
// X-Seraph-LoginReason and refuses such an answer.
//
// # Completeness
//
// Counts and lists are read page by page with POST /rest/api/3/search/jql until
// Jira says that the page is the last. A page token that comes again, a page
// without an end and without a token, and a page that cannot be read end the
// query with a diagnostic; so does a page that lacks its issues, says nothing of
// its end, has errors or a key twice, and any status but 200. A result is
// incomplete when an issue came twice, since another may then have been missed,
// when Jira adds a warning, and when there are more issues than
// [Config.MaxIssues].
//
// A list that is resumed keeps the time of its first page. It recognises a
// repeated issue of the page before its cursor; one from further back is listed
// again, and only the host can tell.
package jiraconnector
