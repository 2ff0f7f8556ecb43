package audit_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/compliance/audit"
	"github.com/tidegate-go/tidegate/compliance/evidence"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
)

// files are all files of a bundle, with their paths in it.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			all = append(all, name)
		}
		return err
	})
	if err != nil || len(all) != 17 {
		t.Fatalf("%d files, %v", len(all), err)
	}
	return all
}

// Whichever byte of whichever file is flipped, the audit says so and names the
// file.
func TestEveryFile(t *testing.T) {
	m := good(t)
	for _, name := range files(t, m.dir) {
		t.Run(name, func(t *testing.T) {
			sound := read(t, m.dir, name)
			step := 1 + len(sound)/12
			for i := 0; i < len(sound); i += step {
				changed := slices.Clone(sound)
				changed[i] ^= 1 << (i % 7)
				if err := os.WriteFile(filepath.Join(m.dir, name), changed, 0o600); err != nil {
					t.Fatal(err)
				}
				r, err := audited(m.dir, audit.Options{Key: public(1)})
				if err != nil {
					t.Fatal(err)
				}
				if named := func(p audit.Problem) bool { return p.File == name }; r.Holds || !slices.ContainsFunc(r.Problems, named) {
					t.Fatalf("byte %d: holds is %t, and %s is not named: %v", i, r.Holds, name, r.Problems)
				}
			}
			if err := os.WriteFile(filepath.Join(m.dir, name), sound, 0o600); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// Each way to tamper with a bundle is named.
func TestTampering(t *testing.T) {
	const segment = "log/records-000000000000.jsonl"
	lines := func(change func([][]byte) [][]byte) func(string) error {
		return edit(segment, func(text []byte) []byte {
			return append(bytes.Join(change(bytes.Split(bytes.TrimSuffix(text, []byte("\n")), []byte("\n"))), []byte("\n")), '\n')
		})
	}
	tests := []struct {
		name   string
		change func(dir string) error
		want   []string // each begins or is in a problem; the first is of the first problem
	}{
		{"the annex swapped", edit("annex.md", func([]byte) []byte { return []byte("# Another annex\n") }), []string{"annex.md: altered: its digest is"}},
		{"the packet swapped", edit("packet.md", func([]byte) []byte { return nil }), []string{"packet.md: altered"}},
		{"the plan replaced", edit("plan.json", func(b []byte) []byte { return bytes.Replace(b, []byte(`"2026.12.0"`), []byte(`"2026.12.9"`), 1) }),
			[]string{"plan.json: altered", "plan.json: not-following: plan.json: its digest", "plan.json: inconsistent"}},
		{"the waivers removed", edit("waivers.json", func([]byte) []byte { return []byte("[]\n") }), []string{"waivers.json: altered", "waivers.json: not-following"}},
		{"a document dropped", remove("facts.json"), []string{"facts.json: missing", "facts.json: not-following"}},
		{"the annex dropped", remove("annex.md"), []string{"annex.md: missing: record"}},
		{"a document added", edit("note.txt", func([]byte) []byte { return []byte("trust me") }), []string{"note.txt: unrecorded"}},
		{"a record dropped", lines(func(all [][]byte) [][]byte { return slices.Delete(all, 7, 8) }), []string{segment + ": log-damaged: records-000000000000.jsonl: record 7: missing"}},
		{"a record duplicated", lines(func(all [][]byte) [][]byte { return slices.Insert(all, 7, all[7]) }), []string{segment + ": log-damaged: records-000000000000.jsonl: record 7: out-of-order"}},
		{"records swapped", lines(func(all [][]byte) [][]byte { all[7], all[8] = all[8], all[7]; return all }),
			[]string{segment + ": log-damaged: records-000000000000.jsonl: record 7: missing", "record 7: out-of-order"}},
		{"a record dated back", lines(func(all [][]byte) [][]byte {
			all[7] = bytes.Replace(all[7], []byte("2026-12-09"), []byte("2026-12-01"), 1)
			return all
		}), []string{segment + ": log-damaged: records-000000000000.jsonl: record 7: altered"}},
		{"the tail cut off", lines(func(all [][]byte) [][]byte { return all[:len(all)-3] }), []string{"log/checkpoints.jsonl: log-damaged: checkpoints.jsonl: record", "annex.md: unrecorded"}},
		{"the hashes dropped", remove("log/hashes"), []string{"log/hashes: missing"}},
		{"the hashes go on", edit("log/hashes", func(b []byte) []byte { return append(b, 'x') }), []string{"log/hashes: log-damaged: it has"}},
		{"a file like the lock of the log", edit("log/lock", func([]byte) []byte { return []byte("trust me") }), []string{"log/lock: unrecorded"}},
		{"an empty segment", edit("log/records-000000000064.jsonl", func([]byte) []byte { return nil }), []string{"log/records-000000000064.jsonl: unrecorded"}},
		{"the log dropped", func(dir string) error { return os.RemoveAll(filepath.Join(dir, "log")) }, []string{"log: missing: there is no log"}},
		{"the segment dropped", remove(segment), []string{"log/checkpoints.jsonl: log-damaged: checkpoints.jsonl: record 0: missing: records 0 to"}},
		{"the checkpoints dropped", remove("log/checkpoints.jsonl"), []string{"log/checkpoints.jsonl: log-damaged: checkpoints.jsonl: bad-checkpoint: no checkpoint holds", "checkpoint: altered"}},
		{"the last checkpoint dropped", edit("log/checkpoints.jsonl", func(b []byte) []byte {
			return append(bytes.Join(bytes.SplitAfter(b, []byte("\n"))[:2], nil), []byte{}...)
		}), []string{"log/checkpoints.jsonl: log-damaged: checkpoints.jsonl: record", "checkpoint: altered", "proofs.json: bad-proof"}},
		{"an earlier checkpoint", edit("checkpoint", func([]byte) []byte { return []byte("not signed") }), []string{"checkpoint: altered"}},
		{"the proofs dropped", remove("proofs.json"), []string{"proofs.json: missing"}},
		{"no proof in the proofs", edit("proofs.json", func([]byte) []byte { return []byte("{}\n") }), []string{"proofs.json: bad-proof: annex.md is not proven", "the checkpoint that the packet prints is no earlier one"}},
		{"the key changed", edit("key", func([]byte) []byte { return []byte(public(2).String() + "\n") }), []string{"key: wrong-key: the bundle is signed by"}},
		{"the key dropped", remove("key"), []string{"key: missing"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := good(t)
			if err := tt.change(m.dir); err != nil {
				t.Fatal(err)
			}
			r, err := audited(m.dir, audit.Options{Key: public(1)})
			if err != nil {
				t.Fatal(err)
			}
			said := make([]string, len(r.Problems))
			for i, p := range r.Problems {
				said[i] = p.String()
			}
			if r.Holds || len(said) == 0 || !strings.HasPrefix(said[0], tt.want[0]) {
				t.Fatalf("said %q\nwant %q", said, tt.want)
			}
			for _, want := range tt.want {
				if !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, want) }) {
					t.Errorf("said %q\nwant %q", said, want)
				}
			}
		})
	}
}

func edit(name string, change func([]byte) []byte) func(string) error {
	return func(dir string) error {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return os.WriteFile(filepath.Join(dir, name), change(text), 0o600)
	}
}

func remove(name string) func(string) error {
	return func(dir string) error { return os.Remove(filepath.Join(dir, name)) }
}

// Who has the private key can make all of it anew. These need a witness: with
// the checkpoint of the first log all are seen, and without it none can be,
// which the report says.
func TestRewritten(t *testing.T) {
	first := good(t)
	waived := func(p packet.Packet) packet.Packet {
		return p.WithWaivers(gates.Waiver{Gate: "staging/exit", Criterion: "p95",
			Grant: check.Grant{Reason: "one slow query", Requester: "ada", Approver: "margaret", Expires: sample.When("2026-12-31")}})
	}
	for _, tt := range []struct {
		name string
		as   situation
		seen bool // without a witness
	}{
		{"the whole log rewritten with the same key", situation{seed: 1, before: 4}, false},
		{"a fork with a waiver more", situation{seed: 1, before: 5, change: waived}, false},
		{"other moments, as it was written", situation{seed: 1, before: 5, clock: sample.Open.Add(time.Second)}, false},
		{"dated before the decision", situation{seed: 1, before: 5, clock: sample.Open.Add(-24 * time.Hour)}, true},
		{"all of it with another key", situation{seed: 2, before: 5}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, err := bundled(t.Context(), t.TempDir(), tt.as)
			if err != nil {
				t.Fatal(err)
			}
			r, err := audited(m.dir, audit.Options{Key: public(1)})
			if err != nil {
				t.Fatal(err)
			}
			if r.Holds == tt.seen {
				t.Errorf("without a witness it holds: %t, %v", r.Holds, r.Problems)
			}
			if said := slices.ContainsFunc(r.Open, func(s string) bool { return strings.Contains(s, "no earlier checkpoint was given") }); !said {
				t.Errorf("it is not said that there was no witness: %q", r.Open)
			}
			r, err = audited(m.dir, audit.Options{Key: public(1), Witness: first.early.Note})
			if err != nil || r.Holds || r.Witnessed || tt.as.seed == 1 && !slices.ContainsFunc(r.Problems, func(p audit.Problem) bool { return p.Code == audit.NotWitnessed }) {
				t.Errorf("with a witness: %+v, %v", r.Problems, err)
			}
		})
	}
	// an older state of the same log, whole, put forward again
	older, err := bundled(t.Context(), t.TempDir(), situation{seed: 1, before: 5})
	if err != nil {
		t.Fatal(err)
	}
	later := witness(t, older)
	if r, err := audited(older.dir, audit.Options{Key: public(1), Witness: later.Note}); err != nil || r.Holds || !strings.Contains(r.Problems[0].Detail, "its end was cut off") {
		t.Errorf("%+v, %v", r.Problems, err)
	}
}

