package upstream_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
)

const secret = "s3cr3t/Token+0123456789=="

// script answers the n-th request with the n-th handler, and the last for ever.
func script(t *testing.T, handlers ...http.HandlerFunc) (*httptest.Server, *int) {
	t.Helper()
	n := new(int)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := handlers[min(*n, len(handlers)-1)]
		*n++
		h(w, r)
	}))
	t.Cleanup(server.Close)
	return server, n
}

func reply(status int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = fmt.Fprint(w, body)
	}
}

func client(t *testing.T, base string, opts upstream.Options) (*upstream.Client, *clock) {
	t.Helper()
	c := newClock()
	opts.Clock, opts.Rand = c, func() float64 { return 0 }
	opts.Auth = upstream.Basic("me@example.com", connectors.NewSecret(secret))
	client, err := upstream.New(base, &opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client, c
}

func diagnostic(t *testing.T, err error) *connectors.Diagnostic {
	t.Helper()
	var d *connectors.Diagnostic
	if !errors.As(err, &d) {
		t.Fatalf("%v is no diagnostic", err)
	}
	if strings.Contains(fmt.Sprintf("%+v %v", *d, err), secret) || strings.ContainsAny(d.Summary, "\r\n") || len([]rune(d.Summary)) > 301 {
		t.Errorf("unfit summary %q", d.Summary)
	}
	return d
}

func TestOutcomes(t *testing.T) {
	for _, tt := range []struct {
		status    int
		code      string
		retryable bool
	}{
		{400, connectors.CodeInvalidQuery, false}, {401, connectors.CodeUnauthorized, false}, {403, connectors.CodeForbidden, false},
		{404, connectors.CodeNotFound, false}, {405, connectors.CodeInternal, false}, {407, connectors.CodeUnauthorized, false},
		{408, connectors.CodeTimeout, true}, {409, connectors.CodeInternal, false}, {410, connectors.CodeGone, false},
		{414, connectors.CodeInvalidQuery, false}, {422, connectors.CodeInvalidQuery, false}, {425, connectors.CodeRateLimited, true},
		{429, connectors.CodeRateLimited, true}, {451, connectors.CodeForbidden, false}, {500, connectors.CodeUnavailable, true},
		{502, connectors.CodeUnavailable, true}, {503, connectors.CodeUnavailable, true}, {504, connectors.CodeUnavailable, true},
		{304, connectors.CodeBadAnswer, false},
	} {
		server, n := script(t, reply(tt.status, "no\nway "+secret, "X-Request-Id", "r-1"))
		c, _ := client(t, server.URL, upstream.Options{Retries: -1, Explain: func(b []byte) string { return string(b) }})
		_, err := c.Do(t.Context(), upstream.Get("/a"), nil)
		d := diagnostic(t, err)
		if d.Code != tt.code || d.Retryable != tt.retryable || d.Status != tt.status || d.RequestID != "r-1" || *n != 1 {
			t.Errorf("%d: %+v after %d requests", tt.status, d, *n)
		}
		if tt.status != 304 && d.Summary != "GET /a: no way [redacted]" {
			t.Errorf("%d: %q", tt.status, d.Summary)
		}
	}
}

func TestDo(t *testing.T) {
	date := "Mon, 07 Dec 2026 12:00:00 GMT"
	server, _ := script(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.String() != "/base/v/1%202?q=a+b" || r.Method != http.MethodGet || r.Header.Get("User-Agent") != "tidegate" {
			t.Errorf("%s %s %v", r.Method, r.URL, r.Header)
		}
		if user, password, _ := r.BasicAuth(); user != "me@example.com" || password != secret {
			t.Errorf("%s:%s", user, password)
		}
		reply(200, `{"n": 7, "new": true}`, "Date", date, "X-AREQUESTID", "id-1")(w, r)
	})
	c, _ := client(t, server.URL+"/base/", upstream.Options{})
	var got struct{ N int }
	answer, err := c.Do(t.Context(), upstream.Get("/v/{id}", "1 2").With("q", "a b"), &got)
	want := upstream.Answer{Status: 200, Date: moment, RequestID: "id-1"}
	if err != nil || got.N != 7 || c.Requests() != 1 || !cmp.Equal(answer, want) {
		t.Errorf("%+v %+v %v", got, answer, err)
	}
	if _, err := c.Do(t.Context(), upstream.Get("/v/{id}", ".."), nil); diagnostic(t, err).Code != connectors.CodeInvalidQuery {
		t.Error(err)
	}
	c.Close()
	if _, err := c.Do(t.Context(), upstream.Get("/v/{id}", "1"), nil); diagnostic(t, err).Code != connectors.CodeCanceled {
		t.Error(err)
	}
}

