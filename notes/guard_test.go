package notes_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/forktest"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
)

func fullGuard() notes.Guard {
	return notes.Guard{Hosts: []string{"example.com"}, Internal: []string{"corp.example.com"}, Projects: []string{"REL"},
		People: []release.Person{{ID: "barbara", Name: "Barbara Kennel", Accounts: []fact.Account{{System: "github", ID: "bkennel"}}}}, Systems: []string{"pay-gw"},
		Embargoed: []string{"CVE-2026-10011"}, Untold: []notes.Untold{{Text: "See the balance in the apps", Why: "is deferred"}}, Lawful: []string{"GIFT-100"}}
}

func TestGuardForks(t *testing.T) {
	given := fullGuard()
	type g = notes.Guard
	forktest.Run(t, fullGuard,
		forktest.Fork[g]{Name: "Clone", Make: g.Clone},
		forktest.Fork[g]{Name: "WithProjects", Make: func(g g) g { return g.WithProjects("OPS", "", "REL") }},
		forktest.Fork[g]{Name: "WithLawful", Make: func(g g) g { return g.WithLawful(given.Lawful...) }},
		forktest.Fork[g]{Name: "NewGuard", Make: func(g g) g {
			p := sample.Plan()
			p.Policy.LinkHosts, p.Directory.People = g.Hosts, g.People
			p.Policy.Confidential = release.Confidential{Hosts: g.Internal, Projects: g.Projects, Systems: g.Systems, Embargoed: g.Embargoed, Lawful: g.Lawful}
			return notes.NewGuard(&p, nil, notes.Mapping{})
		}},
	)
}

