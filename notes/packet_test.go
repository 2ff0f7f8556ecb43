package notes_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/forktest"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/notes"
)

// full is the good packet with one element in every list.
func full() notes.Packet {
	p := sample.Notes().WithGaps(notes.Gap{About: "REL-103", Reason: "no source has it"})
	p.Drafted = []notes.Statement{{Audience: notes.Customers, List: "changes", ID: "REL-101", Field: "text", Text: "Gift cards."}}
	p.Conflicts = []notes.Conflict{{Audience: notes.Customers, List: "changes", ID: "REL-101", Field: "text", Was: "Gift cards.", Now: "Gift cards below 500 EUR."}}
	return p
}

// Forks of a packet share no memory: with it, with each other, with what they are given.
func TestPacketForks(t *testing.T) {
	given := full()
	type p = notes.Packet
	forktest.Run(t, full,
		forktest.Fork[p]{Name: "Clone", Make: p.Clone},
		forktest.Fork[p]{Name: "New", Make: func(p p) p { return notes.New(p.Customers, p.Support, p.Leadership) }},
		forktest.Fork[p]{Name: "WithCustomers", Make: func(p p) p { return p.WithCustomers(given.Customers) }},
		forktest.Fork[p]{Name: "WithSupport", Make: func(p p) p { return p.WithSupport(given.Support) }},
		forktest.Fork[p]{Name: "WithLeadership", Make: func(p p) p { return p.WithLeadership(given.Leadership) }},
		forktest.Fork[p]{Name: "With", Make: func(p p) p { return p.With(notes.Support, given.Customers) }},
		forktest.Fork[p]{Name: "With nobody", Make: func(p p) p { return p.With(notes.NoAudience, given.Customers) }},
		forktest.Fork[p]{Name: "WithoutRisks", Make: func(p p) p { return p.WithoutRisks("a", "b") }},
		forktest.Fork[p]{Name: "WithoutKnownIssues", Make: func(p p) p { return p.WithoutKnownIssues("a", "b") }},
		forktest.Fork[p]{Name: "Settle", Make: func(p p) p { return p.Settle(notes.Conflict{}) }},
		forktest.Fork[p]{Name: "Redraft, of the notes before", Make: func(p p) p { return notes.Redraft(p, given) }},
		forktest.Fork[p]{Name: "WithGaps", Make: func(p p) p { return p.WithGaps(given.Gaps...) }},
	)
}

// fullNote has an element in every list.
func fullNote() notes.Note {
	p := sample.Notes()
	return p.Customers.WithRisks(p.Support.Risks...).WithRemediation(p.Support.Remediation...)
}

func TestNoteForks(t *testing.T) {
	given := fullNote()
	type n = notes.Note
	forktest.Run(t, fullNote,
		forktest.Fork[n]{Name: "Clone", Make: n.Clone},
		forktest.Fork[n]{Name: "NewNote", Make: func(n n) n { return notes.NewNote(n.Summary, n.Changes...) }},
		forktest.Fork[n]{Name: "WithSummary", Make: func(n n) n { return n.WithSummary("x") }},
		forktest.Fork[n]{Name: "WithChanges", Make: func(n n) n { return n.WithChanges(given.Changes...) }},
		forktest.Fork[n]{Name: "WithBenefits", Make: func(n n) n { return n.WithBenefits(given.Benefits...) }},
		forktest.Fork[n]{Name: "WithRisks", Make: func(n n) n { return n.WithRisks(given.Risks...) }},
		forktest.Fork[n]{Name: "WithKnownIssues", Make: func(n n) n { return n.WithKnownIssues(given.KnownIssues...) }},
		forktest.Fork[n]{Name: "WithRemediation", Make: func(n n) n { return n.WithRemediation(given.Remediation...) }},
		forktest.Fork[n]{Name: "WithLinks", Make: func(n n) n { return n.WithLinks(given.Links...) }},
		forktest.Fork[n]{Name: "WithCompliance", Make: func(n n) n { return n.WithCompliance("x") }},
	)
}

// Singular replaces, plural appends.
func TestWith(t *testing.T) {
	n := notes.NewNote("old", notes.Change{ID: "a"}).WithSummary("new").WithChanges(notes.Change{ID: "b"}).
		WithBenefits("a").WithBenefits("b").WithRisks(notes.Callout{Risk: "R1"}).WithRisks(notes.Callout{Risk: "R2"}).
		WithKnownIssues(notes.KnownIssue{ID: "a"}).WithKnownIssues(notes.KnownIssue{ID: "b"}).
		WithRemediation("a").WithRemediation("b").WithLinks(notes.Link{Name: "a"}).WithLinks(notes.Link{Name: "b"}).
		WithCompliance("old").WithCompliance("new")
	want := notes.Note{Summary: "new", Changes: []notes.Change{{ID: "a"}, {ID: "b"}}, Benefits: []string{"a", "b"},
		Risks: []notes.Callout{{Risk: "R1"}, {Risk: "R2"}}, KnownIssues: []notes.KnownIssue{{ID: "a"}, {ID: "b"}},
		Remediation: []string{"a", "b"}, Links: []notes.Link{{Name: "a"}, {Name: "b"}}, Compliance: "new"}
	if diff := cmp.Diff(want, n); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	p := notes.New(notes.NewNote("a"), notes.NewNote("b"), notes.NewNote("c")).WithCustomers(notes.NewNote("1")).
		WithSupport(notes.NewNote("2")).WithLeadership(notes.NewNote("3")).With(9, notes.NewNote("4")).
		WithoutRisks("x", "y").WithoutKnownIssues("v", "w").WithGaps(notes.Gap{About: "a"}).WithGaps(notes.Gap{About: "b"})
	wanted := notes.Packet{Customers: notes.Note{Summary: "1"}, Support: notes.Note{Summary: "2"}, Leadership: notes.Note{Summary: "3"},
		NoRisks: none("x", "y"), NoKnownIssues: none("v", "w"), Gaps: []notes.Gap{{About: "a"}, {About: "b"}}}
	if diff := cmp.Diff(wanted, p); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAnnounced(t *testing.T) {
	change := func(items ...string) notes.Change { return notes.Change{Items: items} }
	p := notes.New(notes.NewNote("", change("B", "A"), change("A")), notes.NewNote("", change("C")), notes.Note{})
	tests := []struct {
		to   []notes.Audience
		want []string
	}{
		{nil, []string{"A", "B", "C"}},
		{[]notes.Audience{notes.Customers}, []string{"A", "B"}},
		{[]notes.Audience{notes.Leadership, notes.Support}, []string{"C"}},
		{[]notes.Audience{notes.Leadership}, nil},
		{[]notes.Audience{notes.NoAudience, 9}, nil},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, p.Announced(tt.to...)); diff != "" {
			t.Errorf("%v (-want +got):\n%s", tt.to, diff)
		}
	}
}

