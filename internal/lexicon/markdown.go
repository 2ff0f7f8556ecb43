package lexicon

import "strings"

// Bounds in bytes of what is looked ahead, so that no text costs more than in proportion to its length.
const (
	maxTag    = 200
	maxTarget = 500
	maxZone   = 64
	maxJoined = 256
)

// code emits a code span: as many backticks as opened it close it. A fence that nothing closes runs to the end, as in
// CommonMark; a single backtick that nothing closes is a mark.
func (sc *scanner) code() {
	s := sc.s
	n := sc.i
	for n < len(s) && s[n] == '`' {
		n++
	}
	fence := n - sc.i
	for i := n; i < len(s) && !sc.open(fence); {
		j := strings.IndexByte(s[i:], '`')
		if j < 0 {
			break
		}
		i += j
		run := i
		for run < len(s) && s[run] == '`' {
			run++
		}
		if run-i == fence {
			sc.emit(Code, run)
			return
		}
		i = run
	}
	if fence >= 3 {
		sc.emit(Code, len(s))
		return
	}
	sc.unclosed |= 1 << fence
	for sc.i < n {
		sc.emit(Mark, sc.i+1)
	}
}

// open reports that no run of so many backticks follows, since an earlier one found none.
func (sc *scanner) open(fence int) bool { return fence < 3 && sc.unclosed&(1<<fence) != 0 }

// angle emits what begins with < or its HTML entity: a comment, an autolink, a tag; else a mark.
func (sc *scanner) angle() {
	s := sc.s[sc.i:]
	open := 1
	switch {
	case strings.HasPrefix(s, "<!--") && !sc.comments:
		if n := strings.Index(s, "-->"); n > 0 {
			sc.emit(Code, sc.i+n+3)
			return
		}
		sc.comments = true
	case strings.HasPrefix(s, "&lt;"):
		open = 4
	case s[0] == '&':
		if n := entity(s); n > 0 {
			sc.emit(Mark, sc.i+n)
			return
		}
		sc.mark()
		return
	}
	rest := s[open:min(len(s), open+maxTag)]
	n, tail := strings.IndexByte(rest, '>'), 1
	if m := strings.Index(rest, "&gt;"); m >= 0 && (n < 0 || m < n) {
		n, tail = m, 4
	}
	if n <= 0 || sc.glued() {
		sc.emit(Mark, sc.i+open)
		return
	}
	inner := rest[:n]
	switch {
	case strings.Contains(inner, "://") || strings.Contains(inner, "@") && !strings.Contains(inner, " "):
		sc.emit(URL, sc.i+open+n+tail)
	case tagged(inner):
		sc.emit(Tag, sc.i+open+n+tail)
	default:
		sc.emit(Mark, sc.i+open)
	}
}

// tagged reports whether the inside of angle brackets is a tag or a placeholder, not a comparison.
func tagged(inner string) bool {
	c := inner[0]
	if !isLetterByte(c) && c != '/' && c != '_' && c != '[' || inner[len(inner)-1] == ' ' {
		return false
	}
	return !strings.ContainsAny(inner, "\n<`|")
}

// entity returns the length of an HTML entity at the start of s.
func entity(s string) int {
	n := 1
	for n < len(s) && n < 10 && (isLetterByte(s[n]) || isDigitByte(s[n]) || s[n] == '#') {
		n++
	}
	if n > 1 && n < len(s) && s[n] == ';' {
		return n + 1
	}
	return 0
}

// bracket emits a closing bracket and, if a link target or label follows, that as a URL.
func (sc *scanner) bracket() {
	sc.emit(Mark, sc.i+1)
	if sc.i >= len(sc.s) || sc.s[sc.i] != '(' && sc.s[sc.i] != '[' {
		return
	}
	opening, closing, open := sc.s[sc.i], byte(')'), 0
	if opening == '[' {
		closing = ']'
	}
	for i := sc.i; i < min(len(sc.s), sc.i+maxTarget) && sc.s[i] != '\n'; i++ {
		switch sc.s[i] {
		case opening:
			open++
		case closing:
			if open--; open > 0 {
				continue
			}
			if inner := sc.s[sc.i+1 : i]; opening == '[' || target(inner) {
				sc.emit(URL, i+1)
			}
			return
		}
	}
}

// target reports whether the inside of parentheses is a link's: no white space but before a title.
func target(inner string) bool {
	destination, title, titled := strings.Cut(inner, " ")
	title = strings.TrimSpace(title)
	return !titled || title == "" || destination != "" && strings.IndexByte("\"'(", title[0]) >= 0
}
