// Package notes tells one release to three audiences: customers, internal
// support and leadership.
//
// A [Packet] holds three [Note] values, each with what changes, what the
// reader has of it, risks, known issues, what to do when it goes wrong, and
// where to read on. Facts that stand elsewhere are named, not repeated: a
// change names scope items, a callout names a risk of the plan, so that no
// rating and no class can be told in two ways. That there is no risk, no known
// issue or no remedy is said by somebody, for a reason.
//
// # Drafts
//
// [Draft] writes the notes that a plan and the facts give; a [Mapping], which
// is data, says which work items are told to whom. It is a pure function. A
// draft is a beginning: people write what no tracker knows, with the With
// methods or in the stored packet, and [Packet.Validate] says what is missing.
// The id of a change or a known issue is that of the work, so a later draft of
// the same work has the same ids.
//
// Notes get fewer in silence more easily than anything else in a release: a
// query that fails, a page that is not read, an issue that was moved. So every
// shortfall of the facts is a [Gap] that the packet carries and a rule reports,
// and what must ship is told even when no tracker has it. In the other
// direction, what may be deferred is told only when everybody who has it says
// that it is done, and customers are told of nothing outside the scope unless
// the mapping says so.
//
// # Editing
//
// People rewrite drafts, and sources change after that. [Redraft] brings a fresh
// draft into notes without touching what people did to them, field by field;
// what they changed and whose source has changed since is a [Conflict], which a
// rule reports until the text is the source's or somebody has settled it.
//
// # Leaks
//
// [Guard] finds in the note to customers what readers outside of the house must
// not read, with the bytes where it stands. Rule NOTE-004 of the release packet
// runs it with what the plan, its policy and the facts give. A finding never
// repeats a secret.
//
// # Text
//
// What stands in a fenced code block with the info string release-note is what
// readers are told, and the rest of such a text is not; see [Mapping.Blocks].
//
// What authors wrote for readers, which is the Note of a fact.WorkItem, is preferred to a
// title. "Action required:" in it, in any case, begins what the reader has to
// do, and "Workaround:" or "Remedy:" what helps against a known issue. A text
// of "none" or "n/a" says that there is nothing to tell.
//
// # Compatibility
//
// A packet of notes is part of the release packet and follows its schema. A
// mapping is a document of its own, of the same promise: fields are added, and
// the meaning of those that are there does not change. Ids of rules are stable;
// sentences, those that a draft writes among them, are not.
package notes
