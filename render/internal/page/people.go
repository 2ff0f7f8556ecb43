package page

import "github.com/tidegate-go/tidegate/release"

// people writes who holds which role, and to whom it is delegated for how long.
func (d *Doc) people() {
	directory := &d.packet.Plan.Directory
	if d.level > 1 {
		return // only the annex has it
	}
	if len(directory.Roles) == 0 {
		d.lit("Roles: not given.\n")
	} else {
		d.table("Role", "Holders", "Delegations")
	}
	for i := range directory.Roles {
		r := &directory.Roles[i]
		d.cell()
		if r.Title == "" {
			d.text(r.ID)
		} else {
			d.text(r.Title)
		}
		d.cell()
		d.personList(r.Holders)
		d.cell()
		d.delegations(r.Delegations)
		d.row()
	}
	d.unassigned(directory)
}

func (d *Doc) delegations(all []release.Delegation) {
	if len(all) == 0 {
		d.lit("none")
	}
	for i := range all {
		if i > 0 {
			d.lit("; ")
		}
		d.person(all[i].To)
		d.lit(" ")
		if all[i].From.IsZero() && all[i].Until.IsZero() {
			d.lit("time ")
		}
		d.interval(all[i].From, all[i].Until)
		if all[i].Reason != "" {
			d.lit(", ")
			d.text(all[i].Reason)
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
		d.lit(begin)
		if p.Name == "" {
			d.text(p.ID)
		} else {
			d.text(p.Name)
		}
		begin, end = ", ", ".\n"
	}
	d.lit(end)
}

// person appends the name of the person with the given id.
func (d *Doc) person(id string) {
	name := ""
	i, ok := d.persons[id]
	if ok {
		name = d.packet.Plan.Directory.People[i].Name
	}
	d.called(id, ok, name)
}

func (d *Doc) personList(ids []string) {
	if len(ids) == 0 {
		d.notGiven()
	}
	for i, id := range ids {
		if i > 0 {
			d.lit(", ")
		}
		d.person(id)
	}
}

// role appends the title of the role with the given id.
func (d *Doc) role(id string) {
	title := ""
	i, ok := d.roles[id]
	if ok {
		title = d.packet.Plan.Directory.Roles[i].Title
	}
	d.called(id, ok, title)
}

// party appends the name of the role or the person with the given id.
func (d *Doc) party(id string) {
	if _, ok := d.persons[id]; ok {
		if _, both := d.roles[id]; !both {
			d.person(id)
			return
		}
	}
	d.role(id)
}

// parties appends who answers and who stands in: "SRE lead / SRE on call".
func (d *Doc) parties(owner, delegate string) {
	d.role(owner)
	d.lit(" / ")
	if delegate == "" {
		d.lit("delegate ")
	}
	d.role(delegate)
}

// negative appends that there is none of something, on whose word, and nothing
// if nobody says so.
func (d *Doc) negative(n *release.Negative) {
	if n.IsZero() {
		return
	}
	d.lit("None, ")
	if n.Reason == "" {
		d.lit("reason ")
	}
	d.text(n.Reason)
	d.lit(" (")
	if n.By == "" {
		d.lit("name ")
	}
	d.party(n.By)
	d.lit(")")
}

// called appends how the directory calls an id, or the id itself.
func (d *Doc) called(id string, known bool, name string) {
	switch {
	case !known && id != "":
		d.text(id)
		d.lit(" (not in the directory)")
	case !known:
		d.notGiven()
	case name == "":
		d.text(id)
	default:
		d.text(name)
	}
}
