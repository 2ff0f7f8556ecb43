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
	return 20_000 / writers
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
			if err := ours(filepath.Join(dir, "ours"), writers, all); err != nil {
				return nil, err
			}
			if err := bare(filepath.Join(dir, "bare"), writers, all); err != nil {
				return nil, err
			}
		}
		return all, nil
	})
	return costs, errors.Join(err, os.RemoveAll(dir))
}

func ours(dir string, writers int, all map[string]measure.Cost) error {
	l, err := evidence.Create(dir, options())
	if err != nil {
		return err
	}
	each, p99, err := spread(writers, func(i int) error {
		_, err := l.Append(context.Background(), evidence.Record{Kind: evidence.KindFacts, Body: payload(i)})
		return err
	})
	if err = errors.Join(err, l.Close()); err != nil {
		return err
	}
	size, err := sizeOf(dir)
	records := int64(writers * perWriter(writers))
	all[Ours(writers)], all[OursP99(writers)], all[OursBytes(writers)] = each, p99, measure.Cost{Bytes: size / records}
	return errors.Join(err, os.RemoveAll(dir))
}

func bare(dir string, writers int, all map[string]measure.Cost) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(dir, "lines"))
	if err != nil {
		return err
	}
	loop := &bareLoop{file: f}
	each, p99, err := spread(writers, func(i int) error { return loop.append(payload(i)) })
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	size, err := sizeOf(dir)
	records := int64(writers * perWriter(writers))
	all[Bare(writers)], all[BareP99(writers)], all[BareBytes(writers)] = each, p99, measure.Cost{Bytes: size / records}
	return errors.Join(err, os.RemoveAll(dir))
}

// spread lets writers append, and returns the time of a record and the one that
// 99 of 100 appends keep to.
func spread(writers int, appendOne func(i int) error) (each, p99 measure.Cost, err error) {
	n := perWriter(writers)
	took := make([]time.Duration, writers*n)
	errs := make([]error, writers)
	var wg sync.WaitGroup
	began := time.Now()
	for w := range writers {
		wg.Go(func() {
			for i := range n {
				start := time.Now()
				if err := appendOne(w*n + i); err != nil {
					errs[w] = err
					return
				}
				took[w*n+i] = time.Since(start)
			}
		})
	}
	wg.Wait()
	total := time.Since(began)
	slices.Sort(took)
	return measure.Cost{Nanoseconds: float64(total.Nanoseconds()) / float64(len(took))},
		measure.Cost{Nanoseconds: float64(took[len(took)*99/100].Nanoseconds())}, errors.Join(errs...)
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
