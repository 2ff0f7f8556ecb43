package check_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
)

func TestErr(t *testing.T) {
	warning, info := check.Finding{Severity: check.Warning}, check.Finding{Severity: check.Info}
	for _, fs := range []check.Findings{nil, {}, {warning}, {warning, info}} {
		if err := fs.Err(); err != nil {
			t.Errorf("%v: Err = %#v, want nil itself", fs, err)
		}
	}
	bad := check.Finding{Rule: "T-1", Path: "lead", Message: "the lead is missing"}
	odd := check.Finding{Rule: "T-2", Severity: check.Severity(9), Message: "odd"}
	err := check.Findings{warning, bad, info, odd}.Err()
	var faults *check.FindingsError
	if !errors.As(err, &faults) {
		t.Fatalf("got %#v", err)
	}
	if diff := cmp.Diff(check.Findings{bad, odd}, faults.Findings); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if want := "error T-1 lead: the lead is missing\nseverity(9) T-2 (packet): odd"; err.Error() != want {
		t.Errorf("got %q", err.Error())
	}
}

func TestOf(t *testing.T) {
	fs := check.Findings{{Rule: "a", Severity: check.Info}, {Rule: "b"}, {Rule: "c", Severity: check.Info}}
	if diff := cmp.Diff([]string{"a@", "c@"}, checktest.At(fs.Of(check.Info))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if fs.Of(check.Warning) != nil {
		t.Error("there is a warning")
	}
}

// A severity that nobody set blocks, and one that has no name as well.
func TestSeverity(t *testing.T) {
	var zero check.Severity
	if zero != check.Error {
		t.Errorf("the zero severity is %s", zero)
	}
	for text, want := range map[string]check.Severity{"error": check.Error, "warning": check.Warning, "info": check.Info} {
		var s check.Severity
		if err := s.UnmarshalText([]byte(text)); err != nil || s != want {
			t.Errorf("%s is read as %s, %v", text, s, err)
		}
		if back, err := want.MarshalText(); err != nil || string(back) != text {
			t.Errorf("%s is written as %s, %v", want, back, err)
		}
	}
	for _, text := range []string{"", "Error", "fatal", "0", "severity(9)"} {
		s := check.Info
		if err := s.UnmarshalText([]byte(text)); err == nil || s != check.Info {
			t.Errorf("%q is read as %s", text, s)
		}
	}
	if _, err := check.Severity(9).MarshalText(); err == nil {
		t.Error("severity 9 has a text")
	}
	if got := (check.Report{Findings: check.Findings{{Severity: check.Severity(9)}}}); got.Counts().Errors != 1 || got.Err() == nil {
		t.Error("severity 9 does not block")
	}
}

func TestState(t *testing.T) {
	var zero check.State
	if zero != check.NotEvaluated {
		t.Errorf("the zero state is %s", zero)
	}
	for text, want := range map[string]check.State{"not-evaluated": check.NotEvaluated, "failed": check.Failed, "off": check.Off, "passed": check.Passed} {
		var s check.State
		if err := s.UnmarshalText([]byte(text)); err != nil || s != want || s.String() != text {
			t.Errorf("%s is read as %s, %v", text, s, err)
		}
	}
	s := check.Failed
	if err := s.UnmarshalText([]byte("ok")); err == nil || s != check.Failed {
		t.Errorf("ok is read as %s", s)
	}
	if _, err := check.State(9).MarshalText(); err == nil {
		t.Error("state 9 has a text")
	}
}

// Each kind of fault names its place and what is wrong, in one voice.
func TestFaults(t *testing.T) {
	tests := []struct {
		got  check.Finding
		want check.Finding
	}{
		{check.Missing("a", "the lead", "name one"), check.Finding{Path: "a", Message: "the lead is missing", Hint: "name one"}},
		{check.Invalid("a", "", "is empty"), check.Finding{Path: "a", Message: `"": is empty`}},
		{check.Invalid("a", 7, "is odd"), check.Finding{Path: "a", Message: "7: is odd"}},
		{check.Invalid("a", 1.5, "is odd"), check.Finding{Path: "a", Message: "1.5: is odd"}},
		{check.Invalid("a", true, "is odd"), check.Finding{Path: "a", Message: "true: is odd"}},
		{check.Duplicate("a[1]", "x\n", "a[0]"), check.Finding{Path: "a[1]", Message: `"x\n" stands at a[0] already`, Related: []check.Path{"a[0]"}}},
		{check.Unresolved("a", fact.Account{System: "github", ID: "ada"}, "a person"), check.Finding{Path: "a", Message: `"github:ada" is not a person`}},
		{check.OutOfOrder("b", "2026-01-01", "is not after the start", "a"), check.Finding{Path: "b", Message: `"2026-01-01" is not after the start`, Related: []check.Path{"a"}}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// Moving and completing findings leaves the originals alone.
func TestFindingsShareNothing(t *testing.T) {
	related := make([]check.Path, 1, 4)
	related[0] = "b"
	f := check.Finding{Path: "a", Related: related}
	one, two := f.WithRelated("c"), f.WithRelated("d")
	moved := check.Findings{f}.Under("root")
	if diff := cmp.Diff([]check.Path{"b"}, f.Related); diff != "" {
		t.Errorf("the original (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([][]check.Path{{"b", "c"}, {"b", "d"}, {"root.b"}}, [][]check.Path{one.Related, two.Related, moved[0].Related}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if moved[0].Path != "root.a" || f.Path != "a" {
		t.Errorf("moved %s, original %s", moved[0].Path, f.Path)
	}
}
