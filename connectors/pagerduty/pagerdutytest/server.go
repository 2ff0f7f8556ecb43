package pagerdutytest

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
)

// Key is the key that a server takes, one of the account.
const Key = "pagerduty-test-key-0123456789"

// Server is an account. Its methods may be called while it serves.
type Server struct {
	*standin.Server

	mux *http.ServeMux

	mu        sync.Mutex
	services  []Service
	incidents []Incident
	policies  []Policy
	shifts    []Shift
	windows   []Maintenance
	changes   []Change
	denied    []string
}

// Start starts a server that knows nothing.
func Start() (*Server, error) {
	s := &Server{}
	s.mux = s.routes()
	var err error
	if s.Server, err = standin.Start(http.HandlerFunc(s.serve), "X-Request-Id"); err != nil {
		return nil, fmt.Errorf("pagerdutytest: %w", err)
	}
	return s, nil
}

// Deny takes the permission to read these paths away, such as "/oncalls".
func (s *Server) Deny(paths ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.denied = slices.Clone(paths)
}

func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /abilities", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"abilities": []string{"teams", "read_only_users", "urgencies"}})
	})
	mux.HandleFunc("GET /users/me", func(w http.ResponseWriter, _ *http.Request) {
		refuse(w, http.StatusBadRequest, 2001, "User required", "the key is one of the account")
	})
	for path, list := range map[string]http.HandlerFunc{
		"/services": s.listServices, "/incidents": s.listIncidents, "/escalation_policies": s.listPolicies, "/oncalls": s.listShifts,
		"/maintenance_windows": s.listWindows, "/change_events": s.listChanges,
	} {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			s.mu.Lock()
			denied := slices.Contains(s.denied, path)
			s.mu.Unlock()
			if denied {
				refuse(w, http.StatusForbidden, 2010, "Access Denied")
				return
			}
			list(w, r)
		})
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { refuse(w, http.StatusNotFound, 2100, "Not Found") })
	return mux
}

// serve answers from the state who may ask.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Header.Get("Authorization") != "Token token="+Key:
		refuse(w, http.StatusUnauthorized, 2006, "Authentication failed")
	case r.Header.Get("Accept") != "application/vnd.pagerduty+json;version=2":
		refuse(w, http.StatusNotAcceptable, 2003, "Not Acceptable")
	case s.limited(w):
	default:
		s.mux.ServeHTTP(w, r)
	}
}

// limited takes a request from the rate limit, or refuses it with status 429
// and PagerDuty's own headers: the time until there is room again is in seconds.
func (s *Server) limited(w http.ResponseWriter) bool {
	a := s.Take()
	if !a.Limited {
		return false
	}
	h := w.Header()
	h.Set("ratelimit-limit", strconv.Itoa(a.Burst))
	h.Set("ratelimit-remaining", strconv.Itoa(a.Remaining))
	h.Set("ratelimit-reset", strconv.Itoa(int(a.Wait/time.Second)))
	if !a.OK {
		refuse(w, http.StatusTooManyRequests, 2020, "Rate Limit Exceeded")
	}
	return !a.OK
}

// refuse writes an error in PagerDuty's form.
func refuse(w http.ResponseWriter, status, code int, message string, details ...string) {
	if err := standin.Write(w, status, "application/json", map[string]any{"error": map[string]any{"code": code, "message": message, "errors": append([]string{}, details...)}}); err != nil {
		panic(err) // texts always encode
	}
}

func answer(w http.ResponseWriter, v any) {
	if err := standin.Write(w, http.StatusOK, "application/json;charset=utf-8", v); err != nil {
		refuse(w, http.StatusInternalServerError, 2000, err.Error())
	}
}

// paged writes the part of a list that offset and limit name, 25 by default.
func paged[T any](w http.ResponseWriter, r *http.Request, name string, all []T, item func(T) map[string]any) {
	offset, limit := 0, 25
	for key, v := range map[string]*int{"offset": &offset, "limit": &limit} {
		if text := r.URL.Query().Get(key); text != "" {
			n, err := strconv.Atoi(text)
			if err != nil || n < 0 {
				refuse(w, http.StatusBadRequest, 2001, "Invalid Input Provided", key+" must be a number")
				return
			}
			*v = n
		}
	}
	if limit > 100 || limit < 1 || offset+limit > 10_000 {
		refuse(w, http.StatusBadRequest, 2001, "Invalid Input Provided", "Offset plus limit must not exceed 10000, and limit must be between 1 and 100.")
		return
	}
	from := min(offset, len(all))
	to := min(from+limit, len(all))
	var total any
	if r.URL.Query().Get("total") == "true" {
		total = len(all)
	}
	items := []map[string]any{}
	for _, one := range all[from:to] {
		items = append(items, item(one))
	}
	answer(w, map[string]any{name: items, "limit": limit, "offset": offset, "more": to < len(all), "total": total})
}

// Status refuses with a status and a message in PagerDuty's form.
func Status(status int, message string) standin.Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		refuse(w, status, 2001, message)
		return false
	}
}

// Limited is status 429 in PagerDuty's form: the seconds to wait are in
// ratelimit-reset, and there is no Retry-After.
func Limited(reset string) standin.Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		h := w.Header()
		h.Set("ratelimit-limit", "960")
		h.Set("ratelimit-remaining", "0")
		if reset != "" {
			h.Set("ratelimit-reset", reset)
		}
		refuse(w, http.StatusTooManyRequests, 2020, "Rate Limit Exceeded")
		return false
	}
}
