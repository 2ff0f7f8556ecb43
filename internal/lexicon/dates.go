package lexicon

import "strings"

// form is the shape of a calendar date.
type form uint8

const (
	isoForm   form = iota // 2026-12-08
	looseForm             // 2026-12-8, 2026/12/08
	figures               // 12/08/2026, 8.12.2026, 08-12-2026
	named                 // Dec 8, 8th of December 2026
)

// date is a calendar date in a text. Its fields are as written, possible or not.
type date struct {
	text, from, to int32 // tokens from before to
	start, end     int32 // bytes
	year           int   // 0: not given
	month, day     int
	form           form
}

// readings returns the date as day and month may be read: 12/08/2026 is the 8th of December or the 12th of August.
func (a date) readings() []date {
	b := a
	b.month, b.day = a.day, a.month
	if a.form != figures || a.month == a.day {
		return []date{a}
	}
	return []date{a, b}
}

// readDates adds the dates of one text.
func (d *Document) readDates(text int) {
	d.dateBounds = append(d.dateBounds, int32(len(d.dates)))
	tokens := d.Tokens(text)
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if t.Kind != Number && d.table.classes[t.word]&month == 0 {
			continue
		}
		v := d.viewAt(text, i, i+1)
		var to int
		switch {
		case t.Kind == Number && t.End-t.Start >= 6:
			to = v.figureDate()
		case t.Kind == Number:
			to = v.dayFirst(i)
		case t.shape&capital != 0:
			to = v.monthFirst()
		}
		if to > i {
			i = to - 1
		}
	}
}

func (d *Document) datesOf(text int) []date {
	end := int32(len(d.dates))
	if text+1 < len(d.dateBounds) {
		end = d.dateBounds[text+1]
	}
	return d.dates[d.dateBounds[text]:end]
}

func (v view) addDate(a date, from, to int) {
	a.text, a.from, a.to = int32(v.text), int32(from), int32(to)
	if a.end == 0 {
		a.start, a.end = v.tokens[from].Start, v.tokens[to-1].End
	}
	v.d.dates = append(v.d.dates, a)
}

// figureDate reads a date, or an interval of two, written in one token.
func (v view) figureDate() int {
	s := v.at(v.i)
	if n := iso(s); n > 0 {
		for at := 0; n > 0; {
			part := s[at:]
			start := v.tokens[v.i].Start + int32(at)
			v.addDate(date{start: start, end: start + int32(n), year: number(part[:4]), month: number(part[5:7]), day: number(part[8:10])}, v.i, v.i+1)
			slash := strings.IndexByte(part, '/')
			if slash < 0 {
				break
			}
			at += slash + 1
			n = iso(s[at:])
		}
		return v.i + 1
	}
	sep := strings.IndexAny(s, "/.-")
	if sep < 0 {
		return v.dayFirst(v.i)
	}
	a, rest := s[:sep], s[sep+1:]
	next := strings.IndexByte(rest, s[sep])
	if next < 0 {
		return v.dayFirst(v.i)
	}
	b, c := rest[:next], rest[next+1:]
	if m := monthNumber(b); m > 0 && len(a) <= 2 && number(a) > 0 && (len(c) == 2 || isYear(c)) {
		v.addDate(date{year: year(c), month: m, day: number(a), form: named}, v.i, v.i+1)
		return v.i + 1
	}
	switch plain := allDigits(a) && allDigits(b) && allDigits(c) && len(b) <= 2; {
	case plain && s[sep] != '.' && isYear(a) && len(c) <= 2:
		v.addDate(date{year: number(a), month: number(b), day: number(c), form: looseForm}, v.i, v.i+1)
	case plain && s[sep] == '.' && v.before("section", "version", "clause", "chapter"):
		return v.i
	case plain && len(a) <= 2 && (isYear(c) || s[sep] == '/' && len(c) == 2 && (c[0] == '2' || c[0] == '3')): // 5/25/50 is a ramp
		if s[sep] == '/' {
			v.addDate(date{year: year(c), month: number(a), day: number(b), form: figures}, v.i, v.i+1)
		} else {
			v.addDate(date{year: year(c), month: number(b), day: number(a), form: figures}, v.i, v.i+1)
		}
	default:
		return v.i
	}
	return v.i + 1
}

