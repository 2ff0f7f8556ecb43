// Package comms plans who tells whom what about a release, when, through which
// channels and in which words.
//
// A [Plan] has three parts. A [Message] is one row: phase, channels, audiences,
// sender with delegate, trigger, cadence, goal and the topics that it covers. A
// [Level] is one step of the escalation of a critical blocker. A [Template] is
// the words of a message, with gaps that have names and types.
//
// A [Trigger] is data: a moment, an event with an offset, or a time of day on
// working days. Whether the packet is out 24 hours before the window opens, and
// customers are told as long before as the policy demands, is judged from it
// before anything is sent: [Trigger.Moment] is the moment where it is known
// beforehand, and fails with [ErrUnforeseen] where it is not. What a message
// covers is typed too, as [Topic], so that no rule guesses it from words.
//
// Judgement is in two lists. [Rules] look at the plan alone, and [Plan.Validate]
// runs them. [PlanRules] look at a [Context], the plan beside that of its
// release: directory, window, policy. A packet lifts both.
//
// # Templates
//
// {name} is a gap, {{ and }} are braces that are meant as such; see
// [ParseText]. Every gap has a [Placeholder] with a type, and every placeholder
// a gap. [Template.Fill] refuses values that do not fit their type, and
// subjects of several lines, so that no value smuggles in a mail header. Values
// are not read for gaps.
//
// The zero values say nothing, and nothing is a finding: a phase, an audience,
// a channel, a cadence that nobody gave. Nothing here is sent, and nothing here
// asks the clock.
//
// # Compatibility
//
// The JSON of a plan is part of a packet and goes with its schema. Names of
// phases, channels, audiences, topics, events and value types are stable; new
// ones may be added at the end. Ids of rules are stable, sentences are not.
package comms
