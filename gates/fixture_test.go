package gates_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// now is the moment at which the tests decide.
var now = time.Date(2026, time.December, 8, 22, 0, 0, 0, time.UTC)

var (
	latency   = fact.NewQuery("datadog", "metric", fact.Number(value.Milliseconds)).With("query", "p95:checkout")
	errorsQ   = fact.NewQuery("datadog", "metric", fact.Number(value.Count)).With("query", "errors")
	requests  = fact.NewQuery("datadog", "metric", fact.Number(value.Count)).With("query", "requests")
	allIssues = fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", "fixVersion = 1")
	blockers  = fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", "fixVersion = 1 AND priority = Blocker").OutOf(allIssues)
	issues    = fact.NewQuery("jira", "items", fact.WorkItems()).With("jql", "fixVersion = 1")
	change    = fact.NewQuery("jira", "approvals", fact.Approvals()).With("issue", "CHG-1")
	signOffs  = fact.NewQuery("jira", "approvals", fact.Approvals()).With("jql", "type = Sign-off")
	hourly    = fact.NewQuery("datadog", "metric", fact.Series(value.Milliseconds)).With("query", "p95:checkout").Over(time.Hour)
	baseline  = fact.NewQuery("datadog", "metric", fact.Series(value.Milliseconds)).With("query", "p95:checkout@previous").Over(time.Hour)
)

func num(q fact.Query, n float64) fact.Result { return fact.AnswerNumber(q, now.Add(-time.Minute), n) }

func approvalsOf(q fact.Query, approvals ...fact.Approval) fact.Result {
	r := fact.Answer(q, now.Add(-time.Minute))
	r.Approvals = approvals
	return r
}

func items(q fact.Query, categories ...fact.Category) fact.Result {
	r := fact.Answer(q, now.Add(-time.Minute))
	for i, c := range categories {
		r.WorkItems = append(r.WorkItems, fact.WorkItem{ID: fmt.Sprint("REL-", i+1), Category: c})
	}
	return r
}

// minutely is a series of n samples a minute apart, the newest one at.
func minutely(q fact.Query, at time.Time, n int, v float64) fact.Result {
	r := fact.Answer(q, at)
	r.Unit = q.Yields.Unit
	for i := range n {
		r.Samples = append(r.Samples, fact.Sample{At: at.Add(-time.Duration(n-1-i) * time.Minute), Value: value.Number(v)})
	}
	return r
}

// people is a plan with who is who: ada leads, ben leads by delegation on the
// day of the tests, cam is on call, dee wrote the change and leads as well.
func people() release.Plan {
	person := func(id string) release.Person {
		return release.Person{ID: id, Name: id, Accounts: []fact.Account{{System: "jira", ID: id}, {System: "github", ID: id + "-gh"}}}
	}
	day := value.Date(2026, 12, 8).In("Etc/UTC")
	return release.NewPlan("atlas", "1").
		WithPeople(person("ada"), person("ben"), person("cam"), person("dee"), person("eve")).
		WithRoles(
			release.Role{ID: "sre-lead", Holders: []string{"ada", "dee"}, Delegations: []release.Delegation{{To: "ben", From: day, Until: day, Reason: "leave"}}},
			release.Role{ID: "sre-on-call", Holders: []string{"ben", "cam"}},
			release.Role{ID: "qa-director", Holders: []string{"eve", "ada"}},
		).
		WithScope(release.ScopeItem{ID: "REL-1", Title: "change", Class: release.MustShip, Authors: []string{"dee"}})
}

// scene is one evaluation in the making.
type scene struct {
	plan    release.Plan
	catalog gates.Catalog
	facts   []fact.Result
	answers []fact.Approval // of the sign-offs; the subject is filled in where it is "current"
	waivers []gates.Waiver
	custom  map[string]gates.CheckFunc
	now     time.Time
	bare    bool // no subjects
	barred  []string
}

// current stands for the digest of the gate's subject in answers.
const current value.Digest = "current"

