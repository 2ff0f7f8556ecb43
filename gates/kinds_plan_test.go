package gates_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

func TestRehearsal(t *testing.T) {
	c := gates.Rehearsed("k", took, 24*time.Hour)
	old := num(took, 9)
	old.ObservedAt = now.Add(-25 * time.Hour)
	recent := num(took, 9)
	recent.ObservedAt = now.Add(-23 * time.Hour)
	judgeAll(t, []judged{
		{"within the SLA", c, results(recent), nil, gates.Pass, gates.CodeMet, "9 min against 15 min"},
		{"too slow", c, results(num(took, 15.5)), nil, gates.Fail, gates.CodeNotMet, "15.5 min against 15 min"},
		{"too long ago", c, results(old), nil, gates.Unknown, gates.CodeStale, ""},
		{"it took no time", c, results(num(took, 0)), nil, gates.Unknown, gates.CodeVacuous, ""},
		{"it took less than none", c, results(num(took, -1)), nil, gates.Unknown, gates.CodeNotANumber, ""},
		{"no SLA", c, results(recent), func(p *release.Plan) { p.Overview.RollbackSLA = 0 }, gates.Unknown, gates.CodeNoLimit, ""},
		{"no time", gates.Rehearsed("k", requests, time.Hour), results(num(requests, 9)), nil, gates.Unknown, gates.CodeBadTest, ""},
		{"of any age", gates.Rehearsed("k", took, 40*24*time.Hour), results(recent), nil, gates.Unknown, gates.CodeBadTest, ""},
	})
}

func TestDeployed(t *testing.T) {
	runs := func(all ...fact.Deployment) []fact.Result {
		return results(list(deploys, func(r *fact.Result) { r.Deployments = all }))
	}
	api, web := deployment("api", digest1, "succeeded", time.Hour), deployment("web", digest2, "succeeded", time.Hour)
	with := func(d fact.Deployment, edit func(*fact.Deployment)) fact.Deployment {
		edit(&d)
		return d
	}
	c := gates.Deployed("k", deployedTest())
	edit := func(f func(*probe.Deployed)) gates.Criterion {
		d := deployedTest()
		f(&d)
		return gates.Deployed("k", d)
	}
	newer := func(artifact value.Digest, status string) fact.Deployment {
		return deployment("api", artifact, status, time.Minute)
	}
	judgeAll(t, []judged{
		{"as approved", c, runs(web, api), nil, gates.Pass, gates.CodeMet, "2 against 2"},
		{"something newer", c, runs(api, web, newer(digest2, "succeeded")), nil, gates.Fail, gates.CodeNotMet, "1 against 2"},
		{"newer, and failed", c, runs(newer(digest2, "failed"), api, web), nil, gates.Pass, gates.CodeMet, ""},
		{"newer, and under way", c, runs(newer(digest2, "in progress"), api, web), nil, gates.Unknown, gates.CodeUnclassified, ""},
		{"one is not deployed", c, runs(api), nil, gates.Unknown, gates.CodeNotDeployed, "1 against 2"},
		{"elsewhere", c, runs(api, with(web, func(d *fact.Deployment) { d.Environment = "staging" })), nil, gates.Unknown, gates.CodeNotDeployed, ""},
		{"no digest", c, runs(api, with(web, func(d *fact.Deployment) { d.Artifact = "" })), nil, gates.Unknown, gates.CodeUnclassified, ""},
		{"no time", c, runs(api, with(web, func(d *fact.Deployment) { d.Finished = time.Time{} })), nil, gates.Unknown, gates.CodeNoTime, ""},
		{"only begun", c, runs(api, with(web, func(d *fact.Deployment) { d.Started, d.Finished = d.Finished, time.Time{} })), nil, gates.Pass, gates.CodeMet, ""},
		{"tomorrow", c, runs(api, with(web, func(d *fact.Deployment) { d.Finished = now.Add(day) })), nil, gates.Unknown, gates.CodeFuture, ""},
		{"two at once", c, runs(api, web, with(web, func(d *fact.Deployment) { d.Artifact = digest1 })), nil, gates.Unknown, gates.CodeDuplicate, ""},
		{"wrong before unknown", c, runs(newer(digest2, "succeeded")), nil, gates.Fail, gates.CodeNotMet, ""},
		{"nothing approved", c, runs(api, web), func(p *release.Plan) { p.Overview.Components[0].Artifact = "" }, gates.Unknown, gates.CodeNoLimit, ""},
		{"no component", c, runs(api, web), func(p *release.Plan) { p.Overview.Components = nil }, gates.Unknown, gates.CodeVacuous, ""},
		{"one of them", edit(func(d *probe.Deployed) { d.Components = []string{"api"} }), runs(api), nil, gates.Pass, gates.CodeMet, "1 against 1"},
		{"one that is none", edit(func(d *probe.Deployed) { d.Components = []string{"api", "ap1"} }), runs(api), nil, gates.Unknown, gates.CodeMissing, ""},
		{"in another environment", edit(func(d *probe.Deployed) { d.Environment = "staging" }), runs(api, web), nil, gates.Unknown, gates.CodeNotDeployed, ""},
		{"no status means success", edit(func(d *probe.Deployed) { d.Succeeded = nil }), runs(api, web), nil, gates.Unknown, gates.CodeBadTest, ""},
		{"a status means both", edit(func(d *probe.Deployed) { d.Failed = d.Succeeded }), runs(api, web), nil, gates.Unknown, gates.CodeBadTest, ""},
	})
}

