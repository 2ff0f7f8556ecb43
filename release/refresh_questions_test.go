package release_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// What a label asks comes into the register once, and only people answer it.
func TestRefreshQuestions(t *testing.T) {
	labelled := fact.NewQuery("jira", "items", fact.WorkItems()).With("jql", "labels = open-question")
	plan := goodPlan().WithTracking(release.Tracking{Questions: []fact.Query{labelled}})
	register := plan.Questions.Items
	n := len(register)
	plan.Questions.Items[0].Link = "https://jira.example.com/browse/REL-200"
	plan.Questions.Items[0].Answer = release.Answer{}
	last := func(q release.Question) release.Question { q.Number = register[n-1].Number + 1; return q }
	ask := func(id string, c fact.Category, link value.Link) fact.WorkItem {
		return fact.WorkItem{ID: id, Title: "Who calls\nthe store?", Status: c.String(), Category: c, Link: link, Assignee: fact.Account{System: "github", ID: "ada"}}
	}
	for _, tt := range []struct {
		name    string
		items   []fact.WorkItem
		answer  string // in the register, to question 1
		want    []release.Question
		changes []string
	}{
		{"a new one", []fact.WorkItem{ask("REL-210", fact.ToDo, "https://jira.example.com/browse/REL-210")}, "",
			[]release.Question{last(release.Question{Text: "Who calls the store? (REL-210)", Owner: "ada", Link: "https://jira.example.com/browse/REL-210"})},
			[]string{"questions.items[2] >Who calls the store? (REL-210)"}},
		{"one of no known category", []fact.WorkItem{ask("REL-210", fact.UnknownCategory, "")}, "",
			[]release.Question{last(release.Question{Text: "Who calls the store? (REL-210)", Owner: "ada"})}, []string{"questions.items[2] >Who calls the store? (REL-210)"}},
		{"one that was answered elsewhere", []fact.WorkItem{ask("REL-210", fact.Done, "")}, "", nil, nil},
		{"one that the register has", []fact.WorkItem{ask("REL-200", fact.ToDo, "https://jira.example.com/browse/REL-200")}, "", nil, nil},
		{"one that the register has, done", []fact.WorkItem{ask("REL-200", fact.Done, "https://jira.example.com/browse/REL-200")}, "", nil,
			[]string{"questions.items[0].answer > its work item is done, and the register has no answer"}},
		{"one that the register has answered, to do", []fact.WorkItem{ask("REL-200", fact.ToDo, "https://jira.example.com/browse/REL-200")}, "Ada", nil,
			[]string{`questions.items[0].answer > the register has an answer, and its work item is "to-do"`}},
		{"one that the register has answered, done", []fact.WorkItem{ask("REL-200", fact.Done, "https://jira.example.com/browse/REL-200")}, "Ada", nil, nil},
		{"one in two systems", []fact.WorkItem{ask("REL-210", fact.ToDo, "https://jira.example.com/browse/REL-210"), ask("42", fact.ToDo, "https://jira.example.com/browse/REL-210")}, "",
			[]release.Question{last(release.Question{Text: "Who calls the store? (REL-210)", Owner: "ada", Link: "https://jira.example.com/browse/REL-210"})},
			[]string{"questions.items[2] >Who calls the store? (REL-210)"}},
		{"nothing to know it by", []fact.WorkItem{{Title: "Who?"}}, "", nil, []string{"tracking.questions[0] > item 1 of the answer to " + labelled.String() + " has neither id nor link"}},
	} {
		given := plan.Clone()
		given.Questions.Items[0].Answer.Text = tt.answer
		facts := fact.NewSet(items(labelled, tt.items...))
		got, changes := release.Refresh(given, facts)
		if diff := cmp.Diff(tt.want, got.Questions.Items[n:], cmp.Transformer("empty", func(q []release.Question) int { return len(q) })); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		for i, q := range tt.want {
			if diff := cmp.Diff(q, got.Questions.Items[n+i]); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.name, diff)
			}
		}
		var said []string
		for _, c := range changes {
			if strings.HasPrefix(string(c.Path), "questions") || strings.HasPrefix(string(c.Path), "tracking") {
				_, open, _ := strings.Cut(c.Open, ": ")
				if strings.HasPrefix(string(c.Path), "tracking") {
					open = c.Open
				}
				said = append(said, string(c.Path)+" "+c.Old+">"+c.New+map[bool]string{true: " " + open}[c.Open != ""])
			}
		}
		if diff := cmp.Diff(tt.changes, said); diff != "" {
			t.Errorf("%s: changes (-want +got):\n%s", tt.name, diff)
		}
		again, none := release.Refresh(got, facts)
		if diff := cmp.Diff(got, again); diff != "" {
			t.Errorf("%s: a second time: %v\n%s", tt.name, none, diff)
		}
	}
}

// An incomplete answer adds what it names, and nothing is answered by it.
func TestRefreshQuestionsIncomplete(t *testing.T) {
	q := fact.NewQuery("jira", "items", fact.WorkItems())
	plan := goodPlan().WithTracking(release.Tracking{Questions: []fact.Query{q}})
	r := items(q, fact.WorkItem{ID: "REL-210", Title: "Who?", Category: fact.Done})
	r.Complete = false
	got, changes := release.Refresh(plan, fact.NewSet(r))
	if n := len(plan.Questions.Items); len(got.Questions.Items) != n+1 || !got.Questions.Items[n].Open() || len(changes) < 2 {
		t.Errorf("%+v %v", got.Questions.Items, changes)
	}
}
