package packet

import (
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
)

// Names of the profiles.
const (
	defaultName = "default"
	strictName  = "strict"
	hotfixName  = "hotfix"
)

// Default is the profile of an ordinary release: every rule at its own severity.
func Default() check.Profile { return check.Profile{Name: defaultName} }

// ProfileOf returns the profile that a packet is judged by when nobody says
// another: [Hotfix] for a hotfix, else [Default].
func ProfileOf(p Packet) check.Profile {
	if p.Plan.Overview.Urgency == release.Hotfix {
		return Hotfix()
	}
	return Default()
}

// Profiles returns the profiles by which a packet may be judged.
func Profiles() []check.Profile { return []check.Profile{Strict(), Default(), Hotfix()} }

// Strict is the profile under which every warning blocks, but for those about
// what only time can mend. Nothing is switched off.
func Strict() check.Profile {
	p := check.Profile{Name: strictName}
	for _, c := range []struct{ rule, reason string }{
		{"CHK-004", "who reads a checklist at night acts on its verbs"},
		{"CMP-010", "evidence without a digest may be another tomorrow"},
		{"CMP-015", "an auditor asks why the delegate answered"},
		{"CMP-017", "an answer that does not count was meant to"},
		{"COM-015", "a message whose sender is off duty is not sent"},
		{"COM-016", "notes that nobody sends are not read"},
		{"DEP-005", "a kind of dependency that nobody speaks of was forgotten"},
		{"DEP-012", "an approval that is refused on the day stops the release"},
		{"ISS-005", "a question to nobody is not answered"},
		{"ISS-008", "an empty register is a claim, and somebody makes it"},
		{"MS-010", "a buffer shorter than the rollback is none"},
		{"OPS-001", "leads decide on what they were told"},
		{"OPS-005", "what the war room did not write down did not happen"},
		{"OVR-009", "a release that nothing needs can wait"},
		{"OVR-015", "a release of which nobody measures the use is not finished"},
		{"SPL-004", "two spellings are two things to a search"},
		{"TIME-005", "one moment in two clocks is read as two moments"},
	} {
		p.Changes = append(p.Changes, check.Adjustment{Rule: c.rule, Severity: check.Error, Reason: c.reason})
	}
	return p
}

// Hotfix is the profile of a change that cannot wait, with a short packet. What
// takes days to prepare is off or warns. What is done afterwards has its
// deadline: rule CMP-024 wants a declared emergency, CMP-023 its review in the
// policy's time, and CMP-007 takes approvals after the fact only until then.
// What protects customers during the change stays as it is: gates, sign-offs,
// rollback, segregation of duties, escalation.
func Hotfix() check.Profile {
	p := check.Profile{Name: hotfixName}
	for _, c := range []struct{ rule, reason string }{
		{"COM-009", "there are no days before a hotfix to be told of daily"},
		{"COM-010", "a packet circulated 24 hours before is too late: the emergency's approvers are paged"},
		{"DEP-005", "a hotfix touches few kinds of dependency"},
		{"DEP-012", "nobody waits for a second answer"},
		{"MS-008", "a hotfix goes into a freeze by its nature"},
		{"MS-011", "the board decides after the fact, by the deadline of the emergency's review"},
		{"OPS-001", "there are no days before a hotfix to be told of daily"},
		{"OPS-003", "sign-off is asked for as the emergency is declared"},
		{"OVR-003", "a hotfix has no freeze of its own"},
		{"OVR-004", "a hotfix has no freeze of its own"},
		{"OVR-015", "the use of a hotfix is that the fault is gone"},
	} {
		p.Changes = append(p.Changes, check.Adjustment{Rule: c.rule, Off: true, Reason: c.reason})
	}
	for _, c := range []struct{ rule, reason string }{
		{"CHK-005", "documentation and reviews may follow; the emergency's review asks for them"},
		{"COM-001", "the message before the window may be the page that declares the emergency"},
		{"COM-003", "a hotfix uses the channels that reach somebody now"},
		{"COM-013", "customers are told as soon as it is known, not as long before as the policy demands"},
		{"MS-004", "planning and a dry run take days"},
		{"MS-013", "the rollback is what is rehearsed, by a gate"},
		{"NOTE-002", "a short note tells what is mended and what to do"},
		{"NOTE-003", "articles may follow"},
		{"NOTE-009", "leadership hears of it in the review of the emergency"},
		{"OVR-007", "the boundary of a hotfix is the fault that it mends"},
		{"X-001", "the packet is short: what is not there yet follows with the emergency's review"},
	} {
		p.Changes = append(p.Changes, check.Adjustment{Rule: c.rule, Severity: check.Warning, Reason: c.reason})
	}
	return p
}
