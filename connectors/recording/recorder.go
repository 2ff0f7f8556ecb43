package recording

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

const (
	defaultBytes = 16 << 20
	mostBytes    = 56 << 20
	maxFile      = 64 << 20 // what is read

	defaultItems = 5_000
)

// Options bound a recording; nil stands for the defaults.
type Options struct {
	// MaxBytes is how large the file becomes at most. Zero means 16 MiB; more
	// than 56 MiB is taken for that.
	MaxBytes int

	// MaxItems is how many items of one list are kept of [Recorder.List]. Zero
	// means 5,000, the cap of [connectors.Fleet.Collect].
	MaxItems int

	// Now is the clock of [Recorder.List]; a Collect has that of the fleet. Nil
	// means time.Now.
	Now func() time.Time
}

func (o *Options) withDefaults() Options {
	var out Options
	if o != nil {
		out = *o
	}
	if out.MaxBytes <= 0 {
		out.MaxBytes = defaultBytes
	}
	out.MaxBytes = min(out.MaxBytes, mostBytes)
	if out.MaxItems <= 0 {
		out.MaxItems = defaultItems
	}
	if out.Now == nil {
		out.Now = time.Now
	}
	return out
}

// Recorder asks a fleet and keeps what it answers. Its methods may be called at
// the same time.
type Recorder struct {
	fleet   *connectors.Fleet
	options Options

	mu   sync.Mutex
	room int // bytes
	kept Recording
}

// NewRecorder returns a recorder of what is asked through it.
func NewRecorder(fleet *connectors.Fleet, options *Options) *Recorder {
	r := &Recorder{fleet: fleet, options: options.withDefaults(), kept: Recording{Format: Format}}
	r.room = r.options.MaxBytes - 200 // for what is around the exchanges
	return r
}

// Collect is [connectors.Fleet.Collect], and records the answers.
func (r *Recorder) Collect(ctx context.Context, queries ...[]fact.Query) fact.Set {
	facts := r.fleet.Collect(ctx, queries...)
	for i := range facts.Results {
		x := Exchange{Result: facts.Results[i].Clone()}
		r.keep(&x)
	}
	return facts
}

// List is [connectors.Fleet.List], and records its pages. A reader who stops
// early has recorded a list that was cut. What a fleet does not say of a list,
// which is when it was observed and by which system, is not in the recording
// either: collect a list that gates decide on.
func (r *Recorder) List(ctx context.Context, q fact.Query) iter.Seq2[connectors.Page, error] {
	q = fact.Query{Ask: q.Ask}
	return func(yield func(connectors.Page, error) bool) {
		x := Exchange{Result: fact.Result{Query: q, Complete: true}, Listed: true}
		size := 0
		defer func() {
			x.Result.CollectedAt, x.Result.Program = r.options.Now(), r.answeredBy(q.Connector)
			r.keep(&x)
		}()
		ended := false
		defer func() { x.Truncated = x.Truncated || !ended; x.Result.Complete = x.Result.Complete && ended }()
		for page, err := range r.fleet.List(ctx, q) {
			if err != nil {
				x.end(err)
				ended = true
			} else if size += sizeOf(page); x.Truncated || x.Result.Len()+page.Len() > r.options.MaxItems || size > r.left() {
				x.Truncated, x.Result.Complete = true, false // what comes later would leave a hole
			} else {
				x.add(page)
			}
			if !yield(page, err) {
				return
			}
		}
		ended = true
	}
}

// end notes why a list ended that is not complete.
func (x *Exchange) end(err error) {
	x.Result.Complete = false
	d, ok := errors.AsType[*connectors.Diagnostic](err)
	if !ok {
		d = &connectors.Diagnostic{Code: connectors.CodeInternal, Summary: err.Error()}
	}
	if d.Code != connectors.CodeIncomplete {
		x.fail(d)
	}
}

