package datadogtest

import (
	"net/http"

	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
)

// Status refuses with a status and one message in Datadog's form.
func Status(status int, message string) standin.Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		refuse(w, status, message)
		return false
	}
}

// Limited is status 429 in Datadog's form: the seconds to wait are in
// X-RateLimit-Reset, and there is no Retry-After.
func Limited(reset string) standin.Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		h := w.Header()
		h.Set("X-RateLimit-Limit", "1600")
		h.Set("X-RateLimit-Period", "3600")
		h.Set("X-RateLimit-Name", "batch_query")
		h.Set("X-RateLimit-Remaining", "0")
		if reset != "" {
			h.Set("X-RateLimit-Reset", reset)
		}
		refuse(w, http.StatusTooManyRequests, "Rate limit of 1600 requests in 3600 seconds reached. Please try again later.")
		return false
	}
}

// SamePage answers a list of monitors with the same one for ever.
func SamePage() standin.Fault {
	return standin.JSON(`[{"id":1,"name":"again","tags":["service:circle"],"overall_state":"OK","type":"query alert","query":"x"}]`)
}