func TestPaths(t *testing.T) {
	server, n := script(t, reply(200, "{}"))
	c, _ := client(t, server.URL, upstream.Options{})
	for _, r := range []upstream.Request{
		upstream.Get("/{a}"), upstream.Get("/a", "b"), upstream.Get("/{a}", ""), upstream.Get("/{a}", "."), upstream.Get("/{a}", "b/c"),
		upstream.Get("/{a}", `..\b`), upstream.Get("/{a", "b"), upstream.Post("/", func() {}),
	} {
		if _, err := c.Do(t.Context(), r, nil); err == nil {
			t.Error("sent")
		}
	}
	if *n != 0 {
		t.Errorf("%d requests", *n)
	}
}

func TestBadAnswers(t *testing.T) {
	var bomb bytes.Buffer
	zip := gzip.NewWriter(&bomb)
	_, _ = zip.Write(bytes.Repeat([]byte(" "), 1<<20))
	_ = zip.Close()
	for _, tt := range []struct {
		name, code string
		retryable  bool
		handler    http.HandlerFunc
	}{
		{"sign-in page", connectors.CodeBadAnswer, false, reply(200, "<html>", "Content-Type", "text/html; charset=utf-8")},
		{"no type", connectors.CodeBadAnswer, false, reply(200, "{}", "Content-Type", "")},
		{"not JSON", connectors.CodeBadAnswer, false, reply(200, "{"+secret)},
		{"two values", connectors.CodeBadAnswer, false, reply(200, "{} {}")},
		{"another form", connectors.CodeBadAnswer, false, reply(200, `{"n": "seven"}`)},
		{"nothing", connectors.CodeBadAnswer, false, reply(200, "")},
		{"no content", connectors.CodeBadAnswer, false, reply(204, "", "Content-Type", "")},
		{"too large", connectors.CodeTooLarge, false, reply(200, `"`+strings.Repeat("a", 2000)+`"`)},
		{"too large unpacked", connectors.CodeTooLarge, false, reply(200, bomb.String(), "Content-Encoding", "gzip")},
		{"truncated", connectors.CodeBadAnswer, true, reply(200, "{", "Content-Length", "100")},
		{"no answer", connectors.CodeUnreachable, true, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }},
		{"redirect elsewhere", connectors.CodeBadAnswer, false, reply(302, "", "Location", "https://login.example.com/?token=abc")},
		{"redirect to itself", connectors.CodeBadAnswer, false, reply(302, "", "Location", "/a")},
		{"login refused", connectors.CodeUnauthorized, false, reply(200, "{}", "X-Nobody", "as a guest")},
	} {
		server, _ := script(t, tt.handler)
		c, _ := client(t, server.URL, upstream.Options{Retries: -1, MaxBody: 1000, Nobody: func(h http.Header) string { return h.Get("X-Nobody") }})
		var into struct{ N int }
		_, err := c.Do(t.Context(), upstream.Get("/a"), &into)
		if d := diagnostic(t, err); d.Code != tt.code || d.Retryable != tt.retryable {
			t.Errorf("%s: %+v", tt.name, d)
		} else if strings.Contains(d.Summary, "abc") {
			t.Errorf("%s: %s", tt.name, d.Summary)
		}
	}
}

// Only 200 answers a call that changes nothing; a change may be answered otherwise.
func TestStatusOfSuccess(t *testing.T) {
	for _, status := range []int{200, 201, 202, 203, 204, 205, 206, 207, 226} {
		body := `{"n": 7}`
		if status == 204 || status == 205 {
			body = ""
		}
		for _, r := range []upstream.Request{upstream.Get("/a"), upstream.Post("/a", 1).ReadOnly()} {
			for _, into := range []any{nil, &struct{ N int }{}} {
				server, n := script(t, reply(status, body))
				c, _ := client(t, server.URL, upstream.Options{})
				_, err := c.Do(t.Context(), r, into)
				if status == 200 && err != nil || status != 200 && (diagnostic(t, err).Code != connectors.CodeBadAnswer || *n != 1) {
					t.Errorf("%d: %v after %d requests", status, err, *n)
				}
			}
		}
		if status == 205 {
			continue // has no meaning here
		}
		server, _ := script(t, reply(status, body))
		c, _ := client(t, server.URL, upstream.Options{})
		if answer, err := c.Do(t.Context(), upstream.Post("/a", 1), nil); err != nil || answer.Status != status {
			t.Errorf("a change, %d: %+v %v", status, answer, err)
		}
	}
}

