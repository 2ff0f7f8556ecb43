package release_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tidegate-go/tidegate/internal/forktest"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Forks of a plan share no memory: with it, with each other, with what they are given.
func TestPlanForks(t *testing.T) {
	type plan = release.Plan
	full := func() plan {
		p := goodPlan()
		p.Tracking.Questions = []fact.Query{fact.NewQuery("jira", "items", fact.WorkItems())}
		return p
	}
	given := full() // the arguments, the same for every fork
	forktest.Run(t, full,
		forktest.Fork[plan]{Name: "Clone", Make: plan.Clone},
		forktest.Fork[plan]{Name: "Content", Make: plan.Content},
		forktest.Fork[plan]{Name: "WithOverview", Make: func(p plan) plan { return p.WithOverview(given.Overview) }},
		forktest.Fork[plan]{Name: "WithScope", Make: func(p plan) plan { return p.WithScope(given.Scope...) }},
		forktest.Fork[plan]{Name: "WithDependencies", Make: func(p plan) plan { return p.WithDependencies(given.Dependencies.Items...) }},
		forktest.Fork[plan]{Name: "WithoutDependencies", Make: func(p plan) plan { return p.WithoutDependencies("x", "y", release.Upstream) }},
		forktest.Fork[plan]{Name: "WithTimeline", Make: func(p plan) plan { return p.WithTimeline(given.Timeline) }},
		forktest.Fork[plan]{Name: "WithMilestones", Make: func(p plan) plan { return p.WithMilestones(given.Timeline.Milestones...) }},
		forktest.Fork[plan]{Name: "WithRollback", Make: func(p plan) plan { return p.WithRollback(given.Rollback) }},
		forktest.Fork[plan]{Name: "WithChecklists", Make: func(p plan) plan { return p.WithChecklists(given.Checklists) }},
		forktest.Fork[plan]{Name: "WithRisks", Make: func(p plan) plan { return p.WithRisks(given.Risks...) }},
		forktest.Fork[plan]{Name: "WithQuestions", Make: func(p plan) plan { return p.WithQuestions(given.Questions.Items...) }},
		forktest.Fork[plan]{Name: "WithTooling", Make: func(p plan) plan { return p.WithTooling(given.Tooling) }},
		forktest.Fork[plan]{Name: "WithTerms", Make: func(p plan) plan { return p.WithTerms(given.Terms...) }},
		forktest.Fork[plan]{Name: "WithFreezes", Make: func(p plan) plan { return p.WithFreezes(given.Timeline.Freezes...) }},
		forktest.Fork[plan]{Name: "WithPeople", Make: func(p plan) plan { return p.WithPeople(given.Directory.People...) }},
		forktest.Fork[plan]{Name: "WithRoles", Make: func(p plan) plan { return p.WithRoles(given.Directory.Roles...) }},
		forktest.Fork[plan]{Name: "WithPolicy", Make: func(p plan) plan { return p.WithPolicy(given.Policy) }},
		forktest.Fork[plan]{Name: "WithTracking", Make: func(p plan) plan { return p.WithTracking(given.Tracking) }},
		forktest.Fork[plan]{Name: "Refresh", Make: func(p plan) plan { p, _ = release.Refresh(p, everything()); return p }},
	)
	if diff := cmp.Diff(full(), given); diff != "" {
		t.Errorf("a fork changed what it was given (-want +got):\n%s", diff)
	}
}

func TestOverviewForks(t *testing.T) {
	given := goodPlan().Overview.Components
	forktest.Run(t, func() release.Overview { return goodPlan().Overview },
		forktest.Fork[release.Overview]{Name: "WithComponents", Make: func(o release.Overview) release.Overview {
			return o.WithComponents(given...)
		}},
	)
}

func TestCloneKeepsEverything(t *testing.T) {
	empty := release.Plan{Scope: []release.ScopeItem{}, Timeline: release.Timeline{Freezes: []release.Freeze{{Environments: []string{}}}},
		Directory: release.Directory{People: []release.Person{}}}
	for _, p := range []release.Plan{{}, goodPlan(), empty} {
		want, err1 := json.Marshal(p)
		got, err2 := json.Marshal(p.Clone())
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("a clone has other JSON (-want +got):\n%s", diff)
		}
	}
}

