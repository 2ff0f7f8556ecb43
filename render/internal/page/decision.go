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
	d.Heading("#")
	d.Lit("Release Packet: ")
	d.Text(o.Name)
	d.Lit(" ")
	d.Text(o.Version)
	d.End()
	d.End()
	d.Lit("As of ")
	d.Moment(d.packet.AsOf)
	d.Lit(". Operating time zone: ")
	d.Text(o.Zone)
	switch {
	case d.Faulty() && o.Zone == "":
		d.Lit(", moments are in UTC")
	case d.Faulty():
		d.Lit(", which is not known here, moments are in UTC")
	}
	d.Lit(". Verdict: ")
	d.verdict(d.overall())
	if d.report == nil {
		d.Lit(", not verified")
	}
	d.Lit(".\n")
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
		d.Lit("**Go**")
	case gates.NoGo:
		d.Lit("**No-go**")
	default:
		d.Lit("**Hold**")
	}
}

// decision writes one row for each gate: its verdict and what stands in the way.
func (d *Doc) decision() {
	all := d.packet.Catalog.Gates
	switch {
	case len(all)+len(d.decisions.others) == 0:
		d.verdict(gates.Hold)
		d.Lit(": gates not given, nothing is decided.\n")
		return
	case d.Level == 0:
		d.Table("Gate", "Verdict", "Valid until", "Blocked by")
	default:
		d.Table("Gate", "Verdict", "Valid until / blocked by")
	}
	for i := range all {
		d.Cell()
		d.Text(all[i].ID())
		d.decided(d.decisions.of[i])
	}
	for _, other := range d.decisions.others {
		d.Cell()
		d.Text(other.Gate)
		d.Lit(" (no gate of the catalog, or decided twice)")
		d.decided(other)
	}
}

// Unpinned are the connectors that answered by the override for development,
// whichever decision says so.
func (d *Doc) Unpinned() []string {
	all := slices.Clone(d.packet.Decisions.Unpinned)
	for i := range d.packet.Decisions.Gates {
		all = append(all, d.packet.Decisions.Gates[i].Unpinned...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// unpinned writes whose facts came from programs that nobody pinned.
func (d *Doc) unpinned() {
	d.Bullet(0)
	d.Lit("Development override, nobody pinned the program: ")
	for i, name := range d.Unpinned() {
		d.Separate(i)
		d.Text(name)
	}
	d.End()
}

// uncounted writes the answers to no gate, and who may not sign.
func (d *Doc) uncounted() {
	strays, barred := d.packet.Decisions.Strays, d.packet.Decisions.Barred
	if d.Level == 0 {
		d.refused(0, strays)
		d.barred(barred)
		return
	}
	if len(strays)+len(barred) == 0 {
		return
	}
	d.Bullet(0)
	d.Plural("Not counted: ", len(strays), " approval")
	d.Plural("; barred from signing: ", len(barred), " person")
	d.End()
}

// barred writes who may not sign, because they wrote or requested the change.
func (d *Doc) barred(people []string) {
	if len(people) == 0 {
		return
	}
	d.Bullet(0)
	d.Lit("Barred from signing: ")
	d.PersonList(people)
	d.End()
}

// decided writes the cells of one decision, which may be missing.
func (d *Doc) decided(decision *gates.Decision) {
	d.Cell()
	if decision == nil {
		d.verdict(gates.Hold)
		if d.Level == 0 {
			d.Cell()
			d.Lit("none")
		}
		d.Cell()
		d.Lit("not decided")
		d.Row()
		return
	}
	d.verdict(decision.Verdict)
	if d.Level == 0 || decision.Verdict == gates.Go {
		d.validity(decision)
	}
	if d.Level == 0 || decision.Verdict != gates.Go {
		d.Cell()
		d.reasons(decision)
	}
	d.Row()
}

// validity writes the cell that says until when a decision holds.
func (d *Doc) validity(decision *gates.Decision) {
	d.Cell()
	switch {
	case decision.Verdict == gates.Go:
		d.Moment(decision.ValidUntil)
	case decision.ChangesAt.IsZero():
		d.Lit("none")
	default:
		d.Lit("none, can change by itself ")
		d.Moment(decision.ChangesAt)
	}
}

func (d *Doc) reasons(decision *gates.Decision) {
	switch {
	case len(decision.Reasons) > 0:
	case decision.Verdict == gates.Go:
		d.Lit("nothing")
	default:
		d.NotGiven()
	}
	if d.Level > 1 {
		d.causes(decision)
		return
	}
	for i, because := range decision.Because() {
		d.SeparateBy("; ", i)
		d.Text(because)
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
			d.SeparateBy("; ", n)
			d.Text(sentences[i])
			n++
		} else if !slices.Contains(codes, code) {
			codes = append(codes, code)
			d.SeparateBy("; ", n)
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
			d.Separate(n)
			d.Text(r.About)
			n++
		}
	}
	if n > 0 {
		d.Lit(": ")
	}
	d.Text(code.Words())
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
