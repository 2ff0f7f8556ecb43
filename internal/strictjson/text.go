package strictjson

import "unicode/utf8"

// plain tells the bytes that stand for themselves in a string: ASCII without quote, backslash and control characters.
var plain = func() (table [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		table[c] = c != '"' && c != '\\'
	}
	return table
}()

// str reads the string at the position. The text is part of the input or of the scratch buffer: good until the next
// string is read, to be copied by whoever keeps it. It is not ok when the string is at fault, which has been said.
func (d *decoder) str() (text []byte, ok bool) {
	data, start := d.data, d.pos+1
	i := start
	for i < len(data) && plain[data[i]] {
		i++
	}
	if i < len(data) && data[i] == '"' {
		d.pos = i + 1
		return data[start:i:i], true
	}
	return d.odd(start, i)
}

// odd reads the rest of a string whose byte at i is not plain. It copies only when an escape forces it to.
func (d *decoder) odd(start, i int) (text []byte, ok bool) {
	before, from := len(d.faults), start
	buf := d.scratch[:0]
	for i < len(d.data) {
		switch c := d.data[i]; {
		case plain[c]:
			i++
		case c == '"':
			d.pos = i + 1
			if from == start {
				return d.data[start:i:i], !d.failed(before)
			}
			d.scratch = append(buf, d.data[from:i]...)
			return d.scratch, !d.failed(before)
		case c == '\\':
			buf, i = d.escape(append(buf, d.data[from:i]...), i)
			from = i
		case c < ' ':
			d.fault(i, "control character U+%04X in a string", c)
			i++
		default:
			r, n := utf8.DecodeRune(d.data[i:])
			if r == utf8.RuneError && n == 1 {
				d.fault(i, "invalid UTF-8 in a string: byte 0x%02X", c)
			}
			i += n
		}
	}
	d.fatal(len(d.input), "unexpected end of input in a string")
	return nil, false
}

// escapes maps the letter of a short escape to its character.
var escapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// escape appends what the escape at i stands for and returns the offset behind it. Behind a bad escape the walk goes on
// at the next byte that may be anything.
func (d *decoder) escape(buf []byte, i int) ([]byte, int) {
	if i+1 == len(d.data) {
		return buf, i + 1
	}
	c := d.data[i+1]
	if s := escapes[c]; s != 0 {
		return append(buf, s), i + 2
	}
	if c != 'u' {
		_, n := utf8.DecodeRune(d.data[i+1:])
		d.fault(i, "invalid escape %q", d.input[i:i+1+n])
		return buf, i + 1
	}
	r := hex4(d.data[i+2:])
	switch {
	case r < 0:
		d.fault(i, `invalid escape: want four hexadecimal digits after \u`)
		return buf, i + 2
	case r < 0xD800 || r > 0xDFFF:
		return utf8.AppendRune(buf, r), i + 6
	}
	if rest := d.data[i+6:]; r < 0xDC00 && len(rest) > 2 && rest[0] == '\\' && rest[1] == 'u' {
		if low := hex4(rest[2:]); 0xDC00 <= low && low <= 0xDFFF {
			return utf8.AppendRune(buf, (r-0xD800)<<10|(low-0xDC00)+0x10000), i + 12
		}
	}
	d.fault(i, `lone surrogate \u%04x`, r)
	return buf, i + 6
}

// hex4 reads four hexadecimal digits; -1 means that there are none.
func hex4(b []byte) rune {
	if len(b) < 4 {
		return -1
	}
	var r rune
	for _, c := range b[:4] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return -1
		}
		r = r<<4 | rune(c)
	}
	return r
}
