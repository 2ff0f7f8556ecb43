package evidence_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/compliance/evidence"
)

// resealed is a line with a checksum that fits again.
func resealed(line []byte) []byte {
	cut := bytes.LastIndex(line, []byte(`,"crc":"`))
	sum := crc32.Checksum(line[:cut], crc32.MakeTable(crc32.Castagnoli))
	return fmt.Appendf(slices.Clone(line[:cut]), `,"crc":"%s"}`, hex.EncodeToString([]byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)}))
}

// Each way to change a log is named, with the record.
func TestTampering(t *testing.T) {
	const segment = "records-000000000000.jsonl"
	lines := func(change func([][]byte) [][]byte) func(string) error {
		return func(dir string) error {
			file := filepath.Join(dir, segment)
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			all := change(bytes.Split(bytes.TrimSuffix(text, []byte("\n")), []byte("\n")))
			return os.WriteFile(file, append(bytes.Join(all, []byte("\n")), '\n'), 0o600)
		}
	}
	edit := func(name string, change func([]byte) []byte) func(string) error {
		return func(dir string) error {
			text, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(dir, name), change(text), 0o600)
		}
	}
	replaced := func(old, with string) func([][]byte) [][]byte {
		return func(all [][]byte) [][]byte {
			all[7] = resealed(bytes.Replace(all[7], []byte(old), []byte(with), 1))
			return all
		}
	}
	tests := []struct {
		name   string
		change func(string) error
		want   []string // the beginnings of what is said, in order
	}{
		{"nothing", func(string) error { return nil }, nil},
		{"a record changed", lines(func(all [][]byte) [][]byte {
			all[7] = bytes.Replace(all[7], []byte("407"), []byte("401"), 1)
			return all
		}), []string{segment + ": record 7: altered: its checksum is another"}},
		{"a record changed with care", lines(replaced("407", "401")), []string{segment + ": record 7: altered: its hash is sha256:"}},
		{"a record dated back", lines(replaced("2026-12-08T16:00:09Z", "2026-12-08T15:00:09Z")), []string{segment + ": record 7: altered: its hash is"}},
		{"white space", lines(replaced(`{"n":7`, `{"n": 7`)), []string{segment + ": record 7: altered: it is no record: it is written in another form"}},
		{"another field", lines(replaced(`"kind"`, `"extra":1,"kind"`)), []string{segment + ": record 7: altered: it is no record: it is written in another form"}},
		{"a field twice", lines(replaced(`"kind"`, `"kind":"waiver","kind"`)), []string{segment + ": record 7: altered: it is no record: it is written in another form"}},
		{"a record dropped", lines(func(all [][]byte) [][]byte { return slices.Delete(all, 7, 8) }),
			[]string{segment + ": record 7: missing: records 7 to 7 are not there: record 8 follows"}},
		{"the first dropped", lines(func(all [][]byte) [][]byte { return all[1:] }), []string{segment + ": record 0: missing: records 0 to 0"}},
		{"a record twice", lines(func(all [][]byte) [][]byte { return slices.Insert(all, 8, all[7]) }),
			[]string{segment + ": record 7: out-of-order: it stands again, or too late, where record 8 belongs"}},
		{"two swapped", lines(func(all [][]byte) [][]byte { all[7], all[8] = all[8], all[7]; return all }),
			[]string{segment + ": record 7: missing: records 7 to 7 are not there: record 8 follows", segment + ": record 7: out-of-order"}},
		{"a record put in between", lines(func(all [][]byte) [][]byte {
			return slices.Insert(all, 7, resealed(bytes.Replace(all[7], []byte("407"), []byte("401"), 1)))
		}), []string{segment + ": record 7: altered: its hash", segment + ": record 7: out-of-order"}},
		{"the end cut off", lines(func(all [][]byte) [][]byte { return all[:20] }), []string{"checkpoints.jsonl: record 20: missing: records 20 to 24 were cut off: a checkpoint covers 25"}},
		{"half of the last line", edit(segment, func(b []byte) []byte { return b[:len(b)-20] }), []string{segment + ": record 24: torn", "checkpoints.jsonl: record 24: missing"}},
		{"the segment dropped", func(dir string) error { return os.Remove(filepath.Join(dir, segment)) },
			[]string{"checkpoints.jsonl: record 0: missing: records 0 to 24 were cut off"}},
		{"the segment renamed", func(dir string) error {
			return os.Rename(filepath.Join(dir, segment), filepath.Join(dir, "records-000000000003.jsonl"))
		}, []string{"records-000000000003.jsonl: record 0: out-of-order", "records-000000000003.jsonl: record 1: out-of-order", "records-000000000003.jsonl: record 2: out-of-order",
			"records-000000000000.jsonl: record 0: missing: records 0 to 2 are missing"}},
		{"a kept leaf changed", edit("hashes", func(b []byte) []byte { b[32*3] ^= 1; return b }), []string{segment + ": record 2: altered", "hashes: record 3: altered", "checkpoints.jsonl: record 9: wrong-root",
			"checkpoints.jsonl: record 19: wrong-root", "checkpoints.jsonl: record 24: wrong-root"}},
		{"a kept hash changed", edit("hashes", func(b []byte) []byte { b[32*2] ^= 1; return b }), []string{"hashes: record 1: altered"}},
		{"hashes cut off", edit("hashes", func(b []byte) []byte { return b[:320] }), []string{"hashes: record 6: missing"}},
		{"a file more", func(dir string) error { return os.WriteFile(filepath.Join(dir, "notes"), nil, 0o600) }, []string{"notes: unexpected-file"}},
		{"a checkpoint changed", edit("checkpoints.jsonl", func(b []byte) []byte { return bytes.Replace(b, []byte(`\n10\n`), []byte(`\n11\n`), 1) }),
			[]string{"checkpoints.jsonl: bad-checkpoint: line 2: checkpoint does not hold"}},
		{"no checkpoint", edit("checkpoints.jsonl", func([]byte) []byte { return nil }), []string{"checkpoints.jsonl: bad-checkpoint: no checkpoint holds"}},
		{"checkpoints swapped", edit("checkpoints.jsonl", func(b []byte) []byte {
			all := bytes.SplitAfter(b, []byte("\n"))
			all[1], all[2] = all[2], all[1]
			return bytes.Join(all, nil)
		}), []string{"checkpoints.jsonl: bad-checkpoint: line 3: it covers 10 records, the one before 20"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := created(t, 25, options())
			if err := tt.change(dir); err != nil {
				t.Fatal(err)
			}
			var wrong error
			r, err := evidence.Verify(os.DirFS(dir), publicOf(t, seeded(1)), nil)
			if err != nil {
				t.Fatal(err)
			}
			said := make([]string, len(r.Faults))
			for i, f := range r.Faults {
				said[i] = f.String()
			}
			if !slices.EqualFunc(said, tt.want, strings.HasPrefix) {
				t.Errorf("said %q\nwant %q", said, tt.want)
			}
			if wrong = r.Err(); (wrong == nil) != (tt.want == nil) {
				t.Errorf("%v", wrong)
			}
			before := snapshot(t, dir)
			l, _, err := evidence.Resume(dir, options())
			if tt.want == nil {
				if err != nil {
					t.Fatal(err)
				}
				_ = l.Close()
				return
			}
			if damage := new(evidence.DamageError); !errors.As(err, &damage) {
				t.Errorf("resumed: %v", err)
			}
			if after := snapshot(t, dir); err != nil && before != after {
				t.Error("what could not be resumed was changed")
			}
		})
	}
}

