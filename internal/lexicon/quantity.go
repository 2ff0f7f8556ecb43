package lexicon

import "strings"

// Unquantified finds quantities without a number (LANG-007).
func (d *Document) Unquantified() []Found {
	return d.listed(quantity)
}

const giveNumber = "give the number, or list them"

var quantityLists = []list{
	{quantity, Error, giveNumber, unlessCounted, `
several; numerous; various; countless; (a|the|quite a|only a|just a|very|relatively|) few; a couple of; a couple; couple of; a handful of; a handful; handful of
(a|any|some|an unknown|a certain|a small|a large|a growing|a significant|a limited|a high|a low|a huge|a great|a substantial|a considerable|a reasonable|a good|large|small|a vast|an increasing|an unusual|an unspecified) (number|amount|quantity|volume|percentage|proportion|share|portion|fraction|subset|set|group|minority|majority|range|variety|count|batch|part|sample|segment|chunk|pool|cohort|rate|bit|degree|deal|quota|series) of
(a|the|some) (small|large|limited|significant|certain|selected|vast|great|huge|tiny|overwhelming) (number|amount|quantity|volume|percentage|proportion|share|portion|fraction|subset|minority|majority|sample|group|cohort|segment|part|batch)
(the|a) (majority|bulk|minority|handful|lion's share|bunch|fraction|portion|proportion|subset|multitude|multiplicity|plethora|myriad|wealth|sprinkling|percentage) of; majority of; minority of
(high|low|large|small|heavy|increased|larger|smaller|higher|lower|growing) (volumes|volume|numbers|amounts|quantities|levels|counts) of; (add|provision|allocate|deploy|start|spin up|needs|need|hire|request|requires|require|wants|use) (more|some|some more|a few more)
(lots|tons|loads|plenty|heaps|piles|scores|dozens|hundreds|thousands|tens of thousands|hundreds of thousands|millions|bunches|masses) of; (tens|dozens|hundreds|thousands) of thousands of; a (lot|bunch|ton|load|heap|pile|bit|stack|mountain|raft|slew|string|dozen or so) of; a lot
a great many; a good many; ample; plenty; much of; most of; part of the (users|customers|traffic|fleet); parts of the (fleet|traffic); a dozen or so; a little; too much; so much; countless
(low|mid|high|double|single|triple) digit; (low|mid|high|double|single|triple) digits; multi-hour; multi-day; multi-week; several-hour; several-day; several-week; several-minute; a number; umpteen; a multitude of; myriad`},
	{quantity, Error, giveNumber, unlessMany, `many`},
	{quantity, Error, giveNumber, unlessSuperlative, `most; nearly all; almost all; virtually all`},
	{quantity, Error, giveNumber, unlessCertain, `certain`},
	{quantity, Warning, giveNumber, unlessMultiple, `multiple; some; enough; sufficient; insufficient; additional; extra`},
}

// unlessCounted spares names, and quantities whose items follow: "several services: orders-api, billing-api".
func unlessCounted(v view) bool {
	if v.is(v.i, "several") && (v.next("liability") || v.before("and") && v.is(v.i-2, "joint")) {
		return true
	}
	if v.named() || v.enumerated() || v.is(v.j-1, "of") && v.kind(v.j) == Number || v.is(v.j-1, "more") && (v.next("than") || v.kind(v.j) != Word) {
		return true
	}
	if v.is(v.i, "a", "the") && v.is(v.j-1, "number", "few") && v.is(v.i, "the") {
		return v.is(v.j-1, "number")
	}
	if v.is(v.i, "few") && (v.before("as", "how", "too", "so") || v.nextIs(numeral)) {
		return true
	}
	if v.is(v.i, "a", "the") && v.is(v.j-1, "of") && v.is(v.j-2, "set", "range", "series", "group", "batch", "pool", "fraction", "subset", "sample", "share", "portion", "percentage", "rate", "count") {
		return v.kind(v.j) == Number || v.nextIs(numeral) || v.j == v.i+3 && v.is(v.j-2, "set", "range", "series", "group", "batch", "pool", "rate", "count", "sample", "share")
	}
	if v.is(v.i, "a") && v.is(v.j-1, "little", "number", "couple", "lot") {
		return v.is(v.j-1, "number") || v.is(v.j-1, "couple") && v.next("of")
	}
	if v.is(v.i, "part", "much") && v.before("as", "how", "too") {
		return true
	}
	return v.is(v.i, "the") && v.is(v.j-1, "of") && v.is(v.j-2, "percentage", "fraction", "proportion", "portion", "subset", "share") && v.kind(v.j) != Word
}

