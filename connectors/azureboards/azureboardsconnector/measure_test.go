package azureboardsconnector_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/azureboards"
	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardsconnector"
	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardstest"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

func TestMeasure(t *testing.T) {
	s := shop(t, upstream.Options{})
	population := func(q fact.Query) fact.Query { p, _ := q.Counted(); return p }
	for _, tt := range []struct {
		q    fact.Query
		want value.Number
		unit value.Unit
		link string
	}{
		{azureboards.Count(azureboards.Tagged("1.0")), 3, value.Count, "/acme/Shop/_workitems?_a=query&wiql=SELECT+%5BSystem.Id%5D"},
		{azureboards.Count(azureboards.Tagged("1.0") + " AND [System.State] = 'Closed'"), 0, value.Count, ""},
		{azureboards.Count(azureboards.InArea(`Shop\Web`) + " OR [Microsoft.VSTS.Common.Severity] = '1 - Critical'"), 2, value.Count, ""},
		{azureboards.Count(azureboards.InIteration("Shop")), 9, value.Count, ""},
		{azureboards.Count("[System.Title] = " + azureboards.Quote("Nine's")), 1, value.Count, ""},
		{azureboards.Burndown("Checkout"), 2, value.Count, "/_sprints/taskboard/Checkout/Shop/Sprint%202"},
		{population(azureboards.Burndown("Checkout")), 3, value.Count, ""},
		{azureboards.RemainingWork("Checkout"), 5.5, value.Hours, ""},
	} {
		got, err := s.Measure(t.Context(), tt.q)
		if err != nil {
			t.Errorf("%v: %v", tt.q, err)
			continue
		}
		want := fact.Result{Query: tt.q, Complete: true, ObservedAt: at, CollectedAt: at, Source: "Azure Boards", Link: got.Link,
			Value: value.Quantity{Value: tt.want, Unit: tt.unit}}
		if diff := cmp.Diff(want, got); diff != "" || got.Link.Fault() != nil || !strings.Contains(string(got.Link), tt.link) {
			t.Errorf("%v: link %s (-want +got):\n%s", tt.q, got.Link, diff)
		}
	}
}

// What cannot be answered is a failure with a reason, never a zero.
func TestMeasureRefuses(t *testing.T) {
	s := shop(t, upstream.Options{})
	count := fact.NewQuery("azureboards", "count", fact.Number(value.Count))
	burndown := fact.NewQuery("azureboards", "burndown", fact.Number(value.Count)).With("team", "Checkout")
	for _, tt := range []struct {
		name             string
		q                fact.Query
		code, path, says string
	}{
		{"no such field", azureboards.Count("[System.Stat] = 'New'"), connectors.CodeInvalidQuery, "where", "TF51005"},
		{"syntax", azureboards.Count("[System.State] ="), connectors.CodeInvalidQuery, "where", "TF51006"},
		{"empty", azureboards.Count(" "), connectors.CodeInvalidQuery, "where", "is empty"},
		{"too long", azureboards.Count("[System.Title] = '" + strings.Repeat("ä", 32_000) + "'"), connectors.CodeInvalidQuery, "where", "32000 are the most"},
		{"another query behind it", azureboards.Count("[System.Id] > 0 ) OR ( [System.Id] > 0"), connectors.CodeInvalidQuery, "where", "did not open"},
		{"open", azureboards.Count("( [System.Id] > 0"), connectors.CodeInvalidQuery, "where", "does not close"},
		{"an order", azureboards.Count("[System.Id] > 0 order by [System.Title]"), connectors.CodeInvalidQuery, "where", "the word ORDER"},
		{"a time", azureboards.Count("[System.Id] > 0 ASOF '2020-01-01'"), connectors.CodeInvalidQuery, "where", "the word ASOF"},
		{"a text that does not end", azureboards.Count("[System.Title] = 'x"), connectors.CodeInvalidQuery, "where", "does not end"},
		{"no parameters", count, connectors.CodeInvalidQuery, "where", "where"},
		{"odd parameter", azureboards.Count("[System.Id] > 0").With("top", "7"), connectors.CodeInvalidQuery, "top", "top"},
		{"unknown kind", fact.NewQuery("azureboards", "boards", fact.Number(value.Count)), connectors.CodeUnknownKind, "kind", "boards"},
		{"other unit", fact.NewQuery("azureboards", "count", fact.Number(value.Percent)).With("where", "a"), connectors.CodeInvalidQuery, "yields", "want a number"},
		{"hours of a count", burndown.With("number", "remaining"), connectors.CodeInvalidQuery, "yields", "is one of h"},
		{"what of the iteration", burndown.With("number", "points"), connectors.CodeInvalidQuery, "number", "points"},
		{"no such team", azureboards.Burndown("Nobody"), connectors.CodeNotFound, "", "The team with id 'Nobody' does not exist"},
		{"no current iteration", azureboards.Burndown("Idle"), connectors.CodeNotFound, "team", `team "Idle" has no current iteration`},
		{"a team as a path", azureboards.RemainingWork("../x"), connectors.CodeInvalidQuery, "team", "cannot be part of a path"},
		{"a list", azureboards.Items("[System.Id] > 0"), connectors.CodeUnknownKind, "kind", "work-items"},
	} {
		r, err := s.Measure(t.Context(), tt.q)
		d := diagnostic(t, err)
		if d.Code != tt.code || d.Path != tt.path || !strings.Contains(d.Summary, tt.says) || d.Retryable || r.Complete {
			t.Errorf("%s: %+v", tt.name, d)
		}
	}
}

