package notes_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/internal/forktest"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

var (
	population = fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", "project = REL")
	tickets    = fact.NewQuery("jira", "items", fact.WorkItems()).With("jql", "fixVersion = 2026.12.0").OutOf(population)
	boards     = fact.NewQuery("azure-boards", "items", fact.WorkItems()).With("query", "2026.12.0").OutOf(population)
)

// fullMapping names everything that a mapping can.
func fullMapping() notes.Mapping {
	m := notes.NewMapping(tickets, boards).WithRoutes(notes.DefaultRoutes()...).WithRoutes(notes.Route{
		Match: notes.Match{Labels: []string{"runbook"}, Types: []string{"Story"}, Components: []string{"orders-api"}},
		To:    []notes.Place{{Audience: notes.Support, Section: notes.RemediationSection}}})
	m.Otherwise = []notes.Place{{Audience: notes.Leadership, Section: notes.BenefitsSection}}
	m.Withheld = []notes.Match{{Labels: []string{"security"}}}
	m.ActionRequired = []notes.Match{{Labels: []string{"breaking"}}}
	m.Blocks, m.Keys = []string{"release-note"}, []string{"REL"}
	m.Unplanned = []notes.Audience{notes.Support, notes.Leadership}
	m.Objectives = []notes.Audience{notes.Customers}
	m.Risks = []notes.Audience{notes.Leadership}
	return m
}

func TestMappingForks(t *testing.T) {
	given := fullMapping()
	type m = notes.Mapping
	forktest.Run(t, fullMapping,
		forktest.Fork[m]{Name: "Clone", Make: m.Clone},
		forktest.Fork[m]{Name: "NewMapping", Make: func(m m) m { return notes.NewMapping(m.Sources...) }},
		forktest.Fork[m]{Name: "WithSources", Make: func(m m) m { return m.WithSources(given.Sources...) }},
		forktest.Fork[m]{Name: "WithRoutes", Make: func(m m) m { return m.WithRoutes(given.Routes...) }},
		forktest.Fork[m]{Name: "DefaultRoutes", Make: func(m) m { return notes.Mapping{Routes: notes.DefaultRoutes()} }},
	)
}

// A list that is nil and one that is empty say different things, also in JSON.
func TestMappingRoundTrip(t *testing.T) {
	nobody := notes.Mapping{Routes: []notes.Route{}, Otherwise: []notes.Place{}, Withheld: []notes.Match{}, ActionRequired: []notes.Match{},
		Unplanned: []notes.Audience{}, Objectives: []notes.Audience{}, Risks: []notes.Audience{}}
	for _, m := range []notes.Mapping{{}, fullMapping(), nobody, nobody.Clone()} {
		text, err := strictjson.Encode(m)
		if err != nil {
			t.Fatal(err)
		}
		again(t, m, text)
	}
	if diff := cmp.Diff(nobody, nobody.Clone()); diff != "" {
		t.Errorf("a clone says something else (-want +got):\n%s", diff)
	}
}

