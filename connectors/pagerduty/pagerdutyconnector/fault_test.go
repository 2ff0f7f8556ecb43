package pagerdutyconnector_test

import (
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/faulttest"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/pagerduty"
	"github.com/tidegate-go/tidegate/connectors/pagerduty/pagerdutyconnector"
	"github.com/tidegate-go/tidegate/connectors/pagerduty/pagerdutytest"
	"github.com/tidegate-go/tidegate/connectors/upstream"
)

// What goes wrong between the connector and PagerDuty, in PagerDuty's own form:
// 429 has the seconds to wait in ratelimit-reset.
func TestFaults(t *testing.T) {
	style := faulttest.Style{
		Refuse: pagerdutytest.Status,
		Limited: func(wait time.Duration) standin.Fault {
			return pagerdutytest.Limited(strconv.Itoa(int(wait / time.Second)))
		},
		Rows: []faulttest.Row{
			{Name: "an error with 200", Fault: func(string) standin.Fault { return standin.JSON(`{"error":{"message":"no","code":2001}}`) },
				Code: connectors.CodeBadAnswer, Says: "it has error", Status: 200},
			{Name: "an error that is a text", Fault: func(secret string) standin.Fault {
				return standin.Answer(400, "application/json", `{"error":"no `+secret+`"}`)
			}, Code: connectors.CodeInvalidQuery, Says: "no [redacted]", Status: 400},
			{Name: "an error with details", Fault: func(string) standin.Fault {
				return standin.Answer(400, "application/json", `{"error":{"message":"Invalid Input Provided","code":2001,"errors":["limit is too large"]}}`)
			}, Code: connectors.CodeInvalidQuery, Says: "Invalid Input Provided (2001); limit is too large", Status: 400},
			{Name: "not acceptable", Fault: func(string) standin.Fault {
				return pagerdutytest.Status(http.StatusPaymentRequired, "Payment Required")
			},
				Code: connectors.CodeForbidden, Says: "Payment Required", Status: 402},
		},
	}
	faulttest.Run(t, style, func(t *testing.T, opts upstream.Options) faulttest.Site {
		s := open(t, nil, opts)
		furnish(s.Server)
		return faulttest.Site{Server: s.Server.Server, Instance: s.Instance, Secret: pagerdutytest.Key,
			Queries: slices.Concat(everyNumber, everyList),
			Own: map[string]func(*testing.T){
				"revoked mid-way": testRevoked, "clock skew": testClockSkew,
				"duplicated between pages": TestShiftingPages, "vanishing between pages": TestShiftingPages, "page token repeats": TestOddPages,
				"null fields": TestOddPages, "huge numbers": TestOddPages, "unknown enum values": TestServices, "empty results": TestUnknownScope,
			}}
	})
}

// The faults of the list itself, once the services are known.
func TestFaultsOfTheList(t *testing.T) {
	for name, tt := range map[string]struct {
		fault standin.Fault
		code  string
	}{
		"401": {pagerdutytest.Status(401, "no"), connectors.CodeUnauthorized}, "403": {pagerdutytest.Status(403, "no"), connectors.CodeForbidden},
		"404": {pagerdutytest.Status(404, "no"), connectors.CodeNotFound}, "429": {pagerdutytest.Limited("3600"), connectors.CodeRateLimited},
		"500": {pagerdutytest.Status(500, "no"), connectors.CodeUnavailable}, "{}": {standin.JSON(`{}`), connectors.CodeBadAnswer},
		"[]": {standin.JSON(`[]`), connectors.CodeBadAnswer}, "truncated": {standin.Truncated(), connectors.CodeBadAnswer}, "HTML": {standin.SignIn(), connectors.CodeBadAnswer},
	} {
		for _, q := range slices.Concat(everyNumber, everyList) {
			if q.Kind == "services" {
				continue
			}
			s := open(t, nil, upstream.Options{Retries: -1})
			furnish(s.Server)
			s.Fail(1, standin.Pass())
			s.Fail(-1, tt.fault)
			s.refused(t, q, tt.code, "")
			if n := s.Requests(); n != 2 {
				t.Errorf("%s: %v: %d requests", name, q, n)
			}
		}
	}
}

