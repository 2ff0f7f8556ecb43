package notes_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
)

// drafted is the draft of some items that customers alone are told of.
func drafted(list ...fact.WorkItem) notes.Packet {
	m := notes.NewMapping(shipped)
	m.Unplanned = []notes.Audience{notes.Customers}
	return notes.Draft(release.NewPlan("Shop", "1.0"), fact.NewSet(items(shipped, list...)), m)
}

var shipped = fact.NewQuery("jira", "items", fact.WorkItems())

func conflicts(p notes.Packet) []string {
	var list []string
	for _, c := range p.Conflicts {
		list = append(list, fmt.Sprintf("%s %s %s.%s: %q -> %q", c.Audience, c.List, c.ID, c.Field, c.Was, c.Now))
	}
	return list
}

func overtaken(p notes.Packet) []string {
	var list []string
	for _, f := range p.Validate() {
		if f.Rule == "NOTE-019" {
			list = append(list, string(f.Path))
		}
	}
	return list
}

// What people do to a note, and what comes of it when the source has changed.
func TestRedraft(t *testing.T) {
	card := func(text string, change ...func(*fact.WorkItem)) fact.WorkItem {
		return done("REL-1", text, change...)
	}
	balance := done("REL-2", "Balance")
	edit := func(text string) func(*notes.Packet) {
		return func(p *notes.Packet) { p.Customers.Changes[0].Text = text }
	}
	tests := []struct {
		name      string
		edit      func(*notes.Packet)
		then      []fact.WorkItem
		want      []string
		conflicts []string
		at        []string
	}{
		{"nothing", func(*notes.Packet) {}, []fact.WorkItem{card("Cards"), done("REL-3", "Mails")}, []string{"customers: REL-1 Cards", "customers: REL-3 Mails"}, nil, nil},
		{"a text, and the source stays", edit("Pay by card"), []fact.WorkItem{card("Card"), balance}, []string{"customers: REL-1 Pay by card", "customers: REL-2 Balance"}, nil, nil},
		{"a text, and the source changes", edit("Pay by card"), []fact.WorkItem{card("Cards"), balance}, []string{"customers: REL-1 Pay by card", "customers: REL-2 Balance"},
			[]string{`customers changes REL-1.text: "Card" -> "Cards"`}, []string{"customers.changes[0].text"}},
		{"a text, and the source says the same then", edit("Cards"), []fact.WorkItem{card("Cards"), balance}, []string{"customers: REL-1 Cards", "customers: REL-2 Balance"}, nil, nil},
		{"a text, and the source asks for more", edit("Pay by card"), []fact.WorkItem{card("Card", text("Card. Action required: update.")), balance},
			[]string{"customers: REL-1 Pay by card | do: update.", "customers: REL-2 Balance"}, []string{`customers changes REL-1.text: "Card" -> "Card."`}, []string{"customers.changes[0].text"}},
		{"a text, and the source is gone", edit("Pay by card"), []fact.WorkItem{balance}, []string{"customers: REL-1 Pay by card", "customers: REL-2 Balance"},
			[]string{`customers changes REL-1.: "Card" -> ""`}, []string{"customers.changes[0]"}},
		{"a text, and the source is withheld", edit("Pay by card"), []fact.WorkItem{card("Card", labelled("do-not-publish")), balance},
			[]string{"customers: REL-1 Pay by card", "customers: REL-2 Balance"}, []string{`customers changes REL-1.: "Card" -> ""`}, []string{"customers.changes[0]"}},
		{"a change taken out, and the source stays", func(p *notes.Packet) { p.Customers.Changes = p.Customers.Changes[1:] }, []fact.WorkItem{card("Card"), balance},
			[]string{"customers: REL-2 Balance"}, nil, nil},
		{"a change taken out, and the source changes", func(p *notes.Packet) { p.Customers.Changes = p.Customers.Changes[1:] }, []fact.WorkItem{card("Cards"), balance},
			[]string{"customers: REL-2 Balance"}, []string{`customers changes REL-1.text: "Card" -> "Cards"`}, []string{"customers.changes"}},
		{"a change taken out, and the source is gone", func(p *notes.Packet) { p.Customers.Changes = p.Customers.Changes[1:] }, []fact.WorkItem{balance},
			[]string{"customers: REL-2 Balance"}, nil, nil},
		{"a change of their own", func(p *notes.Packet) {
			p.Customers.Changes = slices.Insert(p.Customers.Changes, 1, notes.Change{ID: "own", Text: "Own"})
		}, []fact.WorkItem{done("REL-0", "Zero"), card("Card"), balance}, []string{"customers: REL-0 Zero", "customers: REL-1 Card", "customers: own Own", "customers: REL-2 Balance"}, nil, nil},
		{"a change of their own that a source has later", func(p *notes.Packet) { p.Customers = p.Customers.WithChanges(notes.Change{ID: "REL-3", Text: "Own"}) },
			[]fact.WorkItem{card("Card"), balance, done("REL-3", "Mails")}, []string{"customers: REL-1 Card", "customers: REL-2 Balance", "customers: REL-3 Own"},
			[]string{`customers changes REL-3.text: "" -> "Mails"`}, []string{"customers.changes[2].text"}},
		{"the order", func(p *notes.Packet) { slices.Reverse(p.Customers.Changes) }, []fact.WorkItem{card("Cards"), balance, done("REL-3", "Mails")},
			[]string{"customers: REL-2 Balance", "customers: REL-3 Mails", "customers: REL-1 Cards"}, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := notes.Redraft(notes.Packet{}, drafted(card("Card"), balance))
			tt.edit(&p)
			p.Customers.Summary = "Summary" // of their own: the draft's counts changes
			p = notes.Redraft(p, drafted(tt.then...))
			p.Conflicts = slices.DeleteFunc(p.Conflicts, func(c notes.Conflict) bool { return c.List == "summary" })
			if diff := cmp.Diff(tt.want, told(p)); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.conflicts, conflicts(p)); diff != "" {
				t.Errorf("conflicts (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.at, overtaken(p)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if p.Customers.Summary != "Summary" {
				t.Errorf("the summary is lost: %q", p.Customers.Summary)
			}
		})
	}
}

