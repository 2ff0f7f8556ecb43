package jiraconnector

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors/jira"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// itemFields are the fields that a work item is made of; Jira returns no others.
var itemFields = []string{"summary", "issuetype", "status", "priority", "assignee", "reporter", "labels", "components", "updated", "issuelinks"}

// issue is what of an issue is read (IssueBean). With ids only, the rest is absent.
type issue struct {
	ID     string      `json:"id"`
	Key    string      `json:"key"`
	Fields issueFields `json:"fields"`
}

// issueFields are the fields that are asked for, and all of them as they came.
type issueFields struct {
	knownFields

	raw json.RawMessage
}

type knownFields struct {
	Summary    string   `json:"summary"`
	IssueType  named    `json:"issuetype"`
	Status     status   `json:"status"`
	Priority   named    `json:"priority"`
	Assignee   person   `json:"assignee"`
	Reporter   person   `json:"reporter"`
	Labels     []string `json:"labels"`
	Components []named  `json:"components"`
	Updated    any      `json:"updated"`
	Links      []link   `json:"issuelinks"`
}

// UnmarshalJSON keeps the text beside the fields.
func (f *issueFields) UnmarshalJSON(data []byte) error {
	f.raw = slices.Clone(data)
	return json.Unmarshal(data, &f.knownFields)
}

// link is an issue link; inward says what the other issue does to this one.
type link struct {
	Type struct {
		Inward string `json:"inward"`
	} `json:"type"`
	InwardIssue struct {
		Key    string `json:"key"`
		Fields struct {
			Status status `json:"status"`
		} `json:"fields"`
	} `json:"inwardIssue"`
}

// blocks is the label of an issue that another one, which is not done, blocks;
// "" if the link says nothing like it.
func (l link) blocks() string {
	if l.InwardIssue.Key == "" || l.InwardIssue.Fields.Status.category() == fact.Done || !strings.Contains(strings.ToLower(l.Type.Inward), "blocked") {
		return ""
	}
	return l.Type.Inward + " " + l.InwardIssue.Key
}

type named struct {
	Name string `json:"name"`
}

type status struct {
	Name     string `json:"name"`
	Category struct {
		Key string `json:"key"`
	} `json:"statusCategory"`
}

type person struct {
	AccountID string `json:"accountId"`
}

// workItem is the issue as a fact.
func (i issue) workItem(site string) fact.WorkItem {
	f := i.Fields
	item := fact.WorkItem{
		ID: i.Key, Title: f.Summary, Type: f.IssueType.Name, Status: f.Status.Name, Category: f.Status.category(),
		Priority: f.Priority.Name, Assignee: f.Assignee.account(), Author: f.Reporter.account(),
		Labels: f.Labels, Updated: updated(f.Updated), Link: value.Link(site + "/browse/" + i.Key),
	}
	for _, c := range f.Components {
		item.Components = append(item.Components, c.Name)
	}
	for _, l := range f.Links {
		if label := l.blocks(); label != "" && item.Category != fact.Done {
			item.Labels = append(item.Labels, label)
		}
	}
	return item
}

// category maps the key of Jira's status category. The keys are fixed, the
// names are translated; "undefined" and what comes new are unknown.
func (s status) category() fact.Category {
	switch s.Category.Key {
	case "new":
		return fact.ToDo
	case "indeterminate":
		return fact.InProgress
	case "done":
		return fact.Done
	}
	return fact.UnknownCategory
}

func (p person) account() fact.Account {
	if p.AccountID == "" {
		return fact.Account{}
	}
	return fact.Account{System: jira.Connector, ID: p.AccountID}
}

// updated reads a time as Jira writes it: 2026-12-01T10:00:00.000+0000. One that
// is not understood is left out rather than guessed.
func updated(v any) time.Time {
	text, _ := v.(string)
	for _, layout := range []string{"2006-01-02T15:04:05.999Z0700", time.RFC3339} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
