package strictjson

import "unicode/utf8"

// kind is what the first byte of a value says that it is.
type kind uint8

const (
	kindNone kind = iota // no value begins like this
	kindString
	kindNumber
	kindBool
	kindNull
	kindObject
	kindArray
	kindWord // a bare word that is certainly not JSON
)

func (k kind) String() string {
	return [...]string{"nothing", "string", "number", "boolean", "null", "object", "array", "bare word"}[k]
}

// kinds sorts + and . to the numbers, so that +1 and .5 are one malformed number and the walk goes on behind it.
var kinds = func() (table [256]kind) {
	for c := range table {
		switch c := byte(c); {
		case '0' <= c && c <= '9', c == '-', c == '+', c == '.':
			table[c] = kindNumber
		case c == 't', c == 'f':
			table[c] = kindBool
		case c == 'n':
			table[c] = kindNull
		case isWord(c):
			table[c] = kindWord
		}
	}
	table['"'], table['{'], table['['] = kindString, kindObject, kindArray
	return table
}()

// peek returns the next byte, or 0 at the end; no JSON token begins with 0.
func (d *decoder) peek() byte {
	if d.pos < len(d.data) {
		return d.data[d.pos]
	}
	return 0
}

func (d *decoder) space() {
	for d.pos < len(d.data) {
		if c := d.data[d.pos]; c > ' ' || c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return
		}
		d.pos++
	}
}

// char returns the character at the position, for a message.
func (d *decoder) char() string {
	_, n := utf8.DecodeRune(d.data[d.pos:])
	return string(d.data[d.pos : d.pos+n])
}

// unexpected stops the walk: something else should be at the position.
func (d *decoder) unexpected(want string) {
	if d.pos < len(d.data) {
		d.fatal(d.pos, "want %s, got %q", want, d.char())
	} else {
		d.fatal(len(d.input), "unexpected end of input, want %s", want)
	}
}

// want tells whether the next value is of the kind. Otherwise the value is at fault and walked over.
func (d *decoder) want(k kind) bool {
	got := kinds[d.peek()]
	if got == k {
		return true
	}
	switch got {
	case kindNone, kindWord, kindNull: // not a value that may be anywhere: the walk has its own words for it
	default:
		d.fault(d.pos, "want %s, got %s", k, got)
	}
	d.skip()
	return false
}

// enter takes the opening bracket of an object or array.
func (d *decoder) enter() {
	d.depth++
	if d.depth > d.limits.MaxDepth {
		d.fatal(d.pos, "nested deeper than %d levels", d.limits.MaxDepth)
	}
	d.pos++
}

// more tells whether another member follows the n members read since enter, and takes the comma before it or the
// closing bracket. It recovers from a trailing and from a missing comma.
func (d *decoder) more(n int, closing byte) bool {
	d.space()
	c := d.peek()
	switch {
	case c == closing:
	case n == 0:
		return !d.stopped
	case c == ',':
		comma := d.pos
		d.pos++
		d.space()
		if d.peek() != closing {
			return !d.stopped
		}
		d.fault(comma, "trailing comma before %q", closing)
	case closing == '}' && c == '"', closing == ']' && kinds[c] != kindNone:
		d.fault(d.pos, "missing comma")
		return !d.stopped
	default:
		d.unexpected("a comma or " + string(rune(closing)))
		return false
	}
	d.pos++
	d.depth--
	return false
}

// key reads a key and its colon, and pushes the key to the path. The name is good until the next string is read; it is
// not ok when the key is at fault, which has been said.
func (d *decoder) key() (at int, name []byte, ok bool) {
	at = d.pos
	if d.peek() != '"' {
		d.unexpected("a quoted key")
		d.push(0)
		return at, nil, false
	}
	name, ok = d.str()
	d.push(step(at))
	d.space()
	if d.peek() != ':' {
		d.unexpected("a colon after the key")
		return at, nil, false
	}
	d.pos++
	d.space()
	return at, name, ok
}