// Every part of a note keeps what people wrote, and notices what is below it.
func TestRedraftOfEveryPart(t *testing.T) {
	first := sample.Notes()
	p := notes.Redraft(notes.Packet{}, first)
	if diff := cmp.Diff(first.Support, p.Support); diff != "" || len(p.Conflicts) > 0 {
		t.Fatalf("the first draft is another (-want +got):\n%s", diff)
	}
	p.Leadership.Compliance = "SOC 2, in our words."
	p.Leadership.Benefits[0] = "One order in 50 is paid with a gift card."
	p.Support.Risks[0].Text = "Apps come late."
	p.Support.KnownIssues[0].Remedy = "Issue a new card."
	p.Support.Remediation = append(p.Support.Remediation, "Call the bank.")
	p.Support.Links[0].Name = "Runbook 88"
	edited := p.Clone()

	second := first.Clone()
	second.Leadership.Compliance = "SOC 2 CC8.1 and CC7.2."
	second.Leadership.Benefits[0] = "More than 3% of orders are paid with a gift card."
	second.Support.Risks[0].Text = "The apps lack gift cards."
	second.Support.KnownIssues[0].Remedy = "Follow RB-89."
	second.Support.Links[0].Name = "RB-88, new"
	second.Support.Summary = "New."
	p = notes.Redraft(p, second)
	if diff := cmp.Diff(edited.Support.WithSummary("New."), p.Support); diff != "" {
		t.Errorf("support (-want +got):\n%s", diff)
	}
	want := []string{"leadership.benefits", "leadership.compliance", "support.knownIssues[0].remedy", "support.links[0].name", "support.risks[0].text"}
	got := overtaken(p)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if want := []string{edited.Leadership.Benefits[0], second.Leadership.Benefits[0]}; !slices.Equal(p.Leadership.Benefits, want) {
		t.Errorf("benefits %q, want that of people and that of the draft %q", p.Leadership.Benefits, want)
	}

	again := notes.Redraft(p, second)
	if diff := cmp.Diff(p, again); diff != "" {
		t.Errorf("the same draft again changes something (-want +got):\n%s", diff)
	}
	settled := p.Settle(p.Conflicts...)
	if diff := cmp.Diff(settled, notes.Redraft(settled, second)); diff != "" || len(overtaken(settled)) > 0 {
		t.Errorf("settled and overtaken: %v (-want +got):\n%s", overtaken(settled), diff)
	}
	if back := notes.Redraft(settled, first); len(back.Conflicts) == 0 {
		t.Error("settled once, and nothing is noticed any more")
	}
}

