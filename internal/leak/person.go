package leak

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// person is what one person is called, in lower case and without marks on
// letters.
type person struct {
	words    []string // of the name
	accounts []string
}

func newPerson(n Name) person {
	p := person{words: wordsOf(n.Name)}
	for _, a := range n.Accounts {
		if a = strings.ToLower(strings.TrimSpace(a)); len(a) >= minAccount && len(wordsOf(a)) > 0 {
			p.accounts = append(p.accounts, a)
		}
	}
	return p
}

// newPeople returns a person, twice if their name in capitals looks like other
// letters than in small ones: the capital of the Cyrillic letter en is an H.
func newPeople(n Name) []person {
	people := []person{newPerson(n)}
	if loud := wordsOf(strings.ToUpper(n.Name)); !slices.Equal(loud, people[0].words) {
		people = append(people, person{words: loud})
	}
	return people
}

const (
	minAccount = 4 // letters: shorter logins are words by chance
	minSurname = 3 // letters: shorter names alone are words by chance
)

// wordsOf returns the words of a text as the guard compares them.
func wordsOf(text string) []string {
	v := read(text)
	return strings.FieldsFunc(lower(v.text), func(r rune) bool { return r < 0x80 && !isAlnum(byte(r)) })
}

// initial returns the first letter of a word.
func initial(word string) string {
	_, n := utf8.DecodeRuneInString(word)
	return word[:n]
}

// word is a run of letters and digits of a view.
type word struct {
	start, end int
	lower      string
}

// words returns the words of the view.
func (s *search) words() []word {
	text := s.view.lower
	var all []word
	for i := 0; i < len(text); {
		if !wordByte(text[i]) {
			i++
			continue
		}
		start := i
		for i < len(text) && wordByte(text[i]) {
			i++
		}
		all = append(all, word{start, i, text[start:i]})
	}
	return all
}

// address finds e-mail addresses.
var address = regexp.MustCompile(`(?i)\b([a-z0-9][a-z0-9._%+-]*)@([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})\b`)

// desks are the parts of an address before the @ that are read by whoever is on
// duty (RFC 2142 has the oldest of them).
var desks = set("support help helpdesk info security privacy press sales noreply no-reply donotreply legal abuse feedback contact hello team hi " +
	"postmaster webmaster hostmaster billing accounts invoices orders service services status news newsletter dpo gdpr careers jobs partners " +
	"accessibility returns api developer developers dev community conduct marketing media compliance safety trust vulnerability cert psirt csirt git user example")

// persons finds people of the directory, their accounts, and addresses of
// people, whoever they are.
func (s *search) persons() {
	text := s.view.text
	if strings.IndexByte(text, '@') >= 0 {
		for _, m := range address.FindAllStringSubmatchIndex(text, -1) {
			desk, _, _ := strings.Cut(s.view.lower[m[2]:m[3]], "+")
			if !desks[desk] && !desks[strings.TrimRight(desk, "0123456789-_.")] && !s.inURL(m[0]) {
				s.add(m[0], m[1], Person, "is an address of a person")
			}
		}
	}
	if len(s.guard.people) == 0 {
		return
	}
	words := s.words()
	for i := range words {
		for _, p := range s.guard.called[words[i].lower] {
			s.person(&s.guard.people[p], words, i)
		}
	}
}

// callPeople returns the people by every word that a mention of them may begin
// with: a word of their name, its initial, the first word of an account.
func callPeople(people []person) map[string][]int {
	called := map[string][]int{}
	for i, p := range people {
		var begins []string
		begins = append(begins, p.words...)
		if len(p.words) > 1 {
			begins = append(begins, initial(p.words[0]))
		}
		for _, a := range p.accounts {
			begins = append(begins, wordsOf(a)[0])
		}
		slices.Sort(begins)
		for _, w := range slices.Compact(begins) {
			called[w] = append(called[w], i)
		}
	}
	return called
}

const ofDirectory = "is a person of the directory"

