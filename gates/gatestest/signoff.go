package gatestest

import (
	"fmt"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// ApprovalQuery is the query whose answer holds the sign-offs of a case.
var ApprovalQuery = fact.NewQuery("gatestest", "approvals", fact.Approvals())

// Signed says who signs off. It is given the gate, and returns the roles that
// answer with yes, one element for each person.
type Signed func(gates.Gate) []string

// Everyone signs: as many people as each sign-off needs.
func Everyone(g gates.Gate) []string {
	var roles []string
	for _, s := range g.SignOffs {
		for range max(s.Quorum, 1) {
			roles = append(roles, s.Role)
		}
	}
	return roles
}

// Nobody signs. It is what a case without SignedOff means.
func Nobody(gates.Gate) []string { return nil }

// Roles signs for the named roles only, one person each.
func Roles(roles ...string) Signed {
	return func(gates.Gate) []string { return slices.Clone(roles) }
}

// system is where the people of a case have their accounts.
const system = "gatestest"

// withPeople adds a holder to the plan for every signature: "sre-lead-1" holds
// sre-lead. Roles and people of the case's own plan stay.
func withPeople(plan release.Plan, roles []string) (release.Plan, []fact.Account) {
	plan = plan.Clone()
	accounts := make([]fact.Account, len(roles))
	for i, role := range roles {
		id := fmt.Sprintf("%s-%d", role, 1+count(roles[:i], role))
		accounts[i] = fact.Account{System: system, ID: id}
		plan.Directory.People = append(plan.Directory.People, release.Person{ID: id, Name: id, Accounts: accounts[i : i+1]})
		holds(&plan, role, id)
	}
	return plan, accounts
}

// holds makes a person hold a role.
func holds(plan *release.Plan, role, person string) {
	at := slices.IndexFunc(plan.Directory.Roles, func(r release.Role) bool { return r.ID == role })
	if at < 0 {
		at = len(plan.Directory.Roles)
		plan.Directory.Roles = append(plan.Directory.Roles, release.Role{ID: role})
	}
	r := &plan.Directory.Roles[at]
	r.Holders = append(r.Holders, person)
}

func count(list []string, s string) int {
	n := 0
	for _, t := range list {
		if t == s {
			n++
		}
	}
	return n
}

// approvals is the answer to [ApprovalQuery]: a yes of each account.
func approvals(gate string, subject value.Digest, roles []string, accounts []fact.Account, now time.Time) fact.Result {
	r := fact.Answer(ApprovalQuery, now)
	for i, account := range accounts {
		r.Approvals = append(r.Approvals, fact.Approval{
			ID: fmt.Sprintf("approval-%d", i+1), Gate: gate, Subject: subject, Role: roles[i],
			Account: account, Answer: fact.Approved, At: now.Add(-time.Minute),
		})
	}
	return r
}
