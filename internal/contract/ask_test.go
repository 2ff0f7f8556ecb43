package contract_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/internal/contract"
	"github.com/tidegate-go/tidegate/release/fact"
)

// ask opens an instance, checks it and asks it every query; each has to have a
// complete answer.
func ask(t *testing.T, c connectors.Connector, config any, queries ...fact.Query) {
	t.Helper()
	settings, err := connectors.SettingsOf(config)
	if err != nil {
		t.Fatal(err)
	}
	in, err := c.Open(t.Context(), settings)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	if err := in.Check(t.Context()); err != nil {
		t.Errorf("check: %v", err)
	}
	for _, q := range queries {
		if !q.Yields.Shape.Items() {
			if r, err := in.Measure(t.Context(), q); err != nil || !r.Complete {
				t.Errorf("%v: complete is %v, %v", q, r.Complete, err)
			}
			continue
		}
		n := 0
		listed, err := in.List(t.Context(), q, "", func(p connectors.Page) error { n += p.Len(); return nil })
		if err != nil || !listed.Complete || n == 0 {
			t.Errorf("%v: %d items, complete is %v, %v", q, n, listed.Complete, err)
		}
	}
}

// refused asks one query while the stand-in refuses with each status in turn: the
// vendor's form of a refusal is judged too.
func refused(t *testing.T, c connectors.Connector, config any, q fact.Query, fail func(status int), statuses ...int) {
	t.Helper()
	settings, err := connectors.SettingsOf(config)
	if err != nil {
		t.Fatal(err)
	}
	for _, status := range statuses {
		fail(status)
		in, err := c.Open(t.Context(), settings)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := in.Measure(t.Context(), q); err == nil {
			t.Errorf("%v has an answer beside status %d", q, status)
		}
		_ = in.Close()
	}
}

// operations are those that were asked for, in order.
func operations(w *contract.Watched) []string { return slices.Sorted(maps.Keys(w.Seen())) }
