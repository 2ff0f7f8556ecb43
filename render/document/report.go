package document

import (
	"slices"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/internal/jsondiff"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
)

// Report is what is not the same in two packets.
type Report struct {
	Parts  []Part         // in the order of the packet's page; none has no changes
	Voided []gates.Voided // the sign-offs of the former packet that do not count for the later one
}

// Part is the changes of one deliverable.
type Part struct {
	Title   string   // as on the page of the packet
	Changes []Change // in the order of the former packet, what was added after it
}

// Change is one plain value that is another one, that is not there any more, or
// that was not there. Path is as in a packet; an index is that of the later
// packet, and of the former one for an element that was removed. Old and New are
// JSON, and one of them is empty where the value was added or removed. Where the
// elements of a list are the same in another order, Path is that of the list, and
// Old and New are the lists of their names.
type Change struct {
	Path     check.Path
	Label    string // the path in words, with names of elements instead of indexes
	Kind     ChangeKind
	Old, New string
}

// ChangeKind is what a change is about, as far as its place tells.
type ChangeKind uint8

// The kinds.
const (
	OtherChange ChangeKind = iota
	DateChange
	OwnerChange
	ThresholdChange
	ScopeChange
	OutcomeChange
	VerdictChange
)

var changeNames = []string{"other", "date", "owner", "threshold", "scope", "outcome", "verdict"}

// String returns the kind's name.
func (k ChangeKind) String() string { return enum.String("kind of change", changeNames, k) }

// MarshalText implements [encoding.TextMarshaler].
func (k ChangeKind) MarshalText() ([]byte, error) {
	return enum.Marshal("kind of change", changeNames, k)
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown kind is an error.
func (k *ChangeKind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("kind of change", changeNames, k, text)
}

// Len is how many changes there are, void sign-offs apart.
func (r Report) Len() int {
	n := 0
	for i := range r.Parts {
		n += len(r.Parts[i].Changes)
	}
	return n
}

// deliverables are the parts of a packet in the order of its page. The first
// path that a change is within tells where it belongs.
var deliverables = [...]struct {
	title string
	paths []check.Path
}{
	{"Decision", []check.Path{"asOf", "decisions"}},
	{"Release Overview", []check.Path{"plan.overview", "plan.scope"}},
	{"Dependency Matrix", []check.Path{"plan.dependencies"}},
	{"Milestone Timeline", []check.Path{"plan.timeline"}},
	{"Risk Gate Catalog", []check.Path{"catalog"}},
	{"Checklist Suite", []check.Path{"plan.checklists", "plan.rollback"}},
	{"Release Notes Packet", []check.Path{"notes"}},
	{"Communication Plan", []check.Path{"comms"}},
	{"Compliance Evidence Log", []check.Path{"compliance"}},
	{"Open Issues Register", []check.Path{"plan.questions", "plan.risks"}},
	{"Tooling", []check.Path{"plan.tooling"}},
	{"Waivers", []check.Path{"waivers"}},
	{"People and roles", []check.Path{"plan.directory"}},
	{"Terms", []check.Path{"plan.terms"}},
	{"Policy", []check.Path{"plan.policy"}},
	{"Other", []check.Path{""}}, // everything is within the empty path
}

// elements are the members that tell elements of a packet's lists apart.
var elements = []string{"id", "environment+kind", "gate", "criterion", "name", "role", "person", "approval"}

// Changes returns what is not the same in two packets, plain value by plain value,
// and which sign-offs of the former one [gates.Void] says are void. Lists are
// compared element by element, by the ids or names that elements have. It fails,
// naming the packet, as [packet.Encode] fails.
func Changes(before, after packet.Packet) (Report, error) {
	c, err := compare(before, after)
	if err != nil {
		return Report{}, err
	}
	return c.report(before, after), nil
}

// report sorts the changes by deliverable.
func (c *comparison) report(before, after packet.Packet) Report {
	var r Report
	for i := range deliverables {
		part := Part{Title: deliverables[i].title}
		for j := range c.all {
			if deliverable(c.all[j].Path) == i {
				part.Changes = append(part.Changes, c.all[j])
			}
		}
		if len(part.Changes) > 0 {
			r.Parts = append(r.Parts, part)
		}
	}
	r.Voided = gates.Void(gates.State{Plan: before.Plan, Catalog: before.Catalog},
		gates.State{Plan: after.Plan, Catalog: after.Catalog}, before.Decisions)
	return r
}

func deliverable(path check.Path) int {
	for i := range deliverables {
		if slices.ContainsFunc(deliverables[i].paths, path.Within) {
			return i
		}
	}
	return len(deliverables) - 1
}

// diff compares encoded packets.
func diff(from, to []byte) ([]jsondiff.Change, error) { return jsondiff.DiffBy(from, to, elements...) }
