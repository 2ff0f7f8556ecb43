package mdtext

import (
	"bytes"
)

// Defuse returns Markdown that was written with this package with every reference
// that a code host looks for in a finished page in a code span, where none looks:
// #12, owner/repo#12, GH-12, !12, &12 and what could be the hash of a commit, seven to
// forty digits of base 16. Mentions are in code spans already. A reader sees the
// same characters, and addresses of links stay as they are. How references are
// written: https://docs.github.com/en/get-started/writing-on-github (autolinked
// references), https://docs.gitlab.com/user/markdown (GitLab-specific references).
func Defuse(b []byte) []byte {
	d := defuser{in: b, out: make([]byte, 0, len(b)+64)}
	for d.at < len(b) {
		d.step()
	}
	return d.out
}

type defuser struct {
	in, out []byte
	at      int
	closed  bool // what was written last ends a code span
}

// step copies what stands at the place, one byte or one thing.
func (d *defuser) step() {
	rest := d.in[d.at:]
	switch c := rest[0]; {
	case c == '`':
		end := bytes.IndexByte(rest[1:], '`') + 2
		if end < 2 {
			end = len(rest)
		}
		d.code(string(rest[1:max(end-1, 1)]))
		d.at += end
	case c == ']' && len(rest) > 1 && rest[1] == '(':
		d.plain(max(bytes.IndexByte(rest, ')')+1, 1))
	case c == '\\' && len(rest) > 2 && sign(rest[1]) && digit(rest[2]):
		d.at++ // the code span says it
		d.span(1)
	case c == '\\':
		d.plain(min(2, len(rest)))
	case sign(c) && len(rest) > 1 && digit(rest[1]):
		d.span(1)
	case alphanumeric(c) && !d.inWord():
		d.word(rest)
	default:
		d.plain(1)
	}
}

// word copies a word, in a code span where it could be the hash of a commit or
// the letters of GH-12.
func (d *defuser) word(rest []byte) {
	n, hash := 0, true
	for n < len(rest) && alphanumeric(rest[n]) {
		hash = hash && (digit(rest[n]) || rest[n]|0x20 >= 'a' && rest[n]|0x20 <= 'f')
		n++
	}
	if n+1 < len(rest) && rest[n] == '-' && digit(rest[n+1]) && bytes.EqualFold(rest[:n], []byte("gh")) {
		d.plain(n)
		d.span(1)
		return
	}
	if hash && n >= 7 && n <= 40 {
		d.span(n)
		return
	}
	d.plain(n)
}

func (d *defuser) plain(n int) {
	d.out = append(d.out, d.in[d.at:d.at+n]...)
	d.at += n
	d.closed = false
}

func (d *defuser) span(n int) {
	d.code(string(d.in[d.at : d.at+n]))
	d.at += n
}

// code appends a code span, or goes on with the one that ends here: two
// backticks in a row would be another mark.
func (d *defuser) code(s string) {
	if d.closed {
		d.out = d.out[:len(d.out)-1]
	} else {
		d.out = append(d.out, '`')
	}
	d.out = append(append(d.out, s...), '`')
	d.closed = true
}

// inWord reports whether a word goes on here.
func (d *defuser) inWord() bool { return d.at > 0 && alphanumeric(d.in[d.at-1]) }

func sign(c byte) bool { return c == '#' || c == '!' || c == '&' }

func digit(c byte) bool { return c >= '0' && c <= '9' }
