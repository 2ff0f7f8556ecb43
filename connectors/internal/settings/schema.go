package settings

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/invopop/jsonschema"
)

// Schema returns the JSON Schema (draft 2020-12) of a struct type, without
// references: two types of one name in different packages would share one
// definition. A type that holds itself has no such schema, which is an error.
func Schema(t, secret reflect.Type) (json.RawMessage, error) {
	if t == nil {
		return json.RawMessage(`{"$schema":"` + jsonschema.Version + `","type":"object","additionalProperties":false}`), nil
	}
	if t.Kind() == reflect.Map {
		return json.RawMessage(`{"$schema":"` + jsonschema.Version + `","type":"object"}`), nil
	}
	if t.Kind() != reflect.Struct {
		return nil, fmt.Errorf("a schema needs a struct, not %s", t)
	}
	if err := finite(t, nil); err != nil {
		return nil, err
	}
	r := jsonschema.Reflector{
		Anonymous:      true, // an id would name a Go package
		DoNotReference: true,
		Mapper: func(t reflect.Type) *jsonschema.Schema {
			switch {
			case t == secret:
				return &jsonschema.Schema{Type: "string", WriteOnly: true, Extras: map[string]any{"x-secret": true}}
			case isText(t):
				return &jsonschema.Schema{Type: "string"}
			}
			return nil
		},
	}
	return json.Marshal(r.ReflectFromType(t))
}

// isText tells what is no struct but written as text: an enum, a length of time, a unit.
func isText(t reflect.Type) bool {
	ptr := reflect.PointerTo(t)
	return t.Kind() != reflect.Struct && t.Kind() != reflect.Interface && ptr.Implements(textType) && !ptr.Implements(jsonType)
}

var (
	textType = reflect.TypeFor[encoding.TextUnmarshaler]()
	jsonType = reflect.TypeFor[json.Unmarshaler]()
)

var errRecursive = errors.New("holds itself and has no schema without references")

func finite(t reflect.Type, above []reflect.Type) error {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return finite(t.Elem(), above)
	case reflect.Struct:
		if slices.Contains(above, t) {
			return fmt.Errorf("%s %w", t, errRecursive)
		}
		above = append(slices.Clip(above), t)
		for f := range t.Fields() {
			if f.IsExported() || f.Anonymous {
				if err := finite(f.Type, above); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
