package packet_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
)

// leaks lists what NOTE-004 says: path and message.
func leaks(t *testing.T, p packet.Packet, facts *fact.Set) []string {
	t.Helper()
	r := packet.Verify(p, &packet.VerifyOptions{Now: now, Facts: facts})
	noPanic(t, r)
	var list []string
	for _, f := range r.Findings {
		if f.Rule == "NOTE-004" {
			list = append(list, strings.TrimPrefix(string(f.Path), "notes.customers.")+" "+f.Message)
			if err := checktest.Resolve(p, f.Path); err != nil {
				t.Error(err)
			}
		}
	}
	return list
}

// Each class of leaks is found in the note to customers, with its bytes, and the
// message does not repeat a secret.
func TestLeaksOfThePacket(t *testing.T) {
	confidential := release.Confidential{Hosts: []string{"stage.example.com"}, Projects: []string{"OPS"}, Systems: []string{"pay-gw"},
		Embargoed: []string{"CVE-2026-10011"}, Lawful: []string{"OPS-100"}}
	const token = "ghp_" + "16C7e3b5A9d2F8g4H1j6K0m3N7p5Q9r2S8tV"
	const at = "changes[0].text "
	tests := []struct {
		name, text string
		want       []string
	}{
		{"a secret", "Use " + token + ".", []string{at + "the text has the form of a token of GitHub, bytes 4 to 44"}},
		{"a secret in two lines", "Use " + token[:9] + "\n" + token[9:] + ".", []string{at + "the text has the form of a token of GitHub, bytes 4 to 45"}},
		{"a password", "Log in with password: Tr0ub4dor.", []string{at + "the text is called a secret, bytes 22 to 31"}},
		{"a host of the policy", "It runs on shop.stage.example.com.", []string{at + `"shop.stage.example.com": is a host inside of the house, bytes 11 to 33`}},
		{"a link to one", "See https://shop.stage.example.com/x.", []string{at + "the link leads to a host inside of the house, bytes 4 to 36"}},
		{"a link that hides its host", "See https://help.example.com@evil.test/x.", []string{at + "the link hides its host behind a user, bytes 4 to 40"}},
		{"a host in other letters", "See https://help.ex\u0430mple.com/x.", []string{at + "the link has a host in letters that look like others, bytes 4 to 31"}},
		{"a project of the policy", "Mends ops-7.", []string{at + `"ops-7": is an id of a tracker, bytes 6 to 11`}},
		{"a project of nobody", "Mends ABC-7.", []string{at + `"ABC-7": is an id of a tracker, bytes 6 to 11`}},
		{"a text that is lawful", "The code OPS-100 saves 5%.", nil},
		{"a person in disguise", "Ask Barb\u200bara.", []string{at + "\"Barb\\u200bara\": is a person of the directory, bytes 4 to 14"}},
		{"an account", "Ask barbara@example.com.", []string{at + `"barbara@example.com": is an address of a person, bytes 4 to 23`}},
		{"an embargo", "Mends CVE-2026-10011.", []string{at + `"CVE-2026-10011": is a vulnerability under embargo, bytes 6 to 20`}},
		{"a vulnerability that is known", "Mends CVE-2026-10012.", nil},
		{"a system", "The PAY-GW is faster.", []string{at + `"PAY-GW": is an internal system, bytes 4 to 10`}},
		{"deferred work", "Soon: gift card balance in the apps.",
			[]string{at + `"gift card balance in the apps": is of work that may be deferred and of which nobody says that it is done, bytes 6 to 35`}},
		{"a version", "Works with TLS 1.3, UTF-8 and app 12.4.0.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := goodPacket()
			p.Plan.Policy.Confidential = confidential
			p.Notes.Customers.Changes[0].Text = tt.text
			if diff := cmp.Diff(tt.want, leaks(t, p, nil)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			p = goodPacket()
			p.Notes.Support.Changes[0].Text = tt.text
			if got := leaks(t, p, nil); len(got) > 0 {
				t.Errorf("support may read it: %v", got)
			}
		})
	}
}

