package notes_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/internal/golden"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// items answers a source completely.
func items(q fact.Query, list ...fact.WorkItem) fact.Result {
	r := fact.Answer(q, sample.Now)
	r.WorkItems = list
	return r
}

func done(id, title string, change ...func(*fact.WorkItem)) fact.WorkItem {
	w := fact.WorkItem{ID: id, Title: title, Type: "Story", Category: fact.Done}
	for _, f := range change {
		f(&w)
	}
	return w
}

func open(w *fact.WorkItem) { w.Category = fact.InProgress }

func labelled(names ...string) func(*fact.WorkItem) {
	return func(w *fact.WorkItem) { w.Labels = append(w.Labels, names...) }
}

func text(s string) func(*fact.WorkItem) { return func(w *fact.WorkItem) { w.Note = s } }

func linked(l value.Link) func(*fact.WorkItem) { return func(w *fact.WorkItem) { w.Link = l } }

// plan has one item that must ship and one that may be deferred, and nothing
// else to tell.
func plan() release.Plan {
	return release.NewPlan("Shop", "1.0").WithScope(
		release.ScopeItem{ID: "REL-1", Title: "Pay with a card", Class: release.MustShip},
		release.ScopeItem{ID: "REL-2", Title: "See the balance", Class: release.Deferrable})
}

// told lists the changes and known issues of each note as "audience: id text".
func told(p notes.Packet) []string {
	var list []string
	for _, a := range notes.Audiences() {
		for _, c := range p.Note(a).Changes {
			line := a.String() + ": " + c.ID + " " + c.Text
			if c.ActionRequired != "" {
				line += " | do: " + c.ActionRequired
			}
			list = append(list, line)
		}
		for _, k := range p.Note(a).KnownIssues {
			list = append(list, a.String()+": known "+k.ID+" "+k.Text+" | "+k.Remedy)
		}
	}
	return list
}

func gaps(p notes.Packet) []string {
	var list []string
	for _, g := range p.Gaps {
		list = append(list, g.About+": "+g.Reason)
	}
	return list
}

func everybody(line string) []string {
	return []string{"customers: " + line, "support: " + line, "leadership: " + line}
}

