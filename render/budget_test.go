package render_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render"
)

func over(t *testing.T, p packet.Packet, opts *render.MarkdownOptions) *render.BudgetError {
	t.Helper()
	_, err := render.Fit(p, opts)
	e := new(render.BudgetError)
	if !errors.As(err, &e) {
		t.Fatalf("error %v", err)
	}
	return e
}

func TestBudgetErrorBill(t *testing.T) {
	e := over(t, untied(blocked(30)), nil)
	sum := 0
	for _, b := range e.Bill {
		sum += b.Words
	}
	if diff := e.Minimum - sum; diff < 0 || diff > 10 { // the sections that only the annex has, by name
		t.Errorf("the bill adds up to %d, the minimum is %d", sum, e.Minimum)
	}
	var trains []string
	for _, train := range e.Split {
		trains = append(trains, train.Components...)
		if train.Words > e.Max {
			t.Errorf("a train is too long: %+v", train)
		}
	}
	all := make([]string, 0, 7)
	for _, c := range blocked(0).Plan.Overview.Components {
		all = append(all, c.Name)
	}
	slices.Sort(trains)
	slices.Sort(all)
	if diff := cmp.Diff(all, trains); diff != "" || len(e.Split) < 2 {
		t.Errorf("%d trains (-want +got):\n%s", len(e.Split), diff)
	}
	if !strings.Contains(e.Error(), "; could be split: ") || !strings.Contains(e.Error(), "Dependency Matrix ") {
		t.Error(e)
	}
}

// Components that something needs together are not split, so there is no split.
func TestNoSplit(t *testing.T) {
	p := blocked(30)
	var names []string
	for _, c := range p.Plan.Overview.Components {
		names = append(names, c.Name)
	}
	p.Plan.Scope = append(p.Plan.Scope, release.ScopeItem{ID: "REL-109", Title: "Everything", Class: release.MustShip, Components: names})
	if e := over(t, p, nil); e.Split != nil {
		t.Errorf("split into %+v", e.Split)
	}
}

// A page that is too short names what is empty, and has nothing made up.
func TestTooShort(t *testing.T) {
	e := over(t, packet.New(release.NewPlan("Atlas", "2026.12.0"), sample.Catalog()), &render.MarkdownOptions{Words: render.Budget{Min: 2000, Max: 3000}})
	for _, want := range []check.Path{"decisions.gates", "plan.risks", "notes.customers", "comms.messages"} {
		if !slices.Contains(e.Empty, want) {
			t.Errorf("%s is not named: %v", want, e)
		}
	}
	if slices.Contains(e.Empty, "catalog.gates") || e.Split != nil {
		t.Error(e)
	}
}

func TestBadOptions(t *testing.T) {
	for _, c := range []struct {
		opts render.MarkdownOptions
		want string
	}{
		{render.MarkdownOptions{Words: render.Budget{Min: 5, Max: 4}}, "render: no page has at least 5 and at most 4 words"},
		{render.MarkdownOptions{Words: render.Budget{Min: -1, Max: 4}}, "render: no page has at least -1 and at most 4 words"},
		{render.MarkdownOptions{AnnexName: "a b.md"}, `render: the annex cannot be called "a b.md": want letters, digits, dots, hyphens and underscores`},
		{render.MarkdownOptions{AnnexName: "../../a.md"}, `render: the annex cannot be called "../../a.md": want letters, digits, dots, hyphens and underscores`},
		{render.MarkdownOptions{AnnexName: "..."}, `render: the annex cannot be called "...": want letters, digits, dots, hyphens and underscores`},
	} {
		if pages, err := render.Fit(sample.Packet(), &c.opts); err == nil || err.Error() != c.want || pages.Body != nil {
			t.Errorf("%+v: %v, %d bytes", c.opts, err, len(pages.Body))
		}
	}
}

// Markdown writes both pages, and everything on one if there is no place for the
// second.
func TestMarkdownAnnex(t *testing.T) {
	var body, annex strings.Builder
	if err := render.Markdown(&body, sample.Packet(), nil); err != nil || body.String() != markdown(t, sample.Packet(), nil) {
		t.Errorf("without a place for the annex: %v, %d bytes", err, body.Len())
	}
	body.Reset()
	opts := &render.MarkdownOptions{Annex: &annex, AnnexName: "details.md"}
	if err := render.Markdown(&body, sample.Packet(), opts); err != nil {
		t.Error(err)
	}
	pages, err := render.Fit(sample.Packet(), opts)
	if err != nil || body.String() != string(pages.Body) || annex.String() != string(pages.Annex) || !strings.Contains(body.String(), "](details.md#policy)") {
		t.Errorf("Markdown and Fit differ: %v", err)
	}
	body.Reset()
	annex.Reset()
	if err := render.Markdown(&body, blocked(30), opts); !errors.As(err, new(*render.BudgetError)) || body.Len() == 0 || annex.Len() == 0 {
		t.Errorf("a packet that is too long: %v, %d and %d bytes", err, body.Len(), annex.Len())
	}
	broken := errors.New("the disk is full")
	if err := render.Markdown(&body, sample.Packet(), &render.MarkdownOptions{Annex: failing{broken}}); !errors.Is(err, broken) {
		t.Errorf("the annex cannot be written: %v", err)
	}
}

func TestUnlimited(t *testing.T) {
	pages, err := render.Fit(sample.Packet(), unlimited(nil))
	if err != nil || pages.Annex != nil || string(pages.Body) != markdown(t, sample.Packet(), nil) {
		t.Errorf("%v, an annex of %d bytes", err, len(pages.Annex))
	}
	if r := render.Check(pages, sample.Packet(), nil); r.Err() != nil || r.Counts().NotEvaluated != 1 {
		t.Errorf("%+v %v", r.Counts(), r.Findings)
	}
}

// A waiver lets a body be too long, with a name and a reason.
func TestWaivedLength(t *testing.T) {
	p := blocked(30)
	pages, _ := render.Fit(p, nil)
	grant := check.Grant{Reason: "thirty providers", Requester: "a", Approver: "b", Expires: when("2026-12-10T00:00:00Z")}
	opts := &check.Options{Now: now, Waivers: []check.Waiver{{Rule: "BUD-001", Grant: grant}, {Rule: "DEP-001", Grant: grant}}}
	if r := render.Check(pages, p, opts); r.Err() != nil || len(r.Waived) != 1 || len(r.Findings) != 0 {
		t.Errorf("%v, %d waived", r.Findings, len(r.Waived))
	}
	verified := check.Report{Rules: []check.RuleResult{{Rule: "RSK-005", State: check.Passed}, {Rule: "DEP-001", State: check.Failed}}}
	pages.Body = []byte("# Nothing\n")
	r := verified.With(render.Check(pages, p, nil))
	if r.Rules[0].State != check.Failed || r.Err() == nil || len(r.Rules) != len(packet.RenderedRules())+1 {
		t.Errorf("%+v", r.Rules)
	}
}
