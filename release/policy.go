package release

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Policy is what the organisation demands of every release. It is part of the
// packet, so that the packet can be judged by itself. A zero limit demands
// nothing.
type Policy struct {
	Name string     `json:"name,omitzero"` // of the document: "Change policy v7"
	Link value.Link `json:"link,omitzero"` // to the document

	// VersionPattern is the regular expression (RE2 syntax) that the release's
	// version matches as a whole. Empty: any version without white space.
	VersionPattern string `json:"versionPattern,omitzero"`

	MaxRollback    value.Duration `json:"maxRollback,omitzero"`    // the longest rollback SLA
	CustomerNotice value.Duration `json:"customerNotice,omitzero"` // from the notice to customers until the window opens
	CABLeadDays    int            `json:"cabLeadDays,omitzero"`    // working days from the submission to the change advisory board until it decides
	MinRetention   value.Period   `json:"minRetention,omitzero"`   // how long evidence is kept at least
	ReviewWithin   value.Duration `json:"reviewWithin,omitzero"`   // after an emergency change, until it is reviewed

	LinkHosts []string       `json:"linkHosts,omitzero"` // hosts that links may name; none: any
	Calendar  value.Calendar `json:"calendar,omitzero"`  // which days are worked, in the operating zone
	WorkFrom  value.Clock    `json:"workFrom,omitzero"`  // when work begins, in the operating zone
	WorkUntil value.Clock    `json:"workUntil,omitzero"` // when it ends, in the operating zone

	Confidential Confidential `json:"confidential,omitzero"` // what readers outside are not told
}

// Confidential is what readers outside of the house are not told, beside what
// the plan shows by itself: its people, the ids of its items, work that is not
// done.
type Confidential struct {
	Hosts     []string `json:"hosts,omitzero"`     // inside of the house, with those below them
	Projects  []string `json:"projects,omitzero"`  // of trackers: "OPS" of OPS-12
	Systems   []string `json:"systems,omitzero"`   // names that only insiders know
	Embargoed []string `json:"embargoed,omitzero"` // vulnerabilities that are not disclosed yet: CVE-2026-10011
	Lawful    []string `json:"lawful,omitzero"`    // texts that may be told, whatever they look like; no secret is ever one
}

func (c Confidential) clone() Confidential {
	return Confidential{slices.Clone(c.Hosts), slices.Clone(c.Projects), slices.Clone(c.Systems), slices.Clone(c.Embargoed), slices.Clone(c.Lawful)}
}

func (p Policy) clone() Policy {
	p.LinkHosts = slices.Clone(p.LinkHosts)
	p.Confidential = p.Confidential.clone()
	p.Calendar = p.Calendar.Clone()
	return p
}

func policyRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "X-014", Doc: "What the policy demands can be demanded: lengths are not negative, hosts are hosts, days are days, and work begins before it ends.",
			Bad:   func(p *Plan) { p.Policy.WorkFrom = "9 o'clock" },
			Check: checkPolicy},
		{ID: "X-015", Doc: "Every question to a connector says to which, of which kind, and yields what is read from it.",
			Bad:   func(p *Plan) { p.Tracking.Scope[0].Yields = fact.Duties() },
			Check: checkQueries},
	}
}

func checkPolicy(p *check.Pass[Plan]) {
	policy := &p.Subject.Policy
	for _, d := range []struct {
		field string
		d     value.Duration
	}{{"maxRollback", policy.MaxRollback}, {"customerNotice", policy.CustomerNotice}, {"reviewWithin", policy.ReviewWithin}} {
		if d.d < 0 {
			p.Report(check.Invalid(policyPath.Field(d.field), d.d, "is a negative duration"))
		}
	}
	if policy.CABLeadDays < 0 {
		p.Report(check.Invalid(policyPath.Field("cabLeadDays"), policy.CABLeadDays, "is a negative number of days"))
	}
	if err := policy.MinRetention.Fault(); err != nil {
		p.Report(check.Unusable(policyPath.Field("minRetention"), err))
	}
	for i, host := range policy.LinkHosts {
		if !hostName.MatchString(host) {
			p.Report(check.Invalid(policyPath.Field("linkHosts").Index(i), host, "is not the name of a host, such as example.com"))
		}
	}
	checkConfidential(p, &policy.Confidential)
	checkCalendar(p, policyPath.Field("calendar"), policy.Calendar)
	checkHours(p, policy.WorkFrom, policy.WorkUntil)
}

