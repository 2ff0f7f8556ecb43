package paper

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/bench/engines"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// NewPacket returns the packet of a size: the catalogue of package engines,
// decided, and at size 1 a plan as large as those of real releases. A larger one
// has so many times the criteria, approvals, people, components, items of scope and
// freezes.
func NewPacket(size int) (packet.Packet, error) {
	plan, err := newPlan(size)
	if err != nil {
		return packet.Packet{}, err
	}
	catalog := engines.Catalog(size)
	tools := []string{"Datadog", "Jira"}
	for i, env := range engines.Environments {
		g := catalog.Gates[i].WithTooling(tools...).
			WithDashboards(value.Link("https://app.datadoghq.eu/dashboard/checkout?env=" + env))
		catalog.Gates[i] = g
	}
	t := engines.Prepare(catalog, plan)
	decisions := t.Evaluate(engines.Healthy(t, size).Facts)
	if got := decisions.Verdict(); got != gates.NoGo {
		return packet.Packet{}, fmt.Errorf("the packet is %s, want no-go for its last environment alone", got)
	}
	return packet.New(plan, catalog).WithDecisions(decisions), nil
}

func newPlan(size int) (release.Plan, error) {
	plan := engines.Plan(size)
	o := &plan.Overview
	var err error
	read := func(s string) value.When {
		w, e := value.ParseWhen(s)
		if e != nil {
			err = e
		}
		return w
	}
	o.Zone = "Europe/Berlin"
	o.CodeFreeze = read("2026-11-27T18:00:00+01:00[Europe/Berlin]")
	o.Window = release.Window{Start: read("2026-12-01T20:00:00+01:00[Europe/Berlin]"), End: read("2026-12-01T23:00:00+01:00[Europe/Berlin]")}
	o.RollbackSLA = value.Duration(15 * time.Minute)
	o.Manager, o.Deputy = "release-manager", "deputy"
	o.Objectives = []string{
		"Move the checkout to the new pricing engine behind a flag and keep the previous path warm for the whole watch period",
		"Cut the median time to a paid order by a fifth without losing a single receipt",
	}
	o.OutOfScope = []string{"Refunds through the old ledger", "The loyalty programme of the shops in Poland"}
	o.Links = []value.Link{"https://wiki.example.com/checkout/4.12.0", "https://status.example.com"}
	plan.Scope = nil
	for nth := range size {
		grow(&plan, nth)
		plan.Timeline.Freezes = append(plan.Timeline.Freezes, release.Freeze{ID: numbered("black-week", nth),
			Reason: "The shops sell a third of the year in these days", Window: release.Window{Start: read("2026-12-12"), End: read("2026-12-27")}})
	}
	plan.Policy.Name = "Change policy 7"
	addPeople(&plan.Directory)
	return plan, err
}

// grow adds the components and the scope of one plan more, the nth after the
// first.
func grow(plan *release.Plan, nth int) {
	for i, name := range []string{"checkout-api", "pricing", "receipts", "ledger-bridge", "checkout-web", "checkout-ios", "checkout-android"} {
		name = numbered(name, nth)
		plan.Overview.Components = append(plan.Overview.Components, release.Component{Name: name, Kind: kinds[i],
			Version: fmt.Sprintf("4.12.%d", i), Artifact: value.Sum([]byte(name)), Owner: "release-manager",
			Repository: value.Link("https://git.example.com/checkout/" + name)})
	}
	for i, title := range titles {
		class := release.MustShip
		if i%3 == 2 {
			class = release.Deferrable
		}
		id := numbered(fmt.Sprintf("CHK-%d", 1201+7*i), nth)
		plan.Scope = append(plan.Scope, release.ScopeItem{ID: id, Title: title, Class: class, Status: "In Review",
			Authors: []string{"author"}, Link: value.Link("https://jira.example.com/browse/" + id)})
	}
}

// numbered tells names of the same apart; the first stays as it is.
func numbered(name string, nth int) string {
	if nth == 0 {
		return name
	}
	return fmt.Sprintf("%s-%d", name, nth)
}

// addPeople adds those who do not sign, and a delegation.
func addPeople(d *release.Directory) {
	for _, role := range []string{"deputy", "sre-on-call", "author"} {
		d.People = append(d.People, release.Person{ID: role, Name: "Robin | " + role,
			Accounts: []fact.Account{{System: "github", ID: role}, {System: "jira", ID: role}}})
		d.Roles = append(d.Roles, release.Role{ID: role, Title: "The " + role + " of checkout", Holders: []string{role}})
	}
}

var kinds = []release.ComponentKind{release.Service, release.Service, release.Service, release.Service, release.Web,
	release.Mobile, release.Mobile}

var titles = []string{
	"Prices come from the new engine", "Receipts by e-mail in every language of the shop", "Retry a payment once | not twice",
	"Show the delivery day before the payment", "Keep the basket when somebody signs in", "Round taxes as the ledger does",
	"Fall back to the old engine within a second", "Log why a discount was refused", "Drop the unused voucher table",
	"Limit guesses of gift card numbers",
}