func TestDraftOfItems(t *testing.T) {
	one, two := done("REL-1", "Card"), done("REL-2", "Balance", open)
	card := everybody("REL-1 Pay with a card")
	both := []string{"customers: REL-1 Pay with a card", "customers: REL-2 See the balance", "support: REL-1 Pay with a card",
		"support: REL-2 See the balance", "leadership: REL-1 Pay with a card", "leadership: REL-2 See the balance"}
	tests := []struct {
		name  string
		items []fact.WorkItem
		want  []string
		gaps  []string
	}{
		{"deferrable and open", []fact.WorkItem{one, two}, card, nil},
		{"deferrable and done", []fact.WorkItem{done("REL-2", "x"), one}, both, nil},
		{"deferrable and nobody knows", []fact.WorkItem{one, done("REL-2", "x", func(w *fact.WorkItem) { w.Category = fact.UnknownCategory })},
			card, []string{"REL-2: nobody says whether it is done"}},
		{"deferrable and of a category that is none", []fact.WorkItem{one, done("REL-2", "x", func(w *fact.WorkItem) { w.Category = 9 })},
			card, []string{"REL-2: nobody says whether it is done"}},
		{"deferrable and gone", []fact.WorkItem{one}, card, []string{"REL-2: no source has it"}},
		{"must-ship and open", []fact.WorkItem{done("REL-1", "x", open), two}, card, nil},
		{"must-ship and nobody knows", []fact.WorkItem{done("REL-1", "x", func(w *fact.WorkItem) { w.Category = 9 }), two}, card, nil},
		{"must-ship and gone", []fact.WorkItem{two}, card, []string{"REL-1: no source has it"}},
		{"must-ship and internal", []fact.WorkItem{done("REL-1", "x", labelled("Internal")), two}, []string{"support: REL-1 Pay with a card"}, nil},
		{"must-ship and a task", []fact.WorkItem{done("REL-1", "x", func(w *fact.WorkItem) { w.Type = "sub-task" }), two},
			[]string{"support: REL-1 Pay with a card"}, nil},
		{"must-ship and withheld", []fact.WorkItem{done("REL-1", "x", labelled("do-not-publish")), two}, nil,
			[]string{"REL-1: is must-ship and withheld from the notes"}},
		{"deferrable, done and withheld", []fact.WorkItem{one, done("REL-2", "x", labelled("Do-Not-Publish"))}, card, nil},

		{"outside the scope and done", []fact.WorkItem{one, two, done("REL-009", "Fix"), done("REL-10", "Mend")},
			[]string{"customers: REL-1 Pay with a card", "support: REL-1 Pay with a card", "support: REL-009 Fix", "support: REL-10 Mend",
				"leadership: REL-1 Pay with a card"}, nil},
		{"outside the scope and open", []fact.WorkItem{one, two, done("REL-9", "Fix", open)}, card, nil},
		{"outside the scope and nobody knows", []fact.WorkItem{one, two, done("REL-9", "x", func(w *fact.WorkItem) { w.Category = fact.UnknownCategory })},
			card, []string{"REL-9: nobody says whether it is done"}},
		{"without id", []fact.WorkItem{one, two, done(" ", "Fix\nit")}, card, []string{`jira: has an item without id and link: "Fix it"`}},
		{"with a link alone", []fact.WorkItem{one, two, done("", "Fix", linked("https://example.com/9"))},
			slices.Insert(slices.Clone(card), 2, "support: https://example.com/9 Fix"), nil},

		{"text for readers", []fact.WorkItem{done("REL-1", "x", text(" Cards\n pay. ")), two}, everybody("REL-1 Cards pay."), nil},
		{"nothing to tell", []fact.WorkItem{one, done("REL-2", "x", text("N/A"))}, card, nil},
		{"nothing to tell of what must ship", []fact.WorkItem{done("REL-1", "x", text(`"NONE".`)), two}, card, nil},
		{"action in the text", []fact.WorkItem{done("REL-1", "x", text("Cards pay. Action required: update.")), two},
			everybody("REL-1 Cards pay. | do: update."), nil},
		{"nothing but an action", []fact.WorkItem{done("REL-1", "x", text("ACTION REQUIRED:\nupdate.")), two}, everybody("REL-1 update. | do: update."), nil},
		{"an action without words", []fact.WorkItem{done("REL-1", "x", text("Update. Action required:")), two}, everybody("REL-1 Update. | do: Update."), nil},
		{"a word that only ends like an action", []fact.WorkItem{done("REL-1", "x", text("Reaction required: none.")), two},
			everybody("REL-1 Reaction required: none."), nil},
		{"action by label", []fact.WorkItem{done("REL-1", "x", labelled("action-required"), text("Update.")), two}, everybody("REL-1 Update. | do: Update."), nil},
		{"action by label alone", []fact.WorkItem{done("REL-1", "x", labelled("action-required")), two},
			everybody("REL-1 Pay with a card | do: Pay with a card"), []string{"REL-1: asks something of the reader and does not say what"}},
		{"action of which nothing is to tell", []fact.WorkItem{one, done("REL-2", "x", labelled("action-required"), text("none"))},
			[]string{"customers: REL-1 Pay with a card", "customers: REL-2 See the balance | do: See the balance",
				"support: REL-1 Pay with a card", "support: REL-2 See the balance | do: See the balance",
				"leadership: REL-1 Pay with a card", "leadership: REL-2 See the balance | do: See the balance"},
			[]string{"REL-2: asks something of the reader and does not say what"}},

		{"known issue in the scope", []fact.WorkItem{one, done("REL-2", "x", open, labelled("known-issue"), text("It is late. Workaround: wait."))},
			[]string{"customers: REL-1 Pay with a card", "customers: known REL-2 It is late. | wait.",
				"support: REL-1 Pay with a card", "support: known REL-2 It is late. | wait.", "leadership: REL-1 Pay with a card"}, nil},
		{"known issue without remedy", []fact.WorkItem{one, two, done("REL-9", "It is late", open, labelled("known-issue"))},
			[]string{"customers: REL-1 Pay with a card", "support: REL-1 Pay with a card", "support: known REL-9 It is late | ", "leadership: REL-1 Pay with a card"}, nil},
		{"known issue with a word that only ends like a remedy", []fact.WorkItem{one, two, done("REL-9", "x", open, labelled("known-issue"), text("Noremedy: x"))},
			[]string{"customers: REL-1 Pay with a card", "support: REL-1 Pay with a card", "support: known REL-9 Noremedy: x | ", "leadership: REL-1 Pay with a card"}, nil},
		{"known issue that is mended", []fact.WorkItem{one, done("REL-2", "x", labelled("known-issue"))}, both, nil},
		{"known issue that must ship", []fact.WorkItem{done("REL-1", "x", open, labelled("known-issue")), two}, card, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := notes.Draft(plan(), fact.NewSet(items(tickets, tt.items...)), notes.NewMapping(tickets))
			if diff := cmp.Diff(tt.want, told(p)); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.gaps, gaps(p)); diff != "" {
				t.Errorf("gaps (-want +got):\n%s", diff)
			}
		})
	}
}

