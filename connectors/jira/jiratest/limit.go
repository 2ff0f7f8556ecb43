package jiratest

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"
)

// bucket is the state of the rate limit.
type bucket struct {
	burst, perSecond, level float64
	at                      time.Time
}

// Limit lets burst requests through and then perSecond, by the server's clock;
// what is more is refused with status 429, Retry-After and the X-RateLimit
// headers. A burst of 0 lifts the limit.
func (s *Server) Limit(burst int, perSecond float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bucket = nil
	if burst > 0 {
		s.bucket = &bucket{burst: float64(burst), perSecond: perSecond, level: float64(burst), at: s.now()}
	}
}

// limited takes a token from the bucket, or refuses the request.
func (s *Server) limited(w http.ResponseWriter) bool {
	s.mu.Lock()
	b, now := s.bucket, s.now()
	if b == nil {
		s.mu.Unlock()
		return false
	}
	b.level = min(b.burst, b.level+now.Sub(b.at).Seconds()*b.perSecond)
	b.at = now
	ok := b.level >= 1
	if ok {
		b.level--
	}
	wait := time.Duration(math.Ceil((1-b.level)/b.perSecond)) * time.Second
	level, burst := b.level, b.burst
	s.mu.Unlock()
	h := w.Header()
	h.Set("X-RateLimit-Limit", fmt.Sprintf("%.0f", burst))
	h.Set("X-RateLimit-Remaining", fmt.Sprintf("%.0f", math.Floor(level)))
	if ok {
		return false
	}
	h.Set("Retry-After", strconv.Itoa(int(wait/time.Second)))
	h.Set("X-RateLimit-Reset", now.Add(wait).UTC().Format(time.RFC3339))
	h.Set("RateLimit-Reason", "jira-burst-based")
	refuse(w, http.StatusTooManyRequests, "Rate limit exceeded.")
	return true
}
