// Package tidegate decides whether a release may go on, and says why.
//
// A tide gate opens only when the level on both sides is right. tidegate does
// that for releases: it turns a typed release plan and facts from the systems
// around it into a go, hold or no-go decision for every step to production,
// with the evidence that an auditor needs to follow it, and into the release
// packet that everybody reads. It is a library: platform teams build it into
// their own tools. This package is documentation; the code is in the packages
// listed below.
//
// # The words
//
//   - A query asks one question of one outside system; a result answers it as a
//     whole, with when it was observed and whether it is complete. A set of
//     results is the facts.
//   - A plan is what is released, when, by whom and under which policy: from the
//     overview to dependencies, timeline, way back, checklists and open issues.
//   - A gate is the entry to or the exit from one environment. A criterion is
//     one measurable condition of a gate, and its outcome is pass, warn, fail or
//     unknown.
//   - A sign-off is the answer of somebody who holds a role. It approves a
//     subject: the digest of the plan's content, of the gate and of the terms that
//     it is judged by.
//   - A decision is what a gate came to: go, hold or no-go, with every outcome,
//     reason and approval, and for a go until when it holds.
//   - A packet is plan, gates, decisions, release notes, communication plan and
//     compliance log as one value; a finding is what a rule says is wrong with
//     it; the verdict is the final word.
//
// # The way of the data
//
// Collecting facts is the only step that does I/O. What follows is pure: the
// clock is an argument and the same input gives the same bytes.
//
//	plan, changes := release.Refresh(plan, facts)
//	subjects := gates.SubjectsOf(plan, catalog)
//	decisions := gates.Prepare(catalog).Evaluate(gates.Input{Plan: plan, Facts: facts, Now: now, Subjects: subjects})
//	p := packet.New(plan, catalog).WithNotes(notes.Draft(plan, facts, mapping)).WithDecisions(decisions)
//	report := packet.Verify(p, &packet.VerifyOptions{Facts: &facts, Now: now})
//	fmt.Println(packet.Verdict(p, report))
//	pages, err := render.Fit(p, &render.MarkdownOptions{Report: &report}) // a body of 500 to 1000 words, and an annex
//
// Ignorance never becomes go. A result that is missing, failed, incomplete,
// stale, not a number, or a zero out of nothing is unknown, and unknown holds.
//
// # The packages
//
//   - release/value: durations, quantities with units, moments as written, digests, links
//   - release/fact: queries, results and sets
//   - release/check: paths, findings, rules, profiles, waivers, reports
//   - release: the plan, its people and roles
//   - gates: catalogs, criteria, evaluation, decisions, their replay and their history;
//     gates/probe holds the kinds of tests, gates/gatestest tests policies
//   - notes, comms, compliance: the other deliverables; comms/courier sends what comms plans,
//     comms/pagerduty, comms/slack and comms/mail through one channel each
//   - compliance/evidence: an append-only log that proves what it holds; compliance/audit
//     checks a bundle of everything offline
//   - release/packet: the packet, strict decoding, verification
//   - render: the packet as Markdown and JSON
//   - connectors: asks outside systems, through programs in processes of their own;
//     connectors/connectortest is the exam for authors, connectors/upstream their HTTP client,
//     connectors/recording replays what was once answered
//   - connectors/jira, connectors/azureboards, connectors/datadog, connectors/pagerduty: queries;
//     the connector of each, such as connectors/jira/jiraconnector, answers them
//
// examples/quickstart shows all of it on one release, examples/kubernetes on
// the published files of a real one, examples/warroom what is said while a
// release runs.
//
// # Compatibility
//
// In version 0 a minor version may change the Go API; the changelog says so.
// Three things carry a number of their own, so that they outlive the API: the
// packet ([github.com/tidegate-go/tidegate/release/packet.Schema]; another one
// is refused), the decision record
// ([github.com/tidegate-go/tidegate/gates.Engine]; another one is a finding)
// and the contract between host and connector (negotiated when a connector
// starts). Codes of outcomes and reasons, and ids of rules, are stable;
// sentences are not.
package tidegate
