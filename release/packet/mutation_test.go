package packet_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// mutation changes one field of the good packet, of whatever type the field is.
type mutation struct {
	rule    string
	field   check.Path // the one that is changed
	at      string     // where the rule finds something, and nowhere else
	follows string     // rules that find something as well, since they have to
}

// others are mutations of rules whose own bad example changes several fields, or
// is found in many places.
var others = map[string]func(*packet.Packet){
	"OVR-009": func(p *packet.Packet) { p.Plan.Scope = p.Plan.Scope[2:] },
	"OVR-010": func(p *packet.Packet) { p.Plan.Scope[0].Components[0] = "not-a-component" },
	"DEP-006": func(p *packet.Packet) { p.Plan.Dependencies.Items[2].Status = release.Blocked },
	"MS-007":  func(p *packet.Packet) { p.Plan.Timeline.Freezes[0].Window.Start = when("2026-12-08T23:00:00-05:00") },
	"MS-009":  func(p *packet.Packet) { p.Plan.Overview.Window.End = p.Plan.Overview.Window.Start },
	"MS-016": func(p *packet.Packet) {
		p.Plan.Timeline.Freezes[0].Window.End = p.Plan.Timeline.Freezes[0].Window.Start
	},
	"CHK-013": func(p *packet.Packet) { p.Plan.Checklists.PostRelease[0].Alert.Limit = value.Quantity{} },
	"CHK-012": func(p *packet.Packet) { p.Plan.Dependencies.Items[3].Components = []string{"orders-api"} },
	"ISS-004": func(p *packet.Packet) { ask(p, p.Plan.Overview.Window.End) },
	"TOOL-003": func(p *packet.Packet) {
		p.Catalog.Gates[3].Dashboards[0] = "https://datadog.example.com/dashboard/other"
	},
	"X-004": func(p *packet.Packet) { p.Plan.Scope[0].Authors[0] = "nobody" },
	"X-009": func(p *packet.Packet) { p.Plan.Directory.People[0].Name = "" },
	"X-010": func(p *packet.Packet) {
		p.Plan.Directory.Roles[2].Delegations[0].Until = when("2026-12-01[America/New_York]")
	},
	"GATE-005": func(p *packet.Packet) { p.Catalog.Environments[3].SignOffs = nil },
	"GATE-009": func(p *packet.Packet) { p.Catalog.Gates[2].NoManual = release.Negative{} },
	"GATE-008": func(p *packet.Packet) { p.Catalog.Gates[0].Criteria[1].Optional = true },
	"GATE-010": func(p *packet.Packet) { p.Catalog.Gates[5].Criteria[1].Optional = true },
	"GATE-011": func(p *packet.Packet) { p.Catalog.Gates[5].Criteria[4].Optional = true },
	"GATE-012": func(p *packet.Packet) { p.Catalog.Gates[1].Criteria[0].Optional = true },
	"GATE-013": func(p *packet.Packet) {
		p.Catalog.Gates[3].Criteria = slices.Delete(p.Catalog.Gates[3].Criteria, 1, 4)
	},
	"GATE-014": func(p *packet.Packet) { p.Catalog.Gates[7].Criteria[0].Canary.Steps[3].Share = 90 },
	"GATE-015": func(p *packet.Packet) {
		faster := p.Catalog.Gates[5].Criteria[0].Clone()
		faster.AtMost.Limit.Value, faster.AtMost.Warn = 400, value.Quantity{}
		p.Catalog.Gates[6] = p.Catalog.Gates[6].WithCriteria(faster)
	},
	"GATE-030": func(p *packet.Packet) { p.Catalog.Gates[0].Captures[0].Format = "" },
	"GATE-003": func(p *packet.Packet) { p.Catalog.Gates[0].Criteria[0].Done = nil },
	"GATE-018": func(p *packet.Packet) { p.Catalog.Gates[4].Criteria[1].AtMost.Query.Yields.Unit = "furlongs" },
	"GATE-032": func(p *packet.Packet) { p.Catalog.Gates[4].Criteria[1].AtMost.Query.Connector = "" },
	"GATE-033": func(p *packet.Packet) { p.Catalog.Gates[7].Criteria[6].NotWaivable = true },
	"GATE-020": func(p *packet.Packet) { p.Decisions.Gates[5].Outcomes[0].Observed.Value = 451 },
	"GATE-031": func(p *packet.Packet) { p.Catalog.Gates[2].NoManual.By = "nobody" },
	"GATE-023": func(p *packet.Packet) { p.Catalog.Gates[0].Criteria[1].None.Query.Population = fact.Ask{} },
	"NOTE-003": func(p *packet.Packet) { p.Notes.Customers.Links = nil },
	"NOTE-010": func(p *packet.Packet) { p.Notes.Customers = notes.NewNote("Gift cards.") },
	"NOTE-005": func(p *packet.Packet) {
		p.Plan = p.Plan.WithScope(release.ScopeItem{ID: "REL-105", Title: "Gift card mails", Class: release.MustShip, Status: "Done"})
	},
	"COM-006": func(p *packet.Packet) { p.Comms.Messages[3].Cadence = comms.Cadence{} },
	"COM-003": func(p *packet.Packet) { p.Comms.Messages[1].Channels[0].Kind = comms.Email },
	"COM-004": func(p *packet.Packet) { p.Comms.Messages[3].Template = "gone" },
	"COM-007": func(p *packet.Packet) { p.Comms.Escalation = p.Comms.Escalation[:1] },
	"COM-008": func(p *packet.Packet) { p.Comms.Escalation[2].After = value.Duration(45 * time.Minute) },
	"COM-020": func(p *packet.Packet) { p.Plan.Rollback.Escalation[1].After = value.Duration(20 * time.Minute) },
	"CMP-002": func(p *packet.Packet) { p.Compliance.Approvals[0].Controls[0] = "CC8.4" },
	"CMP-008": func(p *packet.Packet) { p.Compliance.Repository = "" },
	"CMP-009": func(p *packet.Packet) { p.Compliance.Retention = value.Period{Days: 1} },
	"CMP-014": func(p *packet.Packet) { p.Decisions.Gates[7].Subject = "" },
	"CMP-015": func(p *packet.Packet) { p.Compliance.Approvals[1].Reason = "" },
	"CMP-016": func(p *packet.Packet) {
		p.Compliance.Approvals = slices.DeleteFunc(p.Compliance.Approvals, func(a compliance.Approval) bool { return a.By != "barbara" && a.ID != "A2" })
	},
	"CMP-021":  func(p *packet.Packet) { p.Compliance.Approvals[0].By = "edsger" },
	"GATE-027": func(p *packet.Packet) { p.Decisions.Gates[1].ValidUntil = p.Decisions.Gates[1].DecidedAt },
	"LANG-005": func(p *packet.Packet) {
		p.Plan.Overview.Objectives[0] = "Gift cards pay for orders, see the previous email"
	},
	"OPS-003": func(p *packet.Packet) { p.Comms.Messages[2].ID = "other" },
	"OPS-006": func(p *packet.Packet) {
		p.Plan.Overview.Window = release.Window{Start: p.Plan.Timeline.Milestones[0].At, End: p.Plan.Timeline.Milestones[1].At}
	},
	"X-008": func(p *packet.Packet) { ask(p, when("2026-12-08[America/New_York]")) },
}

