// Package connectors asks outside systems for facts, through programs that run
// in processes of their own.
//
// # For hosts
//
// [Open] starts the connectors of a [Config] and returns a [Fleet].
// [Fleet.Collect] asks queries and returns one [fact.Set]: what failed, came
// late or is incomplete is in it as a result that says so, so nothing has to be
// checked twice. [Fleet.List] iterates over one list without keeping it.
// [Fleet.Close] leaves no process, socket or goroutine behind.
//
// A connector is pinned by the SHA-256 of its binary, sees only an allow-list
// of the environment, speaks over mutually authenticated TLS and is restarted
// when it dies. Instances of one program share a process, unless [Launch.Alone]
// says otherwise. A query that is not answered in time fails; the process is
// killed only when it does not answer a health check, which it is asked before
// calls, within two seconds. What it writes to its error output is logged, with
// every secret of the fleet struck out.
//
// [Fleet.Status] is for a dashboard, [Observer] for metrics and traces,
// [Fleet.Check] for readiness. Package configfile reads a Config from a file in
// which secrets are references. Package recording keeps what connectors answered,
// and answers from it in tests and back-tests.
//
// # Trust
//
// The pin of a program is what sha256sum says of its file; with another file
// in its place the connector is not started:
//
//	sha256sum /usr/local/bin/tidegate-connector-jira
//
// A [Lock] holds the pins of all programs by name, version and platform, in a
// file of its own, so that an update is one reviewed change. Pin and lock are
// looked at before every start. The file is read before the program is started:
// who may write it can swap it in between, so let only those write it who may
// also change the pin.
//
// Each result says which program answered and why it was let answer
// ([fact.Program]); [fact.Set.Unpinned] names those that only the override for
// development, [Launch.Unpinned], let answer.
//
// # Programs that are their own connectors
//
// A program that links connectors can be its own connectors' binary: when
// [Main] is called first in main, [Launch.Self] starts the same executable
// again as a child that serves one of them.
//
// # For authors
//
// A connector is a config struct, a description and a function for each kind of
// query, joined by [Define]; or it implements [Connector] and [Instance] itself.
// Its main function calls [Serve]. connectors/proto/README.md is for authors in
// other languages. Errors
// that are a [*Diagnostic] travel as they are; others are the connector's own
// fault, as are panics: neither ends the process, but for a panic in a goroutine
// that the connector itself started. Package connectortest has the exam.
//
// Nothing that a connector prints on its standard output is seen by anybody:
// the first line belongs to the handshake, the rest is thrown away. What it
// prints on its error output is logged by the host, as is what it tells
// [Logger], which also says which instance spoke.
//
// No message is larger than 16 MiB; what does not fit fails with the code
// "too-large". One Measure has at most 100 queries, each of which the SDK hands
// over on its own. The items of a list travel in batches of at most 100,
// whatever the size of the connector's pages.
//
// # Compatibility
//
// The contract is connectors/proto/tidegate/connector/v1/connector.proto.
// Majors are negotiated at the handshake; minors only add.
package connectors
