package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/azureboards"
	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardsconnector"
	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardstest"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/datadog"
	"github.com/tidegate-go/tidegate/connectors/datadog/datadogconnector"
	"github.com/tidegate-go/tidegate/connectors/datadog/datadogtest"
	"github.com/tidegate-go/tidegate/connectors/jira"
	"github.com/tidegate-go/tidegate/connectors/jira/jiraconnector"
	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
	"github.com/tidegate-go/tidegate/connectors/pagerduty"
	"github.com/tidegate-go/tidegate/connectors/pagerduty/pagerdutyconnector"
	"github.com/tidegate-go/tidegate/connectors/pagerduty/pagerdutytest"
	"github.com/tidegate-go/tidegate/release/fact"
)

// own are the connectors that the program serves itself, in processes of their
// own.
func own() []connectors.Connector {
	return []connectors.Connector{jiraconnector.New(), azureboardsconnector.New(), datadogconnector.New(), pagerdutyconnector.New()}
}

// systems are the outside systems that are asked live: stand-ins on this
// machine. They page, want a credential, refuse a request because of their rate
// limits, and tell the time of the snapshot, so that every run gives the same
// facts. The connectors are those that ask the real ones.
type systems struct {
	jira      *jiratest.Server
	azure     *azureboardstest.Server
	datadog   *datadogtest.Server
	pagerduty *pagerdutytest.Server
}

// system is one of them.
type system struct {
	name     string // as people call it
	server   *standin.Server
	self     string // the connector that asks it
	settings any
}

// all are the systems with what their connectors are told, one line each.
func (s *systems) all() []system {
	return []system{
		{"Jira", s.jira.Server, jira.Connector, jiraconnector.Config{BaseURL: s.jira.URL, Site: "https://jira.example.com", PageSize: 2,
			Email: jiratest.Email, Token: connectors.NewSecret(jiratest.Token)}},
		{"Azure Boards", s.azure.Server, azureboards.Connector, azureboardsconnector.Config{BaseURL: s.azure.URL, Site: "https://dev.example.com", BatchSize: 2,
			Organization: azureboardstest.Organization, Project: azureboardstest.Project, Token: connectors.NewSecret(azureboardstest.Token)}},
		{"Datadog", s.datadog.Server, datadog.Connector, datadogconnector.Config{BaseURL: s.datadog.URL, AppURL: "https://datadog.example.com",
			APIKey: connectors.NewSecret(datadogtest.APIKey), ApplicationKey: connectors.NewSecret(datadogtest.ApplicationKey)}},
		{"PagerDuty", s.pagerduty.Server, pagerduty.Connector, pagerdutyconnector.Config{BaseURL: s.pagerduty.URL, Key: connectors.NewSecret(pagerdutytest.Key)}},
	}
}

// standIns starts the systems, filled with the work of the release.
func standIns() (*systems, error) {
	s := &systems{}
	var errs [4]error
	s.jira, errs[0] = jiraStandIn()
	s.azure, errs[1] = azureStandIn()
	s.datadog, errs[2] = datadogStandIn()
	s.pagerduty, errs[3] = pagerdutyStandIn()
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err // the program ends, and what was started with it
	}
	s.setNow(func() time.Time { return seenAt })
	return s, nil
}

// setNow makes all of them tell the time by a clock.
func (s *systems) setNow(now func() time.Time) {
	for _, one := range s.all() {
		one.server.SetNow(now)
	}
}

// Close stops the systems.
func (s *systems) Close() error {
	var all []error
	for _, one := range s.all() {
		all = append(all, one.server.Close())
	}
	return errors.Join(all...)
}

// asked is what came of asking the connectors.
type asked struct {
	facts    fact.Set
	status   []connectors.Status
	requests []int // that arrived, in the order of status
}

// ask starts the connectors, each in a process of its own, and asks them the
// queries that are theirs, each for at most the given time.
func ask(ctx context.Context, s *systems, timeout time.Duration, queries []fact.Query) (asked, error) {
	fleet, err := connectors.Open(ctx, configured(s, timeout))
	if err != nil {
		return asked{}, fmt.Errorf("connectors: %w", err)
	}
	defer fleet.Close()
	facts := fleet.Collect(ctx, live(s, queries))
	a := asked{facts: facts, status: fleet.Status()}
	for _, one := range s.all() {
		a.requests = append(a.requests, one.server.Requests())
	}
	return a, nil
}

// configured is how the connectors are started, and what they are told.
func configured(s *systems, timeout time.Duration) connectors.Config {
	config := connectors.Config{QueryTimeout: timeout, Now: func() time.Time { return s.jira.Now() }}
	for _, one := range s.all() {
		config.Connectors = append(config.Connectors, connectors.Launch{Self: one.self, Settings: one.settings})
	}
	return config
}

// live returns the queries to the systems.
func live(s *systems, queries []fact.Query) []fact.Query {
	return slices.DeleteFunc(slices.Clone(queries), func(q fact.Query) bool {
		return !slices.ContainsFunc(s.all(), func(one system) bool { return one.self == q.Connector })
	})
}
