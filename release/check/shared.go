package check

import (
	"reflect"
	"slices"
)

// run is what all rules of one [Run] look at and share.
type run struct {
	opts     *Options
	shared   map[sharedKey]any
	standing Findings // errors of the rules before that no waiver covers
}

type sharedKey struct {
	kind reflect.Type
	at   Path
}

func newRun(opts *Options) *run {
	if opts == nil {
		opts = new(Options)
	}
	return &run{opts: opts, shared: map[sharedKey]any{}}
}

// Shared returns what derive makes of the subject. It is made once in a run,
// however many rules ask for it: an index of all text, a digest of the whole.
// What is shared is told apart by its type, so each kind of it has one of its
// own, and nobody may modify it.
func Shared[D, T any](p *Pass[T], derive func(*T) D) D {
	key := sharedKey{reflect.TypeFor[D](), p.at}
	if d, ok := p.run.shared[key]; ok {
		return d.(D)
	}
	d := derive(p.Subject)
	p.run.shared[key] = d
	return d
}

// Extra returns the first value of type E among those that [Options.Extra] has,
// and whether there is one. A rule without what it needs is not evaluated.
func Extra[E, T any](p *Pass[T]) (E, bool) {
	for _, extra := range p.run.opts.Extra {
		if e, ok := extra.(E); ok {
			return e, true
		}
	}
	var none E
	return none, false
}

// Profile returns the name of the profile that findings are graded by.
func (p *Pass[T]) Profile() string { return p.run.opts.Profile.Name }

// Standing returns the errors that the rules before this one have found and no
// waiver covers. The rule that asks stands last in its suite.
func (p *Pass[T]) Standing() Findings { return slices.Clone(p.run.standing) }

// stand keeps the findings that block.
func (r *run) stand(fs Findings) {
	for _, f := range fs {
		covered := func(w Waiver) bool { return w.covers(f) && w.judge(r.opts.Now) == "" }
		if f.Severity.blocks() && !slices.ContainsFunc(r.opts.Waivers, covered) {
			r.standing = append(r.standing, f)
		}
	}
}

// pass returns the pass of one rule over the subject.
func pass[T any](r *run, subject *T, sink *collector) *Pass[T] {
	return &Pass[T]{Subject: subject, Now: r.opts.Now, Facts: r.opts.Facts, sink: sink, run: r}
}
