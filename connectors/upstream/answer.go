package upstream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/tidegate-go/tidegate/connectors"
)

// read decodes the body of a successful answer.
func (c *Client) read(parent context.Context, r *call, resp *http.Response, into any) *connectors.Diagnostic {
	fault := func(code, why string) *connectors.Diagnostic {
		return c.diagnostic(r, resp, code, why)
	}
	if resp.StatusCode == http.StatusNoContent && into == nil && !r.readOnly {
		return nil
	}
	if !isJSON(resp.Header.Get("Content-Type")) {
		// Azure DevOps and some gateways answer a bad credential with a page.
		return fault(connectors.CodeBadAnswer, fmt.Sprintf("is %q instead of JSON, as a sign-in page is", resp.Header.Get("Content-Type")))
	}
	if r.readOnly && resp.StatusCode != http.StatusOK {
		// Accepted, partial or changed on the way: not what was asked for.
		return fault(connectors.CodeBadAnswer, fmt.Sprintf("has status %d instead of 200", resp.StatusCode))
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, c.opts.MaxBody+1))
	switch {
	case err != nil:
		return c.broken(parent, r, resp, err)
	case int64(len(body)) > c.opts.MaxBody:
		return fault(connectors.CodeTooLarge, fmt.Sprintf("is longer than %d bytes", c.opts.MaxBody))
	case into == nil && json.Valid(body):
		return nil
	case into == nil:
		return fault(connectors.CodeBadAnswer, "is not JSON")
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fault(connectors.CodeBadAnswer, "cannot be read: "+err.Error())
	}
	return nil
}

// broken is a body that ended early or did not come in time.
func (c *Client) broken(parent context.Context, r *call, resp *http.Response, err error) *connectors.Diagnostic {
	if d := c.late(parent, r, err); d != nil {
		return d
	}
	why := "broke off: " + err.Error()
	if errors.Is(err, io.ErrUnexpectedEOF) {
		why = "is shorter than announced"
	}
	d := c.diagnostic(r, resp, connectors.CodeBadAnswer, why)
	d.Retryable = true
	return d
}

// isJSON takes application/json and the types that end in +json (RFC 6839 §3.1).
func isJSON(contentType string) bool {
	t, _, err := mime.ParseMediaType(contentType)
	return err == nil && (t == "application/json" || strings.HasSuffix(t, "+json"))
}
