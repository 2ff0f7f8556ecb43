package people_test

import (
	"testing"

	"github.com/tidegate-go/tidegate/gates/internal/people"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
)

func TestMaybe(t *testing.T) {
	person := func(id string, accounts ...string) release.Person {
		p := release.Person{ID: id}
		for _, a := range accounts {
			p.Accounts = append(p.Accounts, fact.Account{System: "jira", ID: a})
		}
		return p
	}
	d := release.Directory{People: []release.Person{
		person("ada", "1", "2"), person("ben", "3"), person(" ada ", "4"), person("cam", "2", "5"), person("dee", "5"), person("eve", "2"),
		{ID: "fay", Accounts: []fact.Account{{}}}, {ID: "gus", Accounts: []fact.Account{{}}},
	}}
	p := people.Read(&d)
	for _, one := range [][2]string{{"ada", "ada"}, {"ada", "cam"}, {"cam", "dee"}, {"ada", "dee"}, {"eve", "dee"}, {"nobody", "nobody"}} {
		if !p.Maybe(one[0], one[1]) || !p.Maybe(one[1], one[0]) {
			t.Errorf("%s and %s may be one", one[0], one[1])
		}
	}
	for _, two := range [][2]string{{"ada", "ben"}, {"fay", "gus"}, {"ada", "nobody"}, {"nobody", "ada"}} {
		if p.Maybe(two[0], two[1]) {
			t.Errorf("%s and %s are two", two[0], two[1])
		}
	}
	if !p.Among("dee", []string{"ada", "ben"}) || p.Among("ben", []string{"ada", "dee"}) {
		t.Error("who is among the authors by another name")
	}
	for account, want := range map[string]string{"1": "ada", "3": "ben", "4": "ada", "2": "", "5": ""} {
		if _, id, known := p.Person(fact.Account{System: "jira", ID: account}); id != want || !known {
			t.Errorf("account %s is %q's, want %q", account, id, want)
		}
	}
	if _, _, known := p.Person(fact.Account{}); known {
		t.Error("no account is somebody's")
	}
	var nobody people.Directory
	if nobody.One(0) != 0 || nobody.Among("ada", nil) || nobody.Maybe("ada", "ben") {
		t.Error("an empty directory knows somebody")
	}
}
