package page

import (
	"slices"

	"github.com/tidegate-go/tidegate/release"
)

// overview writes what is released and when, as a table of fields.
func (d *Doc) overview() {
	o := &d.packet.Plan.Overview
	d.table("Field", "Value")
	d.field("Version")
	d.text(o.Version)
	d.row()
	d.field("Window")
	d.interval(o.Window.Start, o.Window.End)
	d.row()
	if o.Urgency != release.Planned {
		d.field("Urgency")
		d.name(o.Urgency.String())
		d.row()
	}
	if !o.FeatureFreeze.IsZero() {
		d.field("Feature freeze")
		d.when(o.FeatureFreeze)
		d.row()
	}
	d.field("Code freeze")
	d.when(o.CodeFreeze)
	d.row()
	d.components()
	d.scope()
	d.field("Out of scope")
	if len(o.OutOfScope) > 0 || o.NoBoundary.IsZero() {
		d.list(o.OutOfScope, "; ")
	}
	d.negative(&o.NoBoundary)
	d.row()
	d.field("Objectives")
	d.list(o.Objectives, "; ")
	d.row()
	d.field("Rollback SLA")
	if o.RollbackSLA == 0 {
		d.notGiven()
	} else {
		d.duration(o.RollbackSLA)
	}
	d.row()
	d.flags(o)
	d.impact(o.Impact)
	if d.level < 3 {
		d.success(o.Success)
	}
	d.managers(o)
	if len(o.Links) > 0 && d.level == 0 {
		d.field("Links")
		d.links(o.Links)
		d.row()
	}
}

func (d *Doc) flags(o *release.Overview) {
	if len(o.Flags) == 0 {
		d.field("Flags")
		if o.NoFlags.IsZero() {
			d.notGiven()
		}
		d.negative(&o.NoFlags)
		d.row()
		return
	}
	for i := range o.Flags {
		f := &o.Flags[i]
		d.field("Flag")
		d.linked(f.Name, f.Link)
		if d.level == 0 {
			d.labelled(" in ", f.System)
		}
		d.lit(", default ")
		d.text(f.Default)
		d.lit("; toggle: ")
		d.text(f.Toggle)
		d.lit("; kill: ")
		d.text(f.Kill)
		if d.level < 3 {
			d.lit("; owner: ")
			d.party(f.Owner)
		}
		if len(f.Components) > 0 && d.level == 0 {
			d.lit("; components: ")
			d.list(f.Components, ", ")
		}
		d.row()
	}
	if !o.NoFlags.IsZero() {
		d.field("Flags")
		d.negative(&o.NoFlags)
		d.row()
	}
}

func (d *Doc) impact(all []release.Impact) {
	d.field("Customer-impact threshold")
	if len(all) == 0 {
		d.notGiven()
	}
	for i := range all {
		if i > 0 {
			d.lit("; or ")
		}
		if d.level == 0 {
			d.text(all[i].ID)
			d.lit(": ")
		}
		d.signal(&all[i].Condition)
	}
	d.row()
}

func (d *Doc) success(all []release.SuccessMetric) {
	d.field("Success metrics")
	if len(all) == 0 {
		d.notGiven()
	}
	for i := range all {
		m := &all[i]
		if i > 0 {
			d.lit("; ")
		}
		d.linked(m.Name, m.Link)
		d.beyond(m.Wanted)
		d.quantity(m.Target)
		if d.level == 0 {
			d.labelled(", source: ", m.Source)
		}
	}
	d.row()
}

// kinds are the rows of components, in the order of the page.
var kinds = []struct {
	kind release.ComponentKind
	name string
}{
	{release.Service, "Services"}, {release.Mobile, "Mobile"}, {release.Web, "Web"}, {release.Library, "Libraries"},
	{release.Infrastructure, "Infrastructure"}, {release.Repository, "Repositories"},
}

func (d *Doc) components() {
	all := d.packet.Plan.Overview.Components
	if len(all) == 0 {
		d.field("Components")
		d.notGiven()
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

func (d *Doc) componentsOf(name string, is func(*release.Component) bool) {
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
func (d *Doc) counted(name string, n int) {
	d.cell()
	d.lit(name)
	d.lit(" (")
	d.number(n)
	d.lit(")")
	d.cell()
}

func (d *Doc) component(c *release.Component) {
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
	if d.level > 0 {
		return
	}
	d.lit(" (")
	if c.Artifact.IsZero() {
		d.lit("digest not given")
	}
	d.digest("", c.Artifact)
	d.lit(")")
}

func (d *Doc) scope() {
	d.scopeOf("Must ship", func(c release.Class) bool { return c == release.MustShip })
	d.scopeOf("Deferrable", func(c release.Class) bool { return c == release.Deferrable })
	unclassified := func(c release.Class) bool { return c != release.MustShip && c != release.Deferrable }
	if slices.ContainsFunc(d.packet.Plan.Scope, func(s release.ScopeItem) bool { return unclassified(s.Class) }) {
		d.scopeOf("Class not given", unclassified)
	}
}

func (d *Doc) scopeOf(name string, is func(release.Class) bool) {
	all := d.packet.Plan.Scope
	n := 0
	for i := range all {
		if is(all[i].Class) {
			n++
		}
	}
	d.counted(name, n)
	if n == 0 {
		d.notGiven()
	}
	separator := ""
	for i := range all {
		if !is(all[i].Class) {
			continue
		}
		d.lit(separator)
		d.item(&all[i])
		separator = "; "
	}
	d.row()
}

// item writes one item of the scope. What may wait is the first to lose its
// title on a short page.
func (d *Doc) item(s *release.ScopeItem) {
	d.linked(s.ID, s.Link)
	if d.level > 3 || d.level > 1 && s.Class == release.Deferrable {
		return
	}
	d.lit(" ")
	if s.Title == "" {
		d.lit("title ")
	}
	d.text(s.Title)
	if s.Status != "" && d.level == 0 {
		d.lit(" (")
		d.text(s.Status)
		d.lit(")")
	}
}

// managers writes who runs the release and who stands in.
func (d *Doc) managers(o *release.Overview) {
	if d.level == 0 {
		d.held("Release manager", o.Manager)
		d.held("Deputy", o.Deputy)
		return
	}
	d.field("Release manager / deputy")
	d.holders(o.Manager)
	d.lit(" / ")
	d.holders(o.Deputy)
	d.row()
}

// holders writes the people who hold a role, or the role if nobody does.
func (d *Doc) holders(role string) {
	if i, ok := d.roles[role]; ok && len(d.packet.Plan.Directory.Roles[i].Holders) > 0 {
		d.personList(d.packet.Plan.Directory.Roles[i].Holders)
		return
	}
	d.role(role)
}

// held writes a role with the people who hold it.
func (d *Doc) held(name, role string) {
	d.field(name)
	d.role(role)
	if i, ok := d.roles[role]; ok {
		d.lit(" (")
		d.personList(d.packet.Plan.Directory.Roles[i].Holders)
		d.lit(")")
	}
	d.row()
}