// Texts without an id: what is written anew is known by nothing, so that nothing
// of it goes without notice.
func TestRedraftOfTexts(t *testing.T) {
	with := func(benefits ...string) notes.Packet {
		return notes.New(notes.Note{Benefits: benefits}, notes.Note{}, notes.Note{})
	}
	tests := []struct {
		name              string
		base, mine, now   []string
		want, noticedGone []string
	}{
		{"nothing", []string{"a", "b"}, []string{"a", "b"}, []string{"b", "c"}, []string{"b", "c"}, nil},
		{"rewritten", []string{"a", "b"}, []string{"A", "b"}, []string{"a", "b"}, []string{"A", "b"}, nil},
		{"rewritten by both", []string{"a", "b"}, []string{"A", "b"}, []string{"c", "b"}, []string{"A", "c", "b"}, []string{"a"}},
		{"rewritten, and gone", []string{"a", "b"}, []string{"A", "b"}, []string{"b"}, []string{"A", "b"}, []string{"a"}},
		{"removed", []string{"a", "b"}, []string{"b"}, []string{"a", "b"}, []string{"b"}, nil},
		{"removed by both", []string{"a", "b"}, []string{"b"}, []string{"b"}, []string{"b"}, nil},
		{"removed, and rewritten by the source", []string{"a", "b"}, []string{"b"}, []string{"c", "b"}, []string{"c", "b"}, []string{"a"}},
		{"added", []string{"a"}, []string{"a", "x"}, []string{"a", "b"}, []string{"a", "x", "b"}, nil},
		{"a text twice", []string{"a", "a"}, []string{"a"}, []string{"a", "a"}, []string{"a"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := notes.Redraft(notes.Packet{}, with(tt.base...))
			p.Customers.Benefits = tt.mine
			p = notes.Redraft(p, with(tt.now...))
			var gone []string
			for _, c := range p.Conflicts {
				gone = append(gone, c.ID)
			}
			if diff := cmp.Diff(tt.want, p.Customers.Benefits); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.noticedGone, gone); diff != "" || len(overtaken(p)) != len(gone) {
				t.Errorf("noticed at %v (-want +got):\n%s", overtaken(p), diff)
			}
			settled := p.Settle(p.Conflicts...)
			if again := notes.Redraft(settled, with(tt.now...)); len(again.Conflicts) > 0 || !slices.Equal(again.Customers.Benefits, tt.want) {
				t.Errorf("settled, and the same draft again: %v, %v", again.Customers.Benefits, again.Conflicts)
			}
		})
	}
}

