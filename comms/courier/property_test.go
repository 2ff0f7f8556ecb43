package courier_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/comms/commstest"
	"github.com/tidegate-go/tidegate/comms/courier"
)

// However often the process ends, however long it stays away and whichever channels
// are down meanwhile: in the end every message that does not repeat has gone out,
// and of one that repeats what was not missed; and no letter was taken more often
// than the log says that it was tried.
func TestNothingIsLost(t *testing.T) {
	s := schedule(t, opens, opens.Add(2*time.Hour))
	rapid.Check(t, func(t *rapid.T) {
		var w world
		w.now = opens
		fuel, down := 0, map[comms.ChannelKind]bool{}
		tick := func() error {
			if fuel--; fuel < 0 {
				return commstest.ErrCrash
			}
			return nil
		}
		w.Recorder.Before = func(l comms.Letter) error {
			if down[l.Channel.Kind] {
				return fmt.Errorf("%w: down", comms.ErrBusy)
			}
			return tick()
		}
		w.Recorder.After = func(comms.Letter) error { return tick() }
		w.Journal.Before = func(courier.Entry) error { return tick() }
		w.Journal.After = func(courier.Entry) error { return tick() }
		missed := map[string]bool{}
		note := func() {
			for _, standing := range s.Due(w.now, w.Log()) {
				missed[standing.Key] = missed[standing.Key] || standing.State == comms.Missed
			}
		}
		for range rapid.IntRange(0, 6).Draw(t, "lives") {
			fuel = rapid.IntRange(0, 40).Draw(t, "fuel")
			for _, k := range []comms.ChannelKind{comms.PagerDuty, comms.Email, comms.WarRoom, comms.StatusPage} {
				down[k] = rapid.Bool().Draw(t, k.String())
			}
			log := w.Log()
			for range 12 {
				var err error
				if log, err = w.courier().Round(context.Background(), s, log); errors.Is(err, commstest.ErrCrash) && fuel < 0 {
					break
				}
				note()
				w.now = w.now.Add(time.Minute)
			}
			w.now = w.now.Add(time.Duration(rapid.IntRange(0, 60).Draw(t, "away")) * time.Minute)
		}
		fuel, down = 1<<30, nil
		log := w.Log()
		for w.now = later(w.now, opens.Add(2*time.Hour)).Add(time.Hour); ; w.now = w.now.Add(time.Minute) {
			note()
			var err error
			if log, err = w.courier().Round(context.Background(), s, log); err != nil {
				t.Fatal(err)
			}
			if !owed(s, w.now, log) {
				break
			}
		}
		w.judge(t, s, log, missed)
	})
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func owed(s comms.Schedule, now time.Time, log comms.Log) bool {
	for _, standing := range s.Due(now, log) {
		if standing.State == comms.Due || standing.State == comms.Late {
			return true
		}
	}
	return false
}

// judge compares what was taken with what the log says.
func (w *world) judge(t *rapid.T, s comms.Schedule, log comms.Log, missed map[string]bool) {
	taken, tried := map[string]int{}, map[string]int{}
	for _, key := range w.Keys() {
		taken[key]++
	}
	for _, a := range log.Attempts {
		tried[a.Key]++
	}
	for _, sent := range log.Sent {
		if sent.Attempts != tried[sent.Key] {
			t.Fatalf("%s was sent after %d attempts, and the log has %d", sent.Key, sent.Attempts, tried[sent.Key])
		}
	}
	for _, in := range s.Instants {
		switch {
		case taken[in.Key] == 0 && !missed[in.Key]:
			t.Fatalf("%s was lost", in.Key)
		case missed[in.Key] && in.Message != "war-room":
			t.Fatalf("%s does not repeat, and was missed", in.Key)
		case taken[in.Key] > 0 && tried[in.Key] < taken[in.Key]:
			t.Fatalf("%s was taken %d times, and the log says that it was tried %d times", in.Key, taken[in.Key], tried[in.Key])
		}
	}
}