// What two sources have is told once, in the words of the first.
func TestDraftMergesDuplicates(t *testing.T) {
	page := linked("https://example.com/browse/REL-2")
	one := done("REL-1", "x")
	scope := plan()
	scope.Scope[1].Link = "https://example.com/browse/REL-2/"
	both := []string{"REL-1", "REL-2"}
	tests := []struct {
		name          string
		jira, azure   []fact.WorkItem
		support, gaps []string
	}{
		{"one id", []fact.WorkItem{one, done("REL-2", "x")}, []fact.WorkItem{one, done(" REL-2", "y")}, both, nil},
		{"one link", []fact.WorkItem{one, done("REL-2", "x", page)}, []fact.WorkItem{done("4711", "y", page)}, both, nil},
		{"the scope's link", []fact.WorkItem{one}, []fact.WorkItem{done("4711", "y", page)}, both, nil},
		{"one says that it is open", []fact.WorkItem{one, done("REL-2", "x")}, []fact.WorkItem{done("4711", "y", page, open)}, both[:1], nil},
		{"the other says that it is open", []fact.WorkItem{one, done("REL-2", "x", open)}, []fact.WorkItem{done("REL-2", "y")}, both[:1], nil},
		{"the scope's link, when the id is known", []fact.WorkItem{one, done("A-1", "x")}, []fact.WorkItem{done("A-1", "y", page)}, both, nil},
		{"what was two is one", []fact.WorkItem{one, done("REL-2", "x"), done("A-1", "x", linked("https://example.com/a")), done("B-1", "x", linked("https://example.com/b"))},
			[]fact.WorkItem{done("A-1", "y", linked("https://example.com/b")), done("B-1", "y", open)}, both, nil},
		{"one withholds it", []fact.WorkItem{one, done("REL-2", "x")}, []fact.WorkItem{done("REL-2", "y", labelled("do-not-publish"))}, both[:1], nil},
		{"one does not say", []fact.WorkItem{one, done("REL-2", "x")}, []fact.WorkItem{{ID: "REL-2"}}, both[:1], []string{"REL-2: nobody says whether it is done"}},
		{"two texts", []fact.WorkItem{one, done("REL-2", "x", text("A"))}, []fact.WorkItem{done("REL-2", "y", text("B"))}, both,
			[]string{"REL-2: has 2 texts for the notes that differ"}},
		{"one text twice", []fact.WorkItem{one, done("REL-2", "x", text("A"))}, []fact.WorkItem{done("REL-2", "y", text(" A\n"))}, both, nil},
		{"a text and none", []fact.WorkItem{one, done("REL-2", "x", text("None"))}, []fact.WorkItem{done("REL-2", "y", text("A"))}, both, nil},
		{"a chain", []fact.WorkItem{one, done("REL-2", "x"), done("A-1", "x", linked("https://example.com/a"))},
			[]fact.WorkItem{done("A-1", "y", linked("https://example.com/b")), done("B-1", "y", linked("https://example.com/b"))}, append(both[:2:2], "A-1"), nil},
		{"one number in two systems", []fact.WorkItem{one, done("REL-2", "x"), done("7", "x")}, []fact.WorkItem{done("7", "y")},
			append(both[:2:2], "azure-boards:7", "jira:7"), nil},
		{"two items of the scope", []fact.WorkItem{done("REL-1", "x", page), done("REL-2", "x")}, nil, both, []string{"REL-1: the item of jira is both REL-1 and REL-2"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			facts := fact.NewSet(items(tickets, tt.jira...), items(boards, tt.azure...), fact.AnswerNumber(population, sample.Now, 40))
			p := notes.Draft(scope, facts, notes.NewMapping(tickets, boards))
			var got []string
			for _, c := range p.Support.Changes {
				got = append(got, c.ID)
			}
			slices.Sort(got[min(2, len(got)):])
			if diff := cmp.Diff(tt.support, got); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.gaps, gaps(p)); diff != "" {
				t.Errorf("gaps (-want +got):\n%s", diff)
			}
		})
	}
}

