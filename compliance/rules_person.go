package compliance

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

func personRules() []check.Rule[Context] {
	return []check.Rule[Context]{
		{ID: "CMP-006", Doc: "Who wrote, requested or deploys the change does not approve it, also not as a delegate.",
			Bad: func(c *Context) {
				a := &c.Log.Approvals[0]
				a.Status, a.By = Approved, c.Log.Requester
			},
			Check: checkDuties},
		{ID: "CMP-020", Doc: "Roles and people of the log are in the directory, and a delegate is somebody else.",
			Bad:   func(c *Context) { c.Log.Approvals[0].Responsible = "nobody" },
			Check: checkDirectory},
		{ID: "CMP-021", Doc: "An answer is given by somebody who held the responsible role then, or marked as the delegate's.",
			Bad: func(c *Context) {
				a := &c.Log.Approvals[0]
				a.Status, a.At, a.By = Approved, c.Release.Overview.CodeFreeze, outsider(c.Release.Directory, *a)
			},
			Check: checkHolders},
	}
}

// outsider returns somebody who holds neither role of the approval.
func outsider(d release.Directory, a Approval) string {
	for _, person := range d.People {
		if m, _ := mandateOf(d, a, person.ID); m == noMandate {
			return person.ID
		}
	}
	return ""
}

func checkDuties(p *check.Pass[Context]) {
	l := p.Subject.Log
	if check.Blank(l.Requester) {
		p.Report(check.Missing(logPath.Field("requester"), "the person who asked for the change", "who that is does not approve it"))
	}
	if len(l.Deployers) == 0 {
		p.Report(check.Missing(logPath.Field("deployers"), "the list of people who deploy", "who deploys does not approve"))
	}
	duties := p.Subject.duties()
	judge := func(at check.Path, by string) {
		if d, ok := duties[PersonOf(p.Subject.Release.Directory, by)]; ok {
			p.Report(check.Invalid(at, by, d.what).WithRelated(d.at))
		}
	}
	for i, a := range l.Approvals {
		if a.Status == Approved || a.Status == NotRequired {
			judge(approvalPath(i).Field("by"), a.By)
		}
	}
	judge(logPath.Field("privacy").Field("by"), l.Privacy.By)
	judge(logPath.Field("legal").Field("by"), l.Legal.By)
}

// duty is what bars a person from approving, and where it says so.
type duty struct {
	what string
	at   check.Path
}

// duties returns what bars whom from approving, by the id of the person, also of
// one who is named by an account. The first that is found counts: who wrote it,
// asked for it, deploys it.
func (c *Context) duties() map[string]duty {
	all := map[string]duty{}
	add := func(id, what string, at check.Path) {
		if id = PersonOf(c.Release.Directory, id); id != "" {
			if _, ok := all[id]; !ok {
				all[id] = duty{what, at}
			}
		}
	}
	for i, item := range c.Release.Scope {
		for j, id := range item.Authors {
			add(id, "wrote part of the change", check.Path("plan.scope").Index(i).Field("authors").Index(j))
		}
	}
	add(c.Log.Requester, "asked for the change", logPath.Field("requester"))
	for j, id := range c.Log.Deployers {
		add(id, "deploys the change", logPath.Field("deployers").Index(j))
	}
	return all
}

// mandate is by what right somebody answers.
type mandate uint8

const (
	noMandate  mandate = iota
	ofRole             // holds the responsible role
	ofDate             // by a dated delegation of the responsible role
	ofDelegate         // holds the delegate's role
)

// mandateOf returns by what right a person answers an approval at its moment,
// and why a delegation cannot be placed.
func mandateOf(d release.Directory, a Approval, person string) (mandate, error) {
	same := func(id string) bool { return strings.TrimSpace(id) == strings.TrimSpace(person) }
	role, _ := d.Role(a.Responsible)
	if slices.ContainsFunc(role.Holders, same) {
		return ofRole, nil
	}
	for _, to := range role.Delegations {
		if !same(to.To) {
			continue
		}
		if ok, err := holds(to, a.At); ok || err != nil {
			return ofDate, err
		}
	}
	if delegate, _ := d.Role(a.Delegate); slices.ContainsFunc(delegate.Holders, same) {
		return ofDelegate, nil
	}
	return noMandate, nil
}

