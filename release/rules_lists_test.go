package release_test

import (
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

func TestOverviewRows(t *testing.T) {
	runRows(t, []rulesRow{
		{"commit by the name of a branch", func(p *release.Plan) { p.Overview.Components[0].Commit = "main" }, []string{"OVR-014@overview.components[0].commit"}},
		{"commit of six digits", func(p *release.Plan) { p.Overview.Components[0].Commit = "abc123" }, []string{"OVR-014@overview.components[0].commit"}},
		{"commit of seven digits", func(p *release.Plan) { p.Overview.Components[0].Commit = "9FCEB02" }, nil},
		{"artifact by its tag", func(p *release.Plan) { p.Overview.Components[0].Artifact = "v4.12.0" }, []string{"OVR-014@overview.components[0].artifact"}},
		{"neither version nor commit", func(p *release.Plan) {
			p.Overview.Components[0].Version, p.Overview.Components[0].Commit = "TBD", ""
		}, []string{"OVR-005@overview.components[0].version"}},
		{"owned by a person", func(p *release.Plan) { p.Overview.Components[0].Owner = "ada" }, []string{"X-004@overview.components[0].owner"}},
		{"owner to be decided", func(p *release.Plan) { p.Overview.Components[0].Owner = release.TBD(1) }, nil},
		{"a hotfix", func(p *release.Plan) { p.Overview.Urgency = release.Hotfix }, nil},
		{"a hotfix has a way back all the same", func(p *release.Plan) { p.Overview.Urgency, p.Rollback.Matrix = release.Hotfix, nil }, []string{"CHK-009@rollback.matrix"}},

		{"nothing is out of scope, says somebody", func(p *release.Plan) {
			p.Overview.OutOfScope, p.Overview.NoBoundary = nil, release.Negative{By: "ada", Reason: "it is all that is planned"}
		}, nil},
		{"nothing is out of scope, says nobody", func(p *release.Plan) {
			p.Overview.OutOfScope, p.Overview.NoBoundary = nil, release.Negative{Reason: "it is all that is planned"}
		}, []string{"X-013@overview.noBoundary.by"}},
		{"nothing is out of scope, and something", func(p *release.Plan) { p.Overview.NoBoundary = release.Negative{By: "ada", Reason: "x"} },
			[]string{"X-013@overview.noBoundary"}},
		{"out of scope to be decided", func(p *release.Plan) { p.Overview.OutOfScope = []string{"TBD (question 1)"} }, []string{"OVR-007@overview.outOfScope[0]"}},

		{"no flags, says somebody", func(p *release.Plan) {
			p.Overview.Flags, p.Overview.NoFlags = nil, release.Negative{By: "dev-lead", Reason: "no code path is new"}
			p.Dependencies.Items[2].Kind, p.Dependencies.Items[2].Flag = release.Downstream, ""
			p.Dependencies.None = append(p.Dependencies.None, release.NoDependency{Kind: release.FeatureFlag, Negative: p.Overview.NoFlags})
		}, nil},
		{"no flags, and some", func(p *release.Plan) { p.Overview.NoFlags = release.Negative{By: "dev-lead", Reason: "x"} }, []string{"X-013@overview.noFlags"}},
		{"no flags, says somebody to be decided", func(p *release.Plan) {
			p.Overview.Flags, p.Overview.NoFlags = nil, release.Negative{By: "TBD", Reason: "x"}
			p.Dependencies.Items[2].Kind, p.Dependencies.Items[2].Flag = release.Downstream, ""
		}, []string{"DEP-005@dependencies", "X-013@overview.noFlags.by"}},

		{"impact at once", func(p *release.Plan) { p.Overview.Impact[0].For = 0 }, []string{"RSK-006@overview.impact[0].for"}},
		{"impact of no number", func(p *release.Plan) { p.Overview.Impact[0].Limit = value.Quantity{} }, []string{"RSK-006@overview.impact[0].limit"}},
		{"impact that a person looks at", func(p *release.Plan) { p.Overview.Impact[0].Query = fact.Query{} }, nil},
		{"success that a person looks up", func(p *release.Plan) { p.Overview.Success[0].Query = fact.Query{} }, nil},
		{"success of no source", func(p *release.Plan) { p.Overview.Success[0].Query, p.Overview.Success[0].Source = fact.Query{}, "" },
			[]string{"OVR-016@overview.success[0].source"}},
		{"success of no target", func(p *release.Plan) { p.Overview.Success[0].Target = value.Quantity{} }, []string{"OVR-016@overview.success[0].target"}},
	})
}

func TestChecklistRows(t *testing.T) {
	text := func(text string) func(p *release.Plan) {
		return func(p *release.Plan) { p.Checklists.PreRelease[1].Text = text }
	}
	topic := func(list *[]release.Task, i int) { (*list)[i].Topic = release.OtherTopic }
	runRows(t, []rulesRow{
		{"no verb", text("Security review SEC-310"), []string{"CHK-004@checklists.preRelease[1].text"}},
		{"a participle", text("Reviewed SEC-310"), []string{"CHK-004@checklists.preRelease[1].text"}},
		{"to be decided", text("TBD"), []string{"CHK-004@checklists.preRelease[1].text", "CHK-018@checklists.preRelease[1].text"}},
		{"a verb in lower case", text(" close SEC-310"), nil},
		{"a verb with a colon", text("Verify: SEC-310 is closed"), nil},

		{"no documentation", func(p *release.Plan) { topic(&p.Checklists.PreRelease, 0) }, []string{"CHK-005@checklists.preRelease"}},
		{"no security", func(p *release.Plan) { topic(&p.Checklists.PreRelease, 1) }, []string{"CHK-005@checklists.preRelease"}},
		{"no disaster recovery", func(p *release.Plan) { topic(&p.Checklists.PreRelease, 2) }, []string{"CHK-005@checklists.preRelease"}},
		{"no capacity", func(p *release.Plan) { topic(&p.Checklists.PreRelease, 3) }, []string{"CHK-005@checklists.preRelease"}},
		{"no runbook", func(p *release.Plan) { topic(&p.Checklists.Deployment, 0) }, []string{"CHK-006@checklists.deployment"}},
		{"no approval", func(p *release.Plan) { topic(&p.Checklists.Deployment, 1) }, []string{"CHK-006@checklists.deployment"}},
		{"no sequence", func(p *release.Plan) { topic(&p.Checklists.Deployment, 2) }, []string{"CHK-006@checklists.deployment"}},
		{"no communication", func(p *release.Plan) { topic(&p.Checklists.Deployment, 3) }, []string{"CHK-006@checklists.deployment"}},
		{"no alert", func(p *release.Plan) { topic(&p.Checklists.PostRelease, 0) }, []string{"CHK-007@checklists.postRelease"}},
		{"no anomaly", func(p *release.Plan) { topic(&p.Checklists.PostRelease, 1) }, []string{"CHK-007@checklists.postRelease"}},
		{"no feedback", func(p *release.Plan) { topic(&p.Checklists.PostRelease, 2) }, []string{"CHK-007@checklists.postRelease"}},
		{"no decision", func(p *release.Plan) { topic(&p.Checklists.Rollback, 0) }, []string{"CHK-008@checklists.rollback"}},
		{"no escalation", func(p *release.Plan) { topic(&p.Checklists.Rollback, 1) }, []string{"CHK-008@checklists.rollback"}},
		{"no after-action", func(p *release.Plan) { topic(&p.Checklists.Rollback, 2) }, []string{"CHK-008@checklists.rollback"}},
		{"a topic of another phase", func(p *release.Plan) {
			p.Checklists.Deployment = append(p.Checklists.Deployment, release.Task{ID: "E9", Text: "Watch errors", Role: "sre-lead", Topic: release.AnomalyResponse})
		}, nil},

		{"tagged with a person", func(p *release.Plan) { p.Checklists.Deployment[0].Role = "ada" }, []string{"CHK-010@checklists.deployment[0].role"}},
		{"an alert of nothing", func(p *release.Plan) { p.Checklists.PostRelease[0].Alert = release.Condition{} }, []string{
			"CHK-013@checklists.postRelease[0].alert.metric", "CHK-013@checklists.postRelease[0].alert.beyond", "CHK-013@checklists.postRelease[0].alert.limit"}},
		{"half an alert on another task", func(p *release.Plan) { p.Checklists.PostRelease[1].Alert.Metric = "errors" }, []string{
			"CHK-013@checklists.postRelease[1].alert.beyond", "CHK-013@checklists.postRelease[1].alert.limit"}},
		{"after the action, some time", func(p *release.Plan) { p.Checklists.Rollback[2].Within, p.Rollback.Commitments[0].Within = 0, 0 },
			[]string{"CHK-014@checklists.rollback[2].within", "CHK-014@rollback.commitments[0].within"}},
		{"done by nobody", func(p *release.Plan) { p.Checklists.Deployment[0].State.Done = true },
			[]string{"CHK-019@checklists.deployment[0].state.by", "CHK-019@checklists.deployment[0].state.at"}},
		{"not done, but by somebody", func(p *release.Plan) { p.Checklists.Deployment[0].State.By = "ada" }, []string{"CHK-019@checklists.deployment[0].state.done"}},
		{"done by a role", func(p *release.Plan) { p.Checklists.PreRelease[0].State.By = "sre-lead" }, []string{"X-004@checklists.preRelease[0].state.by"}},
	})
}

func TestWayBackRows(t *testing.T) {
	runRows(t, []rulesRow{
		{"a signal of no number", func(p *release.Plan) { p.Rollback.Matrix[0].When = release.Condition{} }, []string{
			"CHK-009@rollback.matrix[0].when.metric", "CHK-009@rollback.matrix[0].when.beyond", "CHK-009@rollback.matrix[0].when.limit"}},
		{"who decides stands in for itself", func(p *release.Plan) { p.Rollback.Matrix[0].Delegate = "sre-on-call" }, []string{"CHK-009@rollback.matrix[0].delegate"}},
		{"who decides is a person", func(p *release.Plan) { p.Rollback.Matrix[0].Owner = "ada" }, []string{"X-004@rollback.matrix[0].owner"}},
		{"levels the wrong way", func(p *release.Plan) {
			e := p.Rollback.Escalation
			e[1], e[2] = e[2], e[1]
		}, []string{"CHK-016@rollback.escalation[2].after"}},
		{"two levels at once", func(p *release.Plan) { p.Rollback.Escalation[1].After = 0 }, []string{"CHK-016@rollback.escalation[1].after"}},
		{"a level that is its own delegate", func(p *release.Plan) { p.Rollback.Escalation[1].Delegate = "sre-lead" }, []string{"CHK-016@rollback.escalation[1].delegate"}},
		{"a level that is nobody", func(p *release.Plan) { p.Rollback.Escalation[1].Role = "board" }, []string{"X-004@rollback.escalation[1].role"}},
		{"owed by nobody who is known", func(p *release.Plan) { p.Rollback.Commitments[0].Owner = "kent" }, []string{"X-004@rollback.commitments[0].owner"}},
		{"owed by a person", func(p *release.Plan) { p.Rollback.Commitments[0].Owner = "ada" }, nil},
		{"a risk of no rating", func(p *release.Plan) {
			p.Risks = append(p.Risks, release.Risk{ID: "R3"})
		}, []string{"RSK-001@risks[2].probability", "RSK-001@risks[2].impact", "RSK-001@risks[2].mitigation", "RSK-001@risks[2].contingency",
			"RSK-003@risks[2].owner", "RSK-008@risks[2].title"}},
		{"a risk beyond the scale", func(p *release.Plan) { p.Risks[0].Impact = release.High + 1 }, []string{"RSK-002@risks[0].impact"}},
		{"a risk of nobody who is known", func(p *release.Plan) { p.Risks[0].Owner = "kent" }, []string{"X-004@risks[0].owner"}},
	})
}

func TestQuestionRows(t *testing.T) {
	blocking := func(due string) func(p *release.Plan) {
		return func(p *release.Plan) { p.Questions.Items[0].Blocking, p.Questions.Items[0].Due = true, when(due) }
	}
	runRows(t, []rulesRow{
		{"in another order", func(p *release.Plan) { p.Questions.Items[0].Number, p.Questions.Items[1].Number = 2, 1 }, nil},
		{"a number twice", func(p *release.Plan) { p.Questions.Items[1].Number = 1 }, []string{"ISS-001@questions.items[1].number"}},
		{"a gap", func(p *release.Plan) { p.Questions.Items[1].Number = 3 }, []string{"ISS-001@questions.items[1].number"}},
		{"number nought", func(p *release.Plan) { p.Questions.Items[0].Number = 0 }, []string{"ISS-001@questions.items[0].number"}},
		{"owned by nobody who is known", func(p *release.Plan) { p.Questions.Items[0].Owner = "kent" }, []string{"X-004@questions.items[0].owner"}},
		{"blocks, due on the day of the window", blocking("2026-12-08"), nil},
		{"blocks, due as the window opens", blocking("2026-12-08T22:00:00-05:00"), []string{"ISS-004@questions.items[0].due"}},
		{"blocks, due the day after", blocking("2026-12-09[America/New_York]"), []string{"ISS-004@questions.items[0].due"}},
		{"blocks, due by a deadline that is over after it opened", blocking("2026-12-08[AoE]"), []string{"ISS-004@questions.items[0].due"}},
		{"does not block", func(p *release.Plan) { p.Questions.Items[0].Due = when("2026-12-20") }, nil},
		{"blocked, but answered", func(p *release.Plan) { p.Questions.Items[1].Due = when("2026-12-20") }, nil},
		{"answered by a role", func(p *release.Plan) { p.Questions.Items[1].Answer.By = "sre-lead" }, []string{"X-004@questions.items[1].answer.by"}},
		{"answered by somebody with nothing", func(p *release.Plan) { p.Questions.Items[0].Answer = release.Answer{By: "ada"} },
			[]string{"ISS-010@questions.items[0].answer.text", "ISS-010@questions.items[0].answer.at"}},
		{"answer to be decided", func(p *release.Plan) { p.Questions.Items[1].Answer.Text = "TBD" }, []string{"ISS-010@questions.items[1].answer.text"}},
		{"nothing open, says somebody", func(p *release.Plan) {
			p.Questions = release.Questions{None: release.Negative{By: "release-manager", Reason: "all is answered"}}
		}, nil},
		{"nothing open, says nobody", func(p *release.Plan) { p.Questions = release.Questions{} }, []string{"ISS-008@questions.items"}},
		{"nothing open, and all is answered", func(p *release.Plan) {
			p.Questions.Items = p.Questions.Items[1:]
			p.Questions.Items[0].Number = 1
			p.Questions.None = release.Negative{By: "release-manager", Reason: "all is answered"}
		}, nil},
		{"nothing open, and something", func(p *release.Plan) { p.Questions.None = release.Negative{By: "release-manager", Reason: "x"} },
			[]string{"X-013@questions.none"}},
	})
}

func TestToolingRows(t *testing.T) {
	runRows(t, []rulesRow{
		{"an artifact in no place", func(p *release.Plan) { p.Tooling.Artifacts[0].Link, p.Tooling.Artifacts[0].System = "", "" },
			[]string{"TOOL-001@tooling.artifacts[0].system"}},
		{"a hook in a place to be decided", func(p *release.Plan) { p.Tooling.Automation[0].Link, p.Tooling.Automation[0].System = "", "TBD" },
			[]string{"TOOL-002@tooling.automation[0].system"}},
		{"a dashboard in a system", func(p *release.Plan) { p.Tooling.Dashboards[0].Link = "" }, nil},
		{"a dashboard that something starts", func(p *release.Plan) { p.Tooling.Dashboards[0].Trigger = "a tag" }, []string{"TOOL-005@tooling.dashboards[0].trigger"}},
		{"one name in two lists", func(p *release.Plan) { p.Tooling.Dashboards[0].Name = p.Tooling.Artifacts[0].Name }, nil},
		{"a term explained by nothing", func(p *release.Plan) { p.Terms[0].Meaning = " " }, []string{"X-012@terms[0].meaning"}},
	})
}

func TestPolicyRows(t *testing.T) {
	hosts := func(hosts ...string) func(p *release.Plan) {
		return func(p *release.Plan) { p.Policy.LinkHosts = append([]string{"example.com"}, hosts...) }
	}
	runRows(t, []rulesRow{
		{"work without end", func(p *release.Plan) { p.Policy.WorkUntil = "" }, []string{"X-014@policy.workUntil"}},
		{"work without beginning", func(p *release.Plan) { p.Policy.WorkFrom = "" }, []string{"X-014@policy.workFrom"}},
		{"no working hours", func(p *release.Plan) { p.Policy.WorkFrom, p.Policy.WorkUntil = "", "" }, nil},
		{"work ends as it begins", func(p *release.Plan) { p.Policy.WorkUntil = p.Policy.WorkFrom }, []string{"X-014@policy.workUntil"}},
		{"work ends before it begins", func(p *release.Plan) { p.Policy.WorkUntil = "08:59" }, []string{"X-014@policy.workUntil"}},
		{"a day of the week twice", func(p *release.Plan) { p.Policy.Calendar.Days[4] = value.Monday }, []string{"X-014@policy.calendar.days[4]"}},
		{"a holiday with an hour", func(p *release.Plan) { p.Policy.Calendar.Holidays[0] = when("2026-11-26T10:00:00Z") }, []string{"X-014@policy.calendar.holidays[0]"}},
		{"hosts", hosts("localhost", "10.0.0.7", "a-b.c1.example", "xn--bcher-kva.example"), nil},
		{"an address for a host", hosts("https://example.com"), []string{"X-014@policy.linkHosts[1]"}},
		{"a pattern for a host", hosts("*.example.com"), []string{"X-014@policy.linkHosts[1]"}},
		{"a host with a port", hosts("example.com:443"), []string{"X-014@policy.linkHosts[1]"}},
		{"a host that ends with a hyphen", hosts("example-.com", ".com", "a..b", "", "a b"), []string{
			"X-014@policy.linkHosts[1]", "X-014@policy.linkHosts[2]", "X-014@policy.linkHosts[3]", "X-014@policy.linkHosts[4]", "X-014@policy.linkHosts[5]"}},
		{"nothing confidential", func(p *release.Plan) { p.Policy.Confidential = release.Confidential{} }, nil},
		{"a vulnerability that is none", func(p *release.Plan) {
			p.Policy.Confidential.Embargoed = []string{"cve-2026-10011", "GHSA-7f3q-9x2m-4c8p", "CVE-26-1", "SEC-310"}
		}, []string{"X-014@policy.confidential.embargoed[2]", "X-014@policy.confidential.embargoed[3]"}},
		{"a project that is none", func(p *release.Plan) { p.Policy.Confidential.Projects = []string{"REL", "REL-", ""} },
			[]string{"X-014@policy.confidential.projects[1]", "X-014@policy.confidential.projects[2]"}},
		{"an internal host that is none", func(p *release.Plan) { p.Policy.Confidential.Hosts = []string{"lan", "https://wiki.lan"} },
			[]string{"X-014@policy.confidential.hosts[1]"}},
		{"a system of marks", func(p *release.Plan) { p.Policy.Confidential.Systems = []string{"–", "pay-gw"} }, []string{"X-014@policy.confidential.systems[0]"}},
		{"a lawful text that is none", func(p *release.Plan) { p.Policy.Confidential.Lawful = []string{" "} }, []string{"X-014@policy.confidential.lawful[0]"}},

		{"duties for the scope", func(p *release.Plan) { p.Tracking.Scope[0].Yields = fact.Duties() }, []string{"X-015@tracking.scope[0].yields.shape"}},
		{"work items for who is on call", func(p *release.Plan) { p.Tracking.OnCall[0].Yields = fact.WorkItems() }, []string{"X-015@tracking.onCall[0].yields.shape"}},
		{"work items for a threshold", func(p *release.Plan) { p.Overview.Impact[0].Query.Yields = fact.WorkItems() }, []string{"X-015@overview.impact[0].query.yields.shape"}},
		{"a series for a threshold", func(p *release.Plan) { p.Overview.Impact[0].Query.Yields = fact.Series(value.Ratio) }, nil},
		{"on call at no level", func(p *release.Plan) { p.Directory.Roles[3].OnCall.Level = 0 }, []string{"X-009@directory.roles[3].onCall.level"}},
		{"an id with a space", func(p *release.Plan) { p.Directory.Roles = append(p.Directory.Roles, release.Role{ID: "cab "}) }, []string{"X-009@directory.roles[9].id"}},
	})
}

func TestParty(t *testing.T) {
	d := release.Directory{
		People: []release.Person{{ID: "ada", Name: "Ada Lovelace"}, {ID: "ken"}},
		Roles:  []release.Role{{ID: "sre-lead", Title: "SRE lead"}, {ID: "cab"}},
	}
	for id, want := range map[string]string{"ada": "Ada Lovelace", "ken": "ken", "sre-lead": "SRE lead", "cab": "cab"} {
		if got, ok := d.Party(id); got != want || !ok {
			t.Errorf("%s is called %s, %v", id, got, ok)
		}
	}
	for _, id := range []string{"kent", ""} {
		if got, ok := d.Party(id); got != id || ok {
			t.Errorf("%q is called %q, %v", id, got, ok)
		}
	}
}

// What a rule needs and does not have it does not pass.
func TestPlanRulesNotEvaluated(t *testing.T) {
	tests := []struct {
		name, rule string
		change     func(*release.Plan)
	}{
		{"no window that is needed", "DEP-007", func(p *release.Plan) { p.Overview.Window = release.Window{} }},
		{"needed by what is not there", "DEP-007", func(p *release.Plan) { p.Dependencies.Items[0].NeededBy = "M99" }},
		{"a risk that is not there", "DEP-006", func(p *release.Plan) { p.Dependencies.Items[0].Risk = "R99" }},
		{"due at a time that cannot be", "DEP-002", func(p *release.Plan) { p.Dependencies.Items[0].Due = when("2026-02-30") }},
		{"no zone to count days in", "DEP-012", func(p *release.Plan) { p.Overview.Zone = "" }},
		{"a milestone of no time", "MS-001", func(p *release.Plan) { stones(p)[0].At = value.When{} }},
		{"no freeze to be before", "MS-008", func(p *release.Plan) {
			p.Overview.CodeFreeze, p.Dependencies.Items[0].Tracker = value.When{}, "REL-101"
		}},
		{"no window to outlast", "MS-005", func(p *release.Plan) { p.Overview.Window = release.Window{} }},
		{"no SLA to cover", "MS-010", func(p *release.Plan) { p.Overview.RollbackSLA = 0 }},
		{"no buffer to measure", "MS-010", func(p *release.Plan) { p.Timeline.Buffers = nil }},
		{"no submission", "MS-011", func(p *release.Plan) { stones(p)[1].Kind = release.OtherMilestone }},
		{"no zone to count days of the board in", "MS-011", func(p *release.Plan) { p.Overview.Zone = "Nowhere/Land" }},
		{"no sign-off", "MS-012", func(p *release.Plan) { stones(p)[3].Kind = release.OtherMilestone }},
		{"no dry run", "MS-013", func(p *release.Plan) { stones(p)[2].Kind = release.OtherMilestone }},
		{"no checklist", "CHK-005", func(p *release.Plan) { p.Checklists.PreRelease = nil }},
		{"no checklist of the deployment", "CHK-011", func(p *release.Plan) { p.Checklists.Deployment = nil }},
		{"no windows to list", "MS-018", func(p *release.Plan) { p.Timeline.Windows = nil }},
		{"a blocking question of no date", "ISS-004", func(p *release.Plan) {
			p.Questions.Items[0].Blocking, p.Questions.Items[0].Due = true, value.When{}
		}},
		{"no operating zone to hold offsets against", "TIME-003", func(p *release.Plan) {
			p.Overview.Zone, p.Overview.CodeFreeze = "", when("2026-12-01T18:00:00-05:00")
		}},
	}
	for _, tt := range tests {
		p := goodPlan()
		tt.change(&p)
		if got := state(t, p, tt.rule); got != check.NotEvaluated {
			t.Errorf("%s: %s is %s, want not-evaluated", tt.name, tt.rule, got)
		}
	}
}

// Times of a machine without zone data are nobody's fault.
func TestPlacesOnMachines(t *testing.T) {
	bare := func(string) (*time.Location, error) { return nil, value.ErrNoZoneData }
	p := goodPlan()
	p.Overview.CodeFreeze = when("2026-12-01[Atlantis/Capital]")
	for name, tt := range map[string]struct {
		load func(string) (*time.Location, error)
		want check.State
	}{"with zones": {value.LoadZone, check.Failed}, "without zones": {bare, check.NotEvaluated}} {
		rule := check.Rule[release.Plan]{ID: "TIME-007", Check: release.PlaceCheck(tt.load)}
		if got := check.Run(&p, []check.Rule[release.Plan]{rule}, nil).Rules[0].State; got != tt.want {
			t.Errorf("machine %s: %s, want %s", name, got, tt.want)
		}
	}
}
