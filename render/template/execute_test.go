package template_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render/template"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func parse(t testing.TB, text string, opts *template.Options) *template.Template {
	t.Helper()
	tmpl, err := template.Parse("t", text, opts)
	if err != nil {
		t.Fatalf("%s\n%v", text, err)
	}
	return tmpl
}

// executed returns what a template writes, which is nothing after an error.
func executed(t testing.TB, text string, p packet.Packet, opts *template.Options) (string, error) {
	t.Helper()
	var b bytes.Buffer
	err := parse(t, text, opts).Execute(&b, p, nil)
	if err != nil && b.Len() > 0 {
		t.Errorf("%s: wrote %q before %v", text, b.String(), err)
	}
	return b.String(), err
}

func TestExecute(t *testing.T) {
	p := sample.Packet()
	p.Plan.Overview.Deputy, p.Plan.Overview.FeatureFreeze = "", value.When{}
	for name, tt := range map[string]struct{ text, want string }{
		"text":               {"# A  \n\n\n\nb\n\n", "# A\n\nb\n"},
		"a code block stays": {"# A\n\n```text\na\n\n\nb\n```\n", "# A\n\n```text\na\n\n\nb\n```\n"},
		"a length of time":   {"# {{.Plan.Overview.RollbackSLA}} {{.Plan.Overview.RollbackSLA.String}}", "# 15 minutes PT15M\n"},
		"what is not given":  {"# {{.Plan.Overview.Deputy}}, {{.Plan.Overview.FeatureFreeze}}", "# not given, not given\n"},
		"a moment":           {"# {{.AsOf}}", "# 2026-12-09T05:30:00Z\n"},
		"a moment otherwise": {"# {{rfc3339 .Plan.Overview.CodeFreeze}}", "# 2026-12-01T18:00:00-05:00\n"},
		"an enumeration":     {"# {{.Verdict}} {{.Verified}}", "# hold false\n"},
		"words":              {"# {{words .Plan.Overview.Name}}", "# 2\n"},
		"no escape twice":    {`# {{escape "a*b"}} {{"a*b" | escape}} {{code "a*b"}}`, "# a\\*b a\\*b `a*b`\n"},
		"variables":          {`# {{$n := 0}}{{range .Plan.Risks}}{{$n = $n | add1 | add 1}}{{end}}{{$n}}: {{range $i, $r := .Plan.Risks}}{{if $i}}, {{end}}{{$r.ID}}{{end}}`, "# 4: R1, R2\n"},
	} {
		if got, err := executed(t, tt.text, p, nil); err != nil || got != tt.want {
			t.Errorf("%s: got %q, %v, want %q", name, got, err, tt.want)
		}
	}
}

// What a template says of the verdict is never better than the page is.
func TestVerdict(t *testing.T) {
	p := sample.Packet()
	facts := sample.Facts(p.Plan, p.Catalog, sample.Open)
	good := packet.Verify(p, &packet.VerifyOptions{Now: sample.Open, Facts: &facts})
	if packet.Verdict(p, good) != gates.Go {
		t.Fatalf("the sample is no release that goes: %v", good.Err())
	}
	bad := good
	bad.Findings = append(slices.Clip(bad.Findings), check.Finding{Rule: "X", Severity: check.Error, Message: "wrong"})
	undecided := p
	undecided.Catalog = p.Catalog.Clone()
	undecided.Catalog.Gates = append(undecided.Catalog.Gates, gates.Exit("moon"))
	tmpl := parse(t, "# {{.Verdict}} {{.Verified}} {{len .Findings}}", nil)
	for name, tt := range map[string]struct {
		p      packet.Packet
		report *check.Report
		want   string
	}{
		"verified": {p, &good, "# go true "}, "not verified": {p, nil, "# hold false "}, "an error": {p, &bad, "# hold true "},
		"no report of anything": {p, &check.Report{}, "# hold true "}, "a gate that is not decided": {undecided, &good, "# hold true "},
	} {
		var b bytes.Buffer
		if err := tmpl.Execute(&b, tt.p, tt.report); err != nil || !strings.HasPrefix(b.String(), tt.want) {
			t.Errorf("%s: %q, %v, want %q", name, b.String(), err, tt.want)
		}
	}
}

// big has many risks, and a long text.
func big() packet.Packet {
	p := sample.Packet()
	for range 3000 {
		p.Plan.Risks = append(p.Plan.Risks, release.Risk{ID: "R", Title: "x"})
	}
	p.Plan.Overview.Manager = strings.Repeat("long ", 20000)
	return p
}

