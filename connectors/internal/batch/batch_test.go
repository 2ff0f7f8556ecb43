package batch_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors/internal/batch"
	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
)

func item(bytes int) *connectorv1.Item {
	return &connectorv1.Item{Item: &connectorv1.Item_WorkItem{WorkItem: &connectorv1.WorkItem{Title: strings.Repeat("x", bytes)}}}
}

func TestSizes(t *testing.T) {
	var sent []int
	var cursors []string
	s := batch.New(func(m *connectorv1.ListResponse) error {
		sent = append(sent, len(m.GetBatch().GetItems()))
		cursors = append(cursors, m.GetBatch().GetCursor())
		return nil
	}, nil)
	var items []*connectorv1.Item
	for range 5 {
		items = append(items, item(100<<10)) // two fit
	}
	items = append(items, item(1<<20), item(1)) // one above the limit travels alone
	if err := s.Add(items, batch.Position{Cursor: "a"}, batch.Position{Cursor: "b"}); err != nil {
		t.Fatal(err)
	}
	s.Flush()
	if diff := cmp.Diff([]int{2, 2, 1, 1, 1}, sent); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"2@a", "4@a", "5@a", "6@a", "0@b"}, cursors); diff != "" {
		t.Error(diff)
	}
}

func TestFlushLater(t *testing.T) {
	var sent int
	var later func()
	s := batch.New(func(*connectorv1.ListResponse) error { sent++; return nil },
		func(d time.Duration, f func()) func() bool {
			if d != batch.MaxWait {
				t.Errorf("after %v", d)
			}
			later = f
			return func() bool { return true }
		})
	for range 2 {
		if err := s.Add([]*connectorv1.Item{item(1)}, batch.Position{}, batch.Position{}); err != nil {
			t.Fatal(err)
		}
	}
	later()
	later()
	if sent != 1 {
		t.Errorf("%d messages, want 1", sent)
	}
	if err := s.End(&connectorv1.ListResponse{}); err != nil || sent != 2 {
		t.Errorf("%d messages, %v", sent, err)
	}
	if err := s.Add([]*connectorv1.Item{item(1)}, batch.Position{}, batch.Position{}); !errors.Is(err, batch.ErrEnded) {
		t.Errorf("after the end: %v", err)
	}
	if s.Flush(); sent != 2 {
		t.Error("a message after the end")
	}
}

func FuzzPosition(f *testing.F) {
	for _, s := range []string{"", "0@", "7@a@b", "-1@x", "01@x", "x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := batch.ParsePosition(s)
		if err != nil || s == "" {
			return
		}
		if p.String() != s || p.Skip < 0 {
			t.Errorf("%q is %+v is %q", s, p, p.String())
		}
	})
}

// A place is read as it was written, or not at all.
func FuzzPlace(f *testing.F) {
	for _, s := range []string{"", "0+", "1767787200000+page-2", "1767787200000-a+b", "-5+x", "007+x", "+x", "9223372036854775807+x", "1x+y"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := batch.ParsePlace(s)
		if err != nil {
			if p != (batch.Place{}) {
				t.Error(p)
			}
			return
		}
		if s != "" && (p.String() != s || p.Cursor == "" || p.Since.IsZero()) {
			t.Errorf("%q is read as %+v", s, p)
		}
	})
}
