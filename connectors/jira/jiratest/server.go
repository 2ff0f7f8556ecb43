package jiratest

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"sync"

	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
)

// The credential that a server takes, by Basic authentication.
const (
	Email = "release@example.com"
	Token = "jira-test-token-0123456789"
)

// AccountID is the account that the credential belongs to.
const AccountID = "5b10a2844c20165700ede21g"

// Server is a Jira site. Its methods may be called while it serves.
type Server struct {
	*standin.Server

	mux *http.ServeMux

	mu     sync.Mutex
	state  state
	tokens map[string]position
}

// Start starts a server with no issues.
func Start() (*Server, error) {
	s := &Server{tokens: map[string]position{}}
	s.mux = s.routes()
	var err error
	if s.Server, err = standin.Start(http.HandlerFunc(s.serve), "X-AREQUESTID"); err != nil {
		return nil, fmt.Errorf("jiratest: %w", err)
	}
	return s, nil
}

// serve answers from the state who may ask.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	want := "Basic " + base64.StdEncoding.EncodeToString([]byte(Email+":"+Token))
	if r.Header.Get("Authorization") != want {
		refuse(w, http.StatusUnauthorized, "Client must be authenticated to access this resource.")
		return
	}
	if s.limited(w) {
		return
	}
	s.mux.ServeHTTP(w, r)
}
