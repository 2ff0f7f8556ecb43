package courier_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/comms/commstest"
	"github.com/tidegate-go/tidegate/comms/courier"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

var (
	opens  = time.Date(2026, time.December, 9, 3, 0, 0, 0, time.UTC)
	opened = opens.Add(62 * time.Minute)
	blocks = release.Event{ID: "E1", Kind: release.BlockerOpened, At: value.At(opened), About: "BL-1", Critical: true}
)

// world is a channel for everything, a journal, and a clock.
type world struct {
	commstest.Recorder
	commstest.Journal
	now time.Time
}

func (w *world) courier() *courier.Courier {
	c := courier.New(
		func(comms.Channel) (comms.Sender, bool) { return &w.Recorder, true },
		func(s comms.Standing) (comms.Letter, error) {
			return comms.Letter{Subject: "About " + s.Message, Body: s.Key}, nil
		},
		&w.Journal, func() time.Time { return w.now })
	c.Directory = sample.Plan().Directory
	return c
}

func schedule(t *testing.T, from, to time.Time) comms.Schedule {
	t.Helper()
	s, err := comms.Expand(sample.Comms(), sample.Plan(), []release.Event{blocks}, from, to)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// run goes from event to event of the schedule until the end, or until the
// process ends.
func (w *world) run(s comms.Schedule) error {
	c, log := w.courier(), w.Log()
	for _, in := range s.Instants {
		if in.At.Before(w.now) {
			continue // it was before the process ended
		}
		w.now = in.At
		var err error
		if log, err = c.Round(context.Background(), s, log); err != nil {
			return err
		}
	}
	return nil
}

// Wherever the process ends, also between a letter and its entry, whoever is
// started again with the journal loses nothing, and repeats at most the letter
// that was under way, with the same key; the log says how often.
func TestEveryCutPoint(t *testing.T) {
	s := schedule(t, opens, opens.Add(5*time.Hour))
	var whole world
	if err := whole.run(s); err != nil {
		t.Fatal(err)
	}
	want := whole.Keys()
	if len(want) < 20 || len(slices.Compact(slices.Sorted(slices.Values(want)))) != len(want) {
		t.Fatalf("the run as a whole sends %d letters: %v", len(want), want)
	}
	for cut := 0; ; cut++ {
		var w world
		step, dead := 0, false
		tick := func() error {
			if dead {
				return commstest.ErrCrash
			}
			if step++; step > cut {
				dead = true
				return commstest.ErrCrash
			}
			return nil
		}
		w.Recorder.Before = func(comms.Letter) error { return tick() }
		w.Recorder.After = func(comms.Letter) error { return tick() }
		w.Journal.Before = func(courier.Entry) error { return tick() }
		w.Journal.After = func(courier.Entry) error { return tick() }
		err := w.run(s)
		if err == nil {
			if cut < 6*len(want) {
				t.Errorf("only %d points to end at", cut)
			}
			return // the last point is behind the end
		}
		if !errors.Is(err, commstest.ErrCrash) {
			t.Fatal(err)
		}
		inFlight := ""
		if taken := w.Keys(); len(taken) > 0 && !slices.ContainsFunc(w.Log().Sent, func(s comms.Sent) bool { return s.Key == taken[len(taken)-1] }) {
			inFlight = taken[len(taken)-1]
		}
		w.Recorder.Before, w.Recorder.After, w.Journal.Before, w.Journal.After = nil, nil, nil, nil
		if err := w.run(s); err != nil {
			t.Fatal(err)
		}
		got := w.Keys()
		if inFlight != "" {
			i := slices.Index(got, inFlight)
			got = slices.Delete(got, i, i+1)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("ended at point %d with %q under way (-want +got):\n%s", cut, inFlight, diff)
		}
		for _, sent := range w.Log().Sent {
			if (sent.Attempts > 1) && inFlight != "" && sent.Key != inFlight {
				t.Errorf("point %d: the log says %d attempts of %s", cut, sent.Attempts, sent.Key)
			}
			if sent.Key == inFlight && sent.Attempts != 2 {
				t.Errorf("point %d: the log says %d attempts of %s, which was repeated", cut, sent.Attempts, sent.Key)
			}
		}
	}
}

// A letter that a channel does not take is tried again, and holds up no other.
func TestChannelIsDown(t *testing.T) {
	s := schedule(t, opened, opened.Add(40*time.Minute))
	var w world
	down := true
	w.Recorder.Before = func(l comms.Letter) error {
		if down && l.Channel.Kind == comms.PagerDuty {
			return fmt.Errorf("%w: 503", comms.ErrBusy)
		}
		return nil
	}
	w.now = opened.Add(30 * time.Minute)
	log, err := w.courier().Round(context.Background(), s, comms.Log{})
	if !errors.Is(err, comms.ErrBusy) || !strings.Contains(err.Error(), `"escalation/E1/PT15M/pagerduty"`) {
		t.Errorf("error %v", err)
	}
	if !slices.Contains(w.Keys(), "blocker/E1/email") {
		t.Errorf("the mail did not go out: %v", w.Keys())
	}
	before := len(w.Keys())
	if log, _ = w.courier().Round(context.Background(), s, log); len(w.Keys()) != before {
		t.Error("what failed is tried again at once")
	}
	down = false
	w.now = w.now.Add(5 * time.Second)
	if log, err = w.courier().Round(context.Background(), s, log); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(w.Log(), log); diff != "" {
		t.Errorf("the journal has another log: %s", diff)
	}
	for _, sent := range log.Sent {
		if want := map[bool]int{true: 2, false: 1}[sent.Channels[0] == comms.PagerDuty]; sent.Attempts != want {
			t.Errorf("%s: %d attempts, want %d", sent.Key, sent.Attempts, want)
		}
	}
}

// Whoever acknowledged before the next level was due is not called again, also if
// the round that asks is the one in which it is due.
func TestAcknowledgedJustBefore(t *testing.T) {
	s := schedule(t, opened, opened.Add(40*time.Minute))
	for after, want := range map[time.Duration]bool{14*time.Minute + 30*time.Second: false, 16 * time.Minute: true} {
		w := world{now: opened}
		c := w.courier()
		log, err := c.Round(context.Background(), s, comms.Log{})
		if err != nil {
			t.Fatal(err)
		}
		w.Acknowledge("escalation/E1/PT0S/pagerduty", fact.Account{System: "pagerduty", ID: "Pedsger"}, opened.Add(after))
		w.now = opened.Add(16 * time.Minute)
		if _, err = c.Round(context.Background(), s, log); err != nil {
			t.Fatal(err)
		}
		if got := slices.Contains(w.Keys(), "escalation/E1/PT15M/pagerduty"); got != want {
			t.Errorf("acknowledged after %s: the next level is called: %t, want %t", after, got, want)
		}
	}
}

// A page is done when somebody of the directory has acknowledged it.
func TestAcknowledged(t *testing.T) {
	s := schedule(t, opened, opened.Add(40*time.Minute))
	w := world{now: opened}
	c := w.courier()
	log, err := c.Round(context.Background(), s, comms.Log{})
	if err != nil {
		t.Fatal(err)
	}
	page := "escalation/E1/PT0S/pagerduty"
	w.Acknowledge(page, fact.Account{System: "pagerduty", ID: "PROBOT"}, opened.Add(time.Minute))
	w.now = opened.Add(2 * time.Minute)
	log, err = c.Round(context.Background(), s, log)
	if err == nil || !strings.Contains(err.Error(), "pagerduty:PROBOT") || state(s, w.now, log, page) != comms.Unanswered {
		t.Errorf("an account that is nobody's acknowledges: %v", err)
	}
	w.Acknowledge(page, fact.Account{System: "pagerduty", ID: "Pedsger"}, opened.Add(3*time.Minute))
	w.now = opened.Add(4 * time.Minute)
	if log, _ = c.Round(context.Background(), s, log); state(s, w.now, log, page) != comms.Done {
		t.Errorf("the page is %s", state(s, w.now, log, page))
	}
	w.now = opened.Add(15 * time.Minute)
	if got := state(s, w.now, log, "escalation/E1/PT15M/pagerduty"); got != comms.Superseded {
		t.Errorf("the next level is %s", got)
	}
	if diff := cmp.Diff(w.Log(), log); diff != "" {
		t.Errorf("the journal has another log: %s", diff)
	}
}

func state(s comms.Schedule, now time.Time, log comms.Log, key string) comms.State {
	for _, standing := range s.Standings(now, log) {
		if standing.Key == key {
			return standing.State
		}
	}
	return comms.Waiting
}

// What cannot be written, fitted or routed is said, and owed.
func TestCannotSend(t *testing.T) {
	s := schedule(t, opens.Add(-24*time.Hour), opens.Add(time.Minute))
	for _, tt := range []struct {
		name, want string
		change     func(*courier.Courier)
	}{
		{"no sender", "nobody sends through status-page", func(c *courier.Courier) {
			c.Senders = func(comms.Channel) (comms.Sender, bool) { return nil, false }
		}},
		{"no words", "no facts", func(c *courier.Courier) {
			c.Write = func(comms.Standing) (comms.Letter, error) { return comms.Letter{}, errors.New("no facts") }
		}},
		{"too long", "the body has 40001 characters", func(c *courier.Courier) {
			c.Write = func(comms.Standing) (comms.Letter, error) { return comms.Letter{Body: strings.Repeat("x", 40001)}, nil }
		}},
	} {
		w := world{now: opens}
		c := w.courier()
		tt.change(c)
		log, err := c.Round(context.Background(), s, comms.Log{})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want %q", tt.name, err, tt.want)
		}
		if got := state(s, opens, log, "war-room/20261209T030000Z/war-room"); got != comms.Due {
			t.Errorf("%s: the message is %s", tt.name, got)
		}
	}
}

