package template

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"
)

// checker walks the trees of a template beside the types of what they name. It
// knows one body at a time: the type of dot, the variables in sight, and what
// stands on the line before the next action.
type checker struct {
	trees  map[string]*parse.Tree
	faults []Fault
	seen   map[called]bool // bodies that were checked, or are being
	open   []string        // templates that are being checked, outermost first

	tree *parse.Tree
	dot  reflect.Type
	vars []variable
	line lineState
}

type called struct {
	name string
	dot  reflect.Type
}

type variable struct {
	name string
	typ  reflect.Type
}

// unknown stands for the type of what is at fault; nothing more is said of it.
var unknown = reflect.TypeFor[struct{ fault string }]()

// maxFaults is how many are listed: nobody reads more.
const maxFaults = 100

func (c *checker) fault(n parse.Node, format string, args ...any) reflect.Type {
	f := Fault{Template: c.tree.Name, Message: fmt.Sprintf(format, args...)}
	if n != nil {
		f.Line, f.Column = place(c.tree, n)
		f.Node = n.String()
	}
	if len(c.faults) < maxFaults && !slices.Contains(c.faults, f) { // a body is checked once for each dot
		c.faults = append(c.faults, f)
	}
	return unknown
}

// place reads line and column of a node, which the parser gives as text only.
func place(tree *parse.Tree, n parse.Node) (line, column int) {
	location, _ := tree.ErrorContext(n)
	parts := strings.Split(location, ":")
	if len(parts) < 3 {
		return 0, 0
	}
	line, _ = strconv.Atoi(parts[len(parts)-2])
	column, _ = strconv.Atoi(parts[len(parts)-1])
	return line, column + 1
}

// body checks a template for one type of dot.
func (c *checker) body(name string, dot reflect.Type) {
	key := called{name, dot}
	if c.seen[key] {
		return
	}
	c.seen[key] = true
	outer := *c
	c.open = append(slices.Clip(c.open), name)
	c.tree, c.dot, c.vars = c.trees[name], dot, []variable{{"$", dot}}
	c.nodes(c.tree.Root)
	c.open, c.tree, c.dot, c.vars = outer.open, outer.tree, outer.dot, outer.vars
}

// nodes checks a list in a scope of its own.
func (c *checker) nodes(list *parse.ListNode) {
	if list == nil {
		return
	}
	dot, vars := c.dot, len(c.vars)
	for _, n := range list.Nodes {
		c.node(n)
	}
	c.dot, c.vars = dot, c.vars[:vars]
}

func (c *checker) node(n parse.Node) {
	switch n := n.(type) {
	case *parse.TextNode:
		c.line.text(string(n.Text))
	case *parse.ActionNode:
		t := c.pipe(n.Pipe)
		if len(n.Pipe.Decl) == 0 {
			c.printed(n, t)
		}
	case *parse.IfNode:
		c.branch(&n.BranchNode, c.dot)
	case *parse.WithNode:
		c.branch(&n.BranchNode, nil)
	case *parse.RangeNode:
		c.loop(n)
	case *parse.TemplateNode:
		c.call(n)
	}
}

// printed checks an action that writes.
func (c *checker) printed(n *parse.ActionNode, t reflect.Type) {
	if t != unknown && t != markupType && !printable(t) {
		c.fault(n.Pipe, "prints %s, which has no text: name a field of it", describe(t))
	}
	if why := c.line.closed(); why != "" {
		c.fault(n.Pipe, "%s", why)
	}
	c.line.text("x")
}

// branch checks if and with; dot is that of the body, nil for what the pipeline
// gives.
func (c *checker) branch(n *parse.BranchNode, dot reflect.Type) {
	outer, vars := c.dot, len(c.vars)
	t := c.pipe(n.Pipe)
	before := c.line
	c.dot = cmp.Or(dot, t)
	if t != unknown || dot != nil {
		c.nodes(n.List)
	}
	after := c.line
	c.dot, c.line = outer, before
	c.nodes(n.ElseList)
	c.line = c.line.or(after)
	c.vars = c.vars[:vars]
}

func (c *checker) loop(n *parse.RangeNode) {
	outer, vars := c.dot, len(c.vars)
	t := c.ranged(n.Pipe)
	before := c.line
	if t != unknown {
		c.dot = t
		c.nodes(n.List)
		if open := c.line.inside(); open != "" && before.inside() == "" {
			c.fault(n.Pipe, "each round ends, and the next begins, in %s", open)
		}
	}
	c.dot = outer
	after := c.line
	c.line = before
	c.nodes(n.ElseList)
	c.line = c.line.or(after)
	c.vars = c.vars[:vars]
}

// ranged checks the pipeline of a range and returns the type of an element.
func (c *checker) ranged(p *parse.PipeNode) reflect.Type {
	t := c.value(p)
	if t == unknown {
		return t
	}
	if t.Kind() != reflect.Slice {
		return c.fault(p, "ranges over %s, want a list", describe(t))
	}
	switch len(p.Decl) {
	case 1:
		c.declare(p, p.Decl[0], t.Elem())
	case 2:
		c.declare(p, p.Decl[0], wholeType)
		c.declare(p, p.Decl[1], t.Elem())
	}
	return t.Elem()
}

func (c *checker) call(n *parse.TemplateNode) {
	dot := opaqueType
	if n.Pipe != nil {
		dot = c.pipe(n.Pipe)
	}
	switch {
	case c.trees[n.Name] == nil:
		c.fault(n, "no template is called %q", n.Name)
	case slices.Contains(c.open, n.Name):
		c.fault(n, "calls itself: %s", strings.Join(append(slices.Clone(c.open), n.Name), " → "))
	case dot != unknown:
		c.body(n.Name, dot)
	}
}

// declare sets a variable; one that is there already keeps its type.
func (c *checker) declare(p *parse.PipeNode, v *parse.VariableNode, t reflect.Type) {
	name := v.Ident[0]
	if !p.IsAssign {
		c.vars = append(c.vars, variable{name, t})
		return
	}
	for _, old := range slices.Backward(c.vars) {
		if old.name == name {
			if old.typ != t && old.typ != unknown && t != unknown {
				c.fault(p, "%s is %s and becomes %s", name, describe(old.typ), describe(t))
			}
			return
		}
	}
	c.fault(p, "%s is not declared", name)
}
