package evidence_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/tidegate-go/tidegate/compliance/evidence"
)

// Whatever the files of a log have in them, reading them ends without a panic,
// and no log holds but the one that was signed.
func FuzzVerify(f *testing.F) {
	dir := f.TempDir()
	l, err := evidence.Create(dir, options())
	if err != nil {
		f.Fatal(err)
	}
	for i := range 5 {
		if _, err := l.Append(f.Context(), record(i)); err != nil {
			f.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		f.Fatal(err)
	}
	var sound [3][]byte
	names := []string{"records-000000000000.jsonl", "hashes", "checkpoints.jsonl"}
	for i, name := range names {
		if sound[i], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			f.Fatal(err)
		}
	}
	key, err := evidence.NewPublicKey(origin, seeded(1).Public())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sound[0], sound[1], sound[2])
	f.Add(sound[0][:100], sound[1][:40], sound[2])
	f.Add([]byte("{\"n\":9223372036854775807}\n\n"), []byte{}, []byte("\"\"\n"))
	f.Fuzz(func(t *testing.T, records, hashes, checkpoints []byte) {
		r, err := evidence.Verify(fstest.MapFS{
			names[0]: {Data: records}, names[1]: {Data: hashes}, names[2]: {Data: checkpoints},
		}, key, nil)
		if err != nil {
			return
		}
		same := string(records) == string(sound[0]) && string(checkpoints) == string(sound[2])
		if r.Err() == nil && r.Size > 0 && !same {
			t.Errorf("%d records hold that were never signed", r.Size)
		}
	})
}

// A checkpoint has one form: what is read is written again with the same bytes.
func FuzzParseCheckpoint(f *testing.F) {
	l, err := evidence.Create(f.TempDir(), options())
	if err != nil {
		f.Fatal(err)
	}
	note := l.Head().Note
	key := l.Key()
	if err := l.Close(); err != nil {
		f.Fatal(err)
	}
	f.Add(note)
	f.Add(note + "\n")
	f.Fuzz(func(t *testing.T, text string) {
		if c, err := evidence.ParseCheckpoint(text, key); err == nil && text != note {
			t.Errorf("%q is read as %+v", text, c)
		}
	})
}