// Of two that tell of the same, the first source is quoted; within a source,
// the first id.
func TestDraftQuotesTheFirst(t *testing.T) {
	q, p, a := text("Q"), text("P"), linked("https://example.com/a")
	tests := []struct {
		name        string
		jira, azure []fact.WorkItem
		want        string
	}{
		{"source", []fact.WorkItem{done("REL-2", "x", q)}, []fact.WorkItem{done("REL-2", "y", p)}, "Q"},
		{"source without text", []fact.WorkItem{done("REL-2", "x")}, []fact.WorkItem{done("REL-2", "y", p)}, "P"},
		{"id", []fact.WorkItem{done("REL-2", "x", q), done("A-1", "x", p, a)}, []fact.WorkItem{done("REL-2", "y", a)}, "P"},
	}
	for _, tt := range tests {
		facts := fact.NewSet(items(tickets, tt.jira...), items(boards, tt.azure...))
		changes := notes.Draft(plan(), facts, notes.NewMapping(tickets, boards)).Support.Changes
		if got := changes[1]; got.ID != "REL-2" || got.Text != tt.want || len(changes) != 2 {
			t.Errorf("%s: got %+v, want the text %s", tt.name, changes, tt.want)
		}
	}
}

// Facts that fall short never make fewer notes in silence.
func TestDraftFailsClosed(t *testing.T) {
	full := items(tickets, done("REL-1", "x"), done("REL-2", "x"))
	change := func(f func(*fact.Result)) fact.Result {
		r := full.Clone()
		f(&r)
		return r
	}
	tests := []struct {
		name  string
		facts []fact.Result
		want  string // of the source; empty: no gap
		told  int    // changes for support
	}{
		{"complete", []fact.Result{full}, "", 2},
		{"not asked", nil, "nobody asked", 1},
		{"failed", []fact.Result{fact.AnswerFailure(tickets, sample.Now, "timeout", "no answer\nwithin 10s")}, "failed: timeout no answer within 10s", 1},
		{"failed half way", []fact.Result{change(func(r *fact.Result) { r.Failure.Code = "timeout" })}, "failed: timeout ", 2},
		{"incomplete", []fact.Result{change(func(r *fact.Result) { r.Complete = false })}, "the answer is incomplete", 2},
		{"contradicted", []fact.Result{full, full}, "has several answers", 1},
		{"empty", []fact.Result{items(tickets)}, "has no item, and nothing shows that it looked at any", 1},
		{"empty of nothing", []fact.Result{items(tickets), fact.AnswerNumber(population, sample.Now, 0)},
			"has no item, and nothing shows that it looked at any", 1},
		{"empty of a failure", []fact.Result{items(tickets), fact.AnswerFailure(population, sample.Now, "timeout", "")},
			"has no item, and nothing shows that it looked at any", 1},
		{"empty of more than was counted", []fact.Result{items(tickets), {Query: population, Value: value.Quantity{Value: 40, Unit: value.Count}}},
			"has no item, and nothing shows that it looked at any", 1},
		{"empty of two populations", []fact.Result{items(tickets), fact.AnswerNumber(population, sample.Now, 40), fact.AnswerNumber(population, sample.Now, 41)},
			"has no item, and nothing shows that it looked at any", 1},
		{"empty of another unit", []fact.Result{items(tickets), {Query: population, Complete: true, Value: value.Quantity{Value: 40, Unit: value.Percent}}},
			"has no item, and nothing shows that it looked at any", 1},
		{"empty of infinitely many", []fact.Result{items(tickets), fact.AnswerNumber(population, sample.Now, math.Inf(1))},
			"has no item, and nothing shows that it looked at any", 1},
		{"empty of something", []fact.Result{items(tickets), fact.AnswerNumber(population, sample.Now, 40)}, "", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := notes.Draft(plan(), fact.NewSet(tt.facts...), notes.NewMapping(tickets))
			got := ""
			if i := slices.IndexFunc(p.Gaps, func(g notes.Gap) bool { return g.About == tickets.String() }); i >= 0 {
				got = p.Gaps[i].Reason
			}
			if got != tt.want || len(p.Support.Changes) != tt.told {
				t.Errorf("the source %q, want %q; %d changes, want %d", got, tt.want, len(p.Support.Changes), tt.told)
			}
			if tt.told < 2 && len(p.Gaps) == 0 {
				t.Error("there are fewer notes, and no gap")
			}
		})
	}
}

