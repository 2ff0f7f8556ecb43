package release_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Every rule passes on the good plan and finds something in its own bad one.
func TestRulesAreExamined(t *testing.T) {
	for _, err := range check.Examine(goodPlan, release.Rules(), &check.Options{Now: now}) {
		t.Error(err)
	}
}

// rulesRow is one change to the good plan, and what the rules then find.
type rulesRow struct {
	name   string
	change func(*release.Plan)
	want   []string
}

func runRows(t *testing.T, rows []rulesRow) {
	t.Helper()
	for _, tt := range rows {
		t.Run(tt.name, func(t *testing.T) {
			p := goodPlan()
			tt.change(&p)
			if diff := cmp.Diff(tt.want, found(t, p)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestRules(t *testing.T) {
	runRows(t, []rulesRow{
		{"good", func(*release.Plan) {}, nil},

		{"version of white space", func(p *release.Plan) { p.Overview.Version = " \t" }, []string{"OVR-001@overview.version"}},
		{"version against the pattern", func(p *release.Plan) { p.Overview.Version = "v2026.12.0" }, []string{"OVR-001@overview.version"}},
		{"version with more behind the pattern", func(p *release.Plan) { p.Overview.Version = "2026.12.0\nand more" }, []string{"OVR-001@overview.version"}},
		{"version of an alternative", func(p *release.Plan) {
			p.Policy.VersionPattern, p.Overview.Version = "a|b", "ax"
		}, []string{"OVR-001@overview.version"}},
		{"pattern that is none", func(p *release.Plan) { p.Policy.VersionPattern = "(" }, []string{"OVR-001@policy.versionPattern"}},
		{"any version without pattern", func(p *release.Plan) {
			p.Policy.VersionPattern, p.Overview.Version = "", "winter"
		}, nil},
		{"white space without pattern", func(p *release.Plan) {
			p.Policy.VersionPattern, p.Overview.Version = "", "winter release"
		}, []string{"OVR-001@overview.version"}},

		{"window of dates only", func(p *release.Plan) {
			p.Overview.Window = release.Window{Start: when("2026-12-08"), End: when("2026-12-09")}
		}, []string{"OVR-002@overview.window.start", "OVR-002@overview.window.end", "MS-005@timeline.buffers"}},
		{"window without offset", func(p *release.Plan) {
			p.Overview.Window.Start = when("2026-12-08T22:00:00")
		}, []string{"OVR-002@overview.window.start"}},
		{"window with a zone but no offset", func(p *release.Plan) {
			p.Overview.Window.Start = when("2026-12-08T22:00:00[America/New_York]")
		}, []string{"OVR-002@overview.window.start"}},
		{"window with summer's offset", func(p *release.Plan) {
			p.Overview.Window.End = when("2026-12-09T02:00:00-04:00[America/New_York]")
		}, []string{"TIME-003@overview.window.end"}},
		{"window in a zone that is none", func(p *release.Plan) {
			p.Overview.Window.End = when("2026-12-09T02:00:00-05:00[America/New_Yrok]")
		}, []string{"TIME-007@overview.window.end"}},
		{"window on a day that is none", func(p *release.Plan) {
			p.Overview.Window.Start = when("2026-02-30T22:00:00Z")
		}, []string{"MS-015@overview.window.start"}},
		{"window until anywhere on earth", func(p *release.Plan) { p.Overview.Window.End = when("2026-12-09[AoE]") }, []string{"MS-005@timeline.buffers"}},
		{"no window", func(p *release.Plan) { p.Overview.Window = release.Window{} },
			[]string{"OVR-002@overview.window.start", "OVR-002@overview.window.end"}},
		{"window of no length", func(p *release.Plan) { p.Overview.Window.End = p.Overview.Window.Start },
			[]string{"MS-009@overview.window.end"}},

		{"freeze of a date", func(p *release.Plan) { p.Overview.CodeFreeze = when("2026-12-01") }, nil},
		{"freeze in a gap", func(p *release.Plan) {
			p.Overview.CodeFreeze = when("2026-03-08T02:30:00[America/New_York]")
		}, []string{"TIME-004@overview.codeFreeze"}},
		{"freeze on the day of the window", func(p *release.Plan) {
			p.Overview.CodeFreeze = when("2026-12-08[America/New_York]")
		}, []string{"OVR-004@overview.codeFreeze"}},
		{"freeze at the moment of the window", func(p *release.Plan) {
			p.Overview.CodeFreeze = when("2026-12-09T03:00:00Z")
		}, []string{"OVR-004@overview.codeFreeze"}},
		{"freeze a second before", func(p *release.Plan) { p.Overview.CodeFreeze = when("2026-12-09T02:59:59Z") }, nil},

		{"component without anything", func(p *release.Plan) {
			p.Overview.Components = append(p.Overview.Components, release.Component{})
		}, []string{"OVR-005@overview.components[7].kind", "OVR-005@overview.components[7].version", "OVR-011@overview.components[7].name",
			"CHK-011@checklists.deployment"}},
		{"component with a commit only", func(p *release.Plan) { p.Overview.Components[0].Version = "" }, nil},
		{"component of two versions", func(p *release.Plan) {
			c := p.Overview.Components[0]
			c.Version = "5.0.0"
			p.Overview.Components = append(p.Overview.Components, c)
		}, []string{"OVR-011@overview.components[7].name"}},
		{"empty objective", func(p *release.Plan) { p.Overview.Objectives[1] = "  " }, []string{"OVR-006@overview.objectives[1]"}},

		{"scope item twice", func(p *release.Plan) { p.Scope[3].ID = "REL-101" }, []string{"OVR-008@scope[3].id"}},
		{"scope item without id", func(p *release.Plan) { p.Scope[3].ID = "" }, []string{"OVR-008@scope[3].id"}},
		{"no scope", func(p *release.Plan) { p.Scope = nil }, []string{"OVR-009@scope"}},
		{"second component unknown", func(p *release.Plan) { p.Scope[0].Components[1] = "payment-api" }, []string{"OVR-010@scope[0].components[1]"}},

		{"manager is nobody's role", func(p *release.Plan) { p.Overview.Manager = "boss" }, []string{"OVR-012@overview.manager"}},
		{"one role for both", func(p *release.Plan) { p.Overview.Deputy = p.Overview.Manager }, []string{"OVR-012@overview.deputy"}},
		{"one person for both", func(p *release.Plan) { p.Directory.Roles[1].Holders = []string{"barbara"} }, []string{"OVR-012@overview.deputy"}},
		{"one of two deputies is the manager", func(p *release.Plan) {
			p.Directory.Roles[1].Holders = []string{"barbara", "margaret"}
		}, nil},
		{"nobody manages", func(p *release.Plan) { p.Directory.Roles[0].Holders = nil }, []string{"OVR-012@overview.manager"}},
		{"nobody is deputy", func(p *release.Plan) { p.Directory.Roles[1].Holders = nil }, []string{"OVR-012@overview.deputy"}},

		{"rollback before it began", func(p *release.Plan) { p.Overview.RollbackSLA = value.Duration(-time.Minute) }, []string{"RSK-004@overview.rollbackSLA"}},
		{"rollback at the limit", func(p *release.Plan) { p.Overview.RollbackSLA = p.Policy.MaxRollback }, nil},
		{"rollback beyond the limit", func(p *release.Plan) { p.Overview.RollbackSLA = p.Policy.MaxRollback + 1 }, []string{"RSK-004@overview.rollbackSLA"}},
		{"rollback without limit", func(p *release.Plan) {
			p.Overview.RollbackSLA, p.Policy.MaxRollback = value.Duration(48*time.Minute), 0
		}, nil},

		{"zone that is an abbreviation's guess", func(p *release.Plan) { p.Overview.Zone = "Local" }, []string{"TIME-002@overview.zone"}},
		{"zone misspelt", func(p *release.Plan) { p.Overview.Zone = "America/New_Yrok" }, []string{"TIME-002@overview.zone"}},

		{"freeze of one day", func(p *release.Plan) { p.Timeline.Freezes[0].Window.End = p.Timeline.Freezes[0].Window.Start }, nil},
		{"freeze of dates the wrong way", func(p *release.Plan) {
			p.Timeline.Freezes[0].Window = release.Window{Start: when("2026-12-19"), End: when("2026-12-18")}
		}, []string{"MS-016@timeline.freezes[0].window.end"}},
		{"freeze of no length", func(p *release.Plan) { p.Timeline.Freezes[1].Window.End = p.Timeline.Freezes[1].Window.Start }, []string{"MS-016@timeline.freezes[1].window.end"}},
		{"freeze without end", func(p *release.Plan) { p.Timeline.Freezes[1].Window.End = value.When{} }, []string{"MS-016@timeline.freezes[1].window.end"}},
		{"freezes of one id", func(p *release.Plan) { p.Timeline.Freezes[1].ID = "holidays" }, []string{"MS-016@timeline.freezes[1].id"}},
		{"freeze that begins as the window closes", func(p *release.Plan) {
			p.Timeline.Freezes[1].Window.Start = p.Overview.Window.End
		}, nil},
		{"freeze that begins a second earlier", func(p *release.Plan) {
			p.Timeline.Freezes[1].Window.Start = when("2026-12-09T01:59:59-05:00")
		}, []string{"MS-007@timeline.freezes[1].window"}},
		{"freeze of the day of the window", func(p *release.Plan) {
			p.Timeline.Freezes[1].Window = release.Window{Start: when("2026-12-08"), End: when("2026-12-08")}
		}, []string{"MS-007@timeline.freezes[1].window"}},

		{"person twice", func(p *release.Plan) { p.Directory.People[1].ID = "ada" },
			[]string{"X-009@directory.people[1].id", "X-004@directory.roles[6].holders[0]", "X-004@scope[0].authors[1]", "X-004@scope[1].authors[0]"}},
		{"account of two people", func(p *release.Plan) {
			p.Directory.People[1].Accounts[1] = fact.Account{System: "github", ID: "ada"}
		}, []string{"X-009@directory.people[1].accounts[1]"}},
		{"accounts that only print alike", func(p *release.Plan) {
			p.Directory.People[0].Accounts[0] = fact.Account{System: "a:b", ID: "c"}
			p.Directory.People[1].Accounts[0] = fact.Account{System: "a", ID: "b:c"}
		}, nil},
		{"account without id", func(p *release.Plan) { p.Directory.People[1].Accounts[1].ID = "" }, []string{"X-009@directory.people[1].accounts[1]"}},
		{"role twice", func(p *release.Plan) { p.Directory.Roles = append(p.Directory.Roles, p.Directory.Roles[2]) },
			[]string{"X-009@directory.roles[9].id"}},
		{"holder unknown", func(p *release.Plan) { p.Directory.Roles[4].Holders = []string{"kent"} }, []string{"X-004@directory.roles[4].holders[0]"}},
		{"delegate unknown", func(p *release.Plan) { p.Directory.Roles[2].Delegations[0].To = "kent" }, []string{"X-004@directory.roles[2].delegations[0].to"}},
		{"delegation without end", func(p *release.Plan) { p.Directory.Roles[2].Delegations[0].Until = value.When{} },
			[]string{"X-010@directory.roles[2].delegations[0].until"}},
		{"delegation the wrong way", func(p *release.Plan) {
			d := &p.Directory.Roles[2].Delegations[0]
			d.From, d.Until = d.Until, d.From
		}, []string{"X-010@directory.roles[2].delegations[0].until"}},
		{"delegation for one day", func(p *release.Plan) {
			d := &p.Directory.Roles[2].Delegations[0]
			d.Until = d.From
		}, nil},
	})
}

// A rule that cannot tell does not pass.
func TestRulesNotEvaluated(t *testing.T) {
	tests := []struct {
		name, rule string
		change     func(*release.Plan)
	}{
		{"no freeze to compare", "OVR-004", func(p *release.Plan) { p.Overview.CodeFreeze = value.When{} }},
		{"no window to compare", "OVR-004", func(p *release.Plan) { p.Overview.Window = release.Window{} }},
		{"freeze that cannot be placed", "OVR-004", func(p *release.Plan) { p.Overview.CodeFreeze = when("2026-12-01T18:00:00") }},
		{"no window to measure", "MS-009", func(p *release.Plan) { p.Overview.Window = release.Window{} }},
		{"window that cannot be placed", "MS-009", func(p *release.Plan) { p.Overview.Window.End = when("2026-12-09T02:00:00") }},
		{"no window to keep free", "MS-007", func(p *release.Plan) { p.Overview.Window.Start = value.When{} }},
		{"freeze of unknown end", "MS-007", func(p *release.Plan) { p.Timeline.Freezes[1].Window.End = value.When{} }},
	}
	for _, tt := range tests {
		p := goodPlan()
		tt.change(&p)
		if got := state(t, p, tt.rule); got != check.NotEvaluated {
			t.Errorf("%s: %s is %s, want not-evaluated", tt.name, tt.rule, got)
		}
	}
}

// A zone without data is wrong, unless the machine has no data of any zone.
func TestZoneOnMachines(t *testing.T) {
	missing := func(name string) error { return fmt.Errorf("zone %q: %w", name, value.ErrNoZoneData) }
	full := func(name string) (*time.Location, error) {
		if name == "Europe/London" || name == "America/New_York" {
			return time.UTC, nil
		}
		return nil, missing(name)
	}
	bare := func(name string) (*time.Location, error) {
		if name == "Local" {
			return nil, value.ErrInvalidZone
		}
		return nil, missing(name)
	}
	tests := []struct {
		machine, zone string
		load          func(string) (*time.Location, error)
		want          check.State
	}{
		{"with zones", "America/New_York", full, check.Passed},
		{"with zones", "America/New_Yrok", full, check.Failed},
		{"with zones", "", full, check.Failed},
		{"without zones", "America/New_York", bare, check.NotEvaluated},
		{"without zones", "Local", bare, check.Failed},
		{"without zones", "", bare, check.Failed},
	}
	for _, tt := range tests {
		p := goodPlan()
		p.Overview.Zone = tt.zone
		rule := check.Rule[release.Plan]{ID: "TIME-002", Check: release.ZoneCheck(tt.load)}
		if got := check.Run(&p, []check.Rule[release.Plan]{rule}, nil).Rules[0].State; got != tt.want {
			t.Errorf("machine %s, zone %q: %s, want %s", tt.machine, tt.zone, got, tt.want)
		}
	}
}

func TestValidate(t *testing.T) {
	if fs := goodPlan().Validate(); len(fs) != 0 {
		t.Errorf("the good plan has findings: %v", fs)
	}
	var faults *check.FindingsError
	if err := (release.Plan{}).Validate().Err(); !errors.As(err, &faults) {
		t.Errorf("the zero plan is valid: %v", err)
	}
}

// Rules look, they do not touch.
func TestRulesLeaveThePlanAlone(t *testing.T) {
	p := goodPlan()
	p.Validate()
	if diff := cmp.Diff(goodPlan(), p); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
