// Package datadog has the questions that can be asked of Datadog. It holds only
// queries, so a policy that names one links neither HTTP nor a plugin; package
// datadogconnector answers them, and its Config has the site and the keys.
//
// # What can be asked
//
//	kind        constructor                   operation                                 scope               answer
//	metric      Metric                        GET /api/v1/query                         timeseries_query    the latest bucket; over a window, all of them
//	formula     Formula                       POST /api/v2/query/timeseries             timeseries_query    likewise, of several queries
//	scalar      Scalar                        POST /api/v2/query/scalar                 timeseries_query    one number over a window
//	comparison  Compare                       POST /api/v2/query/timeseries             timeseries_query    canary, baseline, share and requests, read at once
//	monitors    Monitors, MonitorCount        GET /api/v1/monitor, GET /api/v2/downtime monitors_read,      states, one a group; how many matched
//	                                          GET /api/v2/monitor/{id}/downtime_matches monitors_downtime
//	slo         SLI, ErrorBudget, BurnRate,   GET /api/v1/slo/{id}/history,             slos_read           numbers in % or 1, counts of events, a state
//	            BadEvents, AllEvents, SLO     GET /api/v1/slo/{id}
//	tests       Tests                         POST /api/v2/ci/tests/analytics/aggregate ci_visibility_read  counts by result
//
// Limits are Datadog's own, per organisation: it says in headers what is left,
// and the connector waits for as long as it asks. 1,600 timeseries queries an
// hour is the default that Datadog publishes (docs.datadoghq.com, Rate Limits);
// the connector declares a rate below it.
//
// # What the answers mean
//
// All windows end by Datadog's clock, which the Date of its answers tells. The
// newest bucket that is not over yet, or was over less than the setting "settle"
// ago, is dropped: its number still changes. A number is as of the end of the
// last bucket that has data, however long ago that is, so that a metric that
// stopped becomes stale. A series covers its window up to the end of the last
// whole bucket, with a gap where there are no data.
//
// A query that no series matches is a failure and no zero. Over a window it is an empty series, for which a criterion may
// declare what absence means. A query that several series match is refused:
// leave "by" away. A unit that Datadog tells and the query does not declare is
// refused: 0.4 seconds are no 0.4 ms.
//
// # What Unknown means
//
// A monitor that is muted or in downtime is Muted, whatever it would say; one
// without data is NoData, and Ignored, Skipped, Unknown and new states are
// unknown. A group of which it cannot be told whether a downtime covers it is
// unknown, if it is well, and says what it says, if it is not. A list without
// monitors proves nothing: a renamed tag looks so.
//
// An objective without a number, with errors, that is replayed or counted no
// events is a failure. So are answers of status 200 with errors in them.
//
// Suite results that are metrics of one's own, and coverage, are asked with
// [Metric].
//
// # Compatibility
//
// Kinds and parameters are part of the connector's contract and keep their
// meaning within a major version.
package datadog
