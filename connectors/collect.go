package connectors

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/tidegate-go/tidegate/connectors/internal/rate"
	"github.com/tidegate-go/tidegate/release/fact"
)

const (
	maxCalls = 4 // to one instance at a time, from one Collect

	// What failed and may be asked again is asked again after firstPause, then
	// after twice as long each time, or later if the source says so.
	maxTries   = 4
	firstPause = 200 * time.Millisecond
	maxPause   = 5 * time.Second

	maxDeaths = 2               // after so many deaths over it alone, a query is not asked again
	maxAhead  = 2 * time.Minute // the clock of a source may be fast by so much
)

// Collect asks the queries and the populations that they name, each once, and
// returns exactly one result for each: an answer, an incomplete list, or a
// failure with a code and one line. It takes at most [Config.CollectTimeout];
// what did not come by then failed with the code "timeout".
func (f *Fleet) Collect(ctx context.Context, queries ...[]fact.Query) fact.Set {
	ctx, cancel := f.bound(ctx, f.config.CollectTimeout)
	defer cancel()
	all := fact.MergeQueries(queries...)
	c := &collection{fleet: f, ctx: ctx, results: make(map[fact.Query]fact.Result, len(all)), company: map[*program]*sync.RWMutex{}}
	c.ask(all, false)
	results := make([]fact.Result, len(all))
	for i, q := range all {
		r, ok := c.results[q]
		if !ok {
			r = fact.AnswerFailure(q, f.config.Now(), CodeInternal, "nobody answered")
		}
		results[i] = r
	}
	return fact.NewSet(results...)
}

// collection is one Collect.
type collection struct {
	fleet *Fleet
	ctx   context.Context // of this Collect, which the collection does not outlive

	mu      sync.Mutex
	results map[fact.Query]fact.Result
	company map[*program]*sync.RWMutex // held for reading by who shares a process, for writing by who wants it alone
}

// ask sorts the queries by who is to answer and in which way. What nobody has
// the name of waits until every connector said its name.
func (c *collection) ask(queries []fact.Query, met bool) {
	measured := map[*instance][]fact.Query{}
	var unknown []fact.Query
	var group sync.WaitGroup
	defer group.Wait()
	slots := map[*instance]chan struct{}{}
	for _, q := range queries {
		in, err := c.fleet.find(q.Connector)
		switch shape := q.Yields.Shape; {
		case err != nil && !met:
			unknown = append(unknown, q)
		case err != nil:
			c.fail(q, err)
		case shape == fact.NumberShape || shape == fact.SeriesShape:
			measured[in] = append(measured[in], q)
		case shape.Items():
			if slots[in] == nil {
				slots[in] = make(chan struct{}, maxCalls)
			}
			slot := slots[in] // the map goes on changing
			group.Go(func() { c.inTurn(slot, []fact.Query{q}, func() { c.list(in, q) }) })
		default:
			c.fail(q, &Diagnostic{Code: CodeInvalidQuery, Summary: "the query does not say what it yields"})
		}
	}
	if len(unknown) > 0 {
		group.Go(func() { c.fleet.meet(c.ctx); c.ask(unknown, true) })
	}
	left := len(measured)
	for in, list := range measured {
		if left--; left == 0 { // this goroutine has nothing else to do
			c.measureAll(in, list)
		} else {
			group.Go(func() { c.measureAll(in, list) })
		}
	}
}

// inTurn runs a task in one of the slots. If it does not come to that, the queries fail.
func (c *collection) inTurn(slots chan struct{}, queries []fact.Query, task func()) {
	select {
	case slots <- struct{}{}:
		defer func() { <-slots }()
		task()
	case <-c.ctx.Done():
		for _, q := range queries {
			c.fail(q, expired(c.ctx))
		}
	}
}

func (c *collection) put(r fact.Result) {
	r.CollectedAt = c.fleet.config.Now()
	program := fact.Program{}
	if in, err := c.fleet.find(r.Query.Connector); err == nil {
		program = in.answeredBy()
	}
	switch ahead := r.ObservedAt.Sub(r.CollectedAt); {
	case ahead > maxAhead:
		r = fact.AnswerFailure(r.Query, r.CollectedAt, CodeBadAnswer, fmt.Sprintf("observed in the future, %v from now", ahead.Round(time.Second)))
	case ahead > 0:
		r.ObservedAt = r.CollectedAt
	}
	r.Program = program // whatever a connector says of itself
	c.mu.Lock()
	defer c.mu.Unlock()
	c.results[r.Query] = r
}

func (c *collection) fail(q fact.Query, err error) {
	code, message := CodeInternal, err.Error()
	if d, ok := errors.AsType[*Diagnostic](err); ok {
		code, message = d.Code, d.Summary
		if d.Status != 0 {
			message += fmt.Sprintf(" (status %d)", d.Status)
		}
		if d.RetryAfter > 0 {
			message += fmt.Sprintf("; ask again after %v", d.RetryAfter)
		}
	}
	c.put(fact.AnswerFailure(q, time.Time{}, code, message))
}

