package azureboardsconnector_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/azureboards"
	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardsconnector"
	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardstest"
	"github.com/tidegate-go/tidegate/connectors/connectortest/faulttest"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// everything is one query of every kind.
var everything = []fact.Query{
	azureboards.Count("[System.Id] > 0"), azureboards.Items("[System.Id] > 0"), azureboards.LinkedTo("[System.Id] > 0", "jira.example.com"),
	azureboards.Iterations("Checkout"), azureboards.Burndown("Checkout"), azureboards.RemainingWork("Checkout"),
}

func TestFaults(t *testing.T) {
	faulttest.Run(t, faulttest.Style{
		Refuse: azureboardstest.Status, Limited: azureboardstest.Limited, Page: connectors.CodeUnauthorized,
		Rows: []faulttest.Row{
			{Name: "sign-in page", Fault: func(string) standin.Fault { return azureboardstest.SignIn() }, Code: connectors.CodeUnauthorized,
				Says: "did not accept the token", Status: 203},
			{Name: "led to sign in", Fault: func(string) standin.Fault { return azureboardstest.ToSignIn() }, Code: connectors.CodeUnauthorized,
				Says: "did not accept the token"},
		},
	}, func(t *testing.T, opts upstream.Options) faulttest.Site {
		s := shop(t, opts)
		return faulttest.Site{Server: s.Server.Server, Instance: s.Instance, Secret: azureboardstest.Token, Queries: everything, Own: own}
	})
}

// own are the rows that depend on the form of the answers.
var own = map[string]func(t *testing.T){
	"revoked mid-way":          revoked,
	"clock skew":               skewed,
	"duplicated between pages": duplicated,
	"vanishing between pages":  vanishing,
	"page token repeats":       repeated,
	"null fields":              nulls,
	"huge numbers":             huge,
	"unknown enum values":      unknown,
	"empty results":            empty,
}

// A token that is revoked after the first request ends the answer: nothing of
// it is complete.
func revoked(t *testing.T) {
	for _, q := range everything[1:] {
		if q.Kind == "iterations" {
			continue // one request
		}
		s := shop(t, upstream.Options{})
		s.Fail(1, standin.Pass())
		s.Fail(-1, azureboardstest.SignIn())
		complete, err := false, error(nil)
		if q.Yields.Shape.Items() {
			var listed connectors.Listed
			_, _, listed, err = s.list(t, q, "")
			complete = listed.Complete
		} else {
			var r fact.Result
			r, err = s.Measure(t.Context(), q)
			complete = r.Complete
		}
		if d := diagnostic(t, err); d.Code != connectors.CodeUnauthorized || complete || s.Requests() != 2 {
			t.Errorf("%v: %+v, complete is %v, %d requests", q, d, complete, s.Requests())
		}
	}
}

// An answer is of when the service says, however wrong its clock is: what
// judges it says that it is stale or of the future.
func skewed(t *testing.T) {
	for _, off := range []time.Duration{-48 * time.Hour, 48 * time.Hour} {
		s := shop(t, upstream.Options{})
		s.SetNow(func() time.Time { return at.Add(off) })
		s.AddItems(azureboardstest.Item{ID: 1, Changed: at.Add(-96 * time.Hour)})
		for _, q := range []fact.Query{everything[0], everything[4]} {
			if r, err := s.Measure(t.Context(), q); err != nil || !r.ObservedAt.Equal(at.Add(off)) {
				t.Errorf("%v: observed at %v, %v", q, r.ObservedAt, err)
			}
		}
	}
}

// idsOf is the answer to a query that finds ids.
func idsOf(id ...int) string {
	var all []string
	for _, n := range id {
		all = append(all, fmt.Sprintf(`{"id":%d}`, n))
	}
	return `{"queryType":"flat","asOf":"` + at.Format(time.RFC3339) + `","workItems":[` + strings.Join(all, ",") + `]}`
}

// An id that stands twice in a query stands in the place of another: incomplete.
// An item that a batch has twice is no answer.
func duplicated(t *testing.T) {
	s := shop(t, upstream.Options{})
	s.Fail(1, standin.JSON(idsOf(1, 2, 2, 3)))
	if r, err := s.Measure(t.Context(), everything[0]); err != nil || r.Complete || r.Value.Value != 3 {
		t.Errorf("%v, complete is %v, %v", r.Value, r.Complete, err)
	}
	s.Fail(1, standin.JSON(idsOf(1, 2)))
	s.Fail(1, standin.JSON(`{"count":2,"value":[{"id":1,"fields":{}},{"id":1,"fields":{}}]}`))
	if _, _, _, err := s.list(t, everything[1], ""); diagnostic(t, err).Code != connectors.CodeBadAnswer {
		t.Error(err)
	}
}

