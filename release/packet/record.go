package packet

import (
	"time"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/value"
)

// Record returns the packet with its compliance log brought up to what the
// decisions count: an approval that opens a gate is approved by whoever signed
// for its responsible role or that role's delegate, at the moment and of the
// subject that they signed, pending while nobody has, and rejected when the
// gate is. Approvals that open no gate, or one that is not decided, stay as
// they are, and so does evidence.
func Record(p Packet) Packet {
	p = p.Clone()
	zone, err := value.LoadZone(p.Plan.Overview.Zone)
	if err != nil {
		zone = time.UTC
	}
	for i := range p.Compliance.Approvals {
		a := &p.Compliance.Approvals[i]
		d, ok := p.Decisions.Find(a.Gate)
		if a.Gate == "" || !ok {
			continue
		}
		for _, s := range d.SignOffs {
			if s.Role == a.Responsible {
				enter(a, d, s, zone)
				break
			}
		}
	}
	return p
}

// enter writes down what became of one sign-off.
func enter(a *compliance.Approval, d gates.Decision, s gates.Signature, zone *time.Location) {
	reason := a.Reason
	a.Status, a.By, a.At, a.Subject, a.ByDelegate, a.Reason = compliance.Pending, "", value.When{}, "", false, ""
	for _, r := range d.Reasons {
		if r.Code == gates.CodeRejected {
			a.Status, a.By, a.At, a.Reason = compliance.Rejected, r.About, value.At(d.DecidedAt.In(zone)), r.Sentence()
			return
		}
	}
	if !s.Met() {
		return
	}
	last := s.By[0]
	for _, by := range s.By[1:] {
		if by.At.After(last.At) {
			last = by
		}
	}
	a.Status, a.By, a.At, a.Subject, a.ByDelegate = compliance.Approved, last.Person, value.At(last.At.In(zone)), d.Subject, last.Delegated
	if last.Delegated {
		a.Reason = reason
	}
}
