package connectors_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

type harbourConfig struct {
	Port  string            `json:"port"`
	Token connectors.Secret `json:"token,omitzero"`
}

type shipParams struct {
	Flag string `json:"flag"`
}

// harbour is an instance of a connector that is made of functions.
type harbour struct {
	port   string
	closed *int
}

func openHarbour(_ context.Context, c harbourConfig) (*harbour, error) {
	if c.Port == "Bern" {
		return nil, &connectors.Diagnostic{Code: connectors.CodeInvalidConfig, Path: "port", Origin: connectors.FromConfig, Summary: "port: no sea"}
	}
	return &harbour{port: c.Port}, nil
}

func (h *harbour) Check(context.Context) error { return nil }

func (h *harbour) Close() error {
	if h.closed != nil {
		*h.closed++
	}
	return nil
}

func (h *harbour) ships(_ context.Context, p shipParams, q fact.Query) (fact.Result, error) {
	r := fact.AnswerNumber(q, time.Date(2026, 1, 7, 12, 0, 0, 0, time.UTC), float64(len(h.port)+len(p.Flag)))
	r.Source = "Harbour of " + h.port
	return r, nil
}

// fleet lists three ships, one a page.
func (h *harbour) fleet(_ context.Context, p shipParams, cursor string) (connectors.Page, connectors.Listed, error) {
	n, err := strconv.Atoi("0" + cursor)
	if err != nil {
		return connectors.Page{}, connectors.Listed{}, err
	}
	page := connectors.Page{WorkItems: []fact.WorkItem{{ID: fmt.Sprintf("%s-%d", p.Flag, n)}}}
	if n < 2 {
		page.Cursor = strconv.Itoa(n + 1)
	}
	return page, connectors.Listed{Complete: true, ObservedAt: time.Date(2026, 1, 7, 12, n, 0, 0, time.UTC), Source: "Harbour of " + h.port}, nil
}

func newHarbour() connectors.Connector {
	return connectors.Define(connectors.Description{Name: "harbour", Version: "1.0.0", Summary: "Knows which ships are in."}, openHarbour,
		connectors.Measures("ships", "How many ships are in.", (*harbour).ships),
		connectors.Lists("ships", "The ships that are in.", fact.WorkItemShape, (*harbour).fleet),
	)
}

