// Package compliance keeps the evidence log of a release: which approvals it
// needs, which controls they satisfy, who gave them, and where the proof is
// kept and for how long.
//
// A [Log] lists every [Approval] with the ids of controls, the clauses of the
// change-management policy, the responsible role and the delegate, what became
// of it, and its [Evidence]. Privacy and legal are one [Assessment] each, or
// the signed word that none is needed. An [Emergency] is the way of a change
// that cannot wait: approvals after the fact, until a review with a deadline.
//
// The log records; it decides nothing. Whether a release goes is for package
// gates, which reads approvals from the systems in which they are given, and
// a packet compares the two.
//
// Judgement is in two lists. [Rules] look at the log alone, and [Log.Validate]
// runs them. [PlanRules] look at a [Context], the log beside the plan of its
// release: who wrote the change and who holds which role when, when windows
// open, how long the policy keeps evidence. A packet lifts both. People are
// compared as people of the directory, so that a second account is no second
// approver.
//
// # Controls
//
// [Controls] is the catalogue of ids that an approval may name: the Trust
// Services Criteria of SOC 2, and those of NIST SP 800-53 that a release
// touches. Only ids come from outside; the topics are our own words, and no
// substitute for the criteria. SOC 2 prescribes no time of retention, so there
// is no default: a log without one is a finding.
//
// # Compatibility
//
// The JSON of a log is part of a packet and goes with its schema. Names of
// states and ids of controls and rules are stable; new ones may be added.
// Sentences are not stable.
package compliance
