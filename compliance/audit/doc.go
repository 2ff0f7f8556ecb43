// Package audit verifies a bundle: one folder or archive with everything that a
// release was decided on, and the evidence log that says so. It needs nothing
// but its bytes and the public key of the log.
//
// [Write] makes a bundle, [Open] opens one, and [Check] says in a [Report]
// whether every decision follows from its evidence, whether anything was
// altered, removed, cut off or put in another order, and who approved what when.
//
// # A bundle
//
//	plan.json catalog.json facts.json waivers.json   what was decided on
//	decisions.json                                   what was decided
//	approvals.json packet.json                       the register of approvals, and the packet
//	packet.md annex.md …                             the pages, under any names
//	schema.json pins.json                            the packet's schema, and the connectors
//	log/                                             the log of package evidence, all of it
//	checkpoint proofs.json key                       the signed head, a proof for each document, the public key
//
// The log is the list of contents: every document has a record with its digest,
// under the name of the release. A file without a record is a problem, and so is
// a record without its file. The records that [Records] makes of packet and
// facts have to be there too: what each gate came to, each approval that a
// source gave, each waiver, each message.
//
// # What an audit sees
//
// Each of these is a problem that names the file, and in the log the record:
//
//	any byte of any file flipped             altered, log-damaged, unread or bad-proof
//	a file removed, added or exchanged       missing, unrecorded, altered, log-damaged
//	the annex or the plan exchanged          altered; the plan also not-following
//	a waiver removed                         altered, not-following, inconsistent
//	a record dropped, repeated, swapped      log-damaged: missing, out-of-order
//	a record changed or dated back           log-damaged: altered
//	the end of the log cut off               log-damaged: missing
//	another key                              log-damaged and wrong-key, if the key is given
//	a bundle of another release put together not-following, inconsistent, unrecorded
//
// Into how many segments the log is cut, and which checkpoints it had before the
// last one, is not told: neither changes what the last one proves. A document that
// was recorded anew is listed in [Report].Open with its record before: it may be of
// a later decision, or hide an earlier one. schema.json and pins.json are compared
// with their records alone.
//
// # What needs an outside witness
//
// Who has the log and its private key can make another log that is whole, and a
// bundle of it. By itself such a bundle cannot be told from the first one, since
// every byte of it is signed by the right key:
//
//   - the whole log written again with the same key: seen only beside a
//     checkpoint of the first one,
//   - a fork, one log for you and another for somebody else: seen only when the
//     two compare checkpoints,
//   - the end cut off together with the checkpoints that covered it, with a
//     bundle made anew: seen only beside a checkpoint that covers the end,
//   - a record dated back when it is written: the log's clock is the writer's.
//     Seen if a checkpoint from outside shows that the record was not there yet.
//
// Options.Witness is such a checkpoint, as [evidence.Log.Checkpoint] signs it.
// [Report].Open says when none was given, and which documents were recorded after
// it. The packet prints the size and the root of one, which whoever got the packet
// compares with the bundle's packet.json. And a bundle
// whose key was exchanged together with everything that it signs is seen only by
// who has the key from elsewhere: Options.Key.
//
// # Reading what others send
//
// Archives are read in memory and never unpacked: links, devices, names that
// lead outside, repeated names and more than 512 MiB are refused. A folder is
// read through os.Root and has no links. The log of a folder is streamed.
//
// # Compatibility
//
// A bundle has the formats of its parts: the packet's schema, the decision
// record, the evidence format. Names of files and codes of problems are stable,
// sentences are not.
package audit