// A template that would take for ever, or all memory, ends with an error that
// says so, and soon.
func TestLimits(t *testing.T) {
	double := func(levels int) string {
		var b strings.Builder
		for i := range levels {
			b.WriteString(strings.ReplaceAll(strings.ReplaceAll(`{{define "aN"}}{{template "aM" .}}{{template "aM" .}}{{end}}`, "N", string(rune('a'+i))), "M", string(rune('b'+i))))
		}
		b.WriteString(`{{define "a` + string(rune('a'+levels)) + `"}}x{{end}}{{template "aa" .}}`)
		return b.String()
	}
	for name, tt := range map[string]struct {
		text string
		opts *template.Options
		want template.LimitError
	}{
		"ranges in ranges":           {"{{range .Plan.Risks}}{{range $.Plan.Risks}}{{range $.Plan.Risks}}{{end}}{{end}}{{end}}", nil, template.LimitError{What: "steps", Max: 1e6}},
		"templates that double":      {double(24), nil, template.LimitError{What: "steps", Max: 1e6}},
		"a body of many conditions":  {"{{range .Plan.Risks}}" + strings.Repeat("{{if .Title}}{{end}}", 3000) + "{{end}}", nil, template.LimitError{What: "steps", Max: 1e6}},
		"much text":                  {"{{range .Plan.Risks}}" + strings.Repeat("x", 5000) + "{{end}}", nil, template.LimitError{What: "bytes", Max: 1 << 20}},
		"little text, fewer allowed": {"# A long line", &template.Options{MaxBytes: 5}, template.LimitError{What: "bytes", Max: 5}},
		"few steps":                  {"# A {{.Verdict}} {{.Verdict}}", &template.Options{MaxSteps: 5}, template.LimitError{What: "steps", Max: 5}},
		"a text that squares itself": {`{{$x := "aaaaaaaaaaaaaaaa"}}` + strings.Repeat(`{{$x = replace "a" $x $x}}`, 8), nil, template.LimitError{What: "bytes of one text", Max: 1 << 16}},
		"a text that doubles":        {`{{$x := "aaaaaaaaaaaaaaaa"}}` + strings.Repeat(`{{$x = print $x $x}}`, 40), nil, template.LimitError{What: "bytes of one text", Max: 1 << 16}},
		"a long text of the packet":  {"# {{.Plan.Overview.Manager}}", nil, template.LimitError{What: "bytes of one text", Max: 1 << 16}},
		"a long text joined":         {`# {{join "` + strings.Repeat("x", 4000) + `" (splitList "o" "` + strings.Repeat("o", 100) + `")}}`, nil, template.LimitError{What: "bytes of one text", Max: 1 << 16}},
		"each with each":             {"# {{len (uniq .Plan.Risks)}}", nil, template.LimitError{What: "steps", Max: 1e6}},
		"a large table":              {`{{range .Plan.Risks}}{{$x := table $.Plan.Risks "R" "Title" "I" "ID"}}{{end}}`, nil, template.LimitError{What: "steps", Max: 1e6}},
		"a table of many bytes":      {`{{table .Plan.Risks "R" "Title"}}`, &template.Options{MaxBytes: 1000}, template.LimitError{What: "bytes", Max: 1000}},
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			_, err := executed(t, tt.text, big(), tt.opts)
			var limit *template.LimitError
			if !errors.As(err, &limit) {
				t.Fatalf("got %v", err)
			}
			tt.want.Template = "t"
			if diff := cmp.Diff(tt.want, *limit); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

// What only a run can tell ends it with an error that names template and place.
func TestExecuteFails(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"an index beyond the end":  {"# A\n\n{{(index .Plan.Risks 99).Title}}", "t:3:"},
		"a test of another kind":   {"{{range .Catalog.Gates}}{{range .Criteria}}{{.BurnRate.Most}}{{end}}{{end}}", "nil pointer evaluating *probe.BurnRate.Most"},
		"the first of nothing":     {"{{(first (rest (list .Plan.Overview))).Name}}", "t:1:"},
		"a division by zero":       {"# {{div 1 0}}", "integer divide by zero"},
		"a version that is none":   {`# {{semverCompare ">=1" .Plan.Overview.Name}}`, "Invalid Semantic Version"},
		"an end that it asks for":  {`{{if not .Verified}}{{fail "verify the packet first"}}{{end}}`, "verify the packet first"},
		"the first of the no text": {`# {{len (first (splitList "," ""))}}{{index (rest (list "a")) 0}}`, "t:1:"},
	} {
		if _, err := executed(t, tt.text, sample.Packet(), nil); err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "t:") {
			t.Errorf("%s: got %v, want %s", name, err, tt.want)
		}
	}
}