// An item that is deleted between the query and its batch is missed: incomplete.
func vanishing(t *testing.T) {
	s := shop(t, upstream.Options{})
	var items []fact.WorkItem
	listed, err := s.List(t.Context(), everything[1], "", func(p connectors.Page) error {
		s.Delete(4)
		items = append(items, p.WorkItems...)
		return nil
	})
	if err != nil || listed.Complete || ids(items) != "1 2 3 5 6 7 8 9" {
		t.Errorf("%+v %v: %s", listed, err, ids(items))
	}
}

// No operation that is asked has page tokens: what takes their place is the id
// behind which a query goes on. A service that ignores it repeats nothing.
func repeated(t *testing.T) {
	s := shop(t, upstream.Options{})
	_, cursors, _, err := s.list(t, everything[1], "")
	if err != nil {
		t.Fatal(err)
	}
	s.Fail(1, standin.JSON(idsOf(1, 2, 3, 4)))
	if items, _, listed, err := s.list(t, everything[1], cursors[0]); err != nil || !listed.Complete || ids(items) != "3 4" {
		t.Errorf("%+v %v: %s", listed, err, ids(items))
	}
}

// bodies answers the query and the batch with texts, and lists.
func bodies(t *testing.T, batch string) ([]fact.WorkItem, connectors.Listed, error) {
	t.Helper()
	s := open(t, nil, upstream.Options{})
	s.Fail(1, standin.JSON(idsOf(1)))
	s.Fail(1, standin.JSON(batch))
	items, _, listed, err := s.list(t, everything[1], "")
	return items, listed, err
}

