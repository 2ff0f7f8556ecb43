package release_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/release"
)

// absent says of every field of a plan what is found when the good plan leaves
// it out: the rules that find its own path, or rule@path where it is missed.
// "-" is a field that may be left out; with a question mark it depends on the
// rest of the plan.
const absent = `
overview.name OVR-013
overview.version OVR-001
overview.urgency -
overview.zone TIME-002
overview.objectives OVR-006
overview.objectives[] OVR-006
overview.outOfScope OVR-007
overview.outOfScope[] OVR-007
overview.featureFreeze -
overview.codeFreeze OVR-003
overview.window.start OVR-002
overview.window.end OVR-002
overview.components OVR-005
overview.components[].name OVR-011
overview.components[].kind OVR-005
overview.components[].version OVR-005?
overview.components[].commit -
overview.components[].artifact -
overview.components[].repository -
overview.components[].owner -
overview.manager OVR-012
overview.deputy OVR-012
overview.rollbackSLA RSK-004
overview.flags RSK-005
overview.flags[].name DEP-010
overview.flags[].system -
overview.flags[].toggle DEP-010
overview.flags[].default DEP-010
overview.flags[].kill DEP-010
overview.flags[].owner DEP-010
overview.flags[].components -
overview.flags[].components[] X-006
overview.flags[].link -
overview.impact RSK-006
overview.impact[].id RSK-006
overview.impact[].metric RSK-006
overview.impact[].beyond RSK-006
overview.impact[].limit.value -
overview.impact[].limit.unit RSK-006
overview.impact[].for RSK-006
overview.success OVR-015
overview.success[].name OVR-016
overview.success[].wanted OVR-016
overview.success[].target.value -
overview.success[].target.unit OVR-016
overview.success[].source -
overview.success[].link -
overview.noBoundary.by X-013?
overview.noBoundary.reason X-013?
overview.noFlags.by X-013?
overview.noFlags.reason X-013?
overview.links -
overview.links[] TOOL-004

scope OVR-009
scope[].id OVR-008
scope[].title OVR-008
scope[].class OVR-008
scope[].status -
scope[].components -
scope[].components[] OVR-010
scope[].authors -
scope[].authors[] X-004
scope[].link -

dependencies.items DEP-005@dependencies
dependencies.items[].id DEP-014
dependencies.items[].title DEP-014
dependencies.items[].kind DEP-004 DEP-005@dependencies
dependencies.items[].owner DEP-001
dependencies.items[].due DEP-002
dependencies.items[].neededBy -
dependencies.items[].status DEP-003
dependencies.items[].blocking -
dependencies.items[].risk DEP-006
dependencies.items[].needs -
dependencies.items[].needs[] X-006
dependencies.items[].components -
dependencies.items[].components[] X-006
dependencies.items[].tracker -
dependencies.items[].link -
dependencies.items[].migration.reversal -
dependencies.items[].migration.restorePoint -
dependencies.items[].flag DEP-010
dependencies.items[].leadDays -
dependencies.none DEP-005@dependencies
dependencies.none[].kind DEP-004 DEP-005@dependencies
dependencies.none[].by X-013
dependencies.none[].reason X-013

timeline.milestones MS-004
timeline.milestones[].id MS-017
timeline.milestones[].title MS-017
timeline.milestones[].kind -
timeline.milestones[].at MS-002
timeline.milestones[].until -
timeline.milestones[].owner MS-002
timeline.milestones[].done MS-003
timeline.milestones[].completed -
timeline.milestones[].link -
timeline.milestones[].source.document MS-019
timeline.milestones[].source.line -
timeline.milestones[].source.text -
timeline.windows MS-004
timeline.windows[].id MS-017
timeline.windows[].environment MS-017
timeline.windows[].region -
timeline.windows[].window.start MS-009
timeline.windows[].window.end MS-009
timeline.windows[].owner MS-017
timeline.buffers MS-005
timeline.buffers[].id MS-017
timeline.buffers[].window.start MS-005 MS-005@timeline.buffers
timeline.buffers[].window.end MS-005 MS-005@timeline.buffers
timeline.buffers[].purpose -
timeline.freezes MS-006
timeline.freezes[].id MS-016
timeline.freezes[].reason -
timeline.freezes[].window.start MS-016
timeline.freezes[].window.end MS-016
timeline.freezes[].environments -
timeline.freezes[].environments[] -
timeline.noFreezes.by X-013?
timeline.noFreezes.reason X-013?

rollback.matrix CHK-009
rollback.matrix[].id CHK-009
rollback.matrix[].when.metric CHK-009
rollback.matrix[].when.beyond CHK-009
rollback.matrix[].when.limit.value -
rollback.matrix[].when.limit.unit CHK-009
rollback.matrix[].when.for -
rollback.matrix[].action CHK-009
rollback.matrix[].owner CHK-009
rollback.matrix[].delegate CHK-009
rollback.matrix[].within -
rollback.escalation CHK-016
rollback.escalation[].after CHK-016
rollback.escalation[].role CHK-016
rollback.escalation[].delegate CHK-016
rollback.commitments CHK-017
rollback.commitments[].id CHK-017
rollback.commitments[].text CHK-017
rollback.commitments[].owner CHK-017
rollback.commitments[].within CHK-014

checklists.preRelease CHK-001
checklists.deployment CHK-001
checklists.postRelease CHK-001
checklists.rollback CHK-001
checklists.preRelease[].topic CHK-005@checklists.preRelease
checklists.deployment[].topic CHK-006@checklists.deployment
checklists.postRelease[].topic CHK-007@checklists.postRelease
checklists.rollback[].topic CHK-008@checklists.rollback
checklists.*[].id CHK-018
checklists.*[].text CHK-018
checklists.*[].role CHK-002
checklists.*[].components CHK-011@checklists.deployment
checklists.*[].components[] X-006 CHK-011@checklists.deployment
checklists.*[].alert.metric CHK-013
checklists.*[].alert.beyond CHK-013
checklists.*[].alert.limit.value -
checklists.*[].alert.limit.unit CHK-013
checklists.*[].alert.for -
checklists.*[].within CHK-014?
checklists.*[].gate -
checklists.*[].link -
checklists.*[].state.done CHK-019
checklists.*[].state.by CHK-019
checklists.*[].state.at CHK-019

risks X-006@dependencies.items[].risk
risks[].id RSK-008 X-006@dependencies.items[].risk
risks[].title RSK-008
risks[].probability RSK-001 DEP-006@dependencies.items[].risk
risks[].impact RSK-001 DEP-006@dependencies.items[].risk
risks[].mitigation RSK-001 DEP-006@dependencies.items[].risk
risks[].contingency RSK-001 DEP-006@dependencies.items[].risk
risks[].owner RSK-003 DEP-006@dependencies.items[].risk
risks[].theme -

questions.items ISS-008
questions.items[].number ISS-001
questions.items[].text ISS-009
questions.items[].owner ISS-002
questions.items[].due ISS-003
questions.items[].blocking -
questions.items[].addressee ISS-005
questions.items[].prompt ISS-006
questions.items[].about -
questions.items[].about[] ISS-009
questions.items[].link -
questions.items[].answer.text ISS-010
questions.items[].answer.by ISS-010
questions.items[].answer.at ISS-010
questions.none.by X-013?
questions.none.reason X-013?

tooling.artifacts TOOL-001
tooling.automation TOOL-002
tooling.dashboards TOOL-003
tooling.*[].name TOOL-005
tooling.*[].system -
tooling.*[].trigger TOOL-002
tooling.*[].link -

terms -
terms[].term X-012
terms[].meaning X-012

directory.people X-004@directory.roles[].holders[]
directory.people[].id X-009 X-004@directory.roles[].holders[]
directory.people[].name X-009
directory.people[].accounts -
directory.people[].accounts[].system X-009@directory.people[].accounts[]
directory.people[].accounts[].id X-009@directory.people[].accounts[]
directory.roles CHK-010@checklists.deployment[].role OVR-012@overview.manager
directory.roles[].id X-009
directory.roles[].title -
directory.roles[].holders -
directory.roles[].holders[] X-004
directory.roles[].delegations -
directory.roles[].delegations[].to X-004
directory.roles[].delegations[].from X-010
directory.roles[].delegations[].until X-010
directory.roles[].delegations[].reason -
directory.roles[].onCall.policy X-009
directory.roles[].onCall.level X-009

policy.name -
policy.link -
policy.versionPattern -
policy.maxRollback -
policy.customerNotice -
policy.cabLeadDays -
policy.minRetention -
policy.reviewWithin -
policy.linkHosts TOOL-004@overview.links[]
policy.linkHosts[] X-014 TOOL-004@overview.links[]
policy.confidential.hosts -
policy.confidential.hosts[] X-014
policy.confidential.projects -
policy.confidential.projects[] X-014
policy.confidential.systems -
policy.confidential.systems[] X-014
policy.confidential.embargoed -
policy.confidential.embargoed[] X-014
policy.confidential.lawful -
policy.confidential.lawful[] X-014
policy.calendar.days -
policy.calendar.days[] X-014
policy.calendar.holidays -
policy.calendar.holidays[] X-014
policy.workFrom X-014
policy.workUntil X-014

tracking.scope -
tracking.dependencies -
tracking.onCall -
tracking.questions -

*.connector X-015
*.kind X-015
*.params -
*.window -
*.yields.shape X-015
*.yields.unit X-015
`

