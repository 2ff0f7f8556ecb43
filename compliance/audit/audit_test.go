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
)

func TestGoodBundle(t *testing.T) {
	m := good(t)
	r, err := audited(m.dir, audit.Options{Key: public(1), Witness: m.early.Note})
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
