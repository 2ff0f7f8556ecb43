package jiraconnector_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/faulttest"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/jira"
	"github.com/tidegate-go/tidegate/connectors/jira/jiraconnector"
	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// everything is one query of every kind.
var everything = []fact.Query{
	jira.Count("project = SHOP"), jira.Items("project = SHOP"), jira.ItemsWith("project = SHOP", jira.Fields{Note: "Note"}),
	jira.Approvals("project = SHOP"), jira.Unresolved("SHOP", "1.0"), jira.Version("SHOP", "1.0"), jira.Burndown(7),
}

// The table of faults that every connector goes through.
func TestFaultTable(t *testing.T) {
	faulttest.Run(t, faulttest.Style{
		Refuse:  jiratest.Status,
		Limited: func(wait time.Duration) standin.Fault { return jiratest.Limited(strconv.Itoa(int(wait / time.Second))) },
		Rows: []faulttest.Row{
			{Name: "limited until", Fault: func(string) standin.Fault { return jiratest.LimitedUntil(at.Add(time.Hour)) }, Code: connectors.CodeRateLimited,
				Retryable: true, Says: "Rate limit exceeded", Status: 429},
			{Name: "anonymous", Fault: func(string) standin.Fault { return jiratest.Anonymous() }, Code: connectors.CodeUnauthorized, Says: "AUTHENTICATED_FAILED", Status: 200},
		},
	}, func(t *testing.T, opts upstream.Options) faulttest.Site {
		s := rich(t, opts)
		return faulttest.Site{Server: s.Server.Server, Instance: s.Instance, Secret: jiratest.Token, Queries: everything, Own: own}
	})
}

// rich is a site that has an answer to everything, in pages of two.
func rich(t *testing.T, opts upstream.Options) setup {
	t.Helper()
	s := openWith(t, func(c *jiraconnector.Config) { c.PageSize, c.Projects, c.Boards = 2, []string{"SHOP"}, []int64{7} }, opts)
	s.AddIssues(many(5)...)
	s.AddFields(jiratest.Field{ID: "customfield_1", Name: "Note"})
	s.AddIssues(jiratest.Issue{Key: "SHOP-1", FixVersions: []string{"1.0"}, Sprint: 31, Created: at})
	s.AddBoard(7, jiratest.Sprint{ID: 31, State: "active"})
	return s
}

// own are the rows that depend on the form of the answers.
var own = map[string]func(t *testing.T){
	"revoked mid-way":          revoked,
	"clock skew":               skewed,
	"duplicated between pages": duplicated,
	"vanishing between pages":  vanishing,
	"page token repeats":       TestCursorLoop,
	"null fields":              nulls,
	"huge numbers":             huge,
	"unknown enum values":      unknown,
	"empty results":            empty,
}

// ask asks a query, whatever its shape.
func (s setup) ask(t *testing.T, q fact.Query) (complete bool, err error) {
	t.Helper()
	if q.Yields.Shape.Items() {
		_, _, listed, err := s.list(t, q, "")
		return listed.Complete, err
	}
	r, err := s.Measure(t.Context(), q)
	return r.Complete, err
}

// A token that is revoked after the first request ends the answer: nothing of it
// is complete. Jira may answer then as it answers everybody.
func revoked(t *testing.T) {
	for _, fault := range []standin.Fault{jiratest.Status(401, "no"), jiratest.Anonymous()} {
		for _, q := range everything[1:] {
			if q.Kind == "version" && q.Yields.Shape.Items() {
				continue // one request
			}
			s := rich(t, upstream.Options{})
			s.Fail(1, standin.Pass())
			s.Fail(-1, fault)
			complete, err := s.ask(t, q)
			if d := diagnostic(t, err); d.Code != connectors.CodeUnauthorized || complete || s.Requests() != 2 {
				t.Errorf("%v: %+v, complete is %v, %d requests", q, d, complete, s.Requests())
			}
		}
	}
}

// An answer is of when Jira says, however wrong its clock is: what judges it
// says that it is stale or of the future.
func skewed(t *testing.T) {
	for _, off := range []time.Duration{-48 * time.Hour, 48 * time.Hour} {
		s := rich(t, upstream.Options{})
		s.SetNow(func() time.Time { return at.Add(off) })
		for _, q := range everything {
			if q.Yields.Shape.Items() {
				if _, _, listed, err := s.list(t, q, ""); err != nil || !listed.ObservedAt.Equal(at.Add(off)) {
					t.Errorf("%v: observed at %v, %v", q, listed.ObservedAt, err)
				}
			} else if r, err := s.Measure(t.Context(), q); err != nil || !r.ObservedAt.Equal(at.Add(off)) {
				t.Errorf("%v: observed at %v, %v", q, r.ObservedAt, err)
			}
		}
	}
}

// page is a page of a search with issues, the last one without a token.
func page(token string, keys ...string) standin.Fault {
	var all []string
	for _, key := range keys {
		all = append(all, `{"id":"`+strings.TrimPrefix(key, "A-")+`","key":"`+key+`","fields":{}}`)
	}
	end := `"isLast":true}`
	if token != "" {
		end = `"isLast":false,"nextPageToken":"` + token + `"}`
	}
	return standin.JSON(`{"issues":[` + strings.Join(all, ",") + `],` + end)
}