// row is the row of the table for a pattern, and its name.
func row(table map[string][]string, pattern string) (string, []string) {
	names := []string{pattern}
	for _, suite := range []string{"checklists.", "tooling."} {
		if rest, ok := strings.CutPrefix(pattern, suite); ok && strings.Contains(rest, "[]") {
			names = append(names, suite+"*"+rest[strings.Index(rest, "[]"):])
		}
	}
	for _, within := range []string{".query.", "tracking.scope[].", "tracking.dependencies[].", "tracking.onCall[].", "tracking.questions[]."} {
		if _, rest, ok := strings.Cut(pattern, within); ok {
			names = append(names, "*."+rest)
		}
	}
	for _, name := range names {
		if want, ok := table[name]; ok {
			return name, want
		}
	}
	return pattern, nil
}

// What is left out is missed where it should be, or may be left out.
func TestAbsence(t *testing.T) {
	table, used := checktest.Table(absent), map[string]bool{}
	everywhere(func(p *release.Plan, at checktest.Place) {
		if strings.Contains(string(at.Path), ".outOf.") {
			return // a query's own query: a query package fills it
		}
		name, want := row(table, checktest.Pattern(string(at.Path)))
		if want == nil {
			t.Errorf("%s has no row", name)
			return
		}
		if at.V.IsZero() {
			return
		}
		at.V.SetZero()
		used[name] = used[name] || missed(t, found(t, *p), string(at.Path), want)
	})
	for name := range table {
		if !used[name] && table[name][0] != "-" && !strings.HasSuffix(table[name][0], "?") {
			t.Errorf("row %s is of nothing in the good plan, or nothing misses it", name)
		}
	}
}

