package packet

import (
	"slices"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/lists"
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
	d.Gates = lists.Clone(d.Gates, cloneDecision)
	return d
}

func cloneDecision(d gates.Decision) gates.Decision {
	d.Barred = slices.Clone(d.Barred)
	d.Reasons = slices.Clone(d.Reasons)
	d.Outcomes = lists.Clone(d.Outcomes, cloneAssessment)
	d.SignOffs = lists.Clone(d.SignOffs, func(s gates.Signature) gates.Signature {
		s.By = slices.Clone(s.By)
		return s
	})
	d.Refused = slices.Clone(d.Refused)
	d.Waived = slices.Clone(d.Waived)
	return d
}

func cloneAssessment(a gates.Assessment) gates.Assessment {
	a.Results = slices.Clone(a.Results)
	a.Of = lists.Clone(a.Of, cloneAssessment)
	return a
}
