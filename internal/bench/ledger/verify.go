package ledger

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidegate-go/tidegate/compliance/evidence"
	"github.com/tidegate-go/tidegate/internal/bench/measure"
)

// Names of what is measured on long logs.
const (
	ProveTidegate  = "ProveTidegate"  // a proof of inclusion from the files of a log
	CheckTidegate  = "CheckTidegate"  // of such a proof
	CheckTlog      = "CheckTlog"      // the same by tlog alone, without texts
	VerifyTidegate = "VerifyTidegate" // each record of a log
	HashLines      = "HashLines"      // each line of the same files: read and hashed, nothing more
	VerifyLong     = "VerifyLong"     // memory above idle for all records
	VerifyShort    = "VerifyShort"    // memory above idle for a tenth of them
)

// Records is how many a long log has.
const Records = 1_000_000

// Long measures proofs and reading on a log of n records and on one of a tenth.
func Long(n int) func(int) (map[string]measure.Cost, error) {
	return func(int) (map[string]measure.Cost, error) {
		dir, err := os.MkdirTemp("", "ledger-")
		if err != nil {
			return nil, err
		}
		costs, err := long(dir, n)
		return costs, errors.Join(err, os.RemoveAll(dir))
	}
}

func long(dir string, n int) (map[string]measure.Cost, error) {
	costs := map[string]measure.Cost{}
	for _, size := range []struct {
		name    string
		records int
	}{{VerifyShort, n / 10}, {VerifyLong, n}} {
		folder := filepath.Join(dir, size.name)
		l, err := filled(folder, size.records)
		if err != nil {
			return nil, err
		}
		if size.records == n {
			if err := prove(l, costs); err != nil {
				return nil, err
			}
		}
		key := l.Key()
		if err := l.Close(); err != nil {
			return nil, err
		}
		began := time.Now()
		peak, err := peak(func() error {
			r, err := evidence.Verify(os.DirFS(folder), key, nil)
			if err == nil && r.Records < int64(size.records) {
				err = fmt.Errorf("%d records of %d", r.Records, size.records)
			}
			return errors.Join(err, r.Err())
		})
		if err != nil {
			return nil, err
		}
		costs[size.name] = measure.Cost{Bytes: peak}
		costs[VerifyTidegate] = measure.Cost{Nanoseconds: float64(time.Since(began).Nanoseconds()) / float64(size.records)}
		began = time.Now()
		if err := hashLines(folder); err != nil {
			return nil, err
		}
		costs[HashLines] = measure.Cost{Nanoseconds: float64(time.Since(began).Nanoseconds()) / float64(size.records)}
	}
	return costs, nil
}

// filled is an open log of n records.
func filled(dir string, n int) (*evidence.Log, error) {
	l, err := evidence.Create(dir, options())
	if err != nil {
		return nil, err
	}
	const writers = 1000
	errs := make([]error, writers)
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := w; i < n && errs[w] == nil; i += writers {
				_, errs[w] = l.Append(context.Background(), evidence.Record{Kind: evidence.KindFacts, Body: payload(i)})
			}
		})
	}
	wg.Wait()
	return l, errors.Join(errs...)
}

// prove measures a thousand proofs.
func prove(l *evidence.Log, costs map[string]measure.Cost) error {
	receipt, err := l.Append(context.Background(), evidence.Record{Kind: evidence.KindDecisions})
	if err != nil {
		return err
	}
	head, err := l.Checkpoint()
	if err != nil {
		return err
	}
	const times = 1000
	var proof evidence.Inclusion
	began := time.Now()
	for i := range int64(times) {
		if proof, err = l.ProveInclusion(receipt.Number*i/times, head.Size); err != nil {
			return err
		}
	}
	costs[ProveTidegate] = measure.Cost{Nanoseconds: float64(time.Since(began).Nanoseconds()) / times}
	if proof, err = l.ProveInclusion(receipt.Number, head.Size); err != nil {
		return err
	}
	line := fmt.Appendf(nil, `{"n":%d}`, receipt.Number) // another line: it takes as long to be refused
	began = time.Now()
	for range times {
		if err := proof.Check(line, head); !errors.Is(err, evidence.ErrProof) {
			return fmt.Errorf("a forged line: %w", err)
		}
	}
	costs[CheckTidegate] = measure.Cost{Nanoseconds: float64(time.Since(began).Nanoseconds()) / times}
	hashes := make(tlog.RecordProof, len(proof.Hashes))
	began = time.Now()
	for range times {
		if tlog.CheckRecord(hashes, head.Size, tlog.Hash{}, receipt.Number, tlog.RecordHash(line)) == nil {
			return errors.New("a forged proof holds")
		}
	}
	costs[CheckTlog] = measure.Cost{Nanoseconds: float64(time.Since(began).Nanoseconds()) / times}
	return nil
}

// peak is how much more memory is in use at most while something is done.
func peak(do func() error) (int64, error) {
	runtime.GC()
	inUse := func() int64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapInuse + m.StackInuse)
	}
	idle, most := inUse(), int64(0)
	done, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				most = max(most, inUse()-idle)
			}
		}
	}()
	err := do()
	close(done)
	<-stopped
	return max(most, inUse()-idle), err
}

// hashLines reads the lines of all segments and hashes each.
func hashLines(dir string) error {
	segments, err := filepath.Glob(filepath.Join(dir, "records-*.jsonl"))
	if err != nil {
		return err
	}
	for _, name := range segments {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		lines := bufio.NewScanner(f)
		for lines.Scan() {
			_ = sha256.Sum256(lines.Bytes())
		}
		if err := errors.Join(lines.Err(), f.Close()); err != nil {
			return err
		}
	}
	return nil
}
