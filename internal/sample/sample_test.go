package sample_test

import (
	"reflect"
	"testing"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
)

// The sample is what it says: everything is asked, answered and passed, and no
// rule finds anything or lacks what it needs.
func TestPacket(t *testing.T) {
	p := sample.Packet()
	facts := sample.Facts(p.Plan, p.Catalog, sample.Open)
	for _, q := range p.Catalog.Queries() {
		if _, n := facts.Find(q); n != 1 {
			t.Errorf("%d answers to %v", n, q)
		}
	}
	for _, d := range p.Decisions.Gates {
		for _, o := range d.Outcomes {
			if d.Verdict != gates.Go || o.Raw != gates.Pass {
				t.Errorf("%s of %s: %s\n%s", o.Criterion, d.Gate, o.Sentence(), d.Explain())
			}
		}
	}
	log := sample.Conduct()
	r := packet.Verify(p, &packet.VerifyOptions{Now: sample.Open, Facts: &facts, Log: &log, Profile: packet.Strict()})
	for _, f := range r.Findings {
		t.Error(f)
	}
	for _, rule := range r.Rules {
		if rule.State != check.Passed {
			t.Errorf("%s is %s: %s", rule.Rule, rule.State, rule.Reason)
		}
	}
	if got := packet.Verdict(p, r); got != gates.Go {
		t.Errorf("the packet is %s", got)
	}
}

// The catalog has every kind of test that a criterion can make.
func TestEveryKind(t *testing.T) {
	seen := map[string]bool{}
	var look func([]gates.Criterion)
	look = func(all []gates.Criterion) {
		for _, c := range all {
			for _, v := range []reflect.Value{reflect.ValueOf(c), reflect.ValueOf(c.Kinds)} {
				for i := range v.NumField() {
					if f := v.Type().Field(i); f.Type.Kind() == reflect.Pointer {
						seen[f.Name] = seen[f.Name] || !v.Field(i).IsNil()
					}
				}
			}
			look(c.Children())
		}
	}
	for _, g := range sample.Catalog().Gates {
		look(g.Criteria)
	}
	for name, there := range seen {
		if !there {
			t.Errorf("no criterion of the sample is %s", name)
		}
	}
	if len(seen) != 23 {
		t.Errorf("%d kinds of tests", len(seen))
	}
}
