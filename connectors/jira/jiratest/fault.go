package jiratest

import (
	"net/http"
	"time"

	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
)

// Status refuses with a status and one message in Jira's form.
func Status(status int, message string) standin.Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		refuse(w, status, message)
		return false
	}
}

// Limited is status 429 with a Retry-After header; "" leaves it out.
func Limited(retryAfter string) standin.Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		if retryAfter != "" {
			w.Header().Set("Retry-After", retryAfter)
		}
		refuse(w, http.StatusTooManyRequests, "Rate limit exceeded.")
		return false
	}
}

// LimitedUntil is status 429 with X-RateLimit-Reset in ISO 8601, as Jira writes it.
func LimitedUntil(reset time.Time) standin.Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("X-RateLimit-Reset", reset.UTC().Format(time.RFC3339))
		w.Header().Set("RateLimit-Reason", "jira-burst-based")
		refuse(w, http.StatusTooManyRequests, "Rate limit exceeded.")
		return false
	}
}

// SamePage answers a search with the same issue and the same page token for ever.
func SamePage() standin.Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		answer(w, map[string]any{"issues": []any{map[string]any{"id": "10001", "key": "SHOP-1"}}, "isLast": false, "nextPageToken": "again"})
		return false
	}
}

// Anonymous answers a search as Jira answers a refused credential: with nothing,
// status 200 and a header that says why.
func Anonymous() standin.Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("X-Seraph-LoginReason", "AUTHENTICATED_FAILED")
		answer(w, map[string]any{"issues": []any{}, "isLast": true})
		return false
	}
}
