package render_test

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render/internal/pagetest"
)

// tb is what a test and a property have in common.
type tb interface {
	Helper()
	Error(args ...any)
	Errorf(format string, args ...any)
	Fatal(args ...any)
}

// judge is the second reading of a page: tables, links made of bare text,
// strikethrough and task boxes are on, so that text which could become one does.
var judge = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList))

func parse(page string) ast.Node { return judge.Parser().Parse(text.NewReader([]byte(page))) }

var tag = regexp.MustCompile(`<[^>]*>`)

// shown is what a reader sees of a node, without markup.
func shown(t tb, page string, n ast.Node) string {
	t.Helper()
	var b bytes.Buffer
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Type() == ast.TypeBlock && c.Kind() != ast.KindTextBlock && c.Kind() != ast.KindParagraph {
			continue // a list below the item
		}
		if err := judge.Renderer().Render(&b, []byte(page), c); err != nil {
			t.Fatal(err)
		}
	}
	return strings.TrimSpace(html.UnescapeString(tag.ReplaceAllString(b.String(), "")))
}

// all returns every node of the kind.
func all(root ast.Node, kind ast.NodeKind) []ast.Node {
	var found []ast.Node
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && n.Kind() == kind {
			found = append(found, n)
		}
		return ast.WalkContinue, nil
	})
	return found
}

// expected are the kinds that a page is made of.
var expected = []ast.NodeKind{
	ast.KindDocument, ast.KindHeading, ast.KindParagraph, ast.KindTextBlock, ast.KindText, ast.KindString, ast.KindCodeSpan, ast.KindLink,
	ast.KindList, ast.KindListItem, ast.KindEmphasis, east.KindTable, east.KindTableHeader, east.KindTableRow, east.KindTableCell,
	east.KindTaskCheckBox,
}

// verdicts are all that a page emphasises, beside the role of a task.
var verdicts = regexp.MustCompile(`^(Go|Hold|No-go|blocking|(Pass|Warn|Fail|Unknown)( → (Pass|Warn|Fail|Unknown))?)$`)

// tags reports whether the emphasis is the role at the head of a task.
func tags(n ast.Node, s string) bool {
	box := n.PreviousSibling()
	return box != nil && box.Kind() == east.KindTaskCheckBox && strings.HasSuffix(s, ":")
}

// wellFormed checks the form of a page: only the kinds above, links only to the
// given addresses, emphasis only of verdicts, headings in order, full tables.
func wellFormed(t tb, page string, links map[string]bool) {
	t.Helper()
	root := parse(page)
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		if !slices.Contains(expected, n.Kind()) {
			t.Errorf("the page has a %s: %s", n.Kind(), shown(t, page, n))
		}
		switch n := n.(type) {
		case *ast.Link:
			if !links[string(n.Destination)] {
				t.Errorf("the page has a link to %s", n.Destination)
			}
		case *ast.Emphasis:
			if s := shown(t, page, n); n.Level != 2 || !verdicts.MatchString(s) && !tags(n, s) {
				t.Errorf("the page emphasises %q", s)
			}
		case *ast.List:
			if n.IsOrdered() || n.Marker != '-' || !n.IsTight {
				t.Errorf("the page has a list that is ordered, loose or marked with %q", n.Marker)
			}
		case *ast.ListItem:
			if shown(t, page, n) == "" {
				t.Error("the page has an empty bullet")
			}
		case *ast.Text:
			if n.SoftLineBreak() || n.HardLineBreak() {
				t.Errorf("the page has a broken line at %q", n.Segment.Value([]byte(page)))
			}
		}
		return ast.WalkContinue, nil
	})
	headings(t, page, root)
	tables(t, page, root)
	pagetest.Lines(t, page)
}

