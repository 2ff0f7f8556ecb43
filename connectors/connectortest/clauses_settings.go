package connectortest

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/proto"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
)

// describe is the description as the contract has it. In Go it is made from the
// types, as the SDK makes it.
func (s *sitting) describe() *connectorv1.DescribeResponse {
	s.Helper()
	if s.remote != nil {
		m, err := s.remote.client.Describe(s.within(), &connectorv1.DescribeRequest{})
		if err != nil {
			s.Fatalf("Describe: %v", err)
		}
		return m
	}
	d := s.Connector.Describe()
	m := &connectorv1.DescribeResponse{Name: d.Name, Version: d.Version, Summary: d.Summary, ConfigSchema: s.schema(d.Config)}
	for _, k := range d.Kinds {
		kind := &connectorv1.QueryKind{Name: k.Name, Summary: k.Summary, ParamsSchema: s.schema(k.Params)}
		for _, shape := range k.Shapes {
			kind.Shapes = append(kind.Shapes, connectorv1.Shape(shape))
		}
		m.Kinds = append(m.Kinds, kind)
	}
	return m
}

func (s *sitting) schema(zero any) string {
	s.Helper()
	schema, err := connectors.ConfigSchema(zero)
	if err != nil {
		s.Errorf("schema of %T: %v", zero, err)
	}
	return string(schema)
}

func describes(s *sitting) {
	first, second := s.describe(), s.describe()
	if !proto.Equal(first, second) {
		s.Errorf("two descriptions differ:\n%s", cmp.Diff(first.String(), second.String()))
	}
	if first.GetName() == "" || first.GetVersion() == "" {
		s.Errorf("the name is %q and the version %q, want both", first.GetName(), first.GetVersion())
	}
	s.object("config", first.GetConfigSchema())
	met := map[string]bool{}
	for _, k := range first.GetKinds() {
		if k.GetName() == "" || met[k.GetName()] || len(k.GetShapes()) == 0 {
			s.Errorf("kind %q, shapes %v: want a name of its own and at least one shape", k.GetName(), k.GetShapes())
		}
		met[k.GetName()] = true
		s.object("kind "+k.GetName(), k.GetParamsSchema())
	}
}

// object is what the exam reads of a JSON Schema.
type object struct {
	Type       string              `json:"type"`
	Ref        string              `json:"$ref"`
	Properties map[string]property `json:"properties"`
	Required   []string            `json:"required"`
}

type property struct {
	Type   any  `json:"type"`
	Secret bool `json:"x-secret"`
}

func (s *sitting) object(of, schema string) object {
	s.Helper()
	var o object
	if err := json.Unmarshal([]byte(schema), &o); err != nil {
		s.Errorf("schema of %s: %v: %s", of, err, schema)
	} else if o.Type != "object" || o.Ref != "" {
		s.Errorf("schema of %s is not that of an object without references: %s", of, schema)
	}
	return o
}

func opens(s *sitting) {
	if err := s.open().Check(s.within()); err != nil {
		s.Errorf("Check: %v", err)
	}
}

// bad are settings and the path at which they are; "" is any.
type bad struct {
	connectors.Settings

	path string
}

func refuses(s *sitting) {
	var all []bad
	for _, settings := range s.BadSettings {
		all = append(all, bad{settings, ""})
	}
	for _, b := range append(all, s.worse()...) {
		instance, err := s.Connector.Open(s.within(), b.Settings)
		if err == nil {
			_ = instance.Close()
		}
		found := false
		for _, d := range diagnostics(err) {
			found = found || d.Code == connectors.CodeInvalidConfig && d.Path != "" && (b.path == "" || strings.HasPrefix(d.Path, b.path))
		}
		if !found {
			s.Errorf("bad settings %s, secrets %v: %v, want %s with the path %q", b.JSON, slices.Sorted(maps.Keys(b.Secrets)), err, connectors.CodeInvalidConfig, b.path)
		}
	}
}

// worse makes bad settings of good ones, by the schema: a field that it does not
// have, fields of the wrong type, required ones that are missing.
func (s *sitting) worse() []bad {
	o := s.object("config", s.describe().GetConfigSchema())
	root := map[string]any{}
	if text := s.Settings.JSON; len(text) > 0 {
		if err := json.Unmarshal(text, &root); err != nil {
			s.Fatalf("settings: %v", err)
		}
	}
	const foreign = "no-such-setting"
	all := []bad{{s.with(root, foreign, true), foreign}}
	for _, name := range slices.Sorted(maps.Keys(root)) {
		if o.Properties[name].Type != "object" {
			all = append(all, bad{s.with(root, name, map[string]any{"wrong": true}), name})
		}
	}
	for _, name := range o.Required {
		missing := s.with(root, name, nil)
		delete(missing.Secrets, name)
		all = append(all, bad{missing, name})
	}
	return all
}

// with returns the settings with one field changed, or without it for nil.
func (s *sitting) with(root map[string]any, name string, value any) connectors.Settings {
	changed := maps.Clone(root)
	changed[name] = value
	if value == nil {
		delete(changed, name)
	}
	text, err := json.Marshal(changed)
	if err != nil {
		s.Fatalf("settings: %v", err)
	}
	secrets := maps.Clone(s.Settings.Secrets)
	if secrets == nil {
		secrets = map[string]connectors.Secret{}
	}
	return connectors.Settings{JSON: text, Secrets: secrets}
}

// diagnostics are those in an error, in their order.
func diagnostics(err error) []*connectors.Diagnostic {
	var all []*connectors.Diagnostic
	switch e := err.(type) { //nolint:errorlint // it unwraps by itself, to find all of them
	case nil:
	case *connectors.Diagnostic:
		if e == nil {
			return []*connectors.Diagnostic{{Code: connectors.CodeInternal, Summary: fmt.Sprint(err)}}
		}
		all = append(all, e)
	case interface{ Unwrap() []error }:
		for _, one := range e.Unwrap() {
			all = append(all, diagnostics(one)...)
		}
	default:
		all = diagnostics(errors.Unwrap(err))
	}
	return all
}