// The credential goes to nobody else.
func TestRedirect(t *testing.T) {
	other, stolen := script(t, reply(200, "{}"))
	server, n := script(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/b", http.StatusFound) },
		reply(200, `{}`), func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
		})
	c, _ := client(t, server.URL, upstream.Options{Retries: -1})
	if _, err := c.Do(t.Context(), upstream.Get("/a"), nil); err != nil || *n != 2 || c.Requests() != 2 {
		t.Errorf("%v after %d requests", err, *n)
	}
	for _, r := range []upstream.Request{upstream.Get("/a"), upstream.Post("/a", 1)} {
		if _, err := c.Do(t.Context(), r, nil); diagnostic(t, err).Code != connectors.CodeBadAnswer {
			t.Error(err)
		}
	}
	if *stolen != 0 {
		t.Error("another host was called")
	}
}

func TestUnreachable(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	base := server.URL
	server.Close()
	c, clock := client(t, base, upstream.Options{Retries: 2})
	_, err := c.Do(t.Context(), upstream.Get("/a").With("key", secret), nil)
	if d := diagnostic(t, err); d.Code != connectors.CodeUnreachable || !d.Retryable || len(clock.sleeps()) != 2 {
		t.Errorf("%+v after %v", d, clock.sleeps())
	}
	c, clock = client(t, "https://no-such-host.invalid", upstream.Options{})
	_, err = c.Do(t.Context(), upstream.Get("/a"), nil)
	if d := diagnostic(t, err); d.Code != connectors.CodeUnreachable {
		t.Errorf("%+v after %v", d, clock.sleeps())
	}
}

func TestTimeouts(t *testing.T) {
	release := make(chan struct{})
	hang := func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}
	server, _ := script(t, hang)
	t.Cleanup(func() { close(release) })
	c, _ := client(t, server.URL, upstream.Options{Timeout: 20 * time.Millisecond, Retries: -1})
	_, err := c.Do(t.Context(), upstream.Get("/a"), nil)
	if d := diagnostic(t, err); d.Code != connectors.CodeTimeout || !d.Retryable {
		t.Errorf("%+v", d)
	}
	c, _ = client(t, server.URL, upstream.Options{})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err = c.Do(ctx, upstream.Get("/a"), nil)
	if d := diagnostic(t, err); d.Code != connectors.CodeTimeout {
		t.Errorf("%+v", d)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = c.Do(gone, upstream.Get("/a"), nil)
	if d := diagnostic(t, err); d.Code != connectors.CodeCanceled {
		t.Errorf("%+v", d)
	}
}

// The query of the next page, however the header is written (RFC 8288, section 3.5).
func TestNext(t *testing.T) {
	for header, want := range map[string]string{
		"": "",
		`<https://api.example.com/a?page=2&per_page=100>; rel="next", <https://api.example.com/a?page=9>; rel="last"`: "page=2&per_page=100",
		`<https://api.example.com/a?page=1>; rel="prev", </a?page=3>; rel=next`:                                       "page=3",
		`</a?after=x%2Cy%3Bz,w>; title="a; b"; rel="next"`:                                                            "after=x%2Cy%3Bz%2Cw",
		`</a?page=4>; rel="last next"; x=y`:                                                                           "page=4",
		`</a?page=5>; rel="nextish"`:                                                                                  "",
		`</a?page=6>; anchor="next"`:                                                                                  "",
		`<:>; rel="next"`:                                                                                             "",
		`rel="next"`:                                                                                                  "",
	} {
		if got := upstream.Next(http.Header{"Link": {header}}).Encode(); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
	two := http.Header{"Link": {`</a?page=1>; rel="prev"`, `</a?page=2>; rel="next"`}}
	if got := upstream.Next(two).Get("page"); got != "2" {
		t.Error(got)
	}
	server, _ := script(t, reply(200, "{}", "Link", `</a?page=2>; rel="next"`), reply(200, "{}"))
	c, _ := client(t, server.URL, upstream.Options{})
	for _, want := range []string{"2", ""} {
		if a, err := c.Do(t.Context(), upstream.Get("/a"), nil); err != nil || a.Next.Get("page") != want {
			t.Errorf("%+v, %v", a, err)
		}
	}
}
