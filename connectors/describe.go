package connectors

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/settings"
	"github.com/tidegate-go/tidegate/connectors/internal/wire"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/fact"
)

var namePattern = regexp.MustCompile(`^[a-z][a-z0-9-]{0,62}$`)

// toWire returns the description as the contract has it, or everything that is
// wrong with it.
func (d Description) toWire() (*connectorv1.DescribeResponse, error) {
	faults := d.faults()
	schema, err := ConfigSchema(d.Config)
	if err != nil {
		faults = append(faults, fmt.Errorf("config: %w", err))
	}
	m := &connectorv1.DescribeResponse{Name: d.Name, Version: d.Version, Summary: d.Summary, ConfigSchema: string(schema)}
	for _, k := range d.Kinds {
		schema, err := ConfigSchema(k.Params)
		if err != nil {
			faults = append(faults, fmt.Errorf("kind %q: %w", k.Name, err))
		}
		kind := &connectorv1.QueryKind{Name: k.Name, Summary: k.Summary, ParamsSchema: string(schema)}
		for _, s := range k.Shapes {
			kind.Shapes = append(kind.Shapes, wire.EncodeShape(s))
		}
		m.Kinds = append(m.Kinds, kind)
	}
	for _, l := range d.RateLimits {
		m.RateLimits = append(m.RateLimits, &connectorv1.RateLimit{
			Name: l.Name, Kinds: l.Kinds, PerSecond: l.PerSecond, Burst: int32(l.Burst)})
	}
	if err := errors.Join(faults...); err != nil {
		return nil, fmt.Errorf("connector %q: %w", d.Name, err)
	}
	return m, nil
}

// faults lists what would only be noticed when somebody asks.
func (d Description) faults() []error {
	var faults []error
	if !namePattern.MatchString(d.Name) {
		faults = append(faults, fmt.Errorf("name %q does not match %s", d.Name, namePattern))
	}
	if d.Version == "" {
		faults = append(faults, errors.New("no version"))
	}
	var kinds []string
	for _, k := range d.Kinds {
		if k.Name == "" || slices.Contains(kinds, k.Name) {
			faults = append(faults, fmt.Errorf("kind %q has no name of its own", k.Name))
		}
		kinds = append(kinds, k.Name)
		if len(k.Shapes) == 0 {
			faults = append(faults, fmt.Errorf("kind %q has no shape", k.Name))
		}
		for _, s := range k.Shapes {
			if wire.EncodeShape(s) == connectorv1.Shape_SHAPE_UNSPECIFIED {
				faults = append(faults, fmt.Errorf("kind %q: the contract has no %v", k.Name, s))
			}
		}
	}
	var limits []string
	for _, l := range d.RateLimits {
		if l.Name == "" || slices.Contains(limits, l.Name) {
			faults = append(faults, fmt.Errorf("rate limit %q has no name of its own", l.Name))
		}
		limits = append(limits, l.Name)
		if !(l.PerSecond > 0) || l.Burst < 1 {
			faults = append(faults, fmt.Errorf("rate limit %q: %v per second with burst %d lets nothing through", l.Name, l.PerSecond, l.Burst))
		}
		for _, k := range l.Kinds {
			if !slices.Contains(kinds, k) {
				faults = append(faults, fmt.Errorf("rate limit %q: no kind %q", l.Name, k))
			}
		}
	}
	return faults
}

// kind returns the kind of the name.
func (d Description) kind(name string) (Kind, bool) {
	i := slices.IndexFunc(d.Kinds, func(k Kind) bool { return k.Name == name })
	if i < 0 {
		return Kind{}, false
	}
	return d.Kinds[i], true
}

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

// isBlank reports whether v points to a zero value.
func isBlank(v any) bool {
	p := reflect.ValueOf(v)
	return p.Kind() == reflect.Pointer && !p.IsNil() && p.Elem().IsZero()
}

// zero reports whether the field of the struct that v points to is.
func zero(v any, f settings.Field) bool {
	return reflect.ValueOf(v).Elem().FieldByIndex(f.Index).IsZero()
}

// DecodeParams fills the struct that v points to with the parameters of q,
// strictly. The error joins one [*Diagnostic] per fault, with code
// "invalid-query" and the path.
func DecodeParams(q fact.Query, v any) error {
	text := string(q.Params)
	if text == "" {
		text = "{}"
	}
	blank := isBlank(v)
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
	fields, err := settings.Fields(t, secretType)
	if err != nil {
		return fmt.Errorf("parameters of %s: %w", q.Kind, err)
	}
	if blank && !slices.ContainsFunc(fields, func(f settings.Field) bool { return f.Required && zero(v, f) }) {
		return nil // what was blank and is not was there
	}
	var root map[string]any
	if err := json.Unmarshal([]byte(text), &root); err != nil {
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