// A source of anything but work items tells nothing.
func TestDraftOfAnotherShape(t *testing.T) {
	p := notes.Draft(plan(), fact.NewSet(fact.AnswerNumber(population, sample.Now, 40)), notes.NewMapping(population))
	want := []string{"mapping sources[0].yields: \"number\": does not yield work items", population.String() + ": does not yield work items",
		"REL-1: no source has it", "REL-2: no source has it"}
	if diff := cmp.Diff(want, gaps(p)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What is wrong with the scope is the plan's to report; what must ship is told
// all the same.
func TestDraftOfAnOddScope(t *testing.T) {
	const page = "https://example.com/epic"
	must := func(id, title string, link value.Link) release.ScopeItem {
		return release.ScopeItem{ID: id, Title: title, Class: release.MustShip, Link: link}
	}
	p := notes.Draft(release.NewPlan("Shop", "1.0").WithScope(must("A", "One", page), must("B", "Two", page), must("C", " ", page),
		must("A ", "Again", ""), must("", "No id", ""), must("7", "Seven", "")),
		fact.NewSet(items(tickets, done("A", "x"), done("B", "x"), done("C", "From the tracker"), done("7", "x"), done("E", "Epic", linked(page)))),
		notes.NewMapping(tickets))
	want := []string{"A One", "B Two", "C From the tracker", " No id", "7 Seven", "E Epic"}
	var got []string
	for _, c := range p.Support.Changes {
		got = append(got, c.ID+" "+c.Text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{": no source has it"}, gaps(p)); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"A"}, p.Support.Changes[0].Items); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	if p.Support.Changes[0].Link != page || p.Support.Changes[5].Link != page || p.Customers.Changes[0].Link != "" {
		t.Errorf("links %+v", p.Support.Changes)
	}
}

// What the plan has goes to who needs it.
func TestDraftOfThePlan(t *testing.T) {
	scope := sample.Plan()
	scope.Checklists.Rollback[0].Topic, scope.Checklists.Rollback[0].Link = release.RunbookTopic, "https://wiki.example.com/runbooks/RB-89"
	scope.Overview.Flags = append(scope.Overview.Flags, release.Flag{Name: "unkillable"})
	scope.Tooling.Dashboards = append(scope.Tooling.Dashboards, release.Tool{Name: "nowhere"})
	p := notes.Draft(scope, sampleFacts(), notes.NewMapping(tickets, boards))
	want := []notes.Link{{Kind: notes.Runbook, Name: "Decide by the decision matrix", URL: "https://wiki.example.com/runbooks/RB-89"},
		{Kind: notes.Dashboard, Name: "Checkout", URL: "https://datadog.example.com/dashboard/checkout"},
		{Kind: notes.Dashboard, Name: "Canary", URL: "https://datadog.example.com/dashboard/canary"},
		{Kind: notes.Dashboard, Name: "Staging", URL: "https://datadog.example.com/dashboard/staging"},
		{Kind: notes.Dashboard, Name: "QA burn-down", URL: "https://datadog.example.com/dashboard/qa-burn-down"}}
	if diff := cmp.Diff(want, p.Support.Links); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
	if len(p.Support.Remediation) != 3 {
		t.Errorf("remediation %q", p.Support.Remediation)
	}
}

func TestDraftSummaries(t *testing.T) {
	card := done("REL-1", "x", text("Action required: go."))
	for want, list := range map[string][]fact.WorkItem{
		"Shop 1.0 brings no change.":                             {done("REL-1", "x", labelled("do-not-publish"))},
		"Shop 1.0 brings 1 change.":                              {done("REL-1", "x")},
		"Shop 1.0 brings 1 change, which requires action.":       {card},
		"Shop 1.0 brings 2 changes.":                             {done("REL-2", "x")},
		"Shop 1.0 brings 2 changes, 1 of which requires action.": {card, done("REL-2", "x")},
		"Shop 1.0 brings 2 changes, 2 of which require action.":  {card, done("REL-2", "x", text("Action required: go."))},
	} {
		p := notes.Draft(plan(), fact.NewSet(items(tickets, list...)), notes.NewMapping(tickets))
		if p.Customers.Summary != want {
			t.Errorf("got %q, want %q", p.Customers.Summary, want)
		}
	}
}

func TestDraftOfEmptyPopulations(t *testing.T) {
	q := tickets
	q.Population.Yields = fact.WorkItems()
	all, _ := q.Counted()
	for want, r := range map[int]fact.Result{2: items(all, done("X", "x")), 3: items(all)} {
		p := notes.Draft(plan(), fact.NewSet(items(q), r), notes.NewMapping(q))
		if len(p.Gaps) != want {
			t.Errorf("population of %d: gaps %q, want %d", r.Len(), gaps(p), want)
		}
	}
}

// A mapping that is wrong is a gap of what is drafted by it.
func TestDraftByABadMapping(t *testing.T) {
	m := notes.NewMapping(tickets)
	m.Otherwise = []notes.Place{{Audience: 9, Section: notes.ChangesSection}, {Audience: notes.Support}}
	m.Objectives, m.Risks = []notes.Audience{9}, []notes.Audience{9}
	p := notes.Draft(sample.Plan(), fact.Set{}, m)
	var about []string
	for _, g := range p.Gaps {
		about = append(about, g.About)
	}
	want := []string{"mapping otherwise[0].audience", "mapping otherwise[1].section", "mapping objectives[0]", "mapping risks[0]",
		tickets.String(), "REL-101", "REL-102", "REL-103", "REL-104"}
	if diff := cmp.Diff(want, about); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"REL-101", "REL-102"}, p.Announced()); diff != "" {
		t.Errorf("must-ship items (-want +got):\n%s", diff)
	}
	// What matches nothing withholds nothing.
	m = notes.NewMapping(tickets)
	m.Withheld = []notes.Match{{}}
	p = notes.Draft(plan(), fact.NewSet(items(tickets, done("REL-1", "x"), done("REL-2", "x"))), m)
	if diff := cmp.Diff([]string{"REL-1", "REL-2"}, p.Announced(notes.Customers)); diff != "" || len(p.Gaps) != 1 {
		t.Errorf("gaps %q (-want +got):\n%s", gaps(p), diff)
	}
	// An item that no source has is not an issue that is known.
	m = notes.NewMapping(tickets)
	m.Otherwise = []notes.Place{{Audience: notes.Support, Section: notes.KnownIssuesSection}}
	if p = notes.Draft(plan(), fact.Set{}, m); len(p.Support.KnownIssues) != 0 {
		t.Errorf("known issues %v", p.Support.KnownIssues)
	}
	zero := notes.Draft(release.Plan{}, fact.Set{}, notes.Mapping{})
	if len(zero.Gaps) != 1 || zero.Validate().Err() == nil {
		t.Errorf("the draft of nothing is %+v", zero)
	}
}

