// Package pagerdutyconnector answers the queries of package pagerduty from
// PagerDuty, through its REST API v2. Package pagerduty says which operation
// answers what and what the answers mean.
//
// # Access
//
// [Config] takes a region and a general access key; make it read-only
// (Integrations, API Access Keys). Check proves it with GET /abilities and then,
// for each kind that [Config.Kinds] names, with something small of that kind:
// keys of an account may not ask who they are.
//
// # Completeness
//
// Lists are read by offset, a hundred items at a time, each page beginning with
// the last item of the page before. If that is not there, the items shifted
// while they were read, and another may be missing: the answer is incomplete. It
// is, too, when the total changes between pages, and when there are more than the
// 10,000 items that PagerDuty shows.
package pagerdutyconnector
