package connectors_test

import (
	"context"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/release/fact"
)

// pages yields items 0 to n-1 in pages of size, and from a page's cursor on.
// Unless bare, each page but the last has a cursor.
func pages(n, size int, bare bool) func(context.Context, string, func(connectors.Page) error) (connectors.Listed, error) {
	return func(_ context.Context, cursor string, yield func(connectors.Page) error) (connectors.Listed, error) {
		from := 0
		if cursor != "" {
			from, _ = strconv.Atoi(cursor)
		}
		for ; from < n; from += size {
			var p connectors.Page
			for i := from; i < min(from+size, n); i++ {
				p.WorkItems = append(p.WorkItems, fact.WorkItem{ID: strconv.Itoa(i)})
			}
			if from+size < n && !bare {
				p.Cursor = strconv.Itoa(from + size)
			}
			if err := yield(p); err != nil {
				return connectors.Listed{}, err
			}
		}
		return connectors.Listed{Complete: true}, nil
	}
}

type received struct {
	ids     []string
	sizes   []int
	cursors map[string]int // cursor → items before it
	waits   []time.Duration
	done    *connectorv1.Done
}

func list(t *testing.T, client connectorv1.ConnectorClient, cursor string) received {
	t.Helper()
	stream, err := client.List(t.Context(), &connectorv1.ListRequest{Instance: "i", Cursor: cursor,
		Query: &connectorv1.Query{Kind: "items", Shape: connectorv1.Shape_SHAPE_WORK_ITEMS}})
	if err != nil {
		t.Fatal(err)
	}
	r := received{cursors: map[string]int{}}
	for {
		event, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return r
		}
		if err != nil {
			t.Fatal(err)
		}
		if r.done != nil {
			t.Fatalf("%v after Done", event)
		}
		if w := event.GetProgress(); w != nil {
			r.waits = append(r.waits, w.GetWaiting().AsDuration())
		}
		if b := event.GetBatch(); b != nil {
			for _, item := range b.GetItems() {
				r.ids = append(r.ids, item.GetWorkItem().GetId())
			}
			r.sizes = append(r.sizes, len(b.GetItems()))
			r.cursors[b.GetCursor()] = len(r.ids)
		}
		r.done = event.GetDone()
	}
}

func TestListEveryWayOn(t *testing.T) {
	for name, f := range map[string]func(context.Context, string, func(connectors.Page) error) (connectors.Listed, error){
		"large pages": pages(330, 150, false), "small pages": pages(330, 7, false), "one page": pages(330, 1000, false),
		"no cursors": pages(330, 60, true), "nothing": pages(0, 1, false),
	} {
		t.Run(name, func(t *testing.T) {
			client, _ := open(t, &script{list: f})
			all := list(t, client, "")
			if !all.done.GetComplete() || name != "nothing" && len(all.ids) != 330 {
				t.Fatalf("%d items, %v", len(all.ids), all.done)
			}
			for _, n := range all.sizes[:max(len(all.sizes)-1, 0)] {
				if n != 100 {
					t.Errorf("batches of %v", all.sizes)
				}
			}
			for cursor, n := range all.cursors {
				rest := list(t, client, cursor)
				if diff := cmp.Diff(strings.Join(all.ids[n:], " "), strings.Join(rest.ids, " ")); diff != "" || !rest.done.GetComplete() {
					t.Errorf("from %q: %s %v", cursor, diff, rest.done)
				}
				for again, m := range rest.cursors { // a cursor of a list that was itself gone on with
					if rest := list(t, client, again); !cmp.Equal(strings.Join(all.ids[n+m:], " "), strings.Join(rest.ids, " ")) {
						t.Errorf("from %q, then %q: %v", cursor, again, rest.ids)
					}
				}
			}
		})
	}
}

