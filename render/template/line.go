package template

import "strings"

// lineState is what stands before an action, as far as it decides whether a
// value can be text there: the line so far, and whether it is in a block of code.
type lineState struct {
	before string
	fence  string // what the fence that is open begins with
}

// text takes what is written next.
func (s *lineState) text(t string) {
	for {
		i := strings.IndexByte(t, '\n')
		if i < 0 {
			break
		}
		s.before += t[:i]
		s.endLine()
		t = t[i+1:]
	}
	s.before += t
}

// endLine opens and closes blocks of code.
func (s *lineState) endLine() {
	line := strings.TrimLeft(s.before, " >")
	s.before = ""
	switch {
	case s.fence != "":
		if strings.HasPrefix(line, s.fence) {
			s.fence = ""
		}
	case strings.HasPrefix(line, "```"), strings.HasPrefix(line, "~~~"):
		s.fence = line[:3]
	}
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
	line := strings.TrimLeft(s.before, " >")
	switch {
	case s.fence != "", strings.HasPrefix(line, "```"), strings.HasPrefix(line, "~~~"):
		return "stands in a block of code, where nothing can be escaped"
	case strings.HasPrefix(s.before, "    ") && strings.TrimSpace(s.before) == "", strings.HasPrefix(s.before, "\t"):
		return "stands in a line that begins with four spaces, which is code: nothing can be escaped there"
	case strings.Count(s.before, "`")%2 == 1:
		return "stands in a code span, where nothing can be escaped: use the function code"
	case strings.LastIndex(s.before, "](") > strings.LastIndex(s.before, ")"):
		return "stands in the address of a link: use the function link"
	case strings.LastIndex(s.before, "<") > strings.LastIndex(s.before, ">"):
		return "stands in HTML"
	}
	return ""
}
