package render

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/render/internal/reading"
)

// counted is a count that a body may print, and what it has to be.
type counted struct {
	reading.Place
	label  string
	n, all int
}

// counts are those of a packet, wherever a body may group items.
func counts(r *rendering) []counted {
	plan := &r.packet.Plan
	var all []counted
	add := func(section, sub, label string, n, of int) {
		all = append(all, counted{reading.Place{Section: section, Sub: sub}, label, n, of})
	}
	ready := 0
	for i := range plan.Dependencies.Items {
		if d := &plan.Dependencies.Items[i]; d.Status == release.Ready {
			ready++
		}
	}
	add(dependenciesTitle, "", "Ready", ready, len(plan.Dependencies.Items))
	completed := 0
	for _, m := range plan.Timeline.Milestones {
		if !m.Completed.IsZero() {
			completed++
		}
	}
	add(timelineTitle, "", "Completed", completed, len(plan.Timeline.Milestones))
	add(timelineTitle, "", "Open", len(plan.Timeline.Milestones)-completed, len(plan.Timeline.Milestones))
	c := &plan.Checklists
	for _, list := range []struct {
		title string
		tasks []release.Task
	}{{"Pre-release readiness", c.PreRelease}, {"Deployment execution", c.Deployment}, {"Post-release monitoring", c.PostRelease},
		{"Rollback and incident response", c.Rollback}} {
		done := 0
		for _, t := range list.tasks {
			if t.State.Done {
				done++
			}
		}
		add(checklistsTitle, list.title, "Tasks done", done, len(list.tasks))
		add(checklistsTitle, list.title, "Shown", tasksBelow(r.body, list.title), len(list.tasks))
	}
	add(commsTitle, "", "Others", len(r.packet.Comms.Messages)-rowsOf(r.body, commsTitle, "Phase"), len(r.packet.Comms.Messages))
	approved, waiting := 0, 0
	for _, a := range r.packet.Compliance.Approvals {
		switch a.Status {
		case compliance.Approved:
			approved++
		case compliance.Pending:
			waiting++
		}
	}
	add(complianceTitle, "", "Approved", approved, len(r.packet.Compliance.Approvals))
	add(complianceTitle, "", "Pending", waiting, len(r.packet.Compliance.Approvals))
	answered, harmless := 0, 0
	for i := range plan.Questions.Items {
		switch q := &plan.Questions.Items[i]; {
		case !q.Open():
			answered++
		case !q.Blocking:
			harmless++
		}
	}
	add(registerTitle, "", "Answered", answered, len(plan.Questions.Items))
	add(registerTitle, "", "Not blocking", harmless, len(plan.Questions.Items))
	return all
}

func tasksBelow(page *reading.Page, sub string) int {
	n := 0
	for _, i := range page.Items {
		if i.Task && i.Section == checklistsTitle && i.Sub == sub {
			n++
		}
	}
	return n
}

// rowsOf counts the rows of the first table of a section that has the column.
func rowsOf(page *reading.Page, section, column string) int {
	for i := range page.Tables {
		if t := &page.Tables[i]; t.Section == section && t.Column(column) >= 0 {
			return len(t.Rows)
		}
	}
	return 0
}

var shareOf = regexp.MustCompile(`^([A-Z][a-z ]*): (\d+) of (\d+)\b`)

func checkCounts(p *check.Pass[rendering]) {
	r := p.Subject
	wanted := map[counted]bool{}
	labels := map[string]bool{}
	for _, c := range counts(r) {
		wanted[c] = true
		labels[c.Section+"/"+c.label] = true
	}
	look := func(at reading.Place, s string) {
		m := shareOf.FindStringSubmatch(s)
		if m == nil || !labels[at.Section+"/"+m[1]] {
			return
		}
		n, _ := strconv.Atoi(m[2])
		all, _ := strconv.Atoi(m[3])
		if !wanted[counted{at, m[1], n, all}] {
			p.Report(check.Invalid("", m[0], "is on the body below "+at.Section+", and the packet counts otherwise"))
		}
	}
	for _, i := range r.body.Items {
		look(i.Place, i.Text)
	}
	for _, t := range r.body.Texts {
		look(t.Place, t.Text)
	}
	checkKinds(p)
}

// checkKinds compares the numbers in the names of rows of the overview.
func checkKinds(p *check.Pass[rendering]) {
	plan := &p.Subject.packet.Plan
	wanted := map[string]int{}
	for _, c := range plan.Overview.Components {
		wanted[kindTitle(c.Kind)]++
	}
	for _, s := range plan.Scope {
		switch s.Class {
		case release.MustShip:
			wanted["Must ship"]++
		case release.Deferrable:
			wanted["Deferrable"]++
		}
	}
	for _, t := range p.Subject.body.Tables {
		if t.Section != overviewTitle {
			continue
		}
		for _, row := range t.Rows {
			name, number, ok := strings.Cut(strings.TrimSuffix(row[0], ")"), " (")
			want, known := wanted[name]
			if ok && known && number != strconv.Itoa(want) {
				p.Report(check.Invalid("", row[0], fmt.Sprintf("is on the body, and the packet has %d", want)))
			}
		}
	}
}

// kindTitle is what the row of components of a kind is called.
func kindTitle(k release.ComponentKind) string {
	switch k {
	case release.Service:
		return "Services"
	case release.Mobile:
		return "Mobile"
	case release.Web:
		return "Web"
	case release.Library:
		return "Libraries"
	case release.Infrastructure:
		return "Infrastructure"
	case release.Repository:
		return "Repositories"
	default:
		return "Components of a kind not given"
	}
}
