package leak_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/internal/leak"
)

// plainLeaks are found as they stand, so they are found in any disguise.
var plainLeaks = []string{
	"PAY-2231", "CVE-2026-41877", "Barbara Kennel", "pay-gw", "checkout.internal", "10.42.7.19",
	"see the gift card balance in the apps", "ghp_" + "16C7e3b5A9d2F8g4H1j6K0m3N7p5Q9r2S8tV", "AKIA" + "7Q2ZK5XJ3MWN4RTB",
}

// Whatever hides a leak from the eye of a program, and not from that of a
// reader, hides nothing.
func TestDisguises(t *testing.T) {
	like := map[string][]string{}
	for r, ascii := range leak.Lookalikes() {
		like[ascii] = append(like[ascii], string(r))
	}
	for _, list := range like {
		slices.Sort(list)
	}
	guard := leak.New(terms())
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SampledFrom(plainLeaks).Draw(t, "leak")
		var b strings.Builder
		for i := range len(plain) {
			c := plain[i : i+1]
			if i > 0 {
				b.WriteString(rapid.SampledFrom([]string{"", "", "", "", "\u200b", "\u2060", "\ufeff", "\u00ad", "\u200d", "<!-- x -->", "<b></b>", "**", "\u0335"}).Draw(t, "between"))
			}
			switch how := rapid.IntRange(0, 9).Draw(t, "how"); {
			case how == 0:
				fmt.Fprintf(&b, "&#%d;", c[0])
			case how == 1:
				fmt.Fprintf(&b, "&#x%X;", c[0])
			case how == 2 && strings.Contains("-_.", c):
				b.WriteString("\\" + c)
			case how == 3 && c == ".":
				b.WriteString("[.]")
			case how <= 4 && len(like[c]) > 0:
				b.WriteString(rapid.SampledFrom(like[c]).Draw(t, "like"))
			default:
				b.WriteString(c)
			}
		}
		before := rapid.SampledFrom([]string{"", "See ", "Ümläuts before: ", "> ", "| a | "}).Draw(t, "before")
		text := before + b.String() + " at once."
		for _, f := range guard.Find(text) {
			if f.Start < len(text)-len(" at once.") && f.End > len(before) {
				return
			}
		}
		t.Fatalf("%q, which is %q, is not found", text, plain)
	})
}

// A leak that a line break parts is one, where it has a form of its own.
func TestLineBreaks(t *testing.T) {
	guard := leak.New(terms())
	for _, plain := range []string{"PAY-2231", "CVE-2026-41877", "ghp_" + "16C7e3b5A9d2F8g4H1j6K0m3N7p5Q9r2S8tV", "AKIA" + "7Q2ZK5XJ3MWN4RTB", "checkout-7.internal"} {
		for at := 4; at < len(plain)-1; at++ {
			for _, br := range []string{"\n", "\r\n", " \n  ", "\n> "} {
				text := "See " + plain[:at] + br + plain[at:] + " at once."
				if found := guard.Find(text); len(found) == 0 {
					t.Errorf("%q is not found", text)
				}
			}
		}
	}
	for _, lawful := range []string{"The new price is in EUR\n2026 prices follow.", "We serve UTF\n-8 files.", "It ends in March.\nInternal errors are gone."} {
		if found := guard.Find(lawful); len(found) > 0 {
			t.Errorf("%q: %s", lawful, places(lawful, found))
		}
	}
}

