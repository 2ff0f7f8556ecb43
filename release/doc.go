// Package release models what is released: the plan.
//
// A [Plan] is its own builder. Struct literals are the main road; the With
// methods return changed copies that share no memory with the original, so a
// base plan can be forked freely, in tests above all. They take typed values
// and cannot fail. Judgement is in one place: [Plan.Validate] runs [Rules].
//
// # The parts
//
//   - [Overview]: version, window, freezes, components, flags, thresholds of
//     customer impact, success metrics; [ScopeItem] is one piece of the work
//   - [Dependencies]: what has to be there first, and the kinds of which there
//     is none
//   - [Timeline]: milestones, deployment windows, buffers, freezes
//   - [Rollback]: what fires the way back, who decides, who is called next
//   - [Checklists]: tasks in four phases; [KubernetesRollout],
//     [DatabaseMigration] and [FeatureFlagToggle] are templates
//   - [Risk], [Questions], [Tooling], [Term]: each described once, elsewhere
//     named by id; [TBD] names the question that is to decide
//   - [Directory]: people and roles; [Policy]: what the organisation demands
//   - [Tracking]: what is asked to keep the plan current
//
// That there is none of something is a [Negative]: somebody says so, with a
// reason.
//
// What happens while the release runs is an [Event]. Events are no part of the
// plan; schedules and documents are made of both.
//
// # People
//
// People are one [Person] each, with an account in every system they use, so
// that four accounts never count as four approvers. A [Role] is held by people
// and may be delegated for a dated time; a delegation does not cascade. A role
// that is on call is held by whoever the facts say is.
//
// # The life of a plan
//
// [Plan.Queries] is what has to be asked, [Refresh] brings the answers into the
// plan and says what it changed, [Plan.Content] is what a sign-off approves and
// no tracker changes. [SuggestRisks] turns what earlier releases taught, each a
// [Retrospective], into risks of the next plan.
//
// Times are [value.When]: as somebody wrote them, with offset and zone. The
// package asks no clock and does no I/O.
package release
