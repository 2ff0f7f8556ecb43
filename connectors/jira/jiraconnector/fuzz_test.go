package jiraconnector_test

import (
	"encoding/json"
	"testing"

	"github.com/tidegate-go/tidegate/connectors/jira/jiraconnector"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Whatever Jira sends as an issue, the fact can be written and read again.
func FuzzIssue(f *testing.F) {
	f.Add([]byte(`{"id":"1","key":"A-1","fields":{"summary":"s","updated":"2026-12-01T10:00:00.000+0000","status":{"name":"x","statusCategory":{"key":"done"}}}}`))
	f.Add([]byte(`{"id":"1","key":"","fields":{"assignee":{"accountId":""},"labels":null,"components":[{}],"updated":"0000-01-01T00:00:00.000-2359"}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var one jiraconnector.Issue
		if json.Unmarshal(text, &one) != nil {
			return
		}
		item := jiraconnector.ReadIssue(one)
		if item.Category > fact.Done || (item.Assignee.System == "") != (item.Assignee.ID == "") {
			t.Errorf("%+v", item)
		}
		if item.Updated.Year() > 9999 {
			t.Errorf("updated %v", item.Updated)
		}
		if item.Link.Fault() != nil { // a key that is none: for a rule to report
			item.Link = ""
		}
		out, err := strictjson.Encode(item)
		if err != nil {
			t.Fatal(err)
		}
		var again fact.WorkItem
		if err := strictjson.Decode(out, &again, nil); err != nil {
			t.Errorf("%s: %v", out, err)
		}
	})
}

func FuzzExplain(f *testing.F) {
	f.Add([]byte(`{"errorMessages":["no"],"errors":{"b":"2","a":"1"},"message":"m"}`))
	f.Add([]byte(`{"errors":[]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if got := jiraconnector.Explain(body); got != jiraconnector.Explain(body) {
			t.Errorf("%q", got)
		}
	})
}

func TestExplain(t *testing.T) {
	for body, want := range map[string]string{
		`{"errorMessages":["no"],"errors":{"b":"2","a":"1"},"message":"m"}`: "no; a: 1; b: 2; m",
		`{"errorMessages":[],"errors":{}}`:                                  "", `<html>`: "", `{"errors":["x"]}`: "", ``: "",
	} {
		if got := jiraconnector.Explain([]byte(body)); got != want {
			t.Errorf("%s: %q", body, got)
		}
	}
}

func FuzzCursor(f *testing.F) {
	for _, s := range []string{"", "end:", `{"at":"2026-12-07T12:00:00Z","end":true}`, `{"at":"2026-12-07T12:00:00Z","incomplete":true,"seen":["1","2"],"token":"x"}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		again, err := jiraconnector.ParseCursor(text)
		if err == nil && text != "" && again != text {
			t.Errorf("%q is read as %q", text, again)
		}
	})
}
