package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// withRegister returns the packet with a register of what it leaves open: what
// is missing as a whole, rows of the timeline that cannot be right, roles that
// nobody holds, and what [packet.Questions] drafts.
func withRegister(p packet.Packet, found check.Findings) packet.Packet {
	r := &register{packet: &p, due: dayBefore(p.Plan.Overview.Window.Start)}
	for _, a := range asks {
		if a.applies(&p, found) {
			r.ask(a.text, a.prompt, a.to, a.blocks, a.about...)
		}
	}
	r.askRows(found)
	r.askRoles()
	p.Plan = p.Plan.WithQuestions(r.questions...)
	drafts := packet.Questions(p)
	for i := range drafts {
		if drafts[i].Due.IsZero() {
			drafts[i].Due = r.due
		}
	}
	p.Plan = p.Plan.WithQuestions(drafts...)
	return p
}

func (a *ask) applies(p *packet.Packet, found check.Findings) bool {
	return a.missing != nil && a.missing(p) ||
		slices.ContainsFunc(found, func(f check.Finding) bool { return slices.Contains(a.rules, f.Rule) })
}

type register struct {
	packet    *packet.Packet
	due       value.When
	questions []release.Question
}

func (r *register) ask(text, prompt string, to release.Domain, blocks bool, about ...check.Path) {
	r.questions = append(r.questions, release.Question{
		Number: len(r.questions) + 1, Text: text, Owner: r.packet.Plan.Overview.Manager, Due: r.due, Blocking: blocks,
		Addressee: to, Prompt: prompt, About: about,
	})
}

// dayBefore returns the day before the written day, on which the packet has to
// be complete. Without the operating zone that is as close as it can be told.
func dayBefore(w value.When) value.When {
	day, err := time.Parse(time.DateOnly, w.DateString())
	if err != nil {
		return value.When{}
	}
	return value.Date(day.AddDate(0, 0, -1).Date())
}

// dateRules report rows of which nobody can tell when they are meant to be.
var dateRules = []string{"MS-001", "MS-002", "MS-014", "MS-015"}

// askRows asks about every row with a date that is missing or cannot be right,
// and with an owner whom nobody knows. That nobody is named is for
// [packet.Questions].
func (r *register) askRows(found check.Findings) {
	for i, m := range r.packet.Plan.Timeline.Milestones {
		at := milestonePath(i)
		if why := messagesAt(found, at.Field("at"), dateRules...); why != "" {
			r.ask(rowText(m, why), "When is "+called(m)+"?", release.Engineering, false, at.Field("at"))
		}
		if why := messagesAt(found, at.Field("owner"), "X-004"); why != "" {
			r.ask(rowText(m, why), "Who of the team answers for "+called(m)+"?", release.Engineering, false, at.Field("owner"))
		}
	}
}

func rowText(m release.Milestone, why string) string {
	return fmt.Sprintf("%s, line %d, %s: %s", m.Source.Document, m.Source.Line, called(m), why)
}

func called(m release.Milestone) string { return strconv.Quote(cmp.Or(m.Title, m.ID)) }

// messagesAt joins what the rules say of one place.
func messagesAt(found check.Findings, at check.Path, rules ...string) string {
	var all []string
	for _, f := range found {
		if f.Path == at && slices.Contains(rules, f.Rule) {
			all = append(all, f.Message)
		}
	}
	return strings.Join(all, "; ")
}

// askRoles asks who holds each role of the team that nobody holds, and with it
// who stands in.
func (r *register) askRoles() {
	all := r.packet.Plan.Directory.Roles
	place := func(i int) check.Path { return check.Path("plan.directory.roles").Index(i).Field("holders") }
	vacant := func(id string) int {
		return slices.IndexFunc(all, func(role release.Role) bool { return role.ID == id && len(role.Holders) == 0 })
	}
	for i, role := range all {
		lead, shadow := strings.TrimSuffix(role.ID, shadowSuffix), vacant(role.ID+shadowSuffix)
		switch {
		case len(role.Holders) > 0, strings.Contains(role.ID, jointly):
		case lead != role.ID && vacant(lead) < 0:
			r.ask("Nobody holds the role "+role.Title, "Who stands in for "+r.packet.Plan.Directory.Title(lead)+"?", release.Engineering, false, place(i))
		case lead != role.ID: // asked together with the lead
		case shadow >= 0:
			r.ask("Nobody holds the role "+role.Title+", and nobody stands in", "Who is "+role.Title+", and who stands in?", release.Engineering, true, place(i), place(shadow))
		default:
			r.ask("Nobody holds the role "+role.Title, "Who is "+role.Title+"?", release.Engineering, true, place(i))
		}
	}
}

