// Package check holds the words in which tidegate says what is wrong.
//
// A [Rule] is a value: an id, a severity, a sentence, a mutation that breaks
// the good example, and a check. A suite is a list of rules. [Run] applies a
// suite and gives a [Report]: every [Finding] with the [Path] it speaks of,
// what was waived, and what could not be judged and why. A rule that lacks the
// data it needs is "not evaluated", never passed.
//
// Rules of one run share what they derive from the subject, by [Shared], and may
// ask for more than clock and facts, by [Extra]. [Report.WriteText] prints a
// report for people.
//
// [Findings] is not an error; [Findings.Err] is one exactly when an [Error] is
// among them. The error it returns is a [*FindingsError].
package check
