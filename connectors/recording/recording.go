package recording

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Format names the form of the file that this version writes and reads.
const Format = formatName + "1"

const formatName = "tidegate.recording/"

// CodeNotRecorded is the code of the failure to a question that a recording has
// no answer to.
const CodeNotRecorded = "not-recorded"

// Recording is what a fleet was asked and what its connectors answered. The
// zero value has no answer to anything.
type Recording struct {
	Format string `json:"format"` // [Format]

	// Exchanges are in the order of [fact.Ask.Compare], those of one question in
	// the order in which it was asked.
	Exchanges []Exchange `json:"exchanges,omitzero"`

	// LeftOut is how many answers are missing: they did not fit, or their
	// question has a secret.
	LeftOut int `json:"leftOut,omitzero"`
}

// Exchange is one question and its answer.
type Exchange struct {
	// Result is the answer as a host got it. One of a list that failed in the
	// middle has the items that came before.
	Result fact.Result `json:"result"`

	// Listed says that it was read page by page, by [Recorder.List]. Facts are
	// what was collected: a listed answer is one only where there is no other.
	Listed    bool   `json:"listed,omitzero"`
	Pages     []Page `json:"pages,omitzero"`     // of one that was listed; their items are the result's
	Fault     Fault  `json:"fault,omitzero"`     // what a listed failure says beside code and message
	Truncated bool   `json:"truncated,omitzero"` // items or samples are missing that the host had; the result is incomplete then
}

// Page is one page of a list.
type Page struct {
	Items  int    `json:"items"`           // of the result, behind those of the pages before
	Cursor string `json:"cursor,omitzero"` // as in [connectors.Page]
}

// Fault is what a [connectors.Diagnostic] has beside its code and its summary,
// which are the result's failure.
type Fault struct {
	Detail     string         `json:"detail,omitzero"`
	Path       string         `json:"path,omitzero"`
	Origin     string         `json:"origin,omitzero"` // "upstream" or "config"; empty: the connector
	Retryable  bool           `json:"retryable,omitzero"`
	RetryAfter value.Duration `json:"retryAfter,omitzero"`
	Status     int            `json:"status,omitzero"` // of the outside system
	RequestID  string         `json:"requestId,omitzero"`
}

// Decode reads a recording strictly. The error says which format is not read
// here, or lists every fault with its place.
func Decode(data []byte) (Recording, error) {
	var head struct {
		Format string `json:"format"`
	}
	if json.Unmarshal(data, &head) == nil && head.Format != Format && strings.HasPrefix(head.Format, formatName) {
		return Recording{}, fmt.Errorf("recording: the format %.60q is not read here, want %q: it was written by another version", head.Format, Format)
	}
	var r Recording
	if err := strictjson.Decode(data, &r, &strictjson.Options{MaxBytes: maxFile}); err != nil {
		return Recording{}, fmt.Errorf("recording: %w", err)
	}
	if err := r.Validate(); err != nil {
		return Recording{}, err
	}
	return r, nil
}

// Encode writes the recording: the same one gives the same bytes. The error is
// that of [Recording.Validate], or says where it has no JSON form.
func (r Recording) Encode() ([]byte, error) {
	if err := r.Validate(); err != nil {
		return nil, err
	}
	data, err := strictjson.Encode(r)
	if err != nil {
		return nil, fmt.Errorf("recording: %w", err)
	}
	return data, nil
}

// Validate returns everything that is wrong with the recording, each with its place.
func (r Recording) Validate() error {
	var faults []error
	if r.Format != Format {
		faults = append(faults, fmt.Errorf("recording: format: %.60q is not read here, want %q", r.Format, Format))
	}
	if r.LeftOut < 0 {
		faults = append(faults, fmt.Errorf("recording: leftOut: %d is negative", r.LeftOut))
	}
	for i := range r.Exchanges {
		x := &r.Exchanges[i]
		for _, why := range x.faults() {
			faults = append(faults, fmt.Errorf("recording: exchanges[%d].%s", i, why))
		}
		if i > 0 && r.Exchanges[i-1].Result.Query.Ask.Compare(x.Result.Query.Ask) > 0 {
			faults = append(faults, fmt.Errorf("recording: exchanges[%d].result.query: %.200q stands behind what comes after it", i, x.Result.Query))
		}
	}
	return errors.Join(faults...)
}

