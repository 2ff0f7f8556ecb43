package jiratest

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Issue is one issue. Key is required, such as "SHOP-7"; the rest has defaults.
type Issue struct {
	Key         string
	Summary     string
	Type        string // "Task"
	Status      string // the name of the category
	Category    string // key of the status category: "new", "indeterminate" or "done"; "new"
	Priority    string // "Medium"
	Severity    string
	Resolution  string // "" is unresolved
	FixVersions []string
	Labels      []string
	Components  []string
	Assignee    string // account ids
	Reporter    string
	Sprint      int64
	Created     time.Time // the server's time
	Updated     time.Time // Created

	BlockedBy []string       // keys of issues
	Custom    map[string]any // values of fields, by id
	Approvals []Approval     // of Jira Service Management
	Changes   []Change       // the oldest first
}

// Change is one of a field of an issue, which its id names.
type Change struct {
	Field string
	At    time.Time
}

// Approval is one that an issue waits for, or has. Answers are "pending",
// "approved" and "declined".
type Approval struct {
	Name      string
	Final     string // "pending"
	Approvers []Approver
	Created   time.Time // the issue's
	Completed time.Time // zero: it is pending
}

// Approver is one of those who are asked.
type Approver struct{ Account, Answer string }

// Field is a field of issues.
type Field struct{ ID, Name string }

// Version is a version of a project.
type Version struct {
	ID, Project, Name  string
	Archived, Released bool
	Overdue            bool
}

// Sprint is a sprint of a board. State is "future", "active" or "closed".
type Sprint struct {
	ID, Board   int64
	Name, State string
}

type state struct {
	issues   []Issue // in the order of their addition
	versions []Version
	boards   map[int64]bool
	sprints  []Sprint
	hidden   map[string]bool // projects
	fields   []Field
}

var categoryNames = map[string]string{"new": "To Do", "indeterminate": "In Progress", "done": "Done"}

func (i Issue) project() string {
	project, _, _ := strings.Cut(i.Key, "-")
	return project
}

// AddIssues adds issues, or replaces those with the same key. Their projects,
// versions and sprints exist from then on.
func (s *Server) AddIssues(issues ...Issue) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range issues {
		one.Type = cmp.Or(one.Type, "Task")
		one.Category = cmp.Or(one.Category, "new")
		one.Status = cmp.Or(one.Status, categoryNames[one.Category])
		one.Priority = cmp.Or(one.Priority, "Medium")
		one.Reporter = cmp.Or(one.Reporter, AccountID)
		if one.Created.IsZero() {
			one.Created = s.Now()
		}
		if one.Updated.IsZero() {
			one.Updated = one.Created
		}
		for _, name := range one.FixVersions {
			s.addVersion(Version{Project: one.project(), Name: name})
		}
		at := slices.IndexFunc(s.state.issues, func(old Issue) bool { return old.Key == one.Key })
		if at < 0 {
			s.state.issues = append(s.state.issues, one)
			continue
		}
		s.state.issues[at] = one
	}
}

// AddVersions adds versions, or replaces those of the same project and name.
func (s *Server) AddVersions(versions ...Version) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range versions {
		s.state.versions = slices.DeleteFunc(s.state.versions, func(old Version) bool {
			return old.Project == v.Project && old.Name == v.Name
		})
		s.addVersion(v)
	}
}

func (s *Server) addVersion(v Version) {
	if slices.ContainsFunc(s.state.versions, func(old Version) bool { return old.Project == v.Project && old.Name == v.Name }) {
		return
	}
	if v.ID == "" {
		v.ID = strconv.Itoa(10000 + len(s.state.versions))
	}
	s.state.versions = append(s.state.versions, v)
}

// AddBoard adds a board with sprints.
func (s *Server) AddBoard(id int64, sprints ...Sprint) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state.boards == nil {
		s.state.boards = map[int64]bool{}
	}
	s.state.boards[id] = true
	for _, one := range sprints {
		one.Board = id
		s.state.sprints = append(s.state.sprints, one)
	}
}

// AddFields adds custom fields; values stand in [Issue.Custom].
func (s *Server) AddFields(fields ...Field) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.fields = append(s.state.fields, fields...)
}

// Hide takes the permission to browse projects away: their issues are left out
// of searches without a word, as Jira does, and they themselves are not found.
func (s *Server) Hide(projects ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.hidden = map[string]bool{}
	for _, p := range projects {
		s.state.hidden[p] = true
	}
}

// project reports whether the project exists and may be seen.
func (st *state) project(key string) bool {
	known := slices.ContainsFunc(st.issues, func(i Issue) bool { return i.project() == key }) ||
		slices.ContainsFunc(st.versions, func(v Version) bool { return v.Project == key })
	return known && !st.hidden[key]
}
