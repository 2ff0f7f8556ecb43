package connectortest

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
)

// desk is what a case needs of the test that it is: of a [testing.T], or of a
// paper where there is none.
type desk interface {
	Helper()
	Context() context.Context
	Cleanup(f func())
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Skip(args ...any)
}

// paper is a desk without a test. It is written on by one case, whose
// goroutines do not write.
type paper struct {
	ctx      context.Context // of the case, as that of testing.T
	cleanups []func()
	failures []string
	skipped  string
}

// sit runs one case and everything that it wanted to be run at its end.
func sit(ctx context.Context, prove func(desk)) *paper {
	ctx, cancel := context.WithCancel(ctx)
	p := &paper{ctx: ctx}
	p.run(func() { prove(p) })
	cancel()
	for len(p.cleanups) > 0 {
		last := len(p.cleanups) - 1
		f := p.cleanups[last]
		p.cleanups = p.cleanups[:last]
		p.run(f)
	}
	return p
}

// run runs f until it returns, gives up or panics.
func (p *paper) run(f func()) {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer func() {
			if r := recover(); r != nil {
				p.Errorf("panic: %v\n%s", r, debug.Stack())
			}
		}()
		f()
	}()
	<-ended
}

// Helper does nothing: a paper has no lines.
func (p *paper) Helper() {}

// Context ends before the cleanups begin.
func (p *paper) Context() context.Context { return p.ctx }

// Cleanup runs f at the end, the last one first.
func (p *paper) Cleanup(f func()) { p.cleanups = append(p.cleanups, f) }

// Errorf notes a failure.
func (p *paper) Errorf(format string, args ...any) {
	p.failures = append(p.failures, fmt.Sprintf(format, args...))
}

// Fatalf notes a failure and ends the case.
func (p *paper) Fatalf(format string, args ...any) {
	p.Errorf(format, args...)
	runtime.Goexit()
}

// Skip ends the case with a reason.
func (p *paper) Skip(args ...any) {
	p.skipped = strings.TrimSpace(fmt.Sprintln(args...))
	runtime.Goexit()
}

// failed are the failures, each once.
func (p *paper) failed() []string {
	var list []string
	for _, f := range p.failures {
		if !slices.Contains(list, f) {
			list = append(list, f)
		}
	}
	return list
}
