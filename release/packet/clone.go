package packet

import (
	"slices"

	"github.com/tidegate-go/tidegate/gates"
)

// Clone returns a copy that shares no memory with p.
func (p Packet) Clone() Packet {
	p.Plan = p.Plan.Clone()
	p.Catalog = p.Catalog.Clone()
	p.Waivers = slices.Clone(p.Waivers)
	p.Decisions = cloneDecisions(p.Decisions)
	p.Notes = p.Notes.Clone()
	p.Comms = p.Comms.Clone()
	p.Compliance = p.Compliance.Clone()
	return p
}

func cloneDecisions(d gates.Decisions) gates.Decisions {
	d.Barred = slices.Clone(d.Barred)
	d.Waivers = slices.Clone(d.Waivers)
	d.Strays = slices.Clone(d.Strays)
	d.Gates = slices.Clone(d.Gates)
	for i := range d.Gates {
		g := &d.Gates[i]
		g.Barred = slices.Clone(g.Barred)
		g.Reasons = slices.Clone(g.Reasons)
		g.Outcomes = cloneAssessments(g.Outcomes)
		g.SignOffs = slices.Clone(g.SignOffs)
		for j := range g.SignOffs {
			g.SignOffs[j].By = slices.Clone(g.SignOffs[j].By)
		}
		g.Refused = slices.Clone(g.Refused)
		g.Waived = slices.Clone(g.Waived)
	}
	return d
}

func cloneAssessments(all []gates.Assessment) []gates.Assessment {
	all = slices.Clone(all)
	for i := range all {
		all[i].Results = slices.Clone(all[i].Results)
		all[i].Of = cloneAssessments(all[i].Of)
	}
	return all
}
