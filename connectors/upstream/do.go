package upstream

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
)

// Answer is what is known of a successful call beside its content.
type Answer struct {
	Status    int
	Date      time.Time // of the server's clock; zero if it does not say
	RequestID string    // under which the system logged the request

	// Next is the query of the link to the next page (RFC 8288, rel="next");
	// nil if there is none.
	Next url.Values
}

// links finds the targets of a Link header and what is said of each.
var links = regexp.MustCompile(`<([^<>]*)>((?:\s*;[^,<]*)*)`)

// nextRel finds the relation "next" among others.
var nextRel = regexp.MustCompile(`(?i);\s*rel\s*=\s*(?:next\s*(?:;|$)|"(?:[^"]*\s)?next(?:\s[^"]*)?")`)

// next is the query of the link to the next page. The rest of the link is not
// followed: a request goes where the connector says.
func next(h http.Header) url.Values {
	for _, line := range h.Values("Link") {
		for _, m := range links.FindAllStringSubmatch(line, -1) {
			if u, err := url.Parse(m[1]); err == nil && nextRel.MatchString(m[2]) {
				return u.Query()
			}
		}
	}
	return nil
}

// call is a request ready to be sent, also again.
type call struct {
	Request

	name string // "GET /rest/api/3/myself": for messages, without the query
	url  string
	body []byte
}

// Do sends the request and decodes the JSON of its answer into a pointer; nil
// ignores the content. Unknown fields are ignored, as vendors add some.
//
// An error is a [*connectors.Diagnostic]:
//
//	unauthorized   401, 407, and what [Options.Nobody] finds
//	forbidden      402, 403 unless it is about a limit, 451
//	not-found      404
//	gone           410
//	rate-limited   425, 429, 403 with Retry-After or nothing left, and a call not sent because the server asked to wait
//	invalid-query  400, 413, 414, 422, and arguments that make no path
//	unavailable    5xx
//	unreachable    connection refused, name not found, TLS
//	timeout        no answer before the deadline or in [Options.Timeout], 408
//	canceled       the context was canceled
//	bad-answer     not JSON, truncated, of another form, a redirect elsewhere,
//	               2xx other than 200 to a call that changes nothing
//	too-large      more than [Options.MaxBody]
//	internal       any other status; the connector asks what the system does not know
func (c *Client) Do(ctx context.Context, r Request, into any) (Answer, error) {
	prepared, err := c.prepare(r)
	if err != nil {
		return Answer{}, err
	}
	for n := 0; ; n++ {
		if err := c.pace(ctx, prepared); err != nil {
			return Answer{}, err
		}
		a, d := c.once(ctx, prepared, into)
		if d == nil {
			return a, nil
		}
		if !d.Retryable || !r.readOnly || n >= c.opts.Retries || ctx.Err() != nil {
			return Answer{}, d
		}
		wait := backoff(n, c.opts.Rand())
		if d.RetryAfter > 0 {
			wait = spread(d.RetryAfter, c.opts.Rand())
		}
		if !c.fits(ctx, wait) {
			if d.RetryAfter == 0 {
				d.RetryAfter = wait
			}
			return Answer{}, d
		}
		if err := c.sleep(ctx, prepared, wait); err != nil {
			return Answer{}, err
		}
	}
}

func (c *Client) prepare(r Request) (*call, error) {
	if c.closed.Load() {
		return nil, &connectors.Diagnostic{Code: connectors.CodeCanceled, Summary: "the client is closed"}
	}
	target, err := r.target()
	if err != nil {
		return nil, &connectors.Diagnostic{Code: connectors.CodeInvalidQuery, Summary: c.text(err.Error())}
	}
	body, err := r.content()
	if err != nil {
		return nil, &connectors.Diagnostic{Code: connectors.CodeInternal, Summary: c.text(r.path + ": " + err.Error())}
	}
	p := &call{Request: r, name: c.text(r.method + " " + target), url: c.base.String() + target, body: body}
	if _, err := url.Parse(p.url); err != nil {
		return nil, &connectors.Diagnostic{Code: connectors.CodeInternal, Summary: fmt.Sprintf("path %q makes no URL", r.path)}
	}
	if len(r.query) > 0 {
		p.url += "?" + r.query.Encode()
	}
	return p, nil
}

// once sends the call one time.
func (c *Client) once(parent context.Context, r *call, into any) (Answer, *connectors.Diagnostic) {
	ctx, cancel := context.WithTimeout(parent, c.opts.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, r.method, r.url, bytes.NewReader(r.body))
	if err != nil {
		return Answer{}, c.unsent(parent, r, err)
	}
	for name, values := range c.opts.Header {
		req.Header[name] = slices.Clone(values)
	}
	req.Header.Set("Accept", c.opts.Accept)
	req.Header.Set("User-Agent", c.opts.UserAgent)
	if r.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	c.opts.Auth.apply(req.Header)
	resp, err := c.http.Do(req)
	if err != nil {
		return Answer{}, c.unsent(parent, r, err)
	}
	defer func() { _ = resp.Body.Close() }() // the answer was read, or is given up
	if resp.StatusCode/100 != 2 {
		return Answer{}, c.refused(r, resp)
	}
	if why := c.nobody(resp.Header); why != "" {
		return Answer{}, c.diagnostic(r, resp, connectors.CodeUnauthorized, why)
	}
	if d, ok := before(resp.Header, c.Now()); ok {
		c.pause(d)
	}
	if d := c.read(parent, r, resp, into); d != nil {
		return Answer{}, d
	}
	date, _ := http.ParseTime(resp.Header.Get("Date")) // zero: not said
	c.hear(date)
	return Answer{Status: resp.StatusCode, Date: date, RequestID: c.requestID(resp.Header), Next: next(resp.Header)}, nil
}
