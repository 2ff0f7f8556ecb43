package standin

import (
	"math"
	"time"
)

// bucket is the state of the rate limit.
type bucket struct {
	burst, perSecond, level float64
	at                      time.Time
}

// Limit lets burst requests through and then perSecond, by the server's clock;
// what the stand-in says to the others is the vendor's. A burst of 0 lifts the
// limit.
func (s *Server) Limit(burst int, perSecond float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bucket = nil
	if burst > 0 {
		s.bucket = &bucket{burst: float64(burst), perSecond: perSecond, level: float64(burst), at: s.now()}
	}
}

// Allowance is what is left of the rate limit after a request.
type Allowance struct {
	Limited   bool          // there is a limit
	OK        bool          // the request is within it
	Burst     int           // requests at once
	Remaining int           // of them
	Wait      time.Duration // until the next one, in whole seconds
	Reset     time.Time     // when that is
}

// Take takes one request from the rate limit.
func (s *Server) Take() Allowance {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, now := s.bucket, s.now()
	if b == nil {
		return Allowance{OK: true}
	}
	b.level = min(b.burst, b.level+now.Sub(b.at).Seconds()*b.perSecond)
	b.at = now
	a := Allowance{Limited: true, OK: b.level >= 1, Burst: int(b.burst)}
	if a.OK {
		b.level--
	}
	a.Remaining = int(math.Floor(b.level))
	a.Wait = time.Duration(math.Ceil((1-b.level)/b.perSecond)) * time.Second
	a.Reset = now.Add(a.Wait)
	return a
}