// snapshot is the folder as one text.
func snapshot(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&all, "%s %q\n", e.Name(), text)
	}
	return all.String()
}

// Every byte of every file matters: whichever is flipped, something is said.
func TestEveryByte(t *testing.T) {
	o := options()
	o.SegmentBytes = 300
	dir := created(t, 9, o)
	for _, name := range []string{"records-000000000000.jsonl", "records-000000000006.jsonl", "hashes", "checkpoints.jsonl"} {
		sound, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		for i := range sound {
			changed := slices.Clone(sound)
			changed[i] ^= 1 << (i % 8)
			if err := os.WriteFile(filepath.Join(dir, name), changed, 0o600); err != nil {
				t.Fatal(err)
			}
			if r := verified(t, dir, nil); r.Err() == nil {
				t.Fatalf("%s: byte %d was flipped unseen", name, i)
			}
		}
		if err := os.WriteFile(filepath.Join(dir, name), sound, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := verified(t, dir, nil).Err(); err != nil {
		t.Error(err)
	}
}

// What only a witness sees: all of it is written anew by the one with the key.
func TestRewritten(t *testing.T) {
	forge := func(n int, name string, when func() time.Time) (*evidence.Log, evidence.Checkpoint, evidence.Checkpoint) {
		o := options()
		o.Now = when
		l, err := evidence.Create(t.TempDir(), o)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = l.Close() })
		var older evidence.Checkpoint
		for i := range n {
			r := record(i)
			if i == 3 {
				r.Name = name
			}
			if _, err := l.Append(t.Context(), r); err != nil {
				t.Fatal(err)
			}
			if i == 9 {
				if older, err = l.Checkpoint(); err != nil {
					t.Fatal(err)
				}
			}
		}
		newer, err := l.Checkpoint()
		if err != nil {
			t.Fatal(err)
		}
		return l, older, newer
	}
	_, witnessed, _ := forge(20, "as it was", ticking())
	for _, tt := range []struct {
		name string
		n    int
		of   string
		when func() time.Time
		ok   bool
	}{
		{"the same log", 20, "as it was", ticking(), true},
		{"rewritten", 20, "as it was not", ticking(), false},
		{"dated back", 20, "as it was", func() time.Time { return time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC) }, false},
	} {
		l, _, newer := forge(tt.n, tt.of, tt.when)
		proof, err := l.ProveConsistency(witnessed.Size, newer.Size)
		if err != nil {
			t.Fatal(err)
		}
		if err := proof.Check(witnessed, newer); (err == nil) != tt.ok || err != nil && !errors.Is(err, evidence.ErrProof) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// A log of another key is told by its checkpoints.
func TestAnotherKey(t *testing.T) {
	dir := created(t, 5, options())
	r, err := evidence.Verify(os.DirFS(dir), publicOf(t, seeded(2)), nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Signed != 0 || r.Err() == nil || !strings.Contains(r.Err().Error(), "bad-checkpoint") {
		t.Errorf("%+v", r)
	}
	if _, err := evidence.Verify(os.DirFS(t.TempDir()), publicOf(t, seeded(1)), nil); !errors.Is(err, evidence.ErrNone) {
		t.Errorf("an empty folder: %v", err)
	}
	if r, err := evidence.Verify(os.DirFS(dir), evidence.PublicKey{}, nil); err != nil || r.Err() == nil {
		t.Errorf("no key: %+v, %v", r, err)
	}
}
