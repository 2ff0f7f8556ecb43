package compliance_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/internal/sample"
)

func rowOf(t *testing.T, matrix []compliance.Coverage, id string) compliance.Coverage {
	t.Helper()
	i := slices.IndexFunc(matrix, func(c compliance.Coverage) bool { return c.Control == id })
	if i < 0 {
		t.Fatalf("%s has no line", id)
	}
	return matrix[i]
}

func TestCover(t *testing.T) {
	l := compliance.NewLog("https://evidence.example.com", good().Retention).WithApprovals(
		compliance.NewApproval("A1", "Scope", "release-manager", "deputy").WithControls("CC8.1").Approve("barbara", when("2026-11-23T16:30:00Z"), ""),
		compliance.NewApproval("A2", "Board", "board", "deputy").WithControls("CC8.1", "CM-3"),
		compliance.NewApproval("A3", "Privacy", "officer", "deputy").Approve("edsger", when("2026-11-24"), ""),
	)
	claims := []compliance.Claim{
		compliance.NewClaim("CC7.2", "Monitors are watched.").WithGates("production/exit", "moon/exit"),
		compliance.NewClaim("CC2.2", "Everybody is told.").WithKinds("message", "override"),
		compliance.NewClaim("P6.7", "").WithApprovals("A3", "A9"),
		compliance.NewClaim("A1.3", "We recover."),
		compliance.NewClaim("CC9.9", ""),
	}
	seen := compliance.Seen{
		Gates: []compliance.SeenGate{{ID: "production/exit", Verdict: "hold"}},
		Kinds: []compliance.SeenKind{{Kind: "message", Records: 4}, {Kind: "override", Records: 0}},
	}
	matrix := compliance.Cover(l, claims, seen)
	if len(matrix) != 61+2 { // CM-3, and the one that does not exist
		t.Errorf("%d lines", len(matrix))
	}
	for id, want := range map[string][2][]string{
		"CC8.1": {{"approval A1 (Scope): approved by barbara at 2026-11-23T16:30:00Z, https://evidence.example.com"}, {"approval A2 (Board) is pending"}},
		"CM-3":  {nil, {"approval A2 (Board) is pending"}},
		"CC7.2": {{"gate production/exit was decided: hold"}, {"gate moon/exit was not decided"}},
		"CC2.2": {{"records of kind message: 4"}, {"no record of kind override"}},
		"P6.7":  {{"approval A3 (Privacy): approved by edsger at 2026-11-24, https://evidence.example.com"}, {"approval A9 is not in the log"}},
		"A1.3":  {nil, {"no evidence is named"}},
		"CC9.9": {nil, {"no evidence is named", `there is no control "CC9.9"`}},
		"CC1.1": {nil, nil},
	} {
		row := rowOf(t, matrix, id)
		if diff := cmp.Diff(want, [2][]string{row.Evidence, row.Missing}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", id, diff)
		}
		if row.Claimed != (id != "CC1.1") || row.Covered() {
			t.Errorf("%s: claimed %t, covered %t", id, row.Claimed, row.Covered())
		}
	}
	full := compliance.Cover(l, []compliance.Claim{compliance.NewClaim("CC2.2", "").WithKinds("message")}, seen)
	if !rowOf(t, full, "CC2.2").Covered() || rowOf(t, full, "CC1.1").Covered() {
		t.Error("what is found is covered, and what nobody claims is not")
	}
}

func TestClaimForks(t *testing.T) {
	base := compliance.NewClaim("CC8.1", "how").WithGates("a/entry").WithKinds("facts").WithApprovals("A1")
	a, b := base.WithGates("x/entry"), base.WithGates("y/entry")
	if a.Gates[1] == b.Gates[1] {
		t.Error("forks share memory")
	}
}

// Nothing in the register is a formula, whatever a program takes for the end of
// a cell.
func TestRegisterIsNoFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("=+-@;,|\t\r\n \"'\u200bＡ＝a1"))).Draw(t, "text")
		l := good()
		l.Approvals[0].Title, l.Approvals[0].Reason = text, text
		var b bytes.Buffer
		if err := compliance.WriteRegister(&b, l, sample.Plan().Directory); err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(b.String(), "\r\n") {
			for _, cell := range strings.FieldsFunc(line, func(c rune) bool { return strings.ContainsRune(",;|\t\r\n", c) }) {
				if cell = strings.Trim(cell, "\" \u200b"); cell != "" && strings.ContainsAny(string([]rune(cell)[0]), "=+-@＝＋－＠") {
					t.Fatalf("%q is a formula in %q", cell, line)
				}
			}
		}
		rows, err := csv.NewReader(&b).ReadAll()
		if err != nil || len(rows) != len(l.Approvals)+1 || len(rows[1]) != 19 {
			t.Fatalf("%d lines, %v", len(rows), err)
		}
	})
}

func TestRegister(t *testing.T) {
	var b bytes.Buffer
	if err := compliance.WriteRegister(&b, good(), sample.Plan().Directory); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"A1", "Scope", "", "CC8.1 CM-3", "4.1", "Release manager", "Deputy release manager", "approved", "barbara", "Barbara",
		"2026-11-23T16:30:00-05:00[America/New_York]", "false", "false", ""}
	if diff := cmp.Diff(want, rows[1][:len(want)]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