// alone is a scene with one gate into a place that counts as production, which
// needs no sign-off.
func alone(criteria ...gates.Criterion) scene {
	return scene{plan: people(), now: now,
		catalog: gates.NewCatalog(gates.Entry("production", criteria...).WithoutSignOffs("the test is about criteria"))}
}

// signed is a scene whose one criterion passes and whose gate needs sign-offs.
func signed(required ...gates.SignOff) scene {
	return scene{plan: people(), now: now, facts: []fact.Result{num(latency, 400)},
		catalog: gates.NewCatalog(gates.Entry("production", gates.AtMost("p95", latency, 450)).WithSignOffs(required...)).WithApprovals(signOffs)}
}

func (s scene) with(results ...fact.Result) scene {
	s.facts = append(slices.Clip(s.facts), results...)
	return s
}

func (s scene) answered(answers ...fact.Approval) scene {
	s.answers = append(append([]fact.Approval{}, s.answers...), answers...)
	return s
}

func (s scene) waived(waivers ...gates.Waiver) scene {
	s.waivers = append(slices.Clip(s.waivers), waivers...)
	return s
}

func (s scene) input() gates.Input {
	in := gates.Input{Plan: s.plan, Now: s.now, Waivers: s.waivers, Custom: s.custom, Barred: s.barred}
	if !s.bare {
		in.Subjects = gates.SubjectsOf(s.plan, s.catalog)
	}
	results := s.facts
	if len(s.catalog.Approvals) > 0 && s.answers != nil {
		r := approvalsOf(s.catalog.Approvals[0])
		for _, a := range s.answers {
			if a.Subject == current {
				for _, subject := range gates.SubjectsOf(s.plan, s.catalog) {
					if subject.Gate == a.Gate {
						a.Subject = subject.Digest
					}
				}
			}
			r.Approvals = append(r.Approvals, a)
		}
		results = append(slices.Clip(results), r)
	}
	in.Facts = fact.NewSet(results...)
	return in
}

func (s scene) decide() gates.Decisions { return gates.Evaluate(s.catalog, s.input()) }

// first decides and returns the first gate.
func (s scene) first(t *testing.T) gates.Decision {
	t.Helper()
	d := s.decide()
	if len(d.Gates) == 0 {
		t.Fatal("nothing was decided")
	}
	return d.Gates[0]
}

// yes is an answer to the gate into production, by an account in jira.
func yes(person string) fact.Approval {
	return fact.Approval{ID: "yes-" + person, Gate: "production/entry", Subject: current, Account: fact.Account{System: "jira", ID: person},
		Answer: fact.Approved, At: now.Add(-10 * time.Minute)}
}

func grant() check.Grant {
	return check.Grant{Reason: "known and accepted", Requester: "cam", Approver: "ada", Expires: value.At(now.Add(time.Hour))}
}

// wantOutcome checks the first criterion of the first gate, and that the gate
// did not go.
func wantOutcome(t *testing.T, s scene, want gates.Outcome, code gates.Code) {
	t.Helper()
	d := s.first(t)
	if a := d.Outcomes[0]; a.Effective != want || a.Code != code {
		t.Errorf("outcome %s %s, want %s %s\n%s", a.Effective, a.Code, want, code, d.Explain())
	}
	if want != gates.Pass && d.Verdict == gates.Go {
		t.Errorf("the gate goes\n%s", d.Explain())
	}
}

func wantVerdict(t *testing.T, s scene, want gates.Verdict, codes ...gates.Code) gates.Decision {
	t.Helper()
	d := s.first(t)
	if d.Verdict != want {
		t.Errorf("verdict %s, want %s\n%s", d.Verdict, want, d.Explain())
	}
	for _, code := range codes {
		found := false
		for _, r := range d.Reasons {
			found = found || r.Code == code
		}
		if !found {
			t.Errorf("no reason %s\n%s", code, d.Explain())
		}
	}
	if d.Verdict == gates.Go && len(d.Reasons) > 0 {
		t.Errorf("go with reasons against it\n%s", d.Explain())
	}
	return d
}
