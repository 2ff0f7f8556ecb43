package comms

import (
	"errors"
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// ErrUnforeseen is the error of a trigger whose moment nobody knows before it
// comes: an event that may not happen, or one of many days.
var ErrUnforeseen = errors.New("the moment is not known beforehand")

// Moment returns the moment, in UTC, at which the trigger fires in a release
// of the given overview. It fails with [ErrUnforeseen] where that is not known
// beforehand, and with the errors of [value.When.Instant] where the moment, or
// that of the event in the overview, is missing or cannot be told. A freeze
// that begins on a date begins when the date does, in its own zone or else in
// the operating zone.
func (t Trigger) Moment(o release.Overview) (time.Time, error) {
	if !t.At.IsZero() {
		return t.At.Instant()
	}
	w, ok := of(t.Event, o)
	if !ok {
		return time.Time{}, fmt.Errorf("%s: %w", t.name(), ErrUnforeseen)
	}
	if w.Precision() == value.DatePrecision && w.Zone() == "" {
		w = w.In(o.Zone)
	}
	start, err := beginning(w)
	if err != nil {
		return time.Time{}, fmt.Errorf("%s: %w", t.Event, err)
	}
	return start.Add(t.Offset.Std()), nil
}

// beginning returns when w begins. A day of no zone begins nowhere.
func beginning(w value.When) (time.Time, error) {
	if w.Precision() == value.DatePrecision && w.Zone() != "" {
		start, _, err := w.Interval()
		return start, err
	}
	return w.Instant()
}

// of returns when the event is in a release, and whether it has a moment
// there at all.
func of(e Event, o release.Overview) (value.When, bool) {
	switch e {
	case FeatureFreeze:
		return o.FeatureFreeze, true
	case CodeFreeze:
		return o.CodeFreeze, true
	case WindowOpens:
		return o.Window.Start, true
	case WindowCloses:
		return o.Window.End, true
	}
	return value.When{}, false
}

// planned reports whether the event has a moment in every plan.
func planned(e Event) bool {
	_, ok := of(e, release.Overview{})
	return ok
}

// name is what the trigger waits for.
func (t Trigger) name() string {
	if !t.Daily.IsZero() {
		return "daily at " + string(t.Daily)
	}
	return t.Event.String()
}

// field returns the JSON name of the field that says when the trigger fires.
func (t Trigger) field() string {
	switch {
	case !t.At.IsZero():
		return "at"
	case !t.Daily.IsZero():
		return "daily"
	case t.Offset != 0:
		return "offset"
	}
	return "event"
}
