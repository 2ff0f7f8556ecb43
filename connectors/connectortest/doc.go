// Package connectortest tests connectors and programs that use them.
//
// [Fake] is a connector that answers what a test tells it to. [Remote] puts any
// connector behind gRPC.
//
// # The exam
//
// Every connector has to pass the exam: one table of cases, each a promise of
// the contract. It has three doors. [Run] is for the test of a connector in Go,
// each case a subtest; [Check] and [Examine] are for other programs; and
// cmd/tidegate-connector-exam examines a program in any language:
//
//	tidegate-connector-exam ./my-connector -config my.json -queries queries.json -upstream baseURL
//
// A case is tried in up to three ways: "direct", by the Go interface; "grpc",
// behind the SDK's server; and "process", as a host starts the program. What the
// harness does not have cannot be tried: such a case is skipped and says what is
// missing, and a case that is skipped by name needs a reason.
//
// With [Harness.Upstream] the exam stands between the connector and its outside
// system and lets it stall, limit and talk nonsense, also for a program.
//
// cmd/tidegate-connector-probe asks one connector one thing and prints JSON.
package connectortest
