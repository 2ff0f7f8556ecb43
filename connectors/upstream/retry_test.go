package upstream_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
)

const date = "Mon, 07 Dec 2026 12:00:00 GMT"

func TestRetries(t *testing.T) {
	ok := reply(200, "{}")
	get, post := upstream.Get("/a"), upstream.Post("/a", struct{}{})
	for _, tt := range []struct {
		name     string
		request  upstream.Request
		handlers []http.HandlerFunc
		requests int
		slept    []time.Duration
		code     string
	}{
		{"at once", get, []http.HandlerFunc{ok}, 1, nil, ""},
		{"backoff", get, []http.HandlerFunc{reply(503, ""), reply(500, ""), ok}, 3, []time.Duration{250 * time.Millisecond, 500 * time.Millisecond}, ""},
		{"too often", get, []http.HandlerFunc{reply(503, "")}, 4, []time.Duration{250 * time.Millisecond, 500 * time.Millisecond, time.Second}, connectors.CodeUnavailable},
		{"truncated", get, []http.HandlerFunc{reply(200, "{", "Content-Length", "9"), ok}, 2, []time.Duration{250 * time.Millisecond}, ""},
		{"seconds", get, []http.HandlerFunc{reply(429, "", "Retry-After", "7"), ok}, 2, []time.Duration{7 * time.Second}, ""},
		{"date", get, []http.HandlerFunc{reply(503, "", "Date", date, "Retry-After", "Mon, 07 Dec 2026 12:00:09 GMT"), ok}, 2, []time.Duration{9 * time.Second}, ""},
		{"reset in ISO 8601", get, []http.HandlerFunc{reply(429, "", "Date", date, "X-RateLimit-Reset", "2026-12-07T12:00:11Z"), ok}, 2, []time.Duration{11 * time.Second}, ""},
		{"reset in Unix time", get, []http.HandlerFunc{reply(429, "", "Date", date, "X-RateLimit-Reset", "1796644813"), ok}, 2, []time.Duration{13 * time.Second}, ""},
		{"reset in seconds", get, []http.HandlerFunc{reply(429, "", "Ratelimit-Reset", "5"), ok}, 2, []time.Duration{5 * time.Second}, ""},
		{"reset now", get, []http.HandlerFunc{reply(429, "", "X-RateLimit-Reset", "0"), ok}, 2, []time.Duration{250 * time.Millisecond}, ""},
		{"too long", get, []http.HandlerFunc{reply(429, "", "Retry-After", "61"), ok}, 1, nil, connectors.CodeRateLimited},
		{"a search by POST", post.ReadOnly(), []http.HandlerFunc{reply(503, ""), ok}, 2, []time.Duration{250 * time.Millisecond}, ""},
		{"a change", post, []http.HandlerFunc{reply(503, ""), ok}, 1, nil, connectors.CodeUnavailable},
		{"hopeless", get, []http.HandlerFunc{reply(401, "", "Retry-After", "1"), ok}, 1, nil, connectors.CodeUnauthorized},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server, n := script(t, tt.handlers...)
			c, clock := client(t, server.URL, upstream.Options{})
			clock.now = moment // the contexts here have no deadline
			_, err := c.Do(t.Context(), tt.request, nil)
			if tt.code == "" && err != nil || tt.code != "" && diagnostic(t, err).Code != tt.code {
				t.Error(err)
			}
			if *n != tt.requests || !cmp.Equal(clock.sleeps(), tt.slept) {
				t.Errorf("%d requests, slept %v", *n, clock.sleeps())
			}
		})
	}
}

// No wait goes past the deadline; the diagnostic says how long it would have been.
func TestDeadline(t *testing.T) {
	for _, tt := range []struct {
		name    string
		handler http.HandlerFunc
		code    string
		after   time.Duration
	}{
		{"429", reply(429, "", "Retry-After", "30"), connectors.CodeRateLimited, 30 * time.Second},
		{"503", reply(503, "", "Retry-After", "30"), connectors.CodeUnavailable, 30 * time.Second},
	} {
		server, n := script(t, tt.handler)
		c, clock := client(t, server.URL, upstream.Options{})
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		_, err := c.Do(ctx, upstream.Get("/a"), nil)
		d := diagnostic(t, err)
		if d.Code != tt.code || !d.Retryable || d.RetryAfter != tt.after || len(clock.sleeps()) > 0 || *n != 1 {
			t.Errorf("%s: %+v, slept %v", tt.name, d, clock.sleeps())
		}
		// What the server asked for also holds for the next call.
		_, err = c.Do(ctx, upstream.Get("/b"), nil)
		if d := diagnostic(t, err); d.Code != connectors.CodeRateLimited || d.RetryAfter != tt.after || *n != 1 {
			t.Errorf("%s: %+v after %d requests", tt.name, d, *n)
		}
		cancel()
	}
	server, _ := script(t, reply(429, ""))
	c, _ := client(t, server.URL, upstream.Options{Retries: 50})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	_, err := c.Do(ctx, upstream.Get("/a"), nil)
	if d := diagnostic(t, err); d.Code != connectors.CodeRateLimited || d.RetryAfter == 0 {
		t.Errorf("%+v", d)
	}
}