// add keeps a page. Its items are copied: the page is its reader's.
func (x *Exchange) add(p connectors.Page) {
	r := &x.Result
	c := fact.Result{WorkItems: p.WorkItems, Incidents: p.Incidents, Duties: p.Duties, Approvals: p.Approvals, Deployments: p.Deployments, States: p.States}.Clone()
	r.WorkItems, r.Incidents = append(r.WorkItems, c.WorkItems...), append(r.Incidents, c.Incidents...)
	r.Duties, r.Approvals = append(r.Duties, c.Duties...), append(r.Approvals, c.Approvals...)
	r.Deployments, r.States = append(r.Deployments, c.Deployments...), append(r.States, c.States...)
	x.Pages = append(x.Pages, Page{Items: p.Len(), Cursor: p.Cursor})
}

// answeredBy is which program an instance is, as far as the fleet vouches.
func (r *Recorder) answeredBy(name string) fact.Program {
	for _, s := range r.fleet.Status() {
		if s.Name != name {
			continue
		}
		p := fact.Program{Trust: s.Trust, Name: s.Connector, Version: s.Version}
		if s.Trust == fact.Pinned {
			p.Digest = value.Digest("sha256:" + s.Pin)
		}
		return p
	}
	return fact.Program{}
}

func (r *Recorder) left() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.room
}

// keep adds an exchange, as much of it as there is room for.
func (r *Recorder) keep(x *Exchange) {
	x.Result.CollectedAt, x.Result.ObservedAt = utc(x.Result.CollectedAt), utc(x.Result.ObservedAt)
	r.mu.Lock()
	defer r.mu.Unlock()
	size, ok := r.fits(x)
	if !ok && (x.Result.Len() > 0 || len(x.Pages) > 0) {
		x.cut()
		size, ok = r.fits(x)
	}
	if !ok {
		r.kept.LeftOut++
		return
	}
	r.room -= size
	r.kept.Exchanges = append(r.kept.Exchanges, *x)
}

// fits returns the size of an exchange in the file, and whether it may be kept:
// there is room for it, it has a JSON form, and no secret. The fleet has struck
// secrets out of its answers; a question may still have one.
func (r *Recorder) fits(x *Exchange) (size int, ok bool) {
	if len(x.faults()) > 0 { // a question that is none
		return 0, false
	}
	text, err := strictjson.Encode(x)
	if err != nil || r.fleet.Redact(string(text)) != string(text) {
		return 0, false
	}
	size = len(text) + 4*bytes.Count(text, []byte("\n")) + 1 // it stands two levels deeper, and behind a comma
	return size, size <= r.room
}

// cut leaves out everything that makes an answer long.
func (x *Exchange) cut() {
	r := &x.Result
	r.Samples, r.WorkItems, r.Incidents, r.Duties, r.Approvals, r.Deployments, r.States = nil, nil, nil, nil, nil, nil, nil
	x.Pages, x.Truncated, r.Complete = nil, true, false
}

// Recording returns what was recorded so far: a copy, in the order of the
// questions, whatever the order in which they were asked.
func (r *Recorder) Recording() Recording {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := r.kept
	out.Exchanges = slices.Clone(out.Exchanges)
	for i := range out.Exchanges {
		x := &out.Exchanges[i]
		x.Result, x.Pages = x.Result.Clone(), slices.Clone(x.Pages)
	}
	slices.SortStableFunc(out.Exchanges, func(a, b Exchange) int { return a.Result.Query.Ask.Compare(b.Result.Query.Ask) })
	return out
}

func utc(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Round(0)
}

// sizeOf is about how much a page takes in the file.
func sizeOf(p connectors.Page) int {
	p.Cursor = strings.ToValidUTF8(p.Cursor, "?")
	text, err := strictjson.Encode(p)
	if err != nil {
		return mostBytes // keep says why
	}
	return len(text) + 4*bytes.Count(text, []byte("\n"))
}
