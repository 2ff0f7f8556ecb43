package jiratest

import (
	"net/http"
	"strconv"
	"time"
)

// Fault answers a request in place of the server. If it returns true, the
// server answers as usual, with the headers that were set.
type Fault func(w http.ResponseWriter, r *http.Request) (goOn bool)

type pending struct {
	fault Fault
	left  int // below 0: for ever
}

// Fail answers the next n requests with a fault, after those that earlier calls
// of Fail asked for; n below 0 means all from then on.
func (s *Server) Fail(n int, fault Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n != 0 {
		s.faults = append(s.faults, pending{fault, n})
	}
}

// Heal forgets the faults that are still to come.
func (s *Server) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// nextFault takes the next fault; the lock is held.
func (s *Server) nextFault() Fault {
	if len(s.faults) == 0 {
		return nil
	}
	first := &s.faults[0]
	if first.left--; first.left == 0 {
		f := first.fault
		s.faults = s.faults[1:]
		return f
	}
	return first.fault
}

// Pass is no fault: it lets a request through before those that fail.
func Pass() Fault { return func(http.ResponseWriter, *http.Request) bool { return true } }

// Status refuses with a status and one message in Jira's form.
func Status(status int, message string) Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		refuse(w, status, message)
		return false
	}
}

// Limited is status 429 with a Retry-After header; "" leaves it out.
func Limited(retryAfter string) Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		if retryAfter != "" {
			w.Header().Set("Retry-After", retryAfter)
		}
		refuse(w, http.StatusTooManyRequests, "Rate limit exceeded.")
		return false
	}
}

// LimitedUntil is status 429 with X-RateLimit-Reset in ISO 8601, as Jira writes it.
func LimitedUntil(reset time.Time) Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("X-RateLimit-Reset", reset.UTC().Format(time.RFC3339))
		w.Header().Set("RateLimit-Reason", "jira-burst-based")
		refuse(w, http.StatusTooManyRequests, "Rate limit exceeded.")
		return false
	}
}

// WithHeader answers as usual, with one more header.
func WithHeader(name, value string) Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set(name, value)
		return true
	}
}

// Body answers with status 200, a content type and a text.
func Body(contentType, text string) Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Type", contentType)
		_, _ = w.Write([]byte(text)) // the client may be gone
		return false
	}
}

// SignIn is the page of a proxy that wants people to sign in, with status 200.
func SignIn() Fault {
	return Body("text/html; charset=utf-8", "<!DOCTYPE html><title>Sign in</title><form action=/login></form>")
}

// Truncated announces more than it sends.
func Truncated() Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		text := `{"issues":[{"id":"10001"`
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(text)+100))
		_, _ = w.Write([]byte(text))
		_ = http.NewResponseController(w).Flush() // what can be sent is sent
		panic(http.ErrAbortHandler)               // closes the connection
	}
}

// Redirect sends the client elsewhere.
func Redirect(status int, to string) Fault {
	return func(w http.ResponseWriter, r *http.Request) bool {
		http.Redirect(w, r, to, status)
		return false
	}
}

// Hang does not answer until release is closed or the client gives up.
func Hang(release <-chan struct{}) Fault {
	return func(_ http.ResponseWriter, r *http.Request) bool {
		select {
		case <-release:
		case <-r.Context().Done():
		}
		return true
	}
}

// SamePage answers a search with the same issue and the same page token for ever.
func SamePage() Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		answer(w, map[string]any{"issues": []any{map[string]any{"id": "10001", "key": "SHOP-1"}}, "isLast": false, "nextPageToken": "again"})
		return false
	}
}

// Anonymous answers a search as Jira answers a refused credential: with nothing,
// status 200 and a header that says why.
func Anonymous() Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("X-Seraph-LoginReason", "AUTHENTICATED_FAILED")
		answer(w, map[string]any{"issues": []any{}, "isLast": true})
		return false
	}
}
