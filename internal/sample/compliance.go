package sample

import (
	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// Compliance is the evidence log of the release of [Plan] as of [Now]: what is
// due before the deployment window's last gates is approved, the rest pending.
// Ada, Grace and Ken wrote the change and Margaret deploys it, so Barbara and
// Edsger approve.
func Compliance() compliance.Log {
	return compliance.NewLog("https://evidence.example.com/2026.12.0", value.Period{Years: 3}).
		WithPeople("ken", "margaret").
		WithApprovals(approvals()...).
		WithPrivacy(compliance.Assessment{Reference: "PIA-77", Link: "https://wiki.example.com/pia/77", By: "edsger", At: at("2026-11-20T11:00:00")}).
		WithLegal(compliance.Assessment{None: release.Negative{By: "barbara", Reason: "Terms for gift cards stay as published on 2025-06-01"}})
}

func approvals() []compliance.Approval {
	planned := compliance.NewApproval("A1", "Scope", "release-manager", "release-deputy").
		WithControls("CC8.1", "CM-3").WithClauses("4.1")
	secure := compliance.NewApproval("A2", "Security review", "dev-lead", "sre-lead").
		WithControls("CC7.1", "CC6.8").WithClauses("4.3")
	recovery := compliance.NewApproval("A3", "Recovery rehearsal", "steering", "sre-lead").
		WithControls("A1.3", "CP-10").WithClauses("4.6")
	board := compliance.NewApproval("A4", "CAB decision on CHG-4471", "steering", "sre-lead").
		WithControls("CC8.1", "CM-4").WithClauses("4.7").
		WithEvidence(compliance.Evidence{Location: "https://jira.example.com/browse/CHG-4471", Format: "Jira issue", Retention: value.Period{Years: 7}})
	support := compliance.NewApproval("A13", "Support readiness", "support-lead", "sre-lead").
		WithControls("CC2.2", "CC2.3").WithClauses("4.4")
	gate := func(id, gate, responsible, delegate string) compliance.Approval {
		return compliance.NewApproval(id, "Gate "+gate, responsible, delegate).ForGate(gate).WithControls("CC8.1").WithClauses("4.5")
	}
	return []compliance.Approval{
		approved(planned, "barbara", "2026-11-23T16:30:00"),
		approved(secure, "edsger", "2026-12-03T11:00:00").Delegated("The lead developer wrote part of the change"),
		approved(recovery, "barbara", "2026-12-03T16:00:00"),
		board,
		approved(gate("A5", "dev/entry", "sre-lead", "release-manager"), "edsger", "2026-11-24T10:00:00"),
		approved(gate("A6", "dev/exit", "sre-lead", "release-manager"), "edsger", "2026-12-01T17:00:00"),
		approved(gate("A7", "qa/entry", "release-manager", "release-deputy"), "barbara", "2026-12-02T09:00:00"),
		approved(gate("A8", "qa/exit", "qa-lead", "support-lead"), "barbara", "2026-12-04T17:00:00").
			Delegated("The QA lead wrote part of the change"),
		approved(gate("A9", "staging/entry", "sre-lead", "sre-on-call"), "edsger", "2026-12-04T08:30:00"),
		approved(gate("A10", "staging/exit", "sre-lead", "sre-on-call"), "edsger", "2026-12-04T17:30:00"),
		gate("A11", "production/entry", "release-manager", "release-deputy"),
		gate("A12", "production/exit", "sre-lead", "release-manager"),
		approved(support, "barbara", "2026-12-04T15:00:00"),
	}
}

// approved is the approval with its answer and the digests of what was
// approved and of what proves it.
func approved(a compliance.Approval, by, local string) compliance.Approval {
	return a.Approve(by, at(local), value.Sum([]byte("2026.12.0 "+a.ID))).
		WithEvidence(compliance.Evidence{Digest: value.Sum([]byte("evidence of " + a.ID)), Format: "Jira issue"})
}
