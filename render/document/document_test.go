package document_test

import (
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/golden"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render/document"
)

func write(t testing.TB, f func(io.Writer) error) string {
	t.Helper()
	var b strings.Builder
	if err := f(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func note(t testing.TB, p packet.Packet, a notes.Audience) string {
	t.Helper()
	return write(t, func(w io.Writer) error { return document.Note(w, p, a) })
}

func mail(t testing.TB, p packet.Packet, gate string) (string, string) {
	t.Helper()
	subject, body, err := document.SignOffRequest(p, gate)
	if err != nil {
		t.Fatal(err)
	}
	return subject, body
}

// later is the packet of a release after a day of changes: a date, an owner, a
// threshold and the scope are others, and it is decided anew.
func later() packet.Packet {
	p := sample.Packet()
	p.Plan.Overview.Window.End = sample.When("2026-12-09T03:00:00-05:00[America/New_York]")
	p.Plan.Risks[0].Owner = "dev-lead"
	p.Plan.Scope = p.Plan.Scope[:len(p.Plan.Scope)-1]
	for i := range p.Catalog.Gates {
		for j := range p.Catalog.Gates[i].Criteria {
			if most := p.Catalog.Gates[i].Criteria[j].AtMost; most != nil {
				most.Limit.Value += 50
				return sample.Decide(p)
			}
		}
	}
	panic("the sample has no criterion with an upper limit")
}

// undecided is a packet that nobody has decided.
func undecided() packet.Packet {
	p := sample.Packet()
	p.Decisions, p.AsOf = gates.Decisions{}, time.Time{}
	return p
}

func TestGoldens(t *testing.T) {
	p := sample.Packet()
	subject, body := mail(t, p, "production/entry")
	pages := map[string]string{
		"customers.md":  note(t, p, notes.Customers),
		"support.md":    note(t, p, notes.Support),
		"leadership.md": note(t, p, notes.Leadership),
		"checklists.md": write(t, func(w io.Writer) error { return document.Checklists(w, p) }),
		"sign-off.md":   body,
		"diff.md":       write(t, func(w io.Writer) error { return document.Diff(w, p, later()) }),
		"same.md":       write(t, func(w io.Writer) error { return document.Diff(w, p, sample.Packet()) }),
		"lines.md":      "# Lines\n\n" + strings.Join([]string{document.Chat(p), document.Chat(later()), document.Chat(undecided()), "`" + subject + "`"}, "\n\n") + "\n",
	}
	for name, page := range pages {
		t.Run(name, func(t *testing.T) {
			wellFormed(t, page)
			golden.Assert(t, filepath.Join("testdata", name), []byte(page))
		})
	}
}

func TestNoteToCustomersKeepsInsideInside(t *testing.T) {
	p := sample.Packet()
	p.Notes.Customers = p.Notes.Customers.
		WithRisks(notes.Callout{Risk: "R1", Text: "The apps come later."}).
		WithKnownIssues(notes.KnownIssue{ID: "K9", Text: "Old cards show no date.", NoRemedy: p.Notes.Support.KnownIssues[1].NoRemedy}).
		WithLinks(notes.Link{Name: "plain", URL: "http://example.com/plain"}, notes.Link{Name: "script", URL: "javascript:alert(1)"},
			notes.Link{Name: "post", URL: "mailto:help@example.com"})
	p.Notes = p.Notes.WithoutRisks("release-manager", "none known").WithGaps(notes.Gap{About: "jira count", Reason: "timed out"})
	seen, links := read(t, note(t, p, notes.Customers))
	for _, inside := range []string{"REL-101", "REL-102", "K1", "K9", "R1", "Support lead", "timed out", "javascript", "http://", "itigation"} {
		if strings.Contains(seen, inside) {
			t.Errorf("customers read %q", inside)
		}
	}
	want := []string{"https://help.example.com/gift-cards", "https://help.example.com/gift-cards", "mailto:help@example.com"}
	if diff := cmp.Diff(want, links); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
	inside, _ := read(t, note(t, p, notes.Support))
	for _, s := range []string{"REL-101", "K1", "R1", "timed out", "itigation"} {
		if !strings.Contains(inside, s) {
			t.Errorf("support does not read %q", s)
		}
	}
}

func TestNoteOfNobody(t *testing.T) {
	for _, a := range []notes.Audience{notes.NoAudience, 9} {
		var b strings.Builder
		var refused *document.AudienceError
		if err := document.Note(&b, sample.Packet(), a); !errors.As(err, &refused) || refused.Audience != a || b.Len() > 0 {
			t.Errorf("%v: %v, %d bytes written", a, err, b.Len())
		}
	}
}

func TestChat(t *testing.T) {
	long := undecided()
	long.Plan.Overview.Name = strings.Repeat("Atlas ", 200)
	crowded := undecided()
	for range 4 {
		crowded.Catalog.Gates = append(crowded.Catalog.Gates, crowded.Catalog.Gates...)
	}
	tests := []struct {
		name      string
		p         packet.Packet
		has, lack []string
	}{
		{"every gate goes", sample.Packet(), []string{"Verdict: Go", "Valid until", "8 of 8"}, []string{"more"}},
		{"nothing decided", undecided(), []string{"Verdict: Hold", "0 of 8", "not decided", "more are in the packet"}, nil},
		{"a name that does not fit", long, []string{"Verdict: Hold", "more are in the packet"}, []string{"Atlas"}},
		{"many gates", crowded, []string{"Verdict: Hold", "more are in the packet"}, nil},
		{"no packet", packet.Packet{}, []string{"Verdict: Hold"}, []string{"more"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := document.Chat(tt.p)
			if n := utf8.RuneCountInString(got); n > document.MaxChat || strings.Contains(got, "\n") || !strings.HasSuffix(got, ".") {
				t.Errorf("%d characters, or no whole paragraph: %q", n, got)
			}
			for _, s := range tt.has {
				if !strings.Contains(got, s) {
					t.Errorf("%q is not in %q", s, got)
				}
			}
			for _, s := range tt.lack {
				if strings.Contains(got, s) {
					t.Errorf("%q is in %q", s, got)
				}
			}
		})
	}
}

func TestSignOffRequest(t *testing.T) {
	p := sample.Packet()
	for i, s := range packet.Subjects(p) {
		if len(p.Catalog.SignOffs(p.Catalog.Gates[i])) == 0 {
			continue
		}
		subject, body := mail(t, p, s.Gate)
		wellFormed(t, body)
		if !strings.Contains(body, s.Digest.String()) || !strings.Contains(subject, s.Digest.Short()) || !strings.Contains(subject, s.Gate) {
			t.Errorf("%s: the mail does not name its subject: %s", s.Gate, subject)
		}
		if !strings.Contains(body, "Nothing beside the sign-offs") || !strings.Contains(body, "signed: 1 of 1") {
			t.Errorf("%s: %s", s.Gate, body)
		}
	}
	changed := sample.Packet()
	changed.Plan.Overview.Objectives = append(changed.Plan.Overview.Objectives, "Ship another thing")
	_, body := mail(t, changed, "production/entry")
	if !strings.Contains(body, "another subject") || strings.Contains(body, "signed: 1") || !strings.Contains(body, "signed: 0 of 1") {
		t.Errorf("sign-offs of another subject count:\n%s", body)
	}
}

// Whoever signs, or reads of the release, hears of facts that nobody vouches for.
func TestDocumentsTellOfTheOverride(t *testing.T) {
	p := sample.Packet()
	_, before := mail(t, p, "production/entry")
	if strings.Contains(before+document.Chat(p), "override") {
		t.Errorf("an override that nobody used: %s", before)
	}
	p.Decisions.Gates[0].Unpinned, p.Decisions.Unpinned = []string{"jira"}, []string{"datadog", "jira"}
	_, body := mail(t, p, "production/entry")
	wellFormed(t, body)
	if want := "\nDevelopment override: nobody pinned the program that answered as datadog, jira.\n"; !strings.Contains(body, want) {
		t.Errorf("the mail does not say %q:\n%s", want, body)
	}
	p.Plan.Overview.Name = strings.Repeat("Atlas ", 200)
	if chat, want := document.Chat(p), "Development override: connectors not pinned: 2."; !strings.Contains(chat, want) {
		t.Errorf("the paragraph does not say %q: %s", want, chat)
	}
}

func TestSignOffRequestRefuses(t *testing.T) {
	p := sample.Packet()
	p.Catalog.Gates[0] = p.Catalog.Gates[0].WithoutSignOffs("automatic")
	twice := sample.Packet()
	twice.Catalog.Gates = append(twice.Catalog.Gates, twice.Catalog.Gates[0])
	broken := sample.Packet()
	broken.Plan.Overview.Objectives[0] = "\xff"
	first := p.Catalog.Gates[0].ID()
	tests := []struct {
		name string
		p    packet.Packet
		gate string
		want document.GateProblem
	}{
		{"no such gate", p, "moon/entry", document.UnknownGate},
		{"no name", p, "", document.UnknownGate},
		{"two of the name", twice, first, document.UnknownGate},
		{"no sign-offs", p, first, document.NoSignOffs},
		{"no subject", broken, "production/entry", document.NoSubject},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			subject, body, err := document.SignOffRequest(tt.p, tt.gate)
			var refused *document.GateError
			if !errors.As(err, &refused) || refused.Reason != tt.want || refused.Gate != tt.gate || subject+body != "" {
				t.Errorf("%v", err)
			}
		})
	}
}
