package compliance_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/internal/forktest"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// Forks share no memory: with the original, with each other, with what they are given.
func TestForks(t *testing.T) {
	given := good()
	type log = compliance.Log
	forktest.Run(t, good,
		forktest.Fork[log]{Name: "Clone", Make: log.Clone},
		forktest.Fork[log]{Name: "WithPeople", Make: func(l log) log { return l.WithPeople("x", given.Deployers...) }},
		forktest.Fork[log]{Name: "WithApprovals", Make: func(l log) log { return l.WithApprovals(given.Approvals...) }},
		forktest.Fork[log]{Name: "WithPrivacy", Make: func(l log) log { return l.WithPrivacy(given.Privacy) }},
		forktest.Fork[log]{Name: "WithLegal", Make: func(l log) log { return l.WithLegal(given.Legal) }},
		forktest.Fork[log]{Name: "WithEmergency", Make: func(l log) log { return l.WithEmergency(given.Emergency) }},
		forktest.Fork[log]{Name: "ForGate", Make: func(l log) log { return log{Deployers: []string{"x"}, Approvals: l.ForGate("dev/exit")} }},
	)
	if diff := cmp.Diff(good(), given); diff != "" {
		t.Errorf("a fork changed what it was given (-want +got):\n%s", diff)
	}
	type a = compliance.Approval
	forktest.Run(t, func() a { return good().Approvals[scope] },
		forktest.Fork[a]{Name: "Clone", Make: a.Clone},
		forktest.Fork[a]{Name: "ForGate", Make: func(a a) a { return a.ForGate("x/exit") }},
		forktest.Fork[a]{Name: "WithControls", Make: func(a a) a { return a.WithControls("CC7.1") }},
		forktest.Fork[a]{Name: "WithClauses", Make: func(a a) a { return a.WithClauses("9.9") }},
		forktest.Fork[a]{Name: "WithEvidence", Make: func(a a) a { return a.WithEvidence(compliance.Evidence{Format: "x"}) }},
		forktest.Fork[a]{Name: "Approve", Make: func(a a) a { return a.Approve("x", value.Date(2026, 1, 1), "") }},
		forktest.Fork[a]{Name: "Delegated", Make: func(a a) a { return a.Delegated("x") }},
	)
}

