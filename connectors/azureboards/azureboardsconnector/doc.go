// Package azureboardsconnector answers the queries of package azureboards from
// Azure DevOps Services, through the REST API 7.1. Package azureboards has the
// table of what is asked of which operation, the limits, and what an incomplete
// answer means.
//
// # Access
//
// [Config] takes a personal access token with the scope Work items (read), and
// no other. Check proves it by a query and by reading an item, and proves each
// team that Config names.
//
// Azure DevOps answers a token that is wrong or expired with a page for people
// and status 203, or leads to where they sign in. Both are unauthorized here.
//
// # Completeness
//
// A query gives ids, at most 20,000; the items are then read in batches of 200
// with the error policy omit, as they were when the query ran (asOf). With the
// policy fail one item that may not be seen would hide all others of its batch.
// With omit the other ones come, those that are missing are counted, and the
// answer is incomplete.
//
// A list that is resumed asks for the ids after the last one that was handed out,
// as of the same moment. That takes a query with timePrecision, in which a day is
// its midnight: resumed, a condition with a date is incomplete.
//
// Retry-After on a successful answer delays the next call, as Azure DevOps asks
// for before it refuses.
package azureboardsconnector
