package audit

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/compliance/evidence"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/value"
)

// Report is what an audit found.
type Report struct {
	Holds    bool      `json:"holds"`             // there is no problem
	Problems []Problem `json:"problems,omitzero"` // in the order in which they were looked for
	Open     []string  `json:"open,omitzero"`     // what was not proven, since nothing was given to prove it by

	Release   string        `json:"release,omitzero"` // name and version
	Key       string        `json:"key,omitzero"`     // by which the log was verified
	Pinned    bool          `json:"pinned"`           // the key was given, and not taken from the bundle
	Witnessed bool          `json:"witnessed"`        // an earlier checkpoint was given, and the log goes on from it; Open has what is later
	Size      int64         `json:"size"`             // of the log, in records
	Root      value.Digest  `json:"root,omitzero"`    // that is signed
	SignedAt  time.Time     `json:"signedAt,omitzero"`
	Disposed  int64         `json:"disposed"`           // records that retention removed
	Backwards []int64       `json:"backwards,omitzero"` // numbers of records at which the log's clock had gone backwards
	Verdict   gates.Verdict `json:"verdict"`            // of the decisions, as they follow from the evidence; Hold if they do not
	DecidedAt time.Time     `json:"decidedAt,omitzero"`
	Recorded  time.Time     `json:"recordedAt,omitzero"` // when the decisions entered the log
	Decisions []Decision    `json:"decisions,omitzero"`
	Documents []Recorded    `json:"documents,omitzero"`
	Approvals []Approval    `json:"approvals,omitzero"`

	Controls []compliance.Coverage `json:"controls,omitzero"` // the criteria, and which evidence is behind each
}

// Decision is what one gate came to.
type Decision struct {
	Gate    string        `json:"gate"`
	Verdict gates.Verdict `json:"verdict"`
}

// Recorded is a document of the bundle whose digest is in the log.
type Recorded struct {
	Name   string       `json:"name"`
	Digest value.Digest `json:"digest"`
	Record int64        `json:"record"` // number of its record
	At     time.Time    `json:"at"`     // of that, by the log's clock
}

// Approval is who approved what when.
type Approval struct {
	What      string            `json:"what"`               // the gate and the role, or the title in the register
	Status    compliance.Status `json:"status"`             // what was answered
	Person    string            `json:"person"`             // id
	Name      string            `json:"name,omitzero"`      // of the person
	At        string            `json:"at"`                 // as written
	Delegated bool              `json:"delegated,omitzero"` // the person stood in for the role
	Source    string            `json:"source"`             // of the answer: its id in the facts, or in the register
	Subject   value.Digest      `json:"subject,omitzero"`   // of what was approved
}

// Code says what is wrong with a bundle.
type Code uint8

// What can be wrong.
const (
	Unread       Code = iota // a document cannot be read
	Missing                  // a document or a file of the bundle is not there
	Altered                  // a document is other than the log says
	Unrecorded               // something that the log has no record of
	LogDamaged               // the log was changed; the detail says where and how
	WrongKey                 // the bundle was signed by another key
	BadProof                 // a proof of the bundle does not hold
	NotFollowing             // the decisions do not follow from their evidence
	Inconsistent             // documents of the bundle contradict each other
	OutOfOrder               // evidence was recorded after what rests on it
	DutiesMixed              // who wrote, asked for or deploys the change approved it
	NotWitnessed             // the log does not go on from the checkpoint that was kept elsewhere
)

var codeNames = []string{"unread", "missing", "altered", "unrecorded", "log-damaged", "wrong-key", "bad-proof", "not-following", "inconsistent", "out-of-order", "duties-mixed", "not-witnessed"}

// String returns the code's name as it stands in JSON.
func (c Code) String() string { return enum.String("problem", codeNames, c) }

