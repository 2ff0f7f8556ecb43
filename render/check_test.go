package render_test

import (
	"testing"

	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render"
)

// fitted is the pages of the sample, which has everything.
func fitted(t testing.TB) (packet.Packet, render.Pages) {
	t.Helper()
	p := inTrouble(sample.Packet())
	pages, err := render.Fit(p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p, pages
}

// Every declared rule has a check that finds nothing in good pages and something in
// pages broken for it.
func TestRules(t *testing.T) {
	p, pages := fitted(t)
	good := func() render.Rendering { return render.NewRendering(pages, p) }
	for _, err := range check.Examine(good, render.Rules(), nil) {
		t.Error(err)
	}
	declared := packet.RenderedRules()
	if rules := render.Rules(); len(rules) != len(declared) || len(rules) != render.Judges() {
		t.Errorf("%d rules, %d declared, %d checks", len(rules), len(declared), render.Judges())
	}
	packets := map[string]bool{}
	for _, r := range packet.Rules() {
		packets[r.ID] = true
	}
	for _, r := range declared {
		if packets[r.ID] && !r.Also {
			t.Errorf("%s is the id of a rule of packets too, and is not declared so", r.ID)
		}
	}
}
