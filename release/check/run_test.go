package check_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
)

func TestRun(t *testing.T) {
	tests := []struct {
		name     string
		subject  team
		findings []string
		states   []string
		counts   check.Counts
	}{
		{"good", goodTeam(), nil, []string{"T-1 passed", "T-2 passed", "T-3 passed"}, check.Counts{Passed: 3}},
		{"bad", badTeam(), []string{"T-1@lead", "T-2@members[0]", "T-2@members[2]"},
			[]string{"T-1 failed", "T-2 failed", "T-3 not-evaluated"}, check.Counts{Failed: 2, NotEvaluated: 1, Errors: 1, Warnings: 2}},
		{"stranger", team{Lead: "grace", Members: []string{"ada"}}, []string{"T-3@lead"},
			[]string{"T-1 passed", "T-2 passed", "T-3 failed"}, check.Counts{Passed: 2, Failed: 1, Infos: 1}},
	}
	for _, tt := range tests {
		r := check.Run(&tt.subject, teamRules(), nil)
		if diff := cmp.Diff(tt.findings, checktest.At(r.Findings)); diff != "" {
			t.Errorf("%s: findings (-want +got):\n%s", tt.name, diff)
		}
		if diff := cmp.Diff(tt.states, states(r)); diff != "" {
			t.Errorf("%s: states (-want +got):\n%s", tt.name, diff)
		}
		if diff := cmp.Diff(tt.counts, r.Counts()); diff != "" {
			t.Errorf("%s: counts (-want +got):\n%s", tt.name, diff)
		}
		if (r.Err() != nil) != (tt.counts.Errors > 0) {
			t.Errorf("%s: Err = %v", tt.name, r.Err())
		}
	}
}