func TestOutputIsJudged(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"no heading":              {"a", "t:1:1: has no heading of level one"},
		"nothing":                 {"", "t:1:1: has no heading of level one"},
		"second level first":      {"## A", "t:1:1: the first heading has level 2, want 1"},
		"two titles":              {"# A\n\nb\n\n# C", "t:5:1: has a second heading of level 1"},
		"a level left out":        {"# A\n\n### B", "t:3:1: a heading of level 3 leaves out the one above"},
		"a block of HTML":         {"# A\n\n<div>\nx\n</div>", "t:3:1: has HTML"},
		"HTML in a line":          {"# A\n\nx <b>y</b>", "t:3:1: has HTML\nt:3:1: has HTML"},
		"a comment":               {"# A\n\n<!-- x -->", "t:3:1: has HTML"},
		"an image":                {"# A\n\n![x](https://example.com/x.png)", "t:3:1: has an image, which is fetched from elsewhere"},
		"a link that runs":        {"# A\n\n[x](javascript:alert%281%29)", `t:3:1: link "javascript:alert%281%29": scheme "javascript" is not taken, use https, http or mailto`},
		"a link by a definition":  {"# A\n\n[x]\n\n[x]: file:///etc/passwd", `t:3:1: link "file:///etc/passwd": scheme "file" is not taken, use https, http or mailto`},
		"a row with a cell more":  {"# A\n\n| a | b |\n| --- | --- |\n| 1 | 2 | 3 |", "t:5:1: a row of a table has 3 cells, and its header 2"},
		"a row with a cell less":  {"# A\n\n| a | b |\n| --- | --- |\n| 1 |", "t:5:1: a row of a table has 1 cells, and its header 2"},
		"what nobody sees":        {"# A\u202eB", "t:1:1: has characters that nobody sees, or bytes that are no text"},
		"bytes that are no text":  {"# A\xff", "t:1:1: has characters that nobody sees, or bytes that are no text"},
		"a value that is no text": {"# A\n\n[x]: {{.Plan.Overview.Version}}", `t:1:1: a reader does not see "2026.12.0" as it is in the packet`},
	} {
		_, err := executed(t, tt.text, sample.Packet(), nil)
		var e *template.OutputError
		if !errors.As(err, &e) || err.Error() != tt.want {
			t.Errorf("%s: got %v, want %s", name, err, tt.want)
		}
	}
	for name, text := range map[string]string{
		"levels":   "# A\n\n## B\n\n### C\n\n## D",
		"links":    "# A\n\n[x](https://example.com) <https://example.com> [y](#a) [z](annex.md#b) [m](mailto:a@example.com)",
		"a table":  "# A\n\n| a | b |\n| --- | --- |\n| 1 \\| 2 | 3 |",
		"a ticked": "# A\n\n- [x] done\n- [ ] open",
	} {
		if _, err := executed(t, text, sample.Packet(), nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A template is shared, and the same packet gives the same bytes.
func TestExecuteConcurrently(t *testing.T) {
	tmpl := parse(t, "# {{.Plan.Overview.Name}}\n{{range .Plan.Risks}}\n- {{.Title}}{{end}}\n\n{{table .Plan.Terms \"T\" \"Term\"}}", &template.Options{MaxSteps: 500})
	var first bytes.Buffer
	if err := tmpl.Execute(&first, sample.Packet(), nil); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 20 {
				var b bytes.Buffer
				if err := tmpl.Execute(&b, sample.Packet(), nil); err != nil || b.String() != first.String() {
					t.Errorf("%v: %q", err, b.String())
				}
			}
		})
	}
	all.Wait()
}

type failing struct{ calls int }

func (f *failing) Write([]byte) (int, error) { f.calls++; return 0, errors.New("disk full") }

func TestExecuteReturnsTheWritersError(t *testing.T) {
	w := &failing{}
	if err := parse(t, "# A {{.Verdict}}", nil).Execute(w, sample.Packet(), nil); err == nil || err.Error() != "disk full" || w.calls != 1 {
		t.Errorf("%d calls, %v", w.calls, err)
	}
}

func TestMessage(t *testing.T) {
	tmpl, err := template.ParseMessage("m", "{{.Message.Title}} for {{.Plan.Overview.Name}}: {{range .Message.Audiences}}{{.}} {{end}}", nil)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	m := comms.Message{Title: "*Go*", Audiences: []comms.Audience{comms.Customers, comms.Support}}
	if err := tmpl.Execute(&b, sample.Packet(), m, nil); err != nil || b.String() != "\\*Go\\* for Holiday checkout: customers support\n" {
		t.Errorf("%q, %v", b.String(), err)
	}
	if _, err := template.ParseMessage("m", "{{.Message.Titel}}", nil); err == nil || err.Error() != `m:1:11: .Message.Titel: comms.Message has no field "Titel"` {
		t.Error(err)
	}
}
