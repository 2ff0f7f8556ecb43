package template

import (
	"fmt"
	"text/template/parse"
)

// instrument puts into a tree what counts and what escapes: at the head of the
// template and of each range a step for all that stands in it, at the end of
// each action that writes the function that prints.
func instrument(tree *parse.Tree) {
	if tree.Root == nil {
		return
	}
	weight := escapeAll(tree.Root)
	tree.Root.Nodes = append(stepNodes(weight), tree.Root.Nodes...)
}

// escapeAll prepares a list and returns how many nodes there are in it, those of
// ranges apart, which have their own step.
func escapeAll(list *parse.ListNode) int {
	if list == nil {
		return 0
	}
	weight := len(list.Nodes)
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			if weight += size(n.Pipe); len(n.Pipe.Decl) == 0 {
				n.Pipe.Cmds = append(n.Pipe.Cmds, &parse.CommandNode{NodeType: parse.NodeCommand, Pos: n.Pos,
					Args: []parse.Node{parse.NewIdentifier(printName).SetPos(n.Pos)}})
			}
		case *parse.IfNode:
			weight += size(n.Pipe) + escapeAll(n.List) + escapeAll(n.ElseList)
		case *parse.WithNode:
			weight += size(n.Pipe) + escapeAll(n.List) + escapeAll(n.ElseList)
		case *parse.RangeNode:
			inner := escapeAll(n.List)
			n.List.Nodes = append(stepNodes(1+inner), n.List.Nodes...)
			weight += size(n.Pipe) + escapeAll(n.ElseList)
		case *parse.TemplateNode:
			weight += size(n.Pipe)
		}
	}
	return weight
}

// size is how many words a pipeline has.
func size(p *parse.PipeNode) int {
	if p == nil {
		return 0
	}
	n := 0
	for _, cmd := range p.Cmds {
		for _, arg := range cmd.Args {
			n++
			if inner, ok := arg.(*parse.PipeNode); ok {
				n += size(inner)
			}
		}
	}
	return n
}

// stepNodes is an action that counts and writes nothing.
func stepNodes(weight int) []parse.Node {
	tree := parse.New("")
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(fmt.Sprintf("{{%s %d}}", stepName, weight), "", "", map[string]*parse.Tree{}); err != nil {
		panic("template: " + err.Error()) // of a text that is written here
	}
	return tree.Root.Nodes
}