// Nothing is sent of which nothing is written down.
func TestJournalIsFull(t *testing.T) {
	s := schedule(t, opens, opens.Add(time.Hour))
	w := world{now: opens}
	w.Journal.Before = func(courier.Entry) error { return errors.New("the disk is full") }
	_, err := w.courier().Round(context.Background(), s, comms.Log{})
	var full *courier.JournalError
	if !errors.As(err, &full) || full.Key == "" || len(w.Keys()) != 0 {
		t.Errorf("error %v, sent %v", err, w.Keys())
	}
	w.Journal.Before = nil
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := w.courier().Round(ended, s, comms.Log{}); !errors.Is(err, context.Canceled) || len(w.Keys()) != 0 {
		t.Errorf("after the end: %v, sent %v", err, w.Keys())
	}
}

func TestAnswer(t *testing.T) {
	w := world{now: opens}
	c := w.courier()
	log, err := c.Round(context.Background(), schedule(t, opens, opens.Add(time.Hour)), comms.Log{})
	if err != nil {
		t.Fatal(err)
	}
	yes := comms.Answer{By: "edsger", At: value.At(opens), Approves: true}
	key := log.Sent[0].Key
	if log, err = c.Answer(log, key, yes); err != nil || !cmp.Equal(log.Sent[0].Answers, []comms.Answer{yes}) || !cmp.Equal(log, w.Log()) {
		t.Errorf("%v, %v", log.Sent[0], err)
	}
	for _, key := range []string{"", "gossip"} {
		if _, err := c.Answer(log, key, yes); err == nil {
			t.Errorf("an answer to %q is recorded", key)
		}
	}
}
