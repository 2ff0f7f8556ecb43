package paper

import (
	"strings"
	"text/template"
	"time"

	"github.com/Masterminds/sprig/v3"

	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// NewTemplate parses a document with the sections, tables and bullets of
// render.Markdown, as a team would write it with the functions of sprig: names are
// looked up, and of the escaping only that of table cells is done.
func NewTemplate(p packet.Packet) (*template.Template, error) {
	people, roles := map[string]string{}, map[string]string{}
	for _, x := range p.Plan.Directory.People {
		people[x.ID] = x.Name
	}
	for _, x := range p.Plan.Directory.Roles {
		roles[x.ID] = x.ID
		if x.Title != "" {
			roles[x.ID] = x.Title
		}
	}
	zone, err := time.LoadLocation(p.Plan.Overview.Zone)
	if err != nil {
		return nil, err
	}
	return template.New("packet").Funcs(sprig.TxtFuncMap()).Funcs(template.FuncMap{
		"when":   func(w value.When) string { return strings.TrimSuffix(w.String(), "["+w.Zone()+"]") },
		"moment": func(t time.Time) string { return t.In(zone).Format(time.RFC3339) },
		"person": func(id string) string { return people[id] },
		"role":   func(id string) string { return roles[id] },
	}).Parse(page)
}

const page = `{{ define "task" }}- [ ] **{{ .Role }}:** {{ .Text | replace "|" "\\|" }}
{{ end }}{{ define "note" }}{{ if .Summary }}{{ .Summary }}{{ else }}Summary not given{{ end }}

- Links: {{ range .Links }}[{{ .Name | replace "|" "\\|" }}]({{ .URL }}), {{ else }}not given{{ end }}
{{ end }}# Release Packet: {{ .Plan.Overview.Name | replace "|" "\\|" }} {{ .Plan.Overview.Version }}

As of {{ moment .AsOf }}. Operating time zone: {{ .Plan.Overview.Zone }}. Verdict: **{{ .Decisions.Verdict }}**.

## Decision

| Gate | Verdict | Valid until | Blocked by |
| --- | --- | --- | --- |
{{ range .Decisions.Gates }}| {{ .Gate | replace "|" "\\|" }} | **{{ .Verdict }}** | {{ if .ValidUntil.IsZero }}none{{ else }}{{ moment .ValidUntil }}{{ end }} | {{ range .Reasons }}{{ .Sentence }}; {{ else }}nothing{{ end }} |
{{ end }}{{ with .Plan.Overview }}
## Release Overview

| Field | Value |
| --- | --- |
| Version | {{ .Version }} |
| Window | {{ when .Window.Start }}/{{ when .Window.End }} |
| Code freeze | {{ when .CodeFreeze }} |
| Components ({{ len .Components }}) | {{ range .Components }}[{{ .Name | replace "|" "\\|" }}]({{ .Repository }}) {{ .Version }} ({{ .Artifact.Short }}), {{ end }} |
| Scope ({{ len $.Plan.Scope }}) | {{ range $.Plan.Scope }}[{{ .ID }}]({{ .Link }}) {{ .Title | replace "|" "\\|" }} ({{ .Class }}, {{ .Status | replace "|" "\\|" }}); {{ end }} |
| Out of scope | {{ join "; " .OutOfScope }} |
| Objectives | {{ join "; " .Objectives }} |
| Rollback SLA | {{ .RollbackSLA.Human }} |
| Flags | {{ range .Flags }}{{ .Name | replace "|" "\\|" }}{{ else }}not given{{ end }} |
| Customer-impact threshold | {{ range .Impact }}{{ .Metric | replace "|" "\\|" }}{{ else }}not given{{ end }} |
| Success metrics | {{ range .Success }}{{ .Name | replace "|" "\\|" }}{{ else }}not given{{ end }} |
| Release manager | {{ role .Manager }} |
| Deputy | {{ role .Deputy }} |
| Policy | {{ $.Plan.Policy.Name | replace "|" "\\|" }} |
| Links | {{ range .Links }}[{{ . }}]({{ . }}), {{ end }} |
{{ end }}
## Dependency Matrix

Dependencies: not given.

## Milestone Timeline

Milestones: not given.

### Blackouts and freezes

| Freeze | Window | Environments | Reason |
| --- | --- | --- | --- |
{{ range .Plan.Timeline.Freezes }}| {{ .ID | replace "|" "\\|" }} | {{ when .Window.Start }}/{{ when .Window.End }} | {{ range .Environments }}{{ . }}, {{ else }}all{{ end }} | {{ .Reason | replace "|" "\\|" }} |
{{ end }}
## Risk Gate Catalog

An observation counts for 15 minutes, unless its criterion says otherwise.
{{ range $i, $g := .Catalog.Gates }}{{ $d := index $.Decisions.Gates $i }}
### {{ $g.Environment }}

- Entry: not given
- Exit: **{{ $d.Verdict }}**
{{ range $j, $c := $g.Criteria }}{{ $o := index $d.Outcomes $j }}  - {{ $c.ID | replace "|" "\\|" }}
{{- with $c.AtMost }} ≤ {{ .Limit.Human }}{{ end }}
{{- with $c.AtLeast }} ≥ {{ .Limit.Human }}{{ end }}
{{- with $c.Between }} from {{ .Low.Human }} to {{ .High.Human }}{{ end }}
{{- with $c.None }}: 0 of {{ .Query.Population.Connector }} {{ .Query.Population.Kind }}{{ end }}
{{- with $c.Count }}: {{ .Least }} to {{ .Most }} {{ .Query.Yields.Shape }}{{ with .Where.Label }} with label {{ . | replace "|" "\\|" }}{{ end }}{{ end }}
{{- with $c.Approved }} approved by everybody asked{{ end }}
{{- with $c.Custom }} by check {{ .Name | replace "|" "\\|" }}{{ end }}: **{{ $o.Effective }}**
{{- if not $o.Observed.IsZero }}, observed {{ $o.Observed.Human }}{{ end }}
{{- if ne $o.Code "met" }}, {{ $o.Code.Words }}{{ end }}, {{ ($d.DecidedAt.Sub $o.ObservedAt).Round 1000000000 }} old
{{- with $c.MaxAge }}; counts for {{ .Human }}{{ end }}
{{ end }}{{ range $j, $s := $g.SignOffs }}{{ $o := index $d.SignOffs $j }}  - Sign-off: {{ role $s.Role }} / {{ role $s.Delegate }}, {{ len $o.By }} of {{ $o.Need }}:
{{- range $o.By }} {{ person .Person }} {{ moment .At }}{{ end }}
{{ end }}  - Evidence: [{{ $g.Evidence }}]({{ $g.Evidence }}); tooling: {{ join ", " $g.Tooling }}; dashboards: {{ range $g.Dashboards }}[{{ . }}]({{ . }}){{ end }}
{{ end }}
## Checklist Suite

### Pre-release readiness

{{ range .Plan.Checklists.PreRelease }}{{ template "task" . }}{{ else }}Tasks: not given.
{{ end }}
### Deployment execution

{{ range .Plan.Checklists.Deployment }}{{ template "task" . }}{{ else }}Tasks: not given.
{{ end }}
### Post-release monitoring

{{ range .Plan.Checklists.PostRelease }}{{ template "task" . }}{{ else }}Tasks: not given.
{{ end }}
### Rollback and incident response

{{ range .Plan.Checklists.Rollback }}{{ template "task" . }}{{ else }}Tasks: not given.
{{ end }}
## Release Notes Packet
{{ with .Notes }}
### Customers

{{ template "note" .Customers }}
### Internal support

{{ template "note" .Support }}
### Leadership

{{ template "note" .Leadership }}{{ end }}
## Communication Plan

{{ range .Comms.Messages }}- {{ .ID | replace "|" "\\|" }}: {{ .Goal | replace "|" "\\|" }}
{{ else }}Messages: not given.
{{ end }}
## Compliance Evidence Log

{{ range .Compliance.Approvals }}- {{ .ID | replace "|" "\\|" }}: {{ .Title | replace "|" "\\|" }}
{{ else }}Approvals: not given.
{{ end }}
- Repository: {{ .Compliance.Repository | default "not given" }}; retention: not given
- Privacy impact assessment: {{ .Compliance.Privacy.Reference | default "not given" }}
- Legal sign-off: {{ .Compliance.Legal.Reference | default "not given" }}

## Open Issues Register

{{ range .Plan.Questions.Items }}- {{ .Text | replace "|" "\\|" }}
{{ else }}Issues: not given.
{{ end }}
## Tooling

{{ range .Plan.Tooling.Artifacts }}- {{ .Name | replace "|" "\\|" }}
{{ else }}Tooling: not given.
{{ end }}
## People and roles

| Role | Holders | Delegations |
| --- | --- | --- |
{{ range .Plan.Directory.Roles }}| {{ role .ID }} | {{ range .Holders }}{{ person . | replace "|" "\\|" }}{{ end }} | {{ range .Delegations }}{{ person .To }}{{ else }}none{{ end }} |
{{ end }}`
