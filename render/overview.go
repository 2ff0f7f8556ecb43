package render

import (
	"slices"

	"github.com/tidegate-go/tidegate/release"
)

// overview writes what is released and when, as a table of fields.
func (d *doc) overview() {
	o := &d.packet.Plan.Overview
	d.section("Release Overview")
	d.table("Field", "Value")
	d.field("Version")
	d.text(o.Version)
	d.row()
	d.field("Window")
	d.interval(o.Window.Start, o.Window.End)
	d.row()
	d.field("Code freeze")
	d.when(o.CodeFreeze)
	d.row()
	d.components()
	d.scope()
	d.field("Out of scope")
	d.list(o.OutOfScope, "; ")
	d.row()
	d.field("Objectives")
	d.list(o.Objectives, "; ")
	d.row()
	d.field("Rollback SLA")
	if o.RollbackSLA == 0 {
		d.lit(notGiven)
	} else {
		d.duration(o.RollbackSLA)
	}
	d.row()
	d.held("Release manager", o.Manager)
	d.held("Deputy", o.Deputy)
	d.references()
}

// kinds are the rows of components, in the order of the page.
var kinds = []struct {
	kind release.ComponentKind
	name string
}{
	{release.Service, "Services"}, {release.Mobile, "Mobile"}, {release.Web, "Web"}, {release.Library, "Libraries"},
	{release.Infrastructure, "Infrastructure"}, {release.Repository, "Repositories"},
}

func (d *doc) components() {
	all := d.packet.Plan.Overview.Components
	if len(all) == 0 {
		d.field("Components")
		d.lit(notGiven)
		d.row()
		return
	}
	for _, k := range kinds {
		d.componentsOf(k.name, func(c *release.Component) bool { return c.Kind == k.kind })
	}
	d.componentsOf("Components of a kind not given", func(c *release.Component) bool {
		return c.Kind == release.UnknownComponent || c.Kind > release.Repository
	})
}

func (d *doc) componentsOf(name string, is func(*release.Component) bool) {
	all := d.packet.Plan.Overview.Components
	n := 0
	for i := range all {
		if is(&all[i]) {
			n++
		}
	}
	if n == 0 {
		return
	}
	d.counted(name, n)
	separator := ""
	for i := range all {
		if is(&all[i]) {
			d.lit(separator)
			d.component(&all[i])
			separator = ", "
		}
	}
	d.row()
}

// counted begins a row whose name has a number: "Services (5)".
func (d *doc) counted(name string, n int) {
	d.cell()
	d.lit(name)
	d.lit(" (")
	d.number(n)
	d.lit(")")
	d.cell()
}

func (d *doc) component(c *release.Component) {
	d.linked(c.Name, c.Repository)
	d.lit(" ")
	switch {
	case c.Version != "":
		d.text(c.Version)
	case c.Commit != "":
		d.lit("commit ")
		d.text(c.Commit)
	default:
		d.lit("version not given")
	}
	switch short := c.Artifact.Short(); {
	case short != "":
		d.lit(" (`")
		d.lit(short)
		d.lit("`)")
	case c.Artifact.IsZero():
		d.lit(" (digest not given)")
	default:
		d.lit(" (faulty digest ")
		d.text(string(c.Artifact))
		d.lit(")")
	}
}

func (d *doc) scope() {
	d.scopeOf("Must ship", func(c release.Class) bool { return c == release.MustShip })
	d.scopeOf("Deferrable", func(c release.Class) bool { return c == release.Deferrable })
	unclassified := func(c release.Class) bool { return c != release.MustShip && c != release.Deferrable }
	if slices.ContainsFunc(d.packet.Plan.Scope, func(s release.ScopeItem) bool { return unclassified(s.Class) }) {
		d.scopeOf("Class not given", unclassified)
	}
}

func (d *doc) scopeOf(name string, is func(release.Class) bool) {
	all := d.packet.Plan.Scope
	n := 0
	for i := range all {
		if is(all[i].Class) {
			n++
		}
	}
	d.counted(name, n)
	if n == 0 {
		d.lit(notGiven)
	}
	separator := ""
	for i := range all {
		if !is(all[i].Class) {
			continue
		}
		d.lit(separator)
		d.linked(all[i].ID, all[i].Link)
		d.lit(" ")
		if all[i].Title == "" {
			d.lit("title ")
		}
		d.text(all[i].Title)
		if all[i].Status != "" {
			d.lit(" (")
			d.text(all[i].Status)
			d.lit(")")
		}
		separator = "; "
	}
	d.row()
}

// held writes a role with the people who hold it.
func (d *doc) held(name, role string) {
	d.field(name)
	d.role(role)
	if i, ok := d.roles[role]; ok {
		d.lit(" (")
		d.personList(d.packet.Plan.Directory.Roles[i].Holders)
		d.lit(")")
	}
	d.row()
}

// references writes the policy and the links, if there are any.
func (d *doc) references() {
	policy, links := &d.packet.Plan.Policy, d.packet.Plan.Overview.Links
	if policy.Name != "" || !policy.Link.IsZero() {
		d.field("Policy")
		d.linked(policy.Name, policy.Link)
		d.row()
	}
	if len(links) > 0 {
		d.field("Links")
		d.links(links)
		d.row()
	}
}

// freezes writes the spans in which nothing moves, if there are any.
func (d *doc) freezes() {
	all := d.packet.Plan.Timeline.Freezes
	if len(all) == 0 {
		return
	}
	d.section("Freezes")
	d.table("Freeze", "Window", "Environments", "Reason")
	for i := range all {
		f := &all[i]
		d.cell()
		d.text(f.ID)
		d.cell()
		d.interval(f.Window.Start, f.Window.End)
		d.cell()
		if len(f.Environments) == 0 {
			d.lit("all")
		} else {
			d.list(f.Environments, ", ")
		}
		d.cell()
		d.text(f.Reason)
		d.row()
	}
}
