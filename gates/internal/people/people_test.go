package people_test

import (
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/gates/internal/people"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

func TestMandate(t *testing.T) {
	from, until := time.Date(2026, 12, 8, 8, 0, 0, 0, time.UTC), time.Date(2026, 12, 8, 16, 0, 0, 0, time.UTC)
	dated := func(to string) release.Delegation {
		return release.Delegation{To: to, From: value.At(from), Until: value.At(until)}
	}
	d := release.Directory{
		People: []release.Person{{ID: "ada"}, {ID: "ben"}, {ID: "cam"}, {ID: " "}},
		Roles: []release.Role{
			{ID: "lead", Holders: []string{" ada "}, Delegations: []release.Delegation{dated(" ben "), dated("cam"), {To: "dee", From: value.At(from)}, {To: "eve", Until: value.At(until)}}},
			{ID: "on-call", Holders: []string{"ben"}, Delegations: []release.Delegation{dated("cam")}},
			{ID: "twice", Holders: []string{"ada"}}, {ID: "twice", Holders: []string{"ada"}},
		},
	}
	p := people.Read(&d)
	noon := from.Add(4 * time.Hour)
	tests := []struct {
		name, role, standIn, person string
		at                          time.Time
		may, delegated              bool
	}{
		{"holds it", "lead", "", "ada", noon, true, false},
		{"holds it, whatever the stand-in and the time", "lead", "on-call", "ada", until.Add(time.Hour), true, false},
		{"neither", "lead", "", "fay", noon, false, false},
		{"delegated", "lead", "", "ben", noon, true, true},
		{"delegated, from the first moment", "lead", "", "ben", from, true, true},
		{"before it", "lead", "", "ben", from.Add(-1), false, false},
		{"its last moment", "lead", "", "ben", until.Add(-1), true, true},
		{"after it", "lead", "", "ben", until, false, false},
		{"delegated to who stands in", "lead", "on-call", "ben", noon, true, true},
		{"delegation does not cascade", "lead", "on-call", "cam", noon, false, false},
		{"a stand-in that is no role", "lead", "gone", "ben", noon, false, false},
		{"a stand-in that is two roles", "lead", "twice", "ben", noon, false, false},
		{"without an end", "lead", "", "dee", noon, false, false},
		{"without a start", "lead", "", "eve", noon, false, false},
		{"no such role", "gone", "", "ada", noon, false, false},
		{"two roles of one name", "twice", "", "ada", noon, false, false},
	}
	for _, tt := range tests {
		if may, delegated := p.Mandate(tt.role, tt.standIn, tt.person, tt.at); may != tt.may || delegated != tt.delegated {
			t.Errorf("%s: %t %t, want %t %t", tt.name, may, delegated, tt.may, tt.delegated)
		}
	}
	for person, want := range map[string]bool{"ben": true, "eve": true, "ada": false, "": false} {
		if p.Delegate("lead", person) != want {
			t.Errorf("a delegation names %s: %t", person, !want)
		}
	}
	if p.Delegate("gone", "ben") || p.Delegate("twice", "ben") {
		t.Error("a role that is not there is delegated")
	}
	if !p.Knows("cam") || p.Knows("dee") || p.Knows("") {
		t.Error("who is in the directory")
	}
}

func TestPerson(t *testing.T) {
	account := func(id string) fact.Account { return fact.Account{System: "jira", ID: id} }
	d := release.Directory{People: []release.Person{
		{ID: "ada", Accounts: []fact.Account{account("1"), account("2"), account("1")}},
		{ID: "ben", Accounts: []fact.Account{account("2")}}, {ID: " ", Accounts: []fact.Account{account("3")}},
	}}
	p := people.Read(&d)
	for _, tt := range []struct {
		account string
		at      int
		id      string
		known   bool
	}{{"1", 0, "ada", true}, {"2", -1, "", true}, {"3", 2, "", true}, {"4", 0, "", false}} {
		if at, id, known := p.Person(account(tt.account)); at != tt.at || id != tt.id || known != tt.known {
			t.Errorf("account %s is of %d %q, known: %t; want %+v", tt.account, at, id, known, tt)
		}
	}
}