// Findings carry the rule's own id, whatever the check wrote there, and weigh
// as much as the rule or less.
func TestRunStampsFindings(t *testing.T) {
	rule := check.Rule[team]{ID: "T-9", Severity: check.Warning, Check: func(p *check.Pass[team]) {
		p.Report(check.Finding{Rule: "other", Severity: check.Error, Path: "lead", Message: "one\nline \x00 \xff", Hint: "a\r\nb"},
			check.Finding{Severity: check.Info}, check.Finding{Severity: check.Warning}, check.Finding{Severity: check.Severity(9)})
	}}
	want := check.Findings{{Rule: "T-9", Severity: check.Warning, Path: "lead", Message: "one line   \uFFFD", Hint: "a  b"},
		{Rule: "T-9", Severity: check.Info}, {Rule: "T-9", Severity: check.Warning}, {Rule: "T-9", Severity: check.Warning}}
	subject := goodTeam()
	if diff := cmp.Diff(want, check.Run(&subject, []check.Rule[team]{rule}, nil).Findings); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The rules see the clock and the facts that Run is given, and nothing else.
func TestRunPassesOptionsOn(t *testing.T) {
	facts := fact.NewSet()
	var seen []string
	look := check.Rule[team]{ID: "T-9", Check: func(p *check.Pass[team]) {
		if p.Now.Equal(now) {
			seen = append(seen, "now")
		}
		if p.Facts == &facts {
			seen = append(seen, "facts")
		}
		if p.Now.IsZero() && p.Facts == nil {
			seen = append(seen, "nothing")
		}
	}}
	subject := goodTeam()
	check.Run(&subject, []check.Rule[team]{look}, &check.Options{Now: now, Facts: &facts})
	check.Run(&subject, []check.Rule[team]{look}, nil)
	if diff := cmp.Diff([]string{"now", "facts", "nothing"}, seen); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A rule that panics is an error, whatever it weighs, and what it found before stands.
func TestRunPanics(t *testing.T) {
	broken := func(s check.Severity) check.Rule[team] {
		return check.Rule[team]{ID: "T-9", Severity: s, Doc: "Never.", Bad: func(*team) {}, Check: func(p *check.Pass[team]) {
			p.Report(check.Missing("lead", "the lead", ""))
			p.NotEvaluated("gives up")
			var none []string
			_ = none[len(p.Subject.Members)]
		}}
	}
	for _, s := range []check.Severity{check.Error, check.Warning, check.Info} {
		subject := goodTeam()
		for _, profile := range []check.Profile{{}, {Changes: []check.Adjustment{{Rule: "T-9", Severity: check.Info, Reason: "a trifle"}}}} {
			r := check.Run(&subject, []check.Rule[team]{broken(s)}, &check.Options{Profile: profile})
			if diff := cmp.Diff([]string{"T-9@lead", "T-9@"}, checktest.At(r.Findings)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", s, diff)
			}
			if got := r.Findings[1]; got.Severity != check.Error || !strings.Contains(got.Message, "panicked") {
				t.Errorf("%s: got %s", s, got)
			}
			if diff := cmp.Diff([]string{"T-9 failed"}, states(r)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", s, diff)
			}
			if r.Err() == nil {
				t.Errorf("a %s rule that panics does not block", s)
			}
		}
	}
	var nothing team
	if r := check.Run(&nothing, []check.Rule[team]{{ID: "T-9"}}, nil); r.Err() == nil {
		t.Error("a rule without a check passes")
	}
}

// Not evaluated is never passed, also where nobody says why.
func TestRunNotEvaluated(t *testing.T) {
	for _, reason := range []string{"", "  ", "the clock is not given"} {
		rule := check.Rule[team]{ID: "T-9", Check: func(p *check.Pass[team]) { p.NotEvaluated(reason) }}
		subject := goodTeam()
		r := check.Run(&subject, []check.Rule[team]{rule}, nil)
		if r.Rules[0].State != check.NotEvaluated || r.Rules[0].Reason == "" || len(r.Findings) != 0 {
			t.Errorf("reason %q: got %v", reason, r.Rules[0])
		}
	}
	half := check.Rule[team]{ID: "T-9", Check: func(p *check.Pass[team]) {
		p.NotEvaluated("half of it")
		p.Report(check.Missing("lead", "the lead", ""))
	}}
	subject := goodTeam()
	r := check.Run(&subject, []check.Rule[team]{half}, nil)
	if diff := cmp.Diff([]check.RuleResult{{Rule: "T-9", State: check.Failed, Reason: "half of it"}}, r.Rules); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The tests' own rules are sound, and off is counted as off.
// A reason may quote what is not UTF-8, and is one line all the same.
func TestReasonIsOneLine(t *testing.T) {
	subject := goodTeam()
	rule := check.Rule[team]{ID: "T-9", Check: func(p *check.Pass[team]) { p.NotEvaluated("no\n\xff") }}
	if got := check.Run(&subject, []check.Rule[team]{rule}, nil).Rules[0].Reason; got != "no \uFFFD" {
		t.Errorf("%q", got)
	}
}

func TestCounts(t *testing.T) {
	for _, err := range check.Examine(goodTeam, teamRules(), nil) {
		t.Error(err)
	}
	r := check.Report{Rules: []check.RuleResult{{State: check.Off}, {State: check.State(9)}, {}}, Waived: make([]check.Waived, 2)}
	if diff := cmp.Diff(check.Counts{Off: 1, NotEvaluated: 2, Waived: 2}, r.Counts()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestProfile(t *testing.T) {
	tests := []struct {
		name     string
		changes  []check.Adjustment
		findings []string // with severity
		states   []string
	}{
		{"none", nil, []string{"error T-1@lead", "warning T-2@members[0]", "warning T-2@members[2]"},
			[]string{"T-1 failed", "T-2 failed", "T-3 not-evaluated"}},
		{"off", []check.Adjustment{{Rule: "T-1", Off: true, Reason: "there is no lead yet"}},
			[]string{"warning T-2@members[0]", "warning T-2@members[2]"}, []string{"T-1 off", "T-2 failed", "T-3 not-evaluated"}},
		{"off without reason", []check.Adjustment{{Rule: "T-1", Off: true}, {Rule: "T-2", Off: true, Reason: " \t"}},
			[]string{"error T-1@lead", "warning T-2@members[0]", "warning T-2@members[2]", "warning PROFILE@", "warning PROFILE@"},
			[]string{"T-1 failed", "T-2 failed", "T-3 not-evaluated"}},
		{"graded", []check.Adjustment{{Rule: "T-1", Severity: check.Info, Reason: "a draft"}, {Rule: "T-2", Reason: "names matter here"}},
			[]string{"info T-1@lead", "error T-2@members[0]", "error T-2@members[2]"}, []string{"T-1 failed", "T-2 failed", "T-3 not-evaluated"}},
		{"last one wins", []check.Adjustment{{Rule: "T-1", Off: true, Reason: "a draft"}, {Rule: "T-1", Severity: check.Warning, Reason: "final"}},
			[]string{"warning T-1@lead", "warning T-2@members[0]", "warning T-2@members[2]"}, []string{"T-1 failed", "T-2 failed", "T-3 not-evaluated"}},
		{"last one without reason", []check.Adjustment{{Rule: "T-1", Severity: check.Warning, Reason: "a draft"}, {Rule: "T-1", Off: true}},
			[]string{"warning T-1@lead", "warning T-2@members[0]", "warning T-2@members[2]", "warning PROFILE@"},
			[]string{"T-1 failed", "T-2 failed", "T-3 not-evaluated"}},
	}
	for _, tt := range tests {
		subject := badTeam()
		r := check.Run(&subject, teamRules(), &check.Options{Profile: check.Profile{Name: "draft", Changes: tt.changes}})
		var got []string
		for _, f := range r.Findings {
			got = append(got, f.Severity.String()+" "+f.Rule+"@"+string(f.Path))
		}
		if diff := cmp.Diff(tt.findings, got); diff != "" {
			t.Errorf("%s: findings (-want +got):\n%s", tt.name, diff)
		}
		if diff := cmp.Diff(tt.states, states(r)); diff != "" {
			t.Errorf("%s: states (-want +got):\n%s", tt.name, diff)
		}
		if r.Profile != "draft" {
			t.Errorf("%s: the report is of profile %q", tt.name, r.Profile)
		}
	}
}

func TestLift(t *testing.T) {
	subject := house{Team: badTeam()}
	part := func(h *house) *team { return &h.Team }
	rules := check.Lift(teamRules(), "team", part)
	r := check.Run(&subject, rules, nil)
	if diff := cmp.Diff([]string{"T-1@team.lead", "T-2@team.members[0]", "T-2@team.members[2]"}, checktest.At(r.Findings)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, err := range check.Examine(func() house { return house{Team: goodTeam()} }, rules, nil) {
		t.Error(err)
	}
	// Twice lifted: the paths grow at their root, those of related places too.
	type street struct{ Houses []house }
	twice := check.Lift(rules, "houses[0]", func(s *street) *house { return &s.Houses[0] })
	long := street{Houses: []house{{Team: team{Lead: "grace", Members: []string{"ada"}}}}}
	got := check.Run(&long, twice, nil).Findings
	want := check.Findings{{Rule: "T-3", Severity: check.Info, Path: "houses[0].team.lead", Message: `"grace" is not a member`,
		Related: []check.Path{"houses[0].team.members"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if lifted := check.Lift([]check.Rule[team]{{ID: "T-9"}}, "team", part); lifted[0].Bad != nil {
		t.Error("a rule without a bad example has one when it is lifted")
	}
}

func TestExamine(t *testing.T) {
	pass := func(*check.Pass[team]) {}
	fail := func(p *check.Pass[team]) { p.Report(check.Missing("lead", "the lead", "")) }
	same := func(*team) {}
	tests := []struct {
		name  string
		rules []check.Rule[team]
		want  int
	}{
		{"good", teamRules(), 0},
		{"twice", append(teamRules(), teamRules()...), 3},
		{"no id", []check.Rule[team]{{Doc: "x", Bad: same, Check: pass}}, 1},
		{"no sentence", []check.Rule[team]{{ID: "x", Bad: same, Check: pass}}, 1},
		{"no bad example", []check.Rule[team]{{ID: "x", Doc: "x", Check: pass}}, 1},
		{"no check", []check.Rule[team]{{ID: "x", Doc: "x", Bad: same}}, 1},
		{"finds nothing", []check.Rule[team]{{ID: "x", Doc: "x", Bad: same, Check: pass}}, 1},
		{"finds everything", []check.Rule[team]{{ID: "x", Doc: "x", Bad: same, Check: fail}}, 1},
		{"cannot judge the good", []check.Rule[team]{{ID: "x", Doc: "x", Bad: same, Check: func(p *check.Pass[team]) { p.NotEvaluated("?") }}}, 1},
		{"panics on the bad", []check.Rule[team]{{ID: "x", Doc: "x", Bad: func(t *team) { t.Members = nil },
			Check: func(p *check.Pass[team]) { _ = p.Subject.Members[0] }}}, 1},
		{"bad example panics", []check.Rule[team]{{ID: "x", Doc: "x", Bad: func(t *team) { t.Members[9] = "" }, Check: pass}}, 1},
	}
	for _, tt := range tests {
		errs := check.Examine(goodTeam, tt.rules, nil)
		if len(errs) != tt.want {
			t.Errorf("%s: got %d errors, want %d: %v", tt.name, len(errs), tt.want, errs)
		}
	}
}
