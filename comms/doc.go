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
// # While the release runs
//
// [Expand] turns the plan, that of the release and the events so far into a
// [Schedule]: instants, each one message through one channel, with keys that stay
// the same whatever happens later. [Schedule.Due] says of a [Log] what is due,
// late, missed, superseded or unanswered. Both are functions of their arguments:
// whoever is started again needs the log and the events, and nothing else.
//
// A [Letter] is a message as it goes to a channel. [Letter.Fit] holds it to what
// the channel takes: too long is an error or a cut that says so. [Sender] is the
// port through which letters go; package courier calls it at least once for each,
// with the key of the instant, and packages pagerduty, slack and mail implement
// it. A level of the escalation is done when a person has acknowledged it, which
// an [Acknowledger] tells, or an event.
//
// The zero values say nothing, and nothing is a finding: a phase, an audience,
// a channel, a cadence that nobody gave. Nothing here is sent, and nothing here
// asks the clock.
//
// # Errors
//
// [ErrUnforeseen]: a trigger has no moment yet. [*TooLongError]: a letter does not
// fit. [ErrBusy] and [ErrUndeliverable]: what a sender says of a letter.
//
// # Compatibility
//
// The JSON of a plan is part of a packet and goes with its schema. Names of
// phases, channels, audiences, topics, events, states and value types are stable;
// new ones may be added at the end. So are the keys of instants: a log outlives a
// version. Ids of rules are stable, sentences are not.
package comms
