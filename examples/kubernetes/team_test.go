package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
)

func person(id, name, github, slack string) release.Person {
	p := release.Person{ID: id, Name: name}
	if github != "" {
		p.Accounts = append(p.Accounts, fact.Account{System: "github", ID: github})
	}
	if slack != "" {
		p.Accounts = append(p.Accounts, fact.Account{System: "slack", ID: slack})
	}
	return p
}

func TestReadCell(t *testing.T) {
	ada, bo := person("ada", "Ada Ames", "ada", "Ada A"), person("bo-b", "Bo Berg", "bo-b", "bo")
	for _, tt := range []struct {
		name, cell string
		want       []release.Person
		problem    string
	}{
		{name: "usual", cell: "Ada Ames ([@ada](https://github.com/ada) / Slack: `@Ada A`)", want: []release.Person{ada}},
		{name: "comma before Slack", cell: "Ada Ames ([@ada](https://github.com/ada), Slack: `@Ada A`), Bo Berg ([@bo-b](https://github.com/bo-b), Slack: `@bo`)",
			want: []release.Person{ada, bo}},
		{name: "brackets not closed, spaces", cell: "Ada Ames ( [@ada](https://github.com/ada)/ Slack : `Ada A`, Bo Berg ([@bo-b](https://www.github.com/bo-b/) / Slack `@bo` )",
			want: []release.Person{ada, bo}},
		{name: "Slack without marks", cell: "Ada Ames ([@ada](https://github.com/ada) / Slack: Ada A), Bo Berg ([@bo-b](https://github.com/bo-b) / Slack: @bo)",
			want: []release.Person{ada, bo}},
		{name: "no Slack", cell: "Cy Cole ([@cy](https://github.com/cy)), Ada Ames ([@ada](https://github.com/ada) / Slack: `Ada A`)",
			want: []release.Person{person("cy", "Cy Cole", "cy", ""), ada}},
		{name: "line breaks", cell: "Ada Ames ([@ada](https://github.com/ada) / Slack: `Ada A`)<br>Bo Berg ([@bo-b](https://github.com/bo-b) / Slack: `bo`)",
			want: []release.Person{ada, bo}},
		{name: "and", cell: "Ada Ames ([@ada](https://github.com/ada) / Slack: `Ada A`) and Bo Berg ([@bo-b](https://github.com/bo-b) / Slack: `bo`)",
			want: []release.Person{ada, bo}},
		{name: "only a link", cell: "[@ada](https://github.com/ada)", want: []release.Person{person("ada", "ada", "ada", "")}},
		{name: "Slack id with brackets", cell: "Ada Ames ([@ada](https://github.com/ada) / Slack: `@Ada (aka. A )`)", want: []release.Person{person("ada", "Ada Ames", "ada", "Ada (aka. A )")}},
		{name: "one account twice", cell: "Ada Ames ([@ada](https://github.com/ada)), Ada Ames ([@Ada](https://github.com/Ada) / Slack: `Ada A`)", want: []release.Person{ada}},
		{name: "no account", cell: "Ada Ames, Bo Berg", want: []release.Person{person("ada-ames", "Ada Ames", "", ""), person("bo-berg", "Bo Berg", "", "")},
			problem: "Ada Ames has no link to a GitHub account"},
		{name: "accounts without links", cell: "Ada Ames (@ada / Slack: `Ada A`)", want: []release.Person{person("ada-ames", "Ada Ames", "", "")},
			problem: "no link to a GitHub account"},
		{name: "account and none", cell: "Ada Ames ([@ada](https://github.com/ada) / Slack: `Ada A`), Cy Cole", want: []release.Person{ada},
			problem: `"Cy Cole" stands beside the people`},
		{name: "a repository is no account", cell: "Ada Ames ([page](https://github.com/ada/page))", want: []release.Person{person("ada-ames", "Ada Ames", "", "")},
			problem: "no link to a GitHub account"},
		{name: "TBD", cell: "TBD"},
		{name: "tbd in bold", cell: "**tbd**"},
		{name: "N/A", cell: "N/A"},
		{name: "dash", cell: "-"},
		{name: "empty", cell: ""},
		{name: "somebody and TBD", cell: "Ada Ames ([@ada](https://github.com/ada) / Slack: `Ada A`), TBD", want: []release.Person{ada}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := readTeam([]byte("| Role | Lead | Shadow |\n|---|---|---|\n| Docs | " + tt.cell + " | TBD |\n"))
			if diff := cmp.Diff(tt.want, got.people); diff != "" {
				t.Errorf("people (-want +got)\n%s", diff)
			}
			if problems := messages(got.all); !strings.Contains(problems, tt.problem) {
				t.Errorf("problems do not say %q:\n%s", tt.problem, problems)
			}
		})
	}
}

func TestReadTeam(t *testing.T) {
	got := readTeam([]byte(strings.Join([]string{
		"| Shadow Name(s) | **Team/Role** | **Lead Name** | Room |", "|---|---|---|---|",
		"| Bo ([@bo](https://github.com/bo)) | Docs | TBD | 7 |",
		"| | Docs | Ada ([@ada](https://github.com/ada)) | |",
		"| | | Nobody | |", "| | CI Signal |",
	}, "\n")))
	want := []release.Role{
		{ID: "docs", Title: "Docs", Holders: []string{"ada"}}, {ID: "docs-shadow", Title: "Docs Shadow", Holders: []string{"bo"}},
		{ID: "ci-signal", Title: "CI Signal"}, {ID: "ci-signal-shadow", Title: "CI Signal Shadow"},
	}
	if diff := cmp.Diff(want, got.roles); diff != "" {
		t.Errorf("roles (-want +got)\n%s", diff)
	}
	problems := `release-team.md:1: the column "room" is not read
release-team.md:3: nobody leads Docs
release-team.md:4: a second row for Docs: everybody of both holds the role
release-team.md:5: the row names no role
release-team.md:6: the row has 2 cells, not 4
release-team.md:6: nobody leads CI Signal
`
	if diff := cmp.Diff(problems, messages(got.all)); diff != "" {
		t.Errorf("problems (-want +got)\n%s", diff)
	}
	if none := readTeam([]byte("# Nothing\n")); len(none.all) != 1 || none.all[0].kind != absent {
		t.Errorf("without a table: %v", none.all)
	}
}

func TestSigners(t *testing.T) {
	f := &folder{team: &team{}}
	for _, id := range []string{"release-team-lead", "enhancements", "communications", "communications-shadow", "docs", "branch-manager"} {
		f.team.roles = append(f.team.roles, release.Role{ID: id})
	}
	for who, want := range map[string]string{
		"Lead": "release-team-lead", "": "release-team-lead", "TBD": "release-team-lead",
		"Enhancements Lead": "enhancements", "Comms Lead": "communications", "Comms / Docs": "communications docs",
		"Branch Manager": "branch-manager", "Quality Lead": "quality", "ALL": "all",
	} {
		if got := strings.Join(f.signers(&row{who: who}), " "); got != want {
			t.Errorf("%q is %q, want %q", who, got, want)
		}
	}
}

func TestSignal(t *testing.T) {
	f := &folder{team: &team{}}
	if got := f.signal(); got != signalRole {
		t.Errorf("without a team: %q", got)
	}
	f.team.roles = []release.Role{{ID: olderRole}}
	if got := f.signal(); got != olderRole {
		t.Errorf("in an earlier release: %q", got)
	}
}
