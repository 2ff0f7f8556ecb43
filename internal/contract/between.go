package contract

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// Known is an error of a description: it refuses what the vendor does.
type Known struct {
	Operation string // "POST /rest/api/3/search/jql"; "" is any
	Cause     string // a part of the fault's text
	Why       string // how it is known that the description is wrong
}

// Watched is a description between a connector and its stand-in.
type Watched struct {
	URL string // http://127.0.0.1:port, for the connector's settings

	contract *Contract
	to       string
	known    []Known

	mu   sync.Mutex
	used []bool          // of known
	seen map[string]int  // operations
	said map[string]bool // faults that were reported
	out  []Fault
}

// Between starts a server that hands every request on to a stand-in and every
// answer back, as they are, and judges both by the description. What is not
// valid and not known fails the test, once it ends; so does a known error that
// did not show.
func Between(t testing.TB, c *Contract, standIn string, known ...Known) *Watched {
	t.Helper()
	w := &Watched{contract: c, to: strings.TrimRight(standIn, "/"), known: known, used: make([]bool, len(known)),
		seen: map[string]int{}, said: map[string]bool{}}
	server := httptest.NewServer(w)
	w.URL = server.URL
	t.Cleanup(func() {
		server.Close()
		for _, f := range w.Faults() {
			t.Error(f)
		}
		for _, k := range w.Stale() {
			t.Errorf("known error of %s that did not show: %s: %q (%s)", c.File, k.Operation, k.Cause, k.Why)
		}
	})
	return w
}

// Faults are those so far that are not known, each once.
func (w *Watched) Faults() []Fault {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]Fault(nil), w.out...)
}

// Stale are the known errors that did not show so far.
func (w *Watched) Stale() []Known {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []Known
	for i, k := range w.known {
		if !w.used[i] {
			all = append(all, k)
		}
	}
	return all
}

// Seen is how often each operation was asked for.
func (w *Watched) Seen() map[string]int {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := map[string]int{}
	for op, n := range w.seen {
		all[op] = n
	}
	return all
}

// ServeHTTP judges a request, hands it on, and judges the answer.
func (w *Watched) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the client went away
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	op, _ := w.contract.Operation(r)
	w.mu.Lock()
	w.seen[op]++
	w.mu.Unlock()
	w.note(w.contract.Request(r))

	on, err := http.NewRequestWithContext(r.Context(), r.Method, w.to+r.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		http.Error(out, err.Error(), http.StatusBadGateway)
		return
	}
	on.Header = r.Header.Clone()
	on.Header.Set("Accept-Encoding", "identity") // so that nobody unpacks on the way
	answer, err := http.DefaultTransport.RoundTrip(on)
	if err != nil {
		panic(http.ErrAbortHandler) // as the stand-in broke off
	}
	defer func() { _ = answer.Body.Close() }() // it was read
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	answer.Body = io.NopCloser(bytes.NewReader(text))
	r.Body = io.NopCloser(bytes.NewReader(body))
	w.note(w.contract.Response(r, answer))
	for name, values := range answer.Header {
		out.Header()[name] = values
	}
	out.WriteHeader(answer.StatusCode)
	_, _ = out.Write(text) // the client may be gone
}

// note keeps what is not known.
func (w *Watched) note(found []Fault) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, f := range found {
		known := false
		for i, k := range w.known {
			if (k.Operation == "" || k.Operation == f.Operation) && strings.Contains(f.String(), k.Cause) {
				w.used[i], known = true, true
			}
		}
		if text := f.String(); !known && !w.said[text] {
			w.said[text] = true
			w.out = append(w.out, f)
		}
	}
}