// Spans are those of the text as given, whatever it was read as.
func TestSpans(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"plain", "Fixes PAY-2231 and OPS-9.", []string{"ticket PAY-2231", "ticket OPS-9"}},
		{"behind letters of many bytes", "Für Größe: PAY-2231", []string{"ticket PAY-2231"}},
		{"with what cannot be seen", "Fixes P\u200bAY-22\u00ad31.", []string{"ticket P\u200bAY-22\u00ad31"}},
		{"references", "Fixes PAY&#x2D;2231.", []string{"ticket PAY&#x2D;2231"}},
		{"a reference that is none", "R&D; PAY-1 & x;", []string{"ticket PAY-1"}},
		{"an escape", `Fixes PAY\-2231.`, []string{`ticket PAY\-2231`}},
		{"a tag inside", "Fixes PAY-<em>2231</em>.", []string{"ticket PAY-<em>2231"}},
		{"a comment", "Faster. <!-- PAY-2231 -->", []string{"ticket PAY-2231"}},
		{"a link's target", `<a href="https://wiki.acme-dev.io/x">x</a>`, []string{"link https://wiki.acme-dev.io/x"}},
		{"a host of a link that may be named, in a query", "https://help.example.com/?to=wiki.corp.example.com", []string{"host wiki.corp.example.com"}},
		{"a secret stands for its link", "https://a:Secret9x@evil.test/x", []string{"secret Secret9x"}},
		{"two lines", "PAY-\n2231", []string{"ticket PAY-\n2231"}},
		{"the name of a secret", "secretName: checkout-tls-2026 and tokenFile: /run/secrets/token-2026", nil},
		{"a name in camel case", `The key "deliveryWindowStartsAt2026Q1" is new.`, nil},
		{"a comment of code", "Lines with //nolint:all and //go:build linux are kept.", nil},
		{"the reader's own machine", "Open http://localhost:8080 or http://host.docker.internal/x.", nil},
		{"behind a letter whose small form is longer", "\u023a İ PAY-GW, AKIA" + "7Q2ZK5XJ3MWN4RTB", []string{"system PAY-GW", "secret AKIA" + "7Q2ZK5XJ3MWN4RTB"}},
		{"nothing", " \n\t", nil},
		{"what is no text", "PAY-1 \xff\xfe PAY-2", []string{"ticket PAY-1", "ticket PAY-2"}},
	}
	guard := leak.New(terms())
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, f := range guard.Find(tt.text) {
				got = append(got, f.Kind.String()+" "+tt.text[f.Start:f.End])
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A letter looks like one thing.
func TestLookalikesAreTold(t *testing.T) {
	seen := map[rune]bool{}
	for _, r := range leak.LookalikeTables() {
		if seen[r] || r < utf8.RuneSelf {
			t.Errorf("%q stands twice, or is what it looks like", r)
		}
		seen[r] = true
	}
}

// Lawful texts end no other find: neither a longer one, nor a secret.
func TestLawful(t *testing.T) {
	terms := terms()
	const token = "ghp_" + "16C7e3b5A9d2F8g4H1j6K0m3N7p5Q9r2S8tV"
	terms.Lawful = []string{"PAY-2231", "the 10.0.0.5 of the guide", token}
	guard := leak.New(terms)
	for text, want := range map[string]int{"PAY-2231": 0, "PAY-22311": 1, "pay-2231": 1, "PAY-2231 PAY-2232": 1, "See the 10.0.0.5 of the guide.": 0, "See 10.0.0.5.": 1, token: 1} {
		if found := guard.Find(text); len(found) != want {
			t.Errorf("%q: %s, want %d", text, places(text, found), want)
		}
	}
}

// People are found in any script, and by what they are called beside their name.
func TestPeople(t *testing.T) {
	guard := leak.New(leak.Terms{People: []leak.Name{{Name: "Жанна Щукина", Accounts: []string{"zhanna@corp.example.com"}}, {Name: "Łucja Öztürk-Weiß"}, {Name: "Barbara"}, {Name: " "}}})
	for text, want := range map[string]int{
		"Ask Жанна Щукина.": 1, "Ask ЖАННА ЩУКИНА.": 1, "Ж. Щукина signs.": 1, "Щукина, Жанна": 1, "Жанна д'Арк": 0,
		"Ask Łucja Öztürk-Weiß.": 1, "Ask Lucja Ozturk Weiss.": 1, "Ask zhanna@corp.example.com.": 1,
		"Ask Barbara for it.": 1, "Barbara trees are cut.": 0, "Ask barbara.": 0,
	} {
		if found := guard.Find(text); len(found) != want {
			t.Errorf("%q: %s, want %d", text, places(text, found), want)
		}
	}
}

// Kinds have one text form and refuse every other.
func TestKinds(t *testing.T) {
	for i, want := range []string{"secret", "host", "link", "ticket", "person", "vulnerability", "system", "item"} {
		text, err := leak.Kind(i).MarshalText()
		var back leak.Kind
		if err != nil || string(text) != want || back.UnmarshalText(text) != nil || int(back) != i {
			t.Errorf("kind %d is %s, %v", i, text, err)
		}
	}
	if _, err := leak.Kind(8).MarshalText(); err == nil {
		t.Error("kind 8 has a text")
	}
}

// Any text can be read: spans lie in it, in order, and none over another.
func FuzzFind(f *testing.F) {
	for _, l := range readSeeds(f) {
		f.Add(l)
	}
	guard := leak.New(terms())
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, l := range guard.Find(text) {
			if l.Start < last || l.End <= l.Start || l.End > len(text) || l.Why == "" {
				t.Fatalf("%+v in %d bytes, behind %d", l, len(text), last)
			}
			last = l.End
		}
	})
}
