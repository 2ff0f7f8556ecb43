package jiratest

import (
	"net/http"
	"strconv"
	"time"
)

// limited takes a request from the rate limit, or refuses it with status 429,
// Retry-After and the X-RateLimit headers.
func (s *Server) limited(w http.ResponseWriter) bool {
	a := s.Take()
	if !a.Limited {
		return false
	}
	h := w.Header()
	h.Set("X-RateLimit-Limit", strconv.Itoa(a.Burst))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(a.Remaining))
	if a.OK {
		return false
	}
	h.Set("Retry-After", strconv.Itoa(int(a.Wait/time.Second)))
	h.Set("X-RateLimit-Reset", a.Reset.UTC().Format(time.RFC3339))
	h.Set("RateLimit-Reason", "jira-burst-based")
	refuse(w, http.StatusTooManyRequests, "Rate limit exceeded.")
	return true
}