// missed compares what is found with the row. It is true if anything was to be.
func missed(t *testing.T, got []string, path string, want []string) bool {
	t.Helper()
	here := map[string]bool{}
	for _, f := range got {
		if rule, at, _ := strings.Cut(f, "@"); at == path {
			here[rule] = true
		}
	}
	any := false
	for _, w := range want {
		rule, at, elsewhere := strings.Cut(w, "@")
		rule, depends := strings.CutSuffix(rule, "?")
		switch {
		case w == "-":
		case elsewhere && !slices.ContainsFunc(got, func(f string) bool { return checktest.Pattern(f) == rule+"@"+at }):
			t.Errorf("without %s there is no %s in %v", path, w, got)
		case !elsewhere && !here[rule] && !depends:
			t.Errorf("without %s there is no %s in %v", path, w, got)
		default:
			any = any || elsewhere || here[rule]
		}
		if !elsewhere {
			delete(here, rule)
		}
	}
	if len(here) > 0 {
		t.Errorf("without %s there is %v beside", path, here)
	}
	return any
}

// What is still to be decided is as good as left out, whether a question says
// who decides it or not.
func TestUndecidedIsAbsent(t *testing.T) {
	table, n := checktest.Table(absent), 0
	everywhere(func(p *release.Plan, at checktest.Place) {
		name, want := row(table, checktest.Pattern(string(at.Path)))
		if at.V.Kind() != reflect.String || at.V.IsZero() || strings.HasPrefix(at.V.Type().String(), "value.") ||
			slices.Contains([]string{"questions.items[].about[]", "policy.linkHosts[]"}, name) { // paths and hosts are no words
			return
		}
		for _, rule := range want {
			if rule == "-" || strings.ContainsAny(rule, "@?") {
				continue
			}
			n++
			for _, text := range []string{"TBD", "tbd", release.TBD(1), "T.B.C.", "to be decided by the CAB", "<TBA>"} {
				at.V.SetString(text)
				if got := found(t, *p); !slices.Contains(got, rule+"@"+string(at.Path)) {
					t.Errorf("%s = %q: no %s in %v", at.Path, text, rule, got)
				}
			}
		}
	})
	if n < 100 {
		t.Errorf("%d fields are required", n)
	}
}
