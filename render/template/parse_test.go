package template_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/render/template"
)

// faults of a template, one a line; nil if it is taken.
func faults(text string) []string {
	_, err := template.Parse("t", text, nil)
	if err == nil {
		return nil
	}
	var e *template.ParseError
	if !errors.As(err, &e) || len(e.Faults) == 0 {
		return []string{"no ParseError: " + err.Error()}
	}
	return strings.Split(err.Error(), "\n")
}

func TestParseRefuses(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"syntax", "a\n{{if}}", []string{"t:2:1: missing value for if"}},
		{"not closed", "{{range .Plan.Risks}}", []string{"t:1:1: unexpected EOF"}},
		{"no field", "\n\n{{.Plan.Risk}}", []string{`t:3:8: .Plan.Risk: release.Plan has no field "Risk"`}},
		{"a field by its name in JSON", "{{.Plan.Overview.rollbackSLA}}", []string{`t:1:8: .Plan.Overview.rollbackSLA: release.Overview has no field "rollbackSLA", did you mean "RollbackSLA"?`}},
		{"a field of text", "{{.Plan.Overview.Name.First}}", []string{`t:1:8: .Plan.Overview.Name.First: text has no field "First"`}},
		{"a field of a list", "{{.Plan.Risks.Title}}", []string{`t:1:8: .Plan.Risks.Title: a list of release.Risk has no field "Title"`}},
		{"a field inside of a range", "{{range .Plan.Risks}}{{.Name}}{{end}}", []string{`t:1:24: .Name: release.Risk has no field "Name"`}},
		{"a field inside of with", "{{with .Plan.Overview}}{{.Plan}}{{end}}", []string{`t:1:26: .Plan: release.Overview has no field "Plan"`}},
		{"a field of the first", "{{(first .Plan.Risks).Name}}", []string{`t:1:22: (first .Plan.Risks).Name: release.Risk has no field "Name"`}},
		{"a field of a variable", "{{$r := index .Plan.Risks 0}}{{$r.Name}}", []string{`t:1:34: $r.Name: release.Risk has no field "Name"`}},
		{"a field of what a test is", "{{range .Catalog.Gates}}{{range .Criteria}}{{with .AtMost}}{{.Limt}}{{end}}{{end}}{{end}}", []string{`t:1:62: .Limt: probe.Threshold has no field "Limt"`}},
		{"a field that is not exported", "{{range .Plan.Timeline.Milestones}}{{.At.year}}{{end}}", []string{`t:1:41: .At.year: value.When has no field "year"`}},
		{"a method that is not listed", "{{.Decisions.Verdict}}", []string{"t:1:13: .Decisions.Verdict: the method Verdict of gates.Decisions is not one that templates may call"}},
		{"a method with arguments", "{{.Plan.Overview.CodeFreeze.In \"UTC\"}}", []string{`t:1:3: .Plan.Overview.CodeFreeze.In "UTC": takes no arguments`}},
		{"a method that copies", "{{.Plan.Clone.Overview.Name}}", []string{"t:1:8: .Plan.Clone.Overview.Name: the method Clone of release.Plan is not one that templates may call"}},
		{"prints a struct", "{{.Plan.Overview.Window}}", []string{"t:1:3: .Plan.Overview.Window: prints release.Window, which has no text: name a field of it"}},
		{"prints a list", "{{.Plan.Overview.Objectives}}", []string{"t:1:3: .Plan.Overview.Objectives: prints a list of string, which has no text: name a field of it"}},
		{"ranges over text", "{{range .Plan.Overview.Name}}x{{end}}", []string{"t:1:9: .Plan.Overview.Name: ranges over text, want a list"}},
		{"ranges over a number", "{{range 1000000000}}x{{end}}", []string{"t:1:9: 1000000000: ranges over a whole number, want a list"}},
		{"ranges over a struct", "{{range .Plan}}x{{end}}", []string{"t:1:9: .Plan: ranges over release.Plan, want a list"}},
		{"an unknown function", "{{shout .Plan.Overview.Name}}", []string{"t:1:3: shout .Plan.Overview.Name: is no function"}},
		{"a function that was put in", "{{tidegate_step 0}}", []string{"t:1:3: tidegate_step 0: is no function"}},
		{"the clock", `{{now}}`, []string{"t:1:3: now: is not available, since it reads the clock"}},
		{"the environment", `{{env "HOME"}}`, []string{`t:1:3: env "HOME": is not available, since it reads the environment`}},
		{"chance", `{{randAlpha 3}}`, []string{"t:1:3: randAlpha 3: is not available, since it is random"}},
		{"text for a number", `{{add "1" 2}}`, []string{`t:1:3: add "1" 2: argument 1 is text, want a whole number`}},
		{"a list for text", `{{upper .Plan.Risks}}`, []string{"t:1:3: upper .Plan.Risks: argument 1 is a list of release.Risk, want text"}},
		{"Markdown for text", `{{upper (code "x")}}`, []string{`t:1:3: upper (code "x"): argument 1 is Markdown, want text`}},
		{"too few arguments", `{{replace "a" "b"}}`, []string{`t:1:3: replace "a" "b": has too few arguments`}},
		{"too many arguments", `{{upper "a" "b"}}`, []string{`t:1:3: upper "a" "b": has more than 1 arguments`}},
		{"a list of other things", `{{has "x" .Plan.Risks}}`, []string{`t:1:3: has "x" .Plan.Risks: a list of release.Risk does not hold text`}},
		{"values without a common text", `{{default "none" .Plan.Overview}}`, []string{`t:1:3: default "none" .Plan.Overview: gives text or release.Overview`}},
		{"an enumeration compared with text", `{{if eq .Verdict "go"}}x{{end}}`, []string{`t:1:6: eq .Verdict "go": gates.Verdict is not compared; an enumeration has .String`}},
		{"text compared with a number", `{{if eq .Plan.Overview.Name 1}}x{{end}}`, []string{"t:1:6: eq .Plan.Overview.Name 1: text is never a whole number"}},
		{"a table of no field", `{{table .Plan.Risks "Risk" "Name"}}`, []string{`t:1:3: table .Plan.Risks "Risk" "Name": release.Risk has no field "Name"`}},
		{"a table without a text", `{{table .Plan.Timeline.Buffers "W" "Window"}}`, []string{`t:1:3: table .Plan.Timeline.Buffers "W" "Window": Window is release.Window, which has no text`}},
		{"a table of what is not known", `{{$x := "Title"}}{{table .Plan.Risks "Risk" $x}}`, []string{`t:1:20: table .Plan.Risks "Risk" $x: argument 3 is no literal: headers and fields have to be known before the template runs`}},
		{"a table without columns", `{{table .Plan.Risks}}`, []string{`t:1:3: table .Plan.Risks: want a list, and a header and a field for each column`}},
		{"a link to a number", `{{link "x" 1}}`, []string{`t:1:3: link "x" 1: argument 2 is a whole number, want a link`}},
		{"a variable that becomes another thing", `{{$x := "a"}}{{$x = 1}}`, []string{"t:1:16: $x = 1: $x is text and becomes a whole number"}},
		{"nil", `{{if eq nil nil}}x{{end}}`, []string{"t:1:9: nil: cannot be used here", "t:1:13: nil: cannot be used here"}},
		{"calls itself", `{{define "a"}}{{template "b" .}}{{end}}{{define "b"}}{{template "a" .}}{{end}}{{template "a" .}}`, []string{`b:1:65: {{template "a" .}}: calls itself: t → a → b → a`}},
		{"calls nothing", `{{template "a" .}}`, []string{`t:1:12: {{template "a" .}}: no template is called "a"`}},
		{"is never called", `{{define "a"}}{{.Nonsense}}{{end}}x`, []string{"a: is never called, so nothing in it was checked"}},
		{"called with another dot", `{{define "a"}}{{.Title}}{{end}}{{range .Plan.Risks}}{{template "a" .}}{{end}}{{range .Plan.Dependencies.None}}{{template "a" .}}{{end}}`,
			[]string{`a:1:17: .Title: release.NoDependency has no field "Title"`}},
		{"called without a dot", `{{define "a"}}{{.Title}}{{end}}{{template "a"}}`, []string{`a:1:17: .Title: template.opaque has no field "Title"`}},
		{"in a code span", "a `{{.Plan.Overview.Name}}`", []string{"t:1:6: .Plan.Overview.Name: stands in a code span, where nothing can be escaped: use the function code"}},
		{"in a block of code", "```\n{{.Plan.Overview.Name}}\n```", []string{"t:2:3: .Plan.Overview.Name: stands in a block of code, where nothing can be escaped"}},
		{"in an indented block of code", "a\n\n    {{.Plan.Overview.Name}}", []string{"t:3:7: .Plan.Overview.Name: stands in a line that begins with four spaces, which is code: nothing can be escaped there"}},
		{"in the address of a link", "[a]({{.Plan.Overview.Name}})", []string{"t:1:7: .Plan.Overview.Name: stands in the address of a link: use the function link"}},
		{"in HTML", `<a href="{{.Plan.Overview.Name}}">`, []string{"t:1:12: .Plan.Overview.Name: stands in HTML"}},
		{"in code that a branch opens", "{{if .Verified}}`{{else}}x{{end}}{{.Plan.Overview.Name}}", []string{"t:1:36: .Plan.Overview.Name: stands in a code span, where nothing can be escaped: use the function code"}},
		{"in code that the round before opens", "{{range .Plan.Risks}}{{.Title}}`{{end}}", []string{"t:1:9: .Plan.Risks: each round ends, and the next begins, in a code span, where nothing can be escaped: use the function code"}},
		{"in code that a round opens in HTML", "{{range .Plan.Risks}}\n<{{end}}", []string{"t:1:9: .Plan.Risks: each round ends, and the next begins, in HTML"}},
		{"too long", strings.Repeat("x", 1<<16+1), []string{"t: has 65537 bytes, more than the limit of 65536"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, faults(tt.text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseTakes(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":                       "",
		"no action":                     "# A\n",
		"a promoted field":              "{{range .Plan.Overview.Impact}}{{.ID}} {{.Metric}} {{.Condition.Limit}}{{end}}",
		"the packet by its name":        "{{.Packet.Plan.Overview.Name}}",
		"a pipeline":                    `{{.Plan.Overview.Name | upper | trimSuffix "X" | print "a"}}`,
		"an index and an element":       "{{range $i, $r := .Plan.Risks}}{{add1 $i}} {{$r.Title}}{{end}}",
		"else and break":                "{{range .Plan.Risks}}{{if eq .Impact.String \"high\"}}{{break}}{{else if .Owner}}{{continue}}{{end}}{{else}}none{{end}}",
		"else with":                     "{{with .Plan.Overview.Name}}{{.}}{{else with .Plan.Overview.Version}}{{.}}{{end}}",
		"a method of a field":           "{{.Plan.Overview.CodeFreeze.DateString}} {{(index .Plan.Overview.Components 0).Artifact.Short}}",
		"a list that is made":           `{{range list "a" "b"}}{{.}}{{end}}`,
		"unlike things as a condition":  "{{if and .Plan.Risks .Plan.Overview.Name (gt (len .Plan.Risks) 1)}}x{{end}}",
		"a block":                       `{{block "a" .Plan.Overview}}{{.Name}}{{end}}`,
		"a template of two dots":        `{{define "a"}}{{.Title}}{{end}}{{range .Plan.Risks}}{{template "a" .}}{{end}}{{range .Plan.Scope}}{{template "a" .}}{{end}}`,
		"a dollar":                      "{{range .Plan.Risks}}{{$.Plan.Overview.Name}}{{end}}",
		"an assignment":                 `{{$x := "a"}}{{range .Plan.Risks}}{{$x = .Title}}{{end}}{{$x}}`,
		"code beside an action":         "`a` {{.Plan.Overview.Name}} `b`",
		"a block of code before it":     "```\nx\n```\n{{.Plan.Overview.Name}}",
		"a link before it":              "[a](https://example.com) {{.Plan.Overview.Name}} ({{.Plan.Overview.Version}})",
		"a link of the packet":          `{{range .Plan.Overview.Links}}{{link "x" .}}{{end}}`,
		"findings":                      "{{range .Findings}}{{.Rule}} {{.Severity}} {{.Path}}: {{.Message}}{{end}}",
		"a table of members of members": `{{table .Plan.Timeline.Freezes "From" "Window.Start" "Day" "Window.End.DateString"}}`,
	} {
		if got := faults(text); got != nil {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// All faults are listed, in the order of the template, and one alone once.
func TestParseListsEveryFault(t *testing.T) {
	want := []string{
		`t:1:3: .A: template.Page has no field "A"`,
		`t:2:26: .B: release.Risk has no field "B"`,
		`t:3:3: .C: template.Page has no field "C"`,
	}
	if diff := cmp.Diff(want, faults("{{.A}}\n{{range .Plan.Risks}} {{ .B}}{{end}}\n{{.C}}")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The check takes time that grows with the template, not with how deep it is.
func TestParseIsQuick(t *testing.T) {
	const depth = 1000
	deep := strings.Repeat("{{range .Plan.Risks}}{{with $}}", depth) + "x" + strings.Repeat("{{end}}{{end}}", depth)
	if got := faults(deep); got != nil {
		t.Errorf("%q", got)
	}
	if got := faults(strings.Repeat("{{.A}}", 5000)); len(got) != 100 {
		t.Errorf("%d faults are listed", len(got))
	}
	if got := faults(strings.Repeat("`a` ", 1000) + strings.Repeat("{{.Verdict}}", 4000)); got != nil {
		t.Errorf("%q", got)
	}
	many := ""
	for i := range 400 { // each calls the next with two kinds of dot
		many += fmt.Sprintf(`{{define "a%d"}}{{template "a%d" $}}{{template "a%d" "x"}}{{end}}`, i, i+1, i+1)
	}
	if got := faults(many + `{{define "a400"}}{{end}}{{template "a0" .}}`); got != nil {
		t.Errorf("%q", got)
	}
}
