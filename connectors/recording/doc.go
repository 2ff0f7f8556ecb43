// Package recording keeps what connectors answered in a file, and answers from
// it: for unit tests of hosts and policies, for authors, and to back-test a
// policy on the facts of the past, without connectors and without a network.
//
// What is recorded is what crosses the boundary between a host and its
// connectors, whatever language they are written in: each question as it was
// asked, and its answer, pages or failure, with the program that gave it and
// when. Nothing of the protocol of an outside system is in it.
//
//	recorder := recording.NewRecorder(fleet, nil)
//	facts := recorder.Collect(ctx, catalog.Queries()) // as fleet.Collect
//	data, err := recorder.Recording().Encode()
//
// A [Replay] answers the same questions with the same facts, to the byte; a
// question that was not recorded fails with the code [CodeNotRecorded] and is
// never an empty list. [Recording.Facts] are the facts of one moment, as input of
// [gates.Backtest]. [Replay.Connector] is a connector that can be run in a fleet
// or served as a program, so that a host is tested with everything that it does
// around an answer.
//
// # What a recording does not have
//
// Secrets: those of the fleet's configuration are struck out of every answer,
// and a question that has one is not recorded at all. What else is confidential
// in answers of an outside system is in the recording, as it is in facts.
//
// More than it may: a list that does not fit is cut, is marked as cut, and
// replays as incomplete; an answer that cannot be cut is left out and counted.
//
// # Compatibility
//
// The form of the file is named by [Format], whose number is a major version: a
// file of another one is refused, and so is a field that this version does not
// know. A recording is no evidence: whoever can write the file can change it.
package recording
