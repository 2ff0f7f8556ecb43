package connectortest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
)

// proxy stands between a connector and its outside system.
type proxy struct {
	url string

	mu      sync.Mutex
	answer  http.HandlerFunc // in place of the outside system; nil: it answers itself
	resume  chan struct{}    // closed when that is over
	held    int              // requests that hang
	changed chan struct{}    // closed when held changes
}

// standBetween puts a proxy in front of the outside system, if it is known where that is.
func (s *sitting) standBetween() {
	if s.Upstream == "" {
		return
	}
	root, at := map[string]any{}, strings.Split(s.Upstream, ".")
	if err := json.Unmarshal(s.Settings.JSON, &root); err != nil {
		s.Fatalf("settings: %v", err)
	}
	field := root
	for _, name := range at[:len(at)-1] {
		field, _ = field[name].(map[string]any)
	}
	last := at[len(at)-1]
	text, _ := field[last].(string)
	target, err := url.Parse(text)
	if err != nil || target.Host == "" || strings.Trim(target.Path, "/") != "" {
		s.Fatalf("the setting %q is %q, want the URL of the outside system without a path", s.Upstream, text)
	}
	s.proxy = newProxy(s, target)
	field[last] = s.proxy.url
	moved, err := json.Marshal(root)
	if err != nil {
		s.Fatalf("settings: %v", err)
	}
	s.Settings = connectors.Settings{JSON: moved, Secrets: s.Settings.Secrets}
}

func newProxy(d desk, target *url.URL) *proxy {
	p := &proxy{changed: make(chan struct{})}
	transport := &http.Transport{}
	forward := &httputil.ReverseProxy{
		Transport: transport,
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(target) },
		ModifyResponse: func(r *http.Response) error { // links to the next page lead here, too
			for _, name := range []string{"Link", "Location"} {
				for i, text := range r.Header[name] {
					r.Header[name][i] = strings.ReplaceAll(text, target.Scheme+"://"+target.Host, p.url)
				}
			}
			return nil
		},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		answer := p.answer
		p.mu.Unlock()
		if answer == nil {
			forward.ServeHTTP(w, r)
			return
		}
		_, _ = io.Copy(io.Discard, r.Body) // else it is not noticed that the client is gone
		answer(w, r)
	}))
	p.url = server.URL
	d.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
		transport.CloseIdleConnections()
	})
	return p
}

// set lets answer speak for the outside system until the function that it
// returns is called.
func (p *proxy) set(answer http.HandlerFunc) (release func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	resume := make(chan struct{})
	p.answer, p.resume = answer, resume
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.answer = nil
		close(resume)
	}
}

// hang does not answer.
func (p *proxy) hang(_ http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	resume := p.resume
	p.mu.Unlock()
	p.count(1)
	defer p.count(-1)
	select {
	case <-r.Context().Done():
	case <-resume:
	}
}

func (p *proxy) count(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held += n
	close(p.changed)
	p.changed = make(chan struct{})
}

// holds waits until there are requests that hang, or none, and reports whether
// it came to that.
func (p *proxy) holds(ctx context.Context, some bool) bool {
	for {
		p.mu.Lock()
		is, changed := p.held > 0, p.changed
		p.mu.Unlock()
		if is == some {
			return true
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return false
		}
	}
}

// echo is the garbage that has what the request had.
const echo = "truncated JSON with the request's headers"

// garbage are answers, with status 200, that no connector can read.
var garbage = map[string]func(r *http.Request) (contentType, body string){
	"a page of a proxy": func(*http.Request) (string, string) {
		return "text/html; charset=utf-8", "<!DOCTYPE html><title>Sign in</title><form action=/login></form>"
	},
	"a text": func(*http.Request) (string, string) { return "application/json", `"all is well"` },
	echo: func(r *http.Request) (string, string) {
		var headers bytes.Buffer
		_ = r.Header.Write(&headers) // to memory
		text, _ := json.Marshal(headers.String())
		return "application/json", `{"headers": ` + string(text) + `, "items": [{"id"`
	},
}

func answering(text func(*http.Request) (string, string)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		contentType, body := text(r)
		w.Header().Set("Content-Type", contentType)
		_, _ = io.WriteString(w, body) // the client may be gone
	}
}

// asked is how long a source that limits wants to be left alone: longer than a
// call lasts, and not so long that clients take it for a mistake.
const asked = 2 * time.Minute

// limits answers that nobody may ask for some time.
func limits(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Retry-After", strconv.Itoa(int(asked/time.Second)))
	w.WriteHeader(http.StatusTooManyRequests)
}
