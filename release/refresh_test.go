package release_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// The questions that the good plan is refreshed from.
var (
	inScope = goodPlan().Tracking.Scope[0]
	needed  = goodPlan().Tracking.Dependencies[0]
	onCall  = goodPlan().Tracking.OnCall[0]
)

// items is a complete answer that lists work.
func items(q fact.Query, work ...fact.WorkItem) fact.Result {
	r := fact.Answer(q, sample.Now)
	r.WorkItems, r.Source = work, "Jira"
	return r
}

// shifts is a complete answer that lists duties.
func shifts(duties ...fact.Duty) fact.Result {
	r := fact.Answer(onCall, sample.Now)
	r.Duties = duties
	return r
}

func incomplete(r fact.Result) fact.Result { r.Complete = false; return r }

func work(id, status string, c fact.Category) fact.WorkItem {
	return fact.WorkItem{ID: id, Title: "Title of " + id, Status: status, Category: c}
}

func shift(person string) fact.Duty {
	return fact.Duty{Policy: "Checkout", Level: 1, Account: fact.Account{System: "pagerduty", ID: "P" + person}}
}

// steady is work as the good plan has it.
func steady() []fact.WorkItem {
	return []fact.WorkItem{work("REL-101", "In Review", fact.InProgress), work("REL-102", "Done", fact.Done),
		work("REL-103", "In Progress", fact.InProgress), work("REL-104", "To Do", fact.ToDo)}
}

// everything is facts that change every part that Refresh changes.
func everything() fact.Set {
	news := work("REL-130", "To Do", fact.ToDo)
	news.Author, news.Assignee = fact.Account{System: "jira", ID: "ken@example.com"}, fact.Account{System: "jira", ID: "ada@example.com"}
	news.Components, news.Labels, news.Link = []string{"Mails", "notifications"}, []string{"late"}, "https://jira.example.com/browse/REL-130"
	return fact.NewSet(items(inScope, append(steady(), news)...), items(needed, work("REL-120", "Closed", fact.Done)), shifts(shift("edsger")))
}

// refreshed refreshes the good plan and lists what changed.
func refreshed(facts fact.Set) (release.Plan, []string) {
	p, changes := release.Refresh(goodPlan(), facts)
	var list []string
	for _, c := range changes {
		list = append(list, fmt.Sprintf("%s %s>%s", c.Path, c.Old, c.New)+map[bool]string{true: " ?"}[c.Open != ""])
	}
	return p, list
}

func TestRefresh(t *testing.T) {
	p, changes := refreshed(everything())
	want := goodPlan()
	want.Scope[3].Status = "To Do"
	want.Scope = append(want.Scope, release.ScopeItem{ID: "REL-130", Title: "Title of REL-130", Status: "To Do",
		Authors: []string{"ada", "ken"}, Components: []string{"notifications"}, Link: "https://jira.example.com/browse/REL-130"})
	want.Dependencies.Items[0].Status = release.Ready
	want.Directory.Roles[3].Holders = []string{"edsger"}
	if diff := cmp.Diff(want, p); diff != "" {
		t.Errorf("the plan (-want +got):\n%s", diff)
	}
	wantChanges := []string{"scope[3].status >To Do", "dependencies.items[0].status in-progress>ready",
		"scope[4] >REL-130 Title of REL-130", "directory.roles[3].holders margaret>edsger"}
	if diff := cmp.Diff(wantChanges, changes); diff != "" {
		t.Errorf("what changed (-want +got):\n%s", diff)
	}
}

