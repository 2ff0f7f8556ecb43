// Package release models what is released: the plan.
//
// A [Plan] is its own builder. Struct literals are the main road; the With
// methods return changed copies that share no memory with the original, so a
// base plan can be forked freely, in tests above all. They take typed values
// and cannot fail. Judgement is in one place: [Plan.Validate] runs [Rules].
//
// People are one [Person] each, with an account in every system they use, so
// that four accounts never count as four approvers. A [Role] is held by people
// and may be delegated for a dated time; a delegation does not cascade.
//
// Times are [value.When]: as somebody wrote them, with offset and zone. The
// package asks no clock and does no I/O.
package release
