package page

import "github.com/tidegate-go/tidegate/gates"

// waiverScope is what one waiver is for.
type waiverScope struct{ gate, criterion, freeze string }

// waivers writes every exception that somebody asked for or that a decision
// rests on, if there are any.
func (d *Doc) waivers() {
	given, uses := d.packet.Waivers, d.packet.Decisions.Waivers
	others := d.unlisted()
	if len(given)+len(uses)+len(others) == 0 {
		return
	}
	switch d.Level {
	case 0:
		d.Table("Waiver", "Reason", "Requester", "Approver", "Expires", "State")
	case 1:
		d.Table("Waiver", "Reason", "Approver", "Expires", "State")
	default:
		d.Table("Waiver", "Approver", "Expires", "State")
	}
	spare := d.uses()
	for i := range given {
		w := &given[i]
		scope := waiverScope{w.Gate, w.Criterion, w.Freeze}
		d.waiver(w)
		if of := spare[scope]; len(of) > 0 {
			d.state(&uses[of[0]])
			spare[scope] = of[1:]
		} else {
			d.Lit("not judged")
		}
		d.Row()
	}
	for i := range others {
		d.waiver(&others[i])
		d.Lit("applied, not in the packet's list")
		d.Row()
		scope := waiverScope{others[i].Gate, others[i].Criterion, others[i].Freeze}
		if of := spare[scope]; len(of) > 0 {
			spare[scope] = of[1:]
		}
	}
	for i := range uses { // in their order, not that of the map
		scope := waiverScope{uses[i].Gate, uses[i].Criterion, uses[i].Freeze}
		if of := spare[scope]; len(of) > 0 && of[0] == i {
			spare[scope] = of[1:]
			d.waiver(&gates.Waiver{Gate: uses[i].Gate, Criterion: uses[i].Criterion, Freeze: uses[i].Freeze})
			d.state(&uses[i])
			d.Lit(", not in the packet's list")
			d.Row()
		}
	}
}

// uses are the positions of what became of waivers, by scope.
func (d *Doc) uses() map[waiverScope][]int {
	all := d.packet.Decisions.Waivers
	by := make(map[waiverScope][]int, len(all))
	for i := range all {
		scope := waiverScope{all[i].Gate, all[i].Criterion, all[i].Freeze}
		by[scope] = append(by[scope], i)
	}
	return by
}

// unlisted returns the waivers that decisions rest on and that are not among
// those of the packet.
func (d *Doc) unlisted() []gates.Waiver {
	var all []gates.Waiver
	var listed map[gates.Waiver]bool
	for i := range d.packet.Decisions.Gates {
		decision := &d.packet.Decisions.Gates[i]
		for j := range decision.Waived {
			if listed == nil {
				listed = make(map[gates.Waiver]bool, len(d.packet.Waivers))
				for _, w := range d.packet.Waivers {
					w.CoversUnknown = false // the decision does not repeat it
					listed[w] = true
				}
			}
			w := &decision.Waived[j]
			waiver := gates.Waiver{Gate: decision.Gate, Criterion: w.Criterion, Freeze: w.Freeze, Grant: w.Grant}
			if !listed[waiver] {
				all = append(all, waiver)
			}
		}
	}
	return all
}

// waiver writes the cells of what was asked for and begins the last one.
func (d *Doc) waiver(w *gates.Waiver) {
	d.Cell()
	d.Text(w.Gate)
	d.Lit(": ")
	switch {
	case w.Criterion == "" && w.Freeze == "":
		d.Lit("scope not given")
	case w.Criterion == "":
		d.Lit("freeze ")
		d.Text(w.Freeze)
	default:
		d.Text(w.Criterion)
		if w.Freeze != "" {
			d.Lit(" and freeze ")
			d.Text(w.Freeze)
		}
	}
	if w.CoversUnknown {
		d.Lit(", also if unknown")
	}
	d.Cell()
	if d.Level < 2 {
		d.Text(w.Reason)
		d.Cell()
	}
	if d.Level == 0 {
		d.Person(w.Requester)
		d.Cell()
	}
	d.Person(w.Approver)
	d.Cell()
	d.When(w.Expires)
	d.Cell()
}

// state writes what became of a waiver.
func (d *Doc) state(use *gates.WaiverUse) {
	d.Name(use.State.String())
	if use.Code != "" {
		d.Lit(", ")
		d.Text(use.Code.Words())
	}
}
