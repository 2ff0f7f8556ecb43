package release_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

func happened(id string, kind release.EventKind, about string) release.Event {
	at, err := value.ParseWhen("2026-12-08T23:02:00-05:00")
	if err != nil {
		panic(err)
	}
	return release.Event{ID: id, Kind: kind, At: at, About: about}
}

func TestEventFaults(t *testing.T) {
	tests := []struct {
		name   string
		events []release.Event
		want   []string
	}{
		{"none", nil, nil},
		{"every kind", func() []release.Event {
			var all []release.Event
			for _, k := range release.EventKinds() {
				all = append(all, happened("E"+k.String(), k, "X1"))
			}
			return all
		}(), nil},
		{"a decision is about the release", []release.Event{happened("E1", release.RollbackDecision, ""), happened("E2", release.GoDecision, ""), happened("E3", release.Note, "")}, nil},
		{"a blocker is about one", []release.Event{happened("E1", release.BlockerOpened, " ")}, []string{"@events[0].about"}},
		{"an acknowledgement is of a blocker", []release.Event{happened("E1", release.BlockerAcknowledged, "")}, []string{"@events[0].about"}},
		{"two of one id", []release.Event{happened("E1", release.Note, ""), happened("E1", release.Note, "")}, []string{"@events[1].id"}},
		{"no id", []release.Event{happened("", release.Note, "")}, []string{"@events[0].id"}},
		{"no kind", []release.Event{happened("E1", release.NoEvent, "")}, []string{"@events[0].kind"}},
		{"a kind that is none", []release.Event{happened("E1", 99, "")}, []string{"@events[0].kind"}},
		{"no moment", []release.Event{{ID: "E1", Kind: release.Note}}, []string{"@events[0].at"}},
		{"a day", []release.Event{{ID: "E1", Kind: release.Note, At: value.Date(2026, 12, 8)}}, []string{"@events[0].at"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, checktest.At(release.EventFaults(tt.events))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// Events round-trip, and every kind has one text.
func TestEventRoundTrip(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range release.EventKinds() {
		e := happened("E1", k, "X1")
		e.Due = value.Date(2026, 12, 16)
		text, err := strictjson.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		var back release.Event
		if err := strictjson.Decode(text, &back, nil); err != nil || back != e || seen[k.String()] {
			t.Errorf("%s: %v, %v", text, back, err)
		}
		seen[k.String()] = true
	}
	var k release.EventKind
	if k.UnmarshalText([]byte("Breach")) == nil || k != release.NoEvent {
		t.Error("a kind that is none is read")
	}
}

// What lasts has an end, and nothing else.
func TestEventEnds(t *testing.T) {
	want := map[release.EventKind]release.EventKind{release.BlockerOpened: release.BlockerClosed, release.Breach: release.Recovery, release.IncidentOpened: release.IncidentClosed}
	for _, k := range release.EventKinds() {
		if k.End() != want[k] {
			t.Errorf("%s ends with %s", k, k.End())
		}
	}
}