// Customers read the name of the release as the title of their notes.
func TestLeaksOfTheTitle(t *testing.T) {
	p := goodPacket()
	p.Plan.Overview.Name = "Shop, see PAY-7"
	if diff := cmp.Diff([]string{`plan.overview.name "PAY-7": is an id of a tracker, bytes 10 to 15`}, leaks(t, p, nil)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A secret that somebody took out of a draft is in the source still, and in what
// the packet knows of the draft.
func TestSecretsOfDrafts(t *testing.T) {
	const secret = "AKIA" + "7Q2ZK5XJ3MWN4RTB"
	p := goodPacket()
	draft := p.Notes.Clone()
	draft.Customers.Changes[0].Text = "Use " + secret + "."
	p.Notes = notes.Redraft(notes.Packet{}, draft)
	if got := leaks(t, p, nil); len(got) != 1 || !strings.HasPrefix(got[0], "changes[0].text ") {
		t.Errorf("%v, want the secret once, where customers read it", got)
	}
	p.Notes.Customers.Changes[0].Text = "Pay with a gift card."
	draft.Customers.Changes[0].Text = "Use " + secret + " now."
	p.Notes = notes.Redraft(p.Notes, draft)
	got := leaks(t, p, nil)
	if len(got) != 3 || !strings.HasPrefix(got[0], "notes.drafted[") || !strings.HasPrefix(got[1], "notes.conflicts[0].was") || !strings.HasPrefix(got[2], "notes.conflicts[0].now") {
		t.Errorf("%v, want it in the draft and on both sides of the conflict", got)
	}
	draft.Customers.Changes[0].Text = "Pay with a gift card."
	p.Notes = notes.Redraft(p.Notes, draft)
	if got := leaks(t, p, nil); len(got) > 0 {
		t.Errorf("the source is clean: %v", got)
	}
}

// What the facts mark as internal is not told to customers.
func TestLeaksKnownFromFacts(t *testing.T) {
	p := goodPacket()
	p.Notes.Customers.Benefits[0] = "We replaced the fraud vendor."
	answer := fact.Answer(fact.NewQuery("jira", "items", fact.WorkItems()), now)
	answer.WorkItems = []fact.WorkItem{{ID: "FRD-1", Title: "Replaced the fraud vendor", Labels: []string{"internal"}, Category: fact.Done}}
	facts := fact.NewSet(answer)
	want := []string{`benefits[0] "replaced the fraud vendor": is of work that is marked as not to be told to customers, bytes 3 to 28`}
	if diff := cmp.Diff(want, leaks(t, p, &facts)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := leaks(t, p, nil); len(got) > 0 {
		t.Errorf("nobody said that it is internal: %v", got)
	}
}

// Every secret that is planted anywhere in the note to customers is found, and
// no report repeats it.
func TestPlantedSecretsAreFound(t *testing.T) {
	const secret = "AKIA" + "7Q2ZK5XJ3MWN4RTB"
	plant := func(n *notes.Note) []*string {
		return []*string{&n.Summary, &n.Changes[0].Text, &n.Changes[0].ActionRequired, &n.Changes[1].Text, &n.Benefits[0],
			&n.KnownIssues[0].Text, &n.KnownIssues[0].Remedy, &n.Links[0].Name, (*string)(&n.Links[0].URL), &n.Compliance}
	}
	good := goodPacket().Notes.Customers
	for i := range plant(&good) {
		p := goodPacket()
		*plant(&p.Notes.Customers)[i] += "?k=" + secret
		r := packet.Verify(p, &packet.VerifyOptions{Now: now})
		found := 0
		for _, f := range r.Findings {
			if f.Rule == "NOTE-004" {
				found++
				if strings.Contains(f.String()+f.Hint, secret) {
					t.Errorf("%s repeats the secret", f)
				}
			}
		}
		if found != 1 || r.Findings.Of(check.Error).Err() == nil {
			t.Errorf("place %d: %d findings", i, found)
		}
	}
}
