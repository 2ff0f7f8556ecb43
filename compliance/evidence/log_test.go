package evidence_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/compliance/evidence"
	"github.com/tidegate-go/tidegate/release/value"
)

func TestAppendAndVerify(t *testing.T) {
	o := options()
	o.SegmentBytes = 1000
	dir := created(t, 57, o)
	var names []string
	r := verified(t, dir, func(e evidence.Entry) error {
		names = append(names, e.Name)
		return nil
	})
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	if r.Size != 57 || r.Records != 57 || r.Covered != 57 || r.Signed != 7 || len(names) != 57 || names[56] != "fact 56" {
		t.Errorf("%+v", r)
	}
	segments, err := filepath.Glob(filepath.Join(dir, "records-*.jsonl"))
	if err != nil || len(segments) < 5 {
		t.Errorf("%d segments, %v", len(segments), err)
	}
}

// Many writers: every record that is acknowledged is there, once, under the
// number that was acknowledged.
func TestManyWriters(t *testing.T) {
	dir := t.TempDir()
	o := options()
	o.SegmentBytes = 10_000
	l, err := evidence.Create(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	const writers, each = 16, 40
	names := make([]string, writers*each)
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				name := fmt.Sprintf("%d of %d", i, w)
				receipt, err := l.Append(t.Context(), evidence.Record{Kind: evidence.KindMessage, Name: name})
				if err != nil {
					t.Error(err)
					return
				}
				names[receipt.Number] = name
			}
		})
	}
	wg.Wait()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	var stored []string
	r := verified(t, dir, func(e evidence.Entry) error {
		stored = append(stored, e.Name)
		return nil
	})
	if err := r.Err(); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff(names, stored); diff != "" {
		t.Errorf("(-acknowledged +stored):\n%s", diff)
	}
}

