package evidence_test

import (
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/compliance/evidence"
)

const origin = "releases.example.com/checkout"

// seeded is a key for tests: everybody may have it.
func seeded(seed byte) ed25519.PrivateKey {
	b := make([]byte, ed25519.SeedSize)
	b[0] = seed
	return ed25519.NewKeyFromSeed(b)
}

func publicOf(t *testing.T, key ed25519.PrivateKey) evidence.PublicKey {
	t.Helper()
	k, err := evidence.NewPublicKey(origin, key.Public())
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// ticking is a clock that goes on by a second each time.
func ticking() func() time.Time {
	var mu sync.Mutex
	now := time.Date(2026, time.December, 8, 16, 0, 0, 0, time.UTC)
	return func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Second)
		return now
	}
}

func options() evidence.Options {
	return evidence.Options{Origin: origin, Key: seeded(1), Now: ticking()}
}

// record is the i-th of a test.
func record(i int) evidence.Record {
	return evidence.Record{Kind: evidence.KindFacts, Name: fmt.Sprintf("fact %d", i), Body: json.RawMessage(fmt.Sprintf(`{"i":%d,"p95":4%02d}`, i, i%100))}
}

// created is a closed log of n records in a new folder, with a checkpoint
// after every tenth.
func created(t *testing.T, n int, o evidence.Options) string {
	t.Helper()
	dir := t.TempDir()
	l, err := evidence.Create(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	fill(t, l, n)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func fill(t *testing.T, l *evidence.Log, n int) {
	t.Helper()
	for i := range n {
		if _, err := l.Append(t.Context(), record(i)); err != nil {
			t.Fatal(err)
		}
		if i%10 == 9 {
			if _, err := l.Checkpoint(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func verified(t *testing.T, dir string, visit func(evidence.Entry) error) evidence.Report {
	t.Helper()
	r, err := evidence.Verify(os.DirFS(dir), publicOf(t, seeded(1)), &evidence.VerifyOptions{Visit: visit})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
