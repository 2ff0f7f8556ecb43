package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
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

// linked are the connectors that this program can serve when it is started
// again as one of them.
func linked() []connectors.Connector {
	return []connectors.Connector{jiraconnector.New(), datadogconnector.New(), pagerdutyconnector.New()}
}

// connected are the connectors that are asked; everything else is in the snapshot.
var connected = []string{jira.Connector, datadog.Connector, pagerduty.Connector}

// systems are stand-ins for the outside systems, on this machine. The connectors
// are those that ask the real ones. Their clock is the snapshot's, so that every
// run gives the same facts.
type systems struct {
	*jiratest.Server // that of the issues

	datadog   *datadogtest.Server
	pagerduty *pagerdutytest.Server
}

// standIn starts the stand-ins.
func standIn() (*systems, error) {
	var s systems
	var errs [3]error
	s.Server, errs[0] = standInJira()
	s.datadog, errs[1] = standInDatadog()
	s.pagerduty, errs[2] = standInPagerDuty()
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	s.setNow(func() time.Time { return seenAt })
	return &s, nil
}

// all are the servers, by the names of their connectors.
func (s *systems) all() map[string]*standin.Server {
	return map[string]*standin.Server{jira.Connector: s.Server.Server, datadog.Connector: s.datadog.Server, pagerduty.Connector: s.pagerduty.Server}
}

func (s *systems) setNow(now func() time.Time) {
	for _, server := range s.all() {
		server.SetNow(now)
	}
}

// Close stops them.
func (s *systems) Close() error {
	var errs []error
	for _, server := range s.all() {
		errs = append(errs, server.Close())
	}
	return errors.Join(errs...)
}

// requests are how many arrived, in the order of connected.
func (s *systems) requests() []int {
	all := make([]int, len(connected))
	for i, name := range connected {
		all[i] = s.all()[name].Requests()
	}
	return all
}

// asked is what came of asking the connectors.
type asked struct {
	facts    fact.Set
	status   []connectors.Status
	requests []int // that arrived at each of connected
}

// ask starts the connectors, each in a process of its own, and asks them the
// queries that are theirs, each for at most the given time.
func ask(ctx context.Context, s *systems, timeout time.Duration, queries []fact.Query) (asked, error) {
	fleet, err := connectors.Open(ctx, configured(s, timeout))
	if err != nil {
		return asked{}, fmt.Errorf("connectors: %w", err)
	}
	defer fleet.Close()
	facts := fleet.Collect(ctx, of(connected, queries))
	return asked{facts, fleet.Status(), s.requests()}, nil
}

// configured is how the connectors are started, and what they are told.
func configured(s *systems, timeout time.Duration) connectors.Config {
	return connectors.Config{
		Connectors: []connectors.Launch{
			{Self: jira.Connector, Settings: jiraconnector.Config{
				BaseURL: s.URL, Site: "https://jira.example.com", PageSize: 2,
				Email: jiratest.Email, Token: connectors.NewSecret(jiratest.Token),
			}},
			{Self: datadog.Connector, Settings: datadogconnector.Config{
				BaseURL: s.datadog.URL, AppURL: "https://datadog.example.com", Kinds: []string{"metric", "formula", "comparison", "monitors", "slo"},
				APIKey: connectors.NewSecret(datadogtest.APIKey), ApplicationKey: connectors.NewSecret(datadogtest.ApplicationKey),
			}},
			{Self: pagerduty.Connector, Settings: pagerdutyconnector.Config{
				BaseURL: s.pagerduty.URL, Key: connectors.NewSecret(pagerdutytest.Key), Kinds: []string{"incidents", "services", "on-call"},
			}},
		},
		QueryTimeout: timeout,
		Now:          func() time.Time { return s.Now() },
	}
}

// of returns the queries to some connectors.
func of(connectors []string, queries []fact.Query) []fact.Query {
	var own []fact.Query
	for _, q := range queries {
		if slices.Contains(connectors, q.Connector) {
			own = append(own, q)
		}
	}
	return own
}
