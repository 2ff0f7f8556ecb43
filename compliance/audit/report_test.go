package audit_test

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/compliance/audit"
	"github.com/tidegate-go/tidegate/compliance/evidence"
	"github.com/tidegate-go/tidegate/internal/sample"
)

// Nothing that a bundle names begins a line of the report, or moves a cursor.
func TestForgedReport(t *testing.T) {
	const forged = "A\n\nThe bundle of Checkout holds.\x1b[2J\r"
	r := audit.Report{Release: forged, Problems: []audit.Problem{{Code: audit.Unrecorded, File: forged, Detail: forged}}, Open: []string{forged},
		Approvals: []audit.Approval{{What: forged, Person: forged}}, Decisions: []audit.Decision{{Gate: forged}}, Documents: []audit.Recorded{{Name: forged}}}
	var b strings.Builder
	if err := r.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "\nThe bundle of") || strings.ContainsAny(b.String(), "\x1b\r") || strings.Count(b.String(), "The bundle of Checkout holds.") != 8 {
		t.Errorf("%q", b.String())
	}
}

// A document that was recorded before with another digest is named.
func TestRecordedAnew(t *testing.T) {
	dir := t.TempDir()
	l, err := evidence.Create(filepath.Join(dir, "evidence"), evidence.Options{Origin: origin, Key: seeded(1), Now: func() time.Time { return sample.Open }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	old := audit.Document{Name: audit.PinsFile, Text: []byte("[\"another\"]\n")}
	if err := audit.Append(t.Context(), l, audit.DocumentRecords(sample.Plan(), old)...); err != nil {
		t.Fatal(err)
	}
	m, err := written(t.Context(), dir, l, situation{seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	r, err := audited(m.dir, audit.Options{Key: public(1), Witness: m.early.Note})
	if err != nil || !r.Holds {
		t.Fatalf("%v, %v", r.Problems, err)
	}
	if !slices.ContainsFunc(r.Open, func(s string) bool {
		return strings.HasPrefix(s, "pins.json was recorded before with another digest, as record 0 of")
	}) {
		t.Errorf("open: %q", r.Open)
	}
}

// A checkpoint from before the release witnesses none of it, and the report says so.
func TestEarlyWitness(t *testing.T) {
	m := good(t)
	for _, tt := range []struct {
		name, witness, want string
	}{
		{"before the packet", m.early.Note, "annex.md, approvals.json, packet.json, packet.md, pins.json, schema.json"},
		{"after all", m.final.Note, ""},
		{"of no records", first(t, m.dir), "annex.md, approvals.json, catalog.json, decisions.json, facts.json, packet.json, packet.md, pins.json, plan.json, schema.json, waivers.json"},
	} {
		r, err := audited(m.dir, audit.Options{Key: public(1), Witness: tt.witness})
		if err != nil || !r.Holds || !r.Witnessed || (len(r.Open) > 0) != (tt.want != "") || tt.want != "" && !strings.Contains(r.Open[0], "recorded later: "+tt.want+":") {
			t.Errorf("%s: %v, %v, open %q", tt.name, r.Problems, err, r.Open)
		}
	}
}

// first is the first checkpoint of the log of a bundle.
func first(t *testing.T, dir string) (note string) {
	t.Helper()
	line, _, _ := strings.Cut(string(read(t, dir, "log/checkpoints.jsonl")), "\n")
	if err := json.Unmarshal([]byte(line), &note); err != nil {
		t.Fatal(err)
	}
	return note
}
