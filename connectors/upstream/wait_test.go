package upstream_test

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors/upstream"
)

var moment = time.Date(2026, time.December, 7, 12, 0, 0, 0, time.UTC)

func TestReadWait(t *testing.T) {
	for _, tt := range []struct {
		text string
		want time.Duration
		ok   bool
	}{
		{"", 0, false}, {"soon", 0, false}, {"NaN", 0, false}, {"+Inf", 0, false}, {"1e300", 0, false},
		{"0", 0, true}, {"-5", 0, true}, {" 7 ", 7 * time.Second, true}, {"1.5", 1500 * time.Millisecond, true},
		{"999999999", 24 * time.Hour, true},
		{"1796644830", 30 * time.Second, true}, {"1796644830000", 30 * time.Second, true}, {"1000000000", 0, true},
		{"Mon, 07 Dec 2026 12:00:45 GMT", 45 * time.Second, true}, {"Mon, 07 Dec 2026 11:00:00 GMT", 0, true},
		{"2026-12-07T12:01:00Z", time.Minute, true}, {"2026-12-07T12:01Z", time.Minute, true}, {"2026-12-07T13:01:00+01:00", time.Minute, true},
		{"2026-12-07T12:01:00.500Z", time.Minute + 500*time.Millisecond, true}, {"2026-12-07T12:01:00+0000", time.Minute, true},
		{"2036-12-07T12:00:00Z", 24 * time.Hour, true},
	} {
		got, ok := upstream.ReadWait(tt.text, moment)
		if got != tt.want || ok != tt.ok {
			t.Errorf("%q: %v %v, want %v %v", tt.text, got, ok, tt.want, tt.ok)
		}
	}
}

// A successful answer delays the next call only if it says so, or if nothing is left.
func TestBefore(t *testing.T) {
	for _, tt := range []struct {
		name   string
		header map[string]string
		want   time.Duration
		ok     bool
	}{
		{"nothing", nil, 0, false},
		{"something left", map[string]string{"X-RateLimit-Remaining": "1", "X-RateLimit-Reset": "9"}, 0, false},
		{"a reset alone", map[string]string{"X-RateLimit-Reset": "9"}, 0, false},
		{"GitHub", map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": strconv.FormatInt(moment.Unix()+40, 10)}, 40 * time.Second, true},
		{"Datadog", map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "7"}, 7 * time.Second, true},
		{"Jira", map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2026-12-07T12:00:30Z"}, 30 * time.Second, true},
		{"PagerDuty", map[string]string{"Ratelimit-Remaining": "0", "Ratelimit-Reset": "12"}, 12 * time.Second, true},
		{"Retry-After first", map[string]string{"Retry-After": "3", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "9"}, 3 * time.Second, true},
		{"nothing left, nothing said", map[string]string{"X-RateLimit-Remaining": "0"}, 0, false},
	} {
		h := http.Header{}
		for k, v := range tt.header {
			h.Set(k, v)
		}
		if got, ok := upstream.Before(h, moment); got != tt.want || ok != tt.ok {
			t.Errorf("%s: %v %v, want %v %v", tt.name, got, ok, tt.want, tt.ok)
		}
	}
}

// Retry-After goes first, and moments are compared with the server's clock.
func TestAsked(t *testing.T) {
	for _, tt := range []struct {
		name   string
		header map[string]string
		want   time.Duration
		ok     bool
	}{
		{"nothing", nil, 0, false},
		{"Retry-After first", map[string]string{"Retry-After": "3", "X-RateLimit-Reset": "9"}, 3 * time.Second, true},
		{"unreadable Retry-After", map[string]string{"Retry-After": "?", "X-RateLimit-Reset": "9"}, 9 * time.Second, true},
		{"PagerDuty", map[string]string{"Ratelimit-Reset": "12"}, 12 * time.Second, true},
		{"server's clock", map[string]string{"Date": "Mon, 07 Dec 2026 12:04:00 GMT", "X-RateLimit-Reset": "2026-12-07T12:04:20Z"}, 20 * time.Second, true},
		{"server's clock behind", map[string]string{"Date": "Mon, 07 Dec 2026 11:55:00 GMT", "Retry-After": "Mon, 07 Dec 2026 11:55:09 GMT"}, 9 * time.Second, true},
		{"a clock far ahead", map[string]string{"Date": "Mon, 07 Dec 2026 13:00:00 GMT", "Retry-After": "Mon, 07 Dec 2026 12:00:20 GMT"}, 20 * time.Second, true},
		{"a clock far behind", map[string]string{"Date": "Sun, 06 Dec 2026 12:00:00 GMT", "X-RateLimit-Reset": "2026-12-07T12:00:20Z"}, 20 * time.Second, true},
	} {
		h := http.Header{}
		for k, v := range tt.header {
			h.Set(k, v)
		}
		if got, ok := upstream.Asked(h, moment); got != tt.want || ok != tt.ok {
			t.Errorf("%s: %v %v, want %v %v", tt.name, got, ok, tt.want, tt.ok)
		}
	}
}

func FuzzReadWait(f *testing.F) {
	for _, s := range []string{"7", "-1", "1796644830", "2026-12-07T12:01Z", "Mon, 07 Dec 2026 12:00:45 GMT", "0x1p4", "1_000", "9e18", "-9223372036854775808"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, ok := upstream.ReadWait(s, moment)
		if d < 0 || d > 24*time.Hour || !ok && d != 0 {
			t.Errorf("%q: %v %v", s, d, ok)
		}
	})
}
