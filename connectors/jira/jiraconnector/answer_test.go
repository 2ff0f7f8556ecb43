package jiraconnector_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/jira"
	"github.com/tidegate-go/tidegate/connectors/jira/jiraconnector"
	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
	"github.com/tidegate-go/tidegate/connectors/upstream"
)

// replies answers with a status and a body.
func replies(status int, body string) standin.Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body)) // the client may be gone
		return false
	}
}

// bodies that look like no issues, with the status they come with.
var hollow = []struct {
	status int
	body   string
}{
	{200, `null`},
	{200, `{}`},
	{200, `[]`},
	{200, `""`},
	{200, `{"issues":null}`},
	{200, `{"issues":null,"isLast":true}`},
	{200, `{"issues":{},"isLast":true}`},
	{200, `{"issues":"","isLast":true}`},
	{200, `{"issues":[null],"isLast":true}`},
	{200, `{"issues":[]}`},
	{200, `{"issues":[],"isLast":null}`},
	{200, `{"issues":[],"isLast":"true"}`},
	{200, `{"issues":[],"isLast":false}`},
	{200, `{"issues":[],"isLast":true,"nextPageToken":"x"}`},
	{200, `{"isLast":true}`},
	{200, `{"errorMessages":["boom"],"errors":{}}`},
	{200, `{"issues":[],"isLast":true,"errorMessages":["boom"]}`},
	{200, `{"issues":[],"isLast":true,"errors":{"jql":"boom"}}`},
	{200, `{"issues":[],"isLast":true,"errors":[{"code":1}]}`},
	{200, `{"issues":[],"isLast":true,"errorMessages":"boom"}`},
	{200, `{"issues":[],"isLast":true,"errormessages":["boom"]}`},
	{200, `{"startAt":0,"maxResults":50,"total":120,"issues":[]}`},
	{200, `{"issues":[{"id":"1","key":"A-1"}],"issues":[],"isLast":true}`},
	{200, `{"issues":[],"issue\u0073":[],"isLast":true}`},
	{200, `{"issues":[{"id":"1","key":"A-1"}],"Issues":[],"isLast":true}`},
	{200, `{"Issues":[],"isLast":true}`},
	{200, `{"i\u017f\u017fues":[],"isLast":true}`},
	{200, `{"issues":[],"ISLAST":true}`},
	{200, `{"issues":[],"isLast":false,"isLast":true}`},
	{200, `{"issues":[],"isLast":true,"NextPageToken":"x"}`},
	{200, `{"issues":[],"isLast":true,"new":{"a":1,"a":2}}`},
	{200, `{"issues":[{"id":"1","id":"2","key":"A-1"}],"isLast":true}`},
	{200, `{"issues":[{"id":"1","ID":"2","key":"A-1"}],"isLast":true}`},
	{200, `{"issues":[],"isLast":true} {}`},
	{201, `{"issues":[],"isLast":true}`},
	{202, `{}`},
	{202, `{"issues":[],"isLast":true}`},
	{203, `{"issues":[],"isLast":true}`},
	{204, ``},
	{206, `{"issues":[],"isLast":true}`},
	{207, `{"issues":[],"isLast":true}`},
}

