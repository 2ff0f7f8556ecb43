package release

import (
	"fmt"
	"slices"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/internal/lists"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// Risk is one thing that may go wrong. It is described once, here; whatever
// speaks of it names its id, so that two ratings cannot contradict each other.
type Risk struct {
	ID          string `json:"id"`                   // what the rest of the packet names it by: "R1"
	Title       string `json:"title"`                // what may go wrong, in one line
	Probability Level  `json:"probability"`          // how likely it is
	Impact      Level  `json:"impact"`               // how bad it is if it happens
	Mitigation  string `json:"mitigation,omitzero"`  // what makes it less probable, or less bad
	Contingency string `json:"contingency,omitzero"` // what is done when it happens
	Owner       string `json:"owner,omitzero"`       // id of the role or person who mitigates it
	Theme       string `json:"theme,omitzero"`       // what it has in common with risks of other releases
}

// Level is a rating on the scale that every document prints: low, medium,
// high. The zero value is none.
type Level uint8

// The levels.
const (
	NoLevel Level = iota
	Low
	Medium
	High
)

var levelNames = []string{"none", "low", "medium", "high"}

// String returns the level's name as it stands in JSON.
func (l Level) String() string { return enum.String("level", levelNames, l) }

// MarshalText implements [encoding.TextMarshaler].
func (l Level) MarshalText() ([]byte, error) { return enum.Marshal("level", levelNames, l) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown level is an error.
func (l *Level) UnmarshalText(text []byte) error {
	return enum.Unmarshal("level", levelNames, l, text)
}

func riskRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "RSK-001", Doc: "Every risk has a probability, an impact, a mitigation and a contingency.",
			Bad: func(p *Plan) { p.Risks[0].Impact = NoLevel },
			Check: eachRisk(func(p *check.Pass[Plan], at check.Path, r Risk) {
				if r.Probability == NoLevel {
					p.Report(check.Missing(at.Field("probability"), "the probability", "low, medium or high"))
				}
				if r.Impact == NoLevel {
					p.Report(check.Missing(at.Field("impact"), "the impact", "low, medium or high"))
				}
				stated(p, at, "mitigation", "the mitigation", r.Mitigation, "say what makes it less probable, or less bad")
				stated(p, at, "contingency", "the contingency", r.Contingency, "say what is done when it happens")
			})},
		{ID: "RSK-002", Doc: "Probability and impact are on the scale low, medium, high.",
			Bad: func(p *Plan) { p.Risks[0].Probability = High + 1 },
			Check: eachRisk(func(p *check.Pass[Plan], at check.Path, r Risk) {
				exists(p, at, "probability", r.Probability)
				exists(p, at, "impact", r.Impact)
			})},
		{ID: "RSK-003", Doc: "Every risk has an owner who mitigates it.",
			Bad: func(p *Plan) { p.Risks[0].Owner = "" },
			Check: eachRisk(func(p *check.Pass[Plan], at check.Path, r Risk) {
				stated(p, at, "owner", "the owner of the mitigation", r.Owner, "name a role or a person of the directory")
			})},
		{ID: "RSK-004", Doc: "The rollback SLA is given and within the policy's limit.",
			Bad:   func(p *Plan) { p.Overview.RollbackSLA = 0 },
			Check: checkRollbackSLA},
		{ID: "RSK-005", Doc: "The flags that the release turns are listed, or it is said who says that there is none.",
			Bad: func(p *Plan) { p.Overview.Flags = nil },
			Check: func(p *check.Pass[Plan]) {
				if o := &p.Subject.Overview; len(o.Flags) == 0 && o.NoFlags.IsZero() {
					p.Report(check.Missing(overviewPath.Field("flags"), "the list of feature flags", "or say in noFlags who says that there is none"))
				}
			}},
		{ID: "DEP-010", Doc: "Every flag is listed once with its toggle, default state, kill step and owner, and dependencies name flags that are listed.",
			Bad:   func(p *Plan) { p.Overview.Flags[0].Kill = "" },
			Check: checkFlags},
		{ID: "RSK-006", Doc: "Customer impact has thresholds, each with an id of its own, a metric, a side, a number with its unit and a time.",
			Bad:   func(p *Plan) { p.Overview.Impact = nil },
			Check: checkImpact},
		{ID: "RSK-008", Doc: "Every risk has an id of its own and a title.",
			Bad: func(p *Plan) { p.Risks[1].ID = p.Risks[0].ID },
			Check: func(p *check.Pass[Plan]) {
				unique(p, risksPath, "id", p.Subject.Risks, riskID)
				eachRisk(func(p *check.Pass[Plan], at check.Path, r Risk) {
					stated(p, at, "title", "the title", r.Title, "")
				})(p)
			}},
	}
}

