package gates

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/internal/jsondiff"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// Record is one evaluation as it was stored: the bytes of what it was made from
// and of what came out. Waivers may be nil if there were none.
type Record struct {
	Plan, Catalog, Waivers, Facts, Decisions []byte // documents as [Replay] names them, plan.json to decisions.json
}

// ReplayOptions are what [Replay] cannot read from the record. Nil means the
// defaults.
type ReplayOptions struct {
	Custom map[string]CheckFunc // the code for custom criteria, as it was

	// Engine names the engine that made the record, if it is not [Engine] of
	// this version. It is for the caller to know: the record's own word for it
	// may be what somebody changed.
	Engine string
}

// ReplayError is why a record does not hold together.
type ReplayError struct {
	Mismatches []Mismatch // in the order of the documents, never empty
}

// Mismatch is one document of a record that is not what it should be.
type Mismatch struct {
	File string // "plan.json" and so on

	// Digest is that of the stored bytes. Want is the one that the decisions
	// record, and for the decisions themselves that of what the inputs give.
	Digest, Want value.Digest

	Path   check.Path // in the decisions: the first place that differs
	Stored string     // the line that is stored there
	Given  string     // the line that the inputs give
	Err    error      // the document cannot be read
}

// Error lists the mismatches, one a line.
func (e *ReplayError) Error() string {
	lines := make([]string, len(e.Mismatches))
	for i, m := range e.Mismatches {
		lines[i] = m.String()
	}
	return strings.Join(lines, "\n")
}

// String names the file, both digests and, of the decisions, the first path
// that differs.
func (m Mismatch) String() string {
	s := m.File + ": its digest is " + said(string(m.Digest), "none")
	switch {
	case m.Err != nil && m.Want == "":
	case m.File != decisionsFile:
		s += fmt.Sprintf(", but %s records %s at %s", decisionsFile, said(string(m.Want), "none"), m.Path)
	default:
		s += fmt.Sprintf(", but its inputs give %s; they first differ at %s: %q is stored, %q is given",
			m.Want, said(string(m.Path), "the top level"), m.Stored, m.Given)
	}
	if m.Err != nil {
		s += fmt.Sprintf("; it cannot be used: %v", m.Err)
	}
	return s
}

