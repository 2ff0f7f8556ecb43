package gates

import (
	"slices"

	"github.com/tidegate-go/tidegate/gates/internal/people"
	"github.com/tidegate-go/tidegate/internal/jsondiff"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// Subject is what the sign-offs of one gate approve, as a digest.
type Subject struct {
	Gate   string       `json:"gate"`   // its id
	Digest value.Digest `json:"digest"` // of the plan's content, the gate, its sign-offs and the terms it is judged by
}

// Subjects is the subject of each gate of a catalog.
type Subjects []Subject

// SubjectsOf returns the subject of every gate: the digest of the plan's
// content, components and artifact digests included, of the gate itself, and of
// what decides how strictly it is judged: the tier and stage of its environment,
// and the catalog's ages and sources of approvals. It changes when one of them
// does, and with it every approval given before is void. Decisions, facts, approvals, the status of work and the directory are
// not part of it. A gate or plan that has no JSON form has no subject, and
// holds.
func SubjectsOf(plan release.Plan, c Catalog) Subjects {
	content, err := strictjson.Encode(plan.Content())
	if err != nil {
		return nil
	}
	digest := value.Sum(content)
	var all Subjects
	for _, g := range c.Gates {
		g.SignOffs = c.SignOffs(g)
		place, _ := c.place(g)
		text, err := strictjson.Encode(struct {
			Plan  value.Digest `json:"plan"`
			Gate  Gate         `json:"gate"`
			In    Environment  `json:"in"`
			Terms Catalog      `json:"terms"`
		}{digest, g, place, c.terms()})
		if err == nil {
			all = append(all, Subject{g.ID(), value.Sum(text)})
		}
	}
	return all
}

// terms are what the catalog says of all its gates.
func (c Catalog) terms() Catalog {
	return Catalog{Approvals: c.Approvals, MaxAge: c.MaxAge, ClockSkew: c.ClockSkew}
}

// place is the environment of a gate and its position, or -1: without the
// sign-offs, which are the gate's.
func (c Catalog) place(g Gate) (Environment, int) {
	i := slices.IndexFunc(c.Environments, func(e Environment) bool { return e.Name == g.Environment })
	if i < 0 {
		return Environment{Name: g.Environment}, i
	}
	e := c.Environments[i]
	return Environment{Name: e.Name, Tier: e.Tier, Stage: e.Stage}, i
}

// byGate arranges the subjects by the position of their gate. A gate with two
// different subjects has none.
func (s Subjects) byGate(p *Prepared) []value.Digest {
	const contradictory = "two" // no digest, so it is never valid
	digests := make([]value.Digest, len(p.gates))
	for _, subject := range s {
		i, ok := p.index[subject.Gate]
		switch {
		case !ok:
		case digests[i] != "" && digests[i] != subject.Digest:
			digests[i] = contradictory
		default:
			digests[i] = subject.Digest
		}
	}
	for i, d := range digests {
		if d == contradictory {
			digests[i] = ""
		}
	}
	return digests
}

// State is a plan and its gates as they are at one moment.
type State struct {
	Plan    release.Plan // with its scope, people and policy
	Catalog Catalog      // its gates
}

// Voided is one sign-off that a change takes the ground from, and what changed
// of it.
type Voided struct {
	Gate     string // its id
	Role     string // that was signed for
	Person   string // who signed
	Approval string // id of the approval in the facts

	// Changes are what changed of what was approved; where that is the same,
	// of who may approve it. It is empty if what was approved was already
	// something else before the change.
	Changes []Change
}

// Change is one value of the plan or of the catalog that is another one now.
// Path is as in a packet: "plan.overview.window.end" or
// "catalog.gates[1].criteria[0].atMost.limit.value"; an index is that of the
// changed document, and of the former one for what was removed. Old and New are
// JSON, and one of them is empty where the value was removed or added.
type Change struct {
	Path     check.Path // from the packet
	Old, New string     // JSON
}

// String returns the change in one line.
func (c Change) String() string {
	switch {
	case c.Old == "":
		return string(c.Path) + ": " + c.New + " is added"
	case c.New == "":
		return string(c.Path) + ": " + c.Old + " is removed"
	default:
		return string(c.Path) + ": " + c.Old + " is now " + c.New
	}
}

// Void says which sign-offs a change voids, and because of which values. The
// sign-offs are those that counted in the decisions in force before the change,
// which may be empty: then nothing is signed, and nothing is void.
//
// A sign-off stays in force only if its gate still has the subject that was
// signed, see [SubjectsOf], and the person who signed may still do so: is in
// the directory and holds the role, or held its delegation when they signed, and
// may be neither an author, nor barred, nor another of the gate's signers. By
// which account they signed is not known: all that were theirs have to be still.
// The sign-offs are listed in the decisions' order.
func Void(before, after State, inForce Decisions) []Voided {
	var all []Voided
	v := voiding{before: before, after: after, subjects: SubjectsOf(after.Plan, after.Catalog)}
	for _, d := range inForce.Gates {
		for _, s := range d.SignOffs {
			for _, by := range s.By {
				if changes, void := v.judge(&d, s, by); void {
					all = append(all, Voided{d.Gate, s.Role, by.Person, by.Approval, changes})
				}
			}
		}
	}
	return all
}

// voiding is the state of one [Void].
type voiding struct {
	before, after State
	subjects      Subjects
	plan          []Change // of the content, once it is asked for
	compared      bool
	was, is       *people.Directory // the directories, once they are asked for
}

// judge reports whether one answer is void, and what changed of what it rests on.
func (v *voiding) judge(d *Decision, s Signature, by Signed) ([]Change, bool) {
	digest := slices.IndexFunc(v.subjects, func(s Subject) bool { return s.Gate == d.Gate && s.Digest == d.Subject })
	if digest < 0 || !d.Subject.Valid() {
		return v.content(d.Gate), true
	}
	if v.is == nil {
		was, is := people.Read(&v.before.Plan.Directory), people.Read(&v.after.Plan.Directory)
		v.was, v.is = &was, &is
	}
	may, _ := v.is.Mandate(s.Role, s.Delegate, by.Person, by.At)
	if may && v.is.Knows(by.Person) && v.keeps(by.Person) && !v.counted(d, by) &&
		!v.is.Among(by.Person, v.after.Plan.Authors()) && !v.is.Among(by.Person, d.Barred) {
		return nil, false
	}
	return changes("plan.directory", v.before.Plan.Directory, v.after.Plan.Directory), true
}

// keeps reports whether every account that was the person's alone still is.
func (v *voiding) keeps(person string) bool {
	for _, p := range v.before.Plan.Directory.People {
		for _, account := range p.Accounts {
			if _, was, _ := v.was.Person(account); was != person {
				continue
			}
			if _, is, _ := v.is.Person(account); is != person {
				return false
			}
		}
	}
	return true
}

// counted reports whether somebody who may be the same person signed the gate
// before this answer.
func (v *voiding) counted(d *Decision, by Signed) bool {
	for _, s := range d.SignOffs {
		for _, other := range s.By {
			if other == by {
				return false
			}
			if v.is.Maybe(other.Person, by.Person) {
				return true
			}
		}
	}
	return false
}

// content is what changed of the subject of a gate.
func (v *voiding) content(gate string) []Change {
	if !v.compared {
		v.plan, v.compared = changes("plan", v.before.Plan.Content(), v.after.Plan.Content()), true
	}
	was, old := v.before.Catalog.find(gate)
	is, now := v.after.Catalog.find(gate)
	const list check.Path = "catalog.gates"
	switch {
	case old < 0 && now < 0:
		return v.plan
	case now < 0:
		return append(slices.Clip(v.plan), Change{list.Index(old), quoted(gate), ""})
	case old < 0:
		return append(slices.Clip(v.plan), Change{list.Index(now), "", quoted(gate)})
	default:
		from, at := v.before.Catalog.place(was)
		to, listed := v.after.Catalog.place(is)
		if listed >= 0 {
			at = listed
		}
		return slices.Concat(v.plan, changes(list.Index(now), was, is), changes(check.Path("catalog.environments").Index(at), from, to),
			changes("catalog", v.before.Catalog.terms(), v.after.Catalog.terms()))
	}
}

// find returns the gate with the given id and its position, or -1.
func (c Catalog) find(gate string) (Gate, int) {
	i := slices.IndexFunc(c.Gates, func(g Gate) bool { return g.ID() == gate })
	if i < 0 {
		return Gate{}, i
	}
	g := c.Gates[i]
	g.SignOffs = c.SignOffs(g)
	return g, i
}

func quoted(s string) string { return `"` + s + `"` }

// changes compares two values by their JSON. What has no JSON form cannot be
// compared: it changed as a whole.
func changes(at check.Path, before, after any) []Change {
	from, err1 := strictjson.Encode(before)
	to, err2 := strictjson.Encode(after)
	if err1 != nil || err2 != nil {
		return []Change{{at, "null", "null"}}
	}
	diffs, err := jsondiff.Diff(from, to)
	if err != nil {
		return []Change{{at, "null", "null"}}
	}
	all := make([]Change, len(diffs))
	for i, d := range diffs {
		all[i] = Change{d.Path.Under(at), d.Old, d.New}
	}
	return all
}
