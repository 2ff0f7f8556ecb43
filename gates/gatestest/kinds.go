package gatestest

import (
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
)

// kinds are the kinds of tests that tables show in situations. Groups are seen
// in their criteria, and of the host's code nobody knows a limit.
var kinds = []kind{
	kindOf("AtMost", func(c *gates.Criterion) *gates.Threshold { return c.AtMost }, atMost),
	kindOf("AtLeast", func(c *gates.Criterion) *gates.Threshold { return c.AtLeast }, atLeast),
	kindOf("Between", func(c *gates.Criterion) *gates.Range { return c.Between }, between),
	kindOf("None", func(c *gates.Criterion) *probe.Zero { return c.None }, none),
	kindOf("Count", func(c *gates.Criterion) *probe.Tally { return c.Count }, tally),
	kindOf("Approved", func(c *gates.Criterion) *probe.Consent { return c.Approved }, consent),
	kindOf("Done", func(c *gates.Criterion) *probe.Completion { return c.Done }, completion),
	kindOf("Canary", func(c *gates.Criterion) *probe.Canary { return c.Canary }, canary),
	kindOf("BurnDown", func(c *gates.Criterion) *probe.BurnDown { return c.BurnDown }, burnDown),
	kindOf("Budget", func(c *gates.Criterion) *probe.Budget { return c.Budget }, budget),
	kindOf("BurnRate", func(c *gates.Criterion) *probe.BurnRate { return c.BurnRate }, burnRate),
	kindOf("Healthy", func(c *gates.Criterion) *probe.Health { return c.Healthy }, health),
	kindOf("Quiet", func(c *gates.Criterion) *probe.Quiet { return c.Quiet }, quiet),
	kindOf("Suite", func(c *gates.Criterion) *probe.Suite { return c.Suite }, suite),
	kindOf("Rehearsed", func(c *gates.Criterion) *probe.Rehearsal { return c.Rehearsed }, rehearsal),
	kindOf("Deployed", func(c *gates.Criterion) *probe.Deployed { return c.Deployed }, deployed),
	kindOf("Attested", func(c *gates.Criterion) *probe.Attestation { return c.Attested }, attestation),
	kindOf("Inside", func(c *gates.Criterion) *probe.Inside { return c.Inside }, inside),
	kindOf("Checklist", func(c *gates.Criterion) *probe.Checklist { return c.Checklist }, checklist),
}
