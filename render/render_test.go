package render_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/golden"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render"
)

// markdown is the whole packet on one page.
func markdown(t testing.TB, p packet.Packet, opts *render.MarkdownOptions) string {
	t.Helper()
	var b strings.Builder
	if err := render.Markdown(&b, p, unlimited(opts)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// unlimited returns the options without a budget.
func unlimited(opts *render.MarkdownOptions) *render.MarkdownOptions {
	all := render.MarkdownOptions{}
	if opts != nil {
		all = *opts
	}
	all.Words = render.Budget{Unlimited: true}
	return &all
}

func TestMarkdown(t *testing.T) {
	p, report := samplePacket(t)
	got := markdown(t, p, &render.MarkdownOptions{Report: &report})
	golden.Assert(t, "testdata/packet.md", []byte(got))
	wellFormed(t, got, linksOf(p))
	if again := markdown(t, p, &render.MarkdownOptions{Report: &report}); again != got {
		t.Error("a second rendering differs")
	}
}

func TestZeroPacket(t *testing.T) {
	for name, opts := range map[string]*render.MarkdownOptions{"unverified": nil, "verified": {Report: new(check.Report)}} {
		t.Run(name, func(t *testing.T) {
			got := markdown(t, packet.Packet{}, opts)
			golden.Assert(t, "testdata/zero-"+name+".md", []byte(got))
			wellFormed(t, got, nil)
			if !strings.Contains(got, "Verdict: **Hold**") || strings.Contains(got, "**Go**") {
				t.Errorf("a packet that says nothing does not hold:\n%s", got)
			}
		})
	}
}

func TestVerdictIsNeverBetterThanThePage(t *testing.T) {
	goes := gates.Decision{Gate: "qa/entry", Verdict: gates.Go}
	catalog := gates.NewCatalog(gates.Entry("qa"), gates.Exit("qa"))
	for _, c := range []struct {
		name string
		p    packet.Packet
		want string
	}{
		{"a gate is not decided", packet.Packet{Catalog: catalog, Decisions: gates.Decisions{Gates: []gates.Decision{goes}}}, "Verdict: **Hold**"},
		{"decided twice", packet.Packet{Catalog: gates.NewCatalog(gates.Entry("qa")), Decisions: gates.Decisions{Gates: []gates.Decision{goes,
			{Gate: "qa/entry", Verdict: gates.NoGo}}}}, "| qa/entry (no gate of the catalog, or decided twice) | **No-go** |"},
		{"in another order", packet.Packet{Catalog: catalog, Decisions: gates.Decisions{Gates: []gates.Decision{
			{Gate: "qa/exit", Verdict: gates.NoGo}, goes}}}, "| qa/exit | **No-go** |"},
		{"not verified", packet.Packet{Catalog: gates.NewCatalog(gates.Entry("qa")), Decisions: gates.Decisions{Gates: []gates.Decision{goes}}},
			"Verdict: **Go**, not verified."},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := markdown(t, c.p, nil); !strings.Contains(got, c.want) {
				t.Errorf("no %q in\n%s", c.want, got)
			}
		})
	}
	p := packet.Packet{Catalog: gates.NewCatalog(gates.Entry("qa")), Decisions: gates.Decisions{Gates: []gates.Decision{goes}}}
	got := markdown(t, p, &render.MarkdownOptions{Report: &check.Report{Rules: []check.RuleResult{{Rule: "X-1", State: check.Failed}},
		Findings: check.Findings{{Rule: "X-1", Severity: check.Info, Message: "later"}, {Rule: "X-1", Message: "first"}}}})
	if !strings.Contains(got, "Verdict: **Hold**.") {
		t.Errorf("a packet with an error does not hold:\n%s", got)
	}
	if strings.Index(got, "first") > strings.Index(got, "later") {
		t.Errorf("errors do not stand first:\n%s", got)
	}
}

// failing takes nothing.
type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestWriteErrors(t *testing.T) {
	broken := errors.New("the disk is full")
	if err := render.Markdown(failing{broken}, packet.Packet{}, unlimited(nil)); !errors.Is(err, broken) {
		t.Errorf("Markdown: %v", err)
	}
	p, _ := samplePacket(t)
	if err := render.JSON(failing{broken}, p); !errors.Is(err, broken) {
		t.Errorf("JSON: %v", err)
	}
}

func TestJSON(t *testing.T) {
	p, _ := samplePacket(t)
	want, err := packet.Encode(p)
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := render.JSON(&got, p); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Error(diff)
	}
	got.Reset()
	p.Plan.Overview.Name = "\xff"
	if err := render.JSON(&got, p); err == nil || got.Len() > 0 {
		t.Errorf("invalid UTF-8: error %v after %d bytes", err, got.Len())
	}
}