func TestListEnds(t *testing.T) {
	huge := strings.Repeat("x", 16<<20)
	page := func(cursor string, titles ...string) connectors.Page {
		p := connectors.Page{Cursor: cursor}
		for _, title := range titles {
			p.WorkItems = append(p.WorkItems, fact.WorkItem{ID: "1", Title: title})
		}
		return p
	}
	for name, tc := range map[string]struct {
		pages []connectors.Page
		after func() error
		code  string
		items int
	}{
		"cursor loop":    {pages: []connectors.Page{page("a", "1"), page("b", "2"), page("a", "3"), page("c", "4")}, code: connectors.CodeCursorLoop, items: 2},
		"error":          {pages: []connectors.Page{page("a", "1")}, after: func() error { return errors.New("no") }, code: connectors.CodeInternal, items: 1},
		"panic":          {pages: []connectors.Page{page("a", "1")}, after: func() error { panic("no") }, code: connectors.CodeInternal, items: 1},
		"too large":      {pages: []connectors.Page{page("a", "1", huge)}, code: connectors.CodeTooLarge, items: 1},
		"other shape":    {pages: []connectors.Page{{Duties: []fact.Duty{{Policy: "p"}}}}, code: connectors.CodeBadAnswer},
		"bad text":       {pages: []connectors.Page{page("a", "\xff")}, code: connectors.CodeBadAnswer},
		"several are ok": {pages: []connectors.Page{page("a", "1"), {Waiting: time.Minute}, page("b", "2")}, items: 2},
	} {
		t.Run(name, func(t *testing.T) {
			client, _ := open(t, &script{list: func(_ context.Context, _ string, yield func(connectors.Page) error) (connectors.Listed, error) {
				for _, p := range tc.pages {
					_ = yield(p) // a connector that does not look
				}
				if tc.after != nil {
					return connectors.Listed{}, tc.after()
				}
				return connectors.Listed{Complete: true}, nil
			}})
			got := list(t, client, "")
			if got.done.GetFailure().GetCode() != tc.code || got.done.GetComplete() != (tc.code == "") || len(got.ids) != tc.items {
				t.Errorf("%v, %d items; want %q, %d", got.done, len(got.ids), tc.code, tc.items)
			}
			if name == "several are ok" && !cmp.Equal(got.waits, []time.Duration{time.Minute}) {
				t.Errorf("waits %v", got.waits)
			}
		})
	}
}

func TestListRefusesForeignCursor(t *testing.T) {
	client, _ := open(t, &script{list: pages(1, 1, false)})
	if got := list(t, client, "abc"); got.done.GetFailure().GetPath() != "cursor" {
		t.Errorf("%v", got.done)
	}
}

func TestListIsRedacted(t *testing.T) {
	client, _ := open(t, &script{list: func(_ context.Context, _ string, yield func(connectors.Page) error) (connectors.Listed, error) {
		return connectors.Listed{Source: secretText}, yield(connectors.Page{WorkItems: []fact.WorkItem{{ID: "a " + secretText, Labels: []string{secretText}}}})
	}})
	got := list(t, client, "")
	if got.ids[0] != "a [redacted]" || got.done.GetSource() != "[redacted]" {
		t.Errorf("%v, %v", got.ids, got.done)
	}
}

// The first item of a page that never fills comes anyway.
func TestListFlushesWhatWaits(t *testing.T) {
	read := make(chan struct{})
	client, _ := open(t, &script{list: func(ctx context.Context, _ string, yield func(connectors.Page) error) (connectors.Listed, error) {
		err := yield(connectors.Page{WorkItems: []fact.WorkItem{{ID: "1"}}, Cursor: "a"})
		select {
		case <-read:
		case <-ctx.Done():
		}
		return connectors.Listed{Complete: true}, err
	}})
	stream, err := client.List(t.Context(), &connectorv1.ListRequest{Instance: "i",
		Query: &connectorv1.Query{Kind: "items", Shape: connectorv1.Shape_SHAPE_WORK_ITEMS}})
	if err != nil {
		t.Fatal(err)
	}
	event, err := stream.Recv()
	if err != nil || len(event.GetBatch().GetItems()) != 1 {
		t.Fatalf("%v, %v", event, err)
	}
	close(read)
	if event, err = stream.Recv(); err != nil || !event.GetDone().GetComplete() {
		t.Fatalf("%v, %v", event, err)
	}
	if _, err = stream.Recv(); !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
}
