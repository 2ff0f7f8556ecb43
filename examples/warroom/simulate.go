package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/comms/courier"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render/document"
)

// The release, and what was decided about it at three moments.
var (
	//go:embed testdata/packet.json
	packetJSON []byte
	//go:embed testdata/decisions.json
	decisionsJSON []byte
)

// shownFrom is how long before the window the timeline begins, and afterwards how
// long after it the run ends. What was said before is in the log all the same.
const (
	shownFrom  = 72 * time.Hour
	afterwards = 12 * time.Hour
)

// home is where the documents of the release are kept.
const home = "https://wiki.example.com/releases/2026.12"

// A simulation is one run of the release: the world, the channels, and the courier
// between them with its journal.
type simulation struct {
	live
	channels
	packet    packet.Packet
	decisions []gates.Decisions
	journal   courier.Journal
	log       comms.Log
	now       time.Time
	begins    time.Time
	answers   []answer // of approvers, in the order of time

	expanded comms.Schedule // of as many events as are known
	known    int

	timeline *bytes.Buffer // nil: nobody looks, and no document is written
	told     map[string]comms.State
	papers   []paper
}

// answer is what an approver says to the request for sign-off.
type answer struct {
	by string
	at time.Time
}

func newRun(j courier.Journal) (*simulation, error) {
	s := &simulation{journal: j, timeline: new(bytes.Buffer), told: map[string]comms.State{}}
	var err error
	if s.packet, err = packet.Decode(packetJSON); err != nil {
		return nil, fmt.Errorf("packet.json: %w", err)
	}
	if err := packet.Unmarshal(decisionsJSON, &s.decisions); err != nil {
		return nil, fmt.Errorf("decisions.json: %w", err)
	}
	plan := &s.packet.Plan
	opens, err1 := plan.Overview.Window.Start.Instant()
	closes, err2 := plan.Overview.Window.End.Instant()
	begins, _, err3 := plan.Timeline.Milestones[0].At.Interval()
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	s.live = live{opens: opens.UTC(), closes: closes.UTC()}
	s.begins, s.now = begins.UTC(), begins.UTC()
	s.channels.clock = func() time.Time { return s.now }
	s.answers = []answer{{"edsger", s.opens.Add(-13 * time.Hour)}, {"barbara", s.opens.Add(-10 * time.Hour)}}
	// What could not be filled in the middle of the night is found now.
	if err := document.CheckTemplates(s.packet.Comms, s.words()...).Err(); err != nil {
		return nil, err
	}
	return s, nil
}

// words are those that only whoever runs the release has.
func (s *simulation) words() []comms.Placeholder {
	return []comms.Placeholder{
		{Name: "impact", Type: comms.TextValue, Value: "Gift cards may be refused for a minute"},
		{Name: "affected", Type: comms.PercentValue, Value: value.Quantity{Value: value.Number(s.errorRate(s.now) / 4), Unit: value.Percent}.String()},
	}
}

// running is the release as it is now.
func (s *simulation) running() document.Running {
	p := s.packet
	p.Decisions, p.AsOf = gates.Decisions{}, s.now
	for _, d := range s.decisions {
		if !d.DecidedAt.After(s.now) {
			p.Decisions = d
		}
	}
	return document.Running{Packet: p, Events: s.events, Snapshots: s.snapshots, Log: s.log, Now: s.now, Link: home, Own: s.words()}
}

// simulate goes from moment to moment until the end: the world moves, whoever was
// asked answers, and the courier sends what is owed.
func (s *simulation) simulate(ctx context.Context, end time.Time) error {
	for !s.now.After(end) {
		events := len(s.events)
		s.step(s.packet.Plan, s.now, s.log)
		s.showEvents(events)
		schedule, err := s.schedule(end)
		if err != nil {
			return err
		}
		if err := s.round(ctx, schedule); err != nil {
			return err
		}
		next := s.next(schedule, end)
		if next.After(end) {
			return nil
		}
		s.now = next
	}
	return nil
}

// schedule is what is to go out until the end, made again when something happened.
func (s *simulation) schedule(end time.Time) (comms.Schedule, error) {
	if s.expanded.Instants != nil && s.known == len(s.events) {
		return s.expanded, nil
	}
	var err error
	s.known = len(s.events)
	s.expanded, err = comms.Expand(s.packet.Comms, s.packet.Plan, s.events, s.begins, end.Add(time.Nanosecond))
	return s.expanded, err
}

// round is one round of the courier, and of those who answer. What a channel does
// not take is said and owed; only the end of the journal ends the run.
func (s *simulation) round(ctx context.Context, schedule comms.Schedule) error {
	c := courier.New(func(comms.Channel) (comms.Sender, bool) { return &s.channels, true },
		func(in comms.Standing) (comms.Letter, error) { return document.Compose(s.running(), in.Instant) },
		s.journal, s.clock)
	c.Directory = s.packet.Plan.Directory
	before := s.log
	log, err := c.Round(ctx, schedule, s.log)
	s.log = log
	s.showSent(before)
	if stop := (*courier.JournalError)(nil); errors.As(err, &stop) {
		return err
	}
	if err != nil && !errors.Is(err, comms.ErrBusy) {
		return err
	}
	if s.timeline != nil {
		s.showStandings(schedule)
		if err := s.file(before); err != nil {
			return err
		}
	}
	s.pages()
	return s.signOff(c)
}

// pages lets the committee answer its page; nobody else does.
func (s *simulation) pages() {
	for _, l := range s.letters {
		if l.Channel.Kind == comms.PagerDuty && l.Channel.Address == "release-steering" && len(s.acks) == 0 {
			s.acknowledge(l.Key, "Pbarbara", l.at.Add(answerAfter))
		}
	}
}

// signOff records the answers of approvers whose moment has come.
func (s *simulation) signOff(c *courier.Courier) error {
	for _, a := range s.answers {
		for _, sent := range s.log.Sent {
			if sent.Message != "packet" || a.at.After(s.now) || answered(sent, a.by) {
				continue
			}
			log, err := c.Answer(s.log, sent.Key, comms.Answer{By: a.by, At: value.At(s.now), Approves: true})
			if err != nil {
				return err
			}
			s.log = log
			s.line("answer", "%s approves %s", a.by, sent.Key)
		}
	}
	return nil
}

func answered(s comms.Sent, by string) bool {
	for _, a := range s.Answers {
		if a.By == by {
			return true
		}
	}
	return false
}

// retry is how often it is looked at what a channel does not take, out of the window.
const retry = 5 * time.Minute

// next returns the next moment at which something may happen: every minute while
// the window is open, every few while a channel does not take what is owed, and
// else the next instant, answer or event.
func (s *simulation) next(schedule comms.Schedule, end time.Time) time.Time {
	next := end.Add(1)
	soonest := func(t time.Time) {
		if t.After(s.now) && t.Before(next) {
			next = t
		}
	}
	if !s.now.Before(s.opens) && s.now.Before(s.closes) {
		soonest(s.now.Truncate(time.Minute).Add(time.Minute))
	}
	for _, in := range schedule.Instants {
		soonest(in.At)
	}
	for _, st := range schedule.Due(s.now, s.log) {
		if st.State == comms.Due || st.State == comms.Late {
			soonest(s.now.Truncate(retry).Add(retry))
		}
	}
	for _, a := range s.answers {
		soonest(a.at)
	}
	soonest(s.closes.Add(time.Hour))
	soonest(s.closes)
	soonest(end)
	return next
}

// record returns the log with the blockers that the events tell.
func (s *simulation) record() comms.Log { return s.log.WithBlockers(comms.BlockersOf(s.events)...) }
