package template

import (
	"errors"
	"reflect"
	"slices"
	"text/template/parse"
)

// pipe checks a pipeline with its variables and returns the type of its value.
func (c *checker) pipe(p *parse.PipeNode) reflect.Type {
	t := c.value(p)
	for _, v := range p.Decl {
		c.declare(p, v, t)
	}
	return t
}

// value checks the commands of a pipeline; each is given the value of the one
// before as its last argument.
func (c *checker) value(p *parse.PipeNode) reflect.Type {
	var t reflect.Type
	for _, cmd := range p.Cmds {
		t = c.command(cmd, t)
	}
	if t == nil {
		return c.fault(p, "has no value")
	}
	return t
}

// command checks a command; final is the type of the value before it, or nil.
func (c *checker) command(cmd *parse.CommandNode, final reflect.Type) reflect.Type {
	if id, ok := cmd.Args[0].(*parse.IdentifierNode); ok {
		return c.function(cmd, id, final)
	}
	if len(cmd.Args) > 1 || final != nil {
		return c.fault(cmd, "takes no arguments")
	}
	return c.operand(cmd.Args[0])
}

// operand checks one argument, or a command of one word.
func (c *checker) operand(n parse.Node) reflect.Type {
	switch n := n.(type) {
	case *parse.FieldNode:
		return c.chain(n, c.dot, n.Ident)
	case *parse.VariableNode:
		for _, v := range slices.Backward(c.vars) {
			if v.name == n.Ident[0] {
				return c.chain(n, v.typ, n.Ident[1:])
			}
		}
		return c.fault(n, "is not declared")
	case *parse.ChainNode:
		return c.chain(n, c.operand(n.Node), n.Field)
	case *parse.PipeNode:
		return c.pipe(n)
	case *parse.DotNode:
		return c.dot
	case *parse.StringNode:
		return textType
	case *parse.BoolNode:
		return truthType
	case *parse.NumberNode:
		switch {
		case n.IsInt:
			return wholeType
		case n.IsFloat:
			return realType
		}
	case *parse.IdentifierNode:
		return c.function(n, n, nil)
	}
	return c.fault(n, "cannot be used here")
}

func (c *checker) chain(n parse.Node, t reflect.Type, names []string) reflect.Type {
	if t == unknown {
		return t
	}
	found, err := along(t, names)
	if err != nil {
		return c.fault(n, "%v", err)
	}
	return found
}

// function checks a call.
func (c *checker) function(n parse.Node, id *parse.IdentifierNode, final reflect.Type) reflect.Type {
	var nodes []parse.Node
	if cmd, ok := n.(*parse.CommandNode); ok {
		nodes = cmd.Args[1:]
	}
	var args []reflect.Type
	for _, arg := range nodes {
		args = append(args, c.operand(arg))
	}
	if final != nil {
		args, nodes = append(args, final), append(slices.Clip(nodes), nil)
	}
	if slices.Contains(args, unknown) {
		return unknown
	}
	t, err := c.result(id.Ident, args, nodes)
	if err != nil {
		return c.fault(n, "%v", err)
	}
	return t
}

func (c *checker) result(name string, args []reflect.Type, nodes []parse.Node) (reflect.Type, error) {
	if f := functions[name]; f != nil {
		return f.result(args, nodes)
	}
	if word := language[name]; word != nil {
		return word(args)
	}
	if why := Refused(name); why != "" {
		return nil, errors.New("is not available, since it " + why)
	}
	return nil, errors.New("is no function")
}
