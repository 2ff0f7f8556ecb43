package connectortest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/release/fact"
)

// read returns the items of a list as texts, and the number of items before each cursor.
func (s *sitting) read(instance connectors.Instance, q fact.Query, cursor string) (items []string, cursors map[string]int) {
	s.Helper()
	cursors = map[string]int{}
	listed, err := instance.List(s.within(), q, cursor, func(p connectors.Page) error {
		items = append(items, texts(p)...)
		if p.Cursor != "" {
			cursors[p.Cursor] = len(items)
		}
		return nil
	})
	if err != nil {
		s.Errorf("List(%v, %q): %v", q, cursor, err)
	} else if !listed.Complete {
		s.Errorf("List(%v, %q): not complete", q, cursor)
	}
	return items, cursors
}

func texts(p connectors.Page) []string {
	all := each(p.WorkItems)
	all = append(all, each(p.Incidents)...)
	all = append(all, each(p.Duties)...)
	all = append(all, each(p.Approvals)...)
	all = append(all, each(p.Deployments)...)
	return append(all, each(p.States)...)
}

func each[T any](items []T) []string {
	var all []string
	for _, item := range items {
		all = append(all, fmt.Sprintf("%+v", item))
	}
	return all
}

func lists(s *sitting) {
	s.needListed()
	instance := s.open()
	for _, q := range s.Listed {
		items, _ := s.read(instance, q, "")
		if len(items) == 0 {
			s.Errorf("List(%v): no items", q)
		}
		met := map[string]bool{}
		for _, item := range items {
			if met[item] {
				s.Errorf("List(%v): twice: %s", q, item)
			}
			met[item] = true
		}
		if again, _ := s.read(instance, q, ""); !cmp.Equal(items, again) {
			s.Errorf("List(%v) twice:\n%s", q, cmp.Diff(items, again))
		}
	}
}

func resumes(s *sitting) {
	s.needListed()
	instance := s.open()
	for _, q := range s.Listed {
		all, cursors := s.read(instance, q, "")
		for cursor, n := range cursors {
			rest, _ := s.read(instance, q, cursor)
			if diff := cmp.Diff(append([]string{}, all[n:]...), append([]string{}, rest...)); diff != "" {
				s.Errorf("List(%v) from %q, item %d:\n%s", q, cursor, n, diff)
			}
		}
	}
}

func stops(s *sitting) {
	s.needListed()
	instance := s.open()
	enough := errors.New("enough")
	for _, q := range s.Listed {
		calls := 0
		_, err := instance.List(s.within(), q, "", func(connectors.Page) error { calls++; return enough })
		if !errors.Is(err, enough) || calls != 1 {
			s.Errorf("List(%v): %v after %d pages, want the reader's error after one", q, err, calls)
		}
	}
}

func loops(s *sitting) {
	if s.Loop.IsZero() {
		s.Skip("the harness has no such list")
	}
	if _, err := s.open().List(s.within(), s.Loop, "", nothing); code(err) != connectors.CodeCursorLoop {
		s.Errorf("List: %v, want %s", err, connectors.CodeCursorLoop)
	}
}

// each calls every way of asking an instance.
func (s *sitting) each(do func(what string, ask func(context.Context) error), instance connectors.Instance) {
	for _, q := range s.Measured {
		do("Measure "+q.String(), func(ctx context.Context) error {
			_, err := instance.Measure(ctx, q)
			return err
		})
	}
	for _, q := range s.Listed {
		do("List "+q.String(), func(ctx context.Context) error {
			_, err := instance.List(ctx, q, "", nothing)
			return err
		})
	}
}

// stalled calls every way of asking while the outside system does not answer.
func (s *sitting) stalled(check func(what string, ask func(context.Context) error)) {
	stall := s.Stall
	if s.proxy != nil {
		stall = func() func() { return s.proxy.set(s.proxy.hang) }
	}
	if stall == nil {
		s.Skip("the harness can neither stall the outside system nor stand in front of it")
	}
	s.needQuery()
	instance := s.open()
	release := stall()
	defer release()
	s.each(check, instance)
}

func cancels(s *sitting) {
	s.stalled(func(what string, ask func(context.Context) error) {
		ctx, cancel := context.WithCancel(s.Context())
		defer cancel()
		ended := make(chan error, 1)
		go func() { ended <- ask(ctx) }()
		if s.proxy != nil && !s.proxy.holds(s.within(), true) {
			s.Fatalf("%s: the outside system is not asked", what)
		}
		cancel()
		s.ends(what, ended)
	})
}

func deadlines(s *sitting) {
	s.stalled(func(what string, ask func(context.Context) error) {
		ctx, cancel := context.WithTimeout(s.Context(), 50*time.Millisecond)
		defer cancel()
		ended := make(chan error, 1)
		go func() { ended <- ask(ctx) }()
		<-ctx.Done()
		s.ends(what, ended)
	})
}

// ends expects a call to end, and with it what it asked the outside system.
func (s *sitting) ends(what string, ended <-chan error) {
	ctx, cancel := context.WithTimeout(s.Context(), prompt)
	defer cancel()
	select {
	case err := <-ended:
		if err == nil {
			s.Errorf("%s: an answer, though nobody answered", what)
		}
	case <-ctx.Done():
		s.Errorf("%s: still running after %v", what, prompt)
		return
	}
	if s.proxy != nil && !s.proxy.holds(ctx, false) {
		s.Errorf("%s: the outside system is still being asked after %v", what, prompt)
	}
}

func panics(s *sitting) {
	if s.Panic.IsZero() {
		s.Skip("the harness cannot make the connector panic")
	}
	instance := s.open()
	if _, err := instance.Measure(s.within(), s.Panic); code(err) != connectors.CodeInternal {
		s.Errorf("Measure: %v, want %s", err, connectors.CodeInternal)
	}
	for _, q := range s.Measured {
		if _, err := instance.Measure(s.within(), q); err != nil {
			s.Errorf("Measure(%v) after the panic: %v", q, err)
		}
	}
}

func closes(s *sitting) {
	instance, err := s.Connector.Open(s.Context(), s.Settings)
	if err != nil {
		s.Fatalf("Open: %v", err)
	}
	if err := instance.Close(); err != nil {
		s.Errorf("Close: %v", err)
	}
	if s.way == direct {
		return
	}
	for _, q := range s.Measured {
		if _, err := instance.Measure(s.within(), q); code(err) != connectors.CodeNotFound {
			s.Errorf("Measure(%v) after Close: %v, want %s", q, err, connectors.CodeNotFound)
		}
	}
}
