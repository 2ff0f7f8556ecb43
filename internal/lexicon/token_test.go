package lexicon_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/lexicon"
)

var kindNames = [...]string{"word", "number", "id", "code", "url", "tag", "mark"}

// spell prints tokens as "kind:text", the first of a sentence with a leading ^.
func spell(s string) []string {
	var all []string
	for _, t := range lexicon.Tokenize(s) {
		text := kindNames[t.Kind] + ":" + s[t.Start:t.End]
		if t.FirstOfSentence() {
			text = "^" + text
		}
		all = append(all, text)
	}
	return all
}

func TestTokenize(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"words", "Publish the war-room's log.", []string{"^word:Publish", "word:the", "word:war-room", "word:log", "mark:."}},
		{"sentences", "Go. Hold, e.g. now? Yes", []string{"^word:Go", "mark:.", "^word:Hold", "mark:,", "word:e.g.", "word:now", "mark:?", "^word:Yes"}},
		{"ids", "REL-101 v1.2.3 checkout.split_payments /etc/hosts --dry-run=client @sre #war-room p95 SOC2",
			[]string{"^id:REL-101", "id:v1.2.3", "id:checkout.split_payments", "id:/etc/hosts", "id:--dry-run=client", "id:@sre", "id:#war-room", "id:p95", "id:SOC2"}},
		{"numbers", "5/25/50/100% 1,531 10pm 22:00 30-minute 99.9%",
			[]string{"^number:5/25/50/100%", "number:1,531", "number:10pm", "number:22:00", "number:30-minute", "number:99.9%"}},
		{"time with zone", "At 2026-12-08T22:00:00-05:00[America/New_York], deploy",
			[]string{"^word:At", "number:2026-12-08T22:00:00-05:00[America/New_York]", "mark:,", "word:deploy"}},
		{"interval", "2026-12-21/2027-01-04.", []string{"^number:2026-12-21/2027-01-04", "mark:."}},
		{"slash between words", "High/Medium CI/CD", []string{"^word:High", "mark:/", "word:Medium", "word:CI", "mark:/", "word:CD"}},
		{"code span", "Run `a ``b` now", []string{"^word:Run", "code:`a ``b`", "word:now"}},
		{"double fence", "``a ` b`` c", []string{"^code:``a ` b``", "word:c"}},
		{"open code", "a ` b", []string{"^word:a", "mark:`", "word:b"}},
		{"open fence", "```\nTODO", []string{"^code:```\nTODO"}},
		{"link", "See [RB-88](https://x.example/88 \"Run book\") (or not).",
			[]string{"^word:See", "mark:[", "id:RB-88", "mark:]", `url:(https://x.example/88 "Run book")`, "mark:(", "word:or", "word:not", "mark:)", "mark:."}},
		{"brackets that link nothing", "[x](see above) y", []string{"mark:[", "^word:x", "mark:]", "mark:(", "word:see", "word:above", "mark:)", "word:y"}},
		{"reference", "[text][ref] z", []string{"mark:[", "^word:text", "mark:]", "url:[ref]", "word:z"}},
		{"bare URL", "(https://a.example/x_(y)).", []string{"mark:(", "^url:https://a.example/x_(y)", "mark:)", "mark:."}},
		{"mail", "Write sre@example.com, <ops@example.com>", []string{"^word:Write", "url:sre@example.com", "mark:,", "url:<ops@example.com>"}},
		{"tags", "<name> &lt;owner&gt; <5 minutes a < b <!-- TODO -->",
			[]string{"^tag:<name>", "tag:&lt;owner&gt;", "mark:<", "number:5", "word:minutes", "word:a", "mark:<", "word:b", "code:<!-- TODO -->"}},
		{"emphasis", "**Blocking** _soon_ x", []string{"^word:Blocking", "word:soon", "mark:_", "word:x"}},
		{"list", "a\n- b\n1. c\nd", []string{"^word:a", "mark:-", "^word:b", "^number:1", "mark:.", "^word:c", "word:d"}},
		{"cells", "| a | b |", []string{"mark:|", "^word:a", "mark:|", "^word:b", "mark:|"}},
		{"letters of others", "Größe naïve “Überblick”…", []string{"^word:Größe", "word:naïve", "mark:“", "word:Überblick", "mark:”", "mark:…"}},
		{"bad bytes", "a\xff b", []string{"^word:a", "mark:\xff", "word:b"}},
		{"ellipsis", "Steps: ...to do", []string{"^word:Steps", "mark::", "mark:.", "mark:.", "mark:.", "word:to", "word:do"}},
		{"nothing", " \n\t", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, spell(c.text)); d != "" {
				t.Errorf("tokens of %q (-want +got):\n%s", c.text, d)
			}
		})
	}
}

