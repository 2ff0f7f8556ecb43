package compliance

import (
	"fmt"
	"slices"
	"strings"
)

// Claim says that a release meets a criterion, and by which evidence. Approvals
// claim the criteria that they name themselves; see [Approval.Controls].
type Claim struct {
	Control string   `json:"control"`         // id of a control, such as CC8.1
	How     string   `json:"how,omitzero"`    // in a sentence
	Gates   []string `json:"gates,omitzero"`  // ids of gates whose decisions are evidence
	Kinds   []string `json:"kinds,omitzero"`  // of records of the evidence log, such as "message"
	Others  []string `json:"others,omitzero"` // ids of approvals that do not name it themselves
}

// NewClaim returns the claim that a control is met in a way that a sentence says.
func NewClaim(control, how string) Claim { return Claim{Control: control, How: how} }

// WithGates returns the claim with gates added.
func (c Claim) WithGates(ids ...string) Claim {
	c = c.Clone()
	c.Gates = append(c.Gates, ids...)
	return c
}

// WithKinds returns the claim with kinds of records of the evidence log added.
func (c Claim) WithKinds(kinds ...string) Claim {
	c = c.Clone()
	c.Kinds = append(c.Kinds, kinds...)
	return c
}

// WithApprovals returns the claim with approvals added that do not name the
// control themselves.
func (c Claim) WithApprovals(ids ...string) Claim {
	c = c.Clone()
	c.Others = append(c.Others, ids...)
	return c
}

// Clone returns a copy that shares no memory with c.
func (c Claim) Clone() Claim {
	c.Gates, c.Kinds, c.Others = slices.Clone(c.Gates), slices.Clone(c.Kinds), slices.Clone(c.Others)
	return c
}

// Seen is what evidence there is beside the approvals, as whoever has it says.
type Seen struct {
	Gates []SeenGate // that were decided
	Kinds []SeenKind // of records that were found
}

// SeenGate is a gate that was decided.
type SeenGate struct {
	ID      string // of the gate
	Verdict string // any: a gate that holds has worked
}

// SeenKind is how many records of a kind there are.
type SeenKind struct {
	Kind    string // of the records
	Records int    // how many there are
}

// Coverage is one line of the matrix of criteria: what a control is met by.
type Coverage struct {
	Control  string    `json:"control"`           // its id
	From     Framework `json:"framework"`         // where it is from
	Topic    string    `json:"topic,omitzero"`    // what it is about, in our words
	How      string    `json:"how,omitzero"`      // as claimed
	Claimed  bool      `json:"claimed"`           // by a claim or an approval
	Evidence []string  `json:"evidence,omitzero"` // what was found, one item each
	Missing  []string  `json:"missing,omitzero"`  // what was claimed and not found
}

// Covered reports whether everything that is claimed was found.
func (c Coverage) Covered() bool { return c.Claimed && len(c.Evidence) > 0 && len(c.Missing) == 0 }

// Cover makes the matrix: a line for each criterion of SOC 2 and for each other
// control that is claimed, in the order of [Controls], and those that no
// framework has at the end. What is claimed and not there is missing: nothing is
// taken for granted.
func Cover(l Log, claims []Claim, seen Seen) []Coverage {
	var matrix []Coverage
	for _, c := range Controls() {
		if row := cover(c.ID, l, claims, seen); row.Claimed || c.Framework == SOC2 {
			row.From, row.Topic = c.Framework, c.Topic
			matrix = append(matrix, row)
		}
	}
	for _, id := range claimed(l, claims) {
		if _, ok := FindControl(id); !ok {
			row := cover(id, l, claims, seen)
			row.Missing = append(row.Missing, fmt.Sprintf("there is no control %q", id))
			matrix = append(matrix, row)
		}
	}
	return matrix
}

// claimed returns the ids that are claimed, each once, in order.
func claimed(l Log, claims []Claim) []string {
	var ids []string
	for _, c := range claims {
		ids = append(ids, c.Control)
	}
	for _, a := range l.Approvals {
		ids = append(ids, a.Controls...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// cover collects what there is for one control.
func cover(id string, l Log, claims []Claim, seen Seen) Coverage {
	row := Coverage{Control: id}
	var named []string // approvals
	for _, c := range claims {
		if c.Control != id {
			continue
		}
		row.Claimed = true
		row.How = strings.TrimSpace(row.How + " " + c.How)
		for _, gate := range c.Gates {
			row.gate(gate, seen)
		}
		for _, kind := range c.Kinds {
			row.kind(kind, seen)
		}
		named = append(named, c.Others...)
	}
	for _, a := range l.Approvals {
		if by := slices.Contains(a.Controls, id); by || slices.Contains(named, a.ID) {
			row.Claimed = true
			row.approval(l, a)
		}
	}
	for _, other := range named {
		if !slices.ContainsFunc(l.Approvals, func(a Approval) bool { return a.ID == other }) {
			row.Missing = append(row.Missing, fmt.Sprintf("approval %s is not in the log", other))
		}
	}
	if row.Claimed && len(row.Evidence)+len(row.Missing) == 0 {
		row.Missing = append(row.Missing, "no evidence is named")
	}
	return row
}

func (c *Coverage) gate(id string, seen Seen) {
	if i := slices.IndexFunc(seen.Gates, func(g SeenGate) bool { return g.ID == id }); i >= 0 {
		c.Evidence = append(c.Evidence, fmt.Sprintf("gate %s was decided: %s", id, seen.Gates[i].Verdict))
	} else {
		c.Missing = append(c.Missing, fmt.Sprintf("gate %s was not decided", id))
	}
}

func (c *Coverage) kind(kind string, seen Seen) {
	if i := slices.IndexFunc(seen.Kinds, func(k SeenKind) bool { return k.Kind == kind && k.Records > 0 }); i >= 0 {
		c.Evidence = append(c.Evidence, fmt.Sprintf("records of kind %s: %d", kind, seen.Kinds[i].Records))
	} else {
		c.Missing = append(c.Missing, fmt.Sprintf("no record of kind %s", kind))
	}
}

// approval counts one that was answered and says by whom and when.
func (c *Coverage) approval(l Log, a Approval) {
	answered := a.Status == Approved || a.Status == NotRequired
	if !answered || a.By == "" || a.At.IsZero() {
		c.Missing = append(c.Missing, fmt.Sprintf("approval %s (%s) is %s", a.ID, a.Title, a.Status))
		return
	}
	text := fmt.Sprintf("approval %s (%s): %s by %s at %s", a.ID, a.Title, a.Status, a.By, a.At)
	if e := l.EvidenceOf(a); !e.Location.IsZero() {
		text += ", " + e.Location.String()
	}
	c.Evidence = append(c.Evidence, text)
}
