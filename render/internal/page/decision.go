package page

import (
	"slices"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/packet"
)

// pairing is the decision of each gate of the catalog, nil where there is none,
// and the decisions that are of no gate, or of one a second time.
type pairing struct {
	of     []*gates.Decision
	others []*gates.Decision
}

// pair expects the decisions in the catalog's order, as Evaluate makes them,
// and looks for those that are elsewhere.
func pair(p *packet.Packet) pairing {
	decided := p.Decisions.Gates
	out := pairing{of: make([]*gates.Decision, len(p.Catalog.Gates))}
	used := make([]bool, len(decided))
	for i := range p.Catalog.Gates {
		if i < len(decided) && decides(&decided[i], &p.Catalog.Gates[i]) {
			out.of[i], used[i] = &decided[i], true
		}
	}
	elsewhere := map[string][]int{}
	for i := range decided {
		if !used[i] {
			elsewhere[decided[i].Gate] = append(elsewhere[decided[i].Gate], i)
		}
	}
	if len(elsewhere) > 0 {
		for i := range p.Catalog.Gates {
			id := p.Catalog.Gates[i].ID()
			if found := elsewhere[id]; out.of[i] == nil && len(found) > 0 {
				out.of[i], used[found[0]] = &decided[found[0]], true
				elsewhere[id] = found[1:]
			}
		}
	}
	for i := range decided {
		if !used[i] {
			out.others = append(out.others, &decided[i])
		}
	}
	return out
}

// decides reports whether the decision names the gate, without building its id.
func decides(d *gates.Decision, g *gates.Gate) bool {
	kind, n := g.Kind.String(), len(g.Environment)
	return len(d.Gate) == n+1+len(kind) && d.Gate[:n] == g.Environment && d.Gate[n] == '/' && d.Gate[n+1:] == kind
}

// title writes the heading of the page and the line below it.
func (d *Doc) title() {
	o := &d.packet.Plan.Overview
	d.heading("#")
	d.lit("Release Packet: ")
	d.text(o.Name)
	d.lit(" ")
	d.text(o.Version)
	d.end()
	d.end()
	d.lit("As of ")
	d.moment(d.packet.AsOf)
	d.lit(". Operating time zone: ")
	d.text(o.Zone)
	switch {
	case d.faulty && o.Zone == "":
		d.lit(", moments are in UTC")
	case d.faulty:
		d.lit(", which is not known here, moments are in UTC")
	}
	d.lit(". Verdict: ")
	d.verdict(d.overall())
	if d.report == nil {
		d.lit(", not verified")
	}
	d.lit(".\n")
}

// overall is the packet's verdict, and Hold instead of Go if a gate of the
// catalog is not decided.
func (d *Doc) overall() gates.Verdict {
	v := d.packet.Decisions.Verdict()
	if d.report != nil {
		v = packet.Verdict(*d.packet, *d.report)
	}
	for _, decision := range d.decisions.of {
		if decision == nil {
			return gates.Worse(v, gates.Hold)
		}
	}
	return v
}

func (d *Doc) verdict(v gates.Verdict) {
	switch v {
	case gates.Go:
		d.lit("**Go**")
	case gates.NoGo:
		d.lit("**No-go**")
	default:
		d.lit("**Hold**")
	}
}

// decision writes one row for each gate: its verdict and what stands in the way.
func (d *Doc) decision() {
	all := d.packet.Catalog.Gates
	switch {
	case len(all)+len(d.decisions.others) == 0:
		d.verdict(gates.Hold)
		d.lit(": gates not given, nothing is decided.\n")
		return
	case d.level == 0:
		d.table("Gate", "Verdict", "Valid until", "Blocked by")
	default:
		d.table("Gate", "Verdict", "Valid until / blocked by")
	}
	for i := range all {
		d.cell()
		d.text(all[i].ID())
		d.decided(d.decisions.of[i])
	}
	for _, other := range d.decisions.others {
		d.cell()
		d.text(other.Gate)
		d.lit(" (no gate of the catalog, or decided twice)")
		d.decided(other)
	}
}

// uncounted writes the answers to no gate, and who may not sign.
func (d *Doc) uncounted() {
	strays, barred := d.packet.Decisions.Strays, d.packet.Decisions.Barred
	if d.level == 0 {
		d.refused(0, strays)
		d.barred(barred)
		return
	}
	if len(strays)+len(barred) == 0 {
		return
	}
	d.bullet(0)
	d.plural("Not counted: ", len(strays), " approval")
	d.plural("; barred from signing: ", len(barred), " person")
	d.end()
}

// barred writes who may not sign, because they wrote or requested the change.
func (d *Doc) barred(people []string) {
	if len(people) == 0 {
		return
	}
	d.bullet(0)
	d.lit("Barred from signing: ")
	d.personList(people)
	d.end()
}

// decided writes the cells of one decision, which may be missing.
func (d *Doc) decided(decision *gates.Decision) {
	d.cell()
	if decision == nil {
		d.verdict(gates.Hold)
		if d.level == 0 {
			d.cell()
			d.lit("none")
		}
		d.cell()
		d.lit("not decided")
		d.row()
		return
	}
	d.verdict(decision.Verdict)
	if d.level == 0 || decision.Verdict == gates.Go {
		d.validity(decision)
	}
	if d.level == 0 || decision.Verdict != gates.Go {
		d.cell()
		d.reasons(decision)
	}
	d.row()
}

// validity writes the cell that says until when a decision holds.
func (d *Doc) validity(decision *gates.Decision) {
	d.cell()
	switch {
	case decision.Verdict == gates.Go:
		d.moment(decision.ValidUntil)
	case decision.ChangesAt.IsZero():
		d.lit("none")
	default:
		d.lit("none, can change by itself ")
		d.moment(decision.ChangesAt)
	}
}

func (d *Doc) reasons(decision *gates.Decision) {
	switch {
	case len(decision.Reasons) > 0:
	case decision.Verdict == gates.Go:
		d.lit("nothing")
	default:
		d.notGiven()
	}
	if d.level > 1 {
		d.causes(decision)
		return
	}
	for i, because := range decision.Because() {
		d.separateBy("; ", i)
		d.text(because)
	}
}

// causes writes the reasons in few words: what is not met with its numbers, and
// the rest by the code behind it, each code once with all that it is about.
func (d *Doc) causes(decision *gates.Decision) {
	var sentences []string
	n := 0
	codes := make([]gates.Code, 0, 8)
	for i := range decision.Reasons {
		code := cause(&decision.Reasons[i])
		if numeric(code) {
			if sentences == nil {
				sentences = decision.Because()
			}
			d.separateBy("; ", n)
			d.text(sentences[i])
			n++
		} else if !slices.Contains(codes, code) {
			codes = append(codes, code)
			d.separateBy("; ", n)
			d.about(decision, code)
			n++
		}
	}
}

// about writes what a code is about, and the code in words.
func (d *Doc) about(decision *gates.Decision, code gates.Code) {
	n := 0
	for i := range decision.Reasons {
		if r := &decision.Reasons[i]; cause(r) == code && r.About != "" {
			d.separate(n)
			d.text(r.About)
			n++
		}
	}
	if n > 0 {
		d.lit(": ")
	}
	d.text(code.Words())
}

// cause is the code of what is behind a reason.
func cause(r *gates.Reason) gates.Code {
	if r.Because != "" {
		return r.Because
	}
	return r.Code
}

// numeric reports whether a code says nothing without its numbers.
func numeric(code gates.Code) bool { return code == gates.CodeNotMet || code == gates.CodeNearing }
