package pagerdutyconnector

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
)

// paging is what every list says of its pages (Pagination).
type paging struct {
	Offset *int  `json:"offset"`
	More   *bool `json:"more"`
	Total  *int  `json:"total"`
}

// pages is an answer with a page of items.
type pages[T any] interface {
	page() ([]T, paging) // nil: there is no array of them
}

// identified is an item that can be told from others.
type identified interface{ identity() string }

// place is where a list goes on: at the last item that was read.
type place struct {
	Phase  int    `json:"phase,omitempty"` // of a list that is made of several
	Offset int    `json:"offset,omitempty"`
	Last   string `json:"last,omitempty"` // its identity
	Total  *int   `json:"total,omitempty"`
}

func (p place) String() string {
	text, err := json.Marshal(p)
	if err != nil {
		return "" // numbers and texts always encode
	}
	return string(text)
}

// parsePlace reads a place; the empty text is the beginning.
func parsePlace(text string) (place, error) {
	var p place
	if text == "" {
		return p, nil
	}
	if json.Unmarshal([]byte(text), &p) != nil || p.String() != text || p.Offset < 0 || p.Phase < 0 || p.Offset > 0 && p.Last == "" {
		return place{}, upstream.Invalid("cursor", "cursor %.80q is none of this connector", text)
	}
	return p, nil
}

// maxOffset is how far a list can be read: offset and limit together
// (community.pagerduty.com, Rate limit of API).
const maxOffset = 10_000

// read is one page.
type read[T identified] struct {
	items    []T
	next     place // where it goes on
	more     bool  // there is another page
	complete bool  // as far as is known, nothing is missing up to here
	at       time.Time
	answer   upstream.Answer
}

// readPage reads the page at a place. It begins with the item that was the last
// of the page before, which proves that the list did not shift in between.
func readPage[P pages[T], T identified](ctx context.Context, in *instance, r upstream.Request, from place) (read[T], error) {
	var body upstream.Strict[P]
	r = r.With("limit", strconv.Itoa(in.pageSize)).With("offset", strconv.Itoa(from.Offset)).With("total", "true")
	a, err := in.client.Do(ctx, r, &body)
	if err != nil {
		return read[T]{}, err
	}
	items, says := body.Is.page()
	got := read[T]{next: from, complete: true, at: in.client.Observed(a), answer: a}
	switch {
	case items == nil:
		return got, upstream.BadAnswer(a, "%v: answer has no array of items", r)
	case says.More == nil:
		return got, upstream.BadAnswer(a, "%v: answer does not say whether there are more", r)
	case says.Offset != nil && *says.Offset != from.Offset:
		return got, upstream.BadAnswer(a, "%v: answer is the page at %d, want that at %d", r, *says.Offset, from.Offset)
	}
	if says.Total != nil && from.Total != nil && *says.Total != *from.Total {
		got.complete = false // some came or went
	}
	if got.next.Total == nil {
		got.next.Total = says.Total
	}
	return got, got.take(items, from, *says.More, in.pageSize, r.String())
}

// take sorts out which items of the page are new, and says where the next one is.
func (got *read[T]) take(items []T, from place, more bool, size int, what string) error {
	fresh := items
	if from.Last != "" {
		if len(items) > 0 && items[0].identity() == from.Last {
			fresh = items[1:]
		} else {
			got.complete = false
		}
	}
	seen := map[string]bool{from.Last: from.Last != ""}
	for _, one := range fresh {
		if id := one.identity(); id == "" {
			return upstream.BadAnswer(got.answer, "%s: answer has an item without an id", what)
		} else if seen[id] {
			got.complete = false
			continue
		} else {
			seen[id] = true
		}
		got.items = append(got.items, one)
	}
	got.more = more
	if !more {
		if total := got.next.Total; total != nil && from.Offset+len(items) != *total {
			got.complete = false // fewer or more than it said
		}
		return nil
	}
	if len(got.items) == 0 {
		return &connectors.Diagnostic{
			Code: connectors.CodeCursorLoop, Origin: connectors.FromUpstream, Status: got.answer.Status, RequestID: got.answer.RequestID,
			Summary: fmt.Sprintf("%s: the page at %d brings nothing new and says that there are more", what, from.Offset),
		}
	}
	got.next.Offset, got.next.Last = from.Offset+len(items)-1, items[len(items)-1].identity()
	if got.next.Offset+size > maxOffset {
		got.more, got.complete = false, false
	}
	return nil
}

// readAll reads a list to its end.
func readAll[P pages[T], T identified](ctx context.Context, in *instance, r upstream.Request) (read[T], error) {
	all := read[T]{complete: true}
	seen := map[string]bool{}
	for at := (place{}); ; {
		got, err := readPage[P](ctx, in, r, at)
		if err != nil {
			return read[T]{}, err
		}
		if all.at.IsZero() {
			all.at, all.answer = got.at, got.answer
		}
		all.complete = all.complete && got.complete
		for _, one := range got.items {
			if seen[one.identity()] {
				all.complete = false // again, and another may be missing in its place
				continue
			}
			seen[one.identity()] = true
			all.items = append(all.items, one)
		}
		if at = got.next; !got.more {
			return all, nil
		}
	}
}

// reference is a thing that another one names (Reference).
type reference struct {
	ID      string `json:"id"`
	Summary string `json:"summary"`
	Link    string `json:"html_url"`
}
