package check_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/release/check"
)

// roster is an index that rules share.
type roster []string

// What rules derive is made once in a run, for each place anew.
func TestShared(t *testing.T) {
	made := 0
	index := func(t *team) roster {
		made++
		return append(roster{t.Lead}, t.Members...)
	}
	look := func(want string) func(*check.Pass[team]) {
		return func(p *check.Pass[team]) {
			if got := check.Shared(p, index); got[0] != want {
				p.Report(check.Invalid("lead", got[0], "is not "+want))
			}
			if n := check.Shared(p, func(t *team) int { return len(t.Members) }); n != len(p.Subject.Members) {
				p.Report(check.Invalid("members", n, "is another number"))
			}
		}
	}
	rules := func(want string) []check.Rule[team] {
		return []check.Rule[team]{{ID: want + "-1", Check: look(want)}, {ID: want + "-2", Check: look(want)}}
	}
	subject := goodTeam()
	for range 2 {
		if r := check.Run(&subject, rules("ada"), nil); len(r.Findings) != 0 {
			t.Error(r.Findings)
		}
	}
	if made != 2 {
		t.Errorf("two runs make the index %d times", made)
	}
	type street struct{ A, B team }
	pair := street{A: goodTeam(), B: team{Lead: "ken"}}
	both := append(check.Lift(rules("ada"), "a", func(s *street) *team { return &s.A }),
		check.Lift(rules("ken"), "b", func(s *street) *team { return &s.B })...)
	made = 0
	if r := check.Run(&pair, both, nil); len(r.Findings) != 0 || made != 2 {
		t.Errorf("two parts, made %d times: %v", made, r.Findings)
	}
}

type note string

func TestExtra(t *testing.T) {
	rule := check.Rule[team]{ID: "T-9", Check: func(p *check.Pass[team]) {
		n, ok := check.Extra[note](p)
		if !ok {
			p.NotEvaluated("there is no note")
			return
		}
		p.Report(check.Invalid("", n, p.Profile()))
	}}
	tests := []struct {
		name  string
		extra []any
		want  string
	}{
		{"none", nil, "not-evaluated"}, {"another", []any{"text", 7}, "not-evaluated"}, {"one", []any{7, note("a"), note("b")}, "failed"},
	}
	for _, tt := range tests {
		subject := goodTeam()
		r := check.Run(&subject, []check.Rule[team]{rule}, &check.Options{Extra: tt.extra, Profile: check.Profile{Name: "draft"}})
		if got := r.Rules[0].State.String(); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
		if tt.want == "failed" && r.Findings[0].Message != `"a": draft` {
			t.Errorf("%s: %s", tt.name, r.Findings[0].Message)
		}
	}
}

// A rule that stands last sees what blocks.
func TestStanding(t *testing.T) {
	last := check.Rule[team]{ID: "LAST", Check: func(p *check.Pass[team]) {
		for _, f := range p.Standing() {
			p.Report(check.Invalid("", f.Rule, string(f.Path)))
		}
	}}
	waiver := check.Waiver{Rule: "T-1", Path: "lead", Grant: grant()}
	ill := waiver
	ill.Reason = ""
	tests := []struct {
		name    string
		options check.Options
		want    []string
	}{
		{"as it is", check.Options{}, []string{`"T-1": lead`}},
		{"graded up", check.Options{Profile: check.Profile{Changes: []check.Adjustment{{Rule: "T-2", Reason: "strict"}}}},
			[]string{`"T-1": lead`, `"T-2": members[0]`, `"T-2": members[2]`}},
		{"waived", check.Options{Now: now, Waivers: []check.Waiver{waiver}}, nil},
		{"waived without a reason", check.Options{Now: now, Waivers: []check.Waiver{ill}}, []string{`"T-1": lead`}},
		{"waived without a clock", check.Options{Waivers: []check.Waiver{waiver}}, []string{`"T-1": lead`}},
	}
	for _, tt := range tests {
		subject := badTeam()
		var got []string
		for _, f := range check.Run(&subject, append(teamRules(), last), &tt.options).Findings {
			if f.Rule == "LAST" {
				got = append(got, f.Message)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// What has no effect is said: a change of a rule that is not there, and a rule
// whose id another one has.
func TestProfileOrphans(t *testing.T) {
	subject := goodTeam()
	rules := append(teamRules(), teamRules()[0])
	profile := check.Profile{Name: "draft"}.With("mine", check.Adjustment{Rule: "T-10", Off: true, Reason: "a slip"})
	r := check.Run(&subject, rules, &check.Options{Profile: profile})
	want := check.Findings{{Rule: "PROFILE", Severity: check.Warning, Message: "there are two rules T-1"},
		{Rule: "PROFILE", Severity: check.Warning, Message: "the adjustment of rule T-10 adjusts nothing: there is no such rule"}}
	if diff := cmp.Diff(want, r.Findings); diff != "" || r.Profile != "mine" {
		t.Errorf("profile %q (-want +got):\n%s", r.Profile, diff)
	}
}

func TestReportText(t *testing.T) {
	subject := house{Team: badTeam()}
	rules := append(check.Lift(teamRules(), "team", func(h *house) *team { return &h.Team }),
		check.Rule[house]{ID: "H-1", Severity: check.Info, Check: func(p *check.Pass[house]) {
			p.Report(check.OutOfOrder("team.members[1]", "ken", "comes first", "team.lead"), check.Missing("", "the roof", ""))
		}})
	waiver := check.Waiver{Rule: "T-2", Path: "team.members[2]", Grant: grant()}
	r := check.Run(&subject, rules, &check.Options{Now: now, Waivers: []check.Waiver{waiver},
		Profile: check.Profile{Name: "draft", Changes: []check.Adjustment{{Rule: "T-3", Off: true, Reason: "a draft"}}}})
	want := `1 error, 1 warning, 2 infos, 1 finding waived
4 rules: 0 passed, 3 failed, 0 not evaluated, 1 off (profile draft)

team
  error T-1 team.lead: the lead is missing
    name one
  warning T-2 team.members[0]: the name is missing
  info H-1 team.members[1]: "ken" comes first
    see team.lead

whole
  info H-1 (packet): the roof is missing

waived
  warning T-2 team.members[2]: the name is missing
    until 2026-12-24 by ada for ken: known and harmless

switched off
  T-3: a draft
`
	if diff := cmp.Diff(want, r.Text(nil)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	byTeam := r.Groups(func(p check.Path) string { return strings.TrimSuffix(string(p), "[1]") })
	if len(byTeam) != 4 || byTeam[2].Name != "team.members" {
		t.Errorf("%v", byTeam)
	}
	if err := r.WriteText(broken{}, nil); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}

var errFull = errors.New("full")

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errFull }
