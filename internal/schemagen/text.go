package schemagen

import (
	"encoding"
	"encoding/json"
	"reflect"
	"time"

	"github.com/invopop/jsonschema"

	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Patterns are of the part that ECMA-262 and RE2 share: no look-around, no classes that differ.
const (
	seconds  = `[0-9]+(\.[0-9]{1,9})?S`
	minutes  = `[0-9]+M`
	duration = `^-?PT([0-9]+H(` + minutes + `)?(` + seconds + `)?|` + minutes + `(` + seconds + `)?|` + seconds + `)$`

	upTo7  = `0*[0-9]{1,7}`
	period = `^P(` + upTo7 + `Y(` + upTo7 + `M)?(` + upTo7 + `D)?|` + upTo7 + `M(` + upTo7 + `D)?|` + upTo7 + `[DW])$`

	zonePart = `[A-Za-z._][A-Za-z0-9._+-]*`
	clock    = `([01][0-9]|2[0-3]):[0-5][0-9]`
	when     = `^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-]` + clock + `)?)?` +
		`(\[` + zonePart + `(/` + zonePart + `)*\])?$`
	// What the pattern before lets through: the tag of a deadline behind a time or in another case, and parts of dots.
	noWhen = `T.*\[[Aa][Oo][Ee]\]|\[(a[Oo][Ee]|AO[Ee]|Aoe)\]|\.\..*\]|[\[/]\.[/\]]`

	moment = `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T` + clock + `:[0-5][0-9](\.[0-9]+)?(Z|[+-]` + clock + `)$`

	aggregate = `^(last|mean|min|max|p([1-9][0-9]?|[1-9]?[0-9]\.[0-9]*[1-9])|)$`
)

// maxSafe is the largest integer that every reader of JSON keeps (RFC 7493, section 2.2); strictjson refuses others.
const (
	maxSafe = "9007199254740991"
	maxReal = "1.7976931348623157e308"
)

// text returns the schema of a type that encodes itself, of an integer, or of a text with a form of its own; nil stands
// for all others.
func (g *generator) text(t reflect.Type) *jsonschema.Schema {
	if s := known(t); s != nil {
		return s
	}
	ptr := reflect.PointerTo(t)
	switch {
	case ptr.Implements(reflect.TypeFor[json.Unmarshaler]()):
		g.fail("%s decodes itself and has no schema here", t)
	case t.Kind() == reflect.Uint8 && ptr.Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		return g.enumeration(t)
	case t.Kind() != reflect.Pointer && ptr.Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		g.fail("%s has a text form without a schema here", t)
	case t.Kind() == reflect.Int:
		return &jsonschema.Schema{Type: "integer", Minimum: "-" + maxSafe, Maximum: maxSafe}
	case reflect.Int < t.Kind() && t.Kind() <= reflect.Complex128, t.Kind() == reflect.Map, t.Kind() == reflect.Interface:
		g.fail("%s has no schema here", t)
	}
	return nil
}

func known(t reflect.Type) *jsonschema.Schema {
	switch t {
	case reflect.TypeFor[time.Time]():
		return &jsonschema.Schema{Type: "string", Format: "date-time", Pattern: moment,
			Description: "A moment as RFC 3339 writes it, without leap seconds."}
	case reflect.TypeFor[value.When]():
		return &jsonschema.Schema{Type: "string", Pattern: when, Not: &jsonschema.Schema{Pattern: noWhen},
			Examples: []any{"2026-12-08T22:00:00-05:00[America/New_York]", "2026-12-08[Europe/Berlin]", "2026-12-08[AoE]"}}
	case reflect.TypeFor[value.Duration]():
		return &jsonschema.Schema{Type: "string", Pattern: duration, Examples: []any{"PT1H30M", "PT0.25S", "-PT5M"}}
	case reflect.TypeFor[value.Period]():
		return &jsonschema.Schema{Type: "string", Pattern: period, Examples: []any{"P7Y", "P1Y6M", "P90D"}}
	case reflect.TypeFor[value.Clock]():
		return &jsonschema.Schema{Type: "string", Pattern: `^` + clock + `$`, Examples: []any{"09:30"}}
	case reflect.TypeFor[value.Digest]():
		return &jsonschema.Schema{Type: "string", Pattern: `^sha256:[0-9a-f]{64}$`}
	case reflect.TypeFor[value.Link]():
		return &jsonschema.Schema{Type: "string", Format: "uri", Pattern: `^[^\x00-\x1f\x7f-\x9f]+$`}
	case reflect.TypeFor[value.Number]():
		return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{
			{Type: "number", Minimum: "-" + maxReal, Maximum: maxReal}, {Enum: []any{"NaN", "Infinity", "-Infinity"}}}}
	case reflect.TypeFor[value.Unit]():
		s := &jsonschema.Schema{Type: "string"}
		for _, u := range value.Units() {
			s.Enum = append(s.Enum, string(u))
		}
		return s
	case reflect.TypeFor[probe.Aggregate]():
		return &jsonschema.Schema{Type: "string", Pattern: aggregate, Examples: []any{"mean", "p95"}}
	case reflect.TypeFor[fact.Params]():
		return &jsonschema.Schema{Type: "object", AdditionalProperties: &jsonschema.Schema{Ref: "#/$defs/" + anyValue}}
	}
	return nil
}

// enumeration finds the names of an enumeration by asking each of its values: what is marshalled and read again.
func (g *generator) enumeration(t reflect.Type) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "string"}
	for n := range 256 {
		v := reflect.New(t)
		v.Elem().SetUint(uint64(n))
		m, ok := reflect.TypeAssert[encoding.TextMarshaler](v)
		if !ok {
			g.fail("%s is read from text and not written as text", t)
			return s
		}
		name, err := m.MarshalText()
		if err != nil {
			continue
		}
		back := reflect.New(t)
		if err := back.Interface().(encoding.TextUnmarshaler).UnmarshalText(name); err != nil || back.Elem().Uint() != uint64(n) {
			g.fail("%s %d is written as %q and not read again: %v", t, n, name, err)
		}
		s.Enum = append(s.Enum, string(name))
	}
	if len(s.Enum) == 0 {
		g.fail("%s has no names", t)
	}
	return s
}
