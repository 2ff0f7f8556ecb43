// Package gates decides whether a release may go on: go, hold or no-go.
//
// A [Catalog] lists the environments in the order in which a release passes
// them, and each one's entry and exit [Gate]. A gate has criteria and
// sign-offs. A [Criterion] is one measurable condition over facts; its
// [Outcome] is Pass, Warn, Fail or, whenever the facts do not prove one of
// these, Unknown. The gate's [Decision] follows from the outcomes, the
// approvals and the freezes of the plan:
//
//   - NoGo if a criterion fails, somebody entitled rejects, or a freeze is in
//     force without an override;
//   - else Hold if anything is unknown, a quorum is missing, the exit of the
//     environment before or the entry of an exit's own is not Go, or, in
//     production, a warning is not waived or the deployment window is not open;
//   - else Go, until the first of the facts, approvals and waivers it rests on
//     runs out.
//
// Ignorance never becomes Go: a result that is missing, failed, incomplete,
// stale, from the future, not a number, in another unit, contradicted by a
// second one, or a zero that nothing shows to be out of something, is Unknown.
// The zero values are the strict ones: Unknown, Hold, an environment that
// counts as production.
//
// Kinds of tests beyond limits, groups and code of one's own are in package
// probe; the constructors are here.
//
// # Sequence
//
// A gate needs the exit of the environment before it, and an exit needs the
// entry of its own. All of them are judged on the facts of one moment: a Go of
// last week is no memory that a decision rests on, so what let a release into
// an environment has to hold until it leaves. Facts are collected anew each
// time; what was true once and cannot be asked again is declared, with a reason,
// by [Criterion.OfAnyAge]. The one thing that is over by design is the
// deployment window: an entry that holds for nothing but that does not hold the
// exit.
//
// # Evaluation
//
// [Prepare] checks and hashes a catalog once; [Prepared.Evaluate] is a pure
// function of its [Input]: no I/O, no clock, no randomness, no hashing, its
// input left as it was. The same input gives the same [Decisions], to the
// byte, so a decision can be replayed from its evidence and a policy tested on
// old facts. Package gatestest tests policies in table form.
//
// A deploy tool asks one question of a decision: [Decision.Authorizes].
//
// # Around a decision
//
// [Decisions.Next] says what stands between here and the end, who can turn it
// and how; [Decisions.HandOver] says it in one line for the next person on call;
// [History] tells how a verdict turned, and [Decision.ChangesAt] when time alone
// will. [Void] says which sign-offs a change takes the ground from, and [Without]
// what remains of a release without one component or region. [Triggers] evaluates
// the way back: the rollback matrix and the thresholds of customer impact.
// [Replay] derives a stored decision again from what is stored with it, and
// [Backtest] decides the past again with a changed catalog.
//
// A record that does not hold together is a [*ReplayError].
//
// # Compatibility
//
// The decision record names its format in [Decisions.Engine]. Codes are
// stable; sentences are not.
package gates