// ask adds a question that blocks the release.
func ask(p *packet.Packet, due value.When) {
	p.Plan = p.Plan.WithQuestions(release.Question{Number: 3, Text: "Is the backfill over?", Owner: "dev-lead", Due: due, Blocking: true,
		Addressee: release.Engineering, Prompt: "Is the backfill over?"})
}

// Every rule sees what it is there to see: one field of the good packet is
// changed, and the rule finds it there, and no rule finds anything that does not
// follow. What was signed being another plan (CMP-014), and that the release
// goes all the same, follows from most.
func TestMutations(t *testing.T) {
	covered := map[string]bool{}
	for _, m := range mutations {
		covered[m.rule] = true
		t.Run(m.rule, func(t *testing.T) { m.test(t) })
	}
	for _, r := range packet.Rules() {
		if !covered[r.ID] {
			t.Errorf("%s has no mutation", r.ID)
		}
	}
}

func (m mutation) test(t *testing.T) {
	p := goodPacket()
	m.change(t)(&p)
	if at := changed(reflect.ValueOf(goodPacket()), reflect.ValueOf(p), ""); at != m.field {
		t.Errorf("it changes %q, want %q", at, m.field)
	}
	opts := everything()
	opts.Profile = packet.Strict()
	own, follow := map[string]bool{}, map[string]bool{}
	for _, f := range packet.Verify(p, opts).Findings {
		switch {
		case f.Rule == m.rule && (m.rule != "X-008" || f.Path != "decisions"):
			own[string(f.Path)] = true
		case f.Rule != "CMP-014" && f.Rule != "X-008":
			follow[f.Rule] = true
		}
	}
	if diff := cmp.Diff(m.at, strings.Join(slices.Sorted(maps.Keys(own)), " ")); diff != "" {
		t.Errorf("found at (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(m.follows, strings.Join(slices.Sorted(maps.Keys(follow)), " ")); diff != "" {
		t.Errorf("follows (-want +got):\n%s", diff)
	}
}

func (m mutation) change(t *testing.T) func(*packet.Packet) {
	if f, ok := others[m.rule]; ok {
		return f
	}
	for _, r := range packet.Rules() {
		if r.ID == m.rule {
			return r.Bad
		}
	}
	t.Fatalf("there is no rule %s", m.rule)
	return nil
}

// changed returns the smallest field that everything lies in that is not the
// same in both: a list, where elements came or went, or several are others.
func changed(a, b reflect.Value, at check.Path) check.Path {
	if reflect.DeepEqual(a.Interface(), b.Interface()) {
		return ""
	}
	var below []check.Path
	add := func(path check.Path) {
		if path != "" {
			below = append(below, path)
		}
	}
	switch {
	case a.Kind() == reflect.Struct && a.Type().NumField() > 0 && a.Type().Field(0).IsExported():
		for i := range a.NumField() {
			name, _, _ := strings.Cut(a.Type().Field(i).Tag.Get("json"), ",")
			if name == "" {
				add(changed(a.Field(i), b.Field(i), at)) // embedded
			} else {
				add(changed(a.Field(i), b.Field(i), at.Field(name)))
			}
		}
	case a.Kind() == reflect.Slice && a.Len() == b.Len():
		for i := range a.Len() {
			add(changed(a.Index(i), b.Index(i), at.Index(i)))
		}
	case a.Kind() == reflect.Pointer && !a.IsNil() && !b.IsNil():
		add(changed(a.Elem(), b.Elem(), at))
	}
	if len(below) == 1 {
		return below[0]
	}
	return at
}