func TestMappingQueries(t *testing.T) {
	want := fact.MergeQueries([]fact.Query{tickets, boards})
	if diff := cmp.Diff(want, fullMapping().Queries()); diff != "" || len(want) != 3 {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := (notes.Mapping{}).Queries(); len(got) != 0 {
		t.Errorf("the zero mapping asks %v", got)
	}
}

// Sections have one text form and refuse every other.
func TestSections(t *testing.T) {
	for i, want := range []string{"none", "changes", "benefits", "known-issues", "remediation"} {
		text, err := notes.Section(i).MarshalText()
		var back notes.Section
		if err != nil || string(text) != want || back.UnmarshalText(text) != nil || int(back) != i {
			t.Errorf("section %d is %s, %v", i, text, err)
		}
	}
	if _, err := notes.Section(5).MarshalText(); err == nil {
		t.Error("section 5 has a text")
	}
	if s := notes.ChangesSection; s.UnmarshalText([]byte("Changes")) == nil || s != notes.ChangesSection {
		t.Errorf("a name in another case is read as %v", s)
	}
}

func TestMappingRulesAreExamined(t *testing.T) {
	for _, err := range check.Examine(fullMapping, notes.MappingRules(), nil) {
		t.Error(err)
	}
}

func TestMappingRules(t *testing.T) {
	place := func(a notes.Audience, s notes.Section) []notes.Place { return []notes.Place{{Audience: a, Section: s}} }
	tests := []struct {
		name   string
		change func(*notes.Mapping)
		want   []string
	}{
		{"good", func(*notes.Mapping) {}, nil},
		{"defaults", func(m *notes.Mapping) { *m = notes.NewMapping(tickets) }, nil},
		{"zero", func(m *notes.Mapping) { *m = notes.Mapping{} }, []string{"NOTE-016@sources"}},

		{"source of numbers", func(m *notes.Mapping) { m.Sources[1] = population }, []string{"NOTE-016@sources[1].yields"}},
		{"source that is no question", func(m *notes.Mapping) { m.Sources[1] = fact.Query{} },
			[]string{"NOTE-016@sources[1]", "NOTE-016@sources[1].yields"}},
		{"source twice", func(m *notes.Mapping) { m.Sources[1] = fact.Query{Ask: tickets.Ask} }, []string{"NOTE-016@sources[1]"}},
		{"parameters that are none", func(m *notes.Mapping) { m.Sources[1].Params = `{"a":1,"a":2}` }, []string{"NOTE-016@sources[1].params"}},
		{"population in milliseconds", func(m *notes.Mapping) { m.Sources[1].Population.Yields = fact.Number(value.Milliseconds) },
			[]string{"NOTE-016@sources[1].outOf.yields"}},
		{"population of items", func(m *notes.Mapping) { m.Sources[1].Population.Yields = fact.WorkItems() }, nil},
		{"population of incidents", func(m *notes.Mapping) { m.Sources[1].Population.Yields = fact.Incidents() },
			[]string{"NOTE-016@sources[1].outOf.yields"}},
		{"population with parameters that are none", func(m *notes.Mapping) { m.Sources[1].Population.Params = "x" },
			[]string{"NOTE-016@sources[1].outOf.params"}},

		{"route of nothing", func(m *notes.Mapping) { m.Routes[0].Match = notes.Match{} }, []string{"NOTE-017@routes[0].match"}},
		{"route of blank names", func(m *notes.Mapping) {
			m.Routes[0].Match = notes.Match{Labels: []string{"x", " "}, Types: []string{""}, Components: []string{"\t"}}
		}, []string{"NOTE-017@routes[0].match.labels[1]", "NOTE-017@routes[0].match.types[0]", "NOTE-017@routes[0].match.components[0]"}},
		{"nothing is withheld", func(m *notes.Mapping) { m.Withheld = []notes.Match{} }, nil},
		{"withheld by nothing", func(m *notes.Mapping) { m.Withheld = append(m.Withheld, notes.Match{}) }, []string{"NOTE-017@withheld[1]"}},
		{"action by nothing", func(m *notes.Mapping) { m.ActionRequired[0] = notes.Match{} }, []string{"NOTE-017@actionRequired[0]"}},

		{"blocks of two words and of none", func(m *notes.Mapping) { m.Blocks = []string{"release-note", "release note", " "} },
			[]string{"NOTE-017@blocks[1]", "NOTE-017@blocks[2]"}},
		{"blocks alone, of no name", func(m *notes.Mapping) { m.Blocks, m.BlocksOnly = []string{}, true }, []string{"NOTE-017@blocks"}},
		{"blocks alone, of the names that are usual", func(m *notes.Mapping) { m.Blocks, m.BlocksOnly = nil, true }, nil},
		{"keys that are ids or nothing", func(m *notes.Mapping) { m.Keys = []string{"REL", "REL-1", "", "rel"} },
			[]string{"NOTE-017@keys[1]", "NOTE-017@keys[2]", "NOTE-017@keys[3]"}},

		{"route to nobody", func(m *notes.Mapping) { m.Routes[0].To = nil }, nil},
		{"route to no audience", func(m *notes.Mapping) { m.Routes[0].To = place(notes.NoAudience, notes.ChangesSection) },
			[]string{"NOTE-018@routes[0].to[0].audience"}},
		{"route to no section", func(m *notes.Mapping) { m.Routes[0].To = place(notes.Support, notes.NoSection) },
			[]string{"NOTE-018@routes[0].to[0].section"}},
		{"place that is none", func(m *notes.Mapping) { m.Otherwise = place(9, 9) },
			[]string{"NOTE-018@otherwise[0].audience", "NOTE-018@otherwise[0].section"}},
		{"place twice", func(m *notes.Mapping) { m.Otherwise = append(m.Otherwise, m.Otherwise...) }, []string{"NOTE-018@otherwise[1]"}},
		{"unplanned to nobody", func(m *notes.Mapping) { m.Unplanned[1] = 9 }, []string{"NOTE-018@unplanned[1]"}},
		{"objectives to nobody", func(m *notes.Mapping) { m.Objectives[0] = notes.NoAudience }, []string{"NOTE-018@objectives[0]"}},
		{"risks twice", func(m *notes.Mapping) { m.Risks = append(m.Risks, notes.Leadership) }, []string{"NOTE-018@risks[1]"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := fullMapping()
			tt.change(&m)
			if diff := cmp.Diff(tt.want, checktest.At(m.Validate())); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