// What a mapping names is done otherwise than by default.
func TestDraftByAMapping(t *testing.T) {
	m := notes.NewMapping(tickets).WithRoutes(
		notes.Route{Match: notes.Match{Labels: []string{"a"}, Types: []string{"Bug"}, Components: []string{"api"}},
			To: []notes.Place{{Audience: notes.Support, Section: notes.RemediationSection}}},
		notes.Route{Match: notes.Match{Labels: []string{"gone"}}},
		notes.Route{Match: notes.Match{Types: []string{"Bug"}}, To: []notes.Place{{Audience: notes.Leadership, Section: notes.BenefitsSection}}})
	m.Unplanned = []notes.Audience{notes.Customers, notes.Leadership}
	m.Withheld = []notes.Match{}
	m.Objectives, m.Risks = []notes.Audience{}, []notes.Audience{}
	bug := func(w *fact.WorkItem) { w.Type = "bug " }
	api := func(w *fact.WorkItem) { w.Components = []string{"web", "API"} }
	p := notes.Draft(sample.Plan(), fact.NewSet(items(tickets,
		done("REL-101", "x", bug, api, labelled("a", "b")), done("REL-102", "x", labelled("gone")),
		done("REL-103", "x", bug, api), done("REL-104", "x", labelled("gone")),
		done("REL-9", "Outside", labelled("do-not-publish")))), m)
	want := []string{"customers: REL-9 Outside", "support: REL-101 Pay with a gift card", "support: REL-102 Confirm orders faster", "leadership: REL-9 Outside"}
	if diff := cmp.Diff(want, told(p)); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Gift card balance in the apps"}, p.Leadership.Benefits); diff != "" {
		t.Errorf("benefits (-want +got):\n%s", diff)
	}
	if got := p.Support.Remediation[0]; got != "Pay with a gift card" || len(p.Gaps)+len(p.Support.Risks)+len(p.Leadership.Risks) != 0 {
		t.Errorf("remediation %q, gaps %q, risks %v", got, gaps(p), p.Leadership.Risks)
	}
}

