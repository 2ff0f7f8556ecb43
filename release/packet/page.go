package packet

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/internal/jsondiff"
	"github.com/tidegate-go/tidegate/release/check"
)

// Deliverable returns which deliverable of a packet a path belongs to, as
// people call it: the name of a group of [check.Report.Groups].
func Deliverable(at check.Path) string {
	for _, d := range deliverables {
		if at.Within(d.root) {
			return d.name
		}
	}
	return "packet"
}

// deliverables are in the order of a document; what stands first wins.
var deliverables = []struct {
	root check.Path
	name string
}{
	{"plan.overview", "release overview"}, {scopePath, "release overview"},
	{"plan.dependencies", "dependency matrix"}, {"plan.timeline", "milestone timeline"},
	{catalogPath, "risk gate catalog"}, {decisionsPath, "decisions"}, {"waivers", "decisions"},
	{"plan.checklists", "checklist suite"}, {"plan.rollback", "checklist suite"},
	{notesPath, "release notes"}, {commsPath, "communication plan"}, {compliancePath, "compliance evidence log"},
	{"plan.questions", "open issues register"}, {"plan.risks", "risks"}, {"plan.tooling", "tooling"},
	{"plan", "plan"},
}

// RulesPage returns the page that lists every rule, in Markdown, those of
// [RenderedRules] last. Its examples are what each rule's bad example changes in a
// good packet: what stands there passes, and what comes in its place fails. Rules
// of rendered packets have none: they look at Markdown, which package render has.
// It fails if a packet cannot be encoded or an example cannot be made.
func RulesPage(good func() Packet) ([]byte, error) {
	before, err := Encode(good())
	if err != nil {
		return nil, err
	}
	rules := Rules()
	slices.SortStableFunc(rules, func(a, b check.Rule[Packet]) int { return strings.Compare(a.ID, b.ID) })
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Rules\n\nGenerated from the %d rules of packets and those of rendered packets in the code; do not edit. The example of\n"+
		"a rule is what has to change in a good packet for the rule to find something: what stands before the arrow passes, what\n"+
		"stands behind it fails. `[]` is any element of a list.\n", len(rules))
	group := ""
	for _, r := range rules {
		if prefix, _, _ := strings.Cut(r.ID, "-"); prefix != group {
			group = prefix
			fmt.Fprintf(&b, "\n## %s\n\n| Rule | Severity | What has to hold | Looks at | Passes → fails |\n| --- | --- | --- | --- | --- |\n", group)
		}
		looks, example, err := illustrate(r, good(), before)
		if err != nil {
			return nil, fmt.Errorf("rule %s: %w", r.ID, err)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", r.ID, r.Severity, cell(r.Doc), looks, example)
	}
	renderedTable(&b)
	return b.Bytes(), nil
}

// renderedTable lists the rules of rendered packets that are no rules of packets,
// and names those that are both.
func renderedTable(b *bytes.Buffer) {
	b.WriteString("\n## Rendered packets\n\nJudged by `render.Check` on the parsed bytes of the body and the annex.\n\n" +
		"| Rule | Severity | What has to hold |\n| --- | --- | --- |\n")
	var both []string
	for _, r := range RenderedRules() {
		if r.Also {
			both = append(both, r.ID)
			continue
		}
		fmt.Fprintf(b, "| %s | %s | %s |\n", r.ID, r.Severity, strings.ReplaceAll(cell(r.Doc), "[", `\[`))
	}
	fmt.Fprintf(b, "\nThe pages are held to %s too, as the packet is.\n", strings.Join(both, ", "))
}

// illustrate says which places a rule's example changes, and what it changes
// them from and to.
func illustrate(r check.Rule[Packet], p Packet, before []byte) (looks, example string, err error) {
	r.Bad(&p)
	after, err := Encode(p)
	if err != nil { // what has no text form: a document cannot say it, only code can
		at, why, _ := strings.Cut(strings.TrimPrefix(err.Error(), "encode packet.Packet: "), ": ")
		return "`" + anyIndex.ReplaceAllString(at, "[]") + "`", "`" + at + "` cannot be encoded: " + cell(why), nil
	}
	changes, err := jsondiff.Diff(before, after)
	if err != nil {
		return "", "", err
	}
	const most = 2
	var places, lines []string
	for i, c := range changes {
		if place := "`" + anyIndex.ReplaceAllString(string(c.Path), "[]") + "`"; !slices.Contains(places, place) && len(places) < most {
			places = append(places, place)
		}
		if i < most {
			lines = append(lines, fmt.Sprintf("`%s`: %s → %s", c.Path, sample(c.Old), sample(c.New)))
		}
	}
	if n := len(changes) - most; n > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", n))
	}
	return strings.Join(places, ", "), strings.Join(lines, "; "), nil
}

var anyIndex = regexp.MustCompile(`\[\d+\]`)

// sample quotes a value of JSON, or its beginning if it is long.
func sample(json string) string {
	const most = 60
	if json == "" {
		return "nothing"
	}
	if r := []rune(json); len(r) > most {
		json = string(r[:most-1]) + "…"
	}
	return "`" + cell(strings.ReplaceAll(json, "`", "'")) + "`"
}

// cell is a text in a cell of a table.
func cell(s string) string { return strings.ReplaceAll(check.OneLine(s), "|", `\|`) }
