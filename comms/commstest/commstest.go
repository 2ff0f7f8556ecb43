// Package commstest stands in for channels in tests of communications: a
// [Recorder] takes letters and says what it took, and a [Journal] keeps entries in
// memory. Both can be told to fail, before or after they have done their work, so
// that a test can end a process at any point of its way.
package commstest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/comms/courier"
	"github.com/tidegate-go/tidegate/release/fact"
)

// ErrCrash is the error of what a test ended.
var ErrCrash = errors.New("the process has ended")

// Recorder is a sender and an acknowledger that keeps what it was given. Its zero
// value takes every letter. It may be used by several goroutines.
type Recorder struct {
	// Before is asked before a letter is taken, After when it has been; an error
	// is what Send returns. Nil takes everything.
	Before, After func(comms.Letter) error

	mu    sync.Mutex
	taken []comms.Letter
	acks  []ack
}

type ack struct {
	key string
	comms.Acknowledgement
}

// Send implements [comms.Sender].
func (r *Recorder) Send(ctx context.Context, l comms.Letter) (comms.Receipt, error) {
	if err := ctx.Err(); err != nil {
		return comms.Receipt{}, err
	}
	if r.Before != nil {
		if err := r.Before(l); err != nil {
			return comms.Receipt{}, err
		}
	}
	r.mu.Lock()
	r.taken = append(r.taken, l)
	n := len(r.taken)
	r.mu.Unlock()
	if r.After != nil {
		if err := r.After(l); err != nil {
			return comms.Receipt{}, err
		}
	}
	return comms.Receipt{ID: fmt.Sprintf("taken-%d", n)}, nil
}

// Acknowledge says that an account acknowledges the letter of a key.
func (r *Recorder) Acknowledge(key string, by fact.Account, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.acks = append(r.acks, ack{key, comms.Acknowledgement{By: by, At: at}})
}

// Acknowledged implements [comms.Acknowledger].
func (r *Recorder) Acknowledged(_ context.Context, l comms.Letter) ([]comms.Acknowledgement, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []comms.Acknowledgement
	for _, a := range r.acks {
		if a.key == l.Key {
			all = append(all, a.Acknowledgement)
		}
	}
	return all, nil
}

// Taken returns the letters in the order in which they were taken.
func (r *Recorder) Taken() []comms.Letter {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.taken)
}

// Keys returns the keys of the letters in the order in which they were taken.
func (r *Recorder) Keys() []string {
	var all []string
	for _, l := range r.Taken() {
		all = append(all, l.Key)
	}
	return all
}

// Journal keeps entries in memory. Its zero value keeps every entry.
type Journal struct {
	// Before is asked before an entry is kept, After when it has been; an error is
	// what Record returns. Nil keeps everything.
	Before, After func(courier.Entry) error

	entries []courier.Entry
}

// Record implements [courier.Journal].
func (j *Journal) Record(e courier.Entry) error {
	if j.Before != nil {
		if err := j.Before(e); err != nil {
			return err
		}
	}
	j.entries = append(j.entries, e)
	if j.After != nil {
		return j.After(e)
	}
	return nil
}

// Log returns the log of all entries.
func (j *Journal) Log() comms.Log {
	var log comms.Log
	for _, e := range j.entries {
		log = courier.Apply(log, e)
	}
	return log
}
