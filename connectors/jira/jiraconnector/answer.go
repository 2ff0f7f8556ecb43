package jiraconnector

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
)

// strict is an answer of Jira's, decoded into a T. Package encoding/json takes
// the last of two equal keys and "Issues" for "issues": here a key that comes
// twice, and one that differs from a field of T only by case, are refused. So
// is an answer with error messages. Fields that T does not have are ignored.
type strict[T any] struct{ is T }

// UnmarshalJSON reads the answer.
func (s *strict[T]) UnmarshalJSON(data []byte) error {
	if !bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) {
		return errors.New("is no JSON object")
	}
	known := map[string]bool{}
	fieldNames(reflect.TypeFor[T](), known)
	fieldNames(reflect.TypeFor[errorFields](), known)
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if err := walk(dec, known); err != nil {
		return err
	}
	var f errorFields
	if err := json.Unmarshal(data, &f); err != nil {
		return err
	}
	if !void(f.ErrorMessages) || !void(f.Errors) {
		return fmt.Errorf("it has errors: %s", explain(data))
	}
	return json.Unmarshal(data, &s.is)
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

// walk reads one value and refuses keys that could be taken for one another.
func walk(dec *json.Decoder, known map[string]bool) error {
	t, err := dec.Token()
	if err != nil || t != json.Delim('{') && t != json.Delim('[') {
		return err
	}
	seen := map[string]bool{}
	for dec.More() {
		if t == json.Delim('{') {
			k, err := dec.Token()
			if err != nil {
				return err
			}
			key, _ := k.(string) // a key always is
			if err := unclear(key, seen, known); err != nil {
				return err
			}
		}
		if err := walk(dec, known); err != nil {
			return err
		}
	}
	_, err = dec.Token()
	return err
}

// unclear says why a key of an object could be taken for another one.
func unclear(key string, seen, known map[string]bool) error {
	if seen[key] {
		return fmt.Errorf("%.80q comes twice in one object", key)
	}
	seen[key] = true
	if known[key] {
		return nil
	}
	for name := range known {
		if strings.EqualFold(name, key) {
			return fmt.Errorf("%.80q is written in place of %q", key, name)
		}
	}
	return nil
}

// fieldNames adds the names of the fields of t and of the types within it.
func fieldNames(t reflect.Type, to map[string]bool) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		fieldNames(t.Elem(), to)
	case reflect.Struct:
		for f := range t.Fields() {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			to[name] = true
			fieldNames(f.Type, to)
		}
	}
}

// badAnswer is an answer that says too little, or what cannot be.
func badAnswer(a upstream.Answer, format string, args ...any) *connectors.Diagnostic {
	return &connectors.Diagnostic{
		Code: connectors.CodeBadAnswer, Origin: connectors.FromUpstream, Status: a.Status, RequestID: a.RequestID,
		Summary: fmt.Sprintf(format, args...),
	}
}
