package standin

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// Server is a stand-in. Its methods may be called while it serves.
type Server struct {
	URL string // http://127.0.0.1:port

	http    *http.Server
	handler http.Handler
	id      string // header with the number of the request
	secrets []string

	mu       sync.Mutex
	faults   []pending
	log      []Call
	bucket   *bucket
	now      func() time.Time
	observer func(*http.Request)
}

// Call is a request that arrived.
type Call struct {
	Method string
	Path   string
	Query  url.Values
	Header http.Header // without Authorization and what else is secret
	Body   string
}

// Start starts a server. handler answers what no fault answers; its request has
// a body that can be read again. Every answer has a Date by the server's clock,
// and in the header that requestID names the number of the request, "test-7". The
// headers of a request that secrets names are not kept in the log.
func Start(handler http.Handler, requestID string, secrets ...string) (*Server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("standin: %w", err)
	}
	s := &Server{URL: "http://" + listener.Addr().String(), handler: handler, id: requestID, secrets: append(secrets, "Authorization"), now: time.Now}
	s.http = &http.Server{Handler: http.HandlerFunc(s.serve), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = s.http.Serve(listener) }() // ends with ErrServerClosed on Close
	return s, nil
}

// Write answers with v as JSON. If v has no JSON form, nothing is written.
func Write(w http.ResponseWriter, status int, contentType string, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("standin: %w", err)
	}
	w.Header().Set("Content-Type", contentType)
	w.WriteHeader(status)
	_, _ = w.Write(body) // the client may be gone
	return nil
}

// Close stops the server and breaks off what is being answered.
func (s *Server) Close() error { return s.http.Close() }

// Now is the server's time.
func (s *Server) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now()
}

// SetNow makes the server tell the time by a clock of the test's: in the Date
// header, in what the stand-in keeps, and in the refill of the rate limit.
func (s *Server) SetNow(now func() time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = now
}

// Observe calls f for every request before it is answered; f may block, which
// is how a test makes the server slow.
func (s *Server) Observe(f func(*http.Request)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.observer = f
}

// Log is every request so far, the refused ones too.
func (s *Server) Log() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.log)
}

// Requests is how many requests arrived.
func (s *Server) Requests() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.log)
}

// serve records a request and answers it: with a fault that was asked for, or
// by the handler.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return // the client went away
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	fault, observer, date, n := s.arrived(r, string(body))
	w.Header().Set("Date", date.UTC().Format(http.TimeFormat))
	w.Header().Set(s.id, fmt.Sprintf("test-%d", n))
	if observer != nil {
		observer(r)
	}
	if fault != nil && !fault(w, r) {
		return
	}
	s.handler.ServeHTTP(w, r)
}

func (s *Server) arrived(r *http.Request, body string) (Fault, func(*http.Request), time.Time, int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	header := r.Header.Clone()
	for _, name := range s.secrets {
		header.Del(name)
	}
	s.log = append(s.log, Call{Method: r.Method, Path: r.URL.Path, Query: r.URL.Query(), Header: header, Body: body})
	return s.nextFault(), s.observer, s.now(), len(s.log)
}
