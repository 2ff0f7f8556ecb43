package lexicon

import (
	"strings"
	"time"
)

// possible reports whether the calendar has the day; a date without year may be one of a leap year.
func (a date) possible() bool {
	y := a.year
	if y == 0 {
		y = 2000
	}
	if a.month < 1 || a.month > 12 || a.day < 1 {
		return false
	}
	return a.day <= time.Date(y, time.Month(a.month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

func (a date) weekday() time.Weekday {
	return time.Date(a.year, time.Month(a.month), a.day, 0, 0, 0, 0, time.UTC).Weekday()
}

// ImpossibleDates finds dates that the calendar lacks (MS-015): "2026-02-30", "31 November".
func (d *Document) ImpossibleDates() []Found {
	var all []Found
	for _, a := range d.dates {
		if !possibleSomehow(a) {
			all = append(all, d.spanned(a, "no calendar has it"))
		}
	}
	return all
}

func possibleSomehow(a date) bool {
	for _, r := range a.readings() {
		if r.possible() {
			return true
		}
	}
	return false
}

func (d *Document) spanned(a date, suggest string) Found {
	return Found{int(a.text), int(a.start), int(a.end), d.sources[a.text].Text[a.start:a.end], suggest, Error}
}

// WrongWeekdays finds weekdays that are not those of the dates beside them (MS-014): "Wednesday 24th November 2026".
func (d *Document) WrongWeekdays() []Found {
	var all []Found
	for _, a := range d.dates {
		if a.year == 0 || !possibleSomehow(a) {
			continue
		}
		v := d.viewAt(int(a.text), int(a.from), int(a.to))
		k, ok := v.weekdayBefore()
		if ok && a.form == named {
			all = append(all, v.rangeStart(a, k)...)
		}
		if !ok {
			k, ok = v.weekdayAfter()
		}
		if ok {
			all = append(all, v.judge(a, k, min(k, v.i), max(k+1, v.j))...)
		}
	}
	return all
}

// judge reports the tokens from to before to if token k is the weekday of no reading of the date.
func (v view) judge(a date, k, from, to int) []Found {
	said := weekdayNumber(v.at(k))
	var is time.Weekday
	for i, r := range a.readings() {
		if !r.possible() {
			continue
		}
		if r.weekday() == said {
			return nil
		}
		if i == 0 || !a.possible() {
			is = r.weekday()
		}
	}
	return []Found{v.d.found(v.text, from, to, Error, "that day is a "+is.String())}
}

// weekdayBefore returns the weekday that stands before the date, through a comma, a bracket or "the".
func (v view) weekdayBefore() (int, bool) {
	k := v.i - 1
	for ; k >= v.i-3 && v.is(k, ",", "(", "the", ".", "["); k-- {
	}
	return k, k >= 0 && v.isWeekday(k) && !v.rangeOfDays(k)
}

// weekdayAfter returns the weekday that follows the date and belongs to it: "2026-11-25 (Wed)", "falls on a Wednesday".
func (v view) weekdayAfter() (int, bool) {
	k := v.j
	for ; k < v.j+6 && v.is(k, ",", "(", "is", "a", "falls", "on", "which", "was", "will", "be", "[", "that", "fall", "lands"); k++ {
	}
	if k >= len(v.tokens) || !v.isWeekday(k) || v.rangeOfDays(k) || v.tokens[k].first {
		return 0, false
	}
	if v.is(k-1, "on") && !v.is(k-2, "falls", "fall", "lands", "is", "be") || v.is(k-1, "a") && v.is(k-2, "on") && !v.is(k-3, "falls", "fall", "lands", "is", "be") {
		return 0, false
	}
	follows := k+1 < len(v.tokens) && !v.tokens[k+1].first && v.kind(k+1) != Mark
	clock := v.kind(k+1) == Number && strings.IndexByte(v.at(k+1), ':') > 0
	if v.is(v.j, "and") || follows && !clock && v.kind(k-1) != Word {
		return 0, false // the weekday goes on: "2026-11-27, Monday standup", "Monday 2026-11-30"
	}
	if v.is(k+1, ",", "the", "(") && v.kind(k+2) == Number && strings.IndexByte(v.at(k+2), ':') < 0 {
		return 0, false
	}
	return k, true
}

// rangeStart judges the first day of "Monday 23rd - Thursday 26th March 2026", where k is the second weekday.
func (v view) rangeStart(a date, k int) []Found {
	if !v.is(k-1, "-", "–", "—", "to", "and", "until", "through", "/") || k < 3 || v.kind(k-2) != Number || !v.isWeekday(k-3) {
		return nil
	}
	_, day, _ := days(v.at(k - 2))
	if a.day = day; day == 0 || !a.possible() {
		return nil
	}
	return v.judge(a, k-3, k-3, v.j)
}

func (v view) isWeekday(k int) bool {
	return v.class(k)&weekday != 0 && v.tokens[k].shape&capital != 0
}

// rangeOfDays reports "Mon-Wed" and "Monday to Friday", which no single date has to match.
func (v view) rangeOfDays(k int) bool {
	joins := []string{"-", "–", "—", "to", "through", "/", "and", "or", "until"}
	return v.is(k-1, joins...) && v.class(k-2)&weekday != 0 || v.is(k+1, joins...) && v.class(k+2)&weekday != 0
}

func weekdayNumber(s string) time.Weekday {
	for w := time.Sunday; w <= time.Saturday; w++ {
		if strings.EqualFold(s[:3], w.String()[:3]) {
			return w
		}
	}
	return -1
}

// ForeignDates finds dates and times in other shapes than RFC 3339's and ISO 8601's (TIME-001): "Dec 8, 10pm ET".
func (d *Document) ForeignDates() []Found {
	var all []Found
	for text := range d.sources {
		tokens, dates := d.Tokens(text), d.datesOf(text)
		for i := 0; i < len(tokens); {
			if tokens[i].Kind != Number && d.table.classes[tokens[i].word]&(month|clockWord) == 0 {
				i++
				continue
			}
			v := d.viewAt(text, i, i+1)
			for len(dates) > 0 && int(dates[0].from) < i {
				dates = dates[1:]
			}
			to := i
			if tokens[i].Kind == Number && placeless(v.at(i)) {
				to = i + 1
			}
			if len(dates) > 0 && int(dates[0].from) == i && dates[0].form != isoForm {
				to = int(dates[0].to)
			}
			if to == i {
				to = v.clock(i)
			} else {
				k := to
				for k < to+2 && v.is(k, ",", "at", "@", "by", "-", "–") {
					k++
				}
				if end := v.clock(k); end > k {
					to = end
				}
			}
			if to > i {
				all = append(all, d.found(text, i, to, Error, "write it as 2026-12-08T22:00:00-05:00"))
				i = to
				continue
			}
			i++
		}
	}
	return all
}

// placeless reports a date-time without an offset, which RFC 3339 does not have and nobody can place.
func placeless(s string) bool {
	return iso(s) > 0 && len(s) > 13 && s[10] == 'T' && !strings.ContainsAny(s[11:], "Zz+-/[")
}

// clock returns the token after a 12-hour time, or a time with the abbreviation of a zone, that begins at token k; k if
// none does. UTC is no such abbreviation.
func (v view) clock(k int) int {
	if k >= len(v.tokens) {
		return k
	}
	end := k
	switch s := v.at(k); {
	case v.kind(k) == Number && twelveHours(s):
		end = k + 1
	case v.kind(k) == Number && hours(s) && v.is(k+1, "am", "pm", "a.m.", "p.m.", "o'clock"):
		end = k + 2
	case v.kind(k) == Number && hours(s) && strings.IndexByte(s, ':') > 0 && v.zone(k+1):
		return k + 2
	case v.kind(k) == Number:
		return v.shortDate(k)
	case v.class(k)&clockWord != 0 && v.zone(k+1):
		return k + 2
	}
	if end > k && (v.zone(end) || v.is(end, "UTC", "GMT", "Z")) {
		end++
	}
	return end
}

// zone reports the abbreviation of a zone: several zones share most of them.
func (v view) zone(k int) bool {
	return v.class(k)&zoneName != 0 && v.tokens[k].shape.upper() || v.is(k, "eastern", "pacific") && v.tokens[k].shape&capital != 0
}

// shortDate returns the token after "12/8" where a preposition makes it a date.
func (v view) shortDate(k int) int {
	a, b, ok := strings.Cut(v.at(k), "/")
	if !ok || !allDigits(a) || !allDigits(b) || len(a) > 2 || len(b) > 2 || number(a) == 0 || number(b) == 0 || number(a) > 31 || number(b) > 31 || number(a) > 12 && number(b) > 12 {
		return k
	}
	if v.is(k-1, "by") && number(a) < number(b) && number(b) < 6 {
		return k // "reduced by 1/2"
	}
	if !v.is(k-1, "on", "by", "until", "before", "after", "since", "from", "due", "dated", "till", "starting", "effective") {
		return k
	}
	if k+1 < len(v.tokens) && !v.tokens[k+1].first && v.kind(k+1) == Word && !v.is(k+1, "at", "and", "to", "through", "for", "until", "in", "before", "with", "or", "if", "when", "ET", "PT", "UTC") || v.kind(k+1) == Number && strings.IndexByte(v.at(k+1), ':') < 0 && !twelveHours(v.at(k+1)) {
		return k
	}
	return k + 1
}

// twelveHours reports "10pm", "10:30AM".
func twelveHours(s string) bool {
	n := len(s)
	return n > 2 && n < 9 && (s[n-1]|0x20 == 'm') && (s[n-2]|0x20 == 'p' || s[n-2]|0x20 == 'a') && hours(s[:n-2])
}

// hours reports a time of day in figures: "10", "10:30", "22:00:00", "10.30".
func hours(s string) bool {
	n := digitsOf(s)
	if n == 0 || n > 2 || number(s[:n]) > 24 {
		return false
	}
	for s = s[n:]; s != ""; s = s[3:] {
		if len(s) < 3 || s[0] != ':' && s[0] != '.' || digitsOf(s[1:]) < 2 {
			return false
		}
	}
	return true
}
