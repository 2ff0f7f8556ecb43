package release

import (
	"regexp"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// Rules returns the rules of a plan: those of the overview, of the scope, of
// the freezes and of the directory. Ids are those of the rule catalogue.
func Rules() []check.Rule[Plan] {
	return slices.Concat(overviewRules(), scopeRules(), freezeRules(), directoryRules())
}

// overviewPath and its neighbours are where the parts of a plan are in JSON.
const (
	overviewPath  check.Path = "overview"
	scopePath     check.Path = "scope"
	freezesPath   check.Path = "timeline.freezes"
	directoryPath check.Path = "directory"
)

func overviewRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "OVR-001", Doc: "The release has a version, in the form that the policy demands.",
			Bad:   func(p *Plan) { p.Overview.Version = "" },
			Check: checkVersion},
		{ID: "OVR-002", Doc: "The deployment window begins and ends at moments with an offset.",
			Bad:   func(p *Plan) { p.Overview.Window.Start = value.When{} },
			Check: checkWindow},
		{ID: "OVR-003", Doc: "The start of the code freeze is given as a moment that can be told.",
			Bad:   func(p *Plan) { p.Overview.CodeFreeze = value.When{} },
			Check: checkFreezeGiven},
		{ID: "OVR-004", Doc: "The code freeze begins before the deployment window opens.",
			Bad:   func(p *Plan) { p.Overview.CodeFreeze = p.Overview.Window.End },
			Check: checkFreezeBeforeWindow},
		{ID: "OVR-005", Doc: "Every component that takes part is listed with its kind and a version or commit.",
			Bad:   func(p *Plan) { p.Overview.Components = nil },
			Check: checkComponents},
		{ID: "OVR-006", Doc: "The release has an objective.",
			Bad:   func(p *Plan) { p.Overview.Objectives = nil },
			Check: checkObjectives},
		{ID: "OVR-007", Doc: "What is out of scope is said.",
			Bad: func(p *Plan) { p.Overview.OutOfScope = nil },
			Check: func(p *check.Pass[Plan]) {
				if len(p.Subject.Overview.OutOfScope) == 0 {
					p.Report(check.Missing(overviewPath.Field("outOfScope"), "the boundary of the scope", `list what is not part of the release, or write "none"`))
				}
			}},
		{ID: "OVR-011", Doc: "A component is listed once.",
			Bad: func(p *Plan) {
				p.Overview.Components = append(p.Overview.Components, p.Overview.Components[0])
			},
			Check: func(p *check.Pass[Plan]) {
				unique(p, overviewPath.Field("components"), "name", p.Subject.Overview.Components, func(c Component) string { return c.Name })
			}},
		{ID: "OVR-012", Doc: "The release manager and the deputy are two roles with different holders.",
			Bad:   func(p *Plan) { p.Overview.Deputy = "" },
			Check: checkManager},
		{ID: "MS-009", Doc: "The deployment window ends after it begins.",
			Bad: func(p *Plan) {
				w := &p.Overview.Window
				w.Start, w.End = w.End, w.Start
			},
			Check: checkWindowPositive},
		{ID: "RSK-004", Doc: "The rollback SLA is given and within the policy's limit.",
			Bad:   func(p *Plan) { p.Overview.RollbackSLA = 0 },
			Check: checkRollbackSLA},
		{ID: "TIME-002", Doc: "The operating time zone is an IANA name.",
			Bad:   func(p *Plan) { p.Overview.Zone = "" },
			Check: zoneCheck(value.LoadZone)},
	}
}

func checkVersion(p *check.Pass[Plan]) {
	at, version, pattern := overviewPath.Field("version"), p.Subject.Overview.Version, p.Subject.Policy.VersionPattern
	switch {
	case strings.TrimSpace(version) == "":
		p.Report(check.Missing(at, "the version", "name the version that is released"))
	case pattern != "":
		re, err := regexp.Compile(`^(?:` + pattern + `)$`)
		if err != nil {
			p.Report(check.Invalid(check.Path("policy").Field("versionPattern"), pattern, "is not a regular expression: "+err.Error()))
		} else if !re.MatchString(version) {
			p.Report(check.Invalid(at, version, "does not match the policy's pattern "+pattern))
		}
	case strings.ContainsAny(version, " \t\r\n"):
		p.Report(check.Invalid(at, version, "contains white space"))
	}
}

func checkWindow(p *check.Pass[Plan]) {
	at, w := overviewPath.Field("window"), p.Subject.Overview.Window
	moment(p, at.Field("start"), "the start of the deployment window", w.Start)
	moment(p, at.Field("end"), "the end of the deployment window", w.End)
}

