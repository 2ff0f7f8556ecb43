package jiraconnector_test

import (
	"context"
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

// calls are the ways to make an instance ask.
var calls = map[string]func(t *testing.T, s setup) error{
	"check": func(t *testing.T, s setup) error { return s.Check(t.Context()) },
	"measure": func(t *testing.T, s setup) error {
		_, err := s.Measure(t.Context(), jira.Count("project = SHOP"))
		return err
	},
	"version": func(t *testing.T, s setup) error {
		_, err := s.Measure(t.Context(), jira.Unresolved("SHOP", "1.0"))
		return err
	},
	"burndown": func(t *testing.T, s setup) error {
		_, err := s.Measure(t.Context(), jira.Burndown(7))
		return err
	},
	"list": func(t *testing.T, s setup) error {
		_, _, listed, err := s.list(t, jira.Items("project = SHOP"), "")
		if err != nil && listed.Complete {
			t.Error("failed and complete")
		}
		return err
	},
}

// Every fault of Jira, by every way to ask, ends in the diagnostic that it is.
func TestFaults(t *testing.T) {
	echo := "no " + jiratest.Token + "\nreally"
	for _, tt := range []struct {
		name      string
		fault     standin.Fault
		code      string
		status    int
		retryable bool
		says      string
	}{
		{"bad request", jiratest.Status(400, echo), connectors.CodeInvalidQuery, 400, false, "no [redacted] really"},
		{"unauthorized", jiratest.Status(401, echo), connectors.CodeUnauthorized, 401, false, "no [redacted] really"},
		{"forbidden", jiratest.Status(403, echo), connectors.CodeForbidden, 403, false, "no [redacted] really"},
		{"not found", jiratest.Status(404, echo), connectors.CodeNotFound, 404, false, "no [redacted] really"},
		{"gone", jiratest.Status(410, "removed"), connectors.CodeGone, 410, false, "removed"},
		{"rate limited", jiratest.Limited("3600"), connectors.CodeRateLimited, 429, true, "Rate limit exceeded"},
		{"rate limited until", jiratest.LimitedUntil(at.Add(time.Hour)), connectors.CodeRateLimited, 429, true, "Rate limit exceeded"},
		{"internal error", jiratest.Status(500, "oops"), connectors.CodeUnavailable, 500, true, "oops"},
		{"unavailable", jiratest.Status(503, "maintenance"), connectors.CodeUnavailable, 503, true, "maintenance"},
		{"garbage", standin.Body("application/json", "<"+echo), connectors.CodeBadAnswer, 200, false, "cannot be read"},
		{"another form", standin.Body("application/json", `[1]`), connectors.CodeBadAnswer, 200, false, ""},
		{"truncated", standin.Truncated(), connectors.CodeBadAnswer, 200, true, "is shorter than announced"},
		{"sign-in page", standin.SignIn(), connectors.CodeBadAnswer, 200, false, "sign-in page"},
		{"redirected", standin.Redirect(http.StatusFound, "https://id.example.com/login?continue="+jiratest.Token), connectors.CodeBadAnswer, 0, false, "redirected"},
		{"too large", standin.Body("application/json", strings.Repeat(" ", 1<<20)), connectors.CodeTooLarge, 200, false, "is longer than"},
		{"anonymous", jiratest.Anonymous(), connectors.CodeUnauthorized, 200, false, "AUTHENTICATED_FAILED"},
	} {
		for name, call := range calls {
			t.Run(tt.name+"/"+name, func(t *testing.T) {
				s := shopWith(t, upstream.Options{MaxBody: 1 << 19, Retries: 2})
				s.Fail(-1, tt.fault)
				d := diagnostic(t, call(t, s))
				if d.Code != tt.code || d.Status != tt.status || d.Retryable != tt.retryable || !strings.Contains(d.Summary, tt.says) {
					t.Errorf("%+v", d)
				}
				if tt.status != 0 && !strings.HasPrefix(d.RequestID, "test-") {
					t.Errorf("request id %q", d.RequestID)
				}
				want := 1
				if tt.retryable && d.RetryAfter == 0 {
					want = 3
				}
				if s.Requests() != want || d.Code == connectors.CodeRateLimited && d.RetryAfter != time.Hour {
					t.Errorf("%d requests, want %d; %+v", s.Requests(), want, d)
				}
			})
		}
	}
}

// shopWith is a site with one issue, one version and one active sprint.
func shopWith(t *testing.T, opts upstream.Options) setup {
	t.Helper()
	s := open(t, nil, opts)
	s.AddIssues(jiratest.Issue{Key: "SHOP-1", FixVersions: []string{"1.0"}, Sprint: 31})
	s.AddBoard(7, jiratest.Sprint{ID: 31, State: "active"})
	return s
}

// What passes by is waited out, and the answer is whole.
func TestFaultsPass(t *testing.T) {
	for name, fault := range map[string]standin.Fault{
		"429": jiratest.Limited("7"), "503": jiratest.Status(503, ""), "truncated": standin.Truncated(), "200": standin.WithHeader("Retry-After", "7"),
	} {
		for by, call := range calls {
			s := shopWith(t, upstream.Options{})
			s.Fail(1, fault)
			if err := call(t, s); err != nil {
				t.Errorf("%s, %s: %v", name, by, err)
			}
			if err := call(t, s); err != nil || s.clock.waited() == 0 || s.clock.waited() > 10*time.Second {
				t.Errorf("%s, %s: waited %v, %v", name, by, s.clock.waited(), err)
			}
		}
	}
}

func TestCursorLoop(t *testing.T) {
	for _, name := range []string{"measure", "list"} {
		s := shopWith(t, upstream.Options{})
		s.Fail(-1, jiratest.SamePage())
		if d := diagnostic(t, calls[name](t, s)); d.Code != connectors.CodeCursorLoop || s.Requests() != 2 {
			t.Errorf("%s: %+v after %d requests", name, d, s.Requests())
		}
	}
}

// A fault in the middle of a list fails it; the pages before have cursors to go on from.
func TestFaultInTheMiddle(t *testing.T) {
	s := open(t, func(c *jiraconnector.Config) { c.PageSize = 10 }, upstream.Options{Retries: -1})
	s.AddIssues(many(30)...)
	s.Fail(2, standin.Pass())
	s.Fail(1, jiratest.Status(500, "oops"))
	q := jira.Items("project = SHOP")
	before, cursors, listed, err := s.list(t, q, "")
	if err == nil || listed.Complete || len(before) != 20 {
		t.Fatalf("%d items, %+v, %v", len(before), listed, err)
	}
	after, _, listed, err := s.list(t, q, cursors[1])
	if err != nil || !listed.Complete || len(after) != 10 || after[0].ID != "SHOP-21" {
		t.Errorf("%d items, %+v, %v", len(after), listed, err)
	}
}

func TestHangAndDown(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	for name := range calls {
		s := shopWith(t, upstream.Options{Retries: -1})
		s.Fail(-1, standin.Hang(release))
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		if d := diagnostic(t, s.Check(ctx)); d.Code != connectors.CodeTimeout {
			t.Errorf("%s: %+v", name, d)
		}
		cancel()
		if d := diagnostic(t, s.Check(ctx)); d.Code != connectors.CodeTimeout {
			t.Errorf("%s: %+v", name, d)
		}
		if err := s.Server.Close(); err != nil {
			t.Error(err)
		}
		if d := diagnostic(t, calls[name](t, s)); d.Code != connectors.CodeUnreachable || !d.Retryable {
			t.Errorf("%s: %+v", name, d)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if d := diagnostic(t, calls[name](t, s)); d.Code != connectors.CodeCanceled {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

// The server's own rate limit is kept to: everything is answered, some of it later.
func TestRateLimit(t *testing.T) {
	s := open(t, func(c *jiraconnector.Config) { c.PageSize = 10 }, upstream.Options{})
	s.SetNow(s.clock.Now)
	s.AddIssues(many(100)...)
	s.Limit(3, 1)
	var waits int
	_, err := s.List(t.Context(), jira.Items("project = SHOP"), "", func(p connectors.Page) error {
		if p.Waiting > 0 {
			waits++
		}
		return nil
	})
	if err != nil || waits == 0 || s.clock.waited() < 6*time.Second {
		t.Errorf("%v, told of %d waits, waited %v", err, waits, s.clock.waited())
	}
}

// The token is in no error, whatever the fault, and in no value that is printed.
func TestSecretNowhere(t *testing.T) {
	s := shopWith(t, upstream.Options{Retries: -1})
	for _, status := range []int{400, 401, 403, 404, 410, 418, 429, 500} {
		s.Fail(1, func(w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("X-AREQUESTID", jiratest.Token)
			return jiratest.Status(status, r.Header.Get("Authorization")+" "+jiratest.Token)(w, r)
		})
		err := s.Check(t.Context())
		if text := fmt.Sprintf("%v %+v %#v", err, diagnostic(t, err), s.Instance); strings.Contains(text, jiratest.Token) || strings.Contains(text, "Basic ey") {
			t.Error(text)
		}
	}
	for _, entry := range s.Log() {
		if text := fmt.Sprintf("%+v", entry); strings.Contains(text, jiratest.Token) {
			t.Error(text)
		}
	}
}
