package page

import (
	"slices"

	"github.com/tidegate-go/tidegate/release"
)

// overview writes what is released and when, as a table of fields.
func (d *Doc) overview() {
	o := &d.packet.Plan.Overview
	d.Table("Field", "Value")
	d.Field("Version")
	d.Text(o.Version)
	d.Row()
	d.Field("Window")
	d.Interval(o.Window.Start, o.Window.End)
	d.Row()
	if o.Urgency != release.Planned {
		d.Field("Urgency")
		d.Name(o.Urgency.String())
		d.Row()
	}
	if !o.FeatureFreeze.IsZero() {
		d.Field("Feature freeze")
		d.When(o.FeatureFreeze)
		d.Row()
	}
	d.Field("Code freeze")
	d.When(o.CodeFreeze)
	d.Row()
	d.components()
	d.scope()
	d.Field("Out of scope")
	if len(o.OutOfScope) > 0 || o.NoBoundary.IsZero() {
		d.List(o.OutOfScope, "; ")
	}
	d.Negative(&o.NoBoundary)
	d.Row()
	d.Field("Objectives")
	d.List(o.Objectives, "; ")
	d.Row()
	d.Field("Rollback SLA")
	if o.RollbackSLA == 0 {
		d.NotGiven()
	} else {
		d.Duration(o.RollbackSLA)
	}
	d.Row()
	d.flags(o)
	d.impact(o.Impact)
	if d.Level < 3 {
		d.success(o.Success)
	}
	d.managers(o)
	if len(o.Links) > 0 && d.Level == 0 {
		d.Field("Links")
		d.Links(o.Links)
		d.Row()
	}
}

func (d *Doc) flags(o *release.Overview) {
	if len(o.Flags) == 0 {
		d.Field("Flags")
		if o.NoFlags.IsZero() {
			d.NotGiven()
		}
		d.Negative(&o.NoFlags)
		d.Row()
		return
	}
	for i := range o.Flags {
		f := &o.Flags[i]
		d.Field("Flag")
		d.Linked(f.Name, f.Link)
		if d.Level == 0 {
			d.Labelled(" in ", f.System)
		}
		d.Lit(", default ")
		d.Text(f.Default)
		d.Lit("; toggle: ")
		d.Text(f.Toggle)
		d.Lit("; kill: ")
		d.Text(f.Kill)
		if d.Level < 3 {
			d.Lit("; owner: ")
			d.Party(f.Owner)
		}
		if len(f.Components) > 0 && d.Level == 0 {
			d.Lit("; components: ")
			d.List(f.Components, ", ")
		}
		d.Row()
	}
	if !o.NoFlags.IsZero() {
		d.Field("Flags")
		d.Negative(&o.NoFlags)
		d.Row()
	}
}

func (d *Doc) impact(all []release.Impact) {
	d.Field("Customer-impact threshold")
	if len(all) == 0 {
		d.NotGiven()
	}
	for i := range all {
		if i > 0 {
			d.Lit("; or ")
		}
		if d.Level == 0 {
			d.Text(all[i].ID)
			d.Lit(": ")
		}
		d.signal(&all[i].Condition)
	}
	d.Row()
}

func (d *Doc) success(all []release.SuccessMetric) {
	d.Field("Success metrics")
	if len(all) == 0 {
		d.NotGiven()
	}
	for i := range all {
		m := &all[i]
		if i > 0 {
			d.Lit("; ")
		}
		d.Linked(m.Name, m.Link)
		d.beyond(m.Wanted)
		d.Quantity(m.Target)
		if d.Level == 0 {
			d.Labelled(", source: ", m.Source)
		}
	}
	d.Row()
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
		d.Field("Components")
		d.NotGiven()
		d.Row()
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
			d.Lit(separator)
			d.component(&all[i])
			separator = ", "
		}
	}
	d.Row()
}

// counted begins a row whose name has a number: "Services (5)".
func (d *Doc) counted(name string, n int) {
	d.Cell()
	d.Lit(name)
	d.Lit(" (")
	d.Number(n)
	d.Lit(")")
	d.Cell()
}

func (d *Doc) component(c *release.Component) {
	d.Linked(c.Name, c.Repository)
	d.Lit(" ")
	switch {
	case c.Version != "":
		d.Text(c.Version)
	case c.Commit != "":
		d.Lit("commit ")
		d.Text(c.Commit)
	default:
		d.Lit("version not given")
	}
	if d.Level > 0 {
		return
	}
	d.Lit(" (")
	if c.Artifact.IsZero() {
		d.Lit("digest not given")
	}
	d.Digest("", c.Artifact)
	d.Lit(")")
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
		d.NotGiven()
	}
	separator := ""
	for i := range all {
		if !is(all[i].Class) {
			continue
		}
		d.Lit(separator)
		d.item(&all[i])
		separator = "; "
	}
	d.Row()
}

// item writes one item of the scope. What may wait is the first to lose its
// title on a short page.
func (d *Doc) item(s *release.ScopeItem) {
	d.Linked(s.ID, s.Link)
	if d.Level > 3 || d.Level > 1 && s.Class == release.Deferrable {
		return
	}
	d.Lit(" ")
	if s.Title == "" {
		d.Lit("title ")
	}
	d.Text(s.Title)
	if s.Status != "" && d.Level == 0 {
		d.Lit(" (")
		d.Text(s.Status)
		d.Lit(")")
	}
}
