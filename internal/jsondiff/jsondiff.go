// Package jsondiff says where two JSON documents differ.
//
// [Diff] compares what they say, [First] their bytes: documents may say the same
// in other bytes, or one of them may not be JSON any more.
package jsondiff

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
)

// Change is one value that is not the same in both documents. Old and New are
// compact JSON; one of them is empty where the value was added or removed.
type Change struct {
	Path check.Path
	Old  string
	New  string
}

// Diff returns the changes from one document to another, in the order of the
// old one, what was added after it. Objects are compared member by member.
// Lists are compared element by element: by the "id", "name" or "role" that
// every element has for itself, and by position where they have none. An index
// is that of the new document, and of the old one for what was removed.
func Diff(from, to []byte) ([]Change, error) { return DiffBy(from, to, "id", "name", "role") }

// DiffBy is [Diff] with the names of the members that tell elements of lists
// apart, those that are tried first first. "environment+kind" is a name of two
// members.
func DiffBy(from, to []byte, names ...string) ([]Change, error) {
	before, err := parse(from)
	if err != nil {
		return nil, fmt.Errorf("the old document: %w", err)
	}
	after, err := parse(to)
	if err != nil {
		return nil, fmt.Errorf("the new document: %w", err)
	}
	d := differ{names: names}
	d.diff("", before, after)
	return d.changes, nil
}

// node is a JSON value with its members in their order.
type node struct {
	kind  byte     // '{', '[' or 'v'
	text  string   // of a plain value, as it is written by encoding/json
	names []string // of an object
	of    []*node  // members or elements
}

func parse(text []byte) (*node, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	n, err := read(d)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("there is more than one value")
	}
	return n, nil
}

func read(d *json.Decoder) (*node, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	delim, ok := token.(json.Delim)
	if !ok {
		text, err := plain(token)
		return &node{kind: 'v', text: text}, err
	}
	n := &node{kind: byte(delim)}
	for d.More() {
		if n.kind == '{' {
			name, err := d.Token()
			if err != nil {
				return nil, err
			}
			n.names = append(n.names, name.(string)) // the decoder takes nothing else for a name
		}
		child, err := read(d)
		if err != nil {
			return nil, err
		}
		n.of = append(n.of, child)
	}
	_, err = d.Token() // the end
	return n, err
}

// plain writes a value without HTML escaping.
func plain(v any) (string, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return strings.TrimSuffix(out.String(), "\n"), err
}

// member returns the value of a member of an object, and nil if it has none.
func (n *node) member(name string) *node {
	if n == nil || n.kind != '{' {
		return nil
	}
	if i := slices.Index(n.names, name); i >= 0 {
		return n.of[i]
	}
	return nil
}

// String returns compact JSON.
func (n *node) String() string {
	if n == nil {
		return ""
	}
	if n.kind == 'v' {
		return n.text
	}
	parts := make([]string, len(n.of))
	for i, child := range n.of {
		parts[i] = child.String()
		if n.kind == '{' {
			name, _ := plain(n.names[i]) // a string always has a JSON form
			parts[i] = name + ":" + parts[i]
		}
	}
	if n.kind == '{' {
		return "{" + strings.Join(parts, ",") + "}"
	}
	return "[" + strings.Join(parts, ",") + "]"
}