func TestResume(t *testing.T) {
	dir := created(t, 15, options())
	for i := range 3 {
		l, r, err := evidence.Resume(dir, options())
		if err != nil {
			t.Fatal(err)
		}
		if want := int64(15 + i); r.From != want || r.Dropped != 0 || r.Report.Records != want {
			t.Errorf("%+v", r)
		}
		receipt, err := l.Append(t.Context(), record(15+i))
		if err != nil || receipt.Number != int64(15+i) {
			t.Errorf("%+v, %v", receipt, err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
	r := verified(t, dir, nil)
	if err := r.Err(); err != nil || r.Records != 18 {
		t.Errorf("%+v, %v", r, err)
	}
	// each resumed with a clock that begins anew, which is recorded
	if !slices.Equal(r.Backwards, []int64{15, 16, 17}) {
		t.Errorf("the clock went back at %v", r.Backwards)
	}
}

func TestClockBackwards(t *testing.T) {
	dir := t.TempDir()
	at := time.Date(2026, time.December, 8, 16, 0, 0, 0, time.UTC)
	o := options()
	o.Now = func() time.Time { return at }
	l, err := evidence.Create(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	for i, step := range []time.Duration{0, time.Minute, -time.Hour, time.Minute, 2 * time.Hour} {
		at = at.Add(step)
		if _, err := l.Append(t.Context(), record(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	var behind []time.Duration
	r := verified(t, dir, func(e evidence.Entry) error {
		behind = append(behind, e.Behind)
		return nil
	})
	if err := r.Err(); err != nil {
		t.Error(err)
	}
	if want := []time.Duration{0, 0, time.Hour, 59 * time.Minute, 0}; !slices.Equal(behind, want) || !slices.Equal(r.Backwards, []int64{2, 3}) {
		t.Errorf("behind %v, went back at %v", behind, r.Backwards)
	}
}

func TestRecordsThatAreRefused(t *testing.T) {
	l, err := evidence.Create(t.TempDir(), options())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	tests := []struct {
		name   string
		record evidence.Record
		want   string
	}{
		{"no kind", evidence.Record{}, `kind ""`},
		{"a kind with a space", evidence.Record{Kind: "a b"}, `kind "a b"`},
		{"a long kind", evidence.Record{Kind: evidence.Kind(strings.Repeat("k", 65))}, "kind"},
		{"the log's kind", evidence.Record{Kind: evidence.KindLog}, "the log's own"},
		{"a name of two lines", evidence.Record{Kind: "facts", Name: "a\nb"}, "one line"},
		{"a name of another encoding", evidence.Record{Kind: "facts", Name: "\xff"}, "UTF-8"},
		{"a long name", evidence.Record{Kind: "facts", Name: strings.Repeat("n", evidence.MaxName+1)}, "name of 513 bytes"},
		{"a digest that is none", evidence.Record{Kind: "facts", Digest: "sha256:abc"}, "digest"},
		{"a body that is no JSON", evidence.Record{Kind: "facts", Body: json.RawMessage(`{`)}, "body"},
		{"a body of nothing", evidence.Record{Kind: "facts", Body: json.RawMessage(``)}, "body"},
		{"a body of two lines", evidence.Record{Kind: "facts", Body: json.RawMessage("{\n}")}, "body"},
		{"a body in white space", evidence.Record{Kind: "facts", Body: json.RawMessage(" {}")}, "body"},
		{"two bodies", evidence.Record{Kind: "facts", Body: json.RawMessage("{}{}")}, "body"},
		{"a body of another encoding", evidence.Record{Kind: "facts", Body: json.RawMessage("\"\xff\"")}, "body"},
		{"a long body", evidence.Record{Kind: "facts", Body: json.RawMessage(`"` + strings.Repeat("b", evidence.MaxBody) + `"`)}, "body of"},
	}
	for _, tt := range tests {
		if _, err := l.Append(t.Context(), tt.record); !errors.Is(err, evidence.ErrRefused) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
	if receipt, err := l.Append(t.Context(), record(0)); err != nil || receipt.Number != 0 {
		t.Errorf("after refusals: %+v, %v", receipt, err)
	}
}

// What is stored comes back to the byte.
func TestRecordsAsStored(t *testing.T) {
	want := []evidence.Record{
		{Kind: "facts"},
		{Kind: "a.kind-of-2", Name: `"quoted" \ <&> żółw ` + "\u2028"},
		{Kind: "document", Name: "plan.json", Digest: value.Sum([]byte("plan"))},
		{Kind: "decisions", Body: json.RawMessage(`{"a": 1, "a":2,"b":"\u0000é"}`)},
		{Kind: "decisions", Body: json.RawMessage(`null`)},
		{Kind: "message", Body: json.RawMessage(`"` + strings.Repeat("long ", 300_000) + `"`)},
	}
	dir := t.TempDir()
	l, err := evidence.Create(dir, options())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range want {
		if _, err := l.Append(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	var got []evidence.Record
	r := verified(t, dir, func(e evidence.Entry) error {
		e.Body = slices.Clone(e.Body)
		got = append(got, e.Record)
		return nil
	})
	bytewise := cmp.Transformer("text", func(b json.RawMessage) string { return string(b) })
	if diff := cmp.Diff(want, got, bytewise); diff != "" || r.Err() != nil {
		t.Errorf("%v (-want +got):\n%s", r.Err(), diff)
	}
}

func TestOneWriter(t *testing.T) {
	dir := t.TempDir()
	l, err := evidence.Create(dir, options())
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := evidence.Resume(dir, options()); !errors.Is(err, evidence.ErrLocked) {
		t.Errorf("a second writer: %v", err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := evidence.Create(dir, options()); !errors.Is(err, evidence.ErrExists) {
		t.Errorf("created again: %v", err)
	}
	if _, err := l.Append(t.Context(), record(0)); !errors.Is(err, evidence.ErrClosed) {
		t.Errorf("appended to a closed log: %v", err)
	}
	if err := l.Close(); !errors.Is(err, evidence.ErrClosed) {
		t.Errorf("closed again: %v", err)
	}
	if _, _, err := evidence.Resume(filepath.Join(dir, "nowhere"), options()); !errors.Is(err, evidence.ErrNone) {
		t.Errorf("resumed nothing: %v", err)
	}
	if _, _, err := evidence.Resume(t.TempDir(), options()); !errors.Is(err, evidence.ErrNone) {
		t.Errorf("resumed an empty folder: %v", err)
	}
}

func TestKeys(t *testing.T) {
	dir := t.TempDir()
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for name, o := range map[string]evidence.Options{
		"none": {Origin: origin}, "another kind": {Origin: origin, Key: other}, "no origin": {Key: seeded(1)}, "an origin with a space": {Origin: "a b", Key: seeded(1)},
	} {
		if _, err := evidence.Create(dir, o); !errors.Is(err, evidence.ErrKey) {
			t.Errorf("%s: %v", name, err)
		}
	}
	file := filepath.Join(dir, "key.pem")
	made, err := evidence.GenerateKey(file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := evidence.GenerateKey(file); err == nil {
		t.Error("a key was overwritten")
	}
	loaded, err := evidence.LoadKey(file)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := evidence.NewPublicKey(origin, made.Public())
	b, _ := evidence.NewPublicKey(origin, loaded.Public())
	if a.String() != b.String() || a.IsZero() {
		t.Errorf("%q was stored, %q loaded", a, b)
	}
	if again, err := evidence.ParsePublicKey(a.String() + "\n"); err != nil || again.String() != a.String() || again.Origin() != origin {
		t.Errorf("%q, %v", again, err)
	}
	for _, mode := range []os.FileMode{0o640, 0o604, 0o620} {
		if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := evidence.LoadKey(file); !errors.Is(err, evidence.ErrKey) {
			t.Errorf("mode %v: %v", mode, err)
		}
	}
	wrong := filepath.Join(dir, "wrong.pem")
	if err := os.WriteFile(wrong, []byte("no key"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := evidence.LoadKey(wrong); !errors.Is(err, evidence.ErrKey) {
		t.Errorf("no PEM: %v", err)
	}
}
