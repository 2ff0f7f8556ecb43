package evidence

import (
	"encoding/hex"
	"fmt"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidegate-go/tidegate/release/value"
)

// tree is the right edge of the tree of RFC 6962 over all lines: enough to add
// the next and to know the root, in memory that grows with the logarithm.
type tree struct {
	size int64
	edge [64]tlog.Hash // by level, the last hash that was stored there
}

// add adds the hash of a line and returns the hashes to be stored for it: its
// own and those of the subtrees that it completes.
func (t *tree) add(leaf tlog.Hash) ([]tlog.Hash, error) {
	hashes, err := tlog.StoredHashesForRecordHash(t.size, leaf, tlog.HashReaderFunc(t.read))
	if err != nil {
		return nil, err
	}
	for level, h := range hashes {
		t.edge[level] = h
	}
	t.size++
	return hashes, nil
}

// root is the root of the tree as it is.
func (t *tree) root() (value.Digest, error) {
	h, err := tlog.TreeHash(t.size, tlog.HashReaderFunc(t.read))
	return digestOf(h), err
}

// read returns hashes of the edge.
func (t *tree) read(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		level, n := tlog.SplitStoredHashIndex(index)
		if n != t.size>>level-1 {
			return nil, fmt.Errorf("hash %d of level %d is not on the edge of %d", n, level, t.size)
		}
		out[i] = t.edge[level]
	}
	return out, nil
}

// storedCount is how many hashes are stored for n lines: one for each, and one
// for each complete subtree of two or more.
func storedCount(n int64) int64 { return 2*n - int64(bits.OnesCount64(uint64(n))) }

func digestOf(h tlog.Hash) value.Digest {
	return value.Digest("sha256:" + hex.EncodeToString(h[:]))
}

func hashOf(d value.Digest) (tlog.Hash, error) {
	var h tlog.Hash
	if !d.Valid() {
		return h, fmt.Errorf("%q is no digest", d)
	}
	_, err := hex.Decode(h[:], []byte(d[len("sha256:"):]))
	return h, err
}