// A connector is a config struct, a description, and a method for each kind of query.
func ExampleDefine() {
	fleet, err := connectors.Open(context.Background(), connectors.Config{Connectors: []connectors.Launch{
		{InProcess: newHarbour(), Settings: harbourConfig{Port: "Hamburg"}},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer fleet.Close()
	number := fact.NewQuery("harbour", "ships", fact.Number(value.Count)).With("flag", "NO")
	items := fact.NewQuery("harbour", "ships", fact.WorkItems()).With("flag", "NO")
	for _, r := range fleet.Collect(context.Background(), []fact.Query{number, items}).Results {
		fmt.Println(r.Query.Yields.Shape, r.Value.Value, r.Len(), r.Complete, r.Source)
	}
	// Output:
	// number 9 0 true Harbour of Hamburg
	// work-items 0 3 true Harbour of Hamburg
}

func TestDefine(t *testing.T) {
	c := connectortest.Remote(t, newHarbour(), nil)
	kinds := c.Describe().Kinds
	if len(kinds) != 1 || !slices.Equal(kinds[0].Shapes, []fact.Shape{fact.NumberShape, fact.WorkItemShape}) || c.Describe().Config != (harbourConfig{}) {
		t.Errorf("%+v", c.Describe())
	}
	in, err := c.Open(t.Context(), connectors.Settings{JSON: []byte(`{"port": "Oslo"}`)})
	if err != nil {
		t.Fatal(err)
	}
	number := fact.NewQuery("harbour", "ships", fact.Number(value.Count))
	if r, err := in.Measure(t.Context(), number.With("flag", "DE")); err != nil || r.Value.Value != 6 {
		t.Errorf("%+v, %v", r, err)
	}
	for name, q := range map[string]fact.Query{
		connectors.CodeInvalidQuery: number.With("flag", "DE").With("sails", "3"),
		connectors.CodeUnknownKind:  fact.NewQuery("harbour", "planes", fact.Number(value.Count)),
	} {
		_, err := in.Measure(t.Context(), q)
		if d, ok := errors.AsType[*connectors.Diagnostic](err); !ok || d.Code != name {
			t.Errorf("%v: %v", q, err)
		}
	}
	for text, want := range map[string]string{`{"port": "Bern"}`: "no sea", `{}`: "port: is required", `{"port": "Oslo", "quay": 1}`: "quay"} {
		if _, err := c.Open(t.Context(), connectors.Settings{JSON: []byte(text)}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
	here, err := newHarbour().Open(t.Context(), connectors.Settings{JSON: []byte(`{"port": "Oslo"}`)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := here.Measure(t.Context(), fact.NewQuery("harbour", "ships", fact.Series(value.Count))); err == nil {
		t.Error("a number is no series")
	}
	if _, err := here.List(t.Context(), fact.NewQuery("harbour", "ships", fact.Duties()), "", nil); err == nil {
		t.Error("a ship is no duty")
	}
}

// Handlers of one name with other parameters are two kinds of one name, which is refused.
func TestDefineTwice(t *testing.T) {
	other := func(*harbour, context.Context, struct{}, fact.Query) (fact.Result, error) {
		return fact.Result{}, nil
	}
	c := connectors.Define(connectors.Description{Name: "harbour", Version: "1.0.0"}, openHarbour,
		connectors.Measures("ships", "", (*harbour).ships), connectors.Measures("ships", "", other))
	_, err := connectors.Open(t.Context(), connectors.Config{Connectors: []connectors.Launch{{InProcess: c}}})
	if err == nil || !strings.Contains(err.Error(), `kind "ships" has no name of its own`) {
		t.Error(err)
	}
}

// An instance is closed if it can be.
func TestDefineCloses(t *testing.T) {
	closed := 0
	c := connectors.Define(connectors.Description{Name: "harbour", Version: "1.0.0"}, func(context.Context, harbourConfig) (*harbour, error) { return &harbour{closed: &closed}, nil })
	in, err := c.Open(t.Context(), connectors.Settings{JSON: []byte(`{"port": "Oslo"}`)})
	if err != nil {
		t.Fatal(err)
	}
	if err := in.Close(); err != nil || closed != 1 {
		t.Error(closed, err)
	}
}

// sourcePage is what a made-up source says of one page.
type sourcePage struct {
	ids     []string
	next    string
	missing bool
}

func fetcher(pages map[string]sourcePage, at time.Time) func(context.Context, string) (connectors.Page, connectors.Listed, error) {
	return func(_ context.Context, cursor string) (connectors.Page, connectors.Listed, error) {
		p, ok := pages[cursor]
		if !ok {
			return connectors.Page{}, connectors.Listed{}, fmt.Errorf("no page %q", cursor)
		}
		var page connectors.Page
		for _, id := range p.ids {
			page.WorkItems = append(page.WorkItems, fact.WorkItem{ID: id})
		}
		page.Cursor = p.next
		return page, connectors.Listed{Complete: !p.missing, ObservedAt: at, Source: "a source"}, nil
	}
}

// From wherever a list is gone on with, it says the same in the end.
func TestListPagesResumed(t *testing.T) {
	first := time.Date(2026, 1, 7, 12, 0, 0, 123_000_000, time.UTC)
	for _, missing := range []bool{false, true} {
		pages := map[string]sourcePage{"": {[]string{"1", "2"}, "b", false}, "b": {nil, "c", missing}, "c": {[]string{"3"}, "d", false}, "d": {[]string{"4"}, "", false}}
		whole := connectors.Listed{Complete: !missing, ObservedAt: first, Source: "a source"}
		var cursors []string
		list := func(cursor string, at time.Time) []string {
			t.Helper()
			var ids []string
			listed, err := connectors.ListPages(t.Context(), cursor, func(p connectors.Page) error {
				for _, w := range p.WorkItems {
					ids = append(ids, w.ID)
				}
				if cursor == "" {
					cursors = append(cursors, p.Cursor)
				}
				return nil
			}, fetcher(pages, at))
			if diff := cmp.Diff(whole, listed); diff != "" || err != nil {
				t.Errorf("from %q: %v\n%s", cursor, err, diff)
			}
			return ids
		}
		all := list("", first)
		if !slices.Equal(all, []string{"1", "2", "3", "4"}) || len(cursors) != 4 || cursors[3] != "" {
			t.Errorf("%v, %q", all, cursors)
		}
		for i, left := range [][]string{{"3", "4"}, {"3", "4"}, {"4"}} {
			if got := list(cursors[i], first.Add(time.Hour)); !slices.Equal(got, left) {
				t.Errorf("from %q: %v", cursors[i], got)
			}
		}
	}
}

func TestListPagesFaults(t *testing.T) {
	at := time.Date(2026, 1, 7, 12, 0, 0, 0, time.UTC)
	stop := errors.New("stop")
	take := func(connectors.Page) error { return nil }
	_, err := connectors.ListPages(t.Context(), "", func(connectors.Page) error { return stop }, fetcher(map[string]sourcePage{"": {}}, at))
	if !errors.Is(err, stop) {
		t.Error(err)
	}
	if _, err := connectors.ListPages(t.Context(), "", take, fetcher(nil, at)); err == nil || err.Error() != `no page ""` {
		t.Error(err)
	}
	_, err = connectors.ListPages(t.Context(), "page-2", take, fetcher(nil, at))
	if d, ok := errors.AsType[*connectors.Diagnostic](err); !ok || d.Code != connectors.CodeInvalidQuery || d.Path != "cursor" {
		t.Error(err)
	}
	asked := 0
	_, err = connectors.ListPages(t.Context(), "", take, func(context.Context, string) (connectors.Page, connectors.Listed, error) {
		asked++
		return connectors.Page{Cursor: strconv.Itoa(asked)}, connectors.Listed{}, nil
	})
	if d, ok := errors.AsType[*connectors.Diagnostic](err); !ok || d.Code != connectors.CodeBadAnswer || asked != 100 {
		t.Error(asked, err)
	}
	before := time.Now().Add(-time.Second)
	listed, err := connectors.ListPages(t.Context(), "", take, fetcher(map[string]sourcePage{"": {}}, time.Time{}))
	if err != nil || listed.ObservedAt.Before(before) || listed.ObservedAt.After(time.Now()) {
		t.Error(listed, err)
	}
}

func ExampleMeasures() {
	c := connectors.Define(connectors.Description{Name: "harbour", Version: "1.0.0"}, openHarbour,
		connectors.Measures("ships", "How many ships are in.", (*harbour).ships))
	fmt.Println(c.Describe().Kinds[0].Name, c.Describe().Kinds[0].Shapes[0])
	// Output: ships number
}

func ExampleLists() {
	c := connectors.Define(connectors.Description{Name: "harbour", Version: "1.0.0"}, openHarbour,
		connectors.Lists("ships", "The ships that are in.", fact.WorkItemShape, (*harbour).fleet))
	fmt.Println(c.Describe().Kinds[0].Name, c.Describe().Kinds[0].Shapes[0])
	// Output: ships work-items
}