func checkFreezeGiven(p *check.Pass[Plan]) {
	readable(p, overviewPath.Field("codeFreeze"), "the start of the code freeze", p.Subject.Overview.CodeFreeze)
}

func checkWindowPositive(p *check.Pass[Plan]) {
	w := p.Subject.Overview.Window
	if !ordered(p, overviewPath.Field("window"), "start", "end", w.Start, w.End) {
		p.NotEvaluated("the deployment window cannot be told")
	}
}

func checkFreezeBeforeWindow(p *check.Pass[Plan]) {
	freeze, start := p.Subject.Overview.CodeFreeze, p.Subject.Overview.Window.Start
	if freeze.IsZero() || start.IsZero() {
		p.NotEvaluated("the code freeze or the start of the window is not given")
		return
	}
	order, err := freeze.Compare(start)
	switch {
	case err != nil:
		p.NotEvaluated(err.Error())
	case order != value.Before:
		p.Report(check.OutOfOrder(overviewPath.Field("codeFreeze"), freeze, "is not before the window opens at "+start.String(),
			overviewPath.Field("window").Field("start")))
	}
}

func checkComponents(p *check.Pass[Plan]) {
	at := overviewPath.Field("components")
	if len(p.Subject.Overview.Components) == 0 {
		p.Report(check.Missing(at, "the list of components", "list every service, app and repository that takes part"))
	}
	for i, c := range p.Subject.Overview.Components {
		if strings.TrimSpace(c.Name) == "" {
			p.Report(check.Missing(at.Index(i).Field("name"), "the component's name", ""))
		}
		if c.Kind == UnknownComponent {
			p.Report(check.Missing(at.Index(i).Field("kind"), "the kind of "+c.Name, "such as service or mobile"))
		}
		if c.Version == "" && c.Commit == "" {
			p.Report(check.Missing(at.Index(i).Field("version"), "the version or commit of "+c.Name, ""))
		}
	}
}

func checkObjectives(p *check.Pass[Plan]) {
	at := overviewPath.Field("objectives")
	if len(p.Subject.Overview.Objectives) == 0 {
		p.Report(check.Missing(at, "the objective", "say what the release is for"))
	}
	for i, o := range p.Subject.Overview.Objectives {
		if strings.TrimSpace(o) == "" {
			p.Report(check.Missing(at.Index(i), "the objective's text", ""))
		}
	}
}

func checkManager(p *check.Pass[Plan]) {
	o, d := &p.Subject.Overview, &p.Subject.Directory
	for _, r := range []struct{ field, what, id string }{{"manager", "the release manager", o.Manager}, {"deputy", "the release manager's deputy", o.Deputy}} {
		at := overviewPath.Field(r.field)
		role, ok := d.Role(r.id)
		switch {
		case r.id == "":
			p.Report(check.Missing(at, r.what, "name a role of the directory"))
		case !ok:
			p.Report(check.Unresolved(at, r.id, "a role of the directory"))
		case len(role.Holders) == 0:
			p.Report(check.Invalid(at, r.id, "nobody holds the role"))
		}
	}
	manager, ok1 := d.Role(o.Manager)
	deputy, ok2 := d.Role(o.Deputy)
	if ok1 && ok2 && len(deputy.Holders) > 0 && !slices.ContainsFunc(deputy.Holders, func(id string) bool { return !slices.Contains(manager.Holders, id) }) {
		p.Report(check.Invalid(overviewPath.Field("deputy"), o.Deputy, "everybody who holds it is a release manager already").
			WithRelated(overviewPath.Field("manager")))
	}
}

func checkRollbackSLA(p *check.Pass[Plan]) {
	at, sla, most := overviewPath.Field("rollbackSLA"), p.Subject.Overview.RollbackSLA, p.Subject.Policy.MaxRollback
	switch {
	case sla == 0:
		p.Report(check.Missing(at, "the rollback SLA", "say within what time users are served again after a decision to roll back"))
	case sla < 0:
		p.Report(check.Invalid(at, sla, "is not a positive duration"))
	case most > 0 && sla > most:
		p.Report(check.Invalid(at, sla, "is longer than the policy's "+most.String()).WithRelated(check.Path("policy").Field("maxRollback")))
	}
}

// zoneCheck is the check of the operating time zone on a machine whose zones
// load as load says.
func zoneCheck(load zoneLoader) func(*check.Pass[Plan]) {
	return func(p *check.Pass[Plan]) {
		at, zone := overviewPath.Field("zone"), p.Subject.Overview.Zone
		if zone == "" {
			p.Report(check.Missing(at, "the operating time zone", "such as America/New_York"))
		} else if _, err := load(zone); err != nil {
			unplaced(p, at, err, load)
		}
	}
}
