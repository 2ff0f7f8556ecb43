package packet_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
)

// Every change of a profile has a rule, a reason and an effect, and each rule
// is changed once.
func TestProfiles(t *testing.T) {
	own := map[string]check.Severity{}
	for _, r := range packet.Rules() {
		own[r.ID] = r.Severity
	}
	var names []string
	for _, p := range packet.Profiles() {
		names = append(names, p.Name)
		seen := map[string]bool{}
		for _, c := range p.Changes {
			s, ok := own[c.Rule]
			if !ok || seen[c.Rule] || check.Blank(c.Reason) || !c.Off && c.Severity == s {
				t.Errorf("%s: %+v", p.Name, c)
			}
			if stricter := c.Severity < s; p.Name == "strict" && (c.Off || !stricter) {
				t.Errorf("strict is milder about %s", c.Rule)
			}
			seen[c.Rule] = true
		}
	}
	if diff := cmp.Diff([]string{"strict", "default", "hotfix"}, names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The good packet has nothing that any profile finds.
func TestGoodPacketIsStrict(t *testing.T) {
	opts := everything()
	opts.Profile = packet.Strict()
	r := packet.Verify(goodPacket(), opts)
	if len(r.Findings) != 0 || r.Counts().Passed != len(packet.Rules()) {
		t.Errorf("%s", r.Text(packet.Deliverable))
	}
}

// A short packet of a hotfix is judged as one, and not as anything else.
func TestHotfix(t *testing.T) {
	p := goodPacket()
	p.Plan.Overview.Urgency = release.Hotfix
	p.Plan.Overview.CodeFreeze, p.Plan.Overview.OutOfScope = release.Overview{}.CodeFreeze, nil
	p.Plan.Timeline.Milestones = p.Plan.Timeline.Milestones[5:]
	p.Comms.Messages = slices.Delete(p.Comms.Messages, 0, 1) // no daily update
	p.Notes.Customers.Benefits, p.Notes.Leadership.Benefits = nil, nil
	p.Compliance.Emergency = compliance.Emergency{By: "frances", At: when("2026-12-08T12:00:00-05:00"), Reason: "Checkout is down",
		ReviewBy: "steering", ReviewDue: when("2026-12-10T12:00:00-05:00")}
	p.Plan.Directory.People = append(p.Plan.Directory.People, release.Person{ID: "frances", Name: "Frances"})
	p = decideAnew(p)
	errors := func(profile check.Profile) []string {
		var list []string
		opts := everything()
		opts.Log, opts.Profile = nil, profile
		for _, f := range packet.Verify(p, opts).Findings.Of(check.Error) {
			list = append(list, f.Rule)
		}
		slices.Sort(list)
		return slices.Compact(list)
	}
	if got := errors(packet.ProfileOf(p)); len(got) != 0 {
		t.Errorf("as a hotfix: %v", got)
	}
	if got := strings.Join(errors(packet.Default()), " "); got != "COM-003 COM-009 MS-004 NOTE-002 OVR-003 OVR-007 X-008" {
		t.Errorf("by default: %v", got)
	}
	p.Plan.Overview.Urgency = release.Planned
	if got := errors(packet.Hotfix()); !slices.Contains(got, "CMP-024") {
		t.Errorf("no hotfix, judged as one: %v", got)
	}
	if got := packet.ProfileOf(p).Name; got != "default" {
		t.Errorf("a planned release is judged as %s", got)
	}
}

// A host adds rules of its own, and changes ours.
func TestHostsOwn(t *testing.T) {
	named := check.Rule[packet.Packet]{ID: "SHOP-001", Severity: check.Warning, Doc: "The release is called after its season.",
		Check: func(p *check.Pass[packet.Packet]) {
			if !strings.HasPrefix(p.Subject.Plan.Overview.Name, "Summer") {
				p.Report(check.Invalid("plan.overview.name", p.Subject.Plan.Overview.Name, "is not of this season"))
			}
		}}
	opts := everything()
	opts.Rules = []check.Rule[packet.Packet]{named}
	if r := packet.Verify(goodPacket(), opts); len(r.Findings) != 1 || r.Findings[0].Rule != "SHOP-001" || packet.Verdict(goodPacket(), r) != gates.Go {
		t.Errorf("%v", r.Findings)
	}
	opts.Profile = packet.Default().With("shop", check.Adjustment{Rule: "SHOP-001", Reason: "marketing insists"})
	r := packet.Verify(goodPacket(), opts)
	if packet.Verdict(goodPacket(), r) != gates.Hold || r.Profile != "shop" {
		t.Errorf("%v", r.Findings)
	}
	// It stands before the rule that looks at what was found.
	if got := r.Findings[len(r.Findings)-1]; got.Rule != "X-008" {
		t.Errorf("last is %s", got)
	}
	groups := r.Groups(packet.Deliverable)
	if len(groups) != 2 || groups[0].Name != "release overview" || groups[1].Name != "decisions" {
		t.Errorf("%v", groups)
	}
}

// Every part of a packet belongs to a deliverable.
func TestDeliverable(t *testing.T) {
	for path, want := range map[check.Path]string{
		"plan.scope[0].id": "release overview", "plan.timeline.milestones[1]": "milestone timeline", "catalog.gates[0]": "risk gate catalog",
		"plan.rollback.matrix": "checklist suite", "waivers[0]": "decisions", "plan.directory.roles[0]": "plan", "plan.questions": "open issues register",
		"": "packet", "schema": "packet", "planet": "packet", "compliance": "compliance evidence log",
	} {
		if got := packet.Deliverable(path); got != want {
			t.Errorf("%q: %s, want %s", path, got, want)
		}
	}
}
