// Package notes tells one release to three audiences: customers, internal
// support and leadership.
//
// A [Packet] holds three [Note] values, each with what changes, what the
// reader has of it, risks, known issues, what to do when it goes wrong, and
// where to read on. Facts that stand elsewhere are named, not repeated: a
// change names scope items, a callout names a risk of the plan.
//
// # Compatibility
//
// A packet is part of the release packet and follows its schema.
package notes