// MarshalText implements [encoding.TextMarshaler].
func (c Code) MarshalText() ([]byte, error) { return enum.Marshal("problem", codeNames, c) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown name is an error.
func (c *Code) UnmarshalText(text []byte) error { return enum.Unmarshal("problem", codeNames, c, text) }

// Problem is one thing that is wrong.
type Problem struct {
	Code   Code               `json:"code"`
	File   string             `json:"file"`            // of the bundle
	Fault  evidence.FaultCode `json:"fault,omitempty"` // of the log
	Detail string             `json:"detail"`          // names what is wrong
}

// String returns the problem in one line, or in several if its detail has them.
func (p Problem) String() string { return fmt.Sprintf("%s: %s: %s", p.File, p.Code, p.Detail) }

// WriteText writes the report in plain words.
func (r Report) WriteText(w io.Writer) error {
	var b strings.Builder
	say := func(format string, args ...any) { b.WriteString(line(format, args...)) }
	if r.Holds {
		say("The bundle of %s holds.", r.Release)
	} else {
		say("The bundle of %s does not hold.", said(r.Release))
		say("\nWhat is wrong:")
		for _, p := range r.Problems {
			say("  %s", p)
		}
	}
	if len(r.Open) > 0 {
		say("\nWhat is not proven:")
		for _, o := range r.Open {
			say("  %s", o)
		}
	}
	say("\nThe log: %d records, root %s, signed %s by %s", r.Size, said(string(r.Root)), moment(r.SignedAt), said(r.Key))
	if r.Disposed > 0 {
		say("  %d records were disposed of, which the log says itself", r.Disposed)
	}
	if len(r.Backwards) > 0 {
		say("  its clock had gone backwards at records %v", r.Backwards)
	}
	if len(r.Decisions) > 0 {
		say("\nThe decisions, of %s, recorded %s: %s", moment(r.DecidedAt), moment(r.Recorded), r.Verdict)
		for _, d := range r.Decisions {
			say("  %s: %s", d.Gate, d.Verdict)
		}
	}
	if len(r.Approvals) > 0 {
		say("\nWho approved what when:")
		for _, a := range r.Approvals {
			say("  %s", a)
		}
	}
	if len(r.Controls) > 0 {
		say("\nThe criteria:")
		_ = r.WriteControls(&b) // a builder takes everything
	}
	if len(r.Documents) > 0 {
		say("\nThe documents:")
		for _, d := range r.Documents {
			say("  %s %s, record %d of %s", d.Name, d.Digest, d.Record, moment(d.At))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteControls writes the criteria that are claimed, each with the evidence
// behind it and what is missing, and names those of which nothing is claimed.
func (r Report) WriteControls(w io.Writer) error {
	var b strings.Builder
	say := func(format string, args ...any) { b.WriteString(line(format, args...)) }
	var rest []string
	for _, c := range r.Controls {
		if !c.Claimed {
			rest = append(rest, c.Control)
			continue
		}
		state := "covered"
		if !c.Covered() {
			state = "not covered"
		}
		say("  %s %s, %s: %s", c.From, c.Control, c.Topic, state)
		for _, e := range c.Evidence {
			say("    by %s", e)
		}
		for _, m := range c.Missing {
			say("    missing: %s", m)
		}
	}
	if len(rest) > 0 {
		say("  nothing is claimed of %s", strings.Join(rest, " "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// line is one line of a report, without what a bundle could forge another by: a
// line of a value goes on indented, and other control characters are marked.
func line(format string, args ...any) string {
	for i, arg := range args {
		text, isText := arg.(string)
		if s, ok := arg.(fmt.Stringer); ok {
			text, isText = s.String(), true
		}
		if isText {
			args[i] = strings.ReplaceAll(strings.Map(plain, text), "\n", "\n      ")
		}
	}
	return fmt.Sprintf(format+"\n", args...)
}

func plain(r rune) rune {
	if r != '\n' && !unicode.IsPrint(r) {
		return unicode.ReplacementChar
	}
	return r
}

// String returns the approval in one line.
func (a Approval) String() string {
	s := fmt.Sprintf("%s: %s by %s (%s) at %s", a.What, a.Status, said(a.Name), said(a.Person), said(a.At))
	if a.Delegated {
		s += " as delegate"
	}
	return s + ", " + a.Source
}

func said(s string) string {
	if s == "" {
		return "unknown"
	}
	return s
}

func moment(t time.Time) string {
	if t.IsZero() {
		return "at an unknown moment"
	}
	return t.Format(time.RFC3339)
}
