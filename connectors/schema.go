package connectors

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"github.com/tidegate-go/tidegate/connectors/internal/settings"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/fact"
)

// ConfigSchema returns the JSON Schema (draft 2020-12) of a config struct or of
// the struct of a query's parameters, given its zero value; nil means an empty
// object, and a map any object. A field is required unless it is marked omitzero or omitempty. One of
// type [Secret] is a string with "x-secret": true. All definitions are inlined,
// so a struct that holds itself is an error.
//
// Constraints are written as tags of github.com/invopop/jsonschema, in which
// commas separate keywords: put a sentence into jsonschema_description.
func ConfigSchema(zero any) (json.RawMessage, error) {
	t := reflect.TypeOf(zero)
	if t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	schema, err := settings.Schema(t, secretType)
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	return schema, nil
}

// DecodeParams fills the struct that v points to with the parameters of q,
// strictly. The error joins one [*Diagnostic] per fault, with code
// "invalid-query" and the path.
func DecodeParams(q fact.Query, v any) error {
	text := string(q.Params)
	if text == "" {
		text = "{}"
	}
	err := strictjson.Decode([]byte(text), v, nil)
	var strict *strictjson.Error
	switch {
	case errors.As(err, &strict):
		return errors.Join(faultsOf(strict, CodeInvalidQuery, "parameters")...)
	case err != nil:
		return fmt.Errorf("parameters of %s: %w", q.Kind, err)
	}
	t := reflect.TypeOf(v).Elem()
	if t.Kind() != reflect.Struct {
		return nil
	}
	var root map[string]any
	if err := json.Unmarshal([]byte(text), &root); err != nil {
		return fmt.Errorf("parameters of %s: %w", q.Kind, err)
	}
	fields, err := settings.Fields(t, secretType)
	if err != nil {
		return fmt.Errorf("parameters of %s: %w", q.Kind, err)
	}
	var faults []error
	for _, f := range fields {
		if there, open := settings.Look(root, f.Path); f.Required && open && !there {
			faults = append(faults, faultAt(CodeInvalidQuery, f.Path, "is required"))
		}
	}
	return errors.Join(faults...)
}