// Singular replaces, plural appends.
func TestWith(t *testing.T) {
	got := compliance.NewLog("https://example.com", value.Period{Years: 1}).
		WithPeople("a", "b").WithPeople("c", "d", "e").
		WithApprovals(compliance.NewApproval("A1", "x", "r", "d").WithControls("CC8.1").WithControls("CC7.1").
			WithClauses("1").WithClauses("2").ForGate("a/exit").ForGate("b/exit")).
		WithApprovals(compliance.Approval{ID: "A2"}).
		WithPrivacy(compliance.Assessment{By: "x"}).WithPrivacy(compliance.Assessment{Reference: "y"}).
		WithLegal(compliance.Assessment{By: "x"}).WithLegal(compliance.Assessment{Reference: "z"}).
		WithEmergency(compliance.Emergency{By: "x"}).WithEmergency(compliance.Emergency{Reason: "y"})
	want := compliance.Log{Repository: "https://example.com", Retention: value.Period{Years: 1}, Requester: "c", Deployers: []string{"b", "d", "e"},
		Approvals: []compliance.Approval{{ID: "A1", Title: "x", Responsible: "r", Delegate: "d", Gate: "b/exit", Controls: []string{"CC8.1", "CC7.1"},
			Clauses: []string{"1", "2"}}, {ID: "A2"}},
		Privacy: compliance.Assessment{Reference: "y"}, Legal: compliance.Assessment{Reference: "z"}, Emergency: compliance.Emergency{Reason: "y"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got.Emergency.IsZero() || got.Privacy.IsZero() || !(compliance.Emergency{}).IsZero() || !(compliance.Assessment{}).IsZero() {
		t.Error("IsZero")
	}
}

func TestEvidenceOf(t *testing.T) {
	l := compliance.NewLog("https://example.com/log", value.Period{Years: 1})
	own := compliance.Evidence{Location: "https://example.com/own", Retention: value.Period{Years: 7}, Format: "PDF", Digest: value.Sum(nil)}
	tests := []struct{ evidence, want compliance.Evidence }{
		{compliance.Evidence{}, compliance.Evidence{Location: l.Repository, Retention: l.Retention}},
		{own, own},
		{compliance.Evidence{Location: own.Location}, compliance.Evidence{Location: own.Location, Retention: l.Retention}},
		{compliance.Evidence{Retention: own.Retention, Format: "PDF"}, compliance.Evidence{Location: l.Repository, Retention: own.Retention, Format: "PDF"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, l.EvidenceOf(compliance.Approval{Evidence: tt.evidence})); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func TestForGate(t *testing.T) {
	l := good()
	if got := l.ForGate("staging/exit"); len(got) != 1 || got[0].ID != "A10" {
		t.Errorf("got %v", got)
	}
	if got := l.ForGate("perf/exit"); got != nil {
		t.Errorf("got %v", got)
	}
}

func again(t *testing.T, text []byte) {
	t.Helper()
	var l compliance.Log
	if err := strictjson.Decode(text, &l, nil); err != nil {
		t.Fatalf("what was written is refused: %v\n%s", err, text)
	}
	second, err := strictjson.Encode(l)
	if err != nil || !bytes.Equal(text, second) {
		t.Fatalf("%v (-first +second):\n%s", err, cmp.Diff(string(text), string(second)))
	}
	if clone, err := strictjson.Encode(l.Clone()); err != nil || !bytes.Equal(text, clone) {
		t.Fatalf("a clone has other bytes: %v (-log +clone):\n%s", err, cmp.Diff(string(text), string(clone)))
	}
}

func TestRoundTrip(t *testing.T) {
	empty := compliance.Log{Deployers: []string{}, Approvals: []compliance.Approval{{Controls: []string{}, Clauses: []string{}}}}
	emergency := *hotfix().Log
	odd := good()
	odd.Approvals[0].At = when("2026-02-30T24:00:00")
	odd.Approvals[0].Reason = "<b>&\u2028\"\\\x7f ü"
	for _, l := range []compliance.Log{{}, good(), empty, emergency, odd} {
		text, err := strictjson.Encode(l)
		if err != nil {
			t.Fatal(err)
		}
		again(t, text)
	}
}

func FuzzDecode(f *testing.F) {
	for _, l := range []compliance.Log{good(), *hotfix().Log} {
		text, err := strictjson.Encode(l)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(`{"approvals":[{"id":"","title":"x","status":"rejected","controls":["CC8.4"],"at":"2026-02-30"}],"retention":"P1D"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var l compliance.Log
		if strictjson.Decode(data, &l, nil) != nil {
			return
		}
		l.Validate() // whatever it is
		text, err := strictjson.Encode(l)
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		again(t, text)
	})
}

func TestStatus(t *testing.T) {
	for s, want := range map[compliance.Status]string{compliance.Pending: "pending", compliance.Approved: "approved", compliance.Rejected: "rejected",
		compliance.NotRequired: "not-required"} {
		var back compliance.Status
		text, err := s.MarshalText()
		if err != nil || string(text) != want || s.String() != want || back.UnmarshalText(text) != nil || back != s {
			t.Errorf("%s is written as %q, %v, and read as %s", want, text, err, back)
		}
	}
	var s compliance.Status
	if _, err := compliance.Status(9).MarshalText(); err == nil || s.UnmarshalText([]byte("Approved")) == nil || s.UnmarshalText(nil) == nil {
		t.Error("a status without name is written or read")
	}
	if (compliance.Approval{}).Status != compliance.Pending || (release.Plan{}).Overview.Urgency != release.Planned {
		t.Error("the zero value is not the strict one")
	}
}
