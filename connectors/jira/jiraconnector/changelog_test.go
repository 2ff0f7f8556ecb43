package jiraconnector_test

import (
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/jira"
	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// What was approved is not what somebody wrote into the issue afterwards.
func TestApprovedBeforeTheSubject(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.AddFields(jiratest.Field{ID: "customfield_2", Name: "Subject"}, jiratest.Field{ID: "customfield_3", Name: "Note"})
	asked, done := at.Add(-3*time.Hour), at.Add(-time.Hour)
	q := jira.SignOffs("project = CHG", jira.SignOff{Subject: "Subject"})
	issue := func(approvers int, changes ...jiratest.Change) jiratest.Issue {
		a := jiratest.Approval{Final: "approved", Created: asked, Completed: done}
		for _, name := range []string{"ada", "bob"}[:approvers] {
			a.Approvers = append(a.Approvers, jiratest.Approver{Account: name, Answer: "approved"})
		}
		return jiratest.Issue{Key: "CHG-1", Custom: map[string]any{"customfield_2": string(value.Sum([]byte("plan")))}, Approvals: []jiratest.Approval{a}, Changes: changes}
	}
	subject := func(ago time.Duration) jiratest.Change {
		return jiratest.Change{Field: "customfield_2", At: at.Add(-ago)}
	}
	var many []jiratest.Change
	for range 120 {
		many = append(many, jiratest.Change{Field: "customfield_3", At: asked})
	}
	for name, tt := range map[string]struct {
		issue jiratest.Issue
		want  fact.Answered
	}{
		"never changed":               {issue(1), fact.Approved},
		"another field":               {issue(1, jiratest.Change{Field: "customfield_3", At: at}), fact.Approved},
		"changed before":              {issue(1, subject(2*time.Hour)), fact.Approved},
		"changed after":               {issue(1, subject(time.Minute)), fact.Pending},
		"at the same moment":          {issue(1, subject(time.Hour)), fact.Pending},
		"on a later page":             {issue(1, append(many, subject(time.Minute))...), fact.Pending},
		"perhaps before the first":    {issue(2, subject(2*time.Hour)), fact.Pending}, // of two answers one is older than the completion
		"two, before they were asked": {issue(2, subject(4*time.Hour)), fact.Approved},
	} {
		s.AddIssues(tt.issue)
		for _, a := range approvals(t, s, q) {
			if a.Answer != tt.want || a.At.IsZero() != (tt.want == fact.Pending) {
				t.Errorf("%s: %s is %v at %v, want %v", name, a.Account.ID, a.Answer, a.At, tt.want)
			}
		}
	}
	s.AddIssues(issue(1))
	for _, body := range []string{`{}`, `{"values":null,"isLast":true}`, `{"values":[]}`, `{"values":[],"isLast":false}`, `{"values":[{"items":[]}],"isLast":true}`} {
		s.Fail(3, standin.Pass()) // the fields, the issues, the approvals
		s.Fail(1, standin.JSON(body))
		if _, _, listed, err := s.list(t, q, ""); diagnostic(t, err).Code != connectors.CodeBadAnswer || listed.Complete {
			t.Errorf("%s: %v", body, err)
		}
		s.Heal()
	}
}