const day = 24 * time.Hour

func TestAttested(t *testing.T) {
	c := gates.Attested("k", records, "sre-lead", day)
	with := func(edits ...func(*fact.Approval)) []fact.Result {
		var all []fact.Approval
		for _, edit := range edits {
			a := attested()
			edit(&a)
			all = append(all, a)
		}
		return results(approvalsOf(records, all...))
	}
	by := func(who string) func(*fact.Approval) { return func(a *fact.Approval) { a.Account.ID = who } }
	unlinked := func(a *fact.Approval) { a.Link = "" }
	judgeAll(t, []judged{
		{"by the holder", c, with(by("ada")), nil, gates.Pass, gates.CodeMet, ""},
		{"by delegation", c, with(by("ben")), nil, gates.Pass, gates.CodeMet, ""},
		{"by delegation, the day before", gates.Attested("k", records, "sre-lead", 3*day), with(func(a *fact.Approval) { a.Account.ID, a.At = "ben", now.Add(-day) }), nil, gates.Unknown, gates.CodeNoRole, ""},
		{"by somebody else", c, with(by("cam")), nil, gates.Unknown, gates.CodeNoRole, ""},
		{"by nobody", c, with(by("zoe")), nil, gates.Unknown, gates.CodeNoPerson, ""},
		{"by one of two", c, with(by("ada")), func(p *release.Plan) {
			p.Directory.People[4].Accounts = p.Directory.People[0].Accounts
		}, gates.Unknown, gates.CodeAmbiguousAccount, ""},
		{"as another role", c, with(func(a *fact.Approval) { a.Role = "qa-director" }), nil, gates.Unknown, gates.CodeNoRole, ""},
		{"an answer to a gate", c, with(func(a *fact.Approval) { a.Gate, a.Subject = "production/entry", digest1 }), nil, gates.Unknown, gates.CodeNoRole, ""},
		{"without evidence", c, with(unlinked), nil, gates.Unknown, gates.CodeNoEvidence, ""},
		{"with evidence that is none", c, with(func(a *fact.Approval) { a.Link = "trust me" }), nil, gates.Unknown, gates.CodeNoEvidence, ""},
		{"too long ago", c, with(func(a *fact.Approval) { a.At = now.Add(-day) }), nil, gates.Unknown, gates.CodeStale, ""},
		{"tomorrow", c, with(func(a *fact.Approval) { a.At = now.Add(day) }), nil, gates.Unknown, gates.CodeFuture, ""},
		{"no time", c, with(func(a *fact.Approval) { a.At = time.Time{} }), nil, gates.Unknown, gates.CodeNoTime, ""},
		{"run out", c, with(func(a *fact.Approval) { a.Expires = now }), nil, gates.Unknown, gates.CodeExpired, ""},
		{"not answered", c, with(func(a *fact.Approval) { a.Answer = fact.Pending }), nil, gates.Unknown, gates.CodePending, ""},
		{"one of two will do", c, with(unlinked, by("ada")), nil, gates.Pass, gates.CodeMet, ""},
		{"a rejection wins", c, with(by("ada"), func(a *fact.Approval) { a.Answer = fact.Rejected }), nil, gates.Fail, gates.CodeRejected, ""},
		{"no record", c, with(), nil, gates.Unknown, gates.CodeVacuous, ""},
		{"nobody's step", gates.Attested("k", records, "", day), with(by("ada")), nil, gates.Unknown, gates.CodeBadTest, ""},
		{"for ever", gates.Attested("k", records, "sre-lead", 0), with(by("ada")), nil, gates.Unknown, gates.CodeBadTest, ""},
	})
}