// Audiences and kinds have one text form and refuse every other.
func TestEnums(t *testing.T) {
	text, err := json.Marshal(struct {
		Audiences []notes.Audience
		Kinds     []notes.LinkKind
	}{append([]notes.Audience{notes.NoAudience}, notes.Audiences()...),
		[]notes.LinkKind{notes.NoLinkKind, notes.KnowledgeBase, notes.Dashboard, notes.Runbook, notes.OtherLink}})
	want := `{"Audiences":["none","customers","support","leadership"],"Kinds":["none","knowledge-base","dashboard","runbook","other"]}`
	if err != nil || string(text) != want {
		t.Errorf("got %s, %v", text, err)
	}
	for _, text := range []string{"", "Customers", "support ", "audience(9)", "runbooks"} {
		a, k := notes.Support, notes.Runbook
		if a.UnmarshalText([]byte(text)) == nil || k.UnmarshalText([]byte(text)) == nil || a != notes.Support || k != notes.Runbook {
			t.Errorf("%q is read as %v, %v", text, a, k)
		}
	}
	if _, err := notes.Audience(9).MarshalText(); err == nil {
		t.Error("audience 9 has a text")
	}
	if _, err := notes.LinkKind(9).MarshalText(); err == nil {
		t.Error("link kind 9 has a text")
	}
}

// again decodes and encodes, and wants the same value and the same bytes.
func again[T any](t *testing.T, want T, text []byte) {
	t.Helper()
	var back T
	if err := strictjson.Decode(text, &back, nil); err != nil {
		t.Fatalf("what is written is refused: %v\n%s", err, text)
	}
	second, err := strictjson.Encode(back)
	if err != nil || !bytes.Equal(text, second) {
		t.Fatalf("%v, bytes (-first +second):\n%s", err, cmp.Diff(string(text), string(second)))
	}
	if diff := cmp.Diff(want, back); diff != "" {
		t.Fatalf("value (-want +got):\n%s", diff)
	}
}

func TestRoundTrip(t *testing.T) {
	odd := full().WithoutRisks("a", "b").WithoutKnownIssues("c", "d")
	odd.Customers.Changes[0].Text = "<script>&\u2028\x7f\t\"\\ Größe"
	odd.Customers.Benefits = []string{}
	odd.Support.Links[0].URL = "not a link"
	for name, p := range map[string]notes.Packet{"zero": {}, "good": sample.Notes(), "full": full(), "odd": odd} {
		text, err := strictjson.Encode(p)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		again(t, p, text)
	}
}

func TestDecodeRefuses(t *testing.T) {
	for text, want := range map[string]string{
		`{"customer": {}}`:                                          "customer",
		`{"customers": {"changes": [{"id": 1}]}}`:                   "customers.changes[0].id",
		`{"support": {"links": [{"kind": "wiki"}]}}`:                "support.links[0].kind",
		`{"support": {"links": [{"url": ""}]}}`:                     "support.links[0].url",
		`{"leadership": {"summary": null}}`:                         "leadership.summary",
		`{"leadership": {"risks": [{"risk": "R1", "risk": "R2"}]}}`: "leadership.risks[0].risk",
	} {
		var p notes.Packet
		var faulty *strictjson.Error
		if err := strictjson.Decode([]byte(text), &p, nil); !errors.As(err, &faulty) || len(faulty.Faults) != 1 || faulty.Faults[0].Path != want {
			t.Errorf("%s: got %v", text, err)
		}
	}
}

// What is read is written to bytes that are read alike, and judging it does
// not panic.
func FuzzDecode(f *testing.F) {
	for _, p := range []notes.Packet{{}, full(), full().WithoutRisks("a", "b")} {
		text, err := strictjson.Encode(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var p notes.Packet
		if strictjson.Decode(text, &p, nil) != nil {
			return
		}
		written, err := strictjson.Encode(p)
		if err != nil {
			t.Fatalf("what is read cannot be written: %v", err)
		}
		again(t, p, written)
		for _, finding := range p.Validate() {
			if finding.Message == "" || finding.Path == "" {
				t.Errorf("a finding without words or place: %v", finding)
			}
		}
	})
}
