package engines

import (
	"fmt"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

var approvalQuery = fact.NewQuery("servicenow", "release-approvals", fact.Approvals()).With("release", "checkout 4.12.0")

// Catalog returns the catalogue as gates: an exit of each environment with two
// sign-offs. size copies of the criteria stand in each gate, and as many people
// sign each sign-off.
func Catalog(size int) gates.Catalog {
	catalog := gates.Catalog{}.WithApprovals(approvalQuery)
	var all []gates.Gate
	for _, env := range Environments {
		criteria := make([]gates.Criterion, 0, size*len(Criteria))
		for i := range size {
			for _, c := range Criteria {
				criteria = append(criteria, c.gate(env, i))
			}
		}
		gate := gates.Exit(env).WithSignOffs(
			gates.SignOff{Role: "release-manager", Delegate: "deputy", Quorum: size},
			gates.SignOff{Role: "sre-lead", Delegate: "sre-on-call", Quorum: size},
		).WithEvidence("https://evidence.example.com/checkout/4.12.0")
		gate.Criteria = criteria
		all = append(all, gate)
	}
	tier := gates.PreProduction
	for _, env := range Environments {
		if env == "prod" {
			tier = gates.Production
		}
		catalog.Environments = append(catalog.Environments, gates.Environment{Name: env, Tier: tier})
	}
	return catalog.WithGates(all...)
}

// gate returns the criterion as tidegate writes it.
func (c *Criterion) gate(env string, nth int) gates.Criterion {
	id, q := c.ID, at(c.query, env, service(nth))
	if nth > 0 {
		id = fmt.Sprintf("%s-%d", id, nth)
	}
	switch c.Kind {
	case AtMost:
		return gates.AtMost(id, q, c.High)
	case AtLeast:
		return gates.AtLeast(id, q, c.Low)
	case Within:
		return gates.Between(id, q, c.Low, c.High)
	case Nought:
		if c.Population != "" {
			return gates.None(id, q)
		}
		return gates.Count(id, q, gates.Match{Label: "critical"}, 0, 0)
	case Granted:
		return gates.Approved(id, q)
	case OneOf:
		return gates.Checked(id, gates.Custom{Name: c.ID, Queries: []fact.Query{q}})
	default:
		return gates.AtLeast(id, q, 1).FreshWithin(time.Duration(c.High * float64(time.Second)))
	}
}

// Checks is the code of the custom criteria: the last deployment ended in one
// of the wanted words.
func Checks() map[string]gates.CheckFunc {
	checks := map[string]gates.CheckFunc{}
	for _, c := range Criteria {
		if c.Kind != OneOf {
			continue
		}
		checks[c.ID] = func(in gates.CheckInput) gates.Judgement {
			found := in.Results[0].Deployments
			if len(found) == 0 {
				return gates.Judgement{Detail: "nothing was deployed"}
			}
			if last := found[len(found)-1].Status; !slices.Contains(c.Set, last) {
				return gates.Judgement{Outcome: gates.Fail, Detail: last}
			}
			return gates.Judgement{Outcome: gates.Pass}
		}
	}
	return checks
}

// Tidegate is the catalogue prepared, and all of the input but the facts.
type Tidegate struct {
	prepared *gates.Prepared
	input    gates.Input
}

// NewTidegate prepares size copies of the catalogue.
func NewTidegate(size int) *Tidegate { return Prepare(Catalog(size), Plan(size)) }

// Prepare does everything that a host does once, hashing included.
func Prepare(catalog gates.Catalog, plan release.Plan) *Tidegate {
	return &Tidegate{gates.Prepare(catalog), gates.Input{
		Plan: plan, Now: Now, Custom: Checks(), Subjects: gates.SubjectsOf(plan, catalog),
		Digests: gates.Digests{Plan: value.Sum([]byte("plan")), Facts: value.Sum([]byte("facts"))},
	}}
}

// Evaluate decides the catalogue on these facts.
func (t *Tidegate) Evaluate(facts fact.Set) gates.Decisions {
	in := t.input
	in.Facts = facts
	return t.prepared.Evaluate(in)
}

// Plan is a release with the people who sign: size for each role.
func Plan(size int) release.Plan {
	plan := release.NewPlan("Checkout", "4.12.0").WithScope(
		release.ScopeItem{ID: "CHK-101", Title: "New pricing engine", Class: release.MustShip, Authors: []string{"author"}},
		release.ScopeItem{ID: "CHK-102", Title: "Receipts by e-mail", Class: release.Deferrable, Authors: []string{"author"}})
	d := &plan.Directory
	for _, role := range []string{"release-manager", "sre-lead"} {
		r := release.Role{ID: role}
		for i := range size {
			id := person(role, i)
			r.Holders = append(r.Holders, id)
			d.People = append(d.People, release.Person{ID: id, Name: id, Accounts: []fact.Account{{System: "servicenow", ID: id}}})
		}
		d.Roles = append(d.Roles, r)
	}
	return plan
}

// Approvals is the yes of everybody to every gate.
func (t *Tidegate) Approvals() fact.Result {
	r := fact.Answer(approvalQuery, Now)
	for i, s := range t.input.Subjects {
		for j, p := range t.input.Plan.Directory.People {
			if p.Accounts[0].System != approvalQuery.Connector {
				continue
			}
			r.Approvals = append(r.Approvals, fact.Approval{ID: fmt.Sprintf("APR-%d-%d", i, j), Gate: s.Gate,
				Subject: s.Digest, Account: p.Accounts[0], Answer: fact.Approved, At: Now.Add(-time.Hour)})
		}
	}
	return r
}

func person(role string, nth int) string { return fmt.Sprintf("%s-%d", role, nth) }

func service(nth int) string { return fmt.Sprintf("checkout-%d", nth) }
