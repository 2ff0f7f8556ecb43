package jiraconnector_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/jira"
	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Who answered what, and when; silence and what nobody was asked are pending.
func TestApprovals(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	done := at.Add(-time.Hour)
	digest := value.Sum([]byte("plan"))
	s.AddFields(jiratest.Field{ID: "customfield_1", Name: "Gate"}, jiratest.Field{ID: "customfield_2", Name: "Subject"}, jiratest.Field{ID: "customfield_3", Name: "Role"})
	s.AddIssues(
		jiratest.Issue{Key: "CHG-1", Summary: "Release 1.0", Type: "Change", Created: at, Custom: map[string]any{"customfield_1": "production/entry", "customfield_2": string(digest), "customfield_3": "cab-chair"},
			Approvals: []jiratest.Approval{{Name: "CAB", Final: "approved", Created: done.Add(-time.Hour), Completed: done,
				Approvers: []jiratest.Approver{{Account: "ada", Answer: "approved"}, {Account: "bob", Answer: "pending"}, {Account: "cyd", Answer: "declined"}}}}},
		jiratest.Issue{Key: "CHG-2", Summary: "Hotfix", Type: "Change", Created: at,
			Approvals: []jiratest.Approval{{Name: "CAB", Approvers: []jiratest.Approver{{Account: "ada", Answer: "approved"}}}, {Name: "Manager"}}},
		jiratest.Issue{Key: "CHG-3", Summary: "Nobody asked", Type: "Change", Created: at},
	)
	got := approvals(t, s, jira.SignOffs("issuetype = Change", jira.SignOff{Gate: "Gate", Subject: "Subject", Role: "Role"}))
	account := func(id string) fact.Account { return fact.Account{System: "jira", ID: id} }
	link := func(key string) value.Link { return value.Link(s.URL + "/browse/" + key) }
	of := func(by string, answer fact.Answered, when time.Time) fact.Approval {
		return fact.Approval{ID: "CHG-1", Title: "CAB: Release 1.0", Gate: "production/entry", Subject: digest, Role: "cab-chair", Account: account(by), Answer: answer,
			Requested: done.Add(-time.Hour), At: when, Link: link("CHG-1")}
	}
	want := []fact.Approval{
		of("ada", fact.Approved, done), of("bob", fact.Pending, time.Time{}), of("cyd", fact.Rejected, done),
		{ID: "CHG-2", Title: "CAB: Hotfix", Account: account("ada"), Answer: fact.Approved, Requested: at, Link: link("CHG-2")},
		{ID: "CHG-2", Title: "Manager: Hotfix", Requested: at, Link: link("CHG-2")},
		{ID: "CHG-3", Title: "Nobody asked", Link: link("CHG-3")},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	s.AddIssues(jiratest.Issue{Key: "CHG-1", Type: "Change", Custom: map[string]any{"customfield_2": "not a digest"}})
	if _, _, listed, err := s.list(t, jira.SignOffs("key = CHG-1", jira.SignOff{Subject: "Subject"}), ""); diagnostic(t, err).Code != connectors.CodeBadAnswer || listed.Complete {
		t.Errorf("a subject that is none: %v", err)
	}
}

func approvals(t *testing.T, s setup, q fact.Query) []fact.Approval {
	t.Helper()
	var all []fact.Approval
	listed, err := s.List(t.Context(), q, "", func(p connectors.Page) error { all = append(all, p.Approvals...); return nil })
	if err != nil || !listed.Complete || !listed.ObservedAt.Equal(at) || listed.Source != "Jira" {
		t.Errorf("%v: %+v %v", q, listed, err)
	}
	return all
}

// Approvals come in pages too.
func TestManyApprovals(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	asked := make([]jiratest.Approval, 120)
	for i := range asked {
		asked[i] = jiratest.Approval{Name: fmt.Sprint(i), Approvers: []jiratest.Approver{{Account: fmt.Sprint("a", i), Answer: "pending"}}}
	}
	s.AddIssues(jiratest.Issue{Key: "CHG-1", Approvals: asked})
	if got := approvals(t, s, jira.Approvals("project = CHG")); len(got) != 120 || got[119].Account.ID != "a119" {
		t.Errorf("%d approvals", len(got))
	}
	if s.Requests() != 4 {
		t.Errorf("%d requests", s.Requests())
	}
	for i := range 201 {
		s.AddIssues(jiratest.Issue{Key: fmt.Sprintf("CHG-%d", i+1)})
	}
	_, _, listed, err := s.list(t, jira.Approvals("project = CHG"), "")
	if d := diagnostic(t, err); d.Code != connectors.CodeTooLarge || d.Path != "jql" || listed.Complete {
		t.Errorf("%+v", d)
	}
}

// An answer that says too little approves nothing.
func TestHollowApprovals(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.AddIssues(jiratest.Issue{Key: "CHG-1"})
	const one = `{"id":"1","finalDecision":"approved","approvers":[{"approver":{"accountId":"a"},"approverDecision":"approved"}]}`
	for _, body := range []string{`{}`, `null`, `[]`, `{"values":null,"isLastPage":true}`, `{"values":[]}`, `{"values":[],"isLastPage":false}`, `{"Values":[],"isLastPage":true}`,
		`{"values":[{"finalDecision":"approved"}],"isLastPage":true}`, `{"values":[{"id":"1"}],"isLastPage":true}`, `{"values":[{"id":"1","finalDecision":"APPROVED"}],"isLastPage":true}`,
		strings.Replace(`{"values":[`+one+`],"isLastPage":true}`, `"finalDecision":"approved"`, `"finalDecision":"declined"`, 1), // by whom?
		`{"values":[` + one + `,` + one + `],"isLastPage":true}`, `{"values":[` + one + `],"isLastPage":true,"errorMessages":["boom"]}`,
		strings.Replace(`{"values":[`+one+`],"isLastPage":true}`, `"a"`, `""`, 1), strings.Replace(`{"values":[`+one+`],"isLastPage":true}`, `"approverDecision":"approved"`, `"approverDecision":"yes"`, 1)} {
		s.Fail(1, standin.Pass())
		s.Fail(1, standin.JSON(body))
		if _, _, listed, err := s.list(t, jira.Approvals("project = CHG"), ""); diagnostic(t, err).Code != connectors.CodeBadAnswer || listed.Complete {
			t.Errorf("%s: %v", body, err)
		}
		s.Heal()
	}
	s.Fail(1, standin.Pass())
	s.Fail(-1, standin.JSON(`{"values":[`+one+`],"isLastPage":false}`))
	if _, _, _, err := s.list(t, jira.Approvals("project = CHG"), ""); diagnostic(t, err).Code != connectors.CodeBadAnswer {
		t.Errorf("a page that comes again: %v", err)
	}
	s.Heal()
	s.Fail(1, standin.Pass())
	s.Fail(1, standin.JSON(`{"values":[{"id":"1","finalDecision":"approved","approvers":[]}],"isLastPage":true}`))
	if got := approvals(t, s, jira.Approvals("project = CHG")); len(got) != 1 || got[0].Answer != fact.Pending {
		t.Errorf("approved by nobody: %+v", got)
	}
}
