package template

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
)

// Page is what dot is in a template of a page or a section: the packet and what
// is to be said of it.
type Page struct {
	packet.Packet
	Verdict  gates.Verdict   // [packet.Verdict]; Hold instead of Go for a packet that was not verified, or has an undecided gate
	Verified bool            // whether a report was given
	Findings []check.Finding // of the report
}

// Message is what dot is in a template of a message.
type Message struct {
	Page
	Message comms.Message // the one to write
}

// Options bound what a run takes. Zero or less means the default; nil is the
// zero Options.
type Options struct {
	// MaxSteps is how many parts of templates and calls of functions a run
	// passes, and how many elements of lists they handle: 1,000,000.
	MaxSteps int
	// MaxBytes is how long the output is: 1 MiB.
	MaxBytes int
}

const (
	maxTemplate  = 64 << 10 // bytes of a template
	maxText      = 64 << 10 // bytes of a text that is handed to a function, or comes from one
	bytesPerStep = 256      // of texts
)

// Template is a template of a page or of a section. It does not change, and may
// be executed by several goroutines.
type Template struct{ parsed }

// MessageTemplate is a template of a message.
type MessageTemplate struct{ parsed }

// parsed is a template that was checked, with the counting put in.
type parsed struct {
	name   string
	set    *template.Template
	limits Options
}

// Parse reads a template of a page or of a section, whose dot is a [Page]. The
// name stands in errors. The error is a [*ParseError] with every fault.
func Parse(name, text string, opts *Options) (*Template, error) {
	p, err := read(name, text, reflect.TypeFor[Page](), opts)
	if err != nil {
		return nil, err
	}
	return &Template{p}, nil
}

// ParseMessage reads a template of a message, whose dot is a [Message]; else it
// is [Parse].
func ParseMessage(name, text string, opts *Options) (*MessageTemplate, error) {
	p, err := read(name, text, reflect.TypeFor[Message](), opts)
	if err != nil {
		return nil, err
	}
	return &MessageTemplate{p}, nil
}

// Execute writes a page by the template alone, in one call of w.Write: GitHub
// Flavored Markdown with one heading of level one, at its head. The report is
// what [packet.Verify] found, nil if the packet was not verified.
//
// Nothing is written after an error: a [*LimitError], an [*OutputError], one of
// the template itself, such as a field of a test that a criterion does not have,
// or that of w.
func (t *Template) Execute(w io.Writer, p packet.Packet, report *check.Report) error {
	return t.write(w, pageOf(p, report), wholePage)
}

// Execute writes a message, as Execute of [Template] does a page; its headings,
// if it has any, may be of any level.
func (t *MessageTemplate) Execute(w io.Writer, p packet.Packet, m comms.Message, report *check.Report) error {
	return t.write(w, Message{pageOf(p, report), m}, freeText)
}

func pageOf(p packet.Packet, report *check.Report) Page {
	page := Page{Packet: p}
	if report != nil {
		page.Verified, page.Findings = true, report.Findings
	}
	page.Verdict = packet.Verdict(p, check.Report{})
	if report != nil {
		page.Verdict = packet.Verdict(p, *report)
	}
	for _, g := range p.Catalog.Gates {
		if _, ok := p.Decisions.Find(g.ID()); !ok {
			page.Verdict = gates.Worse(page.Verdict, gates.Hold)
		}
	}
	return page
}

func (p *parsed) write(w io.Writer, data any, rules pageRules) error {
	text, err := p.run(data, rules)
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}

// run executes the template and returns the page, tidied and judged.
func (p *parsed) run(data any, rules pageRules) ([]byte, error) {
	set, err := p.set.Clone()
	if err != nil {
		return nil, err // only of a set that was executed, which this never is
	}
	m := &meter{name: p.name, limits: p.limits}
	if err := set.Funcs(m.funcs()).Execute(m, data); err != nil {
		if limit := (*LimitError)(nil); errors.As(err, &limit) {
			return nil, limit
		}
		return nil, err
	}
	page := tidy(m.out.Bytes())
	if faults := judge(page, rules, m.shown); len(faults) > 0 {
		for i := range faults {
			faults[i].Template = p.name
		}
		return nil, &OutputError{faults}
	}
	return page, nil
}

// read parses, checks and prepares a template.
func read(name, text string, dot reflect.Type, opts *Options) (parsed, error) {
	trees, err := parseTrees(name, text)
	if err != nil {
		return parsed{}, err
	}
	c := checker{trees: trees, seen: map[called]bool{}}
	c.body(name, dot)
	for other := range trees {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(c.seen)), func(k called) bool { return k.name == other }) && len(c.faults) == 0 {
			c.tree = trees[other]
			c.fault(nil, "is never called, so nothing in it was checked")
		}
	}
	if len(c.faults) > 0 {
		slices.SortStableFunc(c.faults, func(a, b Fault) int {
			return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Template, b.Template))
		})
		return parsed{}, &ParseError{c.faults}
	}
	out := parsed{name: name, set: template.New(name).Funcs((&meter{}).funcs()), limits: Options{MaxSteps: 1_000_000, MaxBytes: 1 << 20}}
	if opts != nil && opts.MaxSteps > 0 {
		out.limits.MaxSteps = opts.MaxSteps
	}
	if opts != nil && opts.MaxBytes > 0 {
		out.limits.MaxBytes = opts.MaxBytes
	}
	for _, other := range slices.Sorted(maps.Keys(trees)) {
		instrument(trees[other])
		if _, err := out.set.AddParseTree(other, trees[other]); err != nil {
			return parsed{}, fmt.Errorf("template %s: %w", name, err)
		}
	}
	return out, nil
}

// parseTrees returns the trees of a template and of what it defines.
func parseTrees(name, text string) (map[string]*parse.Tree, error) {
	if len(text) > maxTemplate {
		return nil, &ParseError{[]Fault{{Template: name, Message: fmt.Sprintf("has %d bytes, more than the limit of %d", len(text), maxTemplate)}}}
	}
	trees := map[string]*parse.Tree{}
	tree := parse.New(name)
	tree.Mode = parse.SkipFuncCheck // all of them are looked up later, with their arguments
	if _, err := tree.Parse(text, "", "", trees); err != nil {
		f := Fault{Template: name, Message: strings.TrimPrefix(err.Error(), "template: "+name+":")}
		if line, rest, ok := strings.Cut(f.Message, ": "); ok {
			if n, err := strconv.Atoi(line); err == nil {
				f.Line, f.Column, f.Message = n, 1, rest
			}
		}
		return nil, &ParseError{[]Fault{f}}
	}
	if trees[name] == nil { // nothing but definitions, or nothing at all
		trees[name] = tree
	}
	return trees, nil
}