// witness lets the log of a bundle go on, and returns its checkpoint.
func witness(t *testing.T, m made) evidence.Checkpoint {
	t.Helper()
	l, _, err := evidence.Resume(filepath.Join(filepath.Dir(m.dir), "evidence"), evidence.Options{Origin: origin, Key: seeded(1)})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	if _, err := l.Append(context.Background(), evidence.Record{Kind: evidence.KindOverride}); err != nil {
		t.Fatal(err)
	}
	c, err := l.Checkpoint()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A bundle that is put together from parts of two releases contradicts itself.
func TestMixed(t *testing.T) {
	m := good(t)
	other, err := bundled(t.Context(), t.TempDir(), situation{seed: 1, before: 5, change: func(p packet.Packet) packet.Packet {
		p.Plan.Overview.Name = "Another"
		return p
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"plan.json", "catalog.json", "facts.json", "waivers.json", "decisions.json"} {
		if err := os.WriteFile(filepath.Join(m.dir, name), read(t, other.dir, name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r, err := audited(m.dir, audit.Options{Key: public(1)})
	if err != nil || r.Holds {
		t.Fatalf("%v, %v", r.Holds, err)
	}
	codes := map[audit.Code]bool{}
	for _, p := range r.Problems {
		codes[p.Code] = true
	}
	if !codes[audit.Altered] || !codes[audit.Inconsistent] {
		t.Errorf("%v", r.Problems)
	}
}
