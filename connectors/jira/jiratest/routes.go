package jiratest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
)

func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /rest/api/3/myself", s.myself)
	mux.HandleFunc("POST /rest/api/3/search/jql", s.search)
	mux.HandleFunc("GET /rest/api/3/project/{project}/version", s.projectVersions)
	mux.HandleFunc("GET /rest/api/3/version/{id}/unresolvedIssueCount", s.unresolved)
	mux.HandleFunc("GET /rest/api/3/field", s.allFields)
	mux.HandleFunc("GET /rest/api/3/issue/{key}/changelog", s.changes)
	mux.HandleFunc("GET /rest/servicedeskapi/request/{key}/approval", s.approvals)
	mux.HandleFunc("GET /rest/agile/1.0/board/{board}/sprint", s.boardSprints)
	mux.HandleFunc("/rest/api/3/search", func(w http.ResponseWriter, _ *http.Request) {
		refuse(w, http.StatusGone, "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.")
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		refuse(w, http.StatusNotFound, "null for uri")
	})
	return mux
}

// refuse writes an error in Jira's form (ErrorCollection).
func refuse(w http.ResponseWriter, status int, messages ...string) {
	if err := standin.Write(w, status, "application/json", map[string]any{"errorMessages": messages, "errors": map[string]string{}}); err != nil {
		panic(err) // texts always encode
	}
}

func answer(w http.ResponseWriter, v any) {
	if err := standin.Write(w, http.StatusOK, "application/json", v); err != nil {
		refuse(w, http.StatusInternalServerError, err.Error())
	}
}

func (s *Server) myself(w http.ResponseWriter, _ *http.Request) {
	answer(w, map[string]any{"accountId": AccountID, "accountType": "atlassian", "active": true, "emailAddress": Email,
		"displayName": "Release Manager", "timeZone": "UTC"})
}

func (s *Server) projectVersions(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := r.PathValue("project")
	if !s.state.project(key) {
		refuse(w, http.StatusNotFound, "No project could be found with key '"+key+"'.")
		return
	}
	query := strings.ToLower(r.URL.Query().Get("query"))
	var found []map[string]any
	for _, v := range s.state.versions {
		if v.Project == key && strings.Contains(strings.ToLower(v.Name), query) {
			found = append(found, map[string]any{"id": v.ID, "name": v.Name, "archived": v.Archived, "released": v.Released, "overdue": v.Overdue,
				"self": s.URL + "/rest/api/3/version/" + v.ID})
		}
	}
	paged(w, r, found)
}

func (s *Server) unresolved(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := r.PathValue("id")
	at := slices.IndexFunc(s.state.versions, func(v Version) bool { return v.ID == id && !s.state.hidden[v.Project] })
	if at < 0 {
		refuse(w, http.StatusNotFound, "Could not find version for id '"+id+"'")
		return
	}
	v := s.state.versions[at]
	all, open := 0, 0
	for _, i := range s.state.issues {
		if i.project() == v.Project && slices.Contains(i.FixVersions, v.Name) {
			all++
			if i.Resolution == "" {
				open++
			}
		}
	}
	answer(w, map[string]any{"self": s.URL + "/rest/api/3/version/" + id, "issuesCount": all, "issuesUnresolvedCount": open})
}

func (s *Server) boardSprints(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id, err := strconv.ParseInt(r.PathValue("board"), 10, 64)
	if err != nil || !s.state.boards[id] {
		refuse(w, http.StatusNotFound, "The requested board cannot be viewed because it either does not exist or you do not have permission to view it.")
		return
	}
	states := strings.Split(r.URL.Query().Get("state"), ",")
	var found []map[string]any
	for _, one := range s.state.sprints {
		if one.Board == id && (states[0] == "" || slices.Contains(states, one.State)) {
			found = append(found, map[string]any{"id": one.ID, "name": one.Name, "state": one.State, "originBoardId": one.Board,
				"self": s.URL + "/rest/agile/1.0/sprint/" + strconv.FormatInt(one.ID, 10)})
		}
	}
	paged(w, r, found)
}

// paged writes the part of a list that startAt and maxResults name, 50 by default.
func paged(w http.ResponseWriter, r *http.Request, all []map[string]any) {
	start, size := 0, 50
	for name, v := range map[string]*int{"startAt": &start, "maxResults": &size} {
		if text := r.URL.Query().Get(name); text != "" {
			n, err := strconv.Atoi(text)
			if err != nil || n < 0 {
				refuse(w, http.StatusBadRequest, "'"+text+"' is not a valid value for "+name)
				return
			}
			*v = n
		}
	}
	from := min(start, len(all))
	to := min(from+size, len(all))
	answer(w, map[string]any{"startAt": start, "maxResults": size, "total": len(all), "isLast": to == len(all),
		"values": append([]map[string]any{}, all[from:to]...)})
}