// checkConfidential wants ids of vulnerabilities that can be told from others: a
// name that is not read guards nothing.
func checkConfidential(p *check.Pass[Plan], c *Confidential) {
	at := policyPath.Field("confidential")
	for _, list := range []struct {
		field string
		texts []string
		form  *regexp.Regexp
		want  string
	}{
		{"hosts", c.Hosts, hostName, "is not the name of a host, such as corp.example.com"},
		{"projects", c.Projects, projectName, "is not the key of a project, such as OPS"},
		{"systems", c.Systems, someWord, "names no system"},
		{"embargoed", c.Embargoed, advisoryID, "is not the id of a vulnerability, such as CVE-2026-10011"},
		{"lawful", c.Lawful, someWord, "is no text"},
	} {
		for i, text := range list.texts {
			if !list.form.MatchString(text) || undecided(text) {
				p.Report(check.Invalid(at.Field(list.field).Index(i), text, list.want))
			}
		}
	}
}

var (
	projectName = regexp.MustCompile(`^(?i)[A-Z][A-Z0-9]{0,9}$`)
	someWord    = regexp.MustCompile(`[\pL\pN]`)
	advisoryID  = regexp.MustCompile(`^(?i)(CVE-\d{4}-\d{4,7}|GHSA(-[23456789cfghjmpqrvwx]{4}){3})$`)
)

// hostName is a name of labels as RFC 1123 §2.1 has them.
var hostName = regexp.MustCompile(`^(?i)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$`)

func checkCalendar(p *check.Pass[Plan], at check.Path, c value.Calendar) {
	for i, d := range c.Days {
		here := at.Field("days").Index(i)
		if _, err := d.MarshalText(); err != nil {
			p.Report(check.Unusable(here, err))
		} else if d == value.NoWeekday {
			p.Report(check.Missing(here, "the day of the week", ""))
		} else if j := slices.Index(c.Days, d); j < i {
			p.Report(check.Duplicate(here, d, at.Field("days").Index(j)))
		}
	}
	for i, h := range c.Holidays {
		if h.Precision() != value.DatePrecision {
			p.Report(check.Invalid(at.Field("holidays").Index(i), h, "is not a date"))
		}
	}
}

func checkHours(p *check.Pass[Plan], from, until value.Clock) {
	sound := true
	for _, c := range []struct {
		field string
		clock value.Clock
		other value.Clock
	}{{"workFrom", from, until}, {"workUntil", until, from}} {
		err := c.clock.Fault()
		sound = sound && err == nil
		switch {
		case err == nil || c.clock.IsZero() && c.other.IsZero():
		case errors.Is(err, value.ErrNotGiven):
			p.Report(check.Missing(policyPath.Field(c.field), "the other end of the working hours", ""))
		default:
			p.Report(check.Unusable(policyPath.Field(c.field), err))
		}
	}
	if sound && until <= from { // both have the form 15:04
		p.Report(check.OutOfOrder(policyPath.Field("workUntil"), until, "is not after work begins at "+string(from), policyPath.Field("workFrom")))
	}
}

