package audit_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/compliance/audit"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/packet"
)

func TestGoodBundle(t *testing.T) {
	m := good(t)
	r, err := audited(m.dir, audit.Options{Key: public(1), Witness: m.final.Note})
	if err != nil {
		t.Fatal(err)
	}
	if !r.Holds || !r.Pinned || !r.Witnessed || len(r.Open) != 0 || r.Verdict != gates.Go || r.Root != m.final.Root || len(r.Documents) != 11 {
		t.Errorf("%+v", r)
	}
	if len(r.Approvals) < 8 {
		t.Errorf("%d approvals", len(r.Approvals))
	}
	for _, a := range r.Approvals {
		if _, err := time.Parse(time.RFC3339, strings.SplitN(a.At, "[", 2)[0]); err != nil || a.Name == "" || a.What == "" {
			t.Errorf("%s: %v", a, err)
		}
	}
}

func TestWithoutKey(t *testing.T) {
	r, err := audited(good(t).dir, audit.Options{})
	if err != nil || !r.Holds || r.Pinned || len(r.Open) != 2 || !strings.Contains(r.Open[0], "unpinned") {
		t.Errorf("%+v, %v", r, err)
	}
	var text bytes.Buffer
	if err := r.WriteText(&text); err != nil || !strings.Contains(text.String(), "What is not proven:\n  the key is unpinned") {
		t.Errorf("%s, %v", &text, err)
	}
}

func TestWriteRefuses(t *testing.T) {
	m := good(t)
	b, err := audit.Open(m.dir)
	if err != nil {
		t.Fatal(err)
	}
	_ = b.Close()
	if _, err := audit.Open(filepath.Join(m.dir, "nowhere")); !errors.Is(err, audit.ErrUnreadable) {
		t.Errorf("%v", err)
	}
	if _, err := audit.Open(filepath.Join(m.dir, audit.PlanFile)); !errors.Is(err, audit.ErrUnreadable) {
		t.Errorf("a file that is no archive: %v", err)
	}
	if err := os.Symlink("/etc/passwd", filepath.Join(m.dir, "link")); err != nil {
		t.Fatal(err)
	}
	if _, err := audit.Open(m.dir); !errors.Is(err, audit.ErrUnreadable) || !strings.Contains(err.Error(), "link") {
		t.Errorf("a link: %v", err)
	}
}

// Who deploys has approved, by whichever account they are named.
func TestDuties(t *testing.T) {
	for _, deployer := range []string{"edsger", "jira:edsger@example.com"} {
		m, err := bundled(t.Context(), t.TempDir(), situation{seed: 1, change: func(p packet.Packet) packet.Packet {
			p.Compliance.Deployers = []string{deployer}
			return p
		}})
		if err != nil {
			t.Fatal(err)
		}
		r, err := audited(m.dir, audit.Options{Key: public(1)})
		if err != nil || r.Holds {
			t.Fatalf("holds: %t, %v", r.Holds, err)
		}
		for _, p := range r.Problems {
			if p.Code != audit.DutiesMixed || !strings.Contains(p.Detail, "edsger, who deploys it") {
				t.Errorf("%s: %s", deployer, p)
			}
		}
	}
}

// The matrix counts gates that follow and records of the release, and says what
// is missing.
func TestControls(t *testing.T) {
	r, err := audited(good(t).dir, audit.Options{Key: public(1)})
	if err != nil {
		t.Fatal(err)
	}
	claimed := 0
	for _, c := range r.Controls {
		if c.Claimed {
			claimed++
		}
		if c.Claimed == (len(c.Evidence)+len(c.Missing) == 0) {
			t.Errorf("%+v", c)
		}
	}
	if claimed < 3 || len(r.Controls) < 61 {
		t.Errorf("%d of %d are claimed", claimed, len(r.Controls))
	}
}
