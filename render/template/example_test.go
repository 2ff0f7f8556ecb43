package template_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/render"
	"github.com/tidegate-go/tidegate/render/template"
)

// A page of one's own: the risks, and how the release stands.
func ExampleParse() {
	t, err := template.Parse("risks", `# Risks of {{.Plan.Overview.Name}} {{.Plan.Overview.Version}}

{{if eq .Verdict.String "go"}}All gates are open.{{else}}The release is on **{{.Verdict}}**.{{end}}

{{range .Plan.Risks -}}
- {{.ID}} {{.Title}}: {{upper .Impact}} impact, {{default "nobody" .Owner}} answers
{{end}}
`, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := t.Execute(os.Stdout, sample.Packet(), nil); err != nil {
		fmt.Println(err)
	}
	// Output:
	// # Risks of Holiday checkout 2026.12.0
	//
	// The release is on **hold**.
	//
	// - R1 The store reviews the app after the window: MEDIUM impact, mobile-lead answers
	// - R2 The backfill exceeds its 20 minutes: HIGH impact, dev-lead answers
}

// What a template names is looked up before it runs.
func ExampleParseError() {
	_, err := template.Parse("wrong", `# {{.Plan.Overview.Nmae}}
{{range .Plan.Overview.Version}}{{.}}{{end}}
{{now}} {{.Plan.Risks}} {{upper .plan.Terms}}`, nil)
	fmt.Println(err)
	// Output:
	// wrong:1:10: .Plan.Overview.Nmae: release.Overview has no field "Nmae"
	// wrong:2:9: .Plan.Overview.Version: ranges over text, want a list
	// wrong:3:3: now: is not available, since it reads the clock
	// wrong:3:11: .Plan.Risks: prints a list of release.Risk, which has no text: name a field of it
	// wrong:3:38: .plan.Terms: template.Page has no field "plan", did you mean "Plan"?
}

// A section of the page in other words; the rest stays, and is counted again.
func ExampleFit() {
	t, err := template.Parse("risks", `{{table .Plan.Risks "Risk" "Title" "If it happens" "Contingency" "Owner" "Owner"}}
`, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	pages, err := template.Fit(sample.Packet(), &render.MarkdownOptions{Words: render.Budget{Unlimited: true}},
		template.Section{Title: "Open Issues Register", Template: t})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, section, _ := bytes.Cut(pages.Body, []byte("## Open Issues Register\n"))
	section, _, _ = bytes.Cut(section, []byte("\n## "))
	fmt.Println(strings.TrimSpace(string(section)))
	// Output:
	// | Risk | If it happens | Owner |
	// | --- | --- | --- |
	// | The store reviews the app after the window | Launch on the web first | mobile-lead |
	// | The backfill exceeds its 20 minutes | Restore snapshot S-1207 | dev-lead |
}

// A message as a chat has it.
func ExampleParseMessage() {
	t, err := template.ParseMessage("chat", `**{{.Message.Title}}**: {{.Plan.Overview.Name}} {{.Plan.Overview.Version}} is on {{.Verdict}}.
{{with .Message.Goal}}Why you read this: {{.}}.{{end}} Rollback takes {{.Plan.Overview.RollbackSLA}}.
{{with .Plan.Overview.Links}}{{link "The plan" (first .)}}{{end}}`, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	m := comms.Message{ID: "M1", Title: "Window opens", Goal: "you are on call"}
	if err := t.Execute(os.Stdout, sample.Packet(), m, nil); err != nil {
		fmt.Println(err)
	}
	// Output:
	// **Window opens**: Holiday checkout 2026.12.0 is on hold.
	// Why you read this: you are on call. Rollback takes 15 minutes.
	// [The plan](https://wiki.example.com/releases/2026.12)
}

func ExampleFunctions() {
	for _, line := range template.Functions()[:3] {
		fmt.Println(line)
	}
	fmt.Println("…")
	fmt.Println("now:", template.Refused("now"))
	// Output:
	// add NUMBER…  the sum
	// add1 NUMBER  the next
	// coalesce VALUE…  the first that is given
	// …
	// now: reads the clock
}

func ExampleTitles() {
	fmt.Println(template.Titles()[0])
	// Output: Release Overview
}
