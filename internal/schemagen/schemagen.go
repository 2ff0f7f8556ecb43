package schemagen

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"reflect"
	"strings"

	"github.com/invopop/jsonschema"

	"github.com/tidegate-go/tidegate/release/packet"
)

const module = "github.com/tidegate-go/tidegate"

// Packet returns the JSON Schema (2020-12) of [packet.Packet]; root is the folder of the repository, for the comments.
// The same types and comments give the same bytes.
func Packet(root string) ([]byte, error) {
	g := &generator{comments: comments{root: root}, names: map[string]reflect.Type{}, texts: jsonschema.Definitions{}}
	r := jsonschema.Reflector{Anonymous: true, Namer: g.name, Mapper: g.mapped, LookupComment: g.comment}
	s := r.ReflectFromType(reflect.TypeFor[packet.Packet]())
	maps.Copy(s.Definitions, g.texts)
	s.ID = jsonschema.ID("https://" + module + "/" + packet.Schema)
	s.Title = "Release packet"
	s.Description = "A release as one document: plan, gates, decisions, notes, messages and evidence, as of one moment."
	g.refine(s)
	if g.err != nil {
		return nil, g.err
	}
	return encode(s)
}

// encode indents the schema and takes back the HTML escapes of encoding/json, which the schema's own encoder does not
// let one switch off.
func encode(s *jsonschema.Schema) ([]byte, error) {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return nil, err
	}
	plain := strings.NewReplacer(`\\`, `\\`, `\u003c`, `<`, `\u003e`, `>`, `\u0026`, `&`) // an escaped backslash begins no escape
	return []byte(plain.Replace(string(text)) + "\n"), nil
}

// generator collects what the reflector does not know, and the first error, which its hooks cannot return.
type generator struct {
	comments
	names map[string]reflect.Type
	texts jsonschema.Definitions // of types with a text form of their own
	err   error
}

func (g *generator) fail(format string, args ...any) {
	if g.err == nil {
		g.err = fmt.Errorf(format, args...)
	}
}

// name returns the name of a definition: the package and the type, so that release.Plan and comms.Plan are two. Types
// without a name have none; with the reflector's own rule all slices would be one definition.
func (g *generator) name(t reflect.Type) string {
	if t.Name() == "" || t.PkgPath() == "" {
		return ""
	}
	if strings.Contains(t.Name(), "[") {
		g.fail("%s: a generic type has no name for a definition", t)
	}
	name := path.Base(t.PkgPath()) + "." + t.Name()
	if other, ok := g.names[name]; ok && other != t {
		g.fail("%s.%s and %s.%s would be one definition", t.PkgPath(), t.Name(), other.PkgPath(), other.Name())
	}
	g.names[name] = t
	return name
}

// comment returns what is said of a type or, with a name, of one of its fields.
func (g *generator) comment(t reflect.Type, field string) string {
	if !strings.HasPrefix(t.PkgPath(), module) {
		return ""
	}
	text, err := g.comments.of(strings.TrimPrefix(strings.TrimPrefix(t.PkgPath(), module), "/"), t.Name(), field)
	if err != nil {
		g.fail("%w", err)
	}
	return text
}

// mapped returns a reference to the definition of a type that is written as text, and nil for the others.
func (g *generator) mapped(t reflect.Type) *jsonschema.Schema {
	def := g.text(t)
	if def == nil {
		return nil
	}
	name := g.name(t)
	if name == "" {
		return def
	}
	if def.Description == "" {
		def.Description = g.comment(t, "")
	}
	g.texts[name] = def
	return &jsonschema.Schema{Ref: "#/$defs/" + name}
}
