package packet

import (
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/lists"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
)

// Schema names the format of an encoded packet: the newest of [Schemas].
const Schema = major

// major and minor number the format. A higher minor, written "tidegate.packet/1.2",
// has more fields that may be left out and more names of enumerations.
const (
	major = "tidegate.packet/1"
	minor = 0
)

// Packet is everything that is known and decided about a release, as of one moment.
type Packet struct {
	Schema     string          `json:"schema"`              // [Schema]; anything else is not decoded
	AsOf       time.Time       `json:"asOf,omitzero"`       // when it was decided; zero: nothing is yet
	Plan       release.Plan    `json:"plan"`                // overview, scope, dependencies, timeline, checklists, questions and tooling
	Catalog    gates.Catalog   `json:"catalog"`             // the gates that were decided on
	Waivers    []gates.Waiver  `json:"waivers,omitzero"`    // of criteria and freezes; of findings see [VerifyOptions]
	Decisions  gates.Decisions `json:"decisions,omitzero"`  // zero: nothing is decided, which is Hold
	Notes      notes.Packet    `json:"notes,omitzero"`      // the release notes packet
	Comms      comms.Plan      `json:"comms,omitzero"`      // the communication plan
	Compliance compliance.Log  `json:"compliance,omitzero"` // the compliance evidence log
}

// New returns the packet of a plan and its gates, with nothing decided yet.
func New(plan release.Plan, catalog gates.Catalog) Packet {
	return Packet{Schema: Schema, Plan: plan.Clone(), Catalog: catalog.Clone()}
}

// WithDecisions returns the packet with the decisions replaced, as of the
// moment in which they were made.
func (p Packet) WithDecisions(d gates.Decisions) Packet {
	p = p.Clone()
	p.Decisions, p.AsOf = cloneDecisions(d), d.DecidedAt
	return p
}

// WithWaivers returns the packet with waivers added.
func (p Packet) WithWaivers(waivers ...gates.Waiver) Packet {
	p = p.Clone()
	p.Waivers = append(p.Waivers, waivers...)
	return p
}

// WithNotes returns the packet with the release notes replaced.
func (p Packet) WithNotes(n notes.Packet) Packet {
	p = p.Clone()
	p.Notes = n.Clone()
	return p
}

// WithComms returns the packet with the communication plan replaced.
func (p Packet) WithComms(c comms.Plan) Packet {
	p = p.Clone()
	p.Comms = c.Clone()
	return p
}

// WithCompliance returns the packet with the compliance evidence log replaced.
func (p Packet) WithCompliance(l compliance.Log) Packet {
	p = p.Clone()
	p.Compliance = l.Clone()
	return p
}

// Subjects returns what the sign-offs of each gate approve; see [gates.SubjectsOf].
func Subjects(p Packet) gates.Subjects { return gates.SubjectsOf(p.Plan, p.Catalog) }

// Verdict is the final word on a packet: the worst of its decisions, Hold if
// there is none, and Hold instead of Go if the report has an error.
func Verdict(p Packet, r check.Report) gates.Verdict {
	v := p.Decisions.Verdict()
	if v == gates.Go && (r.Err() != nil || len(r.Rules) == 0) {
		return gates.Hold // an error, or a report of nothing at all
	}
	return v
}

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
	d.Barred, d.Unpinned = slices.Clone(d.Barred), slices.Clone(d.Unpinned)
	d.Waivers = slices.Clone(d.Waivers)
	d.Strays = slices.Clone(d.Strays)
	d.Gates = lists.Clone(d.Gates, cloneDecision)
	return d
}

func cloneDecision(d gates.Decision) gates.Decision {
	d.Barred, d.Unpinned = slices.Clone(d.Barred), slices.Clone(d.Unpinned)
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