// sampleFacts is what two trackers say of the sample's scope.
func sampleFacts() fact.Set {
	return fact.NewSet(fact.AnswerNumber(population, sample.Now, 40),
		items(tickets,
			done("REL-101", "Gift cards", open, text("Pay for an order with a gift card. Action required: update the app to 12.4.0."), linked("https://jira.example.com/browse/REL-101")),
			done("REL-102", "Faster confirmation"), done("REL-103", "Balance", open), done("REL-104", "Mails"),
			done("REL-130", "Refunds", open, labelled("known-issue"), text("Refunds go to the bank account. Workaround: ask for a new card.")),
			done("REL-131", "Pin the base image", labelled("internal"))),
		items(boards, done("811", "Gift cards", linked("https://jira.example.com/browse/REL-101")), done("812", "Alert on the backfill")))
}

func TestDraftGolden(t *testing.T) {
	p := notes.Draft(sample.Plan(), sampleFacts(), notes.NewMapping(tickets, boards))
	text, err := strictjson.Encode(p)
	if err != nil {
		t.Fatal(err)
	}
	again(t, p, text)
	golden.Assert(t, "testdata/draft.json", text)
	// What only people can write is asked for, and nothing else is wrong.
	want := []string{"NOTE-003@customers.links", "NOTE-003@support.links", "NOTE-009@leadership.compliance"}
	if diff := cmp.Diff(want, found(p)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The order of facts, and of the items in them, makes no difference, and
// nothing that a draft is given changes.
func TestDraftIsDeterministic(t *testing.T) {
	m := notes.NewMapping(tickets, boards)
	want, err := strictjson.Encode(notes.Draft(sample.Plan(), sampleFacts(), m))
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		facts := sampleFacts()
		facts.Results = rapid.Permutation(facts.Results).Draw(t, "results")
		for i := range facts.Results {
			facts.Results[i].WorkItems = rapid.Permutation(facts.Results[i].WorkItems).Draw(t, "items")
		}
		before := fact.Set{Results: slices.Clone(facts.Results)}
		for i := range before.Results {
			before.Results[i] = before.Results[i].Clone()
		}
		got, err := strictjson.Encode(notes.Draft(sample.Plan(), facts, m))
		if err != nil || string(got) != string(want) {
			t.Fatalf("%v (-want +got):\n%s", err, cmp.Diff(string(want), string(got)))
		}
		if diff := cmp.Diff(before, facts); diff != "" {
			t.Fatalf("the facts changed (-before +after):\n%s", diff)
		}
	})
}

