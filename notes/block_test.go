package notes_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Of a text with a block for readers, the block alone is told.
func TestDraftReadsBlocks(t *testing.T) {
	const fence = "```"
	tests := []struct {
		name, text string
		change     func(*notes.Mapping)
		want       string // the change to support; "" if it is told to nobody
	}{
		{"no block", "Cards pay.", nil, "Cards pay."},
		{"a block", "What we did.\n" + fence + "release-note\nCards pay.\nTwice.\n" + fence + "\n/kind bug", nil, "Cards pay. Twice."},
		{"a block with more behind its name", fence + "Release-Note draft\nCards pay.\n" + fence, nil, "Cards pay."},
		{"a block of tildes", "~~~~ release-notes\nCards `~~~` pay.\n~~~\n~~~~\nNo.", nil, "Cards `~~~` pay. ~~~"},
		{"a block that goes on", fence + "release-note\nCards pay.", nil, "Cards pay."},
		{"two blocks", fence + "release-note\nCards\n" + fence + "\nx\n" + fence + "release-note\npay.\n" + fence, nil, "Cards pay."},
		{"a block that is none", "Run `x`.\n" + fence + "go\nx()\n" + fence, nil, "Run `x`. " + fence + "go x() " + fence},
		{"a block that says nothing", "We tidied up.\n" + fence + "release-note\nNONE\n" + fence, nil, ""},
		{"an action in a block", fence + "release-note\nAction required: update.\n" + fence, nil, "update. | do: update."},
		{"a block of another name", "x\n" + fence + "changelog\nCards pay.\n" + fence, func(m *notes.Mapping) { m.Blocks = []string{"changelog"} }, "Cards pay."},
		{"blocks alone, and there is none", "We rewrote pay-gw.", func(m *notes.Mapping) { m.BlocksOnly = true }, "The title"},
		{"blocks alone, and there is one", "We rewrote pay-gw.\n" + fence + "release-note\nCards pay.\n" + fence, func(m *notes.Mapping) { m.BlocksOnly = true }, "Cards pay."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := notes.NewMapping(tickets)
			if tt.change != nil {
				tt.change(&m)
			}
			facts := fact.NewSet(items(tickets, done("REL-1", "x"), done("REL-2", "x"), done("REL-9", "The title", text(tt.text))))
			want := []string{"customers: REL-1 Pay with a card", "customers: REL-2 See the balance", "support: REL-1 Pay with a card", "support: REL-2 See the balance"}
			if tt.want != "" {
				want = append(want, "support: REL-9 "+tt.want)
			}
			want = append(want, "leadership: REL-1 Pay with a card", "leadership: REL-2 See the balance")
			if diff := cmp.Diff(want, told(notes.Draft(plan(), facts, m))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// An item of one tracker that carries an id of another is the same work, and is
// not called by that id.
func TestDraftMergesByKey(t *testing.T) {
	one := done("REL-1", "x")
	tests := []struct {
		name        string
		jira, azure fact.WorkItem
		want        []string // the changes of support outside the scope
		gaps        []string
	}{
		{"a label", done("REL-7", "Mend"), done("4711", "Mend it", labelled("rel-7")), []string{"support: REL-7 Mend"}, nil},
		{"a title", done("REL-7", ""), done("4711", "[REL-7] Mend it"), []string{"support: REL-7 Mend it"}, nil},
		{"a title with a colon", done("REL-7", ""), done("4711", "REL-7: Mend it"), []string{"support: REL-7 Mend it"}, nil},
		{"a title that is an id", done("REL-7", ""), done("4711", "REL-7"), []string{"support: REL-7 REL-7"}, nil},
		{"an id within a title", done("REL-7", "Mend"), done("4711", "Blocked by REL-7"),
			[]string{"support: REL-7 Mend", "support: azure-boards:4711 Blocked by REL-7"}, nil},
		{"an id of another project", done("OPS-7", "Mend"), done("4711", "OPS-7: Mend it"),
			[]string{"support: OPS-7 Mend", "support: azure-boards:4711 OPS-7: Mend it"}, nil},
		{"a longer id", done("REL-7", "Mend"), done("4711", "REL-71x: it"), []string{"support: REL-7 Mend", "support: azure-boards:4711 REL-71x: it"}, nil},
		{"of the scope", done("REL-7", "Mend"), done("4711", "REL-2 Balance", open), []string{"support: REL-7 Mend"}, nil},
		{"two ids", done("REL-7", "Mend"), done("4711", "REL-7 Mend", labelled("REL-8")), []string{"support: REL-7 Mend", "support: azure-boards:4711 Mend"},
			[]string{"4711: carries several ids: REL-7, REL-8"}},
		{"one id twice", done("REL-7", "Mend"), done("4711", "REL-7 Mend", labelled("REL-7")), []string{"support: REL-7 Mend"}, nil},
		{"a link to a part of the page", done("REL-7", "Mend", linked("https://Jira.example.com/browse/REL-7")),
			done("4711", "x", linked("https://jira.example.com/browse/REL-7/#comments")), []string{"support: REL-7 Mend"}, nil},
		{"another query", done("REL-7", "Mend", linked("https://jira.example.com/view?id=7")), done("4711", "x", linked("https://jira.example.com/view?id=8")),
			[]string{"support: REL-7 Mend", "support: azure-boards:4711 x"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := notes.NewMapping(tickets, boards)
			m.Keys = []string{"REL"}
			facts := fact.NewSet(items(tickets, one, done("REL-2", "x"), tt.jira), items(boards, tt.azure), fact.AnswerNumber(population, sample.Now, 40))
			p := notes.Draft(plan(), facts, m)
			p.Customers.Changes, p.Leadership.Changes = nil, nil
			want := append([]string{"support: REL-1 Pay with a card"}, tt.want...)
			if tt.name != "of the scope" { // where the other tracker says that it is open
				want = append([]string{want[0], "support: REL-2 See the balance"}, tt.want...)
			}
			if diff := cmp.Diff(want, told(p)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.gaps, gaps(p)); diff != "" {
				t.Errorf("gaps (-want +got):\n%s", diff)
			}
		})
	}
}
