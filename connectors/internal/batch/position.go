package batch

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Position is a place between two items: so many items behind what the source
// calls a cursor. It lets a list go on inside of a page, and behind a page that
// has no cursor of its own.
type Position struct {
	Cursor string
	Skip   int
}

// ParsePosition reads what [Position.String] writes; "" is the beginning.
func ParsePosition(s string) (Position, error) {
	if s == "" {
		return Position{}, nil
	}
	skip, cursor, ok := strings.Cut(s, "@")
	n, err := strconv.Atoi(skip)
	if !ok || err != nil || n < 0 || strconv.Itoa(n) != skip {
		return Position{}, fmt.Errorf("%.80q is no cursor of this connector", s)
	}
	return Position{cursor, n}, nil
}

// String returns the cursor as it travels: "0@page-7".
func (p Position) String() string { return strconv.Itoa(p.Skip) + "@" + p.Cursor }

// After is the position behind a page of n items whose first stands at p and
// after which the source goes on at the cursor, "" if it names none.
func (p Position) After(n int, cursor string) Position {
	if cursor != "" {
		return Position{Cursor: cursor}
	}
	return Position{p.Cursor, p.Skip + n}
}

// Place is where a source's list goes on, and what is known of what lies
// before. It lets a list that is gone on with say the same in the end.
type Place struct {
	Since   time.Time // when the list was observed, to the millisecond
	Missing bool      // something of what lies before
	Cursor  string    // the source's
}

// At returns the place of a list that was observed at t.
func (p Place) At(t time.Time) Place {
	p.Since = time.UnixMilli(max(t.UnixMilli(), 0)).UTC()
	return p
}

// String returns the place as it travels, "1767787200000+page-2": with a plus
// if nothing is missing, else with a minus.
func (p Place) String() string {
	sign := "+"
	if p.Missing {
		sign = "-"
	}
	return strconv.FormatInt(p.Since.UnixMilli(), 10) + sign + p.Cursor
}

// ParsePlace reads what [Place.String] writes; "" is the beginning.
func ParsePlace(s string) (Place, error) {
	if s == "" {
		return Place{}, nil
	}
	if i := strings.IndexAny(s, "+-"); i > 0 {
		p := Place{Missing: s[i] == '-', Cursor: s[i+1:]}
		if ms, err := strconv.ParseInt(s[:i], 10, 64); err == nil && p.Cursor != "" {
			if p = p.At(time.UnixMilli(ms)); p.String() == s {
				return p, nil
			}
		}
	}
	return Place{}, fmt.Errorf("%.80q is no cursor of this connector", s)
}
