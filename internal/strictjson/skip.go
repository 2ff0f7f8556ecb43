package strictjson

import "bytes"

// skip walks over a value with all checks that need no Go type: of an unknown field, of one of the wrong type, and of
// what a json.Unmarshaler will be given.
func (d *decoder) skip() {
	switch kinds[d.peek()] {
	case kindString:
		d.str()
	case kindNumber:
		d.number()
	case kindBool, kindNull, kindWord:
		d.word()
	case kindObject:
		d.skipObject()
	case kindArray:
		d.enter()
		for n := 0; d.more(n, ']'); n++ {
			d.push(^step(n))
			d.skip()
			d.pop()
		}
	default:
		d.unexpected("a value")
	}
}

func (d *decoder) skipObject() {
	d.enter()
	mark := keyMark{start: len(d.keys)}
	for n := 0; d.more(n, '}'); n++ {
		at, name, ok := d.key()
		if ok && !d.keys.add(&mark, name) {
			d.duplicate(at, name)
		}
		d.scratch = nil // name may be in it, and is kept
		d.skip()
		d.pop()
	}
	d.keys = d.keys[:mark.start]
}

func (d *decoder) duplicate(at int, name []byte) {
	d.fault(at, "duplicate key %q", clip(string(name)))
}

// word reads a bare word: a boolean, or a fault.
func (d *decoder) word() (value, ok bool) {
	start, end := d.pos, d.pos
	for end < len(d.data) && isWord(d.data[end]) {
		end++
	}
	word := d.data[start:end]
	d.pos = end
	switch string(word) {
	case "true":
		return true, true
	case "false":
		return false, true
	case "null":
		d.fault(start, "null is not used here, leave the value out")
	default:
		d.fault(start, "invalid literal %q", clip(string(word)))
	}
	return false, false
}

// keyStack holds the keys of the open objects that have no struct to count them, one window per object. Small windows
// are searched, large ones get an index, so that no object costs more than its length.
type keyStack [][]byte

// keyMark is the window of one object.
type keyMark struct {
	start int
	index map[string]struct{}
}

// indexed is the window length from which a map is cheaper than comparing.
const indexed = 16

// add keeps a key and tells whether it is new.
func (s *keyStack) add(m *keyMark, name []byte) bool {
	if m.index != nil {
		n := len(m.index)
		m.index[string(name)] = struct{}{}
		return len(m.index) > n
	}
	window := (*s)[m.start:]
	for _, key := range window {
		if bytes.Equal(key, name) {
			return false
		}
	}
	*s = append(*s, name)
	if len(window) == indexed {
		m.index = make(map[string]struct{}, 2*indexed)
		for _, key := range (*s)[m.start:] {
			m.index[string(key)] = struct{}{}
		}
	}
	return true
}
