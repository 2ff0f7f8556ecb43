package page

import "github.com/tidegate-go/tidegate/release"

// people writes who holds which role, and to whom it is delegated for how long.
func (d *Doc) people() {
	directory := &d.packet.Plan.Directory
	if d.Level > 1 {
		return // only the annex has it
	}
	if len(directory.Roles) == 0 {
		d.Lit("Roles: not given.\n")
	} else {
		d.Table("Role", "Holders", "Delegations")
	}
	for i := range directory.Roles {
		r := &directory.Roles[i]
		d.Cell()
		if r.Title == "" {
			d.Text(r.ID)
		} else {
			d.Text(r.Title)
		}
		d.Cell()
		d.PersonList(r.Holders)
		d.Cell()
		d.delegations(r.Delegations)
		d.Row()
	}
	d.unassigned(directory)
}

func (d *Doc) delegations(all []release.Delegation) {
	if len(all) == 0 {
		d.Lit("none")
	}
	for i := range all {
		if i > 0 {
			d.Lit("; ")
		}
		d.Person(all[i].To)
		d.Lit(" ")
		if all[i].From.IsZero() && all[i].Until.IsZero() {
			d.Lit("time ")
		}
		d.Interval(all[i].From, all[i].Until)
		if all[i].Reason != "" {
			d.Lit(", ")
			d.Text(all[i].Reason)
		}
	}
}

// unassigned writes the people who hold no role and stand in for none.
func (d *Doc) unassigned(directory *release.Directory) {
	busy := make(map[string]bool, len(directory.People))
	for i := range directory.Roles {
		for _, id := range directory.Roles[i].Holders {
			busy[id] = true
		}
		for _, delegation := range directory.Roles[i].Delegations {
			busy[delegation.To] = true
		}
	}
	begin, end := "\nWithout a role: ", ""
	for i := range directory.People {
		p := &directory.People[i]
		if busy[p.ID] {
			continue
		}
		d.Lit(begin)
		if p.Name == "" {
			d.Text(p.ID)
		} else {
			d.Text(p.Name)
		}
		begin, end = ", ", ".\n"
	}
	d.Lit(end)
}

// managers writes who runs the release and who stands in.
func (d *Doc) managers(o *release.Overview) {
	if d.Level == 0 {
		d.held("Release manager", o.Manager)
		d.held("Deputy", o.Deputy)
		return
	}
	d.Field("Release manager / deputy")
	d.holders(o.Manager)
	d.Lit(" / ")
	d.holders(o.Deputy)
	d.Row()
}

// holders writes the people who hold a role, or the role if nobody does.
func (d *Doc) holders(role string) {
	if holders, _ := d.Pen.Holders(role); len(holders) > 0 {
		d.PersonList(holders)
		return
	}
	d.Role(role)
}

// held writes a role with the people who hold it.
func (d *Doc) held(name, role string) {
	d.Field(name)
	d.Role(role)
	if holders, ok := d.Pen.Holders(role); ok {
		d.Lit(" (")
		d.PersonList(holders)
		d.Lit(")")
	}
	d.Row()
}
