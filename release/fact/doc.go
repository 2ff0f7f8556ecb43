// Package fact holds what is asked of the outside world and what it answered.
//
// A [Query] names one question: the connector to ask, the kind of question,
// its parameters, the window to cover and what the answer yields. A [Result]
// answers one query as a whole: a number, a series or items, or a [Failure].
// A [Set] is one snapshot of results.
//
// Nothing here judges a release. Package gates turns a Set into decisions, and
// it treats everything that this package cannot vouch for as unknown. For that
// reason the zero values are the strict ones: a zero Result is incomplete, was
// observed at no known time and carries no unit.
//
// Queries are comparable with ==, so that identical questions are asked once.
package fact
