package lexicon

import "strings"

// Placeholders finds text that was to be replaced (LANG-009). Markers of what is not known yet are [Document.Unknowns].
func (d *Document) Placeholders() []Found {
	all := d.listed(placeholder)
	for text := range d.sources {
		s := d.sources[text].Text
		for i, t := range d.Tokens(text) {
			end := 0
			switch {
			case t.Kind == Tag && unfilledTag(s[t.Start:t.End]):
				end = i + 1
			case t.Kind == Mark && strings.IndexByte("?_#[{", s[t.Start]) >= 0:
				end = d.viewAt(text, i, i+1).blank()
			case t.Kind <= Identifier && t.word == 0 && exes(s[t.Start:t.End]):
				end = i + 1
			}
			if end > 0 {
				all = append(all, d.found(text, i, end, Error, fillIn))
			}
		}
	}
	sortFound(all)
	return all
}

const fillIn = "fill it in, or write “TBD (question 3)” and ask it among the open questions"

var placeholderLists = []list{
	{placeholder, Error, fillIn, unlessMentioned, `
x.x.x; vx.x.x; vx.y.z; x.y.z; placeholder; todo; todos; to-do:; fixme; hackme; changeme; change-me; fill-me-in; xxx; xxxx; xx-xx; yyyy-mm-dd; dd/mm/yyyy; mm/dd/yyyy; yyyy-mm-ddthh:mm; lorem ipsum; lorem; ipsum; lipsum; dolor sit amet
foo; foobar; foo bar; asdf; asdfasdf; asdfgh; qwerty; blah; blah blah; blah blah blah; bla bla; yadda yadda; test test; testing testing; john doe; jane doe; acme corp; joe bloggs; hello world
placeholder text; dummy text; sample text; filler text; boilerplate text; some text here; text goes here; goes here; go here; text here; name here; link here; date here; owner here; description here; your (name|text|team|service|company|title|role|email|link|description) here; (your|service|team|company|owner|version|role|user)-name-here; your-(service|team|name|company|version)
(fill|filled) (me|this|that) (in|out); (replace|change|update|edit|delete|remove) (me|this text|this section|this line|this paragraph|this placeholder|this sentence); fill in (later|here|the blank|the blanks|before)
(to be|will be|yet to be|needs to be) (written|added|filled|filled in|filled out|supplied|inserted|updated later|completed later|provided later|provided|described|documented|drafted); (text|details|content|description|more|dates|link|links|owner|names|numbers|figures|rest|information|info|section) (to follow|to come|coming soon|pending|tbw)
coming soon; under construction; work in progress; left blank; intentionally blank; placeholder (for|value|name|owner|date|link|only|section|paragraph|description|entry|here)
write (something|more|text|description) here; (add|put|insert|enter|type|write|paste) (a|an|the|your|some|more|) (text|name|names|description|link|links|date|dates|owner|details|summary|content|title|value|number|version|url|reason|team|something|approver|impact|screenshot|paragraph) here`},
}

// unlessMentioned spares talk about placeholders: "the lint job fails on TODO comments".
func unlessMentioned(v view) bool {
	if v.next("comment", "comments", "marker", "markers", "tag", "tags", "list", "lists", "app", "label", "labels", "item", "items", "column", "annotations", "format", "pattern", "image", "images", "service", "page", "column", "state", "board", "count", "counts", "policy", "status") {
		return true
	}
	if v.is(v.i, "placeholder") && v.j == v.i+1 { // only where nothing else stands
		return !v.tokens[v.i].first || v.j < len(v.tokens) && v.kind(v.j) != Mark
	}
	if v.is(v.i, "x.y.z", "vx.y.z") && v.before("scheme", "form", "format", "as", "semver") {
		return true
	}
	if v.is(v.i, "go", "goes") {
		return v.next("first", "by", "instead") || v.before("traffic", "to", "requests", "logs", "evidence", "will", "must", "all")
	}
	if v.is(v.i, "to", "will", "needs", "yet") && v.is(v.j-1, "written", "added", "supplied", "provided", "described", "documented", "updated", "inserted", "completed", "drafted", "filled") {
		return v.next("by", "to", "in", "on", "at", "with", "into", "for", "as", "from", "when", "within", "automatically", "before", "after", "during", "once", "per") || v.sentenceHas(subordinator) || v.is(v.i, "will", "needs")
	}
	if v.is(v.i, "yyyy-mm-dd", "dd/mm/yyyy", "mm/dd/yyyy") {
		return v.before("as", "iso", "like", "format", "form") || v.next("dates", "date", "form")
	}
	return v.is(v.i, "work") && (v.before("limit", "as", "no") || v.kind(v.j) != Mark) || v.is(v.i, "foo") && v.before("the") && v.next("fighters")
}

// unfilledTag reports "<name>" and "<insert date>", but not HTML.
func unfilledTag(s string) bool {
	s = strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(s, "&lt;"), "<"), "&gt;"), ">")
	s = strings.TrimPrefix(s, "/")
	name := s
	if n := strings.IndexAny(s, " /"); n >= 0 {
		if strings.Contains(s[n:], "=") || s[n:] == "/" || s[n:] == " /" {
			return false
		}
		name = s[:n]
		if name == "a" || name == "p" || name == "b" || name == "i" {
			return true // "<a name>" is no element without an attribute
		}
	}
	return words().classes[words().lookup(name)]&element == 0
}

