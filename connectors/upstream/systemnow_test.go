package upstream_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors/upstream"
)

// set is a clock that a test sets.
type set struct{ now time.Time }

func (s *set) Now() time.Time                             { return s.now }
func (s *set) Sleep(context.Context, time.Duration) error { return nil }

// What time it is, the system's answers tell, for a while.
func TestSystemNow(t *testing.T) {
	theirs := time.Date(2026, 12, 9, 6, 0, 0, 0, time.UTC)
	date := theirs.Format(http.TimeFormat)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Date"] = []string{date}
		if date == "" {
			w.Header()["Date"] = nil
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{}`))
	}))
	defer server.Close()
	ours := &set{time.Date(2026, 11, 24, 18, 0, 0, 500, time.UTC)}
	client, err := upstream.New(server.URL, &upstream.Options{Clock: ours})
	if err != nil {
		t.Fatal(err)
	}
	expect := func(want time.Time, wantKnown bool) {
		t.Helper()
		if got, known := client.SystemNow(); !got.Equal(want) || known != wantKnown {
			t.Errorf("%v, %v; want %v, %v", got, known, want, wantKnown)
		}
	}
	ask := func() {
		t.Helper()
		if _, err := client.Do(t.Context(), upstream.Get("/"), nil); err != nil {
			t.Fatal(err)
		}
	}
	expect(ours.now.Truncate(time.Second), false)
	ask()
	expect(theirs, true)
	ours.now = ours.now.Add(9 * time.Minute)
	expect(theirs.Add(9*time.Minute), true)
	ours.now = ours.now.Add(2 * time.Minute)
	expect(ours.now.Truncate(time.Second), false)
	date = ""
	ask()
	expect(ours.now.Truncate(time.Second), true) // nothing is said: ours it is
}
