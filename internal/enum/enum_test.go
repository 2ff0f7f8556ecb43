package enum_test

import (
	"testing"

	"github.com/tidegate-go/tidegate/internal/enum"
)

type tide uint8

var names = []string{"ebb", "flood"}

func TestRoundTrip(t *testing.T) {
	for i, want := range names {
		text, err := enum.Marshal("tide", names, tide(i))
		if err != nil || string(text) != want {
			t.Fatalf("Marshal(%d) = %q, %v; want %q", i, text, err, want)
		}
		got := tide(9)
		if err := enum.Unmarshal("tide", names, &got, text); err != nil || got != tide(i) {
			t.Fatalf("Unmarshal(%q) = %d, %v; want %d", text, got, err, i)
		}
	}
}

func TestUnknown(t *testing.T) {
	got := tide(1)
	if err := enum.Unmarshal("tide", names, &got, []byte("slack")); err == nil || got != 1 {
		t.Errorf("an unknown name gave %d, %v; want an error and the value left alone", got, err)
	}
	if _, err := enum.Marshal("tide", names, tide(7)); err == nil {
		t.Error("an unknown number was marshalled")
	}
	if got, want := enum.String("tide", names, tide(7)), "tide(7)"; got != want {
		t.Errorf("String = %q, want %q", got, want)
	}
}
