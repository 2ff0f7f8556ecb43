// Package packet holds the whole of a release as one value.
//
// A [Packet] is the plan, the catalog of gates, the waivers, the decisions and
// the moment that it is as of. [Decode] reads one strictly: an unknown field, a
// wrong type, a duplicate key is an error, and a [*DecodeError] lists every
// fault with line, column and path. [Encode] writes one; what it writes decodes
// and encodes to the same bytes. [Unmarshal] and [Marshal] do the same for the
// parts that are stored apart: plan, catalog, facts, waivers, decisions.
//
// [Verify] runs every rule over a packet, those of its parts and those that
// need several of them. [Verdict] is the final word: the worst decision, and
// never Go while a finding is an error.
//
// What rules need beside the packet is in [VerifyOptions]: the clock, the facts,
// and the log of what was said while the release ran. A rule without what it
// needs is not evaluated, never passed. [Strict], [Default] and [Hotfix] grade
// the findings; a host changes them, each change with a reason, adds rules and
// waives findings. Every text is tokenised once for all rules about words.
//
// # Compatibility
//
// [Schema] names the format, as a major and, from the first addition on, a minor
// version: "tidegate.packet/1", "tidegate.packet/1.1". A minor version adds
// fields that may be left out and names of enumerations, and nothing else, so
// documents of an older minor version decode. A newer minor version and another
// major one are refused, since strict reading would not know what it skips;
// [Schemas] lists what is read. render/schema has the same as JSON Schema.
package packet