// Whatever the facts say: what must ship is told or a gap, what may be deferred
// is told only when done, customers are told of nothing outside the scope, and
// no id stands twice.
func TestDraftProperties(t *testing.T) {
	ids := []string{"REL-1", "REL-2", "REL-3", "4", "5", ""}
	links := []value.Link{"", "https://example.com/1", "https://example.com/2"}
	labels := []string{"do-not-publish", "known-issue", "internal", "action-required", "x"}
	texts := []string{"", "none", "A", "B. Action required: go.", "C. Workaround: wait."}
	item := rapid.Custom(func(t *rapid.T) fact.WorkItem {
		return fact.WorkItem{ID: rapid.SampledFrom(ids).Draw(t, "id"), Title: "T", Link: rapid.SampledFrom(links).Draw(t, "link"),
			Note: rapid.SampledFrom(texts).Draw(t, "note"), Category: fact.Category(rapid.IntRange(0, 3).Draw(t, "category")),
			Labels: rapid.SliceOfN(rapid.SampledFrom(labels), 0, 2).Draw(t, "labels")}
	})
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(item, 0, 6)
		jira, azure := items(tickets, list.Draw(t, "jira")...), items(boards, list.Draw(t, "azure")...)
		jira.Complete = rapid.Bool().Draw(t, "complete")
		p := notes.Draft(plan(), fact.NewSet(jira, azure, fact.AnswerNumber(population, time.Time{}, 9)), notes.NewMapping(tickets, boards))
		if !slices.Contains(p.Announced(), "REL-1") && len(p.Gaps) == 0 {
			t.Fatal("what must ship is told to nobody, and there is no gap")
		}
		for _, w := range slices.Concat(jira.WorkItems, azure.WorkItems) {
			if w.ID == "REL-2" && w.Category != fact.Done && slices.Contains(p.Announced(), "REL-2") {
				t.Fatal("what may be deferred is told and not done")
			}
		}
		for _, c := range p.Customers.Changes {
			if len(c.Items) == 0 || c.Link != "" {
				t.Fatalf("customers are told of %+v", c)
			}
		}
		for _, f := range p.Validate() {
			if f.Rule == "NOTE-011" {
				t.Fatal(f)
			}
		}
		if !jira.Complete && len(p.Gaps) == 0 {
			t.Fatal("an incomplete answer leaves no gap")
		}
	})
}
