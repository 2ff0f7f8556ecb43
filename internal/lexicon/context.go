package lexicon

import (
	"slices"
	"strings"
)

// ExternalContext finds references to what the reader cannot see (LANG-005).
func (d *Document) ExternalContext() []Found { return d.listed(contextual) }

const bringIn = "state it here, or link the record by id"

var contextLists = []list{
	{contextual, Error, bringIn, unlessRecorded, `
as (previously|already|earlier|we|recently|just|you|also|briefly|verbally|informally|) (discussed|agreed|mentioned|noted|explained|communicated|decided|stated|announced|covered|outlined|described|shared|promised|arranged|planned|indicated|suggested|requested|told|established|talked about|said)
(discussed|agreed|mentioned|decided|covered|explained|raised|shared|communicated|talked about|announced) (previously|earlier|before|already|verbally|offline|yesterday|last time|elsewhere|separately|informally|by phone|over lunch)
(discussed|agreed|mentioned|decided|covered|raised|explained|shared|communicated|talked about|settled|confirmed|posted|given|described|listed|noted) (in|on|at|during|over|via) (the|our|that|a|last|this|yesterday's|today's|my|their) (last|previous|earlier|recent|other|weekly|daily|monday|) (call|meeting|thread|chat|email|e-mail|mail|slack|slack thread|slack channel|conversation|sync|standup|stand-up|war room|hallway|huddle|discussion|channel|retro|retrospective|planning|dm|workshop|kickoff|kick-off|planning session|session|demo|presentation|all-hands|town hall|briefing|training)
(outlined|presented|shown|demonstrated|reviewed|detailed|stated|defined|proposed|requested|noted|promised|laid out) (in|at|during|on) (the|our|that|my|a|last week's|yesterday's|his|her|their) (last|previous|earlier|recent|other|) (kickoff|kick-off|planning|planning session|call|meeting|workshop|demo|presentation|all-hands|town hall|briefing|session|sync|email|e-mail|message|chat|thread|standup|retro|training|slides|deck)
(sent|gave|told|showed|mailed|forwarded|messaged|emailed) (you|us|me|them|everyone|everybody|around|out); (see|refer to|consult) (the|that|his|her|their|our) (ticket|tickets|issue|story|epic|pull request|pr|doc|docs|document|page|spec|spreadsheet|deck|wiki|link|file|link above|confluence page|jira|jira ticket|runbook|other runbook|slides|diagram|readme|email chain)
(discussed|agreed|mentioned|decided|shared|confirmed|raised|sent|explained|communicated) (on|in|over|via|by) (slack|email|e-mail|teams|zoom|chat|phone|dm|mail|private)
(per|as per|according to|see|following|based on|from|check|refer to|in|like in|given|after|under|to) (the|our|my|your|that|yesterday's|last week's|today's|his|her|their|this morning's|) (last|previous|earlier|recent|prior|usual|other|original|attached|forwarded|) (conversation|discussion|discussions|chat|call|email|e-mail|emails|mail|thread|email thread|slack thread|slack message|slack conversation|slack discussion|meeting|meeting notes|sync|message|standup|stand-up|huddle|dm|verbal agreement)
(previous|earlier|prior|last|my last|our last|that|the other) (conversation|conversations|discussion|discussions|email|e-mail|emails|call|thread|chat|mail|message|meeting|sync)
(we|they|i|you) (discussed|talked|spoke|agreed|mentioned|decided|chatted)
see (previous|earlier|prior|the last) (email|e-mail|mail|thread|message|ticket|release notes|release plan|packet|plan|document|version of this document)
(see|in|per|open|check|from) (the|) (attached|attachment|attachments|enclosed|forwarded); see slack; see email; see thread; see wiki; see chat`},
	{contextual, Error, bringIn, unlessUsual, `
(the|our|their|its|his|her|that|a|all the|in the|at the) usual (way|place|process|procedure|steps|people|suspects|channel|channels|time|manner|drill|contact|contacts|rules|checks|caveats|approvers|approver|dashboard|dashboards|location|team|link|runbook|window|script|spot|folder|owner|format|order|bridge|crew|list|reviewers|commands|routine|)
as usual; per usual; as per usual; as always; as ever; (same|just) as (last|previous) time; same as (before|last time|always|last release|usual|last week|last quarter|ever|previously|the last one|the last release|the last time|previous release); (same|the same) (drill|procedure|process|way|steps|people|approach|plan) as (before|last time|always|usual|ever|last release|the last release|last week|last quarter|previously|in the last release)
(like|as) (last time|before|the last time|the last release|last release|in the last release|last week|last quarter|last month|always|we always do|we did|we did before|we did last time|we do|previously); same drill; the drill; (as|like) in (previous|earlier|past|prior|former|the previous|the last|last) (releases|release|launches|rollouts|times|years|cycles|one|time|quarter)
(the|our|their|in the|in our) (normal|standard|regular|ordinary|customary|well-known|known|familiar|typical|traditional|established|existing|same old) (way|drill|place|people|channels|suspects|routine|crew|spot|workaround|trick|caveats|manner|fashion|procedure|procedures|protocol|practice|practices)
(follow|following|per|use|via|through|apply|according to|using|under|by|as per|with|follows|run) (the|our|) (standard|normal|regular|established|existing|agreed|known|ordinary|customary|usual|internal) (procedure|process|procedures|processes|steps|practice|practices|protocol|workflow|rules|approach|policy|guidelines|runbook|channels|escalation path|escalation process|checklist|template|method|way|path|rollback|sequence)
(same|settings|approach|process|procedure|steps|plan|way|values|thresholds|sequence|template|config|configuration|order|list|runbook|script|team|schedule|timeline|people|owners|checks) (settings|approach|process|procedure|steps|plan|way|values|thresholds|sequence|template|config|configuration|order|list|runbook|script|team|schedule|timeline|people|owners|checks|) (as|from|in|used in|used for|of|we used in|we used for|for|we used|as in|as for|as with|used during|as during) (the|our|) (last|previous|prior|earlier|past) (release|releases|deployment|rollout|time|launch|incident|upgrade|migration|cutover|window|one|sprint|quarter|year|month|cycle)
(business|everything|all|rest|work) as usual; like we (always|usually|normally) do; the way we (always|usually|normally) (do|did); the way it (always|usually|normally) (works|is done|was done)`},
	{contextual, Error, bringIn, unlessRecorded, `
as (you|we|everyone|everybody|many of you|most of you|the team|all) (know|knows|all know|may know|might know|remember|recall|may remember|probably know|already know|is aware|are aware|will recall|will remember|can see|saw)
(well|widely|commonly|generally|already) known; (everyone|everybody) (knows|remembers|understands|is aware); (you|everyone|everybody|people|the team|we all|we|they) (already|all|will|) (know|knows|remember|remembers|recall) (this|that|the|how|what|who|where|why|about|which); needless to say; goes without saying; it is well known; is well known; well known to; known to (all|everyone|everybody|the team)
as (i|we|he|she|they|you) (said|say|wrote|put it|explained|told you|mentioned|noted|discussed|agreed|decided); (ask|ping|dm|contact|call|talk to|speak to|check with|reach out to|get in touch with|email) (me|him|her|us|them|someone|somebody|the usual|around|the person who|the guy|whoever|the people who|one of us|anyone); (someone|somebody|who) (knows|has the details|has details|has the context); knows the details; has the (details|context|background|specifics); the guy who; the person who; whoever (wrote|built|did|ran|set)
(described|documented|explained|listed|covered|defined|detailed|specified|found|recorded|tracked|kept|available|stored|discussed|noted|given|held|handled) (elsewhere|somewhere|somewhere else|separately|in another document|in a separate document|in the other document|in the other doc|in some doc|on the wiki|in the wiki|on confluence|in confluence|in the shared drive|on the shared drive|in the shared folder|in the spreadsheet|in the usual|in my notes|in the deck|in the slides|in the doc|in the google doc|in slack|in email|in our chat|in the chat|in the channel|in the thread|in the email)
(see|check|refer to|in|on|per|from|use|follow|consult) (the|our|that|their|his|her|my) (wiki|doc|google doc|other doc|other document|deck|slides|spreadsheet|shared drive|shared folder|notes|sheet|old doc|old runbook|old ticket|other ticket|other page|earlier doc|earlier document|previous document|previous doc|previous packet|previous plan|recording|whiteboard|wiki page)
(that|the|this) (issue|bug|problem|incident|outage|thing|workaround|trick|fix) from (last time|before|last week|the last release|last release|last month|last quarter|the other day|earlier|yesterday|last sprint); that (thing|one) (we|from|with)
for (the|) (history|context|background|backstory) see; long story short; the other day; tribal knowledge; from memory; (read|see) between the lines; you know (who|what|the|which|how|where); if you know you know; iykyk; (remember|recall) (the|that|when|how|what|last); long-standing (agreement|practice); gentlemen's agreement; (verbal|verbally|informal|hallway|handshake) (agreement|agreed|approval|approved|ok|confirmation|conversation|consent|go-ahead)
(take|taken|took|taking|discuss|discussed|agreed|handled|resolved|settled) (it|this|that|) offline; (more|further) (details|info|information|context) (elsewhere|on request|offline|available on request); out of band; (whatever|what) (we|they) (agreed|decided|discussed|did)`},
}

