// Package probe has the kinds of tests that a criterion of a gate can make, and
// how each of them is judged; what a limit is set against, a [Measure], is
// declared here and judged by package gates.
//
// A kind is a struct, and one optional pointer to it in [Kinds], which
// gates.Criterion embeds: {"id": "canary", "canary": {…}}. Package gates has a
// constructor for each. Whatever the kind, a result that is missing, failed,
// incomplete, stale, from the future, not a number or in another unit makes the
// test unknown before anything is compared, and nothing out of nothing proves
// nothing. A result's age counts from when it was observed.
//
// The methods Judge, Queries, Fault and Condition are what package gates calls.
// Fault says why a test can never be judged, and at which of its fields.
package probe
