package evidence

import (
	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidegate-go/tidegate/compliance/evidence/internal/disk"
)

// On returns the options with another file system.
func (o Options) On(folder disk.FS) Options {
	o.folder = folder
	return o
}

// StoredHashes are the hashes that a tree of lines stores.
func StoredHashes(lines [][]byte) []tlog.Hash {
	var t tree
	var all []tlog.Hash
	for _, line := range lines {
		all = t.add(all, tlog.RecordHash(line))
	}
	return all
}

// VerifyOn is Verify of a folder that is none of the operating system's.
func VerifyOn(folder disk.FS, key PublicKey, visit func(Entry) error) (Report, error) {
	s := &scan{source: writable{folder}, key: key, visit: visit}
	err := s.run()
	return s.report, err
}
