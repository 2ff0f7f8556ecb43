package audit

import (
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/compliance/evidence"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// expect notes which records have to be in the log because of the packet and
// its facts.
func (a *audit) expect() {
	var facts fact.Set
	if err := a.bundle.decode(FactsFile, &facts); err != nil {
		return // said when decisions are replayed
	}
	records, err := Records(a.p, facts)
	if err != nil {
		a.problem(Unread, PacketFile, "it has what no log can store: %v", err)
	}
	for _, r := range records {
		a.wanted[identity(r)]++
	}
}

// identity is what makes a record the same as another.
func identity(r evidence.Record) string {
	return strings.Join([]string{string(r.Kind), r.Name, string(r.Digest), string(r.Body)}, "\x00")
}

// visit notes a record of the log.
func (a *audit) visit(e evidence.Entry) error {
	a.count(e)
	if n := a.wanted[identity(e.Record)]; n > 0 {
		a.wanted[identity(e.Record)] = n - 1
	}
	if name, ok := strings.CutPrefix(e.Name, a.scope); ok && a.read && e.Kind == evidence.KindDocument {
		if before, again := a.documents[name]; again && before.Digest != e.Digest {
			a.replaced = append(a.replaced, before.Recorded)
		}
		a.documents[name] = recorded{Recorded{name, e.Digest, e.Number, e.At}, string(e.Line)}
	}
	return nil
}

// recorded compares the documents with their records, and says which evidence
// the log has no record of.
func (a *audit) recorded() {
	if !a.read {
		return
	}
	for _, name := range a.bundle.Names() {
		if slices.Contains(own, name) {
			continue
		}
		digest, r := value.Sum(a.bundle.files[name]), a.documents[name]
		switch {
		case r.Name == "":
			a.problem(Unrecorded, name, "the log has no record of it")
		case r.Digest != digest:
			a.problem(Altered, name, "its digest is %s, but record %d of %s has %s", digest, r.Record, r.At.Format(time.RFC3339), r.Digest)
		default:
			a.report.Documents = append(a.report.Documents, r.Recorded)
		}
	}
	for _, name := range sortedNames(a.documents) {
		if _, ok := a.bundle.files[name]; !ok && !slices.Contains(required, name) {
			a.problem(Missing, name, "record %d has its digest, but it is not in the bundle", a.documents[name].Record)
		}
	}
	for _, id := range sortedNames(a.wanted) {
		if parts := strings.Split(id, "\x00"); a.wanted[id] > 0 {
			a.problem(Unrecorded, PacketFile, "the log has no such record of kind %s: %q: %s", parts[0], parts[1], parts[3])
		}
	}
	for _, r := range a.replaced {
		a.open("%s was recorded before with another digest, as record %d of %s: the bundle shows the last one", r.Name, r.Record, moment(r.At))
	}
	a.order()
}

// order wants evidence to be recorded before what rests on it.
func (a *audit) order() {
	decisions, ok := a.documents[DecisionsFile]
	if !ok {
		return
	}
	a.report.Recorded = decisions.At
	for _, name := range []string{PlanFile, CatalogFile, FactsFile, WaiversFile} {
		if d, ok := a.documents[name]; ok && d.Record > decisions.Record {
			a.problem(OutOfOrder, name, "it was recorded as %d, after the decisions that rest on it, %d", d.Record, decisions.Record)
		}
	}
	if at := a.p.Decisions.DecidedAt; a.report.Recorded.Before(at) {
		a.problem(OutOfOrder, DecisionsFile, "they were recorded at %s, before they were made at %s", moment(a.report.Recorded), moment(at))
	}
}

// proofs checks the bundle's proofs, and that they are those of its documents.
func (a *audit) proofs() {
	var all proofs
	text, ok := a.bundle.files[ProofsFile]
	if !ok {
		return
	}
	if err := strictjson.Decode(text, &all, nil); err != nil {
		a.problem(Unread, ProofsFile, "%v", err)
		return
	}
	if again, err := strictjson.Encode(all); err != nil || string(again) != string(text) {
		a.problem(Altered, ProofsFile, "it is written in another form than proofs are")
	}
	proven := map[string]bool{}
	for _, d := range all.Documents {
		r, ok := a.documents[d.Name]
		err := d.Proof.Check([]byte(d.Line), a.head)
		switch {
		case proven[d.Name]:
			a.problem(BadProof, ProofsFile, "%s is proven twice", d.Name)
		case !ok || r.line != d.Line || r.Record != d.Proof.Number:
			a.problem(BadProof, ProofsFile, "%s: the log has no such record", d.Name)
		case err != nil:
			a.problem(BadProof, ProofsFile, "%s: %v", d.Name, err)
		}
		proven[d.Name] = true
	}
	for _, name := range sortedNames(a.documents) {
		if !proven[name] {
			a.problem(BadProof, ProofsFile, "%s is not proven", name)
		}
	}
	a.packetCheckpoint(all.Packet)
}

// packetCheckpoint checks that the checkpoint that the packet prints is an
// earlier one of the log.
func (a *audit) packetCheckpoint(p evidence.Consistency) {
	c := a.p.Compliance.Checkpoint
	if !a.read {
		return
	}
	if c.IsZero() {
		a.open("the packet prints no checkpoint of the log, so that printed copies of it witness nothing")
		return
	}
	if err := p.Check(evidence.Checkpoint{Origin: c.Log, Size: int64(c.Size), Root: c.Root}, a.head); err != nil {
		a.problem(BadProof, ProofsFile, "the checkpoint that the packet prints is no earlier one of this log: %v", err)
	}
	if d, ok := a.documents[PacketFile]; ok && d.Record < int64(c.Size) {
		a.problem(Inconsistent, PacketFile, "it prints a checkpoint that covers its own record %d", d.Record)
	}
}

// readWitness reads the checkpoint that was kept elsewhere.
func (a *audit) readWitness() {
	if a.options.Witness == "" {
		a.open("no earlier checkpoint was given: that the whole log was written anew with its key, forked, or cut off together with its checkpoints shows only beside one that was kept elsewhere")
		return
	}
	c, err := evidence.ParseCheckpoint(a.options.Witness, a.pub)
	if err != nil {
		a.problem(NotWitnessed, CheckpointFile, "the checkpoint that was kept elsewhere: %v", err)
		return
	}
	a.witness = c
}

// sizes are those of the log whose roots are to be compared.
func (a *audit) sizes() []int64 {
	if a.witness.Note == "" {
		return nil
	}
	return []int64{a.witness.Size}
}

// earlier compares the log with the checkpoint that was kept elsewhere.
func (a *audit) earlier() {
	if a.witness.Note == "" {
		return
	}
	c := a.witness
	i := slices.IndexFunc(a.roots, func(r evidence.Root) bool { return r.Size == c.Size })
	switch {
	case c.Size > a.report.Size:
		a.problem(NotWitnessed, LogFolder, "it has %d records, but the checkpoint that was kept elsewhere covers %d: its end was cut off", a.report.Size, c.Size)
	case i < 0:
		a.problem(NotWitnessed, LogFolder, "what its first %d records were cannot be told", c.Size)
	case a.roots[i].Root != c.Root:
		a.problem(NotWitnessed, LogFolder, "its first %d records have the root %s, but %s was signed: it was written anew, or is a fork", c.Size, a.roots[i].Root, c.Root)
	default:
		a.report.Witnessed = true
		a.unwitnessed(c.Size)
	}
}

// unwitnessed names what was recorded after the checkpoint that was kept elsewhere.
func (a *audit) unwitnessed(size int64) {
	var later []string
	for _, name := range sortedNames(a.documents) {
		if a.documents[name].Record >= size {
			later = append(later, name)
		}
	}
	if len(later) > 0 {
		a.open("the checkpoint that was kept elsewhere covers %d records, and these were recorded later: %s: that they were written anew is not seen", size, strings.Join(later, ", "))
	}
}
