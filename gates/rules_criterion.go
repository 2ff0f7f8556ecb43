package gates

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/gates/internal/review"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// stageRules are about what the gates of each stage test. They count criteria
// that a gate is not passed without: not those that are optional, nor one of
// several that suffice.
func stageRules() []check.Rule[Catalog] {
	none := func(c *Catalog) {
		for i := range c.Gates {
			c.Gates[i].Criteria = []Criterion{Inside("window", probe.Inside{})}
		}
	}
	return []check.Rule[Catalog]{
		{ID: "GATE-001", Doc: "There is an environment of each stage, development, QA, staging and production, in this order, and production is graded as production.",
			Bad: func(c *Catalog) { c.Environments[len(c.Environments)-1].Tier = PreProduction }, Check: reviewed(review.Stages)},
		{ID: "GATE-008", Doc: "Every gate has a criterion that a machine judges without anybody's word: a suite, a measure, a count, a canary, a burn-down, a budget, monitors, incidents, a rehearsal, deployments or a check.",
			Bad: none, Check: reviewed(review.Automated)},
		{ID: "GATE-010", Doc: "In staging and production the performance is compared with a baseline: an earlier release, or what is beside a canary.",
			Bad: none, Check: reviewed(review.Baseline)},
		{ID: "GATE-011", Doc: "A release leaves staging only if the way back was rehearsed.",
			Bad: none, Check: reviewed(review.Rehearsal)},
		{ID: "GATE-012", Doc: "Development or QA has a limit of the coverage by tests, above 0 and at most 100 %.",
			Bad: none, Check: reviewed(review.Coverage)},
		{ID: "GATE-013", Doc: "QA projects when no defect is left, or limits how many may be open.",
			Bad: none, Check: reviewed(review.Burndown)},
		{ID: "GATE-014", Doc: "Production has a canary, in several steps, the last of which is all of the traffic.",
			Bad: none, Check: reviewed(review.Canaries)},
		{ID: "GATE-015", Severity: check.Warning, Doc: "No exit lets more through than the entry that follows it.",
			Bad: weaken, Check: reviewed(review.Weaker)},
		{ID: "GATE-017", Doc: "Every gate of staging and production links a dashboard.",
			Bad: func(c *Catalog) { c.Gates[len(c.Gates)-1].Dashboards = nil }, Check: reviewed(review.Watched)},
	}
}

// weaken makes every exit weaker than the entry that follows it.
func weaken(c *Catalog) {
	share := fact.NewQuery("x", "y", fact.Number(value.Percent))
	for i := range c.Gates {
		limit := 1.0
		if c.Gates[i].Kind == ExitKind {
			limit = 2
		}
		c.Gates[i].Criteria = append(c.Gates[i].Criteria, AtMost("share", share, limit))
	}
}

// reviewed runs a rule of package review.
func reviewed(rule func(*review.Catalog, review.Report) string) func(*check.Pass[Catalog]) {
	return func(p *check.Pass[Catalog]) {
		view := p.Subject.view()
		if reason := rule(&view, p.Report); reason != "" {
			p.NotEvaluated(reason)
		}
	}
}

// view is the catalog as package review sees it.
func (c *Catalog) view() review.Catalog {
	var view review.Catalog
	for _, name := range c.names() {
		e := review.Environment{Name: name, Usual: review.Stage(Environment{Name: name}.Means())}
		if i := slices.IndexFunc(c.Environments, func(e Environment) bool { return e.Name == name }); i >= 0 {
			e.At, e.Said, e.Tier = environmentsPath.Index(i), review.Stage(c.Environments[i].Stage), review.Tier(c.Environments[i].Tier)
		}
		for i := range c.Gates {
			if g := &c.Gates[i]; g.Environment == name {
				e.Gates = append(e.Gates, g.view(gatesPath.Index(i)))
			}
		}
		view.Environments = append(view.Environments, e)
	}
	return view
}

// view is a gate with what decides it.
func (g *Gate) view(at check.Path) *review.Gate {
	deciding := slices.DeleteFunc(views(at.Field("criteria"), g.Criteria), func(c review.Criterion) bool { return c.Optional })
	return &review.Gate{ID: g.ID(), At: at, Entry: g.Kind == EntryKind, Exit: g.Kind == ExitKind, Dashboards: g.Dashboards, Criteria: deciding}
}

func views(at check.Path, cs []Criterion) []review.Criterion {
	var all []review.Criterion
	for i := range cs {
		c, at := &cs[i], at.Index(i)
		v := review.Criterion{At: at, ID: c.ID, Title: c.Title, Kinds: &c.Kinds, Optional: c.Optional,
			AtMost: c.AtMost, AtLeast: c.AtLeast, Between: c.Between, Custom: c.Custom != nil}
		if of := c.Children(); of != nil {
			v.Of, v.Need = views(at.Field(string(c.groupPath())).Field("of"), of), c.need()
		}
		all = append(all, v)
	}
	return all
}

