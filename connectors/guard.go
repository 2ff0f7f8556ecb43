package connectors

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime/debug"
	"time"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/places"
	"github.com/tidegate-go/tidegate/connectors/internal/plain"
)

// protect calls f, which is the connector's code, and makes a panic an error
// of it: one bad answer must not take the other instances down.
func protect(ctx context.Context, f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			why := sprint(p)
			Logger(ctx).Error("the connector panicked", "panic", why, "stack", string(debug.Stack()))
			err = &Diagnostic{Code: CodeInternal, Summary: oneLine("the connector panicked: " + why)}
		}
	}()
	return f()
}

// sprint prints what a connector panicked with or returned as an error, whose
// methods are the connector's code, too.
func sprint(v any) (text string) {
	defer func() {
		if recover() != nil {
			text = fmt.Sprintf("a %T that cannot be printed", v)
		}
	}()
	if err, ok := v.(error); ok {
		return err.Error()
	}
	return fmt.Sprint(v)
}

// attempt calls f in a goroutine of its own and gives up on it when ctx ends:
// code that ignores its context must not keep its neighbours' answers back.
// What f still does then is lost; done is called when it has returned.
func attempt[T any](ctx context.Context, done func(), f func(context.Context) (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	result := make(chan outcome, 1)
	go func() {
		o := outcome{err: &Diagnostic{Code: CodeInternal, Summary: "the connector ended its goroutine"}}
		defer func() { // runtime.Goexit skips everything else
			done()
			result <- o
		}()
		o.err = protect(ctx, func() (err error) {
			o.value, err = f(ctx)
			return err
		})
	}()
	select {
	case o := <-result:
		return o.value, o.err
	case <-ctx.Done():
	}
	select {
	case o := <-result: // both were ready: an answer is better than none
		return o.value, o.err
	default:
		var none T
		return none, context.Cause(ctx)
	}
}

// within returns ctx with a deadline a little before its own, so that what did
// not come in time can still be said in an answer.
func within(ctx context.Context) (context.Context, context.CancelCauseFunc) {
	inner, cancel := context.WithCancelCause(ctx)
	deadline, ok := ctx.Deadline()
	if !ok {
		return inner, cancel
	}
	const most = 250 * time.Millisecond
	timed, stop := context.WithDeadline(inner, deadline.Add(-min(time.Until(deadline)/10, most)))
	return timed, func(cause error) { cancel(cause); stop() }
}

// diagnose returns what to tell the host about err: diagnostics as they are,
// the end of the context by its name, everything else as the connector's fault.
// clean strikes out secrets.
func diagnose(err error, clean func(string) string) []*connectorv1.Diagnostic {
	var list []*connectorv1.Diagnostic
	for _, one := range split(err) {
		list = append(list, diagnosis(one, clean).toWire())
	}
	return list
}

// split returns the errors that [errors.Join] joined, at least one.
func split(err error) (all []error) {
	defer func() {
		if recover() != nil || len(all) == 0 {
			all = []error{err}
		}
	}()
	joined, ok := err.(interface{ Unwrap() []error }) //nolint:errorlint // the outermost error only: a wrapped join is one error
	if !ok {
		return nil
	}
	for _, e := range joined.Unwrap() {
		all = append(all, split(e)...)
	}
	return all
}

// diagnosis calls the methods of err, which are the connector's code: a panic
// of theirs is the connector's fault.
func diagnosis(err error, clean func(string) string) (told *Diagnostic) {
	defer func() {
		if recover() != nil {
			told = &Diagnostic{Code: CodeInternal, Summary: oneLine(clean(sprint(err)))}
		}
	}()
	var d *Diagnostic
	switch {
	case errors.As(err, &d) && d == nil:
		return &Diagnostic{Code: CodeInternal, Summary: nilDiagnostic}
	case d != nil:
		c := *d
		c.Code, c.Summary, c.Detail = clean(d.Code), oneLine(clean(d.Summary)), clean(d.Detail)
		c.Path, c.RequestID = clean(d.Path), clean(d.RequestID)
		if c.Code == "" {
			c.Code = CodeInternal
		}
		if c.Status < math.MinInt32 || c.Status > math.MaxInt32 {
			c.Status = 0
		}
		return &c
	case errors.Is(err, context.DeadlineExceeded):
		return &Diagnostic{Code: CodeTimeout, Summary: "no answer in time", Origin: FromUpstream, Retryable: true}
	case errors.Is(err, context.Canceled), errors.Is(err, places.ErrReleased):
		return &Diagnostic{Code: CodeCanceled, Summary: "the host gave up"}
	default:
		return &Diagnostic{Code: CodeInternal, Summary: oneLine(clean(err.Error()))}
	}
}

// oneLine bounds a text and folds its lines into one.
func oneLine(s string) string { return plain.OneLine(s) }

// clip bounds what a message quotes.
func clip(s string) string { return plain.Clip(s) }
