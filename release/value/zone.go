package value

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// maxZone is the longest zone name taken, in bytes. The longest of the IANA database has 32.
const maxZone = 64

// notZones are names that a zone database or package time may answer but that no IANA zone has:
// they mean the machine's own zone, or rules for POSIX strings, or nothing. Case does not save
// them, since some file systems ignore it.
var notZones = []string{"Local", "localtime", "posixrules", "Factory", deadlineTag}

// zones caches loaded locations by name. Only names that loaded are kept, so the zone database
// bounds it, whatever users write.
var zones sync.Map // string to *time.Location

// LoadZone returns the location of an IANA zone name, from a cache after the first time. It fails
// with [ErrInvalidZone] for what is no such name, "" and "Local" included, and with
// [ErrNoZoneData] if the machine's database does not have it. On a file system that ignores case
// a name in the wrong case may load.
func LoadZone(name string) (*time.Location, error) {
	if loc, ok := zones.Load(name); ok {
		return loc.(*time.Location), nil
	}
	if err := zoneFault(name); err != nil {
		return nil, fmt.Errorf("zone %s: %w", quote(name), err)
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("zone %s: %w", quote(name), ErrNoZoneData)
	}
	zones.Store(strings.Clone(name), loc)
	return loc, nil
}

// zoneFault reports a name that no IANA zone can have. The prefixes are directories that some
// systems keep beside the zones; right/ counts leap seconds and would be off by half a minute.
func zoneFault(name string) error {
	if err := zoneSyntax(name); err != nil {
		return err
	}
	taken := func(no string) bool { return strings.EqualFold(no, name) }
	if slices.ContainsFunc(notZones, taken) || strings.HasPrefix(name, "posix/") || strings.HasPrefix(name, "right/") {
		return ErrInvalidZone
	}
	return nil
}

// zoneSyntax checks the grammar time-zone-name of RFC 9557 §4.1: parts divided by slashes, of
// letters, digits, dot, underscore, plus and minus, none starting with a digit or sign. Two dots
// in a row are refused as well, as time.LoadLocation does.
func zoneSyntax(name string) error {
	if len(name) > maxZone {
		return fmt.Errorf("zone longer than %d bytes: %w", maxZone, ErrInvalidZone)
	}
	for part := range strings.SplitSeq(name, "/") {
		if part == "" || part == "." || strings.Contains(part, "..") || strings.IndexByte("0123456789+-", part[0]) >= 0 {
			return fmt.Errorf("zone %s: %w", quote(name), ErrInvalidZone)
		}
		for i := range len(part) {
			if !zoneByte(part[i]) {
				return fmt.Errorf("zone %s: %w", quote(name), ErrInvalidZone)
			}
		}
	}
	return nil
}

func zoneByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("._+-", c) >= 0
}

// span is a stretch of time, in Unix seconds [start, end), in which a zone keeps one offset in
// seconds east of UTC.
type span struct{ start, end, offset int64 }

// step is how far apart spans looks at a zone's offset, in seconds. In no zone of the IANA
// database (2026) do two changes lie within 26 hours, so none can hide between two looks.
const step = 6 * 3600

// spans divides [from, to) at the changes of loc's offset, which it finds by bisection.
// Time.ZoneBounds would be the obvious way, but its ends are inexact where a zone's future rules
// apply: on 31 December of a leap year the end that it gives lies in the past (Go 1.26,
// zoneinfo.go, tzset).
func spans(loc *time.Location, from, to int64) []span {
	offsetAt := func(unix int64) int64 {
		_, offset := time.Unix(unix, 0).In(loc).Zone()
		return int64(offset)
	}
	var all []span
	start, offset := from, offsetAt(from)
	for t := from; t < to; {
		next := min(t+step, to)
		if offsetAt(next) == offset {
			t = next
			continue
		}
		before, after := t, next // The offset is the old one at before and another at after.
		for after-before > 1 {
			middle := before + (after-before)/2
			if offsetAt(middle) == offset {
				before = middle
			} else {
				after = middle
			}
		}
		all = append(all, span{start, after, offset})
		start, offset, t = after, offsetAt(after), after
	}
	return append(all, span{start, to, offset})
}

// farthest is how far, in seconds, local time is from UTC at most. The database's extreme is
// 15:56, Manila's before 1844.
const farthest = 16 * 3600

// instantsOf returns the Unix times, at most a few and in order, at which loc's clocks show the
// wall time, which is given in seconds as if it were UTC. None is a gap, several are a fold.
func instantsOf(loc *time.Location, wall int64) []int64 {
	var found []int64
	for _, s := range spans(loc, wall-farthest, wall+farthest+1) {
		if t := wall - s.offset; s.start <= t && t < s.end {
			found = append(found, t)
		}
	}
	return found
}

// dayOf returns the Unix times of the first instant of the day that starts at the wall time
// midnight, and of the first after its last. They are equal if loc's clocks skip the whole day. A
// day that is left and entered again by a change just after midnight counts from its first
// instant to its last.
func dayOf(loc *time.Location, midnight int64) (start, end int64) {
	const day = 24 * 3600
	for _, s := range spans(loc, midnight-farthest, midnight+day+farthest) {
		from, to := max(s.start, midnight-s.offset), min(s.end, midnight+day-s.offset)
		if from >= to {
			continue
		}
		if end == start {
			start = from
		}
		end = to
	}
	return start, end
}
