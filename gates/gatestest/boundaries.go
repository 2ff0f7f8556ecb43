package gatestest

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Boundaries compares what the criteria of the gates come to around
// their limits with testdata/boundaries.golden, a table that somebody has read:
// a threshold that changes fails the test until somebody reads the change. It is
// [BoundaryTable.Check] of the zero table, so the file is written with
//
//	GATESTEST_UPDATE=1 go test ./policy -run TestBoundaries
func Boundaries(t testing.TB, all ...gates.Gate) {
	t.Helper()
	BoundaryTable{}.Check(t, all...)
}

// BoundaryTable says where the table of [Boundaries] is kept and how it is made.
type BoundaryTable struct {
	File string // relative to the test's folder; empty: testdata/boundaries.golden

	// Update writes the file instead of comparing with it. So does a value, other
	// than "0" and "false", of the environment variable that is named by
	// UpdateEnv; empty: GATESTEST_UPDATE.
	Update    bool
	UpdateEnv string

	// Environments are the catalog's. Nil: the gates' count as production, where
	// a warning holds.
	Environments []gates.Environment

	// Plan is what criteria look at, and holds the limits of some: the rollback
	// SLA of a rehearsal, the windows of [gates.Inside]. People who sign are
	// added to it.
	Plan release.Plan
}

// Check reports an error with the difference unless the file has the table of
// the gates.
func (b BoundaryTable) Check(t testing.TB, all ...gates.Gate) {
	t.Helper()
	got, err := b.Text(all...)
	if err != nil {
		t.Errorf("boundaries: %v", err)
		return
	}
	path := b.File
	if path == "" {
		path = filepath.Join("testdata", "boundaries.golden")
	}
	want, err := os.ReadFile(path)
	missing := errors.Is(err, fs.ErrNotExist)
	switch {
	case err != nil && !missing:
		t.Errorf("boundaries: %v", err)
	case !missing && string(want) == got:
	case b.updates():
		if err := write(path, got); err != nil {
			t.Errorf("boundaries: %v", err)
		}
	case missing:
		t.Errorf("boundaries: %s is missing; read the table, and make it with %s=1:\n%s", path, b.variable(), got)
	default:
		t.Errorf("boundaries: the gates decide otherwise than %s (-want +got):\n%s\nif every line is as it should be, write it with %s=1",
			path, difference(string(want), got), b.variable())
	}
}

func (b BoundaryTable) variable() string {
	if b.UpdateEnv == "" {
		return "GATESTEST_UPDATE"
	}
	return b.UpdateEnv
}

func (b BoundaryTable) updates() bool {
	said := os.Getenv(b.variable())
	return b.Update || said != "" && said != "0" && said != "false"
}

func write(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

// Text returns the table. Each criterion is decided alone, with everybody's
// sign-off, nested ones as well: what it is seen at, what it comes to, and what
// the gate would decide if nothing else stood in the way. Where several results
// are read, a line holds for each of them; one that comes to something else has
// a line of its own, with its name. Groups and code of the host are listed with
// what they demand.
//
// Its error names the criterion that cannot be seen so: one that can never be
// judged, or whose limit stands in the plan and the table has none. A gate
// without a JSON form, and no gate at all, are errors too.
func (b BoundaryTable) Text(all ...gates.Gate) (string, error) {
	if len(all) == 0 {
		return "", errors.New("there are no gates: nothing is tested")
	}
	var out bytes.Buffer
	for _, g := range all {
		for _, c := range g.Criteria {
			if err := b.criterion(&out, g, c, c.ID, c.Optional); err != nil {
				return "", err
			}
		}
	}
	return out.String(), nil
}

func (b BoundaryTable) criterion(out *bytes.Buffer, g gates.Gate, c gates.Criterion, name string, optional bool) error {
	fmt.Fprintf(out, "%s %s: %s\n", g.ID(), name, demand(c))
	s := stage{environment: g.Environment, plan: b.Plan, now: Now, maxAge: gates.DefaultMaxAge}
	if c.MaxAge > 0 {
		s.maxAge = c.MaxAge.Std()
	}
	rows, err := situations(c, s)
	if err != nil {
		return fmt.Errorf("%s %s: %w", g.ID(), name, err)
	}
	for _, row := range rows {
		if err := b.row(out, g, c, row, optional); err != nil {
			return fmt.Errorf("%s %s, %s %s: %w", g.ID(), name, row.label, row.shown, err)
		}
	}
	for _, child := range c.Children() {
		if err := b.criterion(out, g, child, name+"/"+child.ID, optional); err != nil {
			return err
		}
	}
	return nil
}

// row writes a situation: a line for each thing that its ways come to.
func (b BoundaryTable) row(out *bytes.Buffer, g gates.Gate, c gates.Criterion, row situation, optional bool) error {
	said := map[string]bool{}
	for i, way := range row.ways {
		d, err := b.decide(g, c, row, way.results)
		if err != nil {
			return err
		}
		a := d.Outcomes[0]
		if err := row.holds(a); err != nil {
			return err
		}
		verdict := d.Verdict.String()
		if optional {
			verdict = "recorded"
		}
		comes := fmt.Sprintf("%-7s  %-16s  %s", a.Effective, a.Code, verdict)
		if said[comes] {
			continue
		}
		said[comes] = true
		shown := row.shown
		if i > 0 {
			shown = way.name
		}
		// of fixed width, so that one longer number does not change every line
		fmt.Fprintf(out, "  %-16s  %-20s  %s\n", row.label, shown, comes)
	}
	return nil
}

// holds reports an outcome that is not about the situation: the criterion cannot
// be judged, or something else was observed.
func (s situation) holds(a gates.Assessment) error {
	if a.Code == gates.CodeBadTest {
		return errors.New("the criterion cannot be judged")
	}
	if a.Code != gates.CodeMet && a.Code != gates.CodeNotMet && a.Code != gates.CodeNearing || s.at.IsZero() {
		return nil
	}
	got, _ := a.Observed.In(s.at.Unit)
	on := strings.HasPrefix(s.label, "at") || strings.HasPrefix(s.label, "on") // where the last digit decides
	if got == s.at.Value || !on && alike(float64(got), float64(s.at.Value)) {
		return nil
	}
	return fmt.Errorf("it comes out as %s instead", a.Observed)
}

// decide decides the gate as if the criterion were its only one.
func (b BoundaryTable) decide(g gates.Gate, c gates.Criterion, row situation, results []fact.Result) (gates.Decision, error) {
	c.Optional = false
	var own []gates.Environment // only its own: what another gate says is not looked at
	for _, e := range b.Environments {
		if e.Name == g.Environment {
			own = append(own, e)
		}
	}
	alone := gates.Gate{Environment: g.Environment, Kind: g.Kind, Criteria: []gates.Criterion{c}, SignOffs: g.SignOffs, NoSignOffs: g.NoSignOffs}
	seen := Case{SignedOff: Everyone, Environments: own, Plan: b.Plan, Now: row.now}
	if row.plan != nil {
		seen.Plan = *row.plan
	}
	for _, r := range results {
		seen.Facts = append(seen.Facts, Result(r))
	}
	return Decide(alone, seen)
}