// Singular replaces, plural appends.
func TestWith(t *testing.T) {
	p := release.NewPlan("a", "1").
		WithScope(release.ScopeItem{ID: "REL-1"}).WithScope(release.ScopeItem{ID: "REL-2"}, release.ScopeItem{ID: "REL-3"}).
		WithFreezes(release.Freeze{ID: "f"}).WithFreezes(release.Freeze{ID: "g"}).
		WithPeople(release.Person{ID: "ada"}).WithPeople(release.Person{ID: "ken"}).
		WithRoles(release.Role{ID: "dev"}).WithRoles(release.Role{ID: "sre"}).
		WithPolicy(release.Policy{Name: "old"}).WithPolicy(release.Policy{Link: "https://example.com"}).
		WithOverview(release.Overview{Version: "2"}.WithComponents(release.Component{Name: "x"}).WithComponents(release.Component{Name: "y"}))
	want := release.Plan{
		Overview: release.Overview{Version: "2", Components: []release.Component{{Name: "x"}, {Name: "y"}}},
		Scope:    []release.ScopeItem{{ID: "REL-1"}, {ID: "REL-2"}, {ID: "REL-3"}},
		Timeline: release.Timeline{Freezes: []release.Freeze{{ID: "f"}, {ID: "g"}}},
		Directory: release.Directory{People: []release.Person{{ID: "ada"}, {ID: "ken"}},
			Roles: []release.Role{{ID: "dev"}, {ID: "sre"}}},
		Policy: release.Policy{Link: "https://example.com"},
	}
	if diff := cmp.Diff(want, p); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A sign-off approves the content: everything but what changes by itself.
func TestContent(t *testing.T) {
	want := goodPlan()
	want.Directory = release.Directory{}
	for i := range want.Scope {
		want.Scope[i].Status = ""
	}
	for i := range want.Dependencies.Items {
		want.Dependencies.Items[i].Status = release.UnknownReadiness
	}
	for i := range want.Timeline.Milestones {
		want.Timeline.Milestones[i].Completed = value.When{}
	}
	want.Checklists.PreRelease[0].State = release.TaskState{}
	want.Questions = release.Questions{}
	if diff := cmp.Diff(want, goodPlan().Content()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAuthors(t *testing.T) {
	if diff := cmp.Diff([]string{"ada", "grace", "ken"}, goodPlan().Authors()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := (release.Plan{}).Authors(); len(got) != 0 {
		t.Errorf("nobody wrote nothing, got %q", got)
	}
}

func TestDirectory(t *testing.T) {
	d := goodPlan().WithRoles(release.Role{ID: "untitled"}).Directory
	if r, ok := d.Role("sre-lead"); !ok || r.Title != "SRE lead" {
		t.Errorf("Role = %v, %v", r, ok)
	}
	if r, ok := d.Role("nobody"); ok || !cmp.Equal(r, release.Role{}) {
		t.Errorf("Role of nobody = %v, %v", r, ok)
	}
	if p, ok := d.Person("ken"); !ok || p.Accounts[1] != (fact.Account{System: "github", ID: "ken"}) {
		t.Errorf("Person = %v, %v", p, ok)
	}
	if p, ok := d.Person("nobody"); ok || !cmp.Equal(p, release.Person{}) {
		t.Errorf("Person of nobody = %v, %v", p, ok)
	}
	for role, want := range map[string]string{"sre-lead": "SRE lead", "untitled": "untitled", "nobody": "nobody"} {
		if got := d.Title(role); got != want {
			t.Errorf("Title(%q) = %q, want %q", role, got, want)
		}
	}
	if d.IsZero() || !(release.Directory{}).IsZero() {
		t.Error("IsZero")
	}
}

func TestFreezeCovers(t *testing.T) {
	everywhere, one := release.Freeze{}, release.Freeze{Environments: []string{"production"}}
	if !everywhere.Covers("staging") || !one.Covers("production") || one.Covers("staging") {
		t.Error("a freeze holds in the environments that it names, or in all")
	}
}

// Kinds and classes have one text form and refuse every other.
func TestEnums(t *testing.T) {
	kinds := []release.ComponentKind{release.UnknownComponent, release.Service, release.Mobile, release.Web, release.Library,
		release.Infrastructure, release.Repository}
	texts, err := json.Marshal(struct {
		Kinds   []release.ComponentKind
		Classes []release.Class
	}{kinds, []release.Class{release.Unclassified, release.MustShip, release.Deferrable}})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"Kinds":["unknown","service","mobile","web","library","infrastructure","repository"],"Classes":["unclassified","must-ship","deferrable"]}`
	if string(texts) != want {
		t.Errorf("got %s", texts)
	}
	if release.MustShip.String() != "must-ship" || release.Mobile.String() != "mobile" {
		t.Error("String is not the text")
	}
	var back struct{ Kinds []release.ComponentKind }
	if err := json.Unmarshal(texts, &back); err != nil || !cmp.Equal(kinds, back.Kinds, cmpopts.EquateComparable()) {
		t.Errorf("read back %v, %v", back, err)
	}
	for _, text := range []string{"", "Service", "service ", "component kind(9)"} {
		k, c := release.Mobile, release.MustShip
		if k.UnmarshalText([]byte(text)) == nil || c.UnmarshalText([]byte(text)) == nil || k != release.Mobile || c != release.MustShip {
			t.Errorf("%q is read as %v, %v", text, k, c)
		}
	}
	if _, err := release.ComponentKind(9).MarshalText(); err == nil {
		t.Error("kind 9 has a text")
	}
	if _, err := release.Class(9).MarshalText(); err == nil {
		t.Error("class 9 has a text")
	}
}
