package release_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// anyFacts answers what the good plan asks, in every way that a source may.
func anyFacts(t *rapid.T) fact.Set {
	ids := []string{"REL-101", "REL-102", "REL-103", "REL-104", "REL-120", "REL-130", "REL-131", ""}
	links := []value.Link{"", "", "https://jira.example.com/browse/REL-101", "https://jira.example.com/browse/REL-130"}
	item := rapid.Custom(func(t *rapid.T) fact.WorkItem {
		w := work(rapid.SampledFrom(ids).Draw(t, "id"), rapid.SampledFrom([]string{"", "Done", "Odd", "Blocked"}).Draw(t, "status"),
			fact.Category(rapid.IntRange(0, 3).Draw(t, "category")))
		w.Link = rapid.SampledFrom(links).Draw(t, "link")
		w.Author = rapid.SampledFrom([]fact.Account{{}, {System: "github", ID: "ada"}, {System: "github", ID: "zoe"}}).Draw(t, "author")
		return w
	})
	var results []fact.Result
	for _, q := range []fact.Query{inScope, needed, onCall} {
		for range rapid.SampledFrom([]int{1, 1, 1, 0, 2}).Draw(t, "answers") {
			if rapid.IntRange(0, 4).Draw(t, "fails") == 0 {
				results = append(results, fact.AnswerFailure(q, sample.Now, "timeout", ""))
				continue
			}
			r := fact.Answer(q, sample.Now)
			r.Complete = rapid.IntRange(0, 3).Draw(t, "complete") > 0
			r.WorkItems = rapid.SliceOfN(item, 0, 6).Draw(t, "items")
			for _, person := range rapid.SliceOfN(rapid.SampledFrom([]string{"ada", "ken", "zoe"}), 0, 3).Draw(t, "duties") {
				r.Duties = append(r.Duties, shift(person))
			}
			results = append(results, r)
		}
	}
	return fact.NewSet(results...)
}

func encoded(t *rapid.T, v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Whatever the facts are: the plan that was given stays as it is, doing it
// twice is doing it once, and nothing is ready unless a complete answer says so.
func TestRefreshLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		facts := anyFacts(t)
		plan, kept := goodPlan(), encoded(t, facts)
		once, changes := release.Refresh(plan, facts)
		if diff := cmp.Diff(goodPlan(), plan); diff != "" {
			t.Fatalf("the argument changed (-want +got):\n%s", diff)
		}
		if encoded(t, facts) != kept {
			t.Fatal("the facts changed")
		}
		twice, again := release.Refresh(once, facts)
		if diff := cmp.Diff(once, twice); diff != "" {
			t.Fatalf("the second time (-once +twice):\n%s", diff)
		}
		for _, c := range again {
			if c.Old != c.New || c.Open == "" {
				t.Fatalf("the second time %s", c)
			}
		}
		if same, _ := release.Refresh(goodPlan(), facts); encoded(t, same) != encoded(t, once) {
			t.Fatal("the same input gives other bytes")
		}
		if once.Dependencies.Items[0].Status == release.Ready && !saysDone(facts) {
			t.Fatalf("ready though no complete answer says so: %v", changes)
		}
		text := encoded(t, once)
		var back release.Plan
		if err := json.Unmarshal([]byte(text), &back); err != nil || encoded(t, back) != text {
			t.Fatalf("it does not come back from JSON: %v", err)
		}
	})
}

// saysDone reports whether a complete answer has REL-120 as done.
func saysDone(facts fact.Set) bool {
	for _, q := range []fact.Query{inScope, needed} {
		if r, n := facts.Find(q); n == 1 && r.Complete && !r.Failed() {
			for _, w := range r.WorkItems {
				if w.Category == fact.Done && (w.ID == "REL-120" || w.Link != "") {
					return true
				}
			}
		}
	}
	return false
}

// A plan asks for what it is refreshed from and for what its conditions read.
func TestQueries(t *testing.T) {
	impact, trigger := fact.NewQuery("d", "impact", fact.Number(value.Percent)), fact.NewQuery("d", "trigger", fact.Number(value.Percent))
	alert, success := fact.NewQuery("d", "alert", fact.Number(value.Percent)), fact.NewQuery("d", "success", fact.Number(value.Percent))
	all := fact.NewQuery("d", "all", fact.Number(value.Count))
	p := release.NewPlan("", "").
		WithOverview(release.Overview{Impact: []release.Impact{{Condition: release.Condition{Query: impact.OutOf(all)}}, {}},
			Success: []release.SuccessMetric{{Query: success}, {}}}).
		WithRollback(release.Rollback{Matrix: []release.Trigger{{When: release.Condition{Query: trigger}}, {When: release.Condition{Query: impact}}, {}}}).
		WithTracking(release.Tracking{Scope: []fact.Query{inScope}, Dependencies: []fact.Query{needed, inScope}, OnCall: []fact.Query{onCall, {Population: all.Ask}}})
	for _, lists := range []release.Checklists{{PreRelease: []release.Task{{}}}, {PostRelease: []release.Task{{Alert: release.Condition{Query: alert}}}}} {
		p = p.WithChecklists(lists)
	}
	want := []fact.Query{alert, all, impact, success, trigger, inScope, needed, onCall}
	if diff := cmp.Diff(want, p.Queries()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := (release.Plan{}).Queries(); len(got) != 0 {
		t.Errorf("an empty plan asks %v", got)
	}
}

func TestChangeString(t *testing.T) {
	tests := []struct {
		change release.Change
		want   string
	}{
		{release.Change{Path: "scope[0].status", Old: "In Review", New: "Done", Source: "Jira"}, `scope[0].status changes from "In Review" to "Done", says Jira`},
		{release.Change{Path: "tracking.scope[0]", Open: "it failed:\nno"}, "tracking.scope[0]: it failed: no"},
		{release.Change{}, ""},
	}
	for _, tt := range tests {
		if got := tt.change.String(); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

// What an incomplete answer says of an id and a link together makes nothing
// ready: the two may be two pieces of work.
func TestIncompleteAnswersJoinNothing(t *testing.T) {
	scope, trackers := fact.NewQuery("jira", "items", fact.WorkItems()), fact.NewQuery("azure", "items", fact.WorkItems())
	plan := release.NewPlan("Holiday checkout", "2026.12.0").
		WithScope(release.ScopeItem{ID: "REL-103", Class: release.MustShip, Link: "https://jira.example.com/browse/REL-103"}).
		WithDependencies(release.Dependency{ID: "D1", Tracker: "REL-120", Status: release.InProgress}).
		WithTracking(release.Tracking{Scope: []fact.Query{scope}, Dependencies: []fact.Query{trackers}})
	whole, half := fact.Answer(scope, now), fact.Answer(trackers, now)
	whole.WorkItems = []fact.WorkItem{{ID: "REL-103", Status: "Done", Category: fact.Done, Link: "https://jira.example.com/browse/REL-103"}}
	half.WorkItems = []fact.WorkItem{{ID: "REL-120", Status: "To Do", Category: fact.ToDo, Link: "https://jira.example.com/browse/REL-103"}}
	half.Complete = false
	got, _ := release.Refresh(plan, fact.NewSet(whole, half))
	if s := got.Dependencies.Items[0].Status; s != release.UnknownReadiness {
		t.Errorf("the dependency is %s by an incomplete answer", s)
	}
	if s := got.Scope[0].Status; s != "Done" {
		t.Errorf("the scope item is %q", s)
	}
}
