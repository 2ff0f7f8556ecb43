package value

import "time"

// Order is how two moments lie to each other in time.
type Order uint8

// The orders. The zero Order is the one from which nothing follows.
const (
	Overlaps Order = iota // the intervals overlap, so either may be first
	Before                // the first is surely before the second
	Same                  // both are the same instant
	After                 // the first is surely after the second
)

// String returns "overlaps", "before", "same" or "after".
func (o Order) String() string {
	switch o {
	case Before:
		return "before"
	case Same:
		return "same"
	case After:
		return "after"
	}
	return "overlaps"
}

// Compare orders w against v by their intervals. Before and After are sure wherever in its
// interval each moment lies. Same needs two instants: a date compared with itself overlaps, since
// two events on one day may come in either order. So does an instant within the other's day.
//
// The error is the first that [When.Interval] gives, of w and then of v, and the order is then
// Overlaps.
func (w When) Compare(v When) (Order, error) {
	start, end, err := w.Interval()
	if err != nil {
		return Overlaps, err
	}
	otherStart, otherEnd, err := v.Interval()
	if err != nil {
		return Overlaps, err
	}
	switch {
	case start.Equal(end) && otherStart.Equal(otherEnd) && start.Equal(otherStart):
		return Same, nil
	case precedes(start, end, otherStart):
		return Before, nil
	case precedes(otherStart, otherEnd, start):
		return After, nil
	}
	return Overlaps, nil
}

// precedes reports whether every moment of [start, end), or the point start if both are equal, is
// before other.
func precedes(start, end, other time.Time) bool {
	if start.Equal(end) {
		return start.Before(other)
	}
	return !end.After(other)
}
