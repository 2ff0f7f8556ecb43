package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// exceptions is what exceptions.yaml says.
type exceptions struct {
	problems
	present  bool
	groups   []exceptionGroup
	unknown  map[string]int // fields that are not read, how often
	approval map[string]int // ids given so far
}

// exceptionGroup is the requests to be excepted from one freeze.
type exceptionGroup struct {
	name      string // as in the file: "codeFreeze"; "" for a list without groups
	line      int
	approvals []fact.Approval
}

// readExceptions reads the file. The error is one of syntax: nothing is known then.
func readExceptions(source []byte) (*exceptions, error) {
	e := &exceptions{problems: problems{file: exceptionsFile}, present: true, unknown: map[string]int{}, approval: map[string]int{}}
	var doc, more yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(source))
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF) || err == nil && len(doc.Content) == 0:
		return e, nil // empty, or only comments
	case err != nil:
		return nil, fmt.Errorf("%s: %w", exceptionsFile, err)
	}
	switch err := dec.Decode(&more); {
	case err == nil:
		e.lose(more.Line, "a second document is not read")
	case !errors.Is(err, io.EOF):
		return nil, fmt.Errorf("%s: %w", exceptionsFile, err)
	}
	switch root := resolve(doc.Content[0]); {
	case isNull(root):
	case root.Kind == yaml.MappingNode:
		e.readGroups(root)
	case root.Kind == yaml.SequenceNode:
		e.add(absent, root.Line, "the list is not divided by freezes: to which each request belongs is not known")
		e.readGroup("", root)
	default:
		return nil, fmt.Errorf("%s:%d: want groups of exceptions, got %s", exceptionsFile, root.Line, describe(root))
	}
	return e, nil
}

func (e *exceptions) readGroups(root *yaml.Node) {
	seen := map[string]int{}
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, list := root.Content[i], resolve(root.Content[i+1])
		if first, ok := seen[key.Value]; ok {
			e.add(contradicts, key.Line, "the group %s stands at line %d already: both are read", key.Value, first)
		} else {
			seen[key.Value] = key.Line
		}
		switch {
		case isNull(list):
			e.groups = append(e.groups, exceptionGroup{name: key.Value, line: key.Line})
		case list.Kind == yaml.SequenceNode:
			e.readGroup(key.Value, list)
		default:
			e.lose(key.Line, "%s: want a list of exceptions, got %s", key.Value, describe(list))
		}
	}
}

func (e *exceptions) readGroup(name string, list *yaml.Node) {
	g := exceptionGroup{name: name, line: list.Line}
	if name != "" && phaseOf(name) == "" && len(list.Content) > 0 {
		e.add(unused, list.Line, "%s is no freeze that has gates: its exceptions count for the release alone", name)
	}
	for _, item := range list.Content {
		if a, ok := e.readException(name, resolve(item)); ok {
			g.approvals = append(g.approvals, a)
		}
	}
	e.groups = append(e.groups, g)
}

// readException reads one request. One that lacks a part is kept: what is
// missing shows in the gates. One that is no request at all is not, and makes
// the list incomplete.
func (e *exceptions) readException(group string, n *yaml.Node) (fact.Approval, bool) {
	if n.Kind != yaml.MappingNode {
		e.lose(n.Line, "want an exception, got %s", describe(n))
		return fact.Approval{}, false
	}
	var a fact.Approval
	var issue, status string
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, v := n.Content[i], resolve(n.Content[i+1])
		if seen[key.Value] {
			e.lose(key.Line, "%s is given twice", key.Value)
			return fact.Approval{}, false
		}
		seen[key.Value] = true
		switch key.Value {
		case "name":
			a.Title = e.text(key, v)
		case "issue":
			issue = strings.TrimPrefix(e.text(key, v), "#")
		case "date_requested":
			a.Requested = e.date(key, v)
		case "date_reviewed":
			a.At = e.date(key, v)
		case "thread":
			a.Link = e.link(key, v)
		case "pull_requests":
			a.Comment = e.list(key, v)
		case "status":
			status = e.text(key, v)
		default:
			e.unknown[key.Value]++
		}
	}
	a.Answer = e.answer(n.Line, status)
	a.ID = e.id(group, issue, a.Title, n.Line)
	return a, true
}

func (e *exceptions) answer(line int, status string) fact.Answered {
	switch strings.ToLower(status) {
	case "approved":
		return fact.Approved
	case "rejected", "denied":
		return fact.Rejected
	case "":
		e.add(absent, line, "the exception has no status: it counts as pending")
	case "pending":
	default:
		e.add(absent, line, "the status %q is neither approved nor rejected: it counts as pending", status)
	}
	return fact.Pending
}

// id names a request: its freeze and its enhancement, and a number from the
// second request for the same one on.
func (e *exceptions) id(group, issue, title string, line int) string {
	about := issue
	if about == "" {
		e.add(absent, line, "the exception %q names no issue", title)
		about = slug(title)
	}
	if about == "" {
		about = "line-" + strconv.Itoa(line)
	}
	id := strings.TrimPrefix(group+"/"+about, "/")
	e.approval[id]++
	if n := e.approval[id]; n > 1 {
		id += "#" + strconv.Itoa(n)
	}
	return id
}

func (e *exceptions) text(key, v *yaml.Node) string {
	if v.Kind != yaml.ScalarNode {
		e.add(unreadable, key.Line, "%s: want a text, got %s", key.Value, describe(v))
		return ""
	}
	if isNull(v) {
		return ""
	}
	return strings.TrimSpace(v.Value)
}

// date reads a day. The model has an instant there, so it is the first of the
// day in UTC.
func (e *exceptions) date(key, v *yaml.Node) time.Time {
	s := e.text(key, v)
	if nobody(s) {
		return time.Time{}
	}
	t, err := time.Parse("2006-1-2", s)
	if err != nil {
		e.add(unreadable, key.Line, "%s: %q is no date as 2006-01-02", key.Value, s)
	}
	return t
}

func (e *exceptions) link(key, v *yaml.Node) value.Link {
	s := e.text(key, v)
	if s == "" {
		return ""
	}
	link, err := value.ParseLink(s)
	if err != nil {
		e.add(unreadable, key.Line, "%s: %v", key.Value, err)
	}
	return link
}

func (e *exceptions) list(key, v *yaml.Node) string {
	if v.Kind != yaml.SequenceNode {
		return e.text(key, v)
	}
	var all []string
	for _, item := range v.Content {
		all = append(all, e.text(key, resolve(item)))
	}
	return strings.Join(all, ", ")
}

// resolve follows an alias to the node that has the anchor, which is no alias.
func resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		return n.Alias
	}
	return n
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

func describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	default:
		return fmt.Sprintf("%.60q", n.Value)
	}
}