// A key that is revoked between two pages fails the list.
func testRevoked(t *testing.T) {
	s := open(t, func(c *pagerdutyconnector.Config) { c.PageSize = 10 }, upstream.Options{})
	s.SetIncidents(many(50)...)
	s.Fail(3, standin.Pass()) // the services, the first page and the second
	s.Fail(-1, pagerdutytest.Status(http.StatusUnauthorized, "Authentication failed"))
	all, _, listed, err := s.list(t, pagerduty.OpenIncidents(team), "")
	if d := diagnostic(t, err); d.Code != connectors.CodeUnauthorized || listed.Complete || len(all.Incidents) != 19 || s.Requests() != 4 {
		t.Errorf("%d incidents, %+v, %+v after %d requests", len(all.Incidents), listed, d, s.Requests())
	}
}

// Whatever our clock says, "recent" and "now" are by PagerDuty's.
func testClockSkew(t *testing.T) {
	for _, skew := range []time.Duration{-48 * time.Hour, -10 * time.Minute, 10 * time.Minute, 48 * time.Hour} {
		s := open(t, nil, upstream.Options{})
		theirs := time.Now().Add(skew).Truncate(time.Second)
		s.SetNow(func() time.Time { return theirs })
		s.SetIncidents(pagerdutytest.Incident{ID: "just-now", Service: "PPAY", Opened: theirs.Add(-time.Minute), Resolved: theirs.Add(-30 * time.Second)},
			pagerdutytest.Incident{ID: "before", Service: "PPAY", Opened: theirs.Add(-20 * time.Minute), Resolved: theirs.Add(-15 * time.Minute)})
		all, _, listed, err := s.list(t, pagerduty.RecentIncidents(team, 5*time.Minute), "")
		if err != nil || ids(all.Incidents) != "just-now" || !listed.ObservedAt.Equal(theirs) {
			t.Errorf("skew %v: %s, %+v, %v", skew, ids(all.Incidents), listed, err)
		}
	}
}

// The server's own rate limit is kept to: everything is answered, some of it later.
func TestRateLimit(t *testing.T) {
	c := &faulttest.Clock{}
	s := open(t, func(c *pagerdutyconnector.Config) { c.PageSize = 10 }, upstream.Options{Clock: c, Rand: func() float64 { return 0 }})
	base := time.Now()
	s.SetNow(func() time.Time { return at.Add(c.Now().Sub(base)) })
	s.SetIncidents(many(80)...)
	s.Limit(3, 1)
	all, _, listed, err := s.list(t, pagerduty.OpenIncidents(team), "")
	if err != nil || !listed.Complete || len(all.Incidents) != 80 || c.Waited() < 5*time.Second {
		t.Errorf("%d incidents, %+v, %v, waited %v", len(all.Incidents), listed, err, c.Waited())
	}
}

func TestExplain(t *testing.T) {
	for body, want := range map[string]string{
		`{"error":{"code":2001,"message":"no","errors":["a","b"]}}`: "no (2001); a; b", `{"error":{"message":"no"}}`: "no", `{"error":{"errors":["a"]}}`: "a",
		`{"error":"no"}`: "no", `{"error":{"message":"no","errors":"x"}}`: "no", `{"error":7}`: "", `<html>`: "", ``: "", `{}`: "",
	} {
		if got := pagerdutyconnector.Explain([]byte(body)); got != want {
			t.Errorf("%s: %q", body, got)
		}
	}
}

func FuzzExplain(f *testing.F) {
	f.Add([]byte(`{"error":{"code":2001,"message":"no","errors":["a"]}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if got := pagerdutyconnector.Explain(body); got != pagerdutyconnector.Explain(body) {
			t.Errorf("%q", got)
		}
	})
}

func FuzzPlace(f *testing.F) {
	for _, s := range []string{"", `{"offset":9,"last":"I1","total":20}`, `{"phase":1}`, `{"offset":-1}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := pagerdutyconnector.ParsePlace(text)
		if err == nil && text != "" && p.String() != text {
			t.Errorf("%q is read as %q", text, p)
		}
	})
}