// enumerated reports that the noun phrase is followed by its items or number.
func (v view) enumerated() bool {
	for k := v.j; k < len(v.tokens) && k < v.j+4 && !v.tokens[k].first; k++ {
		if v.is(k, ":") || v.is(k, "(") {
			return true
		}
		if v.kind(k) == Mark && !v.is(k, "-", "/") {
			return false
		}
	}
	return false
}

// unlessMany spares "how many", "as many as 5", the status "too many requests", "one to many".
func unlessMany(v view) bool {
	oneTo := v.before("to") && v.is(v.i-2, "one", "many")
	return v.before("how", "as", "too", "so") || oneTo || v.enumerated() || v.named()
}

// unlessSuperlative spares "the most severe defect" and "at most 5".
func unlessSuperlative(v view) bool {
	if !v.is(v.i, "most") {
		return v.enumerated()
	}
	next := v.at(v.j)
	if v.before("the", "at", "its", "their", "our", "your", "second", "whichever", "a", "all") || v.enumerated() || v.named() {
		return true
	}
	if v.next("of", "all") {
		return false
	}
	pluralNoun := v.kind(v.j+1) == Word && strings.HasSuffix(v.at(v.j+1), "s") && nounEnding(next) ||
		strings.HasSuffix(next, "s") && !strings.HasSuffix(next, "ss") && !strings.HasSuffix(next, "ous") && !strings.HasSuffix(next, "ious")
	return !pluralNoun && !v.next("traffic", "people", "recent", "data", "staff", "european", "enterprise", "mobile", "internal", "external", "affected", "active", "paying", "web") || v.next("recent")
}

// nounEnding reports a word that is a noun by its ending: "most regression tests" counts, "most severe defects" compares.
func nounEnding(w string) bool {
	for _, end := range [...]string{"ion", "ment", "ness", "ity", "ance", "ence", "ism", "ship", "age", "ure", "er", "or"} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

func unlessCertain(v view) bool {
	next := v.at(v.j)
	return v.before("make", "be", "is", "are", "not", "for", "was", "a", "made", "were") || !strings.HasSuffix(next, "s") || strings.HasSuffix(next, "ss") || v.enumerated()
}

// unlessMultiple spares "a multiple of 30" and comparisons; of the rest only "multiple", "some" and sufficiency count.
func unlessMultiple(v view) bool {
	if v.named() || v.enumerated() {
		return true
	}
	switch {
	case v.is(v.i, "multiple"):
		return v.before("a", "integer", "exact", "lowest", "common", "whole") || v.next("of", "choice", "inheritance", "sclerosis", "times")
	case v.is(v.i, "some"):
		return v.next("one", "thing", "where", "point") || v.kind(v.j) == Mark
	case v.is(v.i, "enough", "sufficient", "insufficient"):
		return v.kind(v.j) != Word || v.next("to", "for", "and", "or", "that", "if", "when", "is", "are", "was", "permissions", "privileges", "permission", "privilege", "funds") || v.kind(v.j+1) == Number
	case v.is(v.i, "additional", "extra") && (v.beforeIs(determiner|numeral) || v.kind(v.i-1) == Number):
		return true
	case v.is(v.i, "additional", "extra"):
		return !v.next("time", "capacity", "servers", "nodes", "hosts", "staff", "agents", "people", "testing", "users", "instances", "replicas", "headroom", "resources", "engineers", "pods")
	}
	return true
}