func headings(t tb, page string, root ast.Node) {
	t.Helper()
	level, first := 0, 0
	for _, n := range all(root, ast.KindHeading) {
		h := n.(*ast.Heading)
		if h.Level > level+1 {
			t.Errorf("heading %q steps from level %d to %d", shown(t, page, h), level, h.Level)
		}
		if level = h.Level; level == 1 {
			first++
		}
	}
	if first != 1 {
		t.Errorf("the page has %d headings of level 1", first)
	}
}

// tables counts cells in the text, since a parser drops and adds cells.
func tables(t tb, page string, root ast.Node) {
	t.Helper()
	pipe := regexp.MustCompile(`(?:^|[^\\])(?:\\\\)*\|`)
	want, rows := 0, 0
	for line := range strings.Lines(page) {
		if !strings.HasPrefix(line, "| ") {
			want = 0
			continue
		}
		rows++
		n := len(pipe.FindAllString(line, -1))
		if want == 0 {
			want = n
		}
		if n != want || !strings.HasSuffix(line, " |\n") {
			t.Errorf("a row has %d pipes, the table %d: %s", n, want, line)
		}
	}
	parsed := 0
	for _, table := range all(root, east.KindTable) {
		parsed += table.ChildCount() + 1 // the line below the header is no node
	}
	if parsed != rows {
		t.Errorf("the page has %d lines of tables, of which %d are read as such", rows, parsed)
	}
}

// linksOf are the addresses that a page of the packet may link to.
func linksOf(p packet.Packet) map[string]bool {
	known := map[string]bool{"annex.md": true}
	for _, title := range []string{"decision", "release-overview", "dependency-matrix", "milestone-timeline", "risk-gate-catalog", "checklist-suite",
		"release-notes-packet", "communication-plan", "compliance-evidence-log", "open-issues-register", "tooling", "waivers", "people-and-roles",
		"terms", "policy", "findings"} {
		known["annex.md#"+title] = true
	}
	add := func(links ...value.Link) {
		for _, l := range links {
			if l.Fault() == nil {
				known[l.Href()] = true
			}
		}
	}
	add(p.Plan.Overview.Links...)
	add(p.Plan.Policy.Link)
	for _, c := range p.Plan.Overview.Components {
		add(c.Repository)
	}
	for _, s := range p.Plan.Scope {
		add(s.Link)
	}
	for _, x := range p.Plan.Dependencies.Items {
		add(x.Link)
	}
	for _, m := range p.Plan.Timeline.Milestones {
		add(m.Link)
	}
	for _, f := range p.Plan.Overview.Flags {
		add(f.Link)
	}
	for _, m := range p.Plan.Overview.Success {
		add(m.Link)
	}
	c := p.Plan.Checklists
	for _, t := range slices.Concat(c.PreRelease, c.Deployment, c.PostRelease, c.Rollback) {
		add(t.Link)
	}
	for _, q := range p.Plan.Questions.Items {
		add(q.Link)
	}
	for _, t := range slices.Concat(p.Plan.Tooling.Artifacts, p.Plan.Tooling.Automation, p.Plan.Tooling.Dashboards) {
		add(t.Link)
	}
	for _, n := range []notes.Note{p.Notes.Customers, p.Notes.Support, p.Notes.Leadership} {
		for _, c := range n.Changes {
			add(c.Link)
		}
		for _, l := range n.Links {
			add(l.URL)
		}
	}
	for _, m := range p.Comms.Messages {
		for _, c := range m.Channels {
			add(value.Link(c.Address))
		}
	}
	for _, l := range p.Comms.Escalation {
		for _, c := range l.Channels {
			add(value.Link(c.Address))
		}
	}
	add(p.Compliance.Repository, p.Compliance.Privacy.Link, p.Compliance.Legal.Link)
	for _, a := range p.Compliance.Approvals {
		add(a.Evidence.Location)
	}
	for _, g := range p.Catalog.Gates {
		add(g.Evidence)
		for _, c := range g.Captures {
			add(c.Where)
		}
		add(g.Dashboards...)
	}
	return known
}