// A conflict that somebody made up is reported as such, and settles nothing.
func TestConflictsOfNothing(t *testing.T) {
	p := sample.Notes()
	p.Conflicts = []notes.Conflict{{Audience: 9, List: "changes", ID: "x"}, {Audience: notes.Support, List: "moods", ID: "x", Field: "text"},
		{Audience: notes.Support, List: "changes", ID: "REL-999", Field: "text", Now: "x"}}
	want := []string{"conflicts", "conflicts", "support.changes"}
	if diff := cmp.Diff(want, overtaken(p)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if q := p.Settle(notes.Conflict{Audience: notes.Support, List: "changes", ID: "REL-1"}); len(q.Conflicts) != 3 || len(q.Drafted) > 0 {
		t.Errorf("%+v", q)
	}
	if q := p.Settle(p.Conflicts...); len(overtaken(q)) > 0 {
		t.Errorf("settled and found: %v", overtaken(q))
	}
	if q := notes.Redraft(p, sample.Notes()); len(q.Conflicts) > 0 {
		t.Errorf("drafted anew, and they are still there: %v", q.Conflicts)
	}
}

// told1 is what one change says.
type told1 struct{ text, action string }

// history is a source, people and a packet between them. What people wrote and
// what the draft said when they did is kept beside the packet.
type history struct {
	packet notes.Packet
	source map[string]told1            // by id: what the source says now
	drawn  map[string]told1            // what it said when it was drafted last
	wrote  map[string]map[string]edit1 // by id and field: what people wrote last
	gone   map[string]told1            // by id: removed by people, and what the draft said then
}

type edit1 struct{ text, draft string }

var ids1 = []string{"REL-1", "REL-2", "REL-3", "REL-4"}

// Whatever people and sources do, and in which order: no edit is lost, no source
// that changed below an edit goes unnoticed, and what nobody touched follows.
func TestNoEditIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := history{source: map[string]told1{}, drawn: map[string]told1{}, wrote: map[string]map[string]edit1{}, gone: map[string]told1{}}
		pick := func(what string, list ...string) string { return rapid.SampledFrom(list).Draw(t, what) }
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			id := pick("id", ids1...)
			switch pick("step", "source", "source", "draft", "draft", "write", "write", "remove", "settle") {
			case "source":
				if h.source[id] = (told1{pick("says", "s0", "s1", "s2"), pick("asks", "", "", "a0", "a1")}); pick("has", "it", "it", "not") == "not" {
					delete(h.source, id)
				}
			case "draft":
				h.draft(t)
			case "write":
				h.write(id, pick("field", "text", "action"), pick("writes", "h0", "h1", "h2"))
			case "remove":
				h.remove(id)
			case "settle":
				h.settle(id)
			}
		}
		h.draft(t)
	})
}

// draft drafts anew and holds the packet to what is known.
func (h *history) draft(t *rapid.T) {
	var changes []notes.Change
	h.drawn = map[string]told1{}
	for _, id := range ids1 {
		if s, ok := h.source[id]; ok {
			changes, h.drawn[id] = append(changes, notes.Change{ID: id, Text: s.text, ActionRequired: s.action}), s
		}
	}
	h.packet = notes.Redraft(h.packet, notes.New(notes.NewNote("", changes...), notes.Note{}, notes.Note{}))
	for _, id := range ids1 {
		h.judge(t, id)
	}
}

func (h *history) find(id string) (int, *notes.Change) {
	for i := range h.packet.Customers.Changes {
		if c := &h.packet.Customers.Changes[i]; c.ID == id {
			return i, c
		}
	}
	return 0, nil
}

func (h *history) noticed(id string) bool {
	for i, c := range h.packet.Conflicts {
		if c.ID == id {
			return slices.ContainsFunc(overtakenBy(h.packet), func(related string) bool { return related == fmt.Sprintf("conflicts[%d]", i) })
		}
	}
	return false
}

func overtakenBy(p notes.Packet) []string {
	var list []string
	for _, f := range p.Validate() {
		if f.Rule == "NOTE-019" {
			list = append(list, string(f.Related[0]))
		}
	}
	return list
}