// measureAll asks batches of what the rate limits let through.
func (c *collection) measureAll(in *instance, queries []fact.Query) {
	_, _ = in.ready(c.ctx) // for its limits; each batch will try, and say why not, for itself
	limits := in.limiter()
	var group sync.WaitGroup
	defer group.Wait()
	slots := make(chan struct{}, maxCalls)
	for len(queries) > 0 {
		if left := limits.Wait(c.ctx, queries[0].Kind); left > 0 {
			c.fail(queries[0], limited(c.ctx, left))
			queries = queries[1:]
			continue
		}
		n := 1
		for n < min(len(queries), maxQueries) && limits.Take(queries[n].Kind) == 0 {
			n++
		}
		batch := queries[:n]
		queries = queries[n:]
		ask := func() { c.inTurn(slots, batch, func() { c.measure(in, batch) }) }
		if len(queries) > 0 {
			group.Go(ask)
		} else { // as above
			ask()
		}
	}
}

func limited(ctx context.Context, left time.Duration) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return expired(ctx)
	}
	return &Diagnostic{Code: CodeRateLimited, Summary: fmt.Sprintf("the connector's rate limit lets it through in %v", left.Round(time.Millisecond))}
}

// companyOf returns the lock of who shares a process.
func (c *collection) companyOf(p *program) *sync.RWMutex {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.company[p] == nil {
		c.company[p] = &sync.RWMutex{}
	}
	return c.company[p]
}

// measure asks a batch, whose tokens are paid. If the process dies of it, or of
// another batch, each query is asked alone in it, so that one poisons no other;
// those that it dies of again come last, when the others have their answers.
func (c *collection) measure(in *instance, queries []fact.Query) {
	company := c.companyOf(in.program)
	company.RLock()
	victims, _ := c.batch(in, queries, true)
	company.RUnlock()
	for death := 1; death <= maxDeaths; death++ {
		queries, victims = victims, nil
		for _, q := range queries {
			company.Lock()
			_, cause := c.batch(in, []fact.Query{q}, false)
			company.Unlock()
			if cause != nil && death < maxDeaths {
				victims = append(victims, q)
			} else if cause != nil {
				c.fail(q, cause)
			}
		}
	}
}

// batch asks queries, and again what may be asked again, until the deadline;
// each time but the first, if that is paid, it takes from the rate limits. It
// returns those over which the process died, and of what.
func (c *collection) batch(in *instance, queries []fact.Query, paid bool) (victims []fact.Query, cause error) {
	ctx, cancel := context.WithTimeout(c.ctx, c.fleet.config.QueryTimeout)
	defer cancel()
	why := map[fact.Query]error{} // it is asked again
	for try := 1; len(queries) > 0; try++ {
		if try > 1 || !paid {
			queries = c.pay(ctx, in, queries)
		}
		results, errs := in.measure(ctx, queries)
		var again []fact.Query
		var wait time.Duration
		for i, q := range queries {
			if errs[i] == nil {
				c.put(results[i])
			} else if errors.As(errs[i], new(died)) {
				victims, cause = append(victims, q), errs[i]
			} else if pause, ok := pause(ctx, errs[i], try); ok {
				again, wait = append(again, q), max(wait, pause)
				why[q] = errs[i]
			} else {
				c.fail(q, outlast(errs[i], why[q]))
			}
		}
		if len(again) > 0 && !rate.Sleep(ctx, wait) {
			for _, q := range again {
				c.fail(q, outlast(expired(ctx), why[q]))
			}
			return victims, cause
		}
		queries = again
	}
	return victims, cause
}

// outlast is err, or why it was asked again before, if err is only that no time
// was left for an answer to that: the first says more.
func outlast(err, why error) error {
	if d, ok := errors.AsType[*Diagnostic](err); ok && d.Code == CodeTimeout && why != nil {
		return why
	}
	return err
}

// pay takes a token for each query and returns those that got one; the others fail.
func (c *collection) pay(ctx context.Context, in *instance, queries []fact.Query) (paid []fact.Query) {
	limits := in.limiter()
	for _, q := range queries {
		if left := limits.Wait(ctx, q.Kind); left > 0 {
			c.fail(q, limited(ctx, left))
			continue
		}
		paid = append(paid, q)
	}
	return paid
}

// died is the error of a call whose process died, as opposed to one that does not start.
type died struct{ *Diagnostic }

func (d died) Unwrap() error { return d.Diagnostic }

// pause is how long to wait before the next try, and whether there is to be one before ctx ends.
func pause(ctx context.Context, err error, try int) (time.Duration, bool) {
	var d *Diagnostic
	if !errors.As(err, &d) || !d.Retryable || try >= maxTries {
		return 0, false
	}
	wait := max(d.RetryAfter, min(firstPause<<(try-1), maxPause))
	end, ok := ctx.Deadline()
	return wait, ctx.Err() == nil && (!ok || time.Until(end) > wait)
}