// eachRisk is a check that looks at one risk after the other.
func eachRisk(look func(p *check.Pass[Plan], at check.Path, r Risk)) func(*check.Pass[Plan]) {
	return func(p *check.Pass[Plan]) {
		for i, r := range p.Subject.Risks {
			look(p, risksPath.Index(i), r)
		}
	}
}

// Questions is the register of open issues.
type Questions struct {
	Items []Question `json:"items,omitzero"` // in the order of their numbers
	None  Negative   `json:"none,omitzero"`  // nothing is open
}

// Question is one thing that somebody has to clear up.
type Question struct {
	Number    int          `json:"number"`            // from 1, without gaps
	Text      string       `json:"text"`              // what has to be cleared up, in one line
	Owner     string       `json:"owner,omitzero"`    // id of a role or a person
	Due       value.When   `json:"due,omitzero"`      // when the answer is to be there
	Blocking  bool         `json:"blocking,omitzero"` // the release does not go before it is answered
	Addressee Domain       `json:"addressee"`         // engineering, product or compliance
	Prompt    string       `json:"prompt,omitzero"`   // the question to ask, or the item for an agenda
	About     []check.Path `json:"about,omitzero"`    // what of the packet waits for the answer
	Link      value.Link   `json:"link,omitzero"`     // to where it is discussed
	Answer    Answer       `json:"answer,omitzero"`   // zero: it is open
}

// Answer is what came of a question. The zero Answer says that it is open.
type Answer struct {
	Text string     `json:"text,omitzero"` // blank: there is none
	By   string     `json:"by,omitzero"`   // id of a person
	At   value.When `json:"at,omitzero"`   // when it was given
}

// IsZero reports whether there is no answer.
func (a Answer) IsZero() bool { return a == Answer{} }

// Open reports whether nobody has answered yet.
func (q Question) Open() bool { return check.Blank(q.Answer.Text) }

func (q Question) clone() Question {
	q.About = slices.Clone(q.About)
	return q
}

func (q Questions) clone() Questions {
	q.Items = lists.Clone(q.Items, Question.clone)
	return q
}

// TBD is how a text says that it is not decided yet: only by naming the
// question of the register that will decide it.
func TBD(question int) string { return fmt.Sprintf("TBD (question %d)", question) }

// Domain is who has to answer a question. The zero value is nobody.
type Domain uint8

// The domains.
const (
	NoDomain Domain = iota
	Engineering
	Product
	ComplianceTeam
)

var domainNames = []string{"none", "engineering", "product", "compliance"}

// String returns the domain's name as it stands in JSON.
func (d Domain) String() string { return enum.String("domain", domainNames, d) }

