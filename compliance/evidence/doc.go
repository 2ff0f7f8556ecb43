// Package evidence keeps records so that nobody can change them unseen: facts,
// decisions, approvals, waivers, overrides, messages, digests of documents,
// connectors with their pins. It does not know what they mean.
//
// A [Log] is a folder. [Create] makes it, [Log.Append] stores a record and
// returns once it is durable, [Log.Checkpoint] signs what is there, and [Verify]
// reads all of it back, in memory that does not grow. [Resume] opens it again,
// whether it was closed or its writer died.
//
// # Files
//
//	records-000000000000.jsonl   segments: one record a line, named by their first one
//	hashes                       32 bytes for each hash of the tree, in the order of golang.org/x/mod/sumdb/tlog
//	checkpoints.jsonl            signed checkpoints, each a JSON string
//	lock                         of the one writer
//
// The lines are the leaves of a tree of RFC 6962. A checkpoint is a signed note
// in the form of C2SP's tlog-checkpoint: origin, size, root, and one line with
// the format and the moment. Stored bytes are signed, never others: whoever has
// a line, a checkpoint and an [Inclusion] needs nothing else.
//
// # What is durable
//
// Append returns after fsync(2). Records that several goroutines append at once
// are written together, and the next group is written only when the one before
// is durable. So after a crash, or after the power failed, only the last group
// can be torn, and nobody was told that it is durable: [Resume] cuts it off and
// says so, also in the log. Every line names the first record of its group; a
// line that makes no sense before one of a later group was durable once, and is
// damage that no crash explains: then Resume refuses and changes nothing.
//
// When the disk is full, cannot be written, writes less than all, or fails to
// make it durable, Append returns the error, and the log takes nothing more: what
// the disk then holds only a reading of it tells. A record whose Append failed
// may be stored or not.
//
// # What is seen, and what is not
//
// Whoever has the public key sees whether a record was changed, removed, added
// in between, repeated, moved, or dated before those that stand before it without
// saying so; a checkpoint that covers records that are cut off shows that too.
// What the one who has the log and its key writes anew as a whole, looks whole:
//
//   - the end cut off together with the checkpoints that cover it,
//   - the whole log written again with the same key,
//   - two logs shown to two people (a fork),
//   - a record dated back when it is written, by a clock that is wrong.
//
// These show to whoever has an earlier checkpoint from outside the writer's
// reach, and a [Consistency] proof; that is why packets print the checkpoint.
// A false moment shows to nobody but an outside clock.
//
// # Retention
//
// [Log.Retention] says of every segment whether it may be disposed of and why
// not; [Log.Dispose] removes those. The hashes stay, so that the rest remains
// provable, and the log says itself what was removed: a segment that is missing
// without that is a fault.
//
// # Errors
//
// A host branches on [ErrNone], [ErrExists], [ErrLocked], [ErrRefused],
// [ErrFailed], [ErrClosed], [ErrKey], [ErrCheckpoint], [ErrProof] and
// [*DamageError].
//
// # Compatibility
//
// [Format] numbers the files and the lines. It stands in every checkpoint, and
// another one is refused. Sentences are not stable, codes of faults are.
package evidence