// checkTokens holds what every text keeps: tokens in range, in order, on rune boundaries, and no letter lost.
func checkTokens(t *testing.T, s string) {
	t.Helper()
	last := 0
	for _, tok := range lexicon.Tokenize(s) {
		start, end := int(tok.Start), int(tok.End)
		if start < last || end <= start || end > len(s) {
			t.Fatalf("token %d:%d after %d in %d bytes", start, end, last, len(s))
		}
		if !boundary(s, start) || !boundary(s, end) {
			t.Fatalf("token %d:%d is not on rune boundaries", start, end)
		}
		for _, r := range s[last:start] {
			if r >= 'a' && r <= 'z' && r != 's' || r >= '0' && r <= '9' { // a possessive s belongs to no token
				t.Fatalf("%q is in no token", s[last:start])
			}
		}
		last = end
	}
}

func boundary(s string, i int) bool {
	return i == len(s) || utf8.RuneStart(s[i]) || !utf8.ValidString(s)
}

var fuzzSeeds = []string{
	"Deploy as soon as possible; see [RB-88](https://x.example/88) by Friday.", "`a ``b` ```", "<name> &lt;x&gt; <!--", "[a](b [c][d]",
	"2026-02-30/2026-13-08 31 November 2026, Wednesday the 24th of Nov.", "CAB (change advisory board), CAB: x", "TBD (question 3) ??? ____ CHG-XXX ####",
	"orders_api ordersapi's — “Überblick” \xff\xfe", "will be deployed by", "10pm ET 12/8 5/25/50/100%", "{a}{{b}} {c", "a@b www.x mailto:", "Mon-Wed 2026-11-25 (Wed",
	"İ ŉ ſ K", "--", "./ ../x .x ~/y", "]]((", "The The Release Manager release manager",
}

// FuzzFind reads any text as any part of a document: nothing panics, and every finding is a part of the text.
func FuzzFind(f *testing.F) {
	for _, s := range fuzzSeeds {
		f.Add(s, "orders-api")
	}
	f.Fuzz(func(t *testing.T, s, name string) {
		checkTokens(t, s)
		sources := []lexicon.Source{{Text: s, Imperative: true}, {Text: "Argo CD and CAB: change advisory board"}, {Text: s}}
		doc := lexicon.Read(sources, lexicon.Terms{Names: []string{name, "billing-api"}, Glossary: []lexicon.Definition{{Acronym: "SLO", Expansion: s}}})
		for _, d := range lexicon.Detectors() {
			source, start := 0, 0
			for _, found := range d.Find(doc) {
				text := sources[found.Source].Text
				if found.Start < 0 || found.End > len(text) || found.Start >= found.End {
					t.Fatalf("%s: %+v is outside of its text", d.Rule, found)
				}
				if !strings.EqualFold(found.Term, text[found.Start:found.End]) && utf8.ValidString(text) {
					t.Fatalf("%s: term %q is %q", d.Rule, found.Term, text[found.Start:found.End])
				}
				if found.Source < source || found.Source == source && found.Start < start {
					t.Fatalf("%s: %+v is out of order", d.Rule, found)
				}
				source, start = found.Source, found.Start
			}
		}
	})
}
