// Package ledger sets appends to an evidence log beside a bare loop that appends
// lines to a file and waits for fsync(2), and measures proofs and the reading of
// a million records.
//
// The bare loop has no numbers, checksums, tree and signatures. With one writer
// it syncs every line; with several it commits groups in the same way as the log
// does, so that what is compared is the work and not the number of syncs. All of
// it happens in one folder of the machine's temporary files: whether its fsync
// reaches stable media is not looked at, and is the same for both.
package ledger