// exes reports a part of three x or more: "CHG-XXXX", "v1.xxx".
func exes(s string) bool {
	run, other := 0, false
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i]|0x20 == 'x' {
			run++
			continue
		}
		if i == len(s) || !isLetterByte(s[i]) && !isDigitByte(s[i]) {
			if run >= 3 && !other {
				return true
			}
			run, other = 0, false
			continue
		}
		other = true
	}
	return false
}

// blank returns the token after "???", "____" or "[insert name]"; 0 if none begins at i.
func (v view) blank() int {
	switch c := v.at(v.i); c {
	case "?", "_", "#":
		if c == "#" && (v.i == 0 || v.tokens[v.i-1].End != v.tokens[v.i].Start) {
			return 0 // a heading
		}
		k := v.i
		if k > 0 && v.at(k-1) == c {
			return 0
		}
		for k < len(v.tokens) && v.at(k) == c && int(v.tokens[k].Start) == int(v.tokens[v.i].Start)+k-v.i {
			k++
		}
		if k-v.i >= 3 {
			return k
		}
	case "[", "{":
		closing := map[string]string{"[": "]", "{": "}"}[c]
		for k := v.i + 1; k < len(v.tokens) && k < v.i+9 && v.kind(k) != URL; k++ {
			if v.at(k) == closing {
				if k > v.i+1 && v.kind(k+1) != URL && (v.is(v.i+1, "insert", "your", "enter", "placeholder", "fill", "replace", "describe") && v.kind(v.i+1) == Word ||
					c == "[" && k-v.i <= 3 && v.class(k-1)&blankNoun != 0 && (k == v.i+2 || v.is(v.i+1, "add", "the", "team", "release", "owner", "company", "service", "start", "end", "due", "your", "project"))) {
					return k + 1
				}
				return 0
			}
		}
	}
	return 0
}

// Unknown is a marker of what is not known yet.
type Unknown struct {
	Found
	Question int // the open question that it names, as in "TBD (question 3)"; 0 if none
}

var unknownLists = []list{
	{unknown, Error, "", view.unknownAsWord, `
tbd; tbc; tba; t.b.d.; t.b.c.; t.b.a.; tbds; to be (determined|decided|confirmed|announced|defined|agreed|advised|clarified|finalized|finalised|established|identified|named|assigned|agreed upon|scheduled|fixed|chosen|specified)
not (yet known|yet decided|yet defined|yet assigned|yet agreed|yet confirmed|yet determined|yet named|yet scheduled|decided yet|known yet|assigned yet|defined yet|confirmed yet|determined yet|agreed yet|named yet|yet finalized|yet finalised|yet identified|yet clear|clear yet)
(still|currently|yet|as yet|so far) (unknown|undecided|undefined|undetermined|unassigned|unconfirmed|unclear|unspecified); undecided; undetermined; yet to be (determined|decided|confirmed|announced|defined|agreed|advised|clarified|finalized|finalised|established|identified|named|assigned|scheduled|chosen|specified); dunno; don't know; do not know; we don't know; nobody knows; no idea; unknown`},
}

// Unknowns finds the markers of what is not known yet, each with the number of the open question that it names: "TBD
// (question 3)" is the one lawful form (ISS-007).
func (d *Document) Unknowns() []Unknown {
	var all []Unknown
	for v := range d.met(unknown) {
		f := d.found(v.text, v.i, v.j, Error, "ask it among the open questions and write “TBD (question 3)” with its number")
		all = append(all, Unknown{f, v.question()})
	}
	return all
}

// UnnumberedUnknowns finds the markers that name no question (ISS-007).
func (d *Document) UnnumberedUnknowns() []Found {
	var all []Found
	for _, u := range d.Unknowns() {
		if u.Question == 0 {
			all = append(all, u.Found)
		}
	}
	return all
}

// unknownAsWord spares verbs with an agent or a time ("to be confirmed by the CAB on …") and "unknown" as an adjective.
func (v view) unknownAsWord() bool {
	switch {
	case v.is(v.i, "to", "yet") && v.is(v.i+1, "be", "to"):
		return v.next("by", "in", "on", "before", "at", "as", "when", "within", "after", "during", "with", "for", "to", "through", "via", "from") && !v.next("on") || v.beforeIs(subordinator) || v.sentenceHas(subordinator)
	case v.is(v.i, "unknown"):
		return v.j < len(v.tokens) && !v.tokens[v.j].first && v.kind(v.j) != Mark || v.i > 0 && !v.is(v.i-1, "is", "are", ":") || v.i == 0 && v.j < len(v.tokens)-1 || v.sentenceHas(subordinator)
	case v.is(v.i, "do", "don't", "we", "nobody"):
		return v.next("the", "about") && v.before("users", "customers", "clients")
	}
	return v.next("markers", "marker", "entries", "cells")
}

// question returns the number after "question", "questions" or "issue" that follows at once.
func (v view) question() int {
	for k := v.j; k < len(v.tokens) && k < v.j+4; k++ {
		if v.is(k, "question", "questions", "issue") {
			return number(strings.TrimPrefix(v.at(k+1), "#"))
		}
		if v.kind(k) == Word && !v.is(k, "see", "open", "in", "as") || v.is(k, ".") {
			break
		}
	}
	return 0
}

// number reads a small decimal number, 0 if s is none.
func number(s string) int {
	n := 0
	for i := range len(s) {
		if !isDigitByte(s[i]) || n > 99_999 {
			return 0
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}
