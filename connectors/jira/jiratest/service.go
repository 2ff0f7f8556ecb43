package jiratest

import (
	"net/http"
	"slices"
	"strconv"
	"time"
)

// systemFields are some that every site has.
var systemFields = []Field{{"summary", "Summary"}, {"labels", "Labels"}, {"status", "Status"}}

func (s *Server) allFields(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := []any{}
	for i, f := range append(slices.Clip(systemFields), s.state.fields...) {
		list = append(list, map[string]any{"id": f.ID, "key": f.ID, "name": f.Name, "custom": i >= len(systemFields), "navigable": true,
			"orderable": true, "searchable": true, "clauseNames": []string{f.Name}, "schema": map[string]any{"type": "string"}})
	}
	answer(w, list)
}

// links are the issues by which an issue is blocked.
func (s *Server) links(i Issue) []any {
	links := []any{}
	for n, key := range i.BlockedBy {
		at := slices.IndexFunc(s.state.issues, func(other Issue) bool { return other.Key == key })
		if at < 0 || s.state.hidden[s.state.issues[at].project()] {
			continue
		}
		other := s.state.issues[at]
		links = append(links, map[string]any{
			"id":   strconv.Itoa(20000 + n),
			"type": map[string]any{"id": "10000", "name": "Blocks", "inward": "is blocked by", "outward": "blocks"},
			"inwardIssue": map[string]any{"id": strconv.Itoa(10000 + at), "key": key, "fields": map[string]any{"summary": other.Summary,
				"status": map[string]any{"name": other.Status, "statusCategory": map[string]any{"key": other.Category, "name": categoryNames[other.Category]}}}},
		})
	}
	return links
}

// approvals is the approvals of one request (PagedDTOApprovalDTO).
func (s *Server) approvals(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := r.PathValue("key")
	at := slices.IndexFunc(s.state.issues, func(i Issue) bool { return i.Key == key && !s.state.hidden[i.project()] })
	if at < 0 {
		refuse(w, http.StatusNotFound, "The customer request does not exist, or you do not have permission to view it.")
		return
	}
	issue := s.state.issues[at]
	start, _ := strconv.Atoi(r.URL.Query().Get("start"))
	limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
	if err != nil || limit < 1 || limit > 50 || start < 0 {
		limit = 50
	}
	from := min(max(start, 0), len(issue.Approvals))
	to := min(from+limit, len(issue.Approvals))
	list := []any{}
	for n, a := range issue.Approvals[from:to] {
		list = append(list, a.bean(strconv.Itoa(from+n+1), issue))
	}
	answer(w, map[string]any{"size": len(list), "start": from, "limit": limit, "isLastPage": to == len(issue.Approvals), "values": list})
}

func (a Approval) bean(id string, of Issue) map[string]any {
	created, final := a.Created, a.Final
	if created.IsZero() {
		created = of.Created
	}
	if final == "" {
		final = "pending"
	}
	approvers := []any{}
	for _, by := range a.Approvers {
		approvers = append(approvers, map[string]any{"approver": account(by.Account), "approverDecision": by.Answer})
	}
	bean := map[string]any{"id": id, "name": a.Name, "finalDecision": final, "canAnswerApproval": false, "approvers": approvers, "createdDate": date(created)}
	if !a.Completed.IsZero() {
		bean["completedDate"] = date(a.Completed)
	}
	return bean
}

func date(t time.Time) map[string]any {
	return map[string]any{"iso8601": t.UTC().Format("2006-01-02T15:04:05-0700"), "jira": t.UTC().Format("2006-01-02T15:04:05.000-0700"), "epochMillis": t.UnixMilli()}
}

// changes is the changelog of one issue (PageBeanChangelog).
func (s *Server) changes(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := r.PathValue("key")
	at := slices.IndexFunc(s.state.issues, func(i Issue) bool { return i.Key == key && !s.state.hidden[i.project()] })
	if at < 0 {
		refuse(w, http.StatusNotFound, "Issue does not exist or you do not have permission to see it.")
		return
	}
	var all []map[string]any
	for n, c := range s.state.issues[at].Changes {
		all = append(all, map[string]any{"id": strconv.Itoa(n + 1), "created": c.At.UTC().Format("2006-01-02T15:04:05.000-0700"),
			"items": []any{map[string]any{"field": c.Field, "fieldId": c.Field, "fieldtype": "custom"}}})
	}
	paged(w, r, all)
}
