package release_test

import (
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// wants gives a short name to what most rows change.
func wants(p *release.Plan) []release.Dependency { return p.Dependencies.Items }

func TestDependencyRules(t *testing.T) {
	runRows(t, []rulesRow{
		{"owned by a person", func(p *release.Plan) { wants(p)[0].Owner = "ken" }, nil},
		{"owned by nobody who is known", func(p *release.Plan) { wants(p)[0].Owner = "kent" }, []string{"DEP-001@dependencies.items[0].owner"}},
		{"owner to be decided by a question", func(p *release.Plan) { wants(p)[0].Owner = release.TBD(1) }, []string{"DEP-001@dependencies.items[0].owner"}},

		{"no kind spoken of", func(p *release.Plan) { p.Dependencies = release.Dependencies{} }, []string{
			"DEP-005@dependencies", "DEP-005@dependencies", "DEP-005@dependencies", "DEP-005@dependencies", "DEP-005@dependencies", "DEP-005@dependencies"}},
		{"none of six kinds", func(p *release.Plan) {
			p.Dependencies = release.Plan{}.WithoutDependencies("dev-lead", "all is in house", release.DependencyKinds()...).Dependencies
			p.Overview.Flags, p.Overview.NoFlags = nil, release.Negative{By: "ada", Reason: "the code has none"}
		}, nil},
		{"said twice that there is none", func(p *release.Plan) {
			p.Dependencies.None = append(p.Dependencies.None, p.Dependencies.None[0])
		}, []string{"DEP-005@dependencies.none[1].kind"}},
		{"none, and one all the same", func(p *release.Plan) { wants(p)[3].Kind = release.Upstream }, []string{"DEP-005@dependencies", "X-013@dependencies.none[0]"}},
		{"no flag to depend on, and flags", func(p *release.Plan) {
			wants(p)[2] = release.Dependency{ID: "D3", Title: "x", Kind: release.Downstream, Owner: "ada", Due: wants(p)[2].Due, Status: release.Ready}
			p.Dependencies.None = append(p.Dependencies.None, release.NoDependency{Kind: release.FeatureFlag, Negative: release.Negative{By: "ada", Reason: "?"}})
		}, []string{"X-013@dependencies.none[1]"}},
		{"said by nobody who is known", func(p *release.Plan) { p.Dependencies.None[0].By = "kent" }, []string{"X-004@dependencies.none[0].by"}},

		{"blocks without a risk", func(p *release.Plan) { wants(p)[0].Risk = "" }, []string{"DEP-006@dependencies.items[0].risk"}},
		{"blocked without a risk", func(p *release.Plan) { wants(p)[1].Risk = "" }, []string{"DEP-006@dependencies.items[1].risk"}},
		{"blocks but is ready", func(p *release.Plan) { wants(p)[0].Risk, wants(p)[0].Status = "", release.Ready }, nil},
		{"blocked by a risk that nobody rated", func(p *release.Plan) { p.Risks[1].Impact = release.NoLevel },
			[]string{"DEP-006@dependencies.items[1].risk", "RSK-001@risks[1].impact"}},
		{"blocked by a risk whose owner is to be decided", func(p *release.Plan) { p.Risks[1].Owner = "TBD (question 1)" },
			[]string{"DEP-006@dependencies.items[1].risk", "RSK-003@risks[1].owner"}},
		{"risk unknown", func(p *release.Plan) { wants(p)[1].Risk = "R9" }, []string{"X-006@dependencies.items[1].risk"}},
		{"not ready without a plan", func(p *release.Plan) { wants(p)[4].Status = release.NotStarted },
			[]string{"DEP-008@dependencies.items[4].risk", "TIME-006@dependencies.items[4].due"}},
		{"not ready with a plan", func(p *release.Plan) {
			wants(p)[4].Status, wants(p)[4].Risk, wants(p)[4].Due = release.InProgress, "R1", when("2026-12-08")
		}, nil},
		{"not ready with a risk that nobody mitigates", func(p *release.Plan) {
			wants(p)[0].Blocking, p.Risks[0].Mitigation = false, " "
		}, []string{"DEP-008@dependencies.items[0].risk", "RSK-001@risks[0].mitigation"}},

		{"migration that is restored", func(p *release.Plan) { wants(p)[1].Migration.Reversal = "" }, nil},
		{"migration that is reversed", func(p *release.Plan) { wants(p)[1].Migration.RestorePoint = "TBD" }, nil},
		{"migration without a way back", func(p *release.Plan) {
			wants(p)[1].Migration = release.Migration{Reversal: "TBD", RestorePoint: "TBD"}
		},
			[]string{"DEP-009@dependencies.items[1].migration.reversal"}},
		{"flag that the overview does not have", func(p *release.Plan) { wants(p)[2].Flag = "checkout.cards" }, []string{"DEP-010@dependencies.items[2].flag"}},
		{"migration of an upstream", func(p *release.Plan) { wants(p)[3].Migration.Reversal = "x" }, []string{"DEP-013@dependencies.items[3].migration"}},
		{"flag of a node pool", func(p *release.Plan) { wants(p)[3].Flag = "checkout.gift_cards" }, []string{"DEP-013@dependencies.items[3].flag"}},
		{"lead time of a flag", func(p *release.Plan) { wants(p)[2].LeadDays = 1 }, []string{"DEP-013@dependencies.items[2].leadDays"}},
		{"component that is none", func(p *release.Plan) { wants(p)[0].Components = []string{"shop-web"} }, []string{"X-006@dependencies.items[0].components[0]"}},
	})
}

// What is due is due in time for what needs it. Days and deadlines are spans:
// what only may be too late is not.
func TestDueRows(t *testing.T) {
	due := func(by, text string) func(p *release.Plan) {
		return func(p *release.Plan) { wants(p)[3].NeededBy, wants(p)[3].Due, wants(p)[1].Needs = by, when(text), nil }
	}
	const late = "DEP-007@dependencies.items[3].due"
	runRows(t, []rulesRow{
		{"on the day of the window", due("", "2026-12-08[America/New_York]"), nil},
		{"at the moment of the window", due("", "2026-12-08T22:00:00-05:00"), nil},
		{"a second later", due("", "2026-12-08T22:00:01-05:00"), []string{late}},
		{"the day after", due("", "2026-12-09[America/New_York]"), []string{late}},
		{"a day later wherever it is", due("", "2026-12-09"), nil},
		{"two days later wherever it is", due("", "2026-12-10"), []string{late}},
		{"by a deadline that is over at noon UTC", due("", "2026-12-08[AoE]"), []string{late}},
		{"by a deadline the day before", due("", "2026-12-07[AoE]"), nil},
		{"for staging", due("W1", "2026-12-04[America/New_York]"), nil},
		{"too late for staging", due("W1", "2026-12-05[America/New_York]"), []string{late}},
		{"for the dry run", due("M3", "2026-12-03T14:00:00-05:00[America/New_York]"), nil},
		{"too late for the dry run", due("M3", "2026-12-03T14:30:00-05:00[America/New_York]"), []string{late}},
		{"for a milestone that is none", due("M99", "2026-12-03"), []string{"X-006@dependencies.items[3].neededBy"}},

		{"before what it needs", func(p *release.Plan) { wants(p)[1].Due = when("2026-11-30") }, []string{
			"DEP-015@dependencies.items[1].due", "TIME-006@dependencies.items[1].due"}},
		{"on a day that begins before the day of what it needs", func(p *release.Plan) { wants(p)[1].Due = when("2026-12-01") }, []string{
			"TIME-006@dependencies.items[1].due"}},
		{"on the day of what it needs", func(p *release.Plan) { wants(p)[3].Due = wants(p)[1].Due }, nil},
		{"ready before what it needs", func(p *release.Plan) {
			wants(p)[1].Status, wants(p)[3].Status, wants(p)[3].Risk, wants(p)[3].Due = release.Ready, release.InProgress, "R2", wants(p)[1].Due
		}, []string{"DEP-015@dependencies.items[1].status"}},

		{"must ship, due after the code freeze", func(p *release.Plan) { wants(p)[2].Tracker = "REL-101" }, []string{"MS-008@dependencies.items[2].due"}},
		{"must ship, due on the day of the code freeze", func(p *release.Plan) {
			wants(p)[2].Tracker, wants(p)[2].Due = "REL-101", when("2026-12-01[America/New_York]")
		}, nil},
		{"may wait, due after the code freeze", func(p *release.Plan) { wants(p)[2].Tracker = "REL-103" }, nil},
	})
}

// A lead time is counted in working days, in the operating zone.
func TestLeadTimeRows(t *testing.T) {
	lead := func(days int, due, window string) func(p *release.Plan) {
		return func(p *release.Plan) {
			wants(p)[0].LeadDays, wants(p)[0].Due, wants(p)[0].NeededBy = days, when(due), "W1"
			p.Timeline.Windows[0].Window = release.Window{Start: when(window), End: when(window[:11] + "23:59:59-05:00")}
			wants(p)[0].Status = release.Ready
		}
	}
	const late = "DEP-012@dependencies.items[0].due"
	runRows(t, []rulesRow{
		{"over a weekend: Friday to Tuesday has two", lead(2, "2026-12-04[America/New_York]", "2026-12-08T09:00:00-05:00"), nil},
		{"over a weekend: and not three", lead(3, "2026-12-04[America/New_York]", "2026-12-08T09:00:00-05:00"), []string{late}},
		{"over Thanksgiving: Wednesday to Monday has two", lead(2, "2026-11-25[America/New_York]", "2026-11-30T09:00:00-05:00"), nil},
		{"over Thanksgiving: and not three", lead(3, "2026-11-25[America/New_York]", "2026-11-30T09:00:00-05:00"), []string{late}},
		{"the same day", lead(1, "2026-12-04T08:00:00-05:00", "2026-12-04T17:00:00-05:00"), []string{late}},
		{"a day of no zone is one of the operating zone", lead(2, "2026-12-04", "2026-12-08T09:00:00-05:00"), nil},
		{"a day of no zone does not begin in Kiribati", lead(3, "2026-12-04", "2026-12-08T09:00:00-05:00"), []string{late}},
		{"an evening that is the next day in UTC", lead(2, "2026-12-04T23:30:00-05:00", "2026-12-08T09:00:00-05:00"), nil},
		{"no lead time", lead(0, "2026-12-04", "2026-12-04T09:00:00-05:00"), nil},
		{"work on Saturdays", func(p *release.Plan) {
			lead(3, "2026-12-04[America/New_York]", "2026-12-08T09:00:00-05:00")(p)
			p.Policy.Calendar.Days = append(p.Policy.Calendar.Days, value.Saturday)
		}, nil},
		{"a holiday on Monday", func(p *release.Plan) {
			lead(2, "2026-12-04[America/New_York]", "2026-12-08T09:00:00-05:00")(p)
			p.Policy.Calendar.Holidays = append(p.Policy.Calendar.Holidays, when("2026-12-07"))
		}, []string{late}},
		{"over New Year", func(p *release.Plan) {
			lead(3, "2026-12-30[America/New_York]", "2027-01-04T09:00:00-05:00")(p)
			p.Policy.Calendar.Holidays = append(p.Policy.Calendar.Holidays, when("2027-01-01"))
			p.Timeline.Freezes = p.Timeline.Freezes[:1] // of production, not of staging
		}, []string{late}},
	})
}

// A circle is named step by step.
func TestCycles(t *testing.T) {
	needs := func(needs ...string) release.Plan {
		p := goodPlan()
		for i := range wants(&p) {
			wants(&p)[i].Needs, wants(&p)[i].Due, wants(&p)[i].Status = nil, when("2026-12-08"), release.Ready
		}
		for _, n := range needs {
			i := n[1] - '1'
			wants(&p)[i].Needs = append(wants(&p)[i].Needs, n[3:])
		}
		return p
	}
	for _, tt := range []struct {
		name  string
		needs []string
		path  check.Path
		want  string
	}{
		{"none", []string{"D1>D2", "D1>D3", "D2>D4", "D3>D4", "D4>D5"}, "", ""},
		{"two", []string{"D2>D4", "D4>D2"}, "dependencies.items[3].needs[0]", `"D2": D2 needs D4, D4 needs D2`},
		{"itself", []string{"D3>D3"}, "dependencies.items[2].needs[0]", `"D3": D3 needs D3`},
		{"three, behind one that leads there", []string{"D1>D2", "D2>D3", "D3>D5", "D5>D2"}, "dependencies.items[4].needs[0]",
			`"D2": D2 needs D3, D3 needs D5, D5 needs D2`},
		{"a way round beside", []string{"D1>D4", "D1>D2", "D2>D4", "D4>D1"}, "dependencies.items[3].needs[0]", `"D1": D1 needs D4, D4 needs D1`},
		{"somebody who is not there", []string{"D1>D9"}, "", ""},
	} {
		p := needs(tt.needs...)
		var got []check.Finding
		for _, f := range p.Validate() {
			if f.Rule == "DEP-011" {
				got = append(got, f)
			}
		}
		switch {
		case tt.want == "" && len(got) > 0:
			t.Errorf("%s: %v", tt.name, got)
		case tt.want != "" && (len(got) == 0 || got[0].Path != tt.path || got[0].Message != tt.want):
			t.Errorf("%s: %v, want %s at %s", tt.name, got, tt.want, tt.path)
		}
	}
}

// What is missing of a risk is said.
func TestDependencyMessages(t *testing.T) {
	p := goodPlan()
	p.Risks[0] = release.Risk{ID: "R1", Title: "x", Probability: release.High, Contingency: "y"}
	for _, f := range p.Validate() {
		if f.Rule == "DEP-006" {
			if want := `"R1": the risk has no impact, no mitigation, no mitigation owner`; f.Message != want || f.Related[0] != "risks[0]" {
				t.Errorf("%+v, want %s", f, want)
			}
			return
		}
	}
	t.Error("nothing is found")
}

// The order of the deployment is that of what needs what.
func TestSequenceRows(t *testing.T) {
	of := func(first, second []string) func(p *release.Plan) { // D2 needs D4; notifications come before orders-api
		return func(p *release.Plan) { wants(p)[3].Components, wants(p)[1].Components = first, second }
	}
	list := func(names ...string) []string { return names }
	runRows(t, []rulesRow{
		{"in order", of(list("notifications"), list("orders-api")), nil},
		{"the wrong way", of(list("orders-api"), list("notifications")), []string{"CHK-012@checklists.deployment[2].components[1]"}},
		{"one of two the wrong way", of(list("notifications", "payments-api"), list("gift-cards", "orders-api")),
			[]string{"CHK-012@checklists.deployment[2].components[2]"}},
		{"needs both", of(list("orders-api", "catalog"), list("catalog")), nil},
		{"all of them", of(nil, list("catalog")), nil},
		{"over two steps", func(p *release.Plan) {
			of(list("orders-api"), list("catalog"))(p)
			p.Checklists.Deployment[0].Components = list("orders-api")
		}, nil},
		{"an app is missing", func(p *release.Plan) {
			p.Checklists.Deployment[2].Components = p.Checklists.Deployment[2].Components[:6]
		}, list("CHK-011@checklists.deployment")},
		{"no sequence at all", func(p *release.Plan) { p.Checklists.Deployment[2].Components = nil }, list("CHK-011@checklists.deployment")},
		{"a library is not deployed", func(p *release.Plan) {
			p.Overview.Components = append(p.Overview.Components, release.Component{Name: "tokens", Kind: release.Library, Version: "1"},
				release.Component{Name: "shop", Kind: release.Repository, Commit: strings.Repeat("a", 40)})
		}, nil},
		{"a step deploys what is not there", func(p *release.Plan) { p.Checklists.Deployment[0].Components = list("edge-gateway") },
			list("X-006@checklists.deployment[0].components[0]")},
	})
}