// holds reports whether all of the moment lies in the delegation, in every
// reading of its ends.
func holds(d release.Delegation, at value.When) (bool, error) {
	start, end, err := at.Interval()
	if err != nil {
		return false, err
	}
	from, err := d.From.StrictStart()
	if err != nil {
		return false, err
	}
	until, err := d.Until.StrictEnd()
	return err == nil && !start.Before(from) && !end.After(until) && start.Before(until), err
}

func checkHolders(p *check.Pass[Context]) {
	d := p.Subject.Release.Directory
	for i, a := range p.Subject.Log.Approvals {
		if _, known := d.Person(a.By); a.Status == Pending || !known {
			continue // who is unknown is reported elsewhere
		}
		m, err := mandateOf(d, a, a.By)
		switch at := approvalPath(i); {
		case err != nil:
			p.NotEvaluated("approval " + a.ID + " cannot be placed: " + err.Error())
		case m == noMandate:
			p.Report(check.Invalid(at.Field("by"), a.By, "held neither the role "+a.Responsible+" nor "+a.Delegate).
				WithRelated(at.Field("responsible"), at.Field("delegate")))
		case m == ofDelegate && !a.ByDelegate:
			p.Report(check.Invalid(at.Field("byDelegate"), a.ByDelegate, a.By+" answers as "+a.Delegate).WithRelated(at.Field("delegate")))
		case m == ofRole && a.ByDelegate:
			p.Report(check.Invalid(at.Field("byDelegate"), a.ByDelegate, a.By+" holds the role "+a.Responsible).WithRelated(at.Field("responsible")))
		}
	}
}

func checkDirectory(p *check.Pass[Context]) {
	d, l := p.Subject.Release.Directory, p.Subject.Log
	for i, a := range l.Approvals {
		at := approvalPath(i)
		responsible, ok1 := role(p, at.Field("responsible"), a.Responsible)
		delegate, ok2 := role(p, at.Field("delegate"), a.Delegate)
		other := func(id string) bool { return !slices.Contains(responsible.Holders, id) }
		if ok1 && ok2 && a.Delegate != a.Responsible && !slices.ContainsFunc(delegate.Holders, other) {
			p.Report(check.Invalid(at.Field("delegate"), a.Delegate, "everybody who holds it holds "+a.Responsible+" already").WithRelated(at.Field("responsible")))
		}
		person(p, at.Field("by"), a.By)
	}
	person(p, logPath.Field("requester"), l.Requester)
	for i, id := range l.Deployers {
		person(p, logPath.Field("deployers").Index(i), id)
	}
	for _, s := range []struct {
		at check.Path
		by string
	}{
		{logPath.Field("privacy").Field("by"), l.Privacy.By}, {logPath.Field("privacy").Field("none").Field("by"), l.Privacy.None.By},
		{logPath.Field("legal").Field("by"), l.Legal.By}, {logPath.Field("legal").Field("none").Field("by"), l.Legal.None.By},
	} {
		_, ok1 := d.Role(s.by)
		_, ok2 := d.Person(s.by)
		if s.by != "" && !ok1 && !ok2 {
			p.Report(check.Unresolved(s.at, s.by, "a role or a person of the directory"))
		}
	}
	person(p, logPath.Field("emergency").Field("by"), l.Emergency.By)
	role(p, logPath.Field("emergency").Field("reviewBy"), l.Emergency.ReviewBy)
}

// role returns the role of an id, and reports one that nobody holds. An empty
// id is for other rules.
func role(p *check.Pass[Context], at check.Path, id string) (release.Role, bool) {
	r, ok := p.Subject.Release.Directory.Role(id)
	switch {
	case check.Blank(id):
		return r, false
	case !ok:
		p.Report(check.Unresolved(at, id, "a role of the directory"))
	case len(r.Holders) == 0:
		p.Report(check.Invalid(at, id, "nobody holds the role"))
	}
	return r, ok && len(r.Holders) > 0
}

// person reports the id of nobody.
func person(p *check.Pass[Context], at check.Path, id string) {
	if _, ok := p.Subject.Release.Directory.Person(id); !check.Blank(id) && !ok {
		p.Report(check.Unresolved(at, id, "a person of the directory"))
	}
}