// Retry-After on a successful answer delays the next call, and does not repeat it.
func TestRetryAfterOnSuccess(t *testing.T) {
	server, n := script(t, reply(200, "{}", "Retry-After", "7"), reply(200, "{}"))
	c, clock := client(t, server.URL, upstream.Options{})
	var told []time.Duration
	stop := errors.New("stop")
	waits := upstream.Get("/b").OnWait(func(d time.Duration) error { told = append(told, d); return nil })
	stops := upstream.Get("/c").OnWait(func(time.Duration) error { return stop })
	if _, err := c.Do(t.Context(), upstream.Get("/a"), nil); err != nil || *n != 1 || len(clock.sleeps()) > 0 {
		t.Errorf("%v, %d requests, slept %v", err, *n, clock.sleeps())
	}
	if _, err := c.Do(t.Context(), stops, nil); !errors.Is(err, stop) || *n != 1 {
		t.Errorf("%v, %d requests", err, *n)
	}
	want := []time.Duration{7 * time.Second}
	if _, err := c.Do(t.Context(), waits, nil); err != nil || *n != 2 || !cmp.Equal(clock.sleeps(), want) || !cmp.Equal(told, want) {
		t.Errorf("%v, %d requests, slept %v, told %v", err, *n, clock.sleeps(), told)
	}
}

// One header, on a refusal or an answer, does not stop the client for a day.
func TestPauseIsBounded(t *testing.T) {
	for _, tt := range []struct {
		name    string
		handler http.HandlerFunc
		after   time.Duration // of the first call; 0: it succeeds
	}{
		{"200", reply(200, "{}", "Retry-After", "86400"), 0},
		{"429", reply(429, "", "Retry-After", "86400"), 24 * time.Hour},
		{"503", reply(503, "", "Retry-After", "Tue, 08 Dec 2026 00:00:00 GMT", "Date", date), 12 * time.Hour},
		{"429 from a clock of 2020", reply(429, "", "Retry-After", "Mon, 07 Dec 2026 12:10:00 GMT", "Date", "Mon, 07 Dec 2020 12:00:00 GMT"), 10 * time.Minute},
	} {
		server, n := script(t, tt.handler, reply(200, "{}"))
		c, clock := client(t, server.URL, upstream.Options{})
		clock.now = moment // the contexts here have no deadline
		_, err := c.Do(t.Context(), upstream.Get("/a"), nil)
		if tt.after == 0 && err != nil || tt.after != 0 && diagnostic(t, err).RetryAfter != tt.after {
			t.Errorf("%s: %v, want to hear of %v", tt.name, err, tt.after)
		}
		_, err = c.Do(t.Context(), upstream.Get("/a"), nil)
		if d := diagnostic(t, err); d.Code != connectors.CodeRateLimited || d.RetryAfter != 5*time.Minute || *n != 1 {
			t.Errorf("%s: %+v after %d requests", tt.name, d, *n)
		}
		if err := clock.Sleep(t.Context(), 5*time.Minute); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Do(t.Context(), upstream.Get("/a"), nil); err != nil || *n != 2 {
			t.Errorf("%s: %v after %d requests", tt.name, err, *n)
		}
	}
}

// A 403 about a limit is waited for, one about a permission is not.
func TestForbiddenOrLimited(t *testing.T) {
	for name, tt := range map[string]struct {
		header []string
		code   string // "": answered in the end
		wait   time.Duration
	}{
		"a permission":     {[]string{"X-RateLimit-Remaining", "59"}, connectors.CodeForbidden, 0},
		"nothing left":     {[]string{"X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "9"}, "", 9 * time.Second},
		"a secondary one":  {[]string{"Retry-After", "5", "X-RateLimit-Remaining", "59"}, "", 5 * time.Second},
		"longer than call": {[]string{"Retry-After", "600"}, connectors.CodeRateLimited, 0},
	} {
		server, n := script(t, reply(403, "{}", tt.header...), reply(200, "{}"))
		c, clock := client(t, server.URL, upstream.Options{})
		_, err := c.Do(t.Context(), upstream.Get("/a"), nil)
		if tt.code != "" {
			if d := diagnostic(t, err); d.Code != tt.code || *n != 1 || d.Retryable != (tt.code == connectors.CodeRateLimited) {
				t.Errorf("%s: %+v after %d requests", name, d, *n)
			}
			continue
		}
		if err != nil || *n != 2 || !cmp.Equal(clock.sleeps(), []time.Duration{tt.wait}) {
			t.Errorf("%s: %v, %d requests, slept %v", name, err, *n, clock.sleeps())
		}
	}
}

// A window of which nothing is left delays the next call, though this one was answered.
func TestNothingLeft(t *testing.T) {
	server, n := script(t, reply(200, "{}", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "11"), reply(200, "{}"))
	c, clock := client(t, server.URL, upstream.Options{})
	for range 2 {
		if _, err := c.Do(t.Context(), upstream.Get("/a"), nil); err != nil {
			t.Fatal(err)
		}
	}
	if *n != 2 || !cmp.Equal(clock.sleeps(), []time.Duration{11 * time.Second}) {
		t.Errorf("%d requests, slept %v", *n, clock.sleeps())
	}
}
