package render_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render"
)

// anyRelease is the sample with more or fewer of everything, in any state.
func anyRelease(t *rapid.T) packet.Packet {
	p := blocked(rapid.IntRange(0, 25).Draw(t, "more dependencies"))
	yes := func(what string) bool { return rapid.Bool().Draw(t, what) }
	plan := &p.Plan
	for i := range plan.Dependencies.Items {
		d := &plan.Dependencies.Items[i]
		d.Status, d.Blocking = release.Readiness(rapid.IntRange(0, 4).Draw(t, "readiness")), yes("blocking")
	}
	for i := range plan.Timeline.Milestones {
		if yes("open") {
			plan.Timeline.Milestones[i].Completed = value.When{}
		}
	}
	for i := range plan.Questions.Items {
		q := &plan.Questions.Items[i]
		if q.Blocking = yes("question blocks"); yes("question open") {
			q.Answer = release.Answer{}
		}
	}
	for i := range p.Compliance.Approvals {
		p.Compliance.Approvals[i].Status = compliance.Status(rapid.IntRange(0, 3).Draw(t, "approval"))
	}
	for i := range p.Decisions.Gates {
		refuse(&p.Decisions.Gates[i], gates.Verdict(rapid.IntRange(0, 2).Draw(t, "verdict")))
	}
	shorten(t, &plan.Scope)
	shorten(t, &plan.Risks)
	shorten(t, &plan.Timeline.Milestones)
	shorten(t, &plan.Checklists.Deployment)
	shorten(t, &plan.Questions.Items)
	shorten(t, &p.Comms.Messages)
	shorten(t, &p.Comms.Templates)
	shorten(t, &p.Notes.Customers.Changes)
	shorten(t, &p.Compliance.Approvals)
	return p
}

// refuse gives a decision a verdict and, unless it goes, a reason.
func refuse(d *gates.Decision, v gates.Verdict) {
	if d.Verdict = v; v != gates.Go {
		d.Reasons = []gates.Reason{{Code: gates.CodeCriterionFailed, Verdict: v, About: "p95", Because: gates.CodeStale}}
	}
}

// shorten keeps a beginning of a list.
func shorten[T any](t *rapid.T, all *[]T) {
	*all = (*all)[:rapid.IntRange(0, len(*all)).Draw(t, "kept")]
}

// Whatever state a release is in: it is told in as many words as wanted, or the error
// says why not; every value is on the body or in the annex, what decides on the body;
// every rule on pages holds but that on their length; and the bytes are the same
// twice.
func TestAnyRelease(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyRelease(t)
		least := rapid.IntRange(1, 900).Draw(t, "least")
		opts := &render.MarkdownOptions{Words: render.Budget{Min: least, Max: least + rapid.IntRange(0, 1200).Draw(t, "room")}}
		report := verified(p)
		opts.Report = &report
		pages, err := render.Fit(p, opts)
		holds(t, p, pages, err, &report)
		for _, l := range lost(t, p, pages, map[string]bool{}) {
			t.Error(l)
		}
		decisive(t, p, pages.Body)
		for _, f := range render.Check(pages, p, nil).Findings {
			if f.Rule != "BUD-001" || err == nil {
				t.Errorf("%s\n%s", f, pages.Body)
			}
		}
		again, _ := render.Fit(p, opts)
		if !bytes.Equal(again.Body, pages.Body) || !bytes.Equal(again.Annex, pages.Annex) {
			t.Error("a second fitting differs")
		}
	})
}

// decisive wants each thing that decides the release on one line of the body, with
// what has to stand beside it.
func decisive(t tb, p packet.Packet, body []byte) {
	t.Helper()
	names := newShelf(t, p).names
	lines := strings.Split(string(body), "\n")
	want := func(what string, parts ...string) {
		t.Helper()
		for _, line := range lines {
			if n := countIn(line, parts); n == len(parts) {
				return
			}
		}
		t.Errorf("%s is not on the body, with %q:\n%s", what, parts, body)
	}
	for _, d := range p.Decisions.Gates {
		if d.Verdict != gates.Go {
			want("a gate that does not go", "| "+d.Gate+" | **"+map[gates.Verdict]string{gates.Hold: "Hold", gates.NoGo: "No-go"}[d.Verdict]+"** |", "p95: ", "the result is too old")
		}
	}
	for _, d := range p.Plan.Dependencies.Items {
		if d.Status == release.Ready {
			continue
		}
		want("a dependency", "| "+d.ID+" | ", d.Title, names[d.Owner], day(d.Due), d.Status.String())
		for _, r := range p.Plan.Risks {
			if r.ID == d.Risk {
				want("a risk", r.ID+" ", r.Mitigation, r.Contingency)
			}
		}
	}
	for _, a := range p.Compliance.Approvals {
		switch a.Status {
		case compliance.Pending:
			want("a pending approval", a.ID, names[a.Responsible]+" / "+names[a.Delegate], "ending")
		case compliance.Approved:
		default:
			want("an approval", a.ID, a.Title, names[a.Responsible]+" / "+names[a.Delegate], a.Status.String())
		}
	}
	for _, q := range p.Plan.Questions.Items {
		if q.Blocking && q.Open() {
			want("a blocking question", "| "+strconv.Itoa(q.Number)+" | ", q.Text, names[q.Owner], "blocking")
		}
	}
	for _, m := range p.Plan.Rollback.Matrix {
		want("a way back", m.Action, names[m.Owner]+" / "+names[m.Delegate])
	}
	for _, f := range p.Plan.Overview.Flags {
		want("a flag", f.Name, f.Default, f.Toggle, f.Kill)
	}
	for _, m := range p.Plan.Overview.Impact {
		want("a threshold", m.Metric)
	}
	want("the rollback SLA", "| Rollback SLA | "+p.Plan.Overview.RollbackSLA.Human())
}

// day is a date without the tag of its zone.
func day(w value.When) string {
	s, _, _ := strings.Cut(w.String(), "[")
	return s
}

// countIn counts the texts that a line has.
func countIn(line string, parts []string) int {
	n := 0
	for _, s := range parts {
		if strings.Contains(line, s) {
			n++
		}
	}
	return n
}

// The sample's own states are told too.
func TestDecisiveOfSample(t *testing.T) {
	p := sample.Packet()
	pages, err := render.Fit(p, nil)
	if err != nil {
		t.Fatal(err)
	}
	decisive(t, p, pages.Body)
}