// checkManual wants a step of a person, or who says why there is none.
func checkManual(p *check.Pass[Catalog], at check.Path, g *Gate) {
	none := at.Field("noManual")
	switch manual := g.view(at).Wants(review.Manual); {
	case g.NoManual.IsZero() && !manual:
		p.Report(check.Missing(at.Field("criteria"), "what a person does to pass "+g.ID(), "attest the step, or say in noManual who says why there is none"))
	case g.NoManual.IsZero():
	case manual:
		p.Report(check.Invalid(none, g.NoManual.Reason, "says that nobody has to do anything, and a criterion of "+g.ID()+" is what somebody does"))
	default:
		if check.Blank(g.NoManual.By) {
			p.Report(check.Missing(none.Field("by"), "who says that a person does nothing to pass "+g.ID(), ""))
		}
		if check.Blank(g.NoManual.Reason) {
			p.Report(check.Missing(none.Field("reason"), "the reason why a person does nothing to pass "+g.ID(), ""))
		}
	}
}

func criterionRules() []check.Rule[Catalog] {
	first := func(change func(*Criterion)) func(*Catalog) {
		return func(c *Catalog) { change(&c.Gates[0].Criteria[0]) }
	}
	strange := fact.NewQuery("x", "y", fact.Number("furlongs"))
	return []check.Rule[Catalog]{
		{ID: "GATE-003", Doc: "Every criterion has exactly one test: a metric, how it compares, a value and a unit that can be judged.",
			Bad: first(func(c *Criterion) { *c = Criterion{ID: c.ID} }), Check: perCriterion(checkTest)},
		{ID: "GATE-018", Doc: "Numbers are asked for, and limits are given, in a unit that is known.",
			Bad: first(func(c *Criterion) { *c = AtMost("rate", strange, 1) }), Check: everywhere(checkUnits)},
		{ID: "GATE-022", Doc: "A criterion's id is unique in its gate.",
			Bad:   func(c *Catalog) { c.Gates[0].Criteria = append(c.Gates[0].Criteria, c.Gates[0].Criteria[0]) },
			Check: perGate(checkIDs)},
		{ID: "GATE-023", Doc: "A count that may be zero says out of what.",
			Bad:   first(func(c *Criterion) { *c = None("open", fact.NewQuery("x", "y", fact.WorkItems())) }),
			Check: perCriterion(checkPopulation)},
		{ID: "GATE-025", Doc: "What a missing answer means is declared with a reason, unless it means fail.",
			Bad: first(func(c *Criterion) { c.Missing = Missing{Outcome: Pass} }),
			Check: perCriterion(func(p *check.Pass[Catalog], at check.Path, c *Criterion) {
				at = at.Field("missing")
				switch o := c.Missing.Outcome; {
				case o > Pass:
					p.Report(check.Invalid(at.Field("outcome"), uint8(o), "is no outcome"))
				case (o == Pass || o == Warn) && check.Blank(c.Missing.Reason):
					p.Report(check.Missing(at.Field("reason"), "the reason why no answer means "+o.String(), "without it no answer stays unknown"))
				}
			})},
		{ID: "GATE-032", Doc: "Every question says which connector it asks, of which kind it is and, in canonical JSON, about what.",
			Bad:   first(func(c *Criterion) { *c = AtMost("nobody", fact.NewQuery("", "y", fact.Number(value.Percent)), 1) }),
			Check: everywhere(checkQuestions)},
		{ID: "GATE-033", Severity: check.Warning, Doc: "Whatever a criterion says has an effect.",
			Bad: first(func(c *Criterion) { c.Optional, c.NotWaivable = true, true }), Check: perCriterion(checkEffect)},
		{ID: "GATE-034", Doc: "No text is white space alone.",
			Bad: first(func(c *Criterion) { c.Title = " " }),
			Check: everywhere(func(v *review.Visitor, report review.Report) {
				v.Text = func(at *review.Place, s string) {
					if s != "" && check.Blank(s) {
						report(check.Invalid(at.Path(), s, "is white space alone"))
					}
				}
			})},
	}
}

// everywhere runs what a visitor does over everything in the catalog.
func everywhere(prepare func(*review.Visitor, review.Report)) func(*check.Pass[Catalog]) {
	return func(p *check.Pass[Catalog]) {
		var v review.Visitor
		prepare(&v, p.Report)
		review.Walk(*p.Subject, v)
	}
}

func checkUnits(v *review.Visitor, report review.Report) {
	v.Query = func(at *review.Place, q fact.Query) { review.Units(at, q, report) }
	v.Quantity = func(at *review.Place, q value.Quantity) {
		if !q.Unit.Known() {
			report(check.Invalid(at.Path().Field("unit"), q.Unit, "is not a known unit"))
		}
	}
}