// unlessRecorded spares what names its record at once: "as agreed in CHG-4471", "see the thread in [KB-501](…)", and
// what points into the document itself.
func unlessRecorded(v view) bool {
	if v.next("above", "below", "here") || v.is(v.j-1, "planned") && !v.is(v.j-2, "previously", "already") && v.is(v.i, "as") && !v.next("before", "earlier") {
		return true
	}
	if v.is(v.j-1, "known") && v.next("port", "ports", "endpoint", "endpoints", "uri", "url", "path", "issue", "issues", "good", "limitation") {
		return true
	}
	if v.is(v.i, "remember", "recall", "from") && v.next("me", "limit", "usage", "leak", "pressure", "footprint") {
		return true
	}
	if v.quoted() {
		return true
	}
	for k := v.j; k < len(v.tokens) && k < v.j+7 && !v.tokens[k].first; k++ {
		switch v.kind(k) {
		case URL, Code:
			return true
		case Identifier:
			if k == v.j || v.is(k-1, "in", "see", "under", "per", "at", "from", "by", "(", ":", "[", ",", "–", "—", "ticket", "record", "change", "issue", "runbook") {
				return true
			}
		case Number:
			return v.is(k-1, "section", "sections", "question", "issue", "item", "table", "step", "row", "chapter", "clause", "appendix", "version", "rfc", "iso", "figure")
		}
		if v.is(k, "section", "table", "overview", "matrix", "register", "annex", "timeline", "catalog", "checklist", "glossary", "appendix") {
			return true
		}
		if v.is(k, ".", ";") {
			break
		}
	}
	return false
}

// unlessUsual spares comparisons that go on: "as before the migration", "the last time the job ran".
func unlessUsual(v view) bool {
	return v.is(v.j-1, "usual") && v.next("load", "traffic", "latency", "peak", "volume", "rate", "range", "value") || v.nextIs(determiner) && !v.is(v.j-1, "usual") || v.before("not", "than", "above", "below", "exactly", "twice", "least", "most") && v.is(v.i, "the") && v.is(v.j-1, "usual") ||
		v.is(v.i, "as", "like") && v.is(v.j-1, "always", "ever", "do") && v.before("same") || v.is(v.i, "like", "as") && v.is(v.j-1, "before") && v.kind(v.j) == Number
}

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
