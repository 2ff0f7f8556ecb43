// Package datadogconnector answers the queries of package datadog from Datadog,
// through its API v1 and v2. Package datadog says which operation answers what,
// which scope it needs, and what the answers mean.
//
// # Access
//
// [Config] takes the site, an API key and an application key. Give the
// application key to a service account, with the scopes of the queries that are
// asked and no others: timeseries_query, monitors_read with monitors_downtime,
// slos_read, ci_visibility_read. The API key is needed beside it and has no
// scopes. Nothing is written.
//
// Check proves both keys. GET /api/v1/validate looks at the API key alone, so
// each kind that [Config.Kinds] names is asked for something small as well.
//
// # Completeness
//
// Monitors are read all at once, or with [Config.PageSize] by id_offset until a
// page is empty. One that is listed twice, and more than [Config.MaxMonitors],
// make the answer incomplete; pages that bring nothing new end the query. Downtimes that are active now are read
// once for all monitors, and for those that one could be about it is asked which
// groups it covers. Aggregated tests are incomplete when Datadog warns, or has
// more results than were asked for.
//
// Questions of one collection that need the same request share its answer; the
// same question is never answered twice from one.
package datadogconnector
