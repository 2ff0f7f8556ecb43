package packet

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/internal/lexicon"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// lexical is a rule about the words of every text.
type lexical struct {
	id       string
	severity check.Severity
	doc      string
	bad      string // a text that the rule finds fault with
	why      string // said of the term that was found
	find     func(*lexicon.Document) []lexicon.Found
}

func languageRules() []check.Rule[Packet] {
	rules := []check.Rule[Packet]{
		{ID: "ISS-007", Doc: "What is to be decided names the question of the register that asks for it, as in “TBD (question 3)”.",
			Bad:   func(p *Packet) { p.Plan.Dependencies.Items[0].Title = "App store review, date TBD" },
			Check: checkUndecided},
	}
	for _, l := range []lexical{
		{"LANG-001", check.Error, "No modifier is vague.", "Orders are confirmed reasonably fast", "is vague", (*lexicon.Document).Vague},
		{"LANG-002", check.Error, "What somebody has to do, or what has to hold, leaves no way out.", "You should follow runbook RB-88",
			"leaves a way out", (*lexicon.Document).Hedges},
		{"LANG-003", check.Error, "Every acronym is explained, in the glossary or in the text, or is common in release engineering.",
			"Orders pass the ZQX", "is not explained", (*lexicon.Document).UndefinedAcronyms},
		{"LANG-004", check.Error, "An acronym stands for one thing.", "The change approval bureau (CAB) decides",
			"is explained otherwise elsewhere", (*lexicon.Document).AmbiguousAcronyms},
		{"LANG-005", check.Error, "Nothing refers to what the reader does not have.", "Gift cards pay for orders as discussed in the meeting",
			"refers to what the reader does not have", (*lexicon.Document).ExternalContext},
		{"LANG-006", check.Error, "No date depends on when it is read.", "Gift cards open next Friday",
			"depends on when it is read", (*lexicon.Document).RelativeDates},
		{"LANG-007", check.Error, "A quantity has a number.", "Several services change", "has no number", (*lexicon.Document).Unquantified},
		{"LANG-008", check.Info, "A task says who acts.", "The flag will be turned on", "does not say who acts", (*lexicon.Document).Ownerless},
		{"LANG-009", check.Error, "Nothing is still to be filled in.", "Lorem ipsum", "is still to be filled in", (*lexicon.Document).Placeholders},
		{"MS-014", check.Error, "A day of the week is that of the date beside it.", "Gift cards open on Wednesday, 2026-12-08",
			"is not that day of the week", (*lexicon.Document).WrongWeekdays},
		{"SPL-001", check.Error, "Products are spelt as their makers do.", "Builds run on Github", "is spelt otherwise", (*lexicon.Document).Misspelt},
		{"SPL-002", check.Error, "Components and flags are called by their names.", "Restart order-api", "is nearly the name of a component",
			(*lexicon.Document).NearNames},
		{"SPL-003", check.Error, "Frameworks and standards are called by their names.", "The change meets SOC2", "is spelt otherwise",
			(*lexicon.Document).MisspeltFrameworks},
		{"SPL-004", check.Warning, "A term is spelt in one way.", "ArgoCD deploys; Argo CD reports", "is spelt in another way elsewhere",
			(*lexicon.Document).MixedCasing},
		{"TIME-001", check.Error, "Dates and times are written as RFC 3339 has them.", "Gift cards open Dec 8, 10pm",
			"is not how RFC 3339 writes it", (*lexicon.Document).ForeignDates},
	} {
		rules = append(rules, l.rule())
	}
	return rules
}

func (l lexical) rule() check.Rule[Packet] {
	bad := func(p *Packet) { p.Plan.Overview.Objectives[0] = l.bad }
	switch l.id {
	case "LANG-002":
		bad = func(p *Packet) { p.Plan.Checklists.Deployment[0].Text = l.bad }
	case "LANG-008":
		bad = func(p *Packet) { p.Plan.Checklists.Deployment[3].Text = l.bad }
	}
	return check.Rule[Packet]{ID: l.id, Severity: l.severity, Doc: l.doc, Bad: bad, Check: wordCheck(l.find, l.why)}
}

// wordCheck reports what a detector finds, at the text in which it stands. A
// term that is lawful in places weighs less than the rule.
func wordCheck(find func(*lexicon.Document) []lexicon.Found, why string) func(*check.Pass[Packet]) {
	return func(p *check.Pass[Packet]) {
		x := indexed(p)
		for _, f := range find(x.Document) {
			found := check.Invalid(x.texts[f.Source].Path, f.Term, why)
			found.Hint, found.Severity = f.Suggest, weight[f.Grade]
			p.Report(found)
		}
	}
}

var weight = map[lexicon.Grade]check.Severity{lexicon.Error: check.Error, lexicon.Warning: check.Warning, lexicon.Info: check.Info}

// checkUndecided looks at texts, and at who is still to be named. The register
// itself may say what is open.
func checkUndecided(p *check.Pass[Packet]) {
	x, asked := indexed(p), map[int]bool{}
	about := map[check.Path]bool{}
	for _, q := range p.Subject.Plan.Questions.Items {
		asked[q.Number] = true
		for _, at := range q.About {
			about[at] = true
		}
	}
	open := func(at check.Path, marker string, question int) {
		switch {
		case at.Within("plan.questions"), asked[question]:
		case question != 0:
			p.Report(check.Unresolved(at, question, "the number of a question of the register"))
		default:
			f := check.Invalid(at, marker, "names no question of the register")
			f.Hint = fmt.Sprintf("write %q, and ask it there", "TBD (question 3)")
			p.Report(f)
		}
	}
	for _, u := range x.Unknowns() {
		open(x.texts[u.Source].Path, u.Term, u.Question)
	}
	for _, party := range x.parties {
		if !about[party.path] && strings.HasPrefix(strings.ToUpper(strings.TrimSpace(party.who)), "TBD") {
			question := 0
			for _, u := range lexicon.Read([]lexicon.Source{{Text: party.who}}, lexicon.Terms{}).Unknowns() {
				question = u.Question
			}
			open(party.path, party.who, question)
		}
	}
}

// widened are rules of one part that look at more of a packet: the id stays, and
// so does what the part alone can see.
func widened(rules []check.Rule[Packet]) []check.Rule[Packet] {
	for _, more := range []struct {
		id    string
		doc   string // what has to hold beside
		check func(*check.Pass[Packet])
	}{
		{"MS-015", "Texts have no other date either.", wordCheck((*lexicon.Document).ImpossibleDates, "is in no calendar")},
		{"NOTE-008", "The plan has that risk, and the risk has all four.", checkCallouts},
		{"TOOL-003", "So are those of the gates.", checkDashboardsListed},
		{"X-006", "So is what texts call risk R1, milestone M2 or question 3, and the scope has every id of its series.", checkMentions},
	} {
		i := slices.IndexFunc(rules, func(r check.Rule[Packet]) bool { return r.ID == more.id })
		own := rules[i].Check
		rules[i].Doc += " " + more.doc
		rules[i].Check = func(p *check.Pass[Packet]) {
			own(p)
			more.check(p)
		}
	}
	return rules
}

// dated reads a date or a moment as texts have it.
func dated(text string) (value.When, bool) {
	w, err := value.ParseWhen(text)
	return w, err == nil
}
