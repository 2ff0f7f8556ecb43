package notes_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
)

// Every rule passes on the good notes and finds something in its own bad ones.
func TestRulesAreExamined(t *testing.T) {
	for _, err := range check.Examine(sample.Notes, notes.Rules(), nil) {
		t.Error(err)
	}
}

// found lists what the rules find as rule@path.
func found(p notes.Packet) []string { return checktest.At(p.Validate()) }

func judge(t *testing.T, name string, change func(*notes.Packet), want []string) {
	t.Helper()
	t.Run(name, func(t *testing.T) {
		t.Helper()
		p := sample.Notes()
		change(&p)
		if diff := cmp.Diff(want, found(p)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func none(by, reason string) release.Negative { return release.Negative{By: by, Reason: reason} }

func TestRulesOfThePacket(t *testing.T) {
	tests := []struct {
		name   string
		change func(*notes.Packet)
		want   []string
	}{
		{"good", func(*notes.Packet) {}, nil},

		{"no note to customers", func(p *notes.Packet) { p.Customers = notes.Note{} },
			[]string{"NOTE-001@customers", "NOTE-002@customers.changes", "NOTE-003@customers.links"}},
		{"no note to support", func(p *notes.Packet) { p.Support = notes.Note{} },
			[]string{"NOTE-001@support", "NOTE-002@support.remediation", "NOTE-003@support.links", "NOTE-003@support.links"}},
		{"no note to leadership", func(p *notes.Packet) { p.Leadership = notes.Note{} },
			[]string{"NOTE-001@leadership", "NOTE-002@leadership.benefits", "NOTE-009@leadership.compliance"}},
		{"note of links only", func(p *notes.Packet) { p.Leadership = notes.Note{Links: p.Leadership.Links} },
			[]string{"NOTE-001@leadership", "NOTE-002@leadership.benefits", "NOTE-009@leadership.compliance"}},
		{"note of punctuation", func(p *notes.Packet) { p.Leadership = notes.Note{Summary: "… – —"} },
			[]string{"NOTE-001@leadership", "NOTE-002@leadership.benefits", "NOTE-009@leadership.compliance"}},

		{"no changes for customers", func(p *notes.Packet) { p.Customers.Changes = nil }, []string{"NOTE-002@customers.changes"}},
		{"no changes for the others", func(p *notes.Packet) { p.Support.Changes, p.Leadership.Changes = nil, nil }, nil},
		{"no benefits for leadership", func(p *notes.Packet) { p.Leadership.Benefits = nil }, []string{"NOTE-002@leadership.benefits"}},
		{"no benefits for customers", func(p *notes.Packet) { p.Customers.Benefits = nil }, nil},
		{"no remediation for support", func(p *notes.Packet) {
			p.Support.Remediation, p.Leadership.Remediation = nil, []string{"Wait."}
		}, []string{"NOTE-002@support.remediation"}},
		{"risks in one note", func(p *notes.Packet) { p.Support.Risks = nil }, nil},
		{"no risks", func(p *notes.Packet) { p.Support.Risks, p.Leadership.Risks = nil, nil }, []string{"NOTE-002@support.risks"}},
		{"no risks, said so", func(p *notes.Packet) {
			p.Support.Risks, p.Leadership.Risks = nil, nil
			p.NoRisks = none("release-manager", "the plan has none")
		}, nil},
		{"no known issues", func(p *notes.Packet) { p.Support.KnownIssues, p.Customers.KnownIssues = nil, nil }, []string{"NOTE-002@support.knownIssues"}},
		{"no known issues, said so", func(p *notes.Packet) {
			p.Support.KnownIssues, p.Customers.KnownIssues = nil, nil
			p.NoKnownIssues = none("support-lead", "0 open defects")
		}, nil},

		{"no risks, and there are", func(p *notes.Packet) { p.NoRisks = none("release-manager", "the plan has none") }, []string{"NOTE-014@noRisks"}},
		{"no known issues, and there are", func(p *notes.Packet) { p.NoKnownIssues = none("support-lead", "0 open defects") },
			[]string{"NOTE-014@noKnownIssues"}},
		{"no risks, says nobody", func(p *notes.Packet) {
			p.Support.Risks, p.Leadership.Risks = nil, nil
			p.NoRisks = none(" ", "the plan has none")
		}, []string{"NOTE-014@noRisks.by"}},
		{"no risks for no reason", func(p *notes.Packet) {
			p.Support.Risks, p.Leadership.Risks = nil, nil
			p.NoRisks = none("release-manager", "\t")
		}, []string{"NOTE-014@noRisks.reason"}},

		{"no knowledge base", func(p *notes.Packet) { p.Customers.Links[0].Kind = notes.OtherLink }, []string{"NOTE-003@customers.links"}},
		{"no runbook", func(p *notes.Packet) { p.Support.Links = p.Support.Links[1:] }, []string{"NOTE-003@support.links"}},
		{"no dashboard", func(p *notes.Packet) { p.Support.Links = p.Support.Links[:1] }, []string{"NOTE-003@support.links"}},
		{"the links elsewhere", func(p *notes.Packet) {
			p.Leadership.Links, p.Support.Links = append(p.Leadership.Links, p.Support.Links...), nil
		}, nil},

		{"no compliance narrative", func(p *notes.Packet) { p.Leadership.Compliance = "  " }, []string{"NOTE-009@leadership.compliance"}},
		{"compliance narrative for support", func(p *notes.Packet) {
			p.Support.Compliance, p.Leadership.Compliance = p.Leadership.Compliance, ""
		}, nil},
		{"compliance narrative for customers", func(p *notes.Packet) {
			p.Customers.Compliance, p.Leadership.Compliance = p.Leadership.Compliance, ""
		}, []string{"NOTE-009@leadership.compliance"}},

		{"gaps", func(p *notes.Packet) {
			p.Gaps = []notes.Gap{{About: "REL-103", Reason: "no source has it"}, {}}
		}, []string{"NOTE-015@gaps[0]", "NOTE-015@gaps[1]"}},
	}
	for _, tt := range tests {
		judge(t, tt.name, tt.change, tt.want)
	}
}

func TestRulesOfANote(t *testing.T) {
	words := func(n int) notes.Note { return notes.NewNote(strings.Repeat("word ", n)) }
	tests := []struct {
		name   string
		change func(*notes.Packet)
		want   []string
	}{
		{"9 words", func(p *notes.Packet) { p.Leadership = words(9).WithBenefits("–") },
			[]string{"NOTE-009@leadership.compliance", "NOTE-010@leadership"}},
		{"10 words", func(p *notes.Packet) { p.Leadership = words(9).WithBenefits("1") }, []string{"NOTE-009@leadership.compliance"}},

		{"no summary", func(p *notes.Packet) { p.Support.Summary = " " }, []string{"NOTE-012@support.summary"}},
		{"empty change", func(p *notes.Packet) { p.Customers.Changes[1] = notes.Change{} },
			[]string{"NOTE-011@customers.changes[1].id", "NOTE-012@customers.changes[1].text"}},
		{"change that requires white space", func(p *notes.Packet) { p.Customers.Changes[0].ActionRequired = " " },
			[]string{"NOTE-012@customers.changes[0].actionRequired"}},
		{"change twice", func(p *notes.Packet) { p.Customers.Changes[1].ID = "REL-101" }, []string{"NOTE-011@customers.changes[1].id"}},
		{"change and known issue of one id", func(p *notes.Packet) { p.Customers.KnownIssues[0].ID = "REL-101" },
			[]string{"NOTE-011@customers.knownIssues[0].id"}},
		{"item twice in a change", func(p *notes.Packet) { p.Customers.Changes[0].Items = []string{"REL-101", "REL-101", ""} },
			[]string{"NOTE-011@customers.changes[0].items[1]", "NOTE-011@customers.changes[0].items[2]"}},
		{"item in two changes", func(p *notes.Packet) { p.Customers.Changes[1].Items = []string{"REL-101", "REL-102"} }, nil},
		{"change without item", func(p *notes.Packet) { p.Customers.Changes[1].Items = nil }, nil},
		{"empty benefit", func(p *notes.Packet) { p.Customers.Benefits = append(p.Customers.Benefits, "") }, []string{"NOTE-012@customers.benefits[1]"}},
		{"empty guidance", func(p *notes.Packet) { p.Support.Remediation = append(p.Support.Remediation, "\n") },
			[]string{"NOTE-012@support.remediation[1]"}},

		{"callout of no risk", func(p *notes.Packet) { p.Support.Risks[1].Risk = " " }, []string{"NOTE-008@support.risks[1].risk"}},
		{"callout without text", func(p *notes.Packet) { p.Support.Risks[1].Text = "" }, []string{"NOTE-012@support.risks[1].text"}},
		{"risk twice", func(p *notes.Packet) { p.Support.Risks[1].Risk = "R1" }, []string{"NOTE-011@support.risks[1].risk"}},

		{"empty known issue", func(p *notes.Packet) { p.Support.KnownIssues[0] = notes.KnownIssue{} },
			[]string{"NOTE-007@support.knownIssues[0].remedy", "NOTE-011@support.knownIssues[0].id", "NOTE-012@support.knownIssues[0].text"}},
		{"known issue twice", func(p *notes.Packet) { p.Support.KnownIssues[1].ID = "K1" }, []string{"NOTE-011@support.knownIssues[1].id"}},
		{"remedy of white space", func(p *notes.Packet) { p.Support.KnownIssues[0].Remedy = " " }, []string{"NOTE-007@support.knownIssues[0].remedy"}},
		{"remedy and none", func(p *notes.Packet) { p.Support.KnownIssues[1].Remedy = "Ask the bank." }, []string{"NOTE-007@support.knownIssues[1].noRemedy"}},
		{"no remedy, says nobody", func(p *notes.Packet) { p.Support.KnownIssues[1].NoRemedy.By = "" },
			[]string{"NOTE-007@support.knownIssues[1].noRemedy.by"}},
		{"no remedy for no reason", func(p *notes.Packet) { p.Support.KnownIssues[1].NoRemedy.Reason = " " },
			[]string{"NOTE-007@support.knownIssues[1].noRemedy.reason"}},

		{"link of no kind", func(p *notes.Packet) { p.Leadership.Links[0].Kind = notes.NoLinkKind }, []string{"NOTE-013@leadership.links[0].kind"}},
		{"link of a kind that is none", func(p *notes.Packet) { p.Leadership.Links[0].Kind = 9 }, []string{"NOTE-013@leadership.links[0].kind"}},
		{"link without name", func(p *notes.Packet) { p.Leadership.Links[0].Name = "" }, []string{"NOTE-013@leadership.links[0].name"}},
		{"link to nowhere", func(p *notes.Packet) { p.Leadership.Links[0].URL = "" }, []string{"NOTE-013@leadership.links[0].url"}},
		{"link with a space", func(p *notes.Packet) { p.Leadership.Links[0].URL = "https://example.com/a b" }, []string{"NOTE-013@leadership.links[0].url"}},
		{"link of a change that is none", func(p *notes.Packet) { p.Customers.Changes[0].Link = "javascript:alert(1)" },
			[]string{"NOTE-013@customers.changes[0].link"}},
	}
	for _, tt := range tests {
		judge(t, tt.name, tt.change, tt.want)
	}
}

// A note is found wanting wherever it stands.
func TestRulesLookAtEveryNote(t *testing.T) {
	for _, a := range notes.Audiences() {
		p := sample.Notes()
		p = p.With(a, p.Note(a).WithKnownIssues(notes.KnownIssue{}).WithRisks(notes.Callout{}).WithLinks(notes.Link{}))
		rules := map[string]bool{}
		for _, f := range p.Validate() {
			if !f.Path.Within(check.Path(a.String())) {
				t.Errorf("%s: a finding at %s", a, f.Path)
			}
			rules[f.Rule] = true
		}
		for _, id := range []string{"NOTE-007", "NOTE-008", "NOTE-011", "NOTE-012", "NOTE-013"} {
			if !rules[id] {
				t.Errorf("%s: %s finds nothing", a, id)
			}
		}
	}
}

func TestValidate(t *testing.T) {
	if fs := sample.Notes().Validate(); len(fs) != 0 {
		t.Errorf("the good notes have findings: %v", fs)
	}
	var faults *check.FindingsError
	if err := (notes.Packet{}).Validate().Err(); !errors.As(err, &faults) {
		t.Errorf("the zero packet is valid: %v", err)
	}
}

// Rules look, they do not touch.
func TestRulesLeaveThePacketAlone(t *testing.T) {
	p := sample.Notes()
	p.Validate()
	if diff := cmp.Diff(sample.Notes(), p); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The notes are those of the plan beside them.
func TestSampleFitsThePlan(t *testing.T) {
	plan, packet := sample.Plan(), sample.Notes()
	for _, a := range notes.Audiences() {
		if diff := cmp.Diff([]string{"REL-101", "REL-102"}, packet.Announced(a)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", a, diff)
		}
		for _, c := range packet.Note(a).Risks {
			if !known(plan.Risks, c.Risk) {
				t.Errorf("%s: %s is no risk of the plan", a, c.Risk)
			}
		}
	}
}

func known(risks []release.Risk, id string) bool {
	for _, r := range risks {
		if r.ID == id {
			return true
		}
	}
	return false
}
