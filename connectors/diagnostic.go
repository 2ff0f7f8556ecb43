package connectors

import (
	"fmt"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/wire"
	"github.com/tidegate-go/tidegate/internal/enum"
)

// Diagnostic is something that went wrong in the domain, as opposed to the
// transport: a refused credential, an invalid query, an outside system in
// trouble. It is an error. No field ever carries a secret.
type Diagnostic struct {
	Code    string // stable word; see the constants
	Summary string // one line
	Detail  string // more, if one line does not do
	Path    string // where in the settings or the parameters
	Origin  Origin

	Retryable  bool          // the same call may succeed later
	RetryAfter time.Duration // how long to wait before; 0: not said
	Status     int           // HTTP status of the outside system; 0: none
	RequestID  string        // under which the outside system logged the request
}

// Codes of diagnostics. Connectors may use others of their own.
const (
	CodeUnauthorized  = "unauthorized"   // the credential is refused
	CodeForbidden     = "forbidden"      // the credential may not do this
	CodeNotFound      = "not-found"      // what was asked about is not there
	CodeGone          = "gone"           // the interface was removed
	CodeRateLimited   = "rate-limited"   // too many calls
	CodeUnavailable   = "unavailable"    // the outside system is in trouble
	CodeUnreachable   = "unreachable"    // no connection
	CodeTimeout       = "timeout"        // no answer in time
	CodeBadAnswer     = "bad-answer"     // an answer that cannot be read
	CodeTooLarge      = "too-large"      // an answer above the limit
	CodeInvalidQuery  = "invalid-query"  // the question cannot be asked so
	CodeInvalidConfig = "invalid-config" // the settings cannot be right
	CodeUnknownKind   = "unknown-kind"   // the connector has no such kind of query
	CodeCursorLoop    = "cursor-loop"    // the source turns in a circle
	CodeInternal      = "internal"       // the connector itself is broken
	CodeDown          = "connector-down" // the connector's process is not there
	CodeCanceled      = "canceled"       // the host gave up
)

// Error returns the code and the summary. A nil diagnostic in an error that is
// not nil, which Go makes of a typed nil that is returned, is the connector's fault.
func (d *Diagnostic) Error() string {
	if d == nil {
		return CodeInternal + ": " + nilDiagnostic
	}
	if d.Status != 0 {
		return fmt.Sprintf("%s: %s (status %d)", d.Code, d.Summary, d.Status)
	}
	return d.Code + ": " + d.Summary
}

const nilDiagnostic = "an error that is a nil *Diagnostic; return nil instead"

// Origin is who is at fault.
type Origin uint8

// The origins.
const (
	FromConnector Origin = iota
	FromUpstream
	FromConfig
)

var originNames = []string{"connector", "upstream", "config"}

// String returns the origin's name.
func (o Origin) String() string { return enum.String("origin", originNames, o) }

// toWire returns d as the contract has it. What is not UTF-8, which protobuf
// would refuse with the whole message, is replaced.
func (d *Diagnostic) toWire() *connectorv1.Diagnostic {
	if d == nil {
		d = &Diagnostic{Code: CodeInternal, Summary: nilDiagnostic}
	}
	text := func(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }
	origin := connectorv1.Origin_ORIGIN_UNSPECIFIED
	if int(d.Origin) < len(originNames) {
		origin = connectorv1.Origin(d.Origin)
	}
	return &connectorv1.Diagnostic{
		Code:              text(d.Code),
		Summary:           text(d.Summary),
		Detail:            text(d.Detail),
		Path:              text(d.Path),
		Origin:            origin,
		Retryable:         d.Retryable,
		RetryAfter:        wire.Wait(d.RetryAfter),
		UpstreamStatus:    int32(d.Status),
		UpstreamRequestId: text(d.RequestID),
	}
}

// fromWire returns m as a diagnostic, nil for nil. One without a code is the
// connector's fault; an origin that is not known here is the connector.
func fromWire(m *connectorv1.Diagnostic) *Diagnostic {
	if m == nil {
		return nil
	}
	d := &Diagnostic{
		Code:       m.GetCode(),
		Summary:    m.GetSummary(),
		Detail:     m.GetDetail(),
		Path:       m.GetPath(),
		Retryable:  m.GetRetryable(),
		RetryAfter: wire.Waited(m.GetRetryAfter()),
		Status:     int(m.GetUpstreamStatus()),
		RequestID:  m.GetUpstreamRequestId(),
	}
	if d.Code == "" {
		d.Code = CodeInternal
	}
	if o := m.GetOrigin(); o > 0 && int(o) < len(originNames) {
		d.Origin = Origin(o)
	}
	return d
}
