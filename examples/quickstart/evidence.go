package main

import (
	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/value"
)

// register is the record of approvals: who is asked, under which control, and
// where the proof is kept.
func register() compliance.Log {
	approval := func(id, title, responsible, delegate, control, clause string) compliance.Approval {
		return compliance.NewApproval(id, title, responsible, delegate).WithControls(control).WithClauses(clause).
			WithEvidence(compliance.Evidence{Format: "Jira issue", Location: value.Link("https://evidence.example.com/" + version + "/" + id),
				Digest: value.Sum([]byte("evidence of " + id))})
	}
	l := compliance.NewLog(value.Link("https://evidence.example.com/"+version), value.Period{Years: 7}).
		WithPeople("noor", "fatou").
		WithApprovals(
			approval("A1", "Scope", "release-manager", "release-deputy", "CC8.1", "7.2").
				Approve("anja", berlin("2026-11-24T16:10:00"), value.Sum([]byte("scope of "+version))),
			approval("A2", "Development exit", "booking-lead", "payments-lead", "CC8.1", "7.3").ForGate("development/exit").
				Approve("goran", berlin("2026-12-04T17:30:00"), value.Sum([]byte("development exit of "+version))),
			approval("A3", "QA exit", "qa-director", "qa-manager", "CC8.1", "7.3").ForGate("qa/exit").
				Approve("dora", berlin("2026-12-08T10:30:00"), value.Sum([]byte("qa exit of "+version))).
				Delegated("Chidi Eze is on leave"),
			approval("A4", "Staging exit", "sre-lead", "sre-on-call", "A1.3", "7.3").ForGate("staging/exit"),
			approval("A5", "Production entry", "release-manager", "release-deputy", "CC8.1", "7.4").ForGate("production/entry"),
			approval("A6", "Production exit", "release-manager", "release-deputy", "CC8.1", "7.4").ForGate("production/exit"),
			approval("A7", "Change CHG-2071", "cab-chair", "steering", "CC8.1", "7.1").
				Approve("mei", berlin("2026-12-07T14:50:00"), value.Sum([]byte("CHG-2071"))),
			approval("A8", "Security review SEC-77", "security-lead", "sre-lead", "CC7.1", "7.5").
				Approve("iris", berlin("2026-12-03T15:00:00"), value.Sum([]byte("SEC-77"))),
		)
	l.Privacy = compliance.Assessment{Reference: "PIA-41", Link: "https://wiki.example.com/privacy/PIA-41", By: "privacy-officer", At: berlin("2026-11-20T11:00:00")}
	l.Legal = compliance.Assessment{None: release.Negative{By: "legal-counsel", Reason: "no terms of service change"}}
	return l
}
