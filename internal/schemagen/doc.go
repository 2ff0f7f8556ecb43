// Package schemagen makes the JSON Schema of the packet from its Go types, with the doc comments of their sources.
//
// It links a reflector and reads sources, so it runs in tests only: what it makes is committed in render/schema, and a
// test holds the file to it.
package schemagen