func said(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

const decisionsFile = "decisions.json"

// Replay decides again from a record's inputs and compares: every input with the
// digest that the decisions record, and the decisions with what the inputs give,
// to the byte. It returns what the inputs give; a record that does not hold
// together is a [*ReplayError].
//
// Subjects are those of plan and catalog, the moment is that of the decisions.
// A record of another engine, which the options name, is compared in verdicts,
// outcomes, codes, people and digests only: sentences, fields and formats may
// have changed since.
//
// Replay proves that the decisions follow from the inputs. That nobody exchanged
// all of them together is for the place where they are kept to prove.
func Replay(r Record, opts *ReplayOptions) (Decisions, error) {
	var o ReplayOptions
	if opts != nil {
		o = *opts
	}
	stored, unreadable := r.stored(o)
	if unreadable == nil {
		if wrong := r.compareInputs(stored.Digests); len(wrong) > 0 {
			return Decisions{}, &ReplayError{wrong}
		}
	}
	c, in, err := r.Input(o.Custom)
	if err != nil {
		return Decisions{}, err
	}
	given := Evaluate(c, in)
	text, want := r.Decisions, given
	if o.Engine != "" && o.Engine != Engine && unreadable == nil {
		want = essence(given)
		if text, err = strictjson.Encode(essence(stored)); err != nil {
			unreadable = err
		}
	}
	if len(given.Gates) == 0 && unreadable == nil {
		unreadable = errors.New("it decides no gate, which proves nothing")
	}
	made, err := strictjson.Encode(want)
	if err != nil {
		return given, fmt.Errorf("what the inputs give has no JSON form: %w", err)
	}
	if first, differ := jsondiff.First(text, made); differ || unreadable != nil {
		return given, &ReplayError{[]Mismatch{{decisionsFile, value.Sum(r.Decisions), value.Sum(made), first.Path, first.Text, first.Want, unreadable}}}
	}
	return given, nil
}

// stored reads the decisions: strictly, and those of another engine as far as
// this version knows their fields. What it returns with an error is not to be used.
func (r Record) stored(o ReplayOptions) (Decisions, error) {
	var d Decisions
	engine, err := said(o.Engine, Engine), error(nil)
	if engine == Engine {
		err = strictjson.Decode(r.Decisions, &d, nil)
	} else {
		err = json.Unmarshal(r.Decisions, &d)
	}
	if err == nil && d.Engine != engine {
		err = fmt.Errorf("it was made by engine %q, not by %q", d.Engine, engine)
	}
	return d, err
}

// compareInputs compares the digests of the stored bytes with the recorded ones.
func (r Record) compareInputs(recorded Digests) []Mismatch {
	var wrong []Mismatch
	for _, in := range []struct {
		file     string
		text     []byte
		recorded value.Digest
		path     check.Path
	}{
		{"plan.json", r.Plan, recorded.Plan, "digests.plan"}, {"catalog.json", r.Catalog, recorded.Catalog, "digests.catalog"},
		{"waivers.json", r.Waivers, recorded.Waivers, "digests.waivers"}, {"facts.json", r.Facts, recorded.Facts, "digests.facts"},
	} {
		if in.text == nil && in.recorded == "" && in.file == "waivers.json" {
			continue // there were none
		}
		var digest value.Digest
		if in.text != nil {
			digest = value.Sum(in.text)
		}
		if digest != in.recorded || digest == "" {
			wrong = append(wrong, Mismatch{File: in.file, Digest: digest, Want: in.recorded, Path: in.path})
		}
	}
	return wrong
}

// Input reads the record as the input of an evaluation, without comparing
// anything: [Replay] does. A document that cannot be read is a [*ReplayError].
func (r Record) Input(custom map[string]CheckFunc) (Catalog, Input, error) {
	var c Catalog
	in := Input{Custom: custom, Now: r.moment(), Barred: r.barred(), Digests: Digests{Plan: value.Sum(r.Plan), Facts: value.Sum(r.Facts)}}
	documents := []document{{"plan.json", r.Plan, &in.Plan}, {"catalog.json", r.Catalog, &c}, {"facts.json", r.Facts, &in.Facts}}
	if r.Waivers != nil {
		in.Digests.Waivers = value.Sum(r.Waivers)
		if !bytes.Equal(bytes.TrimSpace(r.Waivers), []byte("null")) { // a nil list, stored
			documents = append(documents, document{"waivers.json", r.Waivers, &in.Waivers})
		}
	}
	var wrong []Mismatch
	for _, d := range documents {
		if err := strictjson.Decode(d.text, d.into, nil); err != nil {
			wrong = append(wrong, Mismatch{File: d.file, Digest: value.Sum(d.text), Err: err})
		}
	}
	if len(wrong) > 0 {
		return Catalog{}, Input{}, &ReplayError{wrong}
	}
	in.Subjects = SubjectsOf(in.Plan, c)
	return c, in, nil
}

type document struct {
	file string
	text []byte
	into any
}

var (
	decidedAt = regexp.MustCompile(`"decidedAt":\s*"([^"]*)"`)
	whoBarred = regexp.MustCompile(`"barred":\s*(\[(?:[^"\]]|"(?:[^"\\]|\\.)*")*\])`)
)

// barred is who was barred: the first list of decisions that may not be JSON any
// more. It stands in each of them, so that a wrong one gives other decisions.
func (r Record) barred() []string {
	for _, found := range whoBarred.FindAllSubmatch(r.Decisions, -1) {
		var ids []string
		if json.Unmarshal(found[1], &ids) == nil {
			return ids
		}
	}
	return nil
}

// moment is when the record was decided: the first time of decisions that may
// not be JSON any more. A wrong one gives other decisions than the stored ones.
func (r Record) moment() time.Time {
	for _, found := range decidedAt.FindAllSubmatch(r.Decisions, -1) {
		if at, err := time.Parse(time.RFC3339Nano, string(found[1])); err == nil {
			return at
		}
	}
	return time.Time{}
}

// essence is what decisions of two engines have to agree in.
func essence(d Decisions) Decisions {
	out := Decisions{DecidedAt: d.DecidedAt, Barred: d.Barred, Unpinned: d.Unpinned, Digests: d.Digests, Waivers: d.Waivers, Strays: d.Strays}
	for _, g := range d.Gates {
		e := Decision{Gate: g.Gate, Environment: g.Environment, Kind: g.Kind, Verdict: g.Verdict, SignOffs: g.SignOffs,
			Refused: g.Refused, Waived: g.Waived, Subject: g.Subject, Unpinned: g.Unpinned, Outcomes: bare(g.Outcomes)}
		for _, r := range g.Reasons {
			r.Detail = ""
			e.Reasons = append(e.Reasons, r)
		}
		out.Gates = append(out.Gates, e)
	}
	return out
}

func bare(all []Assessment) []Assessment {
	var out []Assessment
	for _, a := range all {
		out = append(out, Assessment{Criterion: a.Criterion, Raw: a.Raw, Effective: a.Effective, Code: a.Code, Optional: a.Optional, Of: bare(a.Of)})
	}
	return out
}