func (x *Exchange) faults() []string {
	var all []string
	fault := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	res := &x.Result
	if res.Query.Connector == "" || res.Query.Kind == "" || res.Query.Yields.Shape == fact.NoShape {
		fault("result.query: asks nobody, or nothing: %.200q", res.Query)
	}
	if _, has := res.Query.Counted(); has {
		fault("result.query.outOf: a question stands alone in a recording")
	}
	if stray := items(res); stray != res.Len() {
		fault("result: has %d items that are no %v", stray-res.Len(), res.Query.Yields.Shape)
	}
	if res.Complete && (x.Truncated || res.Failed()) {
		fault("result.complete: is true of what was cut or failed")
	}
	if res.Failed() && res.Len() > 0 && !x.Listed {
		fault("result.failure: has an answer beside it")
	}
	if x.Fault != (Fault{}) && !res.Failed() {
		fault("fault: is there without a failure")
	}
	if _, ok := origins[x.Fault.Origin]; !ok {
		fault("fault.origin: %.60q is none, want \"upstream\", \"config\" or nothing", x.Fault.Origin)
	}
	if x.Fault.RetryAfter < 0 {
		fault("fault.retryAfter: %v is negative", x.Fault.RetryAfter)
	}
	left := res.Len()
	for i, p := range x.Pages {
		if p.Items < 0 || p.Items > left {
			fault("pages[%d].items: %d is no number of items, of which %d are left", i, p.Items, left)
			return all
		}
		left -= p.Items
	}
	switch {
	case x.Listed && left > 0:
		fault("pages: leave %d items out", left)
	case !x.Listed && len(x.Pages) > 0, x.Listed && !res.Query.Yields.Shape.Items() && !res.Failed():
		fault("listed: %v, with %d pages of the shape %v", x.Listed, len(x.Pages), res.Query.Yields.Shape)
	}
	return all
}

// items is how many items and samples a result has, of whatever shape.
func items(r *fact.Result) int {
	return len(r.Samples) + len(r.WorkItems) + len(r.Incidents) + len(r.Duties) + len(r.Approvals) + len(r.Deployments) + len(r.States)
}

// Facts returns what was known at a moment: of each question the last answer
// that was collected by then, as a host had it. The zero time stands for the end
// of the recording.
func (r Recording) Facts(at time.Time) fact.Set {
	var last []*Exchange
	for i := range r.Exchanges {
		x := &r.Exchanges[i]
		switch n := len(last); {
		case !at.IsZero() && x.Result.CollectedAt.After(at):
		case n == 0 || last[n-1].Result.Query.Ask != x.Result.Query.Ask:
			last = append(last, x)
		case last[n-1].Listed || !x.Listed:
			last[n-1] = x
		}
	}
	facts := make([]fact.Result, len(last))
	for i, x := range last {
		facts[i] = x.fact()
	}
	return fact.NewSet(facts...)
}

// End is when the last answer was collected: the moment by which to judge what
// [Recording.Facts] says. It is zero without an answer.
func (r Recording) End() time.Time {
	var end time.Time
	for i := range r.Exchanges {
		if at := r.Exchanges[i].Result.CollectedAt; at.After(end) {
			end = at
		}
	}
	return end
}

// fact is the exchange as a fact: a failure has no items.
func (x *Exchange) fact() fact.Result {
	r := x.Result.Clone()
	if r.Failed() {
		empty := fact.AnswerFailure(r.Query, r.CollectedAt, r.Failure.Code, r.Failure.Message)
		empty.Program = r.Program
		return empty
	}
	return r
}

// connectors of a recording, each once and sorted.
func (r Recording) connectors() []string {
	var names []string
	for i := range r.Exchanges {
		names = append(names, r.Exchanges[i].Result.Query.Connector)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

var origins = map[string]connectors.Origin{
	"": connectors.FromConnector, connectors.FromUpstream.String(): connectors.FromUpstream, connectors.FromConfig.String(): connectors.FromConfig,
}

// failure is the diagnostic of a failed exchange.
func (x *Exchange) failure() *connectors.Diagnostic {
	f := x.Result.Failure
	return &connectors.Diagnostic{Code: f.Code, Summary: f.Message, Detail: x.Fault.Detail, Path: x.Fault.Path, Origin: origins[x.Fault.Origin],
		Retryable: x.Fault.Retryable, RetryAfter: time.Duration(x.Fault.RetryAfter), Status: x.Fault.Status, RequestID: x.Fault.RequestID}
}

// fail makes a diagnostic the answer of the exchange.
func (x *Exchange) fail(d *connectors.Diagnostic) {
	x.Result.Failure = fact.Failure{Code: d.Code, Message: d.Summary}
	x.Fault = Fault{Detail: d.Detail, Path: d.Path, Retryable: d.Retryable, RetryAfter: value.Duration(d.RetryAfter), Status: d.Status, RequestID: d.RequestID}
	if d.Origin != connectors.FromConnector {
		x.Fault.Origin = d.Origin.String()
	}
}
