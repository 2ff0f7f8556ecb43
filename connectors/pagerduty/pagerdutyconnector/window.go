package pagerdutyconnector

import (
	"time"

	"github.com/tidegate-go/tidegate/connectors/upstream"
)

// windowParams are the moments between which something is asked.
type windowParams struct {
	Since string `json:"since,omitzero" jsonschema_description:"RFC 3339, the first moment"`
	Until string `json:"until,omitzero" jsonschema_description:"RFC 3339, the first moment after it"`
}

// moments are since and until, which have to be given and in order.
func (w windowParams) moments() (since, until time.Time, err error) {
	for _, one := range []struct {
		path, text string
		at         *time.Time
	}{{"since", w.Since, &since}, {"until", w.Until, &until}} {
		if *one.at = stamp(one.text); one.at.IsZero() {
			return since, until, upstream.Invalid(one.path, "%s %.40q is no moment, want RFC 3339", one.path, one.text)
		}
	}
	if !since.Before(until) {
		return since, until, upstream.Invalid("until", "until %s is not after since %s", w.Until, w.Since)
	}
	return since, until, nil
}

// within bounds the length of a window.
func within(since, until time.Time, most time.Duration, says string) error {
	if until.Sub(since) > most {
		return upstream.Invalid("until", "the window from %s until %s is longer than %s", rfc(since), rfc(until), says)
	}
	return nil
}

// stamp reads a moment; the zero time is one that is absent or not understood.
func stamp(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

func rfc(t time.Time) string { return t.UTC().Format(time.RFC3339) }
