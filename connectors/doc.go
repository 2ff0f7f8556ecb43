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
// of the environment, speaks over mutually authenticated TLS, is restarted
// when it dies, and is killed when it does not answer in time. What it writes
// to its error output is logged, with every configured secret struck out.
//
// A program that links connectors can be its own connectors' binary: when
// [Main] is called first in main, [Launch.Self] starts the same executable
// again as a child that serves one of them.
//
// # For authors
//
// A connector implements [Connector] and [Instance] and calls [Serve]. Errors
// that are a [*Diagnostic] travel as they are; others are the connector's own
// fault. Package connectortest has the exam.
//
// # Compatibility
//
// The contract is connectors/proto/tidegate/connector/v1/connector.proto.
// Majors are negotiated at the handshake; minors only add.
package connectors
