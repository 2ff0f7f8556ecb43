package notes

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Validate runs [MappingRules] and returns what they find.
func (m Mapping) Validate() check.Findings { return check.Run(&m, MappingRules(), nil).Findings }

// MappingRules returns the rules of a mapping. A mapping is no part of a packet
// of notes; what is wrong with it is a gap of every draft by it.
func MappingRules() []check.Rule[Mapping] {
	return []check.Rule[Mapping]{
		{ID: "NOTE-016", Doc: "The work items that notes are drafted from come from somewhere, each source is asked for work items, and once.",
			Bad:   func(m *Mapping) { m.Sources = nil },
			Check: checkSources},
		{ID: "NOTE-017", Doc: "What a mapping matches, the blocks that it reads and the projects that it goes by are named.",
			Bad:   func(m *Mapping) { m.Withheld = []Match{{}} },
			Check: checkMatches},
		{ID: "NOTE-018", Doc: "Places and audiences of a mapping are known and stand once.",
			Bad:   func(m *Mapping) { m.Unplanned = []Audience{NoAudience} },
			Check: checkTargets},
	}
}

func checkSources(p *check.Pass[Mapping]) {
	if len(p.Subject.Sources) == 0 {
		p.Report(check.Missing("sources", "the source of the work items", "name the query that yields them"))
	}
	seen := map[fact.Ask]check.Path{}
	for i, q := range p.Subject.Sources {
		at := check.Path("sources").Index(i)
		if q.Connector == "" || q.Kind == "" {
			p.Report(check.Missing(at, "the connector or the kind of the query", ""))
		}
		if q.Yields != fact.WorkItems() {
			p.Report(check.Invalid(at.Field("yields"), q.Yields.Shape, "does not yield work items"))
		}
		if err := q.Params.Fault(); err != nil {
			p.Report(check.Unusable(at.Field("params"), err))
		}
		if first, again := seen[q.Ask]; again {
			p.Report(check.Duplicate(at, q, first))
			continue
		}
		seen[q.Ask] = at
		checkPopulation(p, at.Field("outOf"), q.Population)
	}
}

func checkPopulation(p *check.Pass[Mapping], at check.Path, a fact.Ask) {
	if a == (fact.Ask{}) {
		return
	}
	if a.Yields != fact.Number(value.Count) && a.Yields != fact.WorkItems() {
		p.Report(check.Invalid(at.Field("yields"), a.Yields.Shape, "is neither a count nor a list of work items"))
	}
	if err := a.Params.Fault(); err != nil {
		p.Report(check.Unusable(at.Field("params"), err))
	}
}

func checkMatches(p *check.Pass[Mapping]) {
	for i, r := range p.Subject.Routes {
		checkMatch(p, check.Path("routes").Index(i).Field("match"), r.Match)
	}
	for i, m := range p.Subject.Withheld {
		checkMatch(p, check.Path("withheld").Index(i), m)
	}
	for i, m := range p.Subject.ActionRequired {
		checkMatch(p, check.Path("actionRequired").Index(i), m)
	}
	for i, info := range p.Subject.Blocks {
		if check.Blank(info) || len(strings.Fields(info)) > 1 {
			p.Report(check.Invalid(check.Path("blocks").Index(i), info, "is not one word, as the info string of a fenced code block begins with"))
		}
	}
	for i, project := range p.Subject.Keys {
		if projectOf(project+"-1") == "" {
			p.Report(check.Invalid(check.Path("keys").Index(i), project, "is not the key of a project, such as REL"))
		}
	}
	if m := p.Subject; m.BlocksOnly && m.Blocks != nil && len(m.Blocks) == 0 {
		p.Report(check.Missing("blocks", "the info string of the blocks that alone are told", ""))
	}
}

func checkMatch(p *check.Pass[Mapping], at check.Path, m Match) {
	if m.IsZero() {
		p.Report(check.Missing(at, "what is matched", "name labels, types or components"))
	}
	for _, list := range []struct {
		field string
		names []string
	}{{"labels", m.Labels}, {"types", m.Types}, {"components", m.Components}} {
		for i, name := range list.names {
			if check.Blank(name) {
				p.Report(check.Missing(at.Field(list.field).Index(i), "the name", ""))
			}
		}
	}
}

func checkTargets(p *check.Pass[Mapping]) {
	m := p.Subject
	for i, r := range m.Routes {
		checkPlaces(p, check.Path("routes").Index(i).Field("to"), r.To)
	}
	checkPlaces(p, "otherwise", m.Otherwise)
	checkAudiences(p, "unplanned", m.Unplanned)
	checkAudiences(p, "objectives", m.Objectives)
	checkAudiences(p, "risks", m.Risks)
}

func checkPlaces(p *check.Pass[Mapping], list check.Path, places []Place) {
	for i, place := range places {
		at := list.Index(i)
		if !slices.Contains(Audiences(), place.Audience) {
			p.Report(check.Invalid(at.Field("audience"), place.Audience, "is no audience"))
		}
		if place.Section == NoSection || place.Section > RemediationSection {
			p.Report(check.Invalid(at.Field("section"), place.Section, "is no section"))
		}
		if first := slices.Index(places, place); first < i {
			p.Report(check.Duplicate(at, place.Audience.String()+" "+place.Section.String(), list.Index(first)))
		}
	}
}

func checkAudiences(p *check.Pass[Mapping], list check.Path, audiences []Audience) {
	for i, a := range audiences {
		if !slices.Contains(Audiences(), a) {
			p.Report(check.Invalid(list.Index(i), a, "is no audience"))
		}
		if first := slices.Index(audiences, a); first < i {
			p.Report(check.Duplicate(list.Index(i), a, list.Index(first)))
		}
	}
}
