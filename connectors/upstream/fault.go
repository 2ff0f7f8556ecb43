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

// trusted is for how long is believed what a server said of its clock.
const trusted = 10 * time.Minute

// hear notes what time it is by the server's clock.
func (c *Client) hear(date time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heard, c.ahead = c.Now(), 0
	if !date.IsZero() {
		c.ahead = date.Sub(c.heard)
	}
}

// SystemNow is the time by the system's clock, in whole seconds and in UTC, as
// the Date of its answers tells it, and whether one came in the last 10 minutes;
// else it is the time by ours. What is asked for up to now has to end by the
// system's clock: one that is ten minutes ahead has nothing to tell otherwise
// of the last ten minutes, and would not say so.
func (c *Client) SystemNow() (now time.Time, known bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	ours := c.Now()
	if c.heard.IsZero() || ours.Sub(c.heard).Abs() > trusted {
		return ours.UTC().Truncate(time.Second), false
	}
	return ours.Add(c.ahead).UTC().Truncate(time.Second), true
}
