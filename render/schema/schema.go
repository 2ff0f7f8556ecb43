// Package schema has the JSON Schema of an encoded packet.
//
// It says what [github.com/tidegate-go/tidegate/release/packet.Decode] reads, of every minor version that it reads: the
// fields, which of them may be left out, the names of enumerations, the forms of
// moments, lengths of time, digests and numbers. It differs in both directions
// where it has to:
//
//   - Decode alone refuses what a JSON Schema cannot say: a key that stands
//     twice, bytes that are not UTF-8, an integer written 1.0, lengths of time
//     and documents beyond their limits.
//   - The schema alone refuses what is read so that a rule can name it: a
//     criterion without exactly one test, a time of day that is none, and, in a
//     validator that asserts formats, a link that is no URI. A packet in which
//     Verify finds no error has none of these.
//
// The schema is made from the Go types and their comments. Its $id is a name,
// not a place to load it from.
//
// # Compatibility
//
// The schema changes with packet.Schema, whose minor versions only add.
package schema

import _ "embed"

//go:generate go test -run ^TestPacketIsCurrent$ . -update

//go:embed packet.schema.json
var packetSchema string

// Packet returns the schema of a packet: JSON Schema 2020-12, indented, ending
// in a newline.
func Packet() []byte { return []byte(packetSchema) }