// Every text that customers see is read, and the finding says where it leaks.
func TestGuardReadsEverything(t *testing.T) {
	n := notes.NewNote("Fixes REL-1.",
		notes.Change{ID: "REL-2", Text: "Faster.", Items: []string{"REL-2"}},
		notes.Change{ID: "c", Text: "A\u200bsk Barbara\nKennel.", ActionRequired: "Open http://10.1.2.3/x.", Link: "https://wiki.corp.example.com/x"}).
		WithBenefits("No more delays of pay-gw.").WithRisks(notes.Callout{Risk: "R1", Text: "CVE-2026-10011."}).
		WithKnownIssues(notes.KnownIssue{ID: "k", Text: "See @bkennel.", Remedy: "See build-7.lan.", NoRemedy: release.Negative{By: "x", Reason: "REL-3 is open"}}).
		WithRemediation("See the balance – in the apps.").WithLinks(notes.Link{Name: "REL-4", URL: "https://help.example.com/REL-5"}).
		WithCompliance("CHG0041877")
	var got []string
	for _, l := range fullGuard().Leaks(n) {
		got = append(got, fmt.Sprintf("%s %d-%d %s", l.Path, l.Start, l.End, l.Kind))
	}
	want := []string{"summary 6-11 ticket", "changes[1].text 7-21 person", "changes[1].actionRequired 5-22 link", "changes[1].link 0-31 link",
		"benefits[0] 18-24 system", "risks[0].text 0-14 vulnerability", "knownIssues[0].text 4-12 person", "knownIssues[0].remedy 4-15 host",
		"knownIssues[0].noRemedy.reason 0-5 ticket", "remediation[0] 0-31 item", "links[0].name 0-5 ticket", "links[0].url 25-30 ticket", "compliance 0-10 ticket"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What may be told is told: texts of the policy, but no secret.
func TestGuardKnowsWhatIsLawful(t *testing.T) {
	const token = "ghp_" + "016C7e3b5A9d2F8g4H1j6K0m3N7p5Q9r2S8t"
	n := notes.NewNote("The code GIFT-100 and GIFT-1000 with " + token + ".")
	got := fullGuard().WithLawful(token).Leaks(n)
	if len(got) != 2 || got[0].Start != 22 || got[0].Kind != notes.TicketLeak || got[1].Kind != notes.SecretLeak {
		t.Errorf("%+v, want the other code and the token", got)
	}
}

// A finding quotes what leaks, but never a secret, nor a link that may have one.
func TestFindingsKeepSecrets(t *testing.T) {
	random := rand.New(rand.NewChaCha8([32]byte{7}))
	for _, form := range []struct{ prefix, alphabet, text string }{
		{"ghp_", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", "The bot has %s now."},
		{"", "0123456789abcdef", "DD_API_KEY=%s"},
		{"Pw9", "abcdefghijklmnopqrstuvwxyz0123456789", "https://shop:%s@help.example.com/x"},
		{"Pw9", "abcdefghijklmnopqrstuvwxyz0123456789", "Call https://evil.test/x?token=%s first."},
	} {
		b := []byte(form.prefix)
		for len(b) < 40 {
			b = append(b, form.alphabet[random.IntN(len(form.alphabet))])
		}
		leaks := fullGuard().Leaks(notes.NewNote(fmt.Sprintf(form.text, b)))
		if len(leaks) == 0 {
			t.Errorf("%s: nothing is found", form.text)
		}
		for _, l := range leaks {
			f := l.Finding()
			if said := f.Message + f.Hint; strings.Contains(said, string(b)) || strings.Contains(said, string(b[4:20])) || !strings.Contains(said, fmt.Sprintf("bytes %d to %d", l.Start, l.End)) {
				t.Errorf("%s: %s", form.text, said)
			}
		}
	}
	if l := fullGuard().LeaksIn("Fixes REL-1."); len(l) != 1 || l[0].Path != "" || l[0].Start != 6 || l[0].End != 11 {
		t.Errorf("%+v, want the id in a text of no note", l)
	}
	f := fullGuard().Leaks(notes.NewNote("Fixes REL-1."))[0].Finding()
	if want := `"REL-1": is an id of a tracker, bytes 6 to 11`; f.Message != want || f.Path != "summary" {
		t.Errorf("%s: %s, want %s", f.Path, f.Message, want)
	}
}

// What is kept back is known from the plan and the facts.
func TestNewGuardKnowsWhatIsUntold(t *testing.T) {
	scope := release.NewPlan("Shop", "1.0").WithScope(
		release.ScopeItem{ID: "REL-1", Title: "Pay with a card", Class: release.MustShip},
		release.ScopeItem{ID: "REL-2", Title: "See the balance", Class: release.Deferrable},
		release.ScopeItem{ID: "REL-3", Title: "Send shorter mails", Class: release.Deferrable, Status: "Closed"},
		release.ScopeItem{ID: "REL-4", Title: "Print fewer labels", Class: release.Deferrable, Status: "Closed"})
	facts := fact.NewSet(items(tickets, done("REL-2", "x", open), done("REL-4", "x", open),
		done("A-1", "Replace the vendor", labelled("internal")), done("A-2", "Hide the price list", labelled("Do-Not-Publish"), text("We hide the prices.")),
		done("A-3", "Show the price list"), done("A-4", "Show the price list", labelled("internal")), done("A-5", "Count the tasks", func(w *fact.WorkItem) { w.Type = "Task" })))
	tests := []struct {
		name  string
		facts *fact.Set
		want  []string
	}{
		{"without facts", nil, []string{"See the balance"}},
		{"with facts", &facts, []string{"See the balance", "Print fewer labels", "Replace the vendor", "A-1", "Hide the price list", "We hide the prices.", "A-2", "A-4"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, u := range notes.NewGuard(&scope, tt.facts, notes.Mapping{}).Untold {
				got = append(got, u.Text)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	got := notes.NewGuard(&scope, &facts, notes.Mapping{}).Leaks(notes.NewNote("New.", notes.Change{ID: "x", Text: "Other words.", Items: []string{"REL-1", "A-1"}}))
	if len(got) != 1 || got[0].Path != "changes[0].items[1]" || got[0].Kind != notes.ItemLeak || got[0].End != 3 {
		t.Errorf("%+v, want the item that is marked internal", got)
	}
	if got := notes.NewGuard(&scope, nil, notes.Mapping{}).Projects; len(got) != 1 || got[0] != "REL" {
		t.Errorf("projects %v, want that of the scope, once", got)
	}
}
