package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// dateTokens are an ISO date, a time of day, a number with its ordinal, a word
// and anything else, one by one.
var dateTokens = regexp.MustCompile(`\d{4}-\d{1,2}-\d{1,2}|\d{1,2}:\d{2}(?:\s*[aApP][mM]\b)?|\d+(?:st|nd|rd|th)?|\pL+|[^\s\pL\d]`)

const maxDateTokens = 40

// zones are the zone words that timelines use. Offsets of abbreviations are
// those of RFC 2822 §4.3, the only ones that a standard gives.
var zones = map[string]string{
	"utc": "Z", "gmt": "Z", "z": "Z", "aoe": "AoE",
	"est": "-05:00", "edt": "-04:00", "cst": "-06:00", "cdt": "-05:00",
	"mst": "-07:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00",
}

// fillers carry no meaning between the parts of a date.
var fillers = map[string]bool{",": true, ".": true, "(": true, ")": true, "of": true, "the": true, "at": true, "on": true}

func isDash(token string) bool {
	switch strings.ToLower(token) {
	case "-", "–", "—", "to", "until":
		return true
	}
	return false
}

// point is what has been read of one moment; zero fields are not given.
type point struct {
	year, month, day int
	ordinal          string
	weekday          time.Weekday
	hasWeekday       bool
	hour, minute     int
	hasTime          bool
	zone             string // an offset, "Z" or "AoE"
}

// take reads one token.
func (p *point) take(token string) error {
	lower := strings.ToLower(token)
	switch {
	case fillers[lower]:
		return nil
	case token[0] >= '0' && token[0] <= '9':
		return p.takeDigits(lower)
	}
	if zone, ok := zones[lower]; ok {
		return set(&p.zone, zone, token)
	}
	if m := month(lower); m != 0 {
		return set(&p.month, m, token)
	}
	if d, ok := weekday(lower); ok {
		if p.hasWeekday {
			return fmt.Errorf("a second weekday %q", token)
		}
		p.weekday, p.hasWeekday = d, true
		return nil
	}
	return fmt.Errorf("%q is no part of a date that is known", token)
}

func (p *point) takeDigits(token string) error {
	if strings.Contains(token, ":") {
		return p.takeTime(token)
	}
	if parts := strings.Split(token, "-"); len(parts) == 3 {
		if p.year != 0 || p.month != 0 || p.day != 0 {
			return fmt.Errorf("a second date %q", token)
		}
		p.year, p.month, p.day = atoi(parts[0]), atoi(parts[1]), atoi(parts[2])
		return nil
	}
	digits := strings.TrimRight(token, "stndrh")
	switch n := atoi(digits); {
	case len(digits) == 4 && digits == token:
		return set(&p.year, n, token)
	case len(digits) <= 2:
		p.ordinal = token[len(digits):]
		return set(&p.day, n, token)
	}
	return fmt.Errorf("%q is neither a day nor a year", token)
}

func (p *point) takeTime(token string) error {
	if p.hasTime {
		return fmt.Errorf("a second time %q", token)
	}
	hour, minute, _ := strings.Cut(token, ":")
	p.hour, p.minute, p.hasTime = atoi(hour), atoi(minute[:2]), true
	switch half := strings.TrimSpace(minute[2:]); {
	case half == "":
	case p.hour < 1 || p.hour > 12:
		return fmt.Errorf("%q is no time of day", token)
	case half == "am":
		p.hour %= 12
	default:
		p.hour = p.hour%12 + 12
	}
	return nil
}

// set fills a part that has to be given once and not be zero.
func set[T comparable](part *T, v T, token string) error {
	var zero T
	if *part != zero {
		return fmt.Errorf("%q is one part too many", token)
	}
	if v == zero {
		return fmt.Errorf("%q is no part of a date", token)
	}
	*part = v
	return nil
}

// atoi reads digits that a pattern has matched, at most four.
func atoi(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// month reads a month in full or cut to three letters or more.
func month(word string) int {
	for m := time.January; m <= time.December; m++ {
		if cutTo(word, m.String()) {
			return int(m)
		}
	}
	return 0
}

// weekday reads a weekday in full, cut to three letters or more, or "weds".
func weekday(word string) (time.Weekday, bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if cutTo(word, d.String()) || word == "weds" && d == time.Wednesday {
			return d, true
		}
	}
	return 0, false
}

func cutTo(word, name string) bool {
	return len(word) >= 3 && strings.HasPrefix(strings.ToLower(name), word) || word == "sept" && name == "September"
}
