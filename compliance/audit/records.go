package audit

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/compliance/evidence"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// Records are what a packet and its facts are in an evidence log: which programs
// answered, every approval that a source gave, every waiver, what each gate came
// to, every answer in the register of approvals, and every message that was
// planned. Documents are apart; see [DocumentRecords].
//
// The same packet and facts give the same records, so that an audit finds each
// of them in the log again.
func Records(p packet.Packet, facts fact.Set) ([]evidence.Record, error) {
	r := recorder{scope: scopeOf(p.Plan)}
	r.programs(facts)
	r.answers(facts)
	for _, w := range p.Waivers {
		kind := evidence.KindWaiver
		if w.Freeze != "" {
			kind = evidence.KindOverride
		}
		r.add(kind, w.Gate+" "+w.Criterion+w.Freeze, "", w)
	}
	for _, d := range p.Decisions.Gates {
		r.add(evidence.KindDecisions, d.Gate, "", decided{d.Verdict, d.DecidedAt, d.Subject, codes(d.Reasons), d.SignOffs})
	}
	for _, a := range p.Compliance.Approvals {
		if a.Status != compliance.Pending {
			r.add(evidence.KindApproval, "register "+a.ID, a.Evidence.Digest, a)
		}
	}
	for _, m := range p.Comms.Messages {
		r.add(evidence.KindMessage, m.ID, "", m)
	}
	return r.all, r.err
}

// DocumentRecords are the digests of documents as records of the log of their
// release.
func DocumentRecords(plan release.Plan, docs ...Document) []evidence.Record {
	all := make([]evidence.Record, len(docs))
	for i, d := range docs {
		all[i] = evidence.Record{Kind: evidence.KindDocument, Name: scopeOf(plan) + d.Name, Digest: value.Sum(d.Text)}
	}
	return all
}

// Append appends records in their order and returns at the first error, after
// which the rest is not appended.
func Append(ctx context.Context, l *evidence.Log, records ...evidence.Record) error {
	for _, r := range records {
		if _, err := l.Append(ctx, r); err != nil {
			return fmt.Errorf("%s %q: %w", r.Kind, r.Name, err)
		}
	}
	return nil
}

// scopeOf is what names of records of a release begin with.
func scopeOf(p release.Plan) string {
	clean := func(s string) string {
		return strings.Join(strings.FieldsFunc(s, func(c rune) bool { return c <= ' ' || c == 0x7f }), " ")
	}
	return clean(p.Overview.Name) + " " + clean(p.Overview.Version) + ": "
}

// clean is a text in one line, as names of records are.
func clean(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(c rune) bool { return unicode.IsSpace(c) || unicode.IsControl(c) }), " ")
}

// decided is what a gate came to, for the log.
type decided struct {
	Verdict   gates.Verdict     `json:"verdict"`
	DecidedAt time.Time         `json:"decidedAt,omitzero"`
	Subject   value.Digest      `json:"subject,omitzero"`
	Codes     []gates.Code      `json:"codes,omitzero"`
	SignOffs  []gates.Signature `json:"signOffs,omitzero"`
}

func codes(reasons []gates.Reason) []gates.Code {
	var all []gates.Code
	for _, r := range reasons {
		all = append(all, r.Code)
	}
	return all
}

type recorder struct {
	scope string
	all   []evidence.Record
	err   error
}

// add adds a record whose body is a value as JSON in one line.
func (r *recorder) add(kind evidence.Kind, name string, digest value.Digest, body any) {
	text, err := strictjson.Encode(body)
	if err == nil {
		text, err = oneLine(text)
	}
	if err != nil {
		if r.err == nil {
			r.err = fmt.Errorf("%s %q: %w", kind, name, err)
		}
		return
	}
	if !digest.Valid() {
		digest = ""
	}
	r.all = append(r.all, evidence.Record{Kind: kind, Name: r.scope + clean(name), Digest: digest, Body: text})
}

// programs records each program that answered, once.
func (r *recorder) programs(facts fact.Set) {
	var seen []fact.Program
	for _, result := range facts.Results {
		if p := result.Program; p != (fact.Program{}) && !slices.Contains(seen, p) {
			seen = append(seen, p)
			r.add(evidence.KindConnector, p.Name, p.Digest, p)
		}
	}
}

// answers records the approvals that sources gave.
func (r *recorder) answers(facts fact.Set) {
	failed := 0
	for _, result := range facts.Results {
		if result.Failed() {
			failed++
		}
		for _, a := range result.Approvals {
			r.add(evidence.KindApproval, result.Query.Connector+" "+a.ID, "", a)
		}
	}
	r.add(evidence.KindFacts, "facts", "", struct {
		Results int `json:"results"`
		Failed  int `json:"failed"`
	}{len(facts.Results), failed})
}
