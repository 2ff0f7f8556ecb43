package upstream

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/tidegate-go/tidegate/connectors"
)

// maxRefusal is how much of the body of a refusal is looked at, in bytes.
const maxRefusal = 64 << 10

// requestIDs are the headers in which systems name a request: Jira Cloud,
// Azure DevOps, GitHub, and what is common.
var requestIDs = []string{"X-Arequestid", "Atl-Traceid", "X-Vss-E2eid", "Activityid", "X-Github-Request-Id", "X-Request-Id"}

func (c *Client) requestID(h http.Header) string {
	for _, name := range requestIDs {
		if id := h.Get(name); id != "" {
			return c.text(id)
		}
	}
	return ""
}

// text is what of a foreign text may be printed.
func (c *Client) text(s string) string { return oneLine(c.strike(s)) }

func (c *Client) misconfigured(path string, err error) *connectors.Diagnostic {
	return &connectors.Diagnostic{
		Code: connectors.CodeInvalidConfig, Origin: connectors.FromConfig, Path: path, Summary: c.text(path + ": " + err.Error()),
	}
}

func (c *Client) nobody(h http.Header) string {
	if c.opts.Nobody == nil {
		return ""
	}
	return c.opts.Nobody(h)
}

// diagnostic is a fault of an answer.
func (c *Client) diagnostic(r *call, resp *http.Response, code, why string) *connectors.Diagnostic {
	return &connectors.Diagnostic{
		Code: code, Origin: connectors.FromUpstream, Summary: c.text(r.name + ": answer " + why),
		Status: resp.StatusCode, RequestID: c.requestID(resp.Header),
	}
}

// refused is an answer with a status other than 2xx.
func (c *Client) refused(r *call, resp *http.Response) *connectors.Diagnostic {
	body, _ := io.ReadAll(io.LimitReader(resp.Body, maxRefusal)) // what came of it explains, or nothing does
	why := ""
	if c.opts.Explain != nil {
		why = strings.TrimSpace(c.opts.Explain(body))
	}
	if why == "" {
		why = strings.ToLower(http.StatusText(resp.StatusCode))
	}
	code, retryable := classify(resp.StatusCode)
	if resp.StatusCode == http.StatusForbidden && limited(resp.Header) {
		code, retryable = connectors.CodeRateLimited, true
	}
	d := &connectors.Diagnostic{
		Code: code, Origin: connectors.FromUpstream, Retryable: retryable, Summary: c.text(r.name + ": " + why),
		Status: resp.StatusCode, RequestID: c.requestID(resp.Header),
	}
	if code == connectors.CodeInternal {
		d.Origin = connectors.FromConnector
	}
	if retryable {
		if wait, ok := asked(resp.Header, c.Now()); ok && wait > 0 {
			d.RetryAfter = wait
			c.pause(wait) // a limit is on the credential, so on all calls
		}
	}
	return d
}

// classify is what a status means for a connector.
func classify(status int) (code string, retryable bool) {
	switch status {
	case http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusRequestEntityTooLarge, http.StatusRequestURITooLong:
		return connectors.CodeInvalidQuery, false
	case http.StatusUnauthorized, http.StatusProxyAuthRequired:
		return connectors.CodeUnauthorized, false
	case http.StatusPaymentRequired, http.StatusForbidden, http.StatusUnavailableForLegalReasons:
		return connectors.CodeForbidden, false
	case http.StatusNotFound:
		return connectors.CodeNotFound, false
	case http.StatusRequestTimeout:
		return connectors.CodeTimeout, true
	case http.StatusGone:
		return connectors.CodeGone, false
	case http.StatusTooEarly, http.StatusTooManyRequests:
		return connectors.CodeRateLimited, true
	}
	switch status / 100 {
	case 5:
		return connectors.CodeUnavailable, true
	case 3:
		return connectors.CodeBadAnswer, false
	}
	return connectors.CodeInternal, false
}

// unsent is a request without an answer.
func (c *Client) unsent(parent context.Context, r *call, err error) *connectors.Diagnostic {
	if d := c.late(parent, r, err); d != nil {
		return d
	}
	d := &connectors.Diagnostic{Code: connectors.CodeUnreachable, Origin: connectors.FromUpstream, Retryable: true}
	why := cause(err)
	switch {
	case as[*redirectError](err):
		d.Code, d.Retryable = connectors.CodeBadAnswer, false
	case strings.Contains(why, "malformed HTTP"), strings.Contains(why, "server response headers exceeded"):
		d.Code = connectors.CodeBadAnswer // package http has no types for these
	case as[*tls.CertificateVerificationError](err), as[tls.RecordHeaderError](err), as[x509.UnknownAuthorityError](err),
		as[tls.AlertError](err), strings.Contains(why, "server gave HTTP response"):
		d.Retryable = false
	case errors.Is(err, io.EOF):
		why = "the connection was closed without an answer"
	}
	if dns := (*net.DNSError)(nil); errors.As(err, &dns) {
		d.Retryable = !dns.IsNotFound
	}
	d.Summary = c.text(r.name + ": " + why)
	return d
}

// late is the diagnostic for a call that ran out of time or was given up; nil
// if neither is the cause of err.
func (c *Client) late(parent context.Context, r *call, err error) *connectors.Diagnostic {
	if parent.Err() != nil {
		return gaveUp(r, parent.Err())
	}
	var slow net.Error
	if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &slow) && slow.Timeout() {
		return &connectors.Diagnostic{
			Code: connectors.CodeTimeout, Origin: connectors.FromUpstream, Retryable: true,
			Summary: fmt.Sprintf("%s: no answer within %s", r.name, c.opts.Timeout),
		}
	}
	return nil
}

// gaveUp says why the context of the call ended.
func gaveUp(r *call, err error) *connectors.Diagnostic {
	if errors.Is(err, context.DeadlineExceeded) {
		return &connectors.Diagnostic{
			Code: connectors.CodeTimeout, Origin: connectors.FromUpstream, Retryable: true,
			Summary: r.name + ": no answer before the deadline of the call",
		}
	}
	return &connectors.Diagnostic{Code: connectors.CodeCanceled, Summary: r.name + ": canceled"}
}

// cause is the text of err without the URL, which package http puts before it.
func cause(err error) string {
	if u := (*url.Error)(nil); errors.As(err, &u) {
		err = u.Err
	}
	return err.Error()
}

func as[T error](err error) bool {
	var target T
	return errors.As(err, &target)
}
