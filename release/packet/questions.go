package packet

import (
	"strings"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/lexicon"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// Questions drafts the questions that a packet leaves open and its register
// does not ask yet: one for every text that is to be decided, every place where
// nobody is named who answers, and every criterion whose outcome is unknown.
//
// Each has a number after those of the register, an addressee by the part of
// the packet that it is about, the release manager as owner, a prompt, and as
// its due date a day before the deployment window opens, in the operating zone:
// then the packet is circulated. A question about something that a sign-off or
// a deciding criterion waits for blocks. The drafts are for somebody to look at
// and to add by [release.Plan.WithQuestions].
func Questions(p Packet) []release.Question {
	d := draft{packet: &p, next: 1, asked: map[check.Path]bool{}, numbers: map[int]bool{}}
	for _, q := range p.Plan.Questions.Items {
		d.next = max(d.next, q.Number+1)
		d.numbers[q.Number] = true
		for _, at := range q.About {
			d.asked[at] = true
		}
	}
	d.due = dayBefore(p.Plan.Overview)
	seen := read(&p)
	d.undecided(seen.texts)
	d.unanswered(seen.parties)
	d.unknown()
	return d.questions
}

type draft struct {
	packet    *Packet
	next      int
	due       value.When
	asked     map[check.Path]bool // by the register
	numbers   map[int]bool        // of the register
	questions []release.Question
}

func (d *draft) ask(at check.Path, text, prompt string, blocking bool) {
	if d.asked[at] {
		return
	}
	d.asked[at] = true
	d.questions = append(d.questions, release.Question{
		Number: d.next, Text: text, Owner: d.packet.Plan.Overview.Manager, Due: d.due, Blocking: blocking,
		Addressee: addressee(at), Prompt: prompt, About: []check.Path{at},
	})
	d.next++
}

// dayBefore returns the day before the deployment window opens, and nothing if
// that cannot be told.
func dayBefore(o release.Overview) value.When {
	start, _, err := o.Window.Start.Interval()
	if err != nil {
		return value.When{}
	}
	zone, err := value.LoadZone(o.Zone)
	if err != nil {
		return value.When{}
	}
	year, month, day := start.In(zone).AddDate(0, 0, -1).Date()
	return value.Date(year, month, day).In(o.Zone)
}

// addressee is who has to answer a question about a part of the packet.
func addressee(at check.Path) release.Domain {
	for _, part := range []struct {
		root check.Path
		by   release.Domain
	}{
		{"compliance", release.ComplianceTeam}, {"plan.policy", release.ComplianceTeam},
		{"notes", release.Product}, {"comms", release.Product}, {"plan.scope", release.Product}, {"plan.overview.objectives", release.Product},
		{"plan.overview.outOfScope", release.Product}, {"plan.overview.success", release.Product},
	} {
		if at.Within(part.root) {
			return part.by
		}
	}
	return release.Engineering
}

// undecided asks about texts that say that something is to be decided and name
// no question of the register.
func (d *draft) undecided(texts []Text) {
	sources := make([]lexicon.Source, len(texts))
	for i, t := range texts {
		sources[i] = lexicon.Source{Path: string(t.Path), Text: t.Text}
	}
	for _, u := range lexicon.Read(sources, lexicon.Terms{}).Unknowns() {
		if u.Question != 0 && d.numbers[u.Question] {
			continue
		}
		t := texts[u.Source]
		if t.Path.Within("plan.questions") {
			continue // the register asks already
		}
		d.ask(t.Path, "Not decided: "+quoted(t.Text), "What stands in the place of "+quoted(t.Text[u.Start:u.End])+"?", true)
	}
}

// unanswered asks about places where nobody is named who answers.
func (d *draft) unanswered(all []party) {
	for _, p := range all {
		if !check.Blank(p.who) && !strings.HasPrefix(strings.ToUpper(strings.TrimSpace(p.who)), "TBD") {
			continue
		}
		if d.informs(p.path) {
			continue
		}
		d.ask(p.path, "Nobody is named as "+p.what, "Who is "+p.what+"?", true)
	}
}

// informs reports whether the path is the owner of a milestone that is only an
// information, for which nobody answers.
func (d *draft) informs(at check.Path) bool {
	for i, m := range d.packet.Plan.Timeline.Milestones {
		if m.Kind == release.Information && at == planPath.Field("timeline").Field("milestones").Index(i).Field("owner") {
			return true
		}
	}
	return false
}

// unknown asks about criteria whose outcome nobody knows.
func (d *draft) unknown() {
	for i, g := range d.packet.Catalog.Gates {
		decision, ok := d.packet.Decisions.Find(g.ID())
		if !ok {
			continue
		}
		for j, c := range g.Criteria {
			for _, a := range decision.Outcomes {
				if a.Criterion != c.ID || a.Effective != gates.Unknown {
					continue
				}
				at := catalogPath.Field("gates").Index(i).Field("criteria").Index(j)
				d.ask(at, g.ID()+" does not know "+c.ID+": "+a.Sentence(), "What does "+c.ID+" of "+g.ID()+" come to?", !c.Optional)
				break
			}
		}
	}
}

// quoted quotes a text, or its beginning if it is long.
func quoted(s string) string {
	const most = 80
	s = check.OneLine(s)
	if r := []rune(s); len(r) > most {
		s = string(r[:most-1]) + "…"
	}
	return `"` + s + `"`
}