// No such answer makes a number, a whole list or a working instance, neither as
// the first page nor after a good one.
func TestHollowAnswers(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	s.AddIssues(many(1)...)
	const first = `{"issues":[{"id":"7","key":"A-7"}],"isLast":false,"nextPageToken":"n"}`
	for _, tt := range hollow {
		for _, pages := range [][]standin.Fault{{replies(tt.status, tt.body)}, {replies(200, first), replies(tt.status, tt.body)}} {
			name := fmt.Sprintf("%d %s on page %d", tt.status, tt.body, len(pages))
			refused := func(how string, complete bool, err error) {
				t.Helper()
				if err == nil || complete {
					t.Errorf("%s: %s: complete %v, %v", name, how, complete, err)
				} else if d := diagnostic(t, err); d.Code != connectors.CodeBadAnswer || d.Status != tt.status || d.Retryable || d.RequestID == "" {
					t.Errorf("%s: %s: %+v", name, how, d)
				}
				s.Heal()
			}
			plan := func() {
				for _, p := range pages {
					s.Fail(1, p)
				}
			}
			plan()
			r, err := s.Measure(t.Context(), jira.Count("project = SHOP"))
			refused("measure", r.Complete, err)
			plan()
			items, _, listed, err := s.list(t, jira.Items("project = SHOP"), "")
			refused("list", listed.Complete, err)
			if len(items) != len(pages)-1 {
				t.Errorf("%s: %d items", name, len(items))
			}
		}
		s.Fail(1, standin.Pass()) // myself
		s.Fail(1, replies(tt.status, tt.body))
		if d := diagnostic(t, s.Check(t.Context())); d.Code != connectors.CodeBadAnswer || d.Path != "" {
			t.Errorf("%d %s: check: %+v", tt.status, tt.body, d)
		}
		s.Heal()
	}
}

// The other answers are read with the same care: n is the call that fails.
func TestHollowOthers(t *testing.T) {
	check := func(s setup) error { return s.Check(t.Context()) }
	version := func(s setup) error {
		_, err := s.Measure(t.Context(), jira.Unresolved("SHOP", "1.0"))
		return err
	}
	sprint := func(s setup) error { _, err := s.Measure(t.Context(), jira.Burndown(7)); return err }
	const none = `{}|null|[]|{"values":null,"isLast":true}|{"values":[]}|{"Values":[],"isLast":true}|{"values":[],"values":[],"isLast":true}|` +
		`{"values":[],"isLast":true,"errorMessages":["boom"]}|{"isLast":true}`
	for _, tt := range []struct {
		name   string
		n      int
		call   func(setup) error
		bodies string
	}{
		{"myself", 0, check, `{}|null|{"accountId":""}|{"accountid":"a"}|{"accountId":"a","accountId":"b"}|{"accountId":"a","errorMessages":["boom"]}`},
		{"project", 2, check, none},
		{"board", 3, check, none},
		{"versions", 0, version, none + `|{"values":[],"isLast":false}|{"values":[{"id":"1"}],"isLast":true}|{"values":[{"name":"1.0"}],"isLast":true}|` +
			`{"values":[{"id":"1","name":"2","name":"1.0"}],"isLast":true}|{"values":[{"id":"1","Name":"1.0"}],"isLast":true}|{"values":[],"total":0}`},
		{"counts", 1, version, `{}|null|{"issuesCount":4}|{"issuesUnresolvedCount":null}|{"issuesunresolvedcount":0,"issuesCount":4}|{"issuesUnresolvedCount":-1}|` +
			`{"issuesUnresolvedCount":0.5}|{"issuesUnresolvedCount":3,"issuesUnresolvedCount":0}|{"issuesUnresolvedCount":0,"errorMessages":["boom"]}|` +
			`{"issuesUnresolvedCount":5,"issuesCount":4}`},
		{"sprints", 0, sprint, none + `|{"values":[{"id":1,"state":"active"}],"isLast":false}|{"values":[{"id":1,"state":"active"}]}|` +
			`{"values":[{"id":1,"state":"active"},{"id":2}],"isLast":true}|{"values":[{"id":1,"state":"active"},{"id":2,"state":"ACTIVE"}],"isLast":true}|` +
			`{"values":[{"state":"active"}],"isLast":true}|{"values":[{"id":1,"id":2,"state":"active"}],"isLast":true}`},
	} {
		s := open(t, func(c *jiraconnector.Config) { c.Projects, c.Boards = []string{"SHOP"}, []int64{7} }, upstream.Options{})
		s.AddIssues(jiratest.Issue{Key: "SHOP-1", FixVersions: []string{"1.0"}, Sprint: 31})
		s.AddBoard(7, jiratest.Sprint{ID: 31, State: "active"})
		if err := tt.call(s); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		for body := range strings.SplitSeq(tt.bodies, "|") {
			for _, status := range []int{200, 206} {
				s.Fail(tt.n, standin.Pass())
				s.Fail(1, replies(status, body))
				if d := diagnostic(t, tt.call(s)); d.Code != connectors.CodeBadAnswer || d.Status != status {
					t.Errorf("%s: %d %s: %+v", tt.name, status, body, d)
				}
				s.Heal()
			}
		}
	}
}