func TestInside(t *testing.T) {
	w := func(from, to time.Duration) release.Window {
		return release.Window{Start: value.At(now.Add(from)), End: value.At(now.Add(to))}
	}
	open := func(ws ...release.Window) gates.Criterion { return gates.Inside("k", probe.Inside{Open: ws}) }
	closed := func(ws ...release.Window) gates.Criterion { return gates.Inside("k", probe.Inside{Closed: ws}) }
	inPlan := func(environment string, w release.Window) func(*release.Plan) {
		return func(p *release.Plan) {
			p.Timeline.Windows = append(p.Timeline.Windows, release.Deployment{ID: "w", Environment: environment, Window: w})
		}
	}
	future := w(time.Minute, time.Hour)
	gap := value.When{}
	judgeAll(t, []judged{
		{"in the plan's window", open(), nil, nil, gates.Pass, gates.CodeMet, ""},
		{"no window at all", open(), nil, func(p *release.Plan) { p.Overview.Window = release.Window{} }, gates.Unknown, gates.CodeWindowUnknown, ""},
		{"a window without an end", open(), nil, func(p *release.Plan) { p.Overview.Window.End = gap }, gates.Unknown, gates.CodeWindowUnknown, ""},
		{"the environment's own is not open", open(), nil, inPlan(" Production", future), gates.Fail, gates.CodeWindowNotOpen, ""},
		{"another environment's", open(), nil, inPlan("staging", future), gates.Pass, gates.CodeMet, ""},
		{"in one of two", open(future, w(-time.Hour, time.Minute)), nil, nil, gates.Pass, gates.CodeMet, ""},
		{"between two", open(w(-time.Hour, -time.Minute), future), nil, nil, gates.Fail, gates.CodeWindowNotOpen, ""},
		{"after it", open(w(-time.Hour, 0)), nil, nil, gates.Fail, gates.CodeWindowOver, ""},
		{"in a blackout", closed(w(0, time.Hour)), nil, nil, gates.Fail, gates.CodeFrozen, ""},
		{"after a blackout", closed(w(-time.Hour, 0)), nil, nil, gates.Pass, gates.CodeMet, ""},
		{"a window upside down", open(w(time.Hour, 0)), nil, nil, gates.Unknown, gates.CodeBadTest, ""},
		{"a blackout without an end", closed(release.Window{Start: value.At(now)}), nil, nil, gates.Unknown, gates.CodeBadTest, ""},
	})
	freeze := release.Freeze{ID: "holiday", Window: w(-time.Minute, time.Hour)}
	s := kind{criterion: open()}.scene()
	s.plan = s.plan.WithFreezes(freeze)
	wantOutcome(t, s, gates.Fail, gates.CodeFrozen)
	s.plan.Timeline.Freezes[0].Window.End = gap
	wantOutcome(t, s, gates.Unknown, gates.CodeWindowUnknown)

	next := kind{criterion: closed(w(5*time.Minute, time.Hour))}.scene()
	if d := next.first(t); !d.ValidUntil.Equal(now.Add(5 * time.Minute)) {
		t.Errorf("until %s, want the blackout's start", d.ValidUntil)
	}
	waived := kind{criterion: closed(w(0, time.Hour))}.scene().waived(gates.Waiver{Gate: "production/entry", Criterion: "k", Grant: grant()})
	wantVerdict(t, waived, gates.Go)
	expired := grant()
	expired.Expires = value.At(now)
	waived.waivers[0].Grant = expired
	wantVerdict(t, waived, gates.NoGo, gates.CodeCriterionFailed)
	if use := waived.decide().Waivers[0]; use.Code != gates.Code(check.Expired) {
		t.Errorf("the waiver is %s %s", use.State, use.Code)
	}
}

func TestChecklist(t *testing.T) {
	c := gates.Checklist("k", probe.PreRelease)
	task := func(edit func(*release.Task)) func(*release.Plan) {
		return func(p *release.Plan) { edit(&p.Checklists.PreRelease[0]) }
	}
	judgeAll(t, []judged{
		{"done", c, nil, nil, gates.Pass, gates.CodeMet, "0 against 0"},
		{"open", c, nil, task(func(t *release.Task) { t.State = release.TaskState{} }), gates.Fail, gates.CodeNotMet, "1 against 0"},
		{"open in another phase", c, nil, func(p *release.Plan) { p.Checklists.Deployment[0].State.Done = false }, gates.Pass, gates.CodeMet, ""},
		{"open in any phase", gates.Checklist("k", probe.EveryPhase), nil, func(p *release.Plan) { p.Checklists.Deployment[0].State.Done = false }, gates.Fail, gates.CodeNotMet, ""},
		{"nobody says who", c, nil, task(func(t *release.Task) { t.State.By = "" }), gates.Unknown, gates.CodeNoPerson, ""},
		{"by somebody unknown", c, nil, task(func(t *release.Task) { t.State.By = "zoe" }), gates.Unknown, gates.CodeNoPerson, ""},
		{"by somebody of another role", c, nil, task(func(t *release.Task) { t.State.By = "eve" }), gates.Unknown, gates.CodeNoRole, ""},
		{"nobody's task", c, nil, task(func(t *release.Task) { t.Role, t.State.By = "", "eve" }), gates.Pass, gates.CodeMet, ""},
		{"nobody says when", c, nil, task(func(t *release.Task) { t.State.At = value.When{} }), gates.Unknown, gates.CodeNoTime, ""},
		{"tomorrow", c, nil, task(func(t *release.Task) { t.State.At = value.At(now.Add(day)) }), gates.Unknown, gates.CodeFuture, ""},
		{"no task", gates.Checklist("k", probe.Rollback), nil, nil, gates.Unknown, gates.CodeVacuous, ""},
		{"no such phase", gates.Checklist("k", 9), nil, nil, gates.Unknown, gates.CodeBadTest, ""},
	})
}