func nulls(t *testing.T) {
	items, listed, err := bodies(t, `{"count":1,"value":[{"id":1,"fields":{"System.Title":null,"System.State":null,"System.Tags":null,"System.AssignedTo":null,`+
		`"System.CreatedBy":null,"System.AreaPath":null,"System.ChangedDate":null,"Microsoft.VSTS.Common.Priority":null},"relations":null}]}`)
	if err != nil || !listed.Complete || len(items) != 1 || items[0].Category != fact.UnknownCategory || items[0].Assignee != (fact.Account{}) || !items[0].Updated.IsZero() {
		t.Errorf("%+v %+v %v", items, listed, err)
	}
	for _, batch := range []string{`{"value":null}`, `{"count":1,"value":null}`, `{"value":[{"id":1,"fields":null}]}`, `{"value":[{"id":null,"fields":{}}]}`} {
		if _, listed, err := bodies(t, batch); diagnostic(t, err).Code != connectors.CodeBadAnswer || listed.Complete {
			t.Errorf("%s: %v", batch, err)
		}
	}
	if _, listed, err := bodies(t, `{"count":1,"value":[null]}`); err != nil || listed.Complete { // left out
		t.Errorf("%+v %v", listed, err)
	}
	s := shop(t, upstream.Options{})
	for _, body := range []string{`{"workItems":null}`, `{"queryType":"flat"}`, `{"workItems":[null]}`, `{"workItems":[{"id":null}]}`, `{"workItems":[],"asOf":"soon"}`,
		`{"queryType":"tree","workItems":[],"workItemRelations":[{}]}`, `{"queryType":"oneHop","workItems":[]}`, `{"WorkItems":[]}`, `{"workItems":[],"workItems":[]}`} {
		s.Fail(1, standin.JSON(body))
		if _, err := s.Measure(t.Context(), everything[0]); diagnostic(t, err).Code != connectors.CodeBadAnswer {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func huge(t *testing.T) {
	for _, batch := range []string{`{"count":1,"value":[{"id":1e99,"fields":{}}]}`, `{"count":99999999999999999999,"value":[]}`, `{"count":7,"value":[]}`,
		`{"count":1,"value":[{"id":99999999999,"fields":{}}]}`, `{"count":1,"value":[{"id":1.5,"fields":{}}]}`} {
		if _, listed, err := bodies(t, batch); diagnostic(t, err).Code != connectors.CodeBadAnswer || listed.Complete {
			t.Errorf("%s: %v", batch, err)
		}
	}
	if items, _, err := bodies(t, `{"count":1,"value":[{"id":1,"fields":{"Microsoft.VSTS.Common.Priority":123456789012345678901234567890}}]}`); err != nil || len(items) != 1 {
		t.Errorf("%+v %v", items, err)
	}
	for _, hours := range []string{"-1", "1e7", `"5"`, `{}`, "1e400"} {
		s := shop(t, upstream.Options{})
		s.Fail(2, standin.Pass())
		s.Fail(1, standin.JSON(`{"count":2,"value":[{"id":1,"fields":{"System.State":"New","Microsoft.VSTS.Scheduling.RemainingWork":`+hours+`}},{"id":2,"fields":{}}]}`))
		if r, err := s.Measure(t.Context(), everything[5]); diagnostic(t, err).Code != connectors.CodeBadAnswer || r.Complete {
			t.Errorf("%s hours: %v", hours, err)
		}
	}
}

func unknown(t *testing.T) {
	items, listed, err := bodies(t, `{"count":1,"value":[{"id":1,"fields":{"System.State":"Fertig","System.AssignedTo":7,"System.ChangedDate":"soon","Microsoft.VSTS.Common.Priority":"high"}}]}`)
	if err != nil || !listed.Complete || items[0].Category != fact.UnknownCategory || items[0].Status != "Fertig" || items[0].Priority != "" {
		t.Errorf("%+v %v", items, err)
	}
	s := shop(t, upstream.Options{})
	s.Fail(1, standin.JSON(`{"count":1,"value":[{"id":"`+sprint2+`","attributes":{"timeFrame":"soon"}}]}`))
	if _, err := s.Measure(t.Context(), everything[4]); diagnostic(t, err).Code != connectors.CodeBadAnswer {
		t.Error(err)
	}
	s.Fail(1, standin.JSON(`{"count":1,"value":[{"id":"`+sprint2+`","attributes":{"timeFrame":"past"}}]}`)) // the filter was ignored
	if _, err := s.Measure(t.Context(), everything[4]); diagnostic(t, err).Code != connectors.CodeNotFound {
		t.Error(err)
	}
	s.Fail(1, standin.JSON(`{"count":1,"value":[{"id":"`+sprint2+`","attributes":{"timeFrame":"soon"}}]}`))
	if items, _, _, err := s.list(t, everything[3], ""); err != nil || items[0].Category != fact.UnknownCategory {
		t.Errorf("%+v %v", items, err)
	}
}

// Nothing is an answer only where the service says so.
func empty(t *testing.T) {
	s := shop(t, upstream.Options{})
	if r, err := s.Measure(t.Context(), azureboards.Count("[System.Title] = 'none'")); err != nil || !r.Complete || r.Value.Value != 0 {
		t.Errorf("%v %v", r.Value, err)
	}
	for _, body := range []string{`{"count":0,"value":[]}`, `{"value":[]}`} {
		s.Fail(1, standin.JSON(body))
		if _, err := s.Measure(t.Context(), everything[4]); diagnostic(t, err).Code != connectors.CodeNotFound {
			t.Errorf("%s: %v", body, err)
		}
	}
	for _, body := range []string{`{"value":null}`, `{"values":[]}`, `{"count":1,"value":[]}`, `{"value":[{"name":"x"}]}`, `{"value":[{"id":"a"},{"id":"b"}]}`} {
		s.Fail(1, standin.JSON(body))
		if _, err := s.Measure(t.Context(), everything[4]); diagnostic(t, err).Code != connectors.CodeBadAnswer {
			t.Errorf("%s: %v", body, err)
		}
	}
	for _, body := range []string{`{"url":""}`, `{"workItemRelations":null}`, `{"workItemRelations":[{}]}`, `{"workItemRelations":[{"target":{"id":0}}]}`} {
		s.Fail(1, standin.Pass())
		s.Fail(1, standin.JSON(body))
		if _, err := s.Measure(t.Context(), everything[4]); diagnostic(t, err).Code != connectors.CodeBadAnswer {
			t.Errorf("%s: %v", body, err)
		}
	}
	s = open(t, func(c *azureboardsconnector.Config) {}, upstream.Options{})
	s.AddTeam("Checkout", azureboardstest.Iteration{ID: sprint2, TimeFrame: "current"})
	for _, q := range everything[4:] { // an iteration without items: zero, out of zero
		if r, err := s.Measure(t.Context(), q); err != nil || !r.Complete || r.Value.Value != 0 {
			t.Errorf("%v: %v %v", q, r.Value, err)
		}
	}
}
