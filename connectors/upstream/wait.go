package upstream

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	// maxAsked bounds what is reported of a header: nobody waits longer for a release.
	maxAsked = 24 * time.Hour

	// maxPause bounds for how long one answer keeps later calls from being sent.
	maxPause = 5 * time.Minute

	// maxSkew is how far a server's clock may be from ours and still be believed.
	maxSkew = 5 * time.Minute
)

// retryAfter is how long the Retry-After header (RFC 9110 §10.2.3) asks to
// wait; false if it is absent or not understood.
func retryAfter(h http.Header, now time.Time) (time.Duration, bool) {
	return readWait(h.Get("Retry-After"), sourceTime(h, now))
}

// asked is how long a refusal asks to wait. Retry-After goes first, then the
// end of the window of a rate limit: X-RateLimit-Reset (Jira Cloud: ISO 8601,
// Azure DevOps: Unix time, Datadog: seconds) and RateLimit-Reset (PagerDuty:
// seconds).
func asked(h http.Header, now time.Time) (time.Duration, bool) {
	if d, ok := retryAfter(h, now); ok {
		return d, true
	}
	for _, name := range []string{"X-RateLimit-Reset", "RateLimit-Reset"} {
		if d, ok := readWait(h.Get(name), sourceTime(h, now)); ok {
			return d, true
		}
	}
	return 0, false
}

// exhausted reports whether nothing is left of the window of a rate limit.
func exhausted(h http.Header) bool {
	return strings.TrimSpace(h.Get("X-RateLimit-Remaining")) == "0" || strings.TrimSpace(h.Get("RateLimit-Remaining")) == "0"
}

// limited reports whether a 403 is about a limit and not about a permission:
// GitHub answers so ("Rate limits for the REST API", "Exceeding the rate limit").
func limited(h http.Header) bool { return exhausted(h) || h.Get("Retry-After") != "" }

// before is how long a successful answer asks to wait with the next call: by
// Retry-After, or until the window ends of which nothing is left.
func before(h http.Header, now time.Time) (time.Duration, bool) {
	if d, ok := retryAfter(h, now); ok {
		return d, true
	}
	if exhausted(h) {
		return asked(h, now)
	}
	return 0, false
}

// sourceTime is the Date of an answer, so that a clock of ours that is a little
// off does not lengthen a wait. One that is far from now is not believed.
func sourceTime(h http.Header, now time.Time) time.Time {
	if t, err := http.ParseTime(h.Get("Date")); err == nil && t.Sub(now).Abs() <= maxSkew {
		return t
	}
	return now
}

// readWait reads seconds, Unix time in seconds or milliseconds, an HTTP date or
// ISO 8601. The result is in 0 to maxAsked.
func readWait(text string, now time.Time) (time.Duration, bool) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, false
	}
	if n, err := strconv.ParseFloat(text, 64); err == nil {
		return numberWait(n, now)
	}
	if t, err := http.ParseTime(text); err == nil {
		return bound(t.Sub(now)), true
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700"} {
		if t, err := time.Parse(layout, text); err == nil {
			return bound(t.Sub(now)), true
		}
	}
	return 0, false
}

// numberWait tells seconds from Unix time by size: 1e9 seconds are 31 years as
// a wait and the year 2001 as a moment; 1e12 are a moment in milliseconds.
func numberWait(n float64, now time.Time) (time.Duration, bool) {
	switch {
	case math.IsNaN(n) || math.IsInf(n, 0) || n > 1e14:
		return 0, false
	case n >= 1e12:
		return bound(time.UnixMilli(int64(n)).Sub(now)), true
	case n >= 1e9:
		return bound(time.Unix(int64(n), 0).Sub(now)), true
	}
	n = min(max(n, 0), maxAsked.Seconds())
	return time.Duration(n * float64(time.Second)), true
}

func bound(d time.Duration) time.Duration { return min(max(d, 0), maxAsked) }
