package document

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tidegate-go/tidegate/internal/jsondiff"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
)

// comparison takes the differences of two packets apart into plain values.
type comparison struct {
	later any // the later packet, as package json reads it
	all   []Change
}

func compare(before, after packet.Packet) (*comparison, error) {
	from, err := packet.Encode(before)
	if err != nil {
		return nil, fmt.Errorf("document: the former packet: %w", err)
	}
	to, err := packet.Encode(after)
	if err != nil {
		return nil, fmt.Errorf("document: the later packet: %w", err)
	}
	diffs, err := diff(from, to)
	if err != nil {
		return nil, fmt.Errorf("document: %w", err)
	}
	c := &comparison{later: read(string(to))}
	for _, d := range diffs {
		c.add(d)
	}
	return c, nil
}

// add takes one difference apart.
func (c *comparison) add(d jsondiff.Change) {
	label := c.label(d)
	if strings.HasSuffix(string(d.Path), "]") {
		label += ":"
	}
	if list(d.Old) && list(d.New) { // an order
		c.put(d.Path, strings.TrimSuffix(label, ":")+" order", d.Old, d.New)
		return
	}
	if d.Old != "" && d.New != "" && !list(d.Old) && !list(d.New) && !object(d.Old) && !object(d.New) {
		c.put(d.Path, label, d.Old, d.New)
		return
	}
	c.leaves(d.Path, label, read(d.Old), func(text string) (string, string) { return text, "" })
	c.leaves(d.Path, label, read(d.New), func(text string) (string, string) { return "", text })
}

func list(text string) bool   { return strings.HasPrefix(text, "[") }
func object(text string) bool { return strings.HasPrefix(text, "{") }

func (c *comparison) put(path check.Path, label, from, to string) {
	c.all = append(c.all, Change{path, strings.TrimSuffix(label, ":"), kindOf(path, from, to), from, to})
}

// leaves adds every plain value below a value, in the order of names and indexes.
// An empty list and an empty object are plain.
func (c *comparison) leaves(path check.Path, label string, v any, sides func(string) (string, string)) {
	switch v := v.(type) {
	case missing:
	case map[string]any:
		if len(v) > 0 {
			names := make([]string, 0, len(v))
			for name := range v {
				names = append(names, name)
			}
			slices.Sort(names)
			for _, name := range names {
				c.leaves(path.Field(name), label+" "+words(name), v[name], sides)
			}
			return
		}
		from, to := sides("{}")
		c.put(path, label, from, to)
	case []any:
		for i := range v {
			c.leaves(path.Index(i), label+" "+element(v[i], i), v[i], sides)
		}
		if len(v) == 0 {
			from, to := sides("[]")
			c.put(path, label, from, to)
		}
	default:
		from, to := sides(write(v))
		c.put(path, label, from, to)
	}
}

// missing is the value that is not there.
type missing struct{}

// read reads a document that jsondiff has read or written.
func read(text string) any {
	if text == "" {
		return missing{}
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return missing{}
	}
	return v
}

func write(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return ""
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// label puts the path of a difference into words. The last index of an element
// that was removed is of the former packet, so it is named by itself; a path that
// does not lead anywhere, as one with a dot in a name, stays as it is.
func (c *comparison) label(d jsondiff.Change) string {
	steps := strings.FieldsFunc(string(d.Path), func(r rune) bool { return r == '.' || r == '[' })
	at, out := c.later, make([]string, 0, len(steps))
	for n, s := range steps {
		last := n+1 == len(steps)
		if digits, ok := strings.CutSuffix(s, "]"); ok {
			i, err := strconv.Atoi(digits)
			all, isList := at.([]any)
			switch {
			case err != nil || !isList:
				return string(d.Path)
			case last && d.New == "":
				out = append(out, element(read(d.Old), i))
				continue
			case i >= len(all):
				return string(d.Path)
			}
			at = all[i]
			out = append(out, element(at, i))
			continue
		}
		fields, ok := at.(map[string]any)
		if !ok {
			return string(d.Path)
		}
		next, ok := fields[s]
		if !ok && (!last || d.New != "") {
			return string(d.Path)
		}
		at = next
		if n > 0 || s != "plan" {
			out = append(out, words(s))
		}
	}
	return strings.TrimSuffix(strings.Join(out, " "), ":")
}

// element names an element of a list by itself, or by its position from 1.
func element(v any, i int) string {
	if fields, ok := v.(map[string]any); ok {
		for _, name := range elements {
			parts := strings.Split(name, "+")
			for j, part := range parts {
				s, ok := fields[part].(string)
				if !ok || s == "" {
					parts = nil
					break
				}
				parts[j] = s
			}
			if len(parts) > 0 {
				return strings.Join(parts, "/") + ":"
			}
		}
	}
	return strconv.Itoa(i+1) + ":"
}

// words are the words of a name in JSON: "rollbackSLA" is "rollback SLA".
func words(name string) string {
	var b strings.Builder
	for i, r := range name {
		upper := r >= 'A' && r <= 'Z'
		if upper && i > 0 && (name[i-1] < 'A' || name[i-1] > 'Z') {
			b.WriteByte(' ')
		}
		if upper && (i+1 == len(name) || name[i+1] < 'A' || name[i+1] > 'Z') && (i == 0 || name[i-1] < 'A' || name[i-1] > 'Z') {
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}
