package azureboardstest

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
)

// What a server takes: a token, and the address of its one project.
const (
	Token        = "azure-test-token-0123456789"
	Organization = "acme"
	Project      = "Shop"
)

// The limits of Azure DevOps that the server keeps.
const (
	MaxBatch = 200
	MaxFound = 20_000
	maxWIQL  = 32_000
)

// Server is an organization with one project. Its methods may be called while
// it serves.
type Server struct {
	*standin.Server

	mux *http.ServeMux

	mu    sync.Mutex
	state state
}

// Start starts a server with no work items and no teams.
func Start() (*Server, error) {
	s := &Server{}
	s.state.items = map[int64][]Item{}
	s.mux = s.routes()
	var err error
	if s.Server, err = standin.Start(http.HandlerFunc(s.serve), "X-VSS-E2EID"); err != nil {
		return nil, fmt.Errorf("azureboardstest: %w", err)
	}
	return s, nil
}

func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /{organization}/{project}/_apis/wit/wiql", s.wiql)
	mux.HandleFunc("POST /{organization}/{project}/_apis/wit/workitemsbatch", s.batch)
	mux.HandleFunc("GET /{organization}/{project}/{team}/_apis/work/teamsettings/iterations", s.iterations)
	mux.HandleFunc("GET /{organization}/{project}/{team}/_apis/work/teamsettings/iterations/{id}/workitems", s.iterationItems)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		refuse(w, http.StatusNotFound, "The controller for path '"+r.URL.Path+"' was not found or does not implement IController.")
	})
	return mux
}

// serve answers who may ask.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Basic "+base64.StdEncoding.EncodeToString([]byte(":"+Token)) {
		SignIn()(w, r)
		return
	}
	if s.limited(w) {
		return
	}
	if r.URL.Query().Get("api-version") != "7.1" {
		refuse(w, http.StatusBadRequest, "No api-version was supplied for the \""+r.Method+"\" request. The version must be supplied either as part of the Accept header or as a query parameter.")
		return
	}
	s.mux.ServeHTTP(w, r)
}

// here refuses what is not of the organization and its project.
func (s *Server) here(w http.ResponseWriter, r *http.Request) bool {
	if r.PathValue("organization") == Organization && r.PathValue("project") == Project {
		return true
	}
	refuse(w, http.StatusNotFound, "TF200016: The following project does not exist: "+r.PathValue("project")+
		". Verify that the name of the project is correct and that the project exists on the specified Azure DevOps Server.")
	return false
}

// limited takes a request from the rate limit. Azure DevOps says how much is
// left, and blocks with status 429 and TF400733.
func (s *Server) limited(w http.ResponseWriter) bool {
	a := s.Take()
	if !a.Limited {
		return false
	}
	h := w.Header()
	h.Set("X-RateLimit-Resource", "test")
	h.Set("X-RateLimit-Limit", strconv.Itoa(a.Burst))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(a.Remaining))
	h.Set("X-RateLimit-Reset", strconv.FormatInt(a.Reset.Unix(), 10))
	if a.OK {
		return false
	}
	h.Set("X-RateLimit-Delay", strconv.Itoa(int(a.Wait/time.Second)))
	h.Set("Retry-After", strconv.Itoa(int(a.Wait/time.Second)))
	refuse(w, http.StatusTooManyRequests, blocked)
	return true
}

const blocked = "TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource 'test' in namespace 'User.'."

// refuse writes an error in the form of Azure DevOps (WrappedException).
func refuse(w http.ResponseWriter, status int, message string) {
	if err := standin.Write(w, status, "application/json; charset=utf-8", map[string]any{"$id": "1", "innerException": nil, "message": message,
		"typeName": "Microsoft.TeamFoundation.TestException, Microsoft.TeamFoundation", "typeKey": "TestException", "errorCode": 0, "eventId": 3000}); err != nil {
		panic(err) // texts always encode
	}
}

func answer(w http.ResponseWriter, v any) {
	if err := standin.Write(w, http.StatusOK, "application/json; charset=utf-8; api-version=7.1", v); err != nil {
		refuse(w, http.StatusInternalServerError, err.Error())
	}
}