// person looks for one person at word i.
func (s *search) person(p *person, words []word, i int) {
	if n := s.named(p, words, i); n > 0 {
		s.add(words[i].start, words[i+n-1].end, Person, ofDirectory)
		return
	}
	for _, account := range p.accounts {
		end := words[i].start + len(account)
		if strings.HasPrefix(s.view.lower[words[i].start:], account) && (end == len(s.view.lower) || !wordByte(s.view.lower[end])) && !s.partOfName(p, account) {
			s.add(s.handle(words[i].start), s.closed(end), Person, ofDirectory)
		}
	}
}

// partOfName reports an account that is called like a name of the person, which
// named looks at.
func (s *search) partOfName(p *person, account string) bool { return slices.Contains(p.words, account) }

// handle takes the mark of a mention along: "@bkennel", "<@U04BK7Q2N>".
func (s *search) handle(start int) int {
	if start > 0 && s.view.text[start-1] == '@' {
		start--
		if start > 0 && s.view.text[start-1] == '<' {
			start--
		}
	}
	return start
}

func (s *search) closed(end int) int {
	if end < len(s.view.text) && s.view.text[end] == '>' {
		end++
	}
	return end
}

// blanks are what stands between the words of a name.
const blanks = " \t\n\r_-"

// named returns how many words from i on name the person: the whole name, the
// surname with the first name or its initial before or behind it, or one name
// that stands as only names do.
func (s *search) named(p *person, words []word, i int) int {
	n := len(p.words)
	switch {
	case n == 0:
		return 0
	case n == 1:
		if words[i].lower == p.words[0] && s.capital(words[i]) && !s.opens(words, i) {
			return 1
		}
		return 0
	case s.follows(words, i, p.words, blanks):
		return n
	}
	first, last := p.words[0], p.words[n-1]
	switch {
	case s.follows(words, i, []string{last, first}, blanks+","):
		return 2
	case s.capital(words[i]) && s.follows(words, i, []string{initial(first), last}, blanks+"."):
		return 2
	case (words[i].lower == last || words[i].lower == first) && len(words[i].lower) >= minSurname && s.alone(words, i):
		return 1
	}
	return 0
}

func (s *search) capital(w word) bool {
	c := s.view.text[w.start]
	return isUpper(c) || c >= 0x80
}

// opens reports a word that begins a sentence.
func (s *search) opens(words []word, i int) bool {
	return i == 0 || strings.ContainsAny(s.view.text[words[i-1].end:words[i].start], ".!?\n:")
}

// alone reports one name of several that stands for the person: behind a title
// or a word that goes before people, and not before a noun, which would make it
// the name of something: "thanks to Priya", not "a Raman spectrum".
func (s *search) alone(words []word, i int) bool {
	w := words[i]
	if !s.capital(w) || s.view.text[w.start:w.end] == strings.ToUpper(w.lower) || ordinary[w.lower] {
		return false
	}
	if i > 0 && titles[words[i-1].lower] {
		return true
	}
	ends := i+1 == len(words) || strings.ContainsAny(s.view.text[w.end:words[i+1].start], ".,;:!?)\n")
	free := ends || joints[words[i+1].lower]
	if s.opens(words, i) {
		return !ends && i+1 < len(words) && words[i+1].lower == "and" && i+2 < len(words) && s.capital(words[i+2])
	}
	return free && i > 0 && (beforePeople[words[i-1].lower] || words[i-1].lower == "and" && i > 1 && s.capital(words[i-2]))
}

var (
	titles       = set("mr mrs ms mx dr prof herr frau")
	beforePeople = set("by to with from ask asks ping pings call calls contact thank thanks tell cc via of for dm dear and")
	joints       = set("and or during for about on in at from if when who is was will has to the after before when with")
	// ordinary are first names and surnames that are words as well.
	ordinary = set("may mark will grace bill rose hope joy art drew pat rob sue dean lane page price stone young cook baker carter king brown green " +
		"white black gray grey long short day field wood hill lake ford chase case reed rich frank ernest max star summer autumn april june august dawn " +
		"faith victor chance grant pierce miles parker mason hunter taylor rusty sandy amber crystal ruby pearl jade ivy holly iris violet daisy lily " +
		"gene ray guy jack christian major angel love power strong fox wolf bush glass gold silver church house street waters banks wells alan")
)