// A search for a version that goes on and on is not a version that is missing.
func TestEndlessVersions(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	page := `{"values":[` + strings.Repeat(`{"id":"1","name":"1.0.1"},`, 999) + `{"id":"1","name":"1.0.1"}],"isLast":false}`
	s.Fail(-1, replies(200, page))
	if _, err := s.Measure(t.Context(), jira.Unresolved("SHOP", "1.0")); diagnostic(t, err).Code != connectors.CodeTooLarge || s.Requests() != 5 {
		t.Errorf("%v after %d requests", err, s.Requests())
	}
}

// An issue that comes again across a resume, and the time of the first page.
func TestResumeRemembers(t *testing.T) {
	for _, tt := range []struct {
		name     string
		pages    [3]string // of ids
		keys     string    // after the first page
		complete bool
		cursors  int // that are tried
	}{
		{"nothing twice", [3]string{"1 2", "3", "4"}, "A-3 A-4", true, 2},
		{"at the border", [3]string{"1 2", "2 4", "5"}, "A-4 A-5", false, 2},
		{"over an empty page", [3]string{"1 2", "", "2 4"}, "A-4", false, 2},
		{"all of it", [3]string{"1 2", "2 1", "3"}, "A-3", false, 2},
		{"with ids too long to travel", [3]string{"1 " + strings.Repeat("2", 5000), "3", "4"}, "A-3 A-4", false, 1},
	} {
		for from := range tt.cursors {
			s := open(t, nil, upstream.Options{})
			var pages []standin.Fault
			for i, ids := range tt.pages {
				var issues []string
				for id := range strings.FieldsSeq(ids) {
					issues = append(issues, fmt.Sprintf(`{"id":%q,"key":"A-%s"}`, id, id))
				}
				end := fmt.Sprintf(`"isLast":false,"nextPageToken":"t%d"`, i)
				if i == 2 {
					end = `"isLast":true`
				}
				pages = append(pages, replies(200, `{"issues":[`+strings.Join(issues, ",")+`],`+end+`}`))
				s.Fail(1, pages[i])
			}
			q := jira.Items("a = b")
			all, cursors, _, err := s.list(t, q, "")
			if err != nil {
				t.Fatal(err)
			}
			s.SetNow(func() time.Time { return at.Add(time.Hour) })
			var keys []string
			for _, item := range all {
				keys = append(keys, item.ID)
			}
			for _, p := range pages[from+1:] {
				s.Fail(1, p)
			}
			rest, ends, listed, err := s.list(t, q, cursors[from])
			if err != nil || listed.Complete != tt.complete || !listed.ObservedAt.Equal(at) {
				t.Errorf("%s, from %d: %+v %v", tt.name, from, listed, err)
			}
			var again []string
			for _, item := range rest {
				again = append(again, item.ID)
			}
			if got := strings.Join(again, " "); !strings.HasSuffix(strings.Join(keys, " "), got) || from == 0 && got != tt.keys {
				t.Errorf("%s, from %d: %s after %s", tt.name, from, got, keys)
			}
			if _, _, listed, err := s.list(t, q, ends[len(ends)-1]); err != nil || listed.Complete != tt.complete || !listed.ObservedAt.Equal(at) {
				t.Errorf("%s, from the end: %+v %v", tt.name, listed, err)
			}
		}
	}
}
