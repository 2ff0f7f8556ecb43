package jiraconnector

import (
	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// NewWith is New with a clock, randomness and limits of the test's.
func NewWith(opts upstream.Options) connectors.Connector { return connector{upstream: opts} }

// ReadIssue is how an issue is decoded.
func ReadIssue(one issue) fact.WorkItem { return one.workItem("https://jira.example.com") }

// Issue is an issue as Jira sends it.
type Issue = issue

// Status is the status of an issue as Jira sends it.
type Status = status

// Category is the category of a status.
func Category(s Status) fact.Category { return s.category() }

// Sprints is a page of sprints as Jira sends it.
type Sprints = sprintPage

var (
	Explain     = explain
	ParseCursor = func(text string) (string, error) { c, err := parseCursor(text); return c.String(), err }
)