// queries calls yield with every query of the plan that is given: where it is,
// and of which shapes its answer is read.
func (p *Plan) queries(yield func(at check.Path, q fact.Query, shapes ...fact.Shape)) {
	for _, list := range []struct {
		field   string
		queries []fact.Query
		shape   fact.Shape
	}{{"scope", p.Tracking.Scope, fact.WorkItemShape}, {"dependencies", p.Tracking.Dependencies, fact.WorkItemShape}, {"onCall", p.Tracking.OnCall, fact.DutyShape},
		{"questions", p.Tracking.Questions, fact.WorkItemShape}} {
		for i, q := range list.queries {
			yield(trackingPath.Field(list.field).Index(i), q, list.shape)
		}
	}
	measured := func(at check.Path, q fact.Query) {
		if !q.IsZero() {
			yield(at.Field("query"), q, fact.NumberShape, fact.SeriesShape)
		}
	}
	for i, t := range p.Overview.Impact {
		measured(overviewPath.Field("impact").Index(i), t.Query)
	}
	for i, m := range p.Overview.Success {
		measured(overviewPath.Field("success").Index(i), m.Query)
	}
	for i, t := range p.Rollback.Matrix {
		measured(matrixPath.Index(i).Field("when"), t.When.Query)
	}
	for l, list := range p.Checklists.lists() {
		for i, t := range *list {
			measured(phases[l].path.Index(i).Field("alert"), t.Alert.Query)
		}
	}
}

func checkQueries(p *check.Pass[Plan]) {
	p.Subject.queries(func(at check.Path, q fact.Query, shapes ...fact.Shape) {
		stated(p, at, "connector", "the connector", q.Connector, "")
		stated(p, at, "kind", "the kind of the question", q.Kind, "")
		if shape := q.Yields.Shape; !slices.Contains(shapes, shape) {
			p.Report(check.Invalid(at.Field("yields").Field("shape"), shape, fmt.Sprintf("what is read here is %s", shapes[0])))
		}
		if u := q.Yields.Unit; !q.Yields.Shape.Items() && u.IsZero() {
			p.Report(check.Missing(at.Field("yields").Field("unit"), "the unit", "such as %, ms or {count}"))
		} else if !u.IsZero() && !u.Known() {
			p.Report(check.Invalid(at.Field("yields").Field("unit"), u, "is not a known unit"))
		}
		if q.Window < 0 {
			p.Report(check.Invalid(at.Field("window"), q.Window, "is a negative duration"))
		}
	})
}

// questions adds what work items ask to the register, by id, and tells where
// the register and a tracker do not agree that there is an answer.
func (r *refresher) questions() {
	var pieces [][]sighting
	for _, piece := range r.pieces {
		if slices.ContainsFunc(piece, func(s sighting) bool { return s.asks && (!check.Blank(s.ID) || s.Link != "") }) {
			pieces = append(pieces, piece)
		}
	}
	slices.SortStableFunc(pieces, func(a, b []sighting) int { return strings.Compare(a[0].ID, b[0].ID) })
	for _, piece := range pieces {
		found, asked := judge(piece), r.asked(piece)
		done := found.open == "" && found.Category == fact.Done
		list := r.plan.Questions.Items
		i := slices.IndexFunc(list, func(q Question) bool { return q.Text == asked.Text || asksFor(q, piece) })
		at := questionsPath.Index(max(i, 0))
		switch {
		case i < 0 && done:
			continue // asked and answered where nobody here took part
		case i < 0:
			r.plan.Questions.Items = append(list, asked)
			r.changed(questionsPath.Index(len(list)), "", asked.Text, piece[0].ID, found)
			continue
		case found.open != "":
		case done && list[i].Open():
			found.open = "its work item is done, and the register has no answer"
		case !done && !list[i].Open():
			found.open = fmt.Sprintf("the register has an answer, and its work item is %q", found.status)
		}
		r.changed(at.Field("answer"), "", "", piece[0].ID, found)
	}
}

// asksFor reports whether a question of the register has the link of a piece of
// work.
func asksFor(q Question, piece []sighting) bool {
	return q.Link != "" && slices.ContainsFunc(piece, func(s sighting) bool { return s.Link == q.Link })
}

// asked is a question as a work item asks it. When it is due and what it is
// about, nobody has said.
func (r *refresher) asked(piece []sighting) Question {
	first := piece[0]
	q := Question{Text: check.OneLine(strings.TrimSpace(first.Title)), Link: first.Link, Owner: r.owners[first.Assignee]}
	if !check.Blank(first.ID) {
		q.Text = strings.TrimSpace(q.Text + " (" + first.ID + ")")
	}
	for _, other := range r.plan.Questions.Items {
		q.Number = max(q.Number, other.Number)
	}
	q.Number++
	return q
}
