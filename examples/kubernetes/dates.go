package main

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/release/value"
)

// dated is what a cell of the timeline says about time: a moment, or a span of
// days if until is given.
type dated struct {
	at, until value.When
	weekdays  []string // those that are not the dates' own
	notes     []string // what else does not fit together, although it can be read
	fault     error    // the calendar or the clock has no such moment, which is kept as written
}

// parseDate reads the forms that release timelines use:
//
//	Monday 12th January 2026
//	Monday 23rd - Thursday 26th March 2026
//	Wednesday 4th February 2026 (AoE) / Thursday 5th February 2026, 12:00 UTC
//	02:00 UTC Friday 14th February 2025 / 18:00 PST Thursday 13th February 2025
//	2026-02-04
//
// Several forms of one moment, divided by slashes, have to agree. The deadline
// or the first form with a time is the one that is returned, unless one cannot
// be: then it is that one, for the rules of the plan to name. A weekday that is
// not that of its date is told: which of the two is meant is not known, and the
// date is taken. So is an ordinal that may stand for another number, as in
// "25nd", unless the weekday shows which one is meant. "23th" means 23.
func parseDate(s string) (dated, error) {
	var forms []dated
	for form := range strings.SplitSeq(s, "/") {
		d, err := parseForm(form)
		if err != nil {
			return dated{}, fmt.Errorf("%.100q: %w", s, err)
		}
		forms = append(forms, d)
	}
	best := choose(forms)
	var weekdays, notes []string
	for _, f := range forms {
		weekdays, notes = append(weekdays, f.weekdays...), append(notes, f.notes...)
		if err := agree(best, f); err != nil && best.fault == nil {
			return dated{}, fmt.Errorf("%.100q: %w", s, err)
		}
	}
	best.weekdays, best.notes = weekdays, notes
	return best, nil
}

// choose returns the form that cannot be, or else the first that says more than
// the day, or else the first.
func choose(forms []dated) dated {
	best := forms[0]
	for _, f := range forms {
		if f.fault != nil {
			return f
		}
		if best.at.Precision() == value.DatePrecision && f.at.Precision() != value.DatePrecision {
			best = f
		}
	}
	return best
}

// agree reports two forms that cannot be one moment. An instant agrees with a
// day if it lies in it, its end included: a deadline is where a day ends.
func agree(a, b dated) error {
	if a.until != b.until {
		return errors.New("a span of days and something else for one moment")
	}
	from, to, err1 := a.at.Interval()
	start, end, err2 := b.at.Interval()
	switch {
	case err1 != nil || err2 != nil:
		return nil // a local time that nobody can place; rules of the plan say so
	case start.After(to):
		return fmt.Errorf("%s and %s are %s apart", a.at, b.at, start.Sub(to))
	case from.After(end):
		return fmt.Errorf("%s and %s are %s apart", a.at, b.at, from.Sub(end))
	}
	return nil
}

// parseForm reads one form: a moment or a span of days.
func parseForm(s string) (dated, error) {
	tokens := dateTokens.FindAllString(s, maxDateTokens)
	if len(tokens) == 0 {
		return dated{}, errors.New("no date")
	}
	if len(tokens) == maxDateTokens {
		return dated{}, errors.New("too long for a date")
	}
	var first, second point
	at := &first
	for i, t := range tokens {
		if isDash(t) {
			if at == &second || i == 0 || i == len(tokens)-1 {
				return dated{}, errors.New("a dash that divides no two days")
			}
			at = &second
			continue
		}
		if err := at.take(t); err != nil {
			return dated{}, err
		}
	}
	if at == &first {
		return first.when()
	}
	return span(first, second)
}

// span joins the two ends of a span of days. Month and year may stand at the
// later end only.
func span(first, second point) (dated, error) {
	if first.month == 0 {
		first.month = second.month
	}
	if first.year == 0 {
		first.year = second.year
	}
	d, err := first.when()
	if err != nil {
		return dated{}, err
	}
	last, err := second.when()
	if err != nil {
		return dated{}, err
	}
	order, err := d.at.Compare(last.at)
	days := d.at.Precision() == value.DatePrecision && last.at.Precision() == value.DatePrecision
	if err == nil && order == value.After || days && d.at.DateString() > last.at.DateString() {
		return dated{}, fmt.Errorf("ends on %s, before it begins on %s", last.at, d.at)
	}
	d.until, d.fault = last.at, cmp.Or(d.fault, last.fault)
	d.weekdays, d.notes = append(d.weekdays, last.weekdays...), append(d.notes, last.notes...)
	return d, nil
}

// when builds the moment that a point describes.
func (p point) when() (dated, error) {
	switch {
	case p.day == 0:
		return dated{}, errors.New("no day of the month")
	case p.month == 0:
		return dated{}, errors.New("no month")
	case p.year == 0:
		return dated{}, errors.New("no year")
	}
	w, err := p.build()
	if err != nil {
		return dated{}, err
	}
	d := dated{at: w}
	if err := w.Fault(); errors.Is(err, value.ErrInvalidDate) || errors.Is(err, value.ErrInvalidTime) {
		d.fault = err
	} else if err != nil {
		return dated{}, err
	}
	day, known := w.Weekday()
	agrees := p.hasWeekday && known && day == p.weekday
	if p.hasWeekday && known && !agrees {
		d.weekdays = append(d.weekdays, fmt.Sprintf("%s is a %s, not a %s", w.DateString(), day, p.weekday))
	}
	if p.ordinal != "" && p.ordinal != "th" && p.ordinal != ordinal(p.day) && !agrees {
		d.notes = append(d.notes, fmt.Sprintf("%d%s for %d%s", p.day, p.ordinal, p.day, ordinal(p.day)))
	}
	return d, nil
}

func (p point) build() (value.When, error) {
	month := time.Month(p.month)
	endOfDay := !p.hasTime || p.hour == 23 && p.minute == 59
	switch {
	case p.zone == "AoE" && endOfDay:
		return value.AoE(p.year, month, p.day), nil
	case !p.hasTime && p.zone == "":
		return value.Date(p.year, month, p.day), nil
	case !p.hasTime && p.zone == "Z":
		return value.Date(p.year, month, p.day).In("UTC"), nil
	case !p.hasTime:
		return value.When{}, errors.New("a zone without a time")
	}
	offset := p.zone
	if offset == "AoE" {
		offset = "-12:00"
	}
	return value.ParseWhen(fmt.Sprintf("%04d-%02d-%02dT%02d:%02d:00%s", p.year, p.month, p.day, p.hour, p.minute, offset))
}

func ordinal(day int) string {
	if day/10 == 1 {
		return "th"
	}
	switch day % 10 {
	case 1:
		return "st"
	case 2:
		return "nd"
	case 3:
		return "rd"
	}
	return "th"
}
