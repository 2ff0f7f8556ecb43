package compliance_test

import (
	"testing"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
)

func TestPersonOf(t *testing.T) {
	person := func(id string, accounts ...string) release.Person {
		p := release.Person{ID: id}
		for _, a := range accounts {
			p.Accounts = append(p.Accounts, fact.Account{System: "jira", ID: a})
		}
		return p
	}
	d := release.Directory{People: []release.Person{person("ada", "a1", "shared"), person("ken", "k1", "shared", "ada")}}
	for text, want := range map[string]string{
		"ada": "ada", " ada\t": "ada", "a1": "ada", "jira:a1": "ada", "github:a1": "github:a1", "k1": "ken",
		"shared": "shared", "nobody ": "nobody", "": "", " ": "",
	} {
		if got := compliance.PersonOf(d, text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
