// Package jiratest is a stand-in for Jira Cloud on the loopback interface, for
// tests and examples. It keeps issues, versions and boards, answers the calls
// that the connector makes in Jira's own form, and fails on request.
//
// It understands the part of JQL that [Server.AddIssues] can answer: fields
// compared with =, !=, in, not in, and dates with >= and <=, joined by AND, with
// ORDER BY key. Whatever else it is asked it refuses with status 400, as Jira
// does, so a test never passes on an expression that was not understood.
//
// Paths, parameters and bodies are those of the Jira Cloud platform REST API v3
// and the Agile API 1.0. Fields of a request that Jira does not know, such as
// startAt, are refused; /rest/api/3/search is gone (410).
package jiratest