// What can never be judged is a finding, in words that name the fault.
func TestFaultsOfKindsAreFound(t *testing.T) {
	canary := func(edit func(*probe.Canary)) gates.Criterion {
		c := canaryTest()
		edit(&c)
		return gates.Canary("k", c)
	}
	for fault, c := range map[string]gates.Criterion{
		"asks for series by a query that yields number":              canary(func(c *probe.Canary) { c.Canary, c.Baseline = latency, latency }),
		"compares different windows":                                 canary(func(c *probe.Canary) { c.Baseline = c.Baseline.Over(day) }),
		"has shares that are neither a ratio nor percent":            canary(func(c *probe.Canary) { c.Share = hourly }),
		"has a chance that is not above 0 and at most 0.5":           canary(func(c *probe.Canary) { c.Alpha = 0 }),
		"has an unknown policy":                                      canary(func(c *probe.Canary) { c.NaN = 7 }),
		"has no step":                                                canary(func(c *probe.Canary) { c.Steps = nil }),
		"has steps whose shares do not rise from above 0 to 100 %":   canary(func(c *probe.Canary) { c.Steps[1].Share = 5 }),
		"has a step that does not soak, or less than a gap may last": canary(func(c *probe.Canary) { c.Steps[1].Soak = 0 }),
		"has a step at 100 % and nothing to compare it with":         canary(func(c *probe.Canary) { c.Steps[1].Share = 100 }),
		"looks at a window shorter than its steps soak":              canary(func(c *probe.Canary) { c.Steps[1].Soak = value.Duration(day) }),
		"has no deadline that can be told":                           gates.BurnDown("k", burnQ, value.When{}),
		"reads a number that does not count":                         gates.Budget("k", probe.Errors{Bad: latency, Total: requests, Min: 1}, 99, 1),
		"divides errors and events of different windows":             gates.Budget("k", probe.Errors{Bad: errorsQ.Over(day), Total: requests.Over(2 * day), Min: 1}, 99, 1),
		"does not say which status means success":                    gates.Deployed("k", probe.NewDeployed(deploys)),
		"asks for states by a query that yields work-items":          gates.Healthy("k", issues),
		"wants a coverage that it does not ask for":                  gates.Suite("k", probe.Suite{Passed: passed, Failed: broken, Skipped: skipped, Least: 1, LeastCoverage: value.Quantity{Value: 1, Unit: value.Ratio}}),
		"wants less than no state":                                   {ID: "k", Kinds: probe.Kinds{Healthy: &probe.Health{Query: monitors, Least: -1}}},
		"has a window of which nobody can tell when it begins":       gates.Inside("k", probe.Inside{Open: []release.Window{{}}}),
		"wants from 2 to 1 items":                                    gates.Count("k", issues, gates.Match{}, 2, 1),
		"looks at what work-items do not have":                       gates.Count("k", issues, gates.Match{Answer: "pending"}, 0, 0),
	} {
		catalog := sound()
		catalog.Gates[0].Criteria[1] = c
		findings := catalog.Validate()
		if !slices.ContainsFunc(findings, func(f check.Finding) bool { return f.Rule == "GATE-003" && strings.Contains(f.Message, fault) }) {
			t.Errorf("%q is not among %v", fault, findings)
		}
		wantOutcome(t, kind{criterion: c}.scene(), gates.Unknown, gates.CodeBadTest)
	}
	bare := incidents
	bare.Population = fact.Ask{}
	catalog := sound()
	catalog.Gates[0].Criteria[1] = gates.Quiet("k", bare, day)
	if fs := catalog.Validate(); len(fs) != 1 || fs[0].Rule != "GATE-023" {
		t.Errorf("no population: %v", fs)
	}
}
