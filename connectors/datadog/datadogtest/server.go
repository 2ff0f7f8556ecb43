package datadogtest

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
)

// The keys that a server takes.
const (
	APIKey         = "datadog-test-api-key-0123456789ab"
	ApplicationKey = "datadog-test-application-key-0123456789abcdef"
)

// Scopes are those that the calls of the connector need.
var Scopes = []string{"timeseries_query", "monitors_read", "monitors_downtime", "slos_read", "ci_visibility_read"}

// Server is a Datadog site with one organisation. Its methods may be called
// while it serves.
type Server struct {
	*standin.Server

	mux *http.ServeMux

	mu        sync.Mutex
	scopes    []string
	metrics   map[string][]Series
	monitors  []Monitor
	downtimes []Downtime
	slos      map[string]SLO
	tests     map[string]Results
}

// Start starts a server that knows nothing. Its application key has all scopes.
func Start() (*Server, error) {
	s := &Server{scopes: Scopes, metrics: map[string][]Series{}, slos: map[string]SLO{}, tests: map[string]Results{}}
	s.mux = s.routes()
	var err error
	if s.Server, err = standin.Start(http.HandlerFunc(s.serve), "X-Request-Id", "DD-API-KEY", "DD-APPLICATION-KEY"); err != nil {
		return nil, fmt.Errorf("datadogtest: %w", err)
	}
	return s, nil
}

// Grant replaces the scopes of the application key.
func (s *Server) Grant(scopes ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scopes = slices.Clone(scopes)
}

func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	for _, route := range []struct {
		pattern, scope string
		answer         http.HandlerFunc
	}{
		{"GET /api/v1/validate", "", func(w http.ResponseWriter, _ *http.Request) { answer(w, map[string]any{"valid": true}) }},
		{"GET /api/v1/query", "timeseries_query", s.query},
		{"POST /api/v2/query/timeseries", "timeseries_query", s.timeseries},
		{"POST /api/v2/query/scalar", "timeseries_query", s.scalar},
		{"GET /api/v1/monitor", "monitors_read", s.listMonitors},
		{"GET /api/v1/monitor/{id}", "monitors_read", s.getMonitor},
		{"GET /api/v2/downtime", "monitors_downtime", s.listDowntimes},
		{"GET /api/v2/monitor/{id}/downtime_matches", "monitors_downtime", s.downtimeMatches},
		{"GET /api/v1/slo", "slos_read", s.listSLOs},
		{"GET /api/v1/slo/{id}", "slos_read", s.getSLO},
		{"GET /api/v1/slo/{id}/history", "slos_read", s.sloHistory},
		{"POST /api/v2/ci/tests/analytics/aggregate", "ci_visibility_read", s.aggregate},
	} {
		mux.HandleFunc(route.pattern, func(w http.ResponseWriter, r *http.Request) {
			if route.scope != "" && !s.may(r, route.scope) {
				refuse(w, http.StatusForbidden, "Forbidden")
				return
			}
			route.answer(w, r)
		})
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { refuse(w, http.StatusNotFound, "Not found") })
	return mux
}

// may reports whether the application key is right and has the scope.
func (s *Server) may(r *http.Request, scope string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return r.Header.Get("DD-APPLICATION-KEY") == ApplicationKey && slices.Contains(s.scopes, scope)
}

// serve answers from the state who may ask.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	switch r.Header.Get("DD-API-KEY") {
	case "":
		refuse(w, http.StatusForbidden, "API key required")
		return
	case APIKey:
	default:
		refuse(w, http.StatusForbidden, "Forbidden")
		return
	}
	if s.limited(w) {
		return
	}
	s.mux.ServeHTTP(w, r)
}

// limited takes a request from the rate limit, or refuses it with status 429
// and Datadog's own headers: the time until there is room again is in seconds.
func (s *Server) limited(w http.ResponseWriter) bool {
	a := s.Take()
	if !a.Limited {
		return false
	}
	h := w.Header()
	h.Set("X-RateLimit-Limit", strconv.Itoa(a.Burst))
	h.Set("X-RateLimit-Period", "3600")
	h.Set("X-RateLimit-Name", "batch_query")
	h.Set("X-RateLimit-Remaining", strconv.Itoa(a.Remaining))
	h.Set("X-RateLimit-Reset", strconv.Itoa(int(a.Wait/time.Second)))
	if !a.OK {
		refuse(w, http.StatusTooManyRequests, "Rate limit of 1600 requests in 3600 seconds reached. Please try again later.")
	}
	return !a.OK
}

// refuse writes an error in the form of v1 (APIErrorResponse).
func refuse(w http.ResponseWriter, status int, messages ...string) {
	if err := standin.Write(w, status, "application/json", map[string]any{"errors": messages}); err != nil {
		panic(err) // texts always encode
	}
}

func answer(w http.ResponseWriter, v any) {
	if err := standin.Write(w, http.StatusOK, "application/json", v); err != nil {
		refuse(w, http.StatusInternalServerError, err.Error())
	}
}

// whole reads a parameter that is a whole number from 0.
func whole(w http.ResponseWriter, r *http.Request, name string, otherwise int64) (int64, bool) {
	text := r.URL.Query().Get(name)
	if text == "" && otherwise >= 0 {
		return otherwise, true
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		refuse(w, http.StatusBadRequest, "The value provided for parameter '"+name+"' is invalid")
		return 0, false
	}
	return n, true
}