// iso returns the length of the date at the start of s if it is one in ISO 8601's extended form, alone or with a time,
// or the first of an interval.
func iso(s string) int {
	if len(s) < 10 || digitsOf(s) != 4 || s[4] != '-' || s[7] != '-' || digitsOf(s[5:]) != 2 || digitsOf(s[8:]) != 2 {
		return 0
	}
	if len(s) > 10 && s[10] != 'T' && s[10] != '/' && s[10] != '[' {
		return 0
	}
	return 10
}

// dayFirst reads "8 December 2026", "8th of December", "30-31 November 2026" from token i.
func (v view) dayFirst(i int) int {
	first, last, ordinal := days(v.at(i))
	if last == 0 {
		return i
	}
	k := i + 1
	if v.is(k, "of") {
		k++
	}
	if k >= len(v.tokens) || v.tokens[k].shape&capital == 0 || v.class(k)&month == 0 {
		return i
	}
	m := monthNumber(v.at(k))
	if v.is(k+1, ".") && len(v.at(k)) < 5 && v.kind(k+2) == Number {
		k++
	}
	y, to := v.yearAt(k + 1)
	if y == 0 && last > 31 && !ordinal {
		return i
	}
	if first > 0 {
		v.addDate(date{year: y, month: m, day: first, form: named}, i, to)
	}
	v.addDate(date{year: y, month: m, day: last, form: named}, i, to)
	return to
}

// monthFirst reads "Dec 8", "December 8th, 2026", "Nov. 30-31" from token i.
func (v view) monthFirst() int {
	k := v.i + 1
	if v.is(k, ".") && len(v.at(v.i)) < 5 {
		k++
	}
	if v.is(k, "the") {
		k++
	}
	if v.kind(k) != Number {
		return v.i
	}
	first, last, ordinal := days(v.at(k))
	if last == 0 {
		return v.i
	}
	y, to := v.yearAt(k + 1)
	if y == 0 && !ordinal {
		next := v.at(k + 1)
		counted := v.before("in") && k+1 < len(v.tokens) && v.tokens[k+1].shape.lower() && strings.HasSuffix(next, "s")
		if last > 31 || counted || v.class(k+1)&month != 0 && v.at(v.i) == "May" {
			return v.i
		}
	}
	m := monthNumber(v.at(v.i))
	if first > 0 {
		v.addDate(date{year: y, month: m, day: first, form: named}, v.i, to)
	}
	v.addDate(date{year: y, month: m, day: last, form: named}, v.i, to)
	return to
}

// yearAt reads an optional comma and a year from token k; it returns the year, 0 if none, and the token after.
func (v view) yearAt(k int) (year, to int) {
	n := k
	if v.is(n, ",") || v.is(n, "of") {
		n++
	}
	if s := v.at(n); v.kind(n) == Number && isYear(s) {
		return number(s), n + 1
	}
	return 0, k
}

// days reads "8", "8th", "23th", "30-31" and "30/31": the last day, and the first of a range, else 0.
func days(s string) (first, last int, ordinal bool) {
	if n := strings.IndexAny(s, "-/"); n > 0 {
		_, first, _ = days(s[:n])
		_, last, ordinal = days(s[n+1:])
		if first == 0 || last == 0 {
			return 0, 0, false
		}
		return first, last, ordinal
	}
	n := digitsOf(s)
	if n == 0 || n > 2 {
		return 0, 0, false
	}
	switch strings.ToLower(s[n:]) {
	case "":
	case "st", "nd", "rd", "th":
		ordinal = true
	default:
		return 0, 0, false
	}
	return 0, number(s[:n]), ordinal
}

func isYear(s string) bool {
	return len(s) == 4 && allDigits(s) && (s[:2] == "19" || s[:2] == "20" || s[:2] == "21")
}

func year(s string) int {
	if len(s) == 2 {
		return 2000 + number(s)
	}
	return number(s)
}

func allDigits(s string) bool { return s != "" && digitsOf(s) == len(s) }

// monthNumber returns the number of an English month, 0 if s is none.
func monthNumber(s string) int {
	if len(s) < 3 {
		return 0
	}
	for i, m := range [...]string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"} {
		if l := strings.ToLower(s); l == m || l == m[:3] || l == "sept" && i == 8 {
			return i + 1
		}
	}
	return 0
}
