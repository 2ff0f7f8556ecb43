package connectortest

import (
	"context"
	"maps"
	"slices"

	"github.com/tidegate-go/tidegate/connectors"
)

// limited expects what the source says to arrive at the host, which is the one
// who waits.
func limited(s *sitting) {
	s.needProxy()
	instance := s.open()
	release := s.proxy.set(limits)
	defer release()
	s.each(func(what string, ask func(context.Context) error) {
		err := ask(s.within())
		all := diagnostics(err)
		if len(all) != 1 || all[0].Code != connectors.CodeRateLimited {
			s.Errorf("%s: %v, want %s", what, err, connectors.CodeRateLimited)
			return
		}
		if d := all[0]; !d.Retryable || d.RetryAfter < asked-patience || d.RetryAfter > asked {
			s.Errorf("%s: retryable is %v, after %v; the source said after %v", what, d.Retryable, d.RetryAfter, asked)
		}
	}, instance)
}

// nonsense expects neither an answer nor a fault of the connector's own.
func nonsense(s *sitting) {
	s.needProxy()
	instance := s.open()
	for _, name := range slices.Sorted(maps.Keys(garbage)) {
		release := s.proxy.set(answering(garbage[name]))
		s.each(func(what string, ask func(context.Context) error) {
			err := ask(s.within())
			for _, d := range diagnostics(err) {
				if d.Code == connectors.CodeInternal || d.Origin != connectors.FromUpstream {
					s.Errorf("%s: answered with %s: %v, origin %v; want the outside system's fault", what, name, err, d.Origin)
				}
			}
			if len(diagnostics(err)) == 0 {
				s.Errorf("%s: answered with %s: %v, want a diagnostic", what, name, err)
			}
		}, instance)
		release()
		s.each(func(what string, ask func(context.Context) error) {
			if err := ask(s.within()); err != nil {
				s.Errorf("%s after %s: %v", what, name, err)
			}
		}, instance)
	}
}

func (s *sitting) needProxy() {
	s.Helper()
	if s.proxy == nil {
		s.Skip("the harness does not say which setting has the URL of the outside system")
	}
	s.needQuery()
}
