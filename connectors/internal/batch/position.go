package batch

import (
	"fmt"
	"strconv"
	"strings"
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