// Facts that say what the plan says change nothing.
func TestRefreshNothing(t *testing.T) {
	work104 := steady()
	work104[3] = fact.WorkItem{ID: "REL-104", Status: " ", Category: fact.UnknownCategory} // the plan has no status for it either
	p, changes := refreshed(fact.NewSet(items(inScope, work104...), items(needed, work("REL-120", "Open", fact.InProgress)), shifts(shift("margaret"))))
	if diff := cmp.Diff(goodPlan(), p); diff != "" {
		t.Errorf("the plan (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"scope[3].status > ?"}, changes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	untracked := goodPlan().WithTracking(release.Tracking{})
	untracked.Directory.Roles[3].OnCall = release.OnCall{}
	same, none := release.Refresh(untracked, everything())
	if diff := cmp.Diff(untracked, same); diff != "" || len(none) != 0 {
		t.Errorf("a plan that asks nothing changes, %v:\n%s", none, diff)
	}
}

// How far a dependency is, is what its tracker says, and never more.
func TestRefreshReadiness(t *testing.T) {
	labelled := func(c fact.Category, labels ...string) fact.WorkItem {
		w := work("REL-120", "Open", c)
		w.Labels = labels
		return w
	}
	tests := []struct {
		name string
		work []fact.WorkItem
		want release.Readiness
		open string
	}{
		{"done", []fact.WorkItem{work("REL-120", "Closed", fact.Done)}, release.Ready, ""},
		{"in progress", []fact.WorkItem{work("REL-120", "In Review", fact.InProgress)}, release.InProgress, ""},
		{"to do", []fact.WorkItem{work("REL-120", "New", fact.ToDo)}, release.NotStarted, ""},
		{"no category", []fact.WorkItem{work("REL-120", "Done", fact.UnknownCategory)}, release.UnknownReadiness, `REL-120: its status "Done" is of no known category`},
		{"a category of tomorrow", []fact.WorkItem{work("REL-120", "Done", 9)}, release.UnknownReadiness, `REL-120: its status "Done" is of no known category`},
		{"neither status nor category", []fact.WorkItem{work("REL-120", "", fact.UnknownCategory)}, release.UnknownReadiness, "REL-120: it has neither status nor category"},
		{"a blocked status", []fact.WorkItem{work("REL-120", "Blocked by vendor", fact.InProgress)}, release.Blocked, ""},
		{"a blocked status without category", []fact.WorkItem{work("REL-120", "BLOCKED", fact.UnknownCategory)}, release.Blocked, ""},
		{"a blocked label", []fact.WorkItem{labelled(fact.InProgress, "mobile", "is:blocked")}, release.Blocked, ""},
		{"a blocked label on what is done", []fact.WorkItem{labelled(fact.Done, "blocked")}, release.Blocked, ""},
		{"another word", []fact.WorkItem{labelled(fact.InProgress, "unblocked", "blocks-release")}, release.InProgress, ""},
		{"nothing", nil, release.UnknownReadiness, "REL-120: no complete answer has it"},
		{"another id", []fact.WorkItem{work("REL-12", "Closed", fact.Done)}, release.UnknownReadiness, "REL-120: no complete answer has it"},
	}
	for _, tt := range tests {
		p, changes := release.Refresh(goodPlan(), fact.NewSet(items(inScope, steady()...), items(needed, tt.work...), shifts(shift("margaret"))))
		if got := p.Dependencies.Items[0].Status; got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
		open := ""
		for _, c := range changes {
			if c.Path == "dependencies.items[0].status" {
				open = c.Open
			}
		}
		if open != tt.open {
			t.Errorf("%s: open is %q, want %q", tt.name, open, tt.open)
		}
		if p.Dependencies.Items[1].Status != release.Blocked {
			t.Errorf("%s: a dependency without a tracker changes", tt.name)
		}
	}
}

// The facts are read only, also where their slices have room.
func TestRefreshLeavesFacts(t *testing.T) {
	labels := make([]string, 1, 4)
	tracked := work("REL-120", "Open", fact.InProgress)
	tracked.Labels = labels
	release.Refresh(goodPlan(), fact.NewSet(items(needed, tracked)))
	if room := labels[:2]; room[1] != "" {
		t.Errorf("%q is written into the facts", room[1])
	}
}

// What can no longer be seen is not taken for what it was.
func TestRefreshFailsClosed(t *testing.T) {
	failed := fact.AnswerFailure(needed, sample.Now, "timeout", "no answer within 10s")
	undated := items(needed, work("REL-120", "Closed", fact.Done))
	undated.ObservedAt = time.Time{}
	nameless := items(needed, work("REL-120", "Closed", fact.Done), work(" ", "", fact.Done))
	done := items(needed, work("REL-120", "Closed", fact.Done))
	tests := []struct {
		name    string
		answers []fact.Result
		open    string
	}{
		{"missing", nil, "is not answered"},
		{"failed", []fact.Result{failed}, "failed: timeout no answer within 10s"},
		{"incomplete", []fact.Result{incomplete(done)}, "is incomplete"},
		{"observed at no known time", []fact.Result{undated}, "was observed at no known time"},
		{"answered twice", []fact.Result{done, done}, "has 2 answers"},
		{"an item without a name", []fact.Result{nameless}, "item 2 of the answer to "},
	}
	for _, tt := range tests {
		plan := goodPlan()
		plan.Dependencies.Items[0].Status = release.Ready
		p, changes := release.Refresh(plan, fact.NewSet(append(tt.answers, items(inScope, steady()...), shifts(shift("margaret")))...))
		if got := p.Dependencies.Items[0].Status; got != release.UnknownReadiness {
			t.Errorf("%s: the dependency is %s", tt.name, got)
		}
		last := changes[len(changes)-1]
		if last.Path != "tracking.dependencies[0]" || !strings.Contains(last.Open, tt.open) {
			t.Errorf("%s: %s", tt.name, last)
		}
	}
	// With all of it down nothing that was live is left.
	p, changes := refreshed(fact.Set{})
	want := []string{"scope[0].status In Review> ?", "scope[1].status Done> ?", "scope[2].status In Progress> ?", "scope[3].status > ?",
		"dependencies.items[0].status in-progress>unknown ?", "directory.roles[3].holders margaret> ?",
		"tracking.scope[0] > ?", "tracking.dependencies[0] > ?", "tracking.onCall[0] > ?"}
	if diff := cmp.Diff(want, changes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(p.Directory.Roles[3].Holders) != 0 {
		t.Error("somebody is on call though nobody says so")
	}
}

// A query that yields something else is no question for the purpose.
func TestRefreshWrongShape(t *testing.T) {
	plan := goodPlan()
	plan.Tracking.Scope[0], plan.Tracking.OnCall[0] = onCall, inScope
	swapped := shifts(shift("margaret"))
	swapped.WorkItems = []fact.WorkItem{work("REL-200", "Done", fact.Done)} // not what a duty query yields
	p, changes := release.Refresh(plan, fact.NewSet(swapped, items(inScope, steady()...)))
	if len(p.Scope) != 4 || p.Scope[0].Status != "" || len(p.Directory.Roles[3].Holders) != 0 {
		t.Errorf("%v", changes)
	}
	if !strings.Contains(changes[len(changes)-1].Open, "yields work-items, want duties") {
		t.Errorf("%v", changes)
	}
}

// Work that nobody planned is seen even in a list that is not complete, and
// holds: it has no class, and the signed content is another one.
func TestRefreshUnplanned(t *testing.T) {
	facts := func(scope fact.Result, more ...fact.WorkItem) fact.Set {
		return fact.NewSet(scope, items(needed, append(more, work("REL-120", "Open", fact.InProgress))...), shifts(shift("margaret")))
	}
	b, a := work("REL-131", "New", fact.ToDo), work("REL-130", "New", fact.ToDo)
	p, changes := release.Refresh(goodPlan(), facts(incomplete(items(inScope, append(steady(), b, a)...)), work("OPS-7", "New", fact.ToDo)))
	want := []release.ScopeItem{{ID: "REL-130", Title: "Title of REL-130"}, {ID: "REL-131", Title: "Title of REL-131"}}
	if diff := cmp.Diff(want, p.Scope[4:]); diff != "" {
		t.Errorf("by id, without what is asked for dependencies (-want +got):\n%s\n%v", diff, changes)
	}
	if got := found(t, p); !slices.Contains(got, "OVR-008@scope[4].class") {
		t.Errorf("OVR-008 does not speak of it: %v", got)
	}
	if cmp.Equal(goodPlan().Content(), p.Content()) {
		t.Error("what was signed is still the same")
	}
	// Whoever wrote it and works on it is one author.
	mine := work("REL-132", "New", fact.ToDo)
	mine.Author, mine.Assignee = fact.Account{System: "jira", ID: "ken@example.com"}, fact.Account{System: "github", ID: "ken"}
	p, _ = release.Refresh(goodPlan(), facts(items(inScope, append(steady(), mine)...)))
	if diff := cmp.Diff([]string{"ken"}, p.Scope[4].Authors); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// Nobody adds what tracks a dependency, or what the plan knows by its link.
	linked := work("SHOP-9", "Done", fact.Done)
	linked.Link = goodPlan().Scope[0].Link
	others := steady()
	others[0] = linked
	p, _ = release.Refresh(goodPlan(), facts(items(inScope, append(others, work("REL-120", "Open", fact.InProgress))...)))
	if len(p.Scope) != 4 || p.Scope[0].Status != "Done" {
		t.Errorf("%v", p.Scope)
	}
}

// One thing in two systems is one thing, and they have to agree.
func TestRefreshTwoSystems(t *testing.T) {
	azure := fact.NewQuery("azureboards", "items", fact.WorkItems())
	plan := goodPlan().WithTracking(release.Tracking{Scope: []fact.Query{inScope, azure}, Dependencies: []fact.Query{needed}})
	link := value.Link("https://boards.example.com/42")
	in := func(status string, c fact.Category) []fact.WorkItem {
		w := work("REL-101", status, c)
		w.Link = link
		return []fact.WorkItem{w}
	}
	twin := func(status string, c fact.Category, labels ...string) fact.WorkItem {
		return fact.WorkItem{ID: "42", Title: "Twin", Status: status, Category: c, Link: link, Labels: labels}
	}
	tests := []struct {
		name   string
		jira   []fact.WorkItem
		azure  fact.WorkItem
		status string
		open   string
	}{
		{"agree in other words", in("Done", fact.Done), twin("Closed", fact.Done), "Done", ""},
		{"contradict each other", in("Done", fact.Done), twin("Active", fact.InProgress), "", "REL-101: Jira says done, azureboards says in-progress"},
		{"one does not know", in("Done", fact.Done), twin("Odd", fact.UnknownCategory), "", `REL-101: Jira says done, azureboards says "Odd"`},
		{"neither knows, one word", in("Odd", fact.UnknownCategory), twin("Odd", fact.UnknownCategory), "Odd", ""},
		{"neither knows, two words", in("Odd", fact.UnknownCategory), twin("Even", fact.UnknownCategory), "", `REL-101: Jira says "Odd", azureboards says "Even"`},
	}
	for _, tt := range tests {
		other := fact.Answer(azure, sample.Now)
		other.WorkItems = []fact.WorkItem{tt.azure}
		p, changes := release.Refresh(plan, fact.NewSet(items(inScope, append(tt.jira, steady()[1:]...)...), other, items(needed)))
		open := ""
		for _, c := range changes {
			if c.Path == "scope[0].status" {
				open = c.Open
			}
		}
		if p.Scope[0].Status != tt.status || open != tt.open || len(p.Scope) != 4 {
			t.Errorf("%s: status %q, %d items, %q", tt.name, p.Scope[0].Status, len(p.Scope), open)
		}
	}
	// Blocked in one system is blocked.
	plan.Dependencies.Items[0].Tracker = "42"
	other := fact.Answer(azure, sample.Now)
	other.WorkItems = []fact.WorkItem{twin("Closed", fact.Done, "blocked")}
	p, _ := release.Refresh(plan, fact.NewSet(items(inScope, append(in("Done", fact.Done), steady()[1:]...)...), other, items(needed)))
	if got := p.Dependencies.Items[0].Status; got != release.Blocked {
		t.Errorf("blocked in one system: %s", got)
	}
}

func TestRefreshOnCall(t *testing.T) {
	during := func(from, until time.Duration) fact.Duty {
		d := shift("edsger")
		d.From, d.Until = sample.Now.Add(from), sample.Now.Add(until)
		return d
	}
	elsewhere, second, blank := shift("edsger"), shift("edsger"), shift("edsger")
	elsewhere.Policy, second.Level, blank.Account = "checkout", 2, fact.Account{}
	tests := []struct {
		name   string
		duties []fact.Duty
		want   []string
		open   string
	}{
		{"one", []fact.Duty{shift("edsger")}, []string{"edsger"}, ""},
		{"two, each once", []fact.Duty{shift("ken"), shift("edsger"), shift("ken")}, []string{"edsger", "ken"}, ""},
		{"began this moment", []fact.Duty{during(0, time.Hour)}, []string{"edsger"}, ""},
		{"ends this moment", []fact.Duty{during(-time.Hour, 0)}, nil, "sre-on-call: no complete answer has anybody on call for \"Checkout\" at level 1"},
		{"begins later", []fact.Duty{during(time.Second, time.Hour)}, nil, "no complete answer has anybody"},
		{"another policy", []fact.Duty{elsewhere}, nil, "no complete answer has anybody"},
		{"another level", []fact.Duty{second}, nil, "no complete answer has anybody"},
		{"nobody's account", []fact.Duty{shift("zoe")}, nil, "sre-on-call: nobody of the directory is pagerduty:Pzoe"},
		{"no account", []fact.Duty{blank}, nil, "sre-on-call: nobody of the directory is :"},
		{"one of two is a stranger", []fact.Duty{shift("zoe"), shift("edsger")}, []string{"edsger"}, "pagerduty:Pzoe"},
		{"none", nil, nil, "no complete answer has anybody"},
	}
	for _, tt := range tests {
		p, changes := release.Refresh(goodPlan(), fact.NewSet(shifts(tt.duties...), items(inScope, steady()...), items(needed)))
		if diff := cmp.Diff(tt.want, p.Directory.Roles[3].Holders); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		if last := changes[len(changes)-1]; last.Path != "directory.roles[3].holders" || !strings.Contains(last.Open, tt.open) || (tt.open == "") != (last.Open == "") {
			t.Errorf("%s: %s", tt.name, last)
		}
	}
	// An incomplete list of duties may lack the one who took over.
	open, _ := release.Refresh(goodPlan(), fact.NewSet(incomplete(shifts(shift("edsger")))))
	if held := open.Directory.Roles[3].Holders; len(held) != 0 {
		t.Errorf("an incomplete list makes %v hold the role", held)
	}
	// An account that two people list is nobody's, and a place without a name is no place.
	plan := goodPlan().WithPeople(release.Person{ID: "zoe", Accounts: []fact.Account{{System: "pagerduty", ID: "Pedsger"}, {}}})
	plan.Directory.Roles[4].OnCall = release.OnCall{Level: 1}
	p, _ := release.Refresh(plan, fact.NewSet(shifts(shift("edsger"), blank, fact.Duty{Level: 1, Account: fact.Account{System: "pagerduty", ID: "Pken"}})))
	if held := [][]string{p.Directory.Roles[3].Holders, p.Directory.Roles[4].Holders}; len(held[0])+len(held[1]) != 0 {
		t.Errorf("somebody holds a role without being on call for it: %v", held)
	}
}
