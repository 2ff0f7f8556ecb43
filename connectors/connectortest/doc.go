// Package connectortest tests connectors and programs that use them.
//
// [Fake] is a connector that answers what a test tells it to. [Run] is the
// exam that every connector has to pass, in the test's process and across
// gRPC. [Remote] puts any connector behind gRPC.
package connectortest
