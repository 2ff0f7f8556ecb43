package lexicon

// Kind is what a token is.
type Kind uint8

// The kinds of tokens.
const (
	Word       Kind = iota // letters, with inner hyphens and apostrophes: "war-room"
	Number                 // begins with a digit: "450", "99.9%", "10pm", "2026-12-08T22:00:00Z", "30-minute"
	Identifier             // "REL-101", "v1.2.3", "checkout.split_payments", "/etc/hosts", "--dry-run", "@sre"
	Code                   // a code span or block, an HTML comment; with its delimiters
	URL                    // a link target, an autolink, a bare URL or an e-mail address
	Tag                    // what stands in angle brackets, with them: "<name>", "<br>"
	Mark                   // one rune of punctuation
)

// Token is a part of a text. The offsets are bytes, both on rune boundaries.
type Token struct {
	Start, End int32
	Kind       Kind
	shape      shape
	first      bool // of its sentence, list item or table cell
	word       wordID
}

// FirstOfSentence reports whether the token begins a sentence, a list item or a table cell.
func (t Token) FirstOfSentence() bool { return t.first }

// shape tells the letters of a token.
type shape uint8

const (
	hasUpper   shape = 1 << iota // an upper-case letter
	hasLower                     // a lower-case letter
	capital                      // the first letter is upper case
	innerUpper                   // an upper-case letter after the first letter
	hasDigit
	hyphened // a hyphen between letters
	plural   // upper case but for a final s: "SLAs"
)

// title reports "Word".
func (s shape) title() bool { return s&(capital|hasLower|innerUpper) == capital|hasLower }

// upper reports "WORD", of one letter or more.
func (s shape) upper() bool { return s&(hasUpper|hasLower) == hasUpper }

// lower reports "word".
func (s shape) lower() bool { return s&(hasUpper|hasLower) == hasLower }

// camel reports "GitHub" and "iOS".
func (s shape) camel() bool { return s&(innerUpper|hasLower) == innerUpper|hasLower }

func shapeOf(s string) shape {
	var sh shape
	letters, small := 0, 0
	for i, r := range s {
		switch {
		case r >= 'a' && r <= 'z' || r > 127 && isLower(r):
			sh |= hasLower
			letters++
			small++
		case r >= 'A' && r <= 'Z' || r > 127 && isUpper(r):
			sh |= hasUpper
			if letters == 0 {
				sh |= capital
			} else {
				sh |= innerUpper
			}
			letters++
		case r >= '0' && r <= '9':
			sh |= hasDigit
		case r == '-' && i > 0:
			sh |= hyphened
		}
	}
	if n := len(s); n > 2 && s[n-1] == 's' && sh&innerUpper != 0 && small == 1 {
		sh |= plural
	}
	return sh
}
