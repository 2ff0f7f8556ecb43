// Package gatestest tests release policies in table form.
//
// A [Case] says what the facts are, who signed off, and what the gate has to
// decide. [Run] decides the gate for every case, as a subtest, at the fixed
// moment [Now], and shows the difference and the explanation where the gate
// decides otherwise. No network, no connector, no clock.
//
// Facts are written by the id of the criterion that reads them: [Value],
// [CountOf], [WorkItems], [Failed] and their neighbours know from the gate
// which query they answer and in which unit.
//
// [Boundaries] keeps a golden table of what the gates decide around every limit,
// of every kind of test, so that none changes unread, and [Coverage] tells which
// criteria no case has seen to pass, to fail and not to know. examples/policytest
// uses all three.
package gatestest
