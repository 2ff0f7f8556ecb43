// Package wire asks a connector in a process of its own beside a program that
// speaks gRPC by itself over a unix socket: no plugin, no TLS, no pin, no check
// of what comes.
//
// Every process is this program, started again; [Main] gives each its part.
// The peer has messages of its own, package peerpb, with the fields and numbers
// of the contract, so that both sides send and decode equal bytes: a codec of
// raw bytes would have spared the peer what every gRPC program pays for its
// messages, and one field with a blob most of it. The connector is configured
// with a secret, as nearly all are, so that texts are searched for it on both
// sides. Nobody calls an outside system.
package wire
