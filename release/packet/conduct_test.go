package packet_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

func TestConduct(t *testing.T) {
	drop := func(match func(comms.Sent) bool) func(*comms.Log) {
		return func(l *comms.Log) { l.Sent = slices.DeleteFunc(l.Sent, match) }
	}
	of := func(id string) func(comms.Sent) bool { return func(s comms.Sent) bool { return s.Message == id } }
	on := func(id, day string) func(comms.Sent) bool {
		return func(s comms.Sent) bool { return s.Message == id && strings.HasPrefix(s.At.String(), day) }
	}
	edit := func(id string, f func(*comms.Sent)) func(*comms.Log) {
		return func(l *comms.Log) {
			for i := range l.Sent {
				if l.Sent[i].Message == id {
					f(&l.Sent[i])
				}
			}
		}
	}
	blocker := func(f func(*comms.Blocker)) func(*comms.Log) { return func(l *comms.Log) { f(&l.Blockers[0]) } }
	summary := func(local string) func(*comms.Log) {
		return func(l *comms.Log) { *l = l.WithSent(comms.Sent{Message: "summary", At: when(local + "-05:00")}) }
	}
	escalation, noon := []string{"comms.escalation"}, time.Date(2026, time.December, 10, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		rule, name string
		now        time.Time
		change     func(*comms.Log)
		want       []string
	}{
		{"OPS-001", "a day is missed", now, drop(on("daily", "2026-12-02")), []string{"comms.messages[0]"}},
		{"OPS-001", "the day is not over", time.Date(2026, 12, 2, 14, 59, 0, 0, time.UTC), drop(on("daily", "2026-12-02")), nil},
		{"OPS-001", "the day is over", time.Date(2026, 12, 2, 15, 0, 0, 0, time.UTC), drop(on("daily", "2026-12-02")), []string{"comms.messages[0]"}},
		{"OPS-001", "no clock", time.Time{}, nil, []string{unevaluated}},
		{"OPS-002", "nobody was paged", now, drop(of("blocker")), escalation},
		{"OPS-002", "42 minutes later", now, edit("blocker", func(s *comms.Sent) { s.At = when("2026-12-08T13:52:00-05:00") }), escalation},
		{"OPS-002", "30 minutes later", now, edit("blocker", func(s *comms.Sent) { s.At = when("2026-12-08T13:40:00-05:00") }), nil},
		{"OPS-002", "as a level of the escalation", now, edit("blocker", func(s *comms.Sent) { s.Message, s.Level = "", 3 }), nil},
		{"OPS-002", "as a level of others", now, edit("blocker", func(s *comms.Sent) { s.Message, s.Level = "", 2 }), escalation},
		{"OPS-002", "as a level that is none", now, edit("blocker", func(s *comms.Sent) { s.Message, s.Level = "", 4 }), escalation},
		{"OPS-002", "by e-mail alone", now, edit("blocker", func(s *comms.Sent) { s.Channels = []comms.ChannelKind{comms.Email} }), escalation},
		{"OPS-002", "of another blocker", now, edit("blocker", func(s *comms.Sent) { s.Blocker = "" }), escalation},
		{"OPS-002", "closed before", now, func(l *comms.Log) {
			drop(of("blocker"))(l)
			l.Blockers[0].Closed = when("2026-12-08T13:39:00-05:00")
		}, nil},
		{"OPS-002", "not critical", now, func(l *comms.Log) {
			drop(of("blocker"))(l)
			l.Blockers[0].Critical = false
		}, nil},
		{"OPS-002", "just opened", now, blocker(func(b *comms.Blocker) { b.Opened, b.Closed = value.At(now.Add(-time.Minute)), value.When{} }), nil},
		{"OPS-002", "no clock", time.Time{}, drop(of("blocker")), []string{unevaluated}},
		{"OPS-003", "20 hours before", now, edit("packet", func(s *comms.Sent) { s.At = when("2026-12-08T02:00:00-05:00") }), []string{"comms.messages[2]"}},
		{"OPS-003", "24 hours before", now, edit("packet", func(s *comms.Sent) { s.At = when("2026-12-07T22:00:00-05:00") }), nil},
		{"OPS-003", "not yet", time.Date(2026, 12, 8, 2, 0, 0, 0, time.UTC), drop(of("packet")), nil},
		{"OPS-005", "a gap", now, drop(on("war-room", "2026-12-09T03:14")), []string{"comms.messages[6].cadence.every"}},
		{"OPS-005", "nothing since", now, drop(on("war-room", "2026-12-09T05:20")), []string{"comms.messages[6].cadence.every"}},
		{"OPS-005", "nothing to say before", now.Add(-25 * time.Minute), drop(on("war-room", "2026-12-09T05:20")), nil},
		{"OPS-005", "nothing at all", now, drop(of("war-room")), []string{"comms.messages[6].cadence.every"}},
		{"OPS-006", "15 hours after", noon, summary("2026-12-09T17:00:00"), []string{"comms.messages[9]"}},
		{"OPS-006", "12 hours after", noon, summary("2026-12-09T14:00:00"), nil},
		{"OPS-006", "before the window is over", noon, summary("2026-12-09T01:00:00"), []string{"comms.messages[9]"}},
		{"OPS-006", "not yet", now, nil, nil},
		{"OPS-007", "a message that is none", now, func(l *comms.Log) { *l = l.WithSent(comms.Sent{Message: "gossip", At: when("2026-12-08")}) },
			[]string{"comms.messages"}},
	}
	for _, tt := range tests {
		t.Run(tt.rule+" "+tt.name, func(t *testing.T) {
			log := sample.Conduct()
			if tt.change != nil {
				tt.change(&log)
			}
			if diff := cmp.Diff(tt.want, told(t, tt.rule, goodPacket(), &packet.VerifyOptions{Now: tt.now, Log: &log})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	for _, r := range packet.Rules() {
		if strings.HasPrefix(r.ID, "OPS-") && checktest.State(t, packet.Verify(goodPacket(), &packet.VerifyOptions{Now: now}), r.ID) != check.NotEvaluated {
			t.Errorf("without a log %s is evaluated", r.ID)
		}
	}
}

// An approval is an answer, in the log or in the decision.
func TestAnswers(t *testing.T) {
	log := sample.Conduct()
	silent := comms.NewLog()
	p := goodPacket()
	for _, tt := range []struct {
		name string
		log  comms.Log
		p    packet.Packet
		want []string
	}{
		{"both", log, p, nil},
		{"the decisions alone", silent, p, nil},
		{"neither", silent, p.WithDecisions(gates.Decisions{}), []string{
			"compliance.approvals[4].by", "compliance.approvals[5].by", "compliance.approvals[6].by", "compliance.approvals[7].by",
			"compliance.approvals[8].by", "compliance.approvals[9].by", "compliance.approvals[10].by", "compliance.approvals[11].by"}},
		{"the log alone", log, p.WithDecisions(gates.Decisions{}), nil},
	} {
		if diff := cmp.Diff(tt.want, told(t, "OPS-004", tt.p, &packet.VerifyOptions{Now: now, Log: &tt.log})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	for i := range log.Sent {
		for j := range log.Sent[i].Answers {
			log.Sent[i].Answers[j].Approves = false // acknowledged, and no more
		}
	}
	if got := told(t, "OPS-004", p.WithDecisions(gates.Decisions{}), &packet.VerifyOptions{Log: &log}); len(got) != 8 {
		t.Errorf("acknowledgements approve: %v", got)
	}
}

// What facts say is believed, and without them nobody knows.
func TestFactRules(t *testing.T) {
	with := func(q fact.Query, f func(*fact.Result)) fact.Set {
		facts := goodFacts()
		for i := range facts.Results {
			if facts.Results[i].Query.Ask == q.Ask {
				f(&facts.Results[i])
			}
		}
		return facts
	}
	tracking := sample.Plan().Tracking
	scope, trackers, onCall := tracking.Scope[0], tracking.Dependencies[0], tracking.OnCall[0]
	tests := []struct {
		rule, name string
		facts      fact.Set
		change     func(*packet.Packet)
		want       []string
	}{
		{"X-007", "a scope item is open again", with(scope, func(r *fact.Result) { r.WorkItems[0].Status, r.WorkItems[0].Category = "Reopened", fact.ToDo }), nil,
			[]string{"plan.scope[0].status"}},
		{"X-007", "work that nobody planned", with(scope, func(r *fact.Result) {
			r.WorkItems = append(r.WorkItems, fact.WorkItem{ID: "REL-109", Title: "Stars", Status: "Done", Category: fact.Done})
		}), nil, []string{"plan.scope"}},
		{"X-007", "a dependency is blocked", with(trackers, func(r *fact.Result) { r.WorkItems[0].Labels = []string{"blocked"} }), nil,
			[]string{"plan.dependencies.items[0].status"}},
		{"X-007", "somebody else is on call", with(onCall, func(r *fact.Result) { r.Duties[0].Account = fact.Account{System: "pagerduty", ID: "Pbarbara"} }), nil,
			[]string{"plan.directory.roles[3].holders"}},
		{"X-007", "the tracker is down", with(scope, func(r *fact.Result) { *r = fact.AnswerFailure(scope, now, "timeout", "") }), nil, []string{unevaluated}},
		{"X-007", "nothing was asked", fact.Set{}, nil, []string{unevaluated}},

		{"COM-015", "the shift ends in the window", with(onCall, func(r *fact.Result) { r.Duties[0].Until = now }), nil,
			[]string{"comms.messages[7].sender"}},
		{"COM-015", "the next shift follows", with(onCall, func(r *fact.Result) {
			next := r.Duties[0]
			r.Duties[0].Until, next.From, next.Until = now, now, time.Time{}
			r.Duties = append(r.Duties, next)
		}), nil, nil},
		{"COM-015", "another level", with(onCall, func(r *fact.Result) { r.Duties[0].Level = 2 }), nil, []string{"comms.messages[7].sender"}},
		{"COM-015", "incomplete", with(onCall, func(r *fact.Result) { r.Complete = false }), nil, []string{unevaluated}},
		{"COM-015", "at a moment off duty", goodFacts(), func(p *packet.Packet) {
			p.Comms.Messages[7].Trigger = comms.At(value.At(now.Add(-5 * 24 * time.Hour)))
		}, []string{"comms.messages[7].sender"}},
		{"COM-015", "nobody is on call", goodFacts(), func(p *packet.Packet) { p.Plan.Directory.Roles[3].OnCall = release.OnCall{} }, []string{unevaluated}},

		{"NOTE-006", "done, say the facts", with(scope, func(r *fact.Result) { r.WorkItems[2].Category = fact.Done }),
			func(p *packet.Packet) { p.Notes.Customers.Changes[1].Items[0] = "REL-103" }, nil},
		{"NOTE-006", "open, say the facts", goodFacts(), func(p *packet.Packet) {
			p.Notes.Customers.Changes[1].Items[0], p.Plan.Scope[2].Status = "REL-103", "Done"
		}, []string{"notes.customers.changes[1].items[0]"}},
		{"X-006", "known to the facts", with(scope, func(r *fact.Result) {
			r.WorkItems = append(r.WorkItems, fact.WorkItem{ID: "REL-106"})
		}), func(p *packet.Packet) { p.Plan.Overview.Objectives[0] = "REL-106 pays with gift cards" }, nil},
		{"GATE-019", "longer, say the facts", with(rehearsal(t), func(r *fact.Result) { r.Value.Value = 22 }), nil, []string{"catalog.gates[5].criteria[4]"}},
		{"GATE-019", "not asked for", goodFacts(), func(p *packet.Packet) { p.Catalog.Gates[5].Criteria = p.Catalog.Gates[5].Criteria[:4] }, []string{unevaluated}},
	}
	for _, tt := range tests {
		t.Run(tt.rule+" "+tt.name, func(t *testing.T) {
			p := goodPacket()
			if tt.change != nil {
				tt.change(&p)
			}
			if diff := cmp.Diff(tt.want, told(t, tt.rule, p, &packet.VerifyOptions{Now: now, Facts: &tt.facts})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	for _, rule := range []string{"X-007", "COM-015"} {
		if got := told(t, rule, goodPacket(), &packet.VerifyOptions{Now: now}); !slices.Equal(got, []string{unevaluated}) {
			t.Errorf("%s without facts: %v", rule, got)
		}
	}
}

// rehearsal is what the catalog asks about the rehearsal of the rollback.
func rehearsal(t *testing.T) fact.Query {
	t.Helper()
	for _, c := range sample.Catalog().Gates[5].Criteria {
		if c.Rehearsed != nil {
			return c.Rehearsed.Took
		}
	}
	t.Fatal("nothing is rehearsed")
	return fact.Query{}
}
