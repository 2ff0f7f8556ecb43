package connectortest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/redact"
	"github.com/tidegate-go/tidegate/release/fact"
)

func unknownKind(s *sitting) {
	instance := s.open()
	q := fact.NewQuery(s.describe().Name, "no-such-kind", fact.Number("1"))
	if _, err := instance.Measure(s.within(), q); code(err) != connectors.CodeUnknownKind {
		s.Errorf("Measure(%v): %v, want %s", q, err, connectors.CodeUnknownKind)
	}
	q.Yields = fact.WorkItems()
	if _, err := instance.List(s.within(), q, "", nothing); code(err) != connectors.CodeUnknownKind {
		s.Errorf("List(%v): %v, want %s", q, err, connectors.CodeUnknownKind)
	}
}

func nothing(connectors.Page) error { return nil }

func secrets(s *sitting) {
	var texts []string
	note := func(values ...any) {
		for _, v := range values {
			texts = append(texts, fmt.Sprintf("%+v %#v", v, v))
		}
	}
	for _, bad := range s.BadSettings {
		with := connectors.Settings{JSON: bad.JSON, Secrets: s.Settings.Secrets}
		instance, err := s.Connector.Open(s.within(), with)
		note(err, messages(err))
		if err == nil {
			_ = instance.Close()
		}
	}
	instance := s.open()
	note(instance.Check(s.within()))
	for _, q := range s.Measured {
		result, err := instance.Measure(s.within(), q)
		note(result, err, messages(err))
	}
	for _, q := range s.Listed {
		listed, err := instance.List(s.within(), q, "", func(p connectors.Page) error { note(p); return nil })
		note(listed, err, messages(err))
	}
	if s.proxy != nil { // a source that says back what it was sent
		release := s.proxy.set(answering(garbage[echo]))
		s.each(func(_ string, ask func(context.Context) error) {
			err := ask(s.within())
			note(err, messages(err))
		}, instance)
		release()
	}
	s.silent(strings.Join(texts, "\n") + s.logs.String())
}

// silent says which secrets are in a text, as they are or in the encodings that
// they take on the way.
func (s *sitting) silent(text string) {
	s.Helper()
	for _, name := range slices.Sorted(maps.Keys(s.Settings.Secrets)) {
		if secret := s.Settings.Secrets[name].Reveal(); redact.New(secret).Found(text) {
			s.Errorf("the secret %q is in an answer, an error or a log", name)
		}
	}
}

// messages is everything that an error says, diagnostics in full.
func messages(err error) string {
	var text strings.Builder
	fmt.Fprint(&text, err)
	for _, d := range diagnostics(err) {
		fmt.Fprintf(&text, " %+v", *d)
	}
	return text.String()
}

func measures(s *sitting) {
	s.needMeasured()
	instance := s.open()
	for _, q := range s.Measured {
		first, err := instance.Measure(s.within(), q)
		if err != nil {
			s.Errorf("Measure(%v): %v", q, err)
			continue
		}
		second, err := instance.Measure(s.within(), q)
		if err != nil {
			s.Errorf("Measure(%v) again: %v", q, err)
		}
		first.ObservedAt, first.CollectedAt = second.ObservedAt, second.CollectedAt
		if diff := cmp.Diff(first, second); diff != "" {
			s.Errorf("Measure(%v) twice:\n%s", q, diff)
		}
	}
}

func utc(s *sitting) {
	s.needQuery()
	instance := s.open()
	check := func(q fact.Query, t time.Time) {
		if t.Location() != time.UTC {
			s.Errorf("%v: %v is not in UTC", q, t)
		}
	}
	for _, q := range s.Measured {
		if r, err := instance.Measure(s.within(), q); err == nil {
			check(q, r.ObservedAt)
			for _, sample := range r.Samples {
				check(q, sample.At)
			}
		}
	}
	for _, q := range s.Listed {
		if listed, err := instance.List(s.within(), q, "", nothing); err == nil {
			check(q, listed.ObservedAt)
		}
	}
}

func (s *sitting) needMeasured() {
	s.Helper()
	if len(s.Measured) == 0 {
		s.Skip("the harness has no query that is measured")
	}
}

func (s *sitting) needListed() {
	s.Helper()
	if len(s.Listed) == 0 {
		s.Skip("the harness has no query that is listed")
	}
}

func (s *sitting) needQuery() {
	s.Helper()
	if len(s.Measured)+len(s.Listed) == 0 {
		s.Skip("the harness has no query")
	}
}
