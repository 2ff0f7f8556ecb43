package template

import "strings"

// lineState is what stands before an action, as far as it decides whether a
// value can be text there: the line so far, and whether it is in a block of code.
type lineState struct {
	fence string // what the fence begins with that is open
	start string // of the line, a few bytes
	blank bool   // nothing but white space after its start
	code  bool   // behind an odd number of backticks
	dest  bool   // in the address of a link
	tag   bool   // in HTML
	last  byte
}

const startBytes = 16 // enough to see a fence behind an indentation

// text takes what is written next.
func (s *lineState) text(t string) {
	for i := range len(t) {
		c := t[i]
		if c == '\n' {
			s.endLine()
			continue
		}
		if len(s.start) < startBytes {
			s.blank = (s.blank || s.start == "") && (c == ' ' || c == '\t')
			s.start += string(c)
		} else if c != ' ' && c != '\t' {
			s.blank = false
		}
		switch c {
		case '`':
			s.code = !s.code
		case '(':
			s.dest = s.dest || s.last == ']'
		case ')':
			s.dest = false
		case '<', '>':
			s.tag = c == '<'
		}
		s.last = c
	}
}

// fenced returns the beginning of a fence if the line is one.
func (s *lineState) fenced() string {
	line := strings.TrimLeft(s.start, " >")
	if strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~") {
		return line[:3]
	}
	return ""
}

// endLine opens and closes blocks of code.
func (s *lineState) endLine() {
	fence := s.fence
	switch found := s.fenced(); {
	case fence == "":
		fence = found
	case found == fence:
		fence = ""
	}
	*s = lineState{fence: fence}
}

// or joins the states after two ways: where they differ, the one in which less
// can be written.
func (s lineState) or(other lineState) lineState {
	if other.closed() != "" {
		return other
	}
	return s
}

// closed says why no value can be written here, and is empty if one can.
func (s *lineState) closed() string {
	if why := s.inside(); why != "" {
		return "stands in " + why
	}
	if s.blank && (strings.HasPrefix(s.start, "    ") || strings.Contains(s.start, "\t")) {
		return "stands in a line that begins with four spaces, which is code: nothing can be escaped there"
	}
	return ""
}

// inside says what is open here.
func (s *lineState) inside() string {
	switch {
	case s.fence != "", s.fenced() != "":
		return "a block of code, where nothing can be escaped"
	case s.code:
		return "a code span, where nothing can be escaped: use the function code"
	case s.dest:
		return "the address of a link: use the function link"
	case s.tag:
		return "HTML"
	}
	return ""
}