func (h *history) judge(t *rapid.T, id string) {
	_, c := h.find(id)
	now, there := h.drawn[id]
	if was, removed := h.gone[id]; removed {
		if c != nil {
			t.Fatalf("%s was removed and is back: %+v", id, c)
		}
		if there && now != was && !h.noticed(id) {
			t.Fatalf("%s was removed when the draft said %v, it says %v, and nobody notices", id, was, now)
		}
		if !there { // both are agreed: it may come back as something new
			delete(h.gone, id)
		}
		return
	}
	for field, e := range h.wrote[id] {
		if c == nil || of(c, field) != e.text {
			t.Fatalf("%s: somebody wrote %s %q, and it is lost: %+v", id, field, e.text, c)
		}
		says := told1Of(now, field)
		if (!there && e.draft != absent || there && says != e.draft && says != e.text && (e.draft != absent || says != "")) && !h.noticed(id) {
			t.Fatalf("%s: somebody wrote %s %q over %q, the draft says %q (%t), and nobody notices: %v", id, field, e.text, e.draft, says, there, h.packet.Conflicts)
		}
		switch {
		case there && says == e.text:
			h.forget(id, field) // it is the draft's own word
		case there && e.draft == absent && !h.noticed(id):
			e.draft = says // the draft has it too, and contradicts nothing
			h.wrote[id][field] = e
		}
	}
	if len(h.wrote[id]) > 0 {
		return
	}
	if !there && c != nil || there && (c == nil || c.Text != now.text || c.ActionRequired != now.action) {
		t.Fatalf("%s: nobody touched it, the draft says %v (%t), and the note %+v", id, now, there, c)
	}
}

// absent stands for a draft that did not have the change.
const absent = "∅"

func of(c *notes.Change, field string) string {
	if field == "text" {
		return c.Text
	}
	return c.ActionRequired
}

func told1Of(s told1, field string) string {
	if field == "text" {
		return s.text
	}
	return s.action
}

func (h *history) forget(id, field string) {
	if delete(h.wrote[id], field); len(h.wrote[id]) == 0 {
		delete(h.wrote, id)
	}
}

// write lets somebody write a field, of a change of their own if there is none.
func (h *history) write(id, field, text string) {
	_, c := h.find(id)
	if c == nil && len(h.gone[id].text) > 0 {
		return // who takes back what they removed has edited nothing
	}
	before := absent // what the draft said last of a field that nobody touched
	if c == nil {
		h.packet.Customers = h.packet.Customers.WithChanges(notes.Change{ID: id})
		_, c = h.find(id)
	} else {
		before = of(c, field)
	}
	if field == "text" {
		c.Text = text
	} else {
		c.ActionRequired = text
	}
	e, again := h.wrote[id][field]
	if !again {
		e.draft = before
		if _, ok := h.drawn[id]; !ok && !h.noticed(id) { // the draft has it no more, and that is settled
			e.draft = absent
		}
		for _, other := range h.wrote[id] {
			if other.draft == absent && before == "" { // a field of a change of their own that no draft has filled
				e.draft = absent
			}
		}
	}
	e.text = text
	h.put(id, field, e)
}

func (h *history) remove(id string) {
	if i, c := h.find(id); c != nil && len(h.wrote[id]) == 0 {
		h.packet.Customers.Changes = slices.Delete(h.packet.Customers.Changes, i, i+1)
		h.gone[id] = h.drawn[id]
	}
}

// settle lets somebody see what the draft says now of a change.
func (h *history) settle(id string) {
	for _, c := range slices.Clone(h.packet.Conflicts) {
		if c.ID != id {
			continue
		}
		h.packet = h.packet.Settle(c)
		if was, removed := h.gone[id]; removed {
			if c.Field == "text" {
				was.text = c.Now
			} else {
				was.action = c.Now
			}
			h.gone[id] = was
		}
		_, stands := h.find(id)
		for _, field := range []string{"text", "action"} {
			seen := c.Now
			if c.Field == "" {
				seen = absent
			}
			if stands != nil && of(stands, field) != "" && (c.Field == "" || named1[c.Field] == field) { // they stand by it
				h.put(id, field, edit1{of(stands, field), seen})
			}
		}
	}
}

var named1 = map[string]string{"text": "text", "actionRequired": "action"}

func (h *history) put(id, field string, e edit1) {
	if h.wrote[id] == nil {
		h.wrote[id] = map[string]edit1{}
	}
	h.wrote[id][field] = e
}