func checkQuestions(v *review.Visitor, report review.Report) {
	v.Query = func(at *review.Place, q fact.Query) { review.Asked(at, q, report) }
	v.Params = func(at *review.Place, params fact.Params) {
		if err := params.Fault(); err != nil {
			report(check.Unusable(at.Path(), err))
		}
	}
}

// perCriterion runs f over every criterion, nested ones included.
func perCriterion(f func(*check.Pass[Catalog], check.Path, *Criterion)) func(*check.Pass[Catalog]) {
	return perGate(func(p *check.Pass[Catalog], at check.Path, g *Gate) {
		Walk(g.Criteria, at.Field("criteria"), func(at check.Path, c *Criterion) { f(p, at, c) })
	})
}

func checkIDs(p *check.Pass[Catalog], at check.Path, g *Gate) {
	first := map[string]check.Path{}
	Walk(g.Criteria, at.Field("criteria"), func(at check.Path, c *Criterion) {
		switch other, ok := first[c.ID]; {
		case check.Blank(c.ID):
			p.Report(check.Missing(at.Field("id"), "the criterion's id", ""))
		case ok:
			p.Report(check.Duplicate(at.Field("id"), c.ID, other))
		default:
			first[c.ID] = at.Field("id")
		}
	})
}

// checkTest asks what the evaluation asks whether it could ever judge the
// criterion, so that the two cannot disagree. Ages, unknown units and what is
// not said of an answer are other rules'.
func checkTest(p *check.Pass[Catalog], at check.Path, c *Criterion) {
	place, why := c.fault()
	elsewhere := strings.HasSuffix(string(place), "unit") || strings.HasSuffix(string(place), "yields.shape")
	switch {
	case why != "" && (place == "maxAge" && len(c.Children()) == 0 || elsewhere && review.Untold(*c)):
	case why != "":
		p.Report(check.Invalid(place.Under(at), c.ID, why))
	case why == "" && c.Between != nil:
		low, _ := c.Between.Low.In(c.Between.Unit())
		if high, _ := c.Between.High.In(c.Between.Unit()); low > high {
			p.Report(check.Invalid(at.Field("between").Field("high"), c.Between.High.Human(), "is below the lower end, so that nothing is between"))
		}
	}
}

func checkPopulation(p *check.Pass[Catalog], at check.Path, c *Criterion) {
	demand := func(test string, q fact.Query) {
		if q.Population == (fact.Ask{}) {
			p.Report(check.Missing(at.Field(test).Field("query").Field("outOf"), "the population of "+c.ID,
				"a search that finds nothing proves nothing unless it is known what it searched; until then the criterion is unknown"))
		}
	}
	mayBeNothing := func(m *Measure) bool {
		return m.Query.Yields.Unit == value.Count && m.Per == (Denominator{}) && m.Absent == (Absence{})
	}
	switch {
	case c.None != nil:
		demand("none", c.None.Query)
	case c.Quiet != nil:
		demand("quiet", c.Quiet.Query)
	case c.AtMost != nil && mayBeNothing(&c.AtMost.Measure):
		demand("atMost", c.AtMost.Query)
	case c.Between != nil && c.Between.Low.Value <= 0 && mayBeNothing(&c.Between.Measure):
		demand("between", c.Between.Query)
	}
}

// checkEffect reports what is said and changes nothing.
func checkEffect(p *check.Pass[Catalog], at check.Path, c *Criterion) {
	idle := func(field check.Path, got any, why string) { p.Report(check.Invalid(field.Under(at), got, why)) }
	if c.Optional && c.NotWaivable {
		idle("notWaivable", true, "closes to waivers what decides nothing")
	}
	if c.MaxAge != 0 && !check.Blank(c.AnyAge) {
		idle("maxAge", c.MaxAge, "limits an age that anyAge sets free")
	}
	if c.Missing.Outcome == Unknown && !check.Blank(c.Missing.Reason) {
		idle("missing.reason", c.Missing.Reason, "is the reason for what holds anyway: no answer is unknown")
	}
	for i, child := range c.Children() {
		if child.Optional {
			idle((c.groupPath() + ".of").Index(i).Field("optional"), true, "makes optional what a group counts")
		}
	}
	for _, m := range c.measures() {
		if m.MaxGap != 0 && m.Query.Yields.Shape == fact.NumberShape {
			idle(c.measurePath().Field("maxGap"), m.MaxGap, "limits the gaps of what is one number")
		}
	}
	if len(c.Queries()) > 0 || len(c.Children()) > 0 || c.tests() != 1 {
		return
	}
	switch {
	case c.MaxAge != 0:
		idle("maxAge", c.MaxAge, "limits the age of what asks nothing")
	case c.AnyAge != "":
		idle("anyAge", c.AnyAge, "sets free the age of what asks nothing")
	case c.Missing.Outcome != Unknown:
		idle("missing", c.Missing.Outcome, "says what no answer means, and nothing is asked")
	}
}