// A condition is one, whatever stands in its texts and names of fields.
func TestCondition(t *testing.T) {
	for where, ok := range map[string]bool{
		`[System.Id] > 0`: true, `( [A] = 1 OR [B] = 2 ) AND [C] = 3`: true, `[A] = 'x) OR (y'`: true, `[A] = "order by"`: true, `[Order] = 1`: true,
		`[A] = 'it''s ( fine'`: true, `[A] = 'a' AND NOT ( [B] = 'b' )`: true, `[A] = 1) OR (1 = 1`: false, `)(`: false, `((`: false, `[A`: false, `"`: false,
		`[A] = 1 order by [B]`: false, "[A] = 1\nASOF\t'2020'": false, `[A] IN (SELECT [B] FROM WorkItems)`: false, `[A] = 1 mode (Recursive)`: false, "\t": false,
	} {
		if err := azureboardsconnector.Condition(where); (err == nil) != ok {
			t.Errorf("%q: %v", where, err)
		}
	}
}

// 20,000 items are counted, and one more is a failure that says so.
func TestLimit(t *testing.T) {
	s := open(t, nil, upstream.Options{})
	items := make([]azureboardstest.Item, azureboardstest.MaxFound)
	for i := range items {
		items[i] = azureboardstest.Item{ID: int64(i + 1)}
	}
	s.AddItems(items...)
	q := azureboards.Count("[System.Id] > 0")
	if r, err := s.Measure(t.Context(), q); err != nil || !r.Complete || r.Value.Value != azureboardstest.MaxFound || s.Requests() != 2 {
		t.Errorf("%v, complete is %v, %v after %d requests", r.Value, r.Complete, err, s.Requests())
	}
	s.AddItems(azureboardstest.Item{ID: 20_001})
	r, err := s.Measure(t.Context(), q)
	if d := diagnostic(t, err); d.Code != connectors.CodeTooLarge || d.Path != "where" || !strings.Contains(d.Summary, "20000") || r.Complete {
		t.Errorf("%+v", d)
	}
	// A service that stops at its limit without a word.
	var ids []string
	for id := range azureboardstest.MaxFound {
		ids = append(ids, fmt.Sprintf(`{"id":%d}`, id+1))
	}
	s.Fail(1, standin.JSON(`{"queryType":"flat","workItems":[`+strings.Join(ids, ",")+`]}`))
	if _, err = s.Measure(t.Context(), q); diagnostic(t, err).Code != connectors.CodeTooLarge {
		t.Error(err)
	}
}

// Remaining work that nobody has told is not zero.
func TestRemainingWork(t *testing.T) {
	for _, tt := range []struct {
		name     string
		item     azureboardstest.Item
		want     value.Number
		complete bool
	}{
		{"told", azureboardstest.Item{Remaining: 2}, 7.5, true},
		{"told to be none", azureboardstest.Item{}, 5.5, true},
		{"not told", azureboardstest.Item{Remaining: -1}, 5.5, false},
		{"not told of what is done", azureboardstest.Item{Remaining: -1, State: "Closed"}, 5.5, true},
		{"not told of a state of one's own", azureboardstest.Item{Remaining: -1, State: "Waiting"}, 5.5, false},
		{"told of a removed item", azureboardstest.Item{Remaining: 1, State: "Removed"}, 6.5, true},
	} {
		s := shop(t, upstream.Options{})
		tt.item.ID, tt.item.Iteration = 10, `Shop\Sprint 2`
		s.AddItems(tt.item)
		r, err := s.Measure(t.Context(), azureboards.RemainingWork("Checkout"))
		if err != nil || r.Complete != tt.complete || r.Value.Value != tt.want {
			t.Errorf("%s: %v, complete is %v, %v", tt.name, r.Value, r.Complete, err)
		}
	}
}

// States of one's own go before the usual ones.
func TestStates(t *testing.T) {
	s := open(t, func(c *azureboardsconnector.Config) {
		c.States = azureboardsconnector.States{InProgress: []string{"waiting", "Done"}, Done: []string{"Removed"}}
	}, upstream.Options{})
	fill(s.Server)
	items, _, _, err := s.list(t, azureboards.Items("[System.Id] > 0"), "")
	got := map[string]fact.Category{}
	for _, item := range items {
		got[item.Status] = item.Category
	}
	want := map[string]fact.Category{"Active": fact.InProgress, "In Progress": fact.InProgress, "Closed": fact.Done, "New": fact.ToDo,
		"Removed": fact.Done, "Waiting": fact.InProgress, "Resolved": fact.InProgress, "Done": fact.InProgress}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}
