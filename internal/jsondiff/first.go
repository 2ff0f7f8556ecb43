package jsondiff

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
)

// Place is where two texts are not the same, and the line of each there. Lines
// are cut around the place where they are long.
type Place struct {
	Path       check.Path
	Text, Want string
}

// First compares a text with the JSON document that it should be, byte by byte,
// and returns the first place where it is not. The path is that of the document,
// so the text need not be JSON.
func First(text, want []byte) (Place, bool) {
	if bytes.Equal(text, want) {
		return Place{}, false
	}
	at := 0
	for at < min(len(text), len(want)) && text[at] == want[at] {
		at++
	}
	from := at
	if at > 0 && !bytes.ContainsRune([]byte("{}[]:,\" \n\t\r"), rune(want[at-1])) {
		from-- // a number or a word that goes on in the text
	}
	return Place{At(want, from), line(text, at), line(want, at)}, true
}

// line is the line that a byte stands in, or that the text ends with.
func line(text []byte, at int) string {
	const long = 80
	start := max(bytes.LastIndexByte(text[:at], '\n')+1, at-long)
	end := len(text)
	if i := bytes.IndexByte(text[at:], '\n'); i >= 0 {
		end = at + i
	}
	return strings.ToValidUTF8(strings.TrimSpace(string(text[start:min(end, at+long)])), "?")
}

// At returns the path of what a byte of a valid document belongs to: the value
// or member that it is part of or stands before, and the object or list that it
// closes. The path is empty at the top and behind the end.
func At(text []byte, offset int) check.Path {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	w := walker{d: d, offset: int64(offset)}
	path, _ := w.value("")
	return path
}

// walker looks for the token that ends behind a byte.
type walker struct {
	d      *json.Decoder
	offset int64
}

func (w *walker) passed() bool { return w.d.InputOffset() > w.offset }

// value walks one value and reports whether the byte belongs to it.
func (w *walker) value(at check.Path) (check.Path, bool) {
	token, err := w.d.Token()
	if err != nil || w.passed() {
		return at, err == nil
	}
	delim, ok := token.(json.Delim)
	if !ok {
		return "", false
	}
	for i := 0; w.d.More(); i++ {
		below := at.Index(i)
		if delim == '{' {
			name, err := w.d.Token()
			if err != nil {
				return at, true
			}
			below = at.Field(name.(string))
			if w.passed() {
				return below, true
			}
		}
		if found, ok := w.value(below); ok {
			return found, true
		}
	}
	if _, err := w.d.Token(); err == nil && w.passed() {
		return at, true
	}
	return "", false
}
