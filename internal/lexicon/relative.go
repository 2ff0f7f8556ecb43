package lexicon

import (
	"slices"
	"strings"
)

// RelativeDates finds dates that depend on when they are read (LANG-006).
func (d *Document) RelativeDates() []Found { return d.listed(relative) }

const writeDate = "write the date, as in 2026-12-08"

const weekdayNames = `(monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)`

var relativeLists = []list{
	{relative, Error, writeDate, unlessTitled, `
today; tomorrow; yesterday; tonight; the day after tomorrow; the day before yesterday; today's; tomorrow's; yesterday's; tonight's
(later|earlier) (today|tonight|this week|this month|this year|this quarter|this morning|this afternoon|this evening|this sprint|in the day|in the week|in the month|in the quarter|in the year|next week|next month|that day|that week|on today|that night)
(early|late|mid|sometime|some time|beginning of|start of|end of|middle of|the end of|the start of|the beginning of|the middle of|first thing|toward the end of|towards the end of|by the end of|by end of|) (next|this|the coming|the upcoming) (week|month|year|quarter|sprint|weekend|fortnight|spring|summer|autumn|fall|winter|iteration)
(next|this coming|the coming|coming|upcoming|the upcoming|the next few|the following|following|next few|last few|past few|the last few|the past few|the coming few|in the coming|next couple of|the next couple of) (days|weeks|months|quarters|weekend|weekends|hours|minutes|sprints)
(this|next) (morning|afternoon|evening|night|weekend|month|quarter|year); last (week|month|year|night|weekend|quarter|sprint|fortnight|summer|spring|autumn|fall|winter)
(last week's|last month's|last year's|last night's|last quarter's|next week's|next month's|next year's|next quarter's|this week's|this month's|this year's|this quarter's|last sprint's|next sprint's)
(by|at|before|until|till|on|around|towards|from|) (end of day|end of business|end of business day|end of the day|end of week|end of the week|end of month|end of the month|end of quarter|end of the quarter|end of year|end of the year|close of business|close of play|end of sprint|end of the sprint|end of play|start of business|start of day|start of the week|beginning of the week|beginning of the month|start of the month)
(by|at|before|until|till|around|after) (month end|quarter end|year end); eod; cob; eow; eom; eoq; eoy; eob; (by|before|after) (lunch|lunchtime|dinner|breakfast|morning|the weekend|weekend|christmas|easter|thanksgiving|the holidays|the long weekend|new year|tea); over the (weekend|coming|next few|holidays|long weekend)
first thing; first thing in the morning; the other (day|week|night|morning); in the morning; in the afternoon; a (week|day|month|fortnight) (or two|or so)
(a|one|two|three|four|five|six|several|few|couple of) (day|days|week|weeks|month|months|year|years|hour|hours) from (now|today|tomorrow); from now; (from|as of|starting|effective|until|since|before|by|till) (now|today|tomorrow|yesterday)
in (a|one|two|three|four|five|six|seven|eight|nine|ten|a few|a couple of|the next few|several|the coming) (week|weeks|weeks'|days'|days|months|month|months'|fortnight|fortnights|sprint|sprints|quarters) time
mid-week; midweek; mid next week; next business day; (recently|lately|nowadays|these days); (at|by) (the latest|) (monday|tuesday|wednesday|thursday|friday) (morning|afternoon|evening|night); right now; at the moment; at present; ago
the (previous|coming|upcoming|current|following) (week|month|quarter|year|weekend|sprint); within the (week|month|day|quarter|sprint|hour); in the (coming|next|following|upcoming) (week|weeks|month|months|days|quarter|quarters|sprint|sprints|year)
this time (next|last) (week|month|year); before the (week|month|quarter|year|day|sprint) (is out|ends|is over)`},
	{relative, Error, writeDate, unlessSpan, `in (a|one|two|three|four|five|six|seven|eight|nine|ten|a few|a couple of|several) (day|days|week|weeks|month|months|sprint|sprints|fortnight|quarters); in a (day|week|month|fortnight) or (two|so)`},
	{relative, Error, writeDate, unlessMonth, `(early|mid|late|beginning of|end of|middle of|sometime in|some time in) (january|february|march|april|may|june|july|august|september|october|november|december)`},
	{relative, Error, writeDate, unlessDated, `(next|last|this|coming|this coming|the coming|the following|upcoming|this past|past|following) ` + weekdayNames},
	{relative, Error, writeDate, unlessRecurring, `(by|until|till|before|after|since|on|from|for|this|due|starting|come|late|early|through|) ` + weekdayNames},
	{relative, Error, writeDate, unlessRecurring, weekdayNames + ` (morning|afternoon|evening|night|noon|midday|midnight|lunchtime)`},
}

