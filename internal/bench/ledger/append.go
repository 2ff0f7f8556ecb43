package ledger

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/tidegate-go/tidegate/compliance/evidence"
	"github.com/tidegate-go/tidegate/internal/bench/measure"
)

// Writers are how many append at once.
var Writers = []int{1, 16, 256}

// perWriter is how many records one measurement appends with so many writers.
func perWriter(writers int) int {
	if writers == 1 {
		return 1000
	}
	return 60_000 / writers
}

// Names of what is measured.
func Ours(writers int) string      { return fmt.Sprintf("AppendTidegate%d", writers) }
func Bare(writers int) string      { return fmt.Sprintf("AppendBare%d", writers) }
func OursP99(writers int) string   { return Ours(writers) + "P99" }
func BareP99(writers int) string   { return Bare(writers) + "P99" }
func OursBytes(writers int) string { return Ours(writers) + "Bytes" }
func BareBytes(writers int) string { return Bare(writers) + "Bytes" }

// AsManyAsWanted is the cost of a record at the rate that the design asks for.
const AsManyAsWanted = "HundredThousandASecond"

// payload is a record's body, about as long as a measured fact: 222 bytes.
func payload(i int) json.RawMessage {
	return fmt.Appendf(nil, `{"seq":"%09d","release":"2026.12.0","gate":"production/entry","signal":"http_5xx_ratio","value":0.00120009,"limit":0.005,`+
		`"decision":"pass","by":"gatekeeper@example.com","at":"2026-12-08T16:30:00Z","note":"%010d"}`, i, i)
}

func options() evidence.Options {
	return evidence.Options{Origin: "bench.example.com", Key: ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))}
}

// Appends measures both, for every number of writers.
func Appends(rounds int) (map[string]measure.Cost, error) {
	dir, err := os.MkdirTemp("", "ledger-")
	if err != nil {
		return nil, err
	}
	costs, err := measure.Turns(rounds, func() (map[string]measure.Cost, error) {
		all := map[string]measure.Cost{AsManyAsWanted: {Nanoseconds: 10_000}}
		for _, writers := range Writers {
			if err := both(filepath.Join(dir, "turn"), writers, all); err != nil {
				return nil, err
			}
		}
		return all, nil
	})
	return costs, errors.Join(err, os.RemoveAll(dir))
}

// partsOf is in how many parts both take turns within a measurement: a disk that
// others use is slow for a while, and then for both. A single writer takes turns
// record by record.
func partsOf(writers int) int {
	if writers == 1 {
		return perWriter(1)
	}
	return 6
}

// both lets the log and the bare loop append, part by part in turns.
func both(dir string, writers int, all map[string]measure.Cost) error {
	oursDir, bareDir := filepath.Join(dir, "ours"), filepath.Join(dir, "bare")
	if err := os.MkdirAll(bareDir, 0o750); err != nil {
		return err
	}
	l, err := evidence.Create(oursDir, options())
	if err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(bareDir, "lines"))
	if err != nil {
		return errors.Join(err, l.Close())
	}
	loop := &bareLoop{file: f}
	ours := tally{append: func(i int) error {
		_, err := l.Append(context.Background(), evidence.Record{Kind: evidence.KindFacts, Body: payload(i)})
		return err
	}}
	bare := tally{append: func(i int) error { return loop.append(payload(i)) }}
	parts := partsOf(writers)
	each := max(perWriter(writers)/parts, 1)
	for part := range parts {
		first, second := &ours, &bare
		if part%2 == 1 {
			first, second = second, first
		}
		err = errors.Join(err, first.spread(writers, each), second.spread(writers, each))
	}
	if err = errors.Join(err, l.Close(), f.Close()); err != nil {
		return err
	}
	for _, side := range []struct {
		t               tally
		dir             string
		rate, p99, size string
	}{{ours, oursDir, Ours(writers), OursP99(writers), OursBytes(writers)}, {bare, bareDir, Bare(writers), BareP99(writers), BareBytes(writers)}} {
		size, err := sizeOf(side.dir)
		if err != nil {
			return err
		}
		slices.Sort(side.t.took)
		n := len(side.t.took)
		all[side.rate] = measure.Cost{Nanoseconds: float64(side.t.total.Nanoseconds()) / float64(n)}
		all[side.p99] = measure.Cost{Nanoseconds: float64(side.t.took[n*99/100].Nanoseconds())}
		all[side.size] = measure.Cost{Bytes: size / int64(n)}
	}
	return os.RemoveAll(dir)
}

// tally is what appends of one side took.
type tally struct {
	append func(i int) error
	total  time.Duration // on the clock
	took   []time.Duration
}

// spread lets writers append so many records each.
func (t *tally) spread(writers, each int) error {
	from := len(t.took)
	t.took = append(t.took, make([]time.Duration, writers*each)...)
	errs := make([]error, writers)
	var wg sync.WaitGroup
	began := time.Now()
	for w := range writers {
		wg.Go(func() {
			for i := from + w*each; i < from+(w+1)*each && errs[w] == nil; i++ {
				start := time.Now()
				errs[w] = t.append(i)
				t.took[i] = time.Since(start)
			}
		})
	}
	wg.Wait()
	t.total += time.Since(began)
	return errors.Join(errs...)
}

// bareLoop appends lines to a file in groups: whoever finds none open leads one.
type bareLoop struct {
	mu   sync.Mutex
	open *bareGroup
	disk sync.Mutex
	file *os.File
}

type bareGroup struct {
	lines []byte
	done  chan struct{}
	err   error
}

func (l *bareLoop) append(line []byte) error {
	l.mu.Lock()
	g, leads := l.open, false
	if g == nil {
		g, leads = &bareGroup{done: make(chan struct{})}, true
		l.open = g
	}
	g.lines = append(append(g.lines, line...), '\n')
	l.mu.Unlock()
	if !leads {
		<-g.done
		return g.err
	}
	l.disk.Lock()
	defer l.disk.Unlock()
	l.mu.Lock()
	l.open = nil
	l.mu.Unlock()
	if _, g.err = l.file.Write(g.lines); g.err == nil {
		g.err = l.file.Sync()
	}
	close(g.done)
	return g.err
}

func sizeOf(dir string) (int64, error) {
	total := int64(0)
	err := fs.WalkDir(os.DirFS(dir), ".", func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			total += info.Size()
		}
		return err
	})
	return total, err
}
