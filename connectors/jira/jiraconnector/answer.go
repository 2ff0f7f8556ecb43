package jiraconnector

import (
	"fmt"

	"github.com/tidegate-go/tidegate/connectors/upstream"
)

// strict is an answer of Jira's, decoded into a T by [upstream.Exact]; one with
// error messages is refused.
type strict[T any] struct{ is T }

// UnmarshalJSON reads the answer.
func (s *strict[T]) UnmarshalJSON(data []byte) error {
	var f errorFields
	if err := upstream.Exact(data, &f, &s.is); err != nil {
		return err
	}
	if !void(f.ErrorMessages) || !void(f.Errors) {
		return fmt.Errorf("it has errors: %s", explain(data))
	}
	return nil
}

// errorFields are what an answer of success does not have, in any form.
type errorFields struct {
	ErrorMessages any `json:"errorMessages"`
	Errors        any `json:"errors"`
}

// void reports whether v is null or an array or object without content.
func void(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}
