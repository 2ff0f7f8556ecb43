package schemagen

import (
	"reflect"
	"slices"

	"github.com/invopop/jsonschema"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/packet"
)

// anyValue is the definition of what may stand in parameters: any JSON but null, which is never read.
const anyValue = "value"

// refine adds what types cannot say: which schemas are read, and that a criterion has one test.
func (g *generator) refine(s *jsonschema.Schema) {
	ref := &jsonschema.Schema{Ref: "#/$defs/" + anyValue}
	s.Definitions[anyValue] = &jsonschema.Schema{
		Description: "Any value but null: what is not there is left out.",
		AnyOf: []*jsonschema.Schema{{Type: "string"}, {Type: "boolean"}, {Type: "number"},
			{Type: "array", Items: ref}, {Type: "object", AdditionalProperties: ref}},
	}
	schema, ok := s.Definitions["packet.Packet"].Properties.Get("schema")
	if !ok {
		g.fail("a packet has no schema")
		return
	}
	for _, name := range packet.Schemas() {
		schema.Enum = append(schema.Enum, name)
	}
	g.oneTest(s.Definitions["gates.Criterion"])
}

// oneTest wants exactly one of the tests of a criterion: those fields that are pointers.
func (g *generator) oneTest(s *jsonschema.Schema) {
	for _, f := range reflect.VisibleFields(reflect.TypeFor[gates.Criterion]()) {
		if f.Type.Kind() != reflect.Pointer {
			continue
		}
		name := jsonName(f)
		if _, ok := s.Properties.Get(name); !ok {
			g.fail("criterion has no property %q", name)
		}
		s.OneOf = append(s.OneOf, &jsonschema.Schema{Required: []string{name}})
	}
	if slices.Contains(s.Required, s.OneOf[0].Required[0]) {
		g.fail("a test of a criterion is always required")
	}
}
