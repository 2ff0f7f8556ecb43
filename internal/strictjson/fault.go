package strictjson

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Fault is one thing wrong with a document.
type Fault struct {
	// Line and Column are where the faulty key, value or byte begins, both from 1; a column counts bytes, not runes.
	Line, Column int
	// Path names the value from the root, as in gates[1].criteria[0].limit; a key that is no plain name is written
	// ["like this"], and the root is "".
	Path string
	// Message is one line that names the offending value.
	Message string
}

// String returns "line:column: path: message"; the root has no path part.
func (f Fault) String() string {
	if f.Path == "" {
		return fmt.Sprintf("%d:%d: %s", f.Line, f.Column, f.Message)
	}
	return fmt.Sprintf("%d:%d: %s: %s", f.Line, f.Column, f.Path, f.Message)
}

// Error says that the document is at fault. Faults holds at least one fault, in the order of the document.
type Error struct {
	Faults []Fault
}

// Error lists all faults, one per line.
func (e *Error) Error() string {
	lines := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}

// found is a fault whose place is still an offset: lines are counted once, at the end, and only when there are faults.
type found struct {
	at      int
	path    string
	message string
}

// locate turns offsets into lines and columns, in the order of the document.
func locate(input []byte, list []found) []Fault {
	slices.SortStableFunc(list, func(a, b found) int { return cmp.Compare(a.at, b.at) })
	faults := make([]Fault, 0, len(list)+1)
	line, start := 1, 0
	for _, f := range list {
		for {
			n := bytes.IndexByte(input[start:f.at], '\n')
			if n < 0 {
				break
			}
			line, start = line+1, start+n+1
		}
		faults = append(faults, Fault{Line: line, Column: f.at - start + 1, Path: f.path, Message: f.message})
	}
	return faults
}

// offset is the inverse of locate for one place, bounded by the input.
func offset(input []byte, line, column int) int {
	start := 0
	for ; line > 1; line-- {
		n := bytes.IndexByte(input[start:], '\n')
		if n < 0 {
			break
		}
		start += n + 1
	}
	return min(start+max(column-1, 0), len(input))
}

// maxQuoted bounds what a message or a path repeats of the input, in bytes: a document must not be able to make its
// report many times larger than itself.
const maxQuoted = 96

// clip shortens text for a message without cutting a rune.
func clip(text string) string {
	if len(text) <= maxQuoted {
		return text
	}
	return strings.ToValidUTF8(text[:maxQuoted], "") + "..."
}

// oneLine keeps a foreign error from breaking the list of faults, which has one per line.
func oneLine(err error) string {
	return strings.ReplaceAll(strings.TrimSpace(err.Error()), "\n", "; ")
}
