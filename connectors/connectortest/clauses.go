package connectortest

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/release/fact"
)

var clauses = []clause{
	{"describe", "the description is the same every time, and its schemas are JSON", false, describes},
	{"good-settings", "the settings that users are told to write open an instance, and it is ready", false, opens},
	{"bad-settings", "settings that cannot be right are refused with invalid-config and the path", false, refuses},
	{"unknown-kind", "a query of a kind that was not declared is refused with unknown-kind", true, unknownKind},
	{"secrets", "no secret stands in an error, an answer or a log", false, secrets},
	{"measure-twice", "measuring changes nothing: the same question has the same answer", false, measures},
	{"utc", "moments are in UTC", false, utc},
	{"list-complete", "a complete list has every item once", false, lists},
	{"resume", "from each cursor a list goes on behind it, without loss and repetition", false, resumes},
	{"yield-error", "a list stops when its reader does, and returns the reader's error", false, stops},
	{"cursor-loop", "a source that turns in a circle ends the list with cursor-loop", true, loops},
	{"cancel", "a call ends when the host gives up", false, cancels},
	{"deadline", "a call ends when its time is over", false, deadlines},
	{"panic", "a panic is one failed answer, and the next one is as good as ever", true, panics},
	{"close", "Close can be called once and leaves nothing to answer", false, closes},
}

func describes(s *sitting) {
	first, second := s.Connector.Describe(), s.Connector.Describe()
	if diff := cmp.Diff(fmt.Sprintf("%#v", first), fmt.Sprintf("%#v", second)); diff != "" {
		s.Errorf("two descriptions differ:\n%s", diff)
	}
	values := []any{first.Config}
	for _, k := range first.Kinds {
		values = append(values, k.Params)
	}
	for _, v := range values {
		if schema, err := connectors.ConfigSchema(v); err != nil || !json.Valid(schema) {
			s.Errorf("schema of %T: %s, %v", v, schema, err)
		}
	}
}

func opens(s *sitting) {
	if err := s.open().Check(s.within()); err != nil {
		s.Errorf("Check: %v", err)
	}
}

func refuses(s *sitting) {
	for i, bad := range s.BadSettings {
		instance, err := s.Connector.Open(s.within(), bad)
		if err == nil {
			_ = instance.Close()
		}
		d, ok := errors.AsType[*connectors.Diagnostic](err)
		if !ok || d.Code != connectors.CodeInvalidConfig || d.Path == "" {
			s.Errorf("bad settings %d, %s: %v, want %s with a path", i, bad.JSON, err, connectors.CodeInvalidConfig)
		}
	}
}

func unknownKind(s *sitting) {
	instance := s.open()
	q := fact.NewQuery(s.Connector.Describe().Name, "no-such-kind", fact.Number("1"))
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
	all := strings.Join(texts, "\n") + s.logs.String()
	for name, secret := range s.Settings.Secrets {
		if text := secret.Reveal(); text != "" && strings.Contains(all, text) {
			s.Errorf("the secret %q is in an answer, an error or a log", name)
		}
	}
}

// messages is everything that an error says, diagnostics in full.
func messages(err error) string {
	if d, ok := errors.AsType[*connectors.Diagnostic](err); ok {
		return fmt.Sprintf("%+v", *d) + err.Error()
	}
	return fmt.Sprint(err)
}

func measures(s *sitting) {
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
