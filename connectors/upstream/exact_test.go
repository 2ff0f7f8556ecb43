package upstream_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
)

type page struct {
	Items []struct {
		ID   int            `json:"id"`
		More map[string]any `json:"more"`
	} `json:"items"`
	Last *bool `json:"last"`
}

func TestExact(t *testing.T) {
	for _, tt := range []struct{ text, says string }{
		{`{"items":[{"id":1}],"last":true,"new":{"a":1}}`, ""},
		{` {"items":null}`, ""},
		{`null`, "is no JSON object"},
		{`[]`, "is no JSON object"},
		{`7`, "is no JSON object"},
		{``, "is no JSON object"},
		{`{"items":[],"items":[]}`, `"items" comes twice in one object`},
		{`{"new":{"a":1,"a":2}}`, `"a" comes twice`},
		{`{"items":[{"id":1,"ID":2}]}`, `"ID" is written in place of "id"`},
		{`{"Items":[]}`, `"Items" is written in place of "items"`},
		{`{"Why":"x"}`, `"Why" is written in place of "why"`},
		{`{"items":[`, "EOF"},
		{`{"items":7}`, "cannot unmarshal number"},
	} {
		var p page
		var other struct {
			Why string `json:"why"`
		}
		err := upstream.Exact([]byte(tt.text), &p, &other)
		if (err == nil) != (tt.says == "") || err != nil && !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v, want %q", tt.text, err, tt.says)
		}
	}
	var p page
	if err := upstream.Exact([]byte(`{"items":[{"id":7,"more":{"x":null}}]}`), &p); err != nil || len(p.Items) != 1 || p.Items[0].ID != 7 {
		t.Errorf("%+v %v", p, err)
	}
}

func TestFaults(t *testing.T) {
	a := upstream.Answer{Status: 206, RequestID: "r-1"}
	want := &connectors.Diagnostic{Code: "bad-answer", Origin: connectors.FromUpstream, Summary: "page 2 is empty", Status: 206, RequestID: "r-1"}
	if diff := cmp.Diff(want, upstream.BadAnswer(a, "page %d is empty", 2)); diff != "" {
		t.Error(diff)
	}
	want = &connectors.Diagnostic{Code: "invalid-query", Origin: connectors.FromConfig, Path: "jql", Summary: `jql "" is empty`}
	if diff := cmp.Diff(want, upstream.Invalid("jql", "jql %q is empty", "")); diff != "" {
		t.Error(diff)
	}
	c, err := upstream.New("https://example.com", nil)
	if err != nil {
		t.Fatal(err)
	}
	moment := time.Date(2026, 12, 1, 10, 0, 0, 0, time.FixedZone("", 3600))
	if got := c.Observed(upstream.Answer{Date: moment}); !got.Equal(moment) || got.Location() != time.UTC {
		t.Errorf("observed at %v", got)
	}
	if got := c.Observed(a); time.Since(got) > time.Minute || got.Location() != time.UTC {
		t.Errorf("observed at %v", got)
	}
}