// MarshalText implements [encoding.TextMarshaler].
func (d Domain) MarshalText() ([]byte, error) { return enum.Marshal("domain", domainNames, d) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown domain is an error.
func (d *Domain) UnmarshalText(text []byte) error {
	return enum.Unmarshal("domain", domainNames, d, text)
}

func questionRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "ISS-001", Doc: "Questions are numbered from 1, without gaps, each once.",
			Bad:   func(p *Plan) { p.Questions.Items[1].Number = 3 },
			Check: checkNumbers},
		{ID: "ISS-002", Doc: "Every question has an owner.",
			Bad: func(p *Plan) { p.Questions.Items[0].Owner = "" },
			Check: eachQuestion(func(p *check.Pass[Plan], at check.Path, q Question) {
				stated(p, at, "owner", "the owner", q.Owner, "name a role or a person of the directory")
			})},
		{ID: "ISS-003", Doc: "Every question is due at a time that can be told.",
			Bad: func(p *Plan) { p.Questions.Items[0].Due = value.When{} },
			Check: eachQuestion(func(p *check.Pass[Plan], at check.Path, q Question) {
				readable(p, at, "due", "when it is due", q.Due)
			})},
		{ID: "ISS-004", Doc: "A question that blocks the release is due before the deployment window opens, unless it is answered.",
			Bad: func(p *Plan) {
				q := &p.Questions.Items[0]
				q.Blocking, q.Due, q.Answer = true, p.Overview.Window.End, Answer{}
			},
			Check: eachQuestion(func(p *check.Pass[Plan], at check.Path, q Question) {
				opens := p.Subject.Overview.Window.Start
				if !q.Blocking || !q.Open() {
					return
				}
				if order, ok := compared(p, q.Due, opens); ok && (order == value.After || order == value.Same) {
					p.Report(check.OutOfOrder(at.Field("due"), q.Due, "is not before the window opens at "+opens.String(), overviewPath.Field("window").Field("start")))
				}
			})},
		{ID: "ISS-005", Severity: check.Warning, Doc: "Every question is addressed to engineering, product or compliance.",
			Bad: func(p *Plan) { p.Questions.Items[0].Addressee = NoDomain },
			Check: eachQuestion(func(p *check.Pass[Plan], at check.Path, q Question) {
				chosen(p, at, "addressee", "who has to answer", q.Addressee, "engineering, product or compliance")
			})},
		{ID: "ISS-006", Doc: "Every question has a follow-up prompt or an item for an agenda.",
			Bad: func(p *Plan) { p.Questions.Items[0].Prompt = "" },
			Check: eachQuestion(func(p *check.Pass[Plan], at check.Path, q Question) {
				stated(p, at, "prompt", "the follow-up prompt", q.Prompt, "write the question to ask, or the item for an agenda")
			})},
		{ID: "ISS-008", Severity: check.Warning, Doc: "A register without questions says who says that nothing is open.",
			Bad: func(p *Plan) { p.Questions.Items = nil },
			Check: func(p *check.Pass[Plan]) {
				if q := &p.Subject.Questions; len(q.Items) == 0 && q.None.IsZero() {
					p.Report(check.Missing(questionsPath, "the register of questions", "or say in none who says that nothing is open"))
				}
			}},
		{ID: "ISS-009", Doc: "Every question has a text, and every place that waits for its answer is named.",
			Bad: func(p *Plan) { p.Questions.Items[0].Text = "" },
			Check: eachQuestion(func(p *check.Pass[Plan], at check.Path, q Question) {
				stated(p, at, "text", "the text", q.Text, "")
				for i, about := range q.About {
					if check.Blank(string(about)) {
						p.Report(check.Missing(at.Field("about").Index(i), "the place that waits for the answer", ""))
					}
				}
			})},
		{ID: "ISS-010", Doc: "An answer has a text and says who gave it and when.",
			Bad: func(p *Plan) { p.Questions.Items[1].Answer.By = "" },
			Check: eachQuestion(func(p *check.Pass[Plan], at check.Path, q Question) {
				if q.Answer.IsZero() {
					return
				}
				at = at.Field("answer")
				stated(p, at, "text", "the text of the answer", q.Answer.Text, "")
				stated(p, at, "by", "who answered", q.Answer.By, "name a person of the directory")
				readable(p, at, "at", "when it was answered", q.Answer.At)
			})},
	}
}

// eachQuestion is a check that looks at one question after the other.
func eachQuestion(look func(p *check.Pass[Plan], at check.Path, q Question)) func(*check.Pass[Plan]) {
	return func(p *check.Pass[Plan]) {
		for i, q := range p.Subject.Questions.Items {
			look(p, questionsPath.Index(i), q)
		}
	}
}

func checkNumbers(p *check.Pass[Plan]) {
	first := map[int]check.Path{}
	for i, q := range p.Subject.Questions.Items {
		at := questionsPath.Index(i).Field("number")
		if other, ok := first[q.Number]; ok {
			p.Report(check.Duplicate(at, q.Number, other))
			continue
		}
		first[q.Number] = at
		if n := len(p.Subject.Questions.Items); q.Number < 1 || q.Number > n {
			p.Report(check.Invalid(at, q.Number, fmt.Sprintf("%d questions are numbered from 1 to %d", n, n)))
		}
	}
}
