package render_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/golden"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render"
	"github.com/tidegate-go/tidegate/render/internal/agree"
	"github.com/tidegate-go/tidegate/render/internal/mdtext"
)

// inTrouble gives a packet a dependency that blocks, and keeps the rest.
func inTrouble(p packet.Packet) packet.Packet {
	p = p.Clone()
	for i := range p.Plan.Dependencies.Items {
		if d := &p.Plan.Dependencies.Items[i]; d.ID == "D3" {
			d.Status, d.Blocking = release.Blocked, true
		}
	}
	return p
}

// small is a release of one app through one environment.
func small() packet.Packet {
	p := sample.Packet()
	plan := &p.Plan
	plan.Overview.Components = plan.Overview.Components[:1]
	plan.Scope, plan.Dependencies.Items, plan.Risks = plan.Scope[:1], plan.Dependencies.Items[:1], plan.Risks[:1]
	plan.Timeline.Windows, plan.Rollback.Matrix = plan.Timeline.Windows[:1], plan.Rollback.Matrix[:1]
	plan.Directory.Roles = plan.Directory.Roles[:4]
	p.Compliance.Approvals, p.Comms.Messages, p.Comms.Templates = p.Compliance.Approvals[:2], p.Comms.Messages[:4], p.Comms.Templates[:2]
	p.Catalog.Environments, p.Catalog.Gates, p.Decisions.Gates = p.Catalog.Environments[:1], p.Catalog.Gates[:2], p.Decisions.Gates[:2]
	return p
}

// blocked is the sample with n more dependencies that block, each with a risk.
func blocked(n int) packet.Packet {
	p := sample.Packet()
	for i := range n {
		risk := fmt.Sprintf("R%d", 10+i)
		p.Plan.Risks = append(p.Plan.Risks, release.Risk{ID: risk, Title: "The provider is late", Probability: release.High, Impact: release.High,
			Mitigation: "Ask every day", Contingency: "Ship without it", Owner: "sre-lead"})
		p.Plan.Dependencies.Items = append(p.Plan.Dependencies.Items, release.Dependency{ID: fmt.Sprintf("D%d", 10+i), Title: "Provider approval",
			Kind: release.ThirdPartyApproval, Owner: "sre-lead", Due: when("2026-12-07"), Status: release.Blocked, Blocking: true, Risk: risk,
			Components: []string{p.Plan.Overview.Components[i%len(p.Plan.Overview.Components)].Name}})
	}
	return p
}

// untied takes away what ties components together.
func untied(p packet.Packet) packet.Packet {
	for i := range p.Plan.Scope {
		p.Plan.Scope[i].Components = nil
	}
	for i := range p.Plan.Dependencies.Items {
		if d := &p.Plan.Dependencies.Items[i]; len(d.Components) > 1 {
			d.Components = nil
		}
	}
	return p
}

// disturbed is the sample with a hostile string at the end of every text of more
// than one word.
func disturbed() packet.Packet {
	p := sample.Packet()
	n := 0
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			if s := v.String(); strings.Contains(s, " ") && v.CanSet() {
				v.SetString(s + " " + hostile[n%(len(hostile)-3)])
				n++
			}
		case reflect.Struct:
			for _, field := range v.Fields() {
				walk(field)
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		}
	}
	for _, part := range []any{&p.Plan, &p.Notes, &p.Comms, &p.Compliance} {
		walk(reflect.ValueOf(part).Elem())
	}
	return p
}

// verified is what every rule says of a packet made of the sample.
func verified(p packet.Packet) check.Report {
	facts := sample.Facts(p.Plan, p.Catalog, sample.Open)
	return packet.Verify(p, &packet.VerifyOptions{Now: sample.Open, Facts: &facts})
}

// most is how many dependencies that block the sample can be told with.
func most(t *testing.T) int {
	t.Helper()
	for n := range 100 {
		p := blocked(n)
		report := verified(p)
		if _, err := render.Fit(p, &render.MarkdownOptions{Report: &report}); err != nil {
			return n - 1
		}
	}
	t.Fatal("a hundred rows fit on a page of a thousand words")
	return 0
}

func TestPages(t *testing.T) {
	ceiling := most(t)
	for _, c := range []struct {
		name string
		p    packet.Packet
		over bool
	}{
		{"small", small(), false}, {"sample", sample.Packet(), false}, {"ceiling", blocked(ceiling), false},
		{"infeasible", untied(blocked(ceiling + 20)), true}, {"hostile", disturbed(), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			report := verified(c.p)
			pages, err := render.Fit(c.p, &render.MarkdownOptions{Report: &report})
			if over := new(render.BudgetError); c.over != errors.As(err, &over) || !c.over && err != nil {
				t.Fatalf("error %v, want one: %v", err, c.over)
			}
			golden.Assert(t, "testdata/"+c.name+".md", pages.Body)
			golden.Assert(t, "testdata/"+c.name+"-annex.md", pages.Annex)
			if err != nil {
				golden.Assert(t, "testdata/"+c.name+".err", []byte(err.Error()+"\n"))
			}
			holds(t, c.p, pages, err, &report)
			if again, _ := render.Fit(c.p, &render.MarkdownOptions{Report: &report}); !cmp.Equal(again, pages) {
				t.Error("a second fitting differs")
			}
			for _, f := range render.Check(pages, c.p, &check.Options{Now: now}).Findings {
				if !c.over || f.Rule != "BUD-001" {
					t.Error(f)
				}
			}
		})
	}
}

