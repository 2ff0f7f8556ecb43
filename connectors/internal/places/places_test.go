package places_test

import (
	"context"
	"errors"
	"testing"

	"github.com/tidegate-go/tidegate/connectors/internal/places"
)

func nobody(string, bool) {}

func TestReserve(t *testing.T) {
	var n places.Places[string]
	if _, err := n.Reserve("", nobody); !errors.Is(err, places.ErrNoName) {
		t.Error(err)
	}
	if _, err := n.Reserve("a", nobody); err != nil {
		t.Fatal(err)
	}
	if _, err := n.Reserve("a", nobody); !errors.Is(err, places.ErrTaken) {
		t.Error(err)
	}
	for _, id := range []string{"a", "b"} { // a is still being opened
		if _, _, err := n.Enter(id, func(error) {}); !errors.Is(err, places.ErrNotOpen) {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// An instance is ended after its last call, and its id is free at once.
func TestReleaseWaitsForCalls(t *testing.T) {
	var n places.Places[string]
	ended := make(chan string, 2)
	p, err := n.Reserve("a", func(instance string, filled bool) {
		if filled {
			ended <- instance
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	n.Fill(p, "one")
	ctx, cancel := context.WithCancelCause(t.Context())
	got, leave, err := n.Enter("a", cancel)
	if err != nil || got != "one" {
		t.Fatal(got, err)
	}
	gone, stop := context.WithCancel(t.Context())
	stop()
	n.Release(gone, "a")
	if !errors.Is(context.Cause(ctx), places.ErrReleased) {
		t.Error(context.Cause(ctx))
	}
	select {
	case <-ended:
		t.Fatal("ended while a call is inside")
	default:
	}
	if _, err := n.Reserve("a", nobody); err != nil {
		t.Error(err)
	}
	leave()
	if got := <-ended; got != "one" {
		t.Error(got)
	}
}

// One that never opened is released as well, and so are all at once.
func TestReleaseAll(t *testing.T) {
	var n places.Places[string]
	ended := make(chan bool, 2)
	for _, id := range []string{"a", "b"} {
		p, err := n.Reserve(id, func(_ string, filled bool) { ended <- filled })
		if err != nil {
			t.Fatal(err)
		}
		if id == "b" {
			n.Fill(p, "two")
		}
	}
	n.ReleaseAll(t.Context())
	if len(ended) != 2 {
		t.Fatalf("%d ended, want 2", len(ended))
	}
	if one, other := <-ended, <-ended; one == other {
		t.Error("want one that was open and one that was not")
	}
	n.Release(t.Context(), "a") // again: nothing
}