// An issue that comes on two pages stands in the place of another.
func duplicated(t *testing.T) {
	for _, q := range everything[:2] {
		s := rich(t, upstream.Options{})
		s.Fail(1, page("t", "A-1", "A-2"))
		s.Fail(1, page("", "A-2", "A-3"))
		if complete, err := s.ask(t, q); err != nil || complete {
			t.Errorf("%v: complete is %v, %v", q, complete, err)
		}
	}
}

// Jira's token stands for a moment of the index: what vanishes moves nothing in
// front of it, and one of the pages may come out shorter. The stand-in's token is
// a position, so that what moves up is missed; nothing tells that apart, which is
// why the answer is as of its first page and a gate asks again.
func vanishing(t *testing.T) {
	s := rich(t, upstream.Options{})
	s.Fail(1, page("t", "A-1", "A-2"))
	s.Fail(1, page("u"))
	s.Fail(1, page("", "A-3"))
	items, _, listed, err := s.list(t, everything[1], "")
	if err != nil || !listed.Complete || len(items) != 3 || !listed.ObservedAt.Equal(at) {
		t.Errorf("%d items, %+v, %v", len(items), listed, err)
	}
	s.Fail(1, page("t", "A-1", "A-2"))
	s.Fail(1, jiratest.Status(400, "The provided next page token is invalid or expired."))
	if _, _, listed, err := s.list(t, everything[1], ""); diagnostic(t, err).Code != connectors.CodeInvalidQuery || listed.Complete {
		t.Errorf("%+v %v", listed, err)
	}
}

func nulls(t *testing.T) {
	s := rich(t, upstream.Options{})
	s.Fail(1, standin.JSON(`{"issues":[{"id":"1","key":"A-1","fields":{"summary":null,"issuetype":null,"status":null,"priority":null,"assignee":null,"reporter":null,`+
		`"labels":null,"components":null,"updated":null,"issuelinks":null}},{"id":"2","key":"A-2","fields":null}],"isLast":true}`))
	items, _, listed, err := s.list(t, everything[1], "")
	if err != nil || !listed.Complete || len(items) != 2 || items[0].Category != fact.UnknownCategory || items[0].Assignee != (fact.Account{}) {
		t.Errorf("%+v %+v %v", items, listed, err)
	}
	for _, body := range []string{`{"issues":[{"id":null,"key":"A-1"}],"isLast":true}`, `{"issues":[{"id":"1","key":null}],"isLast":true}`, `{"issues":null,"isLast":true}`} {
		s.Fail(1, standin.JSON(body))
		if _, _, _, err := s.list(t, everything[1], ""); diagnostic(t, err).Code != connectors.CodeBadAnswer {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func huge(t *testing.T) {
	s := rich(t, upstream.Options{})
	for _, body := range []string{`{"issuesCount":1e400,"issuesUnresolvedCount":0}`, `{"issuesCount":99999999999999999999,"issuesUnresolvedCount":1}`, `{"issuesCount":3,"issuesUnresolvedCount":1e99}`} {
		s.Fail(1, standin.Pass())
		s.Fail(1, standin.JSON(body))
		if r, err := s.Measure(t.Context(), everything[4]); diagnostic(t, err).Code != connectors.CodeBadAnswer || r.Complete {
			t.Errorf("%s: %v", body, err)
		}
	}
	s.Fail(1, standin.JSON(`{"values":[{"id":99999999999999999999,"state":"active"}],"isLast":true}`))
	if _, err := s.Measure(t.Context(), everything[6]); diagnostic(t, err).Code != connectors.CodeBadAnswer {
		t.Error(err)
	}
}

func unknown(t *testing.T) {
	s := rich(t, upstream.Options{})
	s.Fail(1, standin.JSON(`{"issues":[{"id":"1","key":"A-1","fields":{"status":{"name":"Fertig","statusCategory":{"key":"finished"}},"updated":"soon"}}],"isLast":true}`))
	items, _, listed, err := s.list(t, everything[1], "")
	if err != nil || !listed.Complete || items[0].Category != fact.UnknownCategory || items[0].Status != "Fertig" || !items[0].Updated.IsZero() {
		t.Errorf("%+v %v", items, err)
	}
	s.Fail(1, standin.JSON(`{"values":[{"id":31,"state":"paused"}],"isLast":true}`))
	if _, err := s.Measure(t.Context(), everything[6]); diagnostic(t, err).Code != connectors.CodeBadAnswer {
		t.Error(err)
	}
}

// Nothing is an answer only where Jira says so; a wrong version or board is none.
func empty(t *testing.T) {
	s := rich(t, upstream.Options{})
	for _, q := range []fact.Query{jira.Count("labels = none"), jira.Items("labels = none"), jira.Approvals("labels = none")} {
		if complete, err := s.ask(t, q); err != nil || !complete {
			t.Errorf("%v: complete is %v, %v", q, complete, err)
		}
	}
	for _, tt := range []struct {
		q    fact.Query
		code string
	}{{jira.Unresolved("SHOP", "2.0"), connectors.CodeNotFound}, {jira.Version("SHOP", "2.0"), connectors.CodeNotFound}, {jira.Burndown(8), connectors.CodeNotFound}, {jira.Count("fixVersion = 2.0"), connectors.CodeInvalidQuery}} {
		if complete, err := s.ask(t, tt.q); diagnostic(t, err).Code != tt.code || complete {
			t.Errorf("%v: %v", tt.q, err)
		}
	}
}
