package upstream

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// Strict is an answer that is read as [Exact] reads one, into a T that is a
// struct or a slice of some. An object that has errors beside, or in place of,
// what was asked for is refused: some systems answer those with status 200.
type Strict[T any] struct{ Is T }

// complaint is where systems say that something went wrong: Datadog and
// PagerDuty in error and errors, Jira in errors and errorMessages.
type complaint struct {
	Error         json.RawMessage `json:"error"`
	Errors        json.RawMessage `json:"errors"`
	ErrorMessages json.RawMessage `json:"errorMessages"`
}

// UnmarshalJSON reads the answer.
func (s *Strict[T]) UnmarshalJSON(data []byte) error {
	if reflect.TypeFor[T]().Kind() == reflect.Slice {
		if !bytes.HasPrefix(bytes.TrimSpace(data), []byte("[")) {
			return errors.New("is no JSON array")
		}
		var whole struct {
			List T `json:"list"`
		}
		err := Exact(append(append([]byte(`{"list":`), data...), '}'), &whole)
		s.Is = whole.List
		return err
	}
	var wrong complaint
	if err := Exact(data, &s.Is, &wrong); err != nil {
		return err
	}
	for _, said := range []struct {
		in   string
		what json.RawMessage
	}{{"error", wrong.Error}, {"errors", wrong.Errors}, {"errorMessages", wrong.ErrorMessages}} {
		if !void(said.what) {
			return fmt.Errorf("it has %s: %.200s", said.in, said.what)
		}
	}
	return nil
}

// void reports whether a value says nothing: it is absent, null, or an empty
// text, array or object.
func void(text json.RawMessage) bool {
	switch strings.Join(strings.Fields(string(text)), "") {
	case "", "null", `""`, "[]", "{}":
		return true
	}
	return false
}