// ask is one question about a part of the packet that the files say nothing of.
type ask struct {
	rules   []string                  // it is asked if one of them finds something,
	missing func(*packet.Packet) bool // or if this is so
	about   []check.Path
	to      release.Domain
	blocks  bool
	text    string
	prompt  string
}

// asks are the questions about what is missing as a whole, one for each part that
// somebody has to write, in the order of the deliverables. A part that rules look
// at is asked for when they report it; the others have a condition of their own.
var asks = []ask{
	{rules: []string{"OVR-002", "TIME-002"}, about: []check.Path{"plan.overview.window", "plan.overview.zone"}, to: release.Engineering, blocks: true,
		text: "The timeline gives the day of the release, but neither a time nor an operating time zone", prompt: "At what time, and in which time zone, is the release published?"},
	{rules: []string{"OVR-005"}, about: []check.Path{"plan.overview.components"}, to: release.Engineering, blocks: true,
		text: "The components of the release are not listed", prompt: "Which components take part, each with its version, commit and artifact digest?"},
	{rules: []string{"OVR-006"}, about: []check.Path{"plan.overview.objectives"}, to: release.Product,
		text: "The release has no objective", prompt: "What is the release to achieve, and for whom?"},
	{rules: []string{"OVR-007", "OVR-009"}, about: []check.Path{"plan.scope", "plan.overview.outOfScope"}, to: release.Product, blocks: true,
		text: "The scope is not written down", prompt: "Which enhancements must ship, which ones can wait, and what is out of scope?"},
	{rules: []string{"RSK-004"}, about: []check.Path{"plan.overview.rollbackSLA"}, to: release.Engineering, blocks: true,
		text: "There is no rollback SLA", prompt: "Within what time after a decision to roll back are users served again?"},
	{rules: []string{"RSK-005"}, about: []check.Path{"plan.overview.flags"}, to: release.Engineering,
		text: "Feature gates are not listed", prompt: "Which feature gates does the release turn, with which default, and how is each one turned off?"},
	{rules: []string{"RSK-006"}, about: []check.Path{"plan.overview.impact"}, to: release.Product, blocks: true,
		text: "There is no threshold of customer impact", prompt: "Beyond which number, for how long, are users hurt?"},
	{rules: []string{"OVR-015"}, about: []check.Path{"plan.overview.success"}, to: release.Product,
		text: "Nothing measures success", prompt: "Which number, read where, shows afterwards that the release was worth it?"},
	{rules: []string{"DEP-005"}, about: []check.Path{"plan.dependencies"}, to: release.Engineering,
		text: "Dependencies are not listed", prompt: "What does the release depend on, who owns it, when is it due and how far is it? Of which kinds is there none?"},
	{rules: []string{"MS-003"}, about: []check.Path{"plan.timeline.milestones"}, to: release.Engineering,
		text: "Rows of the timeline do not say what has to be true", prompt: "Which number, link or artifact shows that each milestone is done?"},
	{rules: []string{"MS-004"}, about: []check.Path{"plan.timeline.milestones"}, to: release.Engineering,
		text: "The timeline has no QA sign-off, no dry run or no submission to a change board", prompt: "Who signs off quality, when is the release rehearsed, and who approves the change?"},
	{rules: []string{"MS-005"}, about: []check.Path{"plan.timeline.buffers"}, to: release.Engineering,
		text: "No time is kept in reserve", prompt: "By how much may the release slip, and who decides that it does?"},
	{rules: []string{"K8S-003"}, about: []check.Path{"plan.timeline.freezes"}, to: release.Engineering,
		text: "Some freezes begin and do not end", prompt: "Until when does each freeze hold, and where?"},
	{missing: unsigned, about: []check.Path{"catalog.approvals"}, to: release.Engineering, blocks: true,
		text: "Sign-offs of the gates are in no file", prompt: "Where do those who sign a gate say so?"},
	{rules: []string{"CHK-001"}, about: []check.Path{"plan.checklists"}, to: release.Engineering,
		text: "There are no checklists", prompt: "What is done before, during and after the release and when it is rolled back, by which role?"},
	{rules: []string{"CHK-009", "CHK-016", "CHK-017"}, about: []check.Path{"plan.rollback"}, to: release.Engineering, blocks: true,
		text: "The way back is not planned", prompt: "When is the release rolled back, who decides, who is called next, and what is owed afterwards?"},
	{missing: riskless, about: []check.Path{"plan.risks"}, to: release.Engineering,
		text: "No risk is listed", prompt: "What can go wrong, how likely and how bad is it, and who mitigates it?"},
	{rules: []string{"NOTE-002", "NOTE-003", "NOTE-009"}, about: []check.Path{"notes"}, to: release.Product,
		text: "The notes tell changes only", prompt: "What are benefits, risks, known issues and remedies, and where are article, dashboard, runbook and the word on compliance?"},
	{rules: []string{"COM-001"}, about: []check.Path{"comms.messages"}, to: release.Product,
		text: "There is no communication plan", prompt: "Who tells whom what, when and through which channel, and with which template?"},
	{rules: []string{"COM-007"}, about: []check.Path{"comms.escalation"}, to: release.Product,
		text: "There is no escalation matrix", prompt: "Who is told of a critical blocker, within what time and through which channels?"},
	{rules: []string{"CMP-004"}, about: []check.Path{"compliance.approvals"}, to: release.ComplianceTeam,
		text: "Exceptions are answered by nobody who is named", prompt: "Who approved or rejected each exception, and why?"},
	{rules: []string{"CMP-001", "CMP-003"}, about: []check.Path{"compliance.approvals"}, to: release.ComplianceTeam,
		text: "Approvals name neither controls nor clauses of a policy", prompt: "Which controls and which clauses does each approval satisfy?"},
	{rules: []string{"CMP-006"}, about: []check.Path{"compliance.requester", "compliance.deployers"}, to: release.ComplianceTeam,
		text: "It is not said who asks for the change and who deploys it", prompt: "Who may not approve, because they asked for the release or publish it?"},
	{rules: []string{"CMP-008", "CMP-009", "GATE-004"}, about: []check.Path{"compliance.repository", "compliance.retention"}, to: release.ComplianceTeam, blocks: true,
		text: "Evidence has neither a place nor a retention", prompt: "Where is the evidence of gates and approvals kept, and for how long?"},
	{rules: []string{"CMP-011", "CMP-012"}, about: []check.Path{"compliance.privacy", "compliance.legal"}, to: release.ComplianceTeam, blocks: true,
		text: "Nobody speaks of privacy and law", prompt: "Which assessment and which sign-off are there, or who says that none is needed, and why?"},
	{missing: lawless, about: []check.Path{"plan.policy"}, to: release.ComplianceTeam,
		text: "There is no policy", prompt: "Which policy of change management holds: lead times, least retention, notice to users, working days?"},
	{rules: []string{"TOOL-002"}, about: []check.Path{"plan.tooling.automation"}, to: release.Engineering,
		text: "What runs by itself is not said", prompt: "Which jobs build, test and publish the release, and what starts them?"},
}

// unsigned reports whether no gate has a sign-off that counts.
func unsigned(p *packet.Packet) bool {
	for _, d := range p.Decisions.Gates {
		for _, s := range d.SignOffs {
			if s.Met() {
				return false
			}
		}
	}
	return true
}

func riskless(p *packet.Packet) bool { return len(p.Plan.Risks) == 0 }

func lawless(p *packet.Packet) bool {
	return check.Blank(p.Plan.Policy.Name) && p.Plan.Policy.Link.IsZero()
}
