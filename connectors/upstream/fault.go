package upstream

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
)

// BadAnswer is the diagnostic of an answer that came in good order and says too
// little, or what cannot be. The text carries no secret: it is the caller's.
func BadAnswer(a Answer, format string, args ...any) *connectors.Diagnostic {
	return &connectors.Diagnostic{
		Code: connectors.CodeBadAnswer, Origin: connectors.FromUpstream, Status: a.Status, RequestID: a.RequestID,
		Summary: fmt.Sprintf(format, args...),
	}
}

// Invalid is the diagnostic of a query that cannot be asked; path is the
// parameter at fault.
func Invalid(path, format string, args ...any) *connectors.Diagnostic {
	return &connectors.Diagnostic{
		Code: connectors.CodeInvalidQuery, Origin: connectors.FromConfig, Path: path, Summary: fmt.Sprintf(format, args...),
	}
}

// Observed is the moment that an answer describes, in UTC: by the server's
// clock if it tells, else that of its arrival.
func (c *Client) Observed(a Answer) time.Time {
	if !a.Date.IsZero() {
		return a.Date.UTC()
	}
	return c.Now().UTC()
}
