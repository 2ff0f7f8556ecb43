package comms

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// Instant is one message that is to go out through one channel at one moment.
type Instant struct {
	Key      string        // the same in every schedule that has it; see [Expand]
	Occasion string        // the key without the channel: what is said once through several
	Series   string        // the key without the number: what is repeated through one channel
	Message  string        // id of a message of the plan; empty: it is a level of the escalation
	Level    int           // of the escalation, counted from 1; 0: it is a message
	Event    release.Event // what set it off; zero: the plan did
	Channel  Channel       // through which it goes
	At       time.Time     // when it is to go out, in UTC
	Ended    time.Time     // when what it is about was over; zero: it is not
	Answer   time.Duration // within which an acknowledgement is wanted; 0: none is
}

// Schedule is what is to go out, in the order of time, then of keys.
type Schedule struct {
	Instants []Instant // as [Expand] found them
}

// MaxInstants is how many instants a schedule has at most: a cadence of one
// minute for nine weeks.
const MaxInstants = 100_000

// Expand returns what a plan of communications says is to go out from one moment
// until before another, given what has happened to the release so far. A message
// has an instant for every channel and every occasion: its moment, an event that
// sets it off, a working day in the operating zone until its phase is over, and
// every repetition until the event that ends them. Each level of the escalation
// has one for every critical blocker, however long after it was opened.
//
// Keys do not depend on the span nor on what happens later, so a schedule that is
// made again has what the former one had. An occasion of the plan is named by its
// moment: when the window moves, sign-off is asked for anew. One of an event is
// named by the event's id.
//
// What cannot be placed in time is named by the error, and the schedule has the
// rest: fault by fault, so that one message does not silence the others.
func Expand(p Plan, r release.Plan, events []release.Event, from, to time.Time) (Schedule, error) {
	x := expansion{plan: &p, release: &r, events: events, from: from, to: to}
	if !from.Before(to) {
		return Schedule{}, fmt.Errorf("comms: nothing is between %s and %s", stamp(from), stamp(to))
	}
	if err := release.EventFaults(events).Err(); err != nil {
		x.faults = append(x.faults, err)
	}
	for i := range p.Messages {
		if err := x.message(&p.Messages[i]); err != nil {
			x.faults = append(x.faults, fmt.Errorf("message %q: %w", p.Messages[i].ID, err))
		}
	}
	for i, l := range p.Escalation {
		x.level(i+1, l)
	}
	slices.SortFunc(x.all, func(a, b Instant) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Key, b.Key))
	})
	x.unique()
	if err := errors.Join(x.faults...); err != nil {
		return Schedule{x.all}, fmt.Errorf("comms: %w", err)
	}
	return Schedule{x.all}, nil
}

// expansion is a schedule in the making.
type expansion struct {
	plan     *Plan
	release  *release.Plan
	events   []release.Event
	from, to time.Time
	all      []Instant
	faults   []error
}

// occasion is one reason to say something.
type occasion struct {
	name   string        // part of the key
	series string        // what it repeats, if the name does not say it
	at     time.Time     // of the message, offset included
	event  release.Event // zero: the plan
	ended  time.Time     // zero: it is not
}

func (x *expansion) message(m *Message) error {
	switch t := m.Trigger; {
	case t.IsZero():
		return errors.New("nothing triggers it")
	case !t.Daily.IsZero():
		return x.daily(m)
	case !t.At.IsZero() || planned(t.Event):
		at, err := t.Moment(x.release.Overview)
		if err != nil {
			return err
		}
		return x.repeat(m, occasion{name: stamp(at), at: at})
	}
	for i, e := range x.events {
		at, err := e.At.Instant()
		if e.Kind != m.Trigger.Event || err != nil || e.Kind == BlockerOpened && !e.Critical && m.Reaches(SteeringCommittee) {
			continue
		}
		o := occasion{name: plainKey(e.ID), at: at.Add(m.Trigger.Offset.Std()).UTC(), event: e}
		if end, ok := ended(x.events, i); ok {
			o.ended, _ = end.At.Instant()
		}
		if err := x.repeat(m, o); err != nil {
			return err
		}
	}
	return nil
}

// daily adds the instants of a message of every working day, from the day before
// the span on: its own zone may be ahead.
func (x *expansion) daily(m *Message) error {
	zone, err := value.LoadZone(x.release.Overview.Zone)
	if err != nil {
		return err
	}
	begins, ends, err := x.phase(m.Phase)
	if err != nil {
		return err
	}
	year, month, date := x.from.In(zone).Date()
	for i := -1; ; i++ {
		day := time.Date(year, month, date+i, 12, 0, 0, 0, zone)
		at, ok := m.Trigger.Daily.On(day)
		if !ok {
			return m.Trigger.Daily.Fault()
		}
		if !at.Before(x.to) || at.After(ends) {
			return nil
		}
		if y, mo, d := day.Date(); at.Before(begins) || !x.release.Policy.Calendar.Works(day) || time.Date(year, month, date+i, 12, 0, 0, 0, time.UTC) != time.Date(y, mo, d, 12, 0, 0, 0, time.UTC) {
			continue // the last: a day that the zone skipped
		}
		if err := x.add(m, occasion{name: day.Format(time.DateOnly), series: "daily", at: at}, 0); err != nil {
			return err
		}
	}
}