// holds checks what is true of all pages.
func holds(t tb, p packet.Packet, pages render.Pages, err error, report *check.Report) {
	t.Helper()
	opts := &render.MarkdownOptions{Report: report}
	over := new(render.BudgetError)
	switch n := pages.Words.Visible; {
	case err == nil && (n < pages.Budget.Min || n > pages.Budget.Max):
		t.Errorf("%d words, and no error", n)
	case err == nil:
	case !errors.As(err, &over):
		t.Errorf("an error of another type: %v", err)
	case over.Words != n || n >= over.Min && n <= over.Max:
		t.Errorf("%d words: %v", n, err)
	case n > over.Max && (over.Minimum > n || !strings.Contains(string(pages.Body), fmt.Sprintf("\nOver budget: %d words, minimum %d.\n", n, over.Minimum))):
		t.Errorf("the body does not say that its %d words are too many, at least %d", n, over.Minimum)
	case n < over.Min && len(over.Empty) == 0:
		t.Errorf("%d words, and nothing is empty", n)
	}
	for _, page := range [][]byte{pages.Body, pages.Annex} {
		if page == nil {
			continue
		}
		wellFormed(t, string(page), linksOf(p))
		if got, want := mdtext.Count(page), render.CountWords(page).Visible; got != want {
			t.Errorf("%d words counted while writing, %d on the parsed page", got, want)
		}
	}
	for _, d := range agree.Packet(&p, pages.Body, pages.Annex) {
		t.Error(d)
	}
	said := map[string]bool{}
	for line := range strings.Lines(string(pages.Body) + string(pages.Annex)) {
		said[line] = true
	}
	var full strings.Builder
	if err := render.Markdown(&full, p, unlimited(opts)); err != nil {
		t.Error(err)
	}
	for line := range strings.Lines(full.String()) {
		if !said[line] && !strings.HasPrefix(line, "## ") {
			t.Errorf("neither on the body nor in the annex: %s", line)
		}
	}
}

// Whatever the packet is, the whole page is well formed; fitting succeeds, or returns
// its typed error beside pages that are whole and well formed.
func TestHostileMixture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, report := mixture(t)
		if rapid.Bool().Draw(t, "unlimited") {
			pages, err := render.Fit(p, unlimited(&render.MarkdownOptions{Report: &report}))
			if err != nil {
				t.Error(err)
			}
			wellFormed(t, string(pages.Body), linksOf(p))
			return
		}
		pages, err := render.Fit(p, &render.MarkdownOptions{Report: &report})
		holds(t, p, pages, err, &report)
		sound := []string{"MD-001", "MD-002", "MD-004", "MD-005", "MD-006", "MD-009", "BUD-005", "CHK-003"}
		for _, f := range render.Check(pages, p, nil).Findings {
			if slices.Contains(sound, f.Rule) {
				t.Errorf("%v\n%s", f, pages.Body)
			}
		}
	})
}

// What decides a release is on the body, however short it has to be.
func TestDecisiveStays(t *testing.T) {
	p := blocked(3)
	p.Decisions.Gates[5].Verdict = gates.NoGo
	p.Decisions.Gates[5].Reasons = []gates.Reason{{Code: gates.CodeCriterionFailed, Verdict: gates.NoGo, About: "p95", Because: gates.CodeStale}}
	p.Compliance.Approvals[1].Status = 0
	p.Decisions.Unpinned, p.Decisions.Gates[5].Unpinned = []string{"jira"}, []string{"jira", "pager|duty"}
	p.Plan.Questions.Items[0].Blocking, p.Plan.Questions.Items[0].Answer = true, release.Answer{}
	pages, _ := render.Fit(p, &render.MarkdownOptions{Words: render.Budget{Min: 1, Max: 2}})
	body := string(pages.Body)
	for _, want := range []string{
		"| staging/exit | **No-go** | p95: the result is too old |", "| D10 | Provider approval | SRE lead | 2026-12-07 | blocked, **blocking** | R10 high/high: Ask every day; Ship without it |",
		"\n- Development override, nobody pinned the program: jira, pager\\|duty\n",
		"| Rollback SLA | 15 minutes |", "| Customer-impact threshold | Checkout errors > 1% for 5 minutes; or Checkout p95 > 800 ms for 10 minutes |",
		"| Checkout errors > 1% for 5 minutes | Turn checkout.gift_cards off | SRE on call / SRE lead |", "- Pending: 1 of 14 (A2 Security review: Lead developer / SRE lead)\n", "| 1 | **blocking** ",
		"toggle: off to 5%, 25%, 50%, 100%, 30 minutes each; kill: turn checkout.gift_cards off for all segments |",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q on the body:\n%s", want, body)
		}
	}
	for _, f := range render.Check(pages, p, nil).Findings {
		if f.Rule == "BUD-002" || f.Rule == "BUD-003" || f.Rule == "BUD-004" {
			t.Error(f)
		}
	}
}
