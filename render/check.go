package render

import (
	"maps"
	"slices"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render/internal/reading"
)

// Check judges pages on their bytes, parsed: the rules that
// [packet.RenderedRules] declares, on the length of the body, on what it must not
// leave out, and on its Markdown. It reads pages of any origin, not only those of
// [Fit]. Paths in the report start at the packet; a finding about Markdown has the
// path of the whole and names the place in its message.
//
// The options grade and waive as those of [check.Run] do; facts are not looked at.
// Adjustments and waivers of other rules are left to [packet.Verify]. The report
// of a rendered packet is verified.With(rendered).
func Check(pages Pages, p packet.Packet, opts *check.Options) check.Report {
	subject := newRendering(pages, &p)
	if opts == nil {
		opts = new(check.Options)
	}
	ours := func(rule string) bool {
		return slices.ContainsFunc(packet.RenderedRules(), func(r packet.RenderedRule) bool { return r.ID == rule })
	}
	own := check.Options{Now: opts.Now, Profile: check.Profile{Name: opts.Profile.Name}}
	for _, a := range opts.Profile.Changes {
		if ours(a.Rule) {
			own.Profile.Changes = append(own.Profile.Changes, a)
		}
	}
	for _, w := range opts.Waivers {
		if ours(w.Rule) {
			own.Waivers = append(own.Waivers, w)
		}
	}
	return check.Run(subject, rules(), &own)
}

// rendering is pages beside the packet that they are of.
type rendering struct {
	pages       Pages
	packet      *packet.Packet
	body, annex *reading.Page // parsed; annex is empty if there is none
}

func newRendering(pages Pages, p *packet.Packet) *rendering {
	r := &rendering{pages: pages, packet: p, body: reading.Read(pages.Body), annex: new(reading.Page)}
	if pages.Annex != nil {
		r.annex = reading.Read(pages.Annex)
	}
	return r
}

// read parses the pages again, after a change.
func (r *rendering) read() { *r = *newRendering(r.pages, r.packet) }

// each calls do for the body and, if there is one, the annex.
func (r *rendering) each(do func(name string, page *reading.Page)) {
	do("the body", r.body)
	if r.pages.Annex != nil {
		do("the annex", r.annex)
	}
}

// rules are the declared rules with their checks and bad examples.
func rules() []check.Rule[rendering] {
	judges := maps.Clone(budgetJudges)
	maps.Copy(judges, markdownJudges)
	declared := packet.RenderedRules()
	all := make([]check.Rule[rendering], 0, len(declared))
	for _, d := range declared {
		all = append(all, check.Rule[rendering]{ID: d.ID, Severity: d.Severity, Doc: d.Doc, Bad: judges[d.ID].bad, Check: judges[d.ID].check})
	}
	return all
}

// judge is what one rule looks at, and what breaks it.
type judge struct {
	check func(*check.Pass[rendering])
	bad   func(*rendering)
}

// swap returns what replaces a text of the body once and parses the pages again.
func swap(old, new string) func(*rendering) {
	return func(r *rendering) {
		r.pages.Body = replaceOnce(r.pages.Body, old, new)
		r.read()
	}
}