// unlessTitled spares names, functions, and spans that say what they follow: "the end of the month after the release".
func unlessTitled(v view) bool {
	if v.named() || v.kind(v.j) == Mark && v.is(v.j, "(") && v.is(v.j+1, ")") {
		return true
	}
	switch {
	case v.is(v.j-1, "day", "week", "month", "quarter", "year", "sprint", "weekend", "business") && v.next("of", "after", "before", "in", "that", "from", "following", "preceding"):
		return !v.next("after") || v.j+1 < len(v.tokens) && !v.is(v.j+1, "next", "tomorrow")
	case v.is(v.j-1, "days", "weeks", "months", "hours", "minutes", "sprints") && v.next("of", "after", "before", "following"):
		return true
	case v.is(v.i, "ago"):
		return v.before("long") && v.sentenceHas(riskWord)
	case v.is(v.i, "in", "over") && v.is(v.j-1, "morning", "afternoon"):
		return v.beforeIs(numeral) || v.kind(v.i-1) == Number
	case v.is(v.i, "first") && v.j == v.i+2:
		return v.next("to", "the", "that", "you", "we")
	case v.is(v.i, "the", "within") && v.is(v.j-1, "hour", "day", "week", "month", "quarter", "year"):
		return v.is(v.i+1, "previous", "current", "following", "same") && (v.before("of", "than", "with", "to", "over", "for") || v.sentenceHas(measureWord))
	case v.is(v.i, "last") && v.before("the"):
		return v.sentenceHas(measureWord)
	case v.is(v.i, "following", "upcoming", "coming") && v.j == v.i+2:
		return v.before("the", "on", "in") && v.next("approval", "the")
	case v.is(v.i, "today", "tonight"):
		return v.before("usa")
	}
	return false
}

// unlessMonth spares what is no month, and the month of a date.
func unlessMonth(v view) bool {
	last := v.at(v.j - 1)
	if n := strings.LastIndexByte(last, '-'); n >= 0 {
		last = last[n+1:]
	}
	return !isUpperByte(last[0]) || v.dated()
}

// unlessSpan spares durations: "in two weeks of observation", "3 times in a day".
func unlessSpan(v view) bool {
	return v.next("of", "after", "before", "following", "or") && !v.is(v.j-1, "two", "so") || v.before("times", "once", "twice", "days", "hours", "more", "than", "week", "month", "year") ||
		v.sentenceHas(measureWord)
}

// unlessDated spares a weekday beside its date.
func unlessDated(v view) bool { return v.dated() || v.named() }

// unlessRecurring spares weekdays that come again, ranges, holidays, and those beside their date.
func unlessRecurring(v view) bool {
	k := v.i
	for k < v.j-1 && v.class(k)&weekday == 0 {
		k++
	}
	if v.tokens[k].shape&capital == 0 || v.kind(k) != Word || v.dated() || v.quotedName() {
		return true // "sat", "sun" and "wed" are words
	}
	lo, hi := v.sentence()
	days := 0
	for n := lo; n < hi; n++ {
		if v.is(n, "every", "each", "weekly", "fortnightly", "recurring", "always", "never", "per", "fridays", "mondays", "schedule", "hours", "weekdays", "no", "biweekly", "rotation", "daily", "calendar") {
			return true
		}
		if v.class(n)&weekday != 0 {
			days++
		}
	}
	if v.next("-", "–", "to", "through", "/", "and") && v.class(v.j+1)&weekday != 0 || v.before("-", "–", "to", "through", "/", "and") && v.class(v.i-2)&weekday != 0 {
		return true
	}
	if v.before("black", "good", "cyber", "patch", "easter", "ash", "whit", "giving", "palm", "super", "bloody", "taco") {
		return true
	}
	return v.i == k && v.j == k+1 && (v.tokens[k].first || days > 1 || v.named())
}

// quotedName spares "on Sun" the vendor and weekdays inside a longer name: "Friday Deploy Bot".
func (v view) quotedName() bool {
	return v.j < len(v.tokens) && !v.tokens[v.j].first && v.tokens[v.j].shape&capital != 0 && v.kind(v.j) == Word && v.class(v.j)&month == 0
}

// dated reports that the sentence holds a calendar date: the weekday is its weekday, or can be placed by it.
func (v view) dated() bool {
	lo, hi := v.sentence()
	dates := v.d.datesOf(v.text)
	n, _ := slices.BinarySearchFunc(dates, lo, func(a date, lo int) int { return int(a.from) - lo })
	return n < len(dates) && int(dates[n].from) < hi
}
