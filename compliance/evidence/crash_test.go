package evidence_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/tidegate-go/tidegate/compliance/evidence"
	"github.com/tidegate-go/tidegate/compliance/evidence/internal/disk"
)

// numbered is a record that tells by its name what its body has to be.
func numbered(name string) evidence.Record {
	return evidence.Record{Kind: evidence.KindMessage, Name: name, Body: json.RawMessage(fmt.Sprintf(`{"of":%q,"pad":%q}`, name, strings.Repeat(name[:1], len(name)*7)))}
}

// acknowledged is what Append acknowledged, by number.
type acknowledged map[int64]string

// work opens the log, resumed or new, and appends until it is done or fails.
func work(o evidence.Options, round string, got acknowledged) error {
	l, _, err := evidence.Resume("", o)
	if errors.Is(err, evidence.ErrNone) {
		l, err = evidence.Create("", o)
	}
	if err != nil {
		return err
	}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for w := range 3 {
		wg.Go(func() {
			for i := range 12 {
				name := fmt.Sprintf("%s.%d.%d", round, w, i)
				receipt, err := l.Append(context.Background(), numbered(name))
				if err != nil {
					return
				}
				mu.Lock()
				got[receipt.Number] = name
				mu.Unlock()
				if i%5 == 4 {
					if _, err := l.Checkpoint(); err != nil {
						return
					}
				}
			}
		})
	}
	wg.Wait()
	return l.Close()
}

// served checks that what a reading serves was written, whole, in order; if all
// is wanted, that everything acknowledged is there.
func served(t *testing.T, folder disk.FS, got acknowledged, all bool) evidence.Report {
	t.Helper()
	seen := map[int64]string{}
	r, err := evidence.VerifyOn(folder, publicOf(t, seeded(1)), func(e evidence.Entry) error {
		if want := int64(len(seen)); e.Number != want {
			return fmt.Errorf("record %d is served, want %d", e.Number, want)
		}
		seen[e.Number] = e.Name
		if e.Kind != evidence.KindLog && string(e.Body) != string(numbered(e.Name).Body) {
			return fmt.Errorf("record %d is torn: %s", e.Number, e.Body)
		}
		return nil
	})
	if err != nil && !errors.Is(err, evidence.ErrNone) {
		t.Fatal(err)
	}
	for _, n := range slices.Sorted(maps.Keys(got)) {
		if name, ok := seen[n]; name != got[n] && (ok || all) {
			t.Fatalf("record %d was acknowledged as %q, but %q is there: %v", n, got[n], name, r.Faults)
		}
	}
	return r
}

// The power fails at 500 random write points, also while the log is made or
// resumed.
func TestPowerCut(t *testing.T) {
	cuts, torn := 0, 0
	for seed := uint64(0); cuts < 500; seed++ {
		d := newPowerDisk(seed)
		got := acknowledged{}
		o := options().On(d)
		o.SegmentBytes = 2000
		for round := range 4 {
			d.left = d.rng.IntN(90)
			err := work(o, fmt.Sprintf("r%d", round), got)
			if errors.Is(err, errPower) || d.off {
				cuts++
			} else if err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			d.restart()
			if r := served(t, d, got, true); len(r.Faults) > 0 {
				torn++
			}
		}
		if err := work(o, "after", got); err != nil {
			t.Fatalf("seed %d: it takes nothing more: %v", seed, err)
		}
		if r := served(t, d, got, true); r.Err() != nil || r.Size < 36 {
			t.Fatalf("seed %d: %d records, %v", seed, r.Size, r.Err())
		}
	}
	if torn < 50 {
		t.Errorf("of %d cuts only %d left something torn", cuts, torn)
	}
}

// A disk that refuses: an error is an error, nothing is acknowledged by it, the
// log takes nothing more, and what was acknowledged is there once it is resumed.
func TestDiskFaults(t *testing.T) {
	for name, fault := range map[string]struct {
		op   string
		err  error
		want error
	}{
		"full":          {"write", errors.Join(syscall.ENOSPC, errPartly), syscall.ENOSPC},
		"read-only":     {"write", syscall.EROFS, syscall.EROFS},
		"a short write": {"write", errShort, nil},
		"no sync":       {"sync", syscall.EIO, syscall.EIO},
		"no segment":    {"create", syscall.ENOSPC, syscall.ENOSPC},
		"no folder":     {"sync folder", syscall.EIO, syscall.EIO},
	} {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(20) {
				d := newPowerDisk(seed)
				o := options().On(d)
				o.SegmentBytes = 500
				got := acknowledged{}
				l, err := evidence.Create("", o)
				if err != nil {
					t.Fatal(err)
				}
				until := d.rng.IntN(4)
				d.fault = func(op, name string) error {
					if op != fault.op || op != "sync folder" && !strings.HasPrefix(name, "records-") {
						return nil
					}
					if until--; until < 0 {
						return fault.err
					}
					return nil
				}
				var failed error
				for i := 0; failed == nil && i < 100; i++ {
					name := fmt.Sprintf("f.%d", i)
					var receipt evidence.Receipt
					if receipt, failed = l.Append(t.Context(), numbered(name)); failed == nil {
						got[receipt.Number] = name
					}
				}
				if !errors.Is(failed, evidence.ErrFailed) || fault.want != nil && !errors.Is(failed, fault.want) {
					t.Fatalf("seed %d: %v, want %v", seed, failed, fault.want)
				}
				d.fault = nil // the disk is well again, and the log still takes nothing
				if _, err := l.Append(t.Context(), numbered("later")); !errors.Is(err, evidence.ErrFailed) {
					t.Fatalf("after the error: %v", err)
				}
				if _, err := l.Checkpoint(); !errors.Is(err, evidence.ErrFailed) {
					t.Fatalf("after the error: checkpoint: %v", err)
				}
				if err := l.Close(); !errors.Is(err, evidence.ErrFailed) {
					t.Fatalf("after the error: close: %v", err)
				}
				if err := work(o, "after", got); err != nil {
					t.Fatalf("seed %d: it takes nothing more: %v", seed, err)
				}
				if r := served(t, d, got, true); r.Err() != nil {
					t.Fatalf("seed %d: %v", seed, r.Err())
				}
			}
		})
	}
}