// phase returns the span of a phase.
func (x *expansion) phase(p Phase) (begins, ends time.Time, err error) {
	w := x.release.Overview.Window
	opens, err1 := w.Start.Instant()
	closes, err2 := w.End.Instant()
	if err := errors.Join(err1, err2); err != nil {
		return time.Time{}, time.Time{}, fmt.Errorf("the deployment window: %w", err)
	}
	switch p {
	case Pre:
		return time.Time{}, opens, nil
	case During:
		return opens, closes, nil
	case Post:
		return closes, x.to, nil
	}
	return time.Time{}, time.Time{}, errors.New("it has no phase, so nobody knows until when it is daily")
}

// repeat adds the instants of an occasion: one, or one after the other until the
// event that ends them.
func (x *expansion) repeat(m *Message, o occasion) error {
	every := m.Cadence.Every.Std()
	if m.Cadence.Once || m.Cadence.IsZero() {
		return x.add(m, o, 0)
	}
	if every < minCadence.Std() {
		return fmt.Errorf("cadence %s is shorter than %s", m.Cadence.Every, minCadence)
	}
	until, err := x.until(m, o)
	if err != nil {
		return err
	}
	first := 0
	if o.at.Before(x.from) {
		first = int((x.from.Sub(o.at) + every - 1) / every)
	}
	begin := o.at
	for n := first; ; n++ {
		if o.at = begin.Add(time.Duration(n) * every); !o.at.Before(until) {
			return nil
		}
		if err := x.add(m, o, n); err != nil {
			return err
		}
	}
}

// until returns when the repetitions of an occasion are over.
func (x *expansion) until(m *Message, o occasion) (time.Time, error) {
	end := m.Cadence.Until
	switch {
	case end == NoEvent:
		return time.Time{}, errors.New("no event ends its repetitions")
	case planned(end):
		at, err := On(end).Moment(x.release.Overview)
		if err != nil {
			return time.Time{}, err
		}
		return earlier(at, x.to), nil
	}
	since := o.event
	if since.ID == "" {
		since.At = value.At(o.at)
	}
	if e, ok := following(x.events, since, end); ok {
		at, err := e.At.Instant()
		return earlier(at, x.to), err
	}
	return x.to, nil
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// add adds one occasion through every channel.
func (x *expansion) add(m *Message, o occasion, n int) error {
	o.series, o.name = plainKey(m.ID)+"/"+cmp.Or(o.series, o.name), plainKey(m.ID)+"/"+o.name
	return x.put(Instant{Message: m.ID, Event: o.event, Answer: m.Acknowledge.Std()}, m.Channels, o, n)
}

// level adds one level of the escalation for every critical blocker.
func (x *expansion) level(number int, l Level) {
	for i, e := range x.events {
		at, err := e.At.Instant()
		if e.Kind != BlockerOpened || !e.Critical || err != nil {
			continue
		}
		name := "escalation/" + plainKey(e.ID) + "/" + l.After.String()
		o := occasion{name: name, series: name, at: at.Add(l.After.Std()).UTC(), event: e}
		for _, end := range []Event{BlockerClosed, release.BlockerAcknowledged} {
			if last, ok := following(x.events, x.events[i], end); ok {
				if t, _ := last.At.Instant(); o.ended.IsZero() || t.Before(o.ended) {
					o.ended = t
				}
			}
		}
		in := Instant{Level: number, Event: e, Answer: acknowledgeWithin}
		if err := x.put(in, l.Channels, o, 0); err != nil {
			x.faults = append(x.faults, fmt.Errorf("escalation level %d: %w", number, err))
			return
		}
	}
}

// acknowledgeWithin is how soon whoever is paged answers: by then the next level
// is called anyway.
const acknowledgeWithin = 15 * time.Minute

// put adds an instant through each of the channels, if it is in the span.
func (x *expansion) put(in Instant, channels []Channel, o occasion, n int) error {
	if o.at.Before(x.from) || !o.at.Before(x.to) {
		return nil
	}
	if len(channels) == 0 {
		return errors.New("it has no channel")
	}
	if in.At, in.Occasion = o.at.UTC(), o.name; n > 0 {
		in.Occasion += "+" + strconv.Itoa(n)
	}
	if !o.ended.IsZero() {
		in.Ended = o.ended.UTC()
	}
	for _, c := range channels {
		through := "/" + channelKey(channels, c)
		in.Channel, in.Key, in.Series = c, in.Occasion+through, o.series+through
		if x.all = append(x.all, in); len(x.all) > MaxInstants {
			return fmt.Errorf("the schedule has more than %d instants", MaxInstants)
		}
	}
	return nil
}
