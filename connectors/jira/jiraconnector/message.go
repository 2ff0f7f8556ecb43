package jiraconnector

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// refusal is the body of an error: {"errorMessages":[…],"errors":{field:text}}
// from the platform (ErrorCollection), {"message":…} from the gateway before it.
type refusal struct {
	ErrorMessages []string          `json:"errorMessages"`
	Errors        map[string]string `json:"errors"`
	Message       string            `json:"message"`
}

// explain is what Jira says in the body of an error, "" if it is no such body.
func explain(body []byte) string {
	var r refusal
	if json.Unmarshal(body, &r) != nil {
		return ""
	}
	all := r.ErrorMessages
	for _, field := range slices.Sorted(maps.Keys(r.Errors)) {
		all = append(all, fmt.Sprintf("%s: %s", field, r.Errors[field]))
	}
	if r.Message != "" {
		all = append(all, r.Message)
	}
	return strings.Join(all, "; ")
}

// nobody says why an answer is the one for everybody. Jira Cloud lets a refused
// credential through to what is public, which on most sites is nothing, and says
// so only in this header.
func nobody(h http.Header) string {
	switch reason := strings.ToUpper(h.Get("X-Seraph-LoginReason")); {
	case strings.Contains(reason, "FAILED"), strings.Contains(reason, "DENIED"):
		return "is the one for anonymous users: Jira did not accept the credential (" + reason + ")"
	}
	return ""
}
