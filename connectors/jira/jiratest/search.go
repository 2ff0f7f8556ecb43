package jiratest

import (
	"crypto/rand"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// position is what a page token stands for.
type position struct {
	jql     string
	ids     []int64 // reconciled
	from    int
	expires time.Time
}

// tokenLife is how long a page token lives: "This token will expire in 7 days".
const (
	tokenLife     = 7 * 24 * time.Hour
	maxReconciled = 50 // "Accepts max 50 ids"
)

// searchBody is SearchAndReconcileRequestBean; other fields are refused.
type searchBody struct {
	JQL             string   `json:"jql"`
	Fields          []string `json:"fields"`
	MaxResults      *int     `json:"maxResults"`
	NextPageToken   *string  `json:"nextPageToken"`
	Expand          string   `json:"expand"`
	Properties      []string `json:"properties"`
	FieldsByKeys    bool     `json:"fieldsByKeys"`
	ReconcileIssues []int64  `json:"reconcileIssues"`
}

// ExpireTokens makes every page token given out invalid.
func (s *Server) ExpireTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tokens = map[string]position{}
}

func (s *Server) search(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var body searchBody
	dec := json.NewDecoder(r.Body)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&body); err != nil {
		refuse(w, http.StatusBadRequest, "Invalid request payload. Refer to the REST API documentation and try again.")
		return
	}
	if len(body.ReconcileIssues) > maxReconciled {
		refuse(w, http.StatusBadRequest, "The number of issues to reconcile is limited to 50.")
		return
	}
	found, err := s.state.find(body.JQL, s.Now())
	if err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	from := 0
	if body.NextPageToken != nil {
		at, ok := s.tokens[*body.NextPageToken]
		if !ok || at.jql != body.JQL || !slices.Equal(at.ids, body.ReconcileIssues) || s.Now().After(at.expires) {
			refuse(w, http.StatusBadRequest, "The provided next page token is invalid or expired.")
			return
		}
		from = at.from
	}
	from = min(from, len(found))
	to := min(from+pageSize(body), len(found))
	page := map[string]any{"issues": s.beans(found[from:to], body.Fields), "isLast": to == len(found)}
	if to < len(found) {
		token := rand.Text()
		s.tokens[token] = position{jql: body.JQL, ids: body.ReconcileIssues, from: to, expires: s.Now().Add(tokenLife)}
		page["nextPageToken"] = token
	}
	answer(w, page)
}

// pageSize is what is asked for within Jira's limits: 50 by default, at most
// 5000 by id and 100 with fields.
func pageSize(body searchBody) int {
	size, most := 50, 5000
	if !idOnly(body.Fields) {
		most = 100
	}
	if body.MaxResults != nil && *body.MaxResults > 0 {
		size = *body.MaxResults
	}
	return min(size, most)
}

func idOnly(fields []string) bool {
	return len(fields) == 0 || len(fields) == 1 && fields[0] == "id"
}

// beans are the issues with the fields that were asked for.
func (s *Server) beans(found []int, fields []string) []any {
	all := make([]any, 0, len(found))
	for _, n := range found {
		one := s.state.issues[n]
		bean := map[string]any{"id": strconv.Itoa(10000 + n)}
		if !idOnly(fields) {
			bean["key"] = one.Key
			bean["self"] = s.URL + "/rest/api/3/issue/" + strconv.Itoa(10000+n)
			bean["fields"] = s.bean(one, fields)
		}
		all = append(all, bean)
	}
	return all
}

func (s *Server) bean(i Issue, fields []string) map[string]any {
	all := map[string]any{
		"summary":     i.Summary,
		"issuetype":   map[string]any{"name": i.Type},
		"status":      map[string]any{"name": i.Status, "statusCategory": map[string]any{"key": i.Category, "name": categoryNames[i.Category]}},
		"priority":    map[string]any{"name": i.Priority},
		"assignee":    account(i.Assignee),
		"reporter":    account(i.Reporter),
		"labels":      append([]string{}, i.Labels...),
		"components":  names(i.Components),
		"fixVersions": names(i.FixVersions),
		"updated":     i.Updated.UTC().Format("2006-01-02T15:04:05.000-0700"),
		"created":     i.Created.UTC().Format("2006-01-02T15:04:05.000-0700"),
		"issuelinks":  s.links(i),
	}
	maps.Copy(all, i.Custom)
	for _, f := range s.state.fields {
		if _, set := all[f.ID]; !set {
			all[f.ID] = nil
		}
	}
	for name := range all {
		if !slices.Contains(fields, name) {
			delete(all, name)
		}
	}
	return all
}

// account is null for nobody.
func account(id string) any {
	if id == "" {
		return nil
	}
	return map[string]any{"accountId": id, "accountType": "atlassian", "active": true}
}

func names(list []string) []any {
	all := make([]any, 0, len(list))
	for _, name := range list {
		all = append(all, map[string]any{"name": name})
	}
	return all
}
