// Package settings looks into the struct types that configure connectors:
// which fields they have, which of them are secret, and their JSON Schema.
package settings

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// Field is one field of a config struct, or of a struct nested in it.
type Field struct {
	Path     string // names in JSON, joined by dots: "auth.token"
	Index    []int  // for reflect.Value.FieldByIndex
	Required bool   // not marked omitzero or omitempty
	Secret   bool
}

// Fields lists the fields of a struct type, parents before what is nested in
// them. Secrets may stand in nested structs, but not behind pointers, in lists,
// maps or interfaces, where they would have no one name: that is an error. The
// list is kept for the next who asks: nobody may change it.
func Fields(t, secret reflect.Type) ([]Field, error) {
	if t.Kind() != reflect.Struct {
		return nil, fmt.Errorf("settings are a struct, not %s", t)
	}
	if list, ok := known.Load(types{t, secret}); ok {
		return list.([]Field), nil
	}
	w := walk{secret: secret}
	if err := w.structure(t, "", nil); err != nil {
		return w.fields, err
	}
	known.Store(types{t, secret}, w.fields)
	return w.fields, nil
}

// known are the fields of the types that were asked for: a program has few.
var known sync.Map // of types to []Field

type types struct{ of, secret reflect.Type }

type walk struct {
	secret reflect.Type
	fields []Field
}

func (w *walk) structure(t reflect.Type, path string, index []int) error {
	for i := range t.NumField() {
		sf := t.Field(i)
		name, options, _ := strings.Cut(sf.Tag.Get("json"), ",")
		at := append(slices.Clone(index), i)
		if sf.Anonymous && name == "" && sf.Type.Kind() == reflect.Struct && !hasOwnForm(sf.Type) && sf.Type != w.secret {
			if err := w.structure(sf.Type, path, at); err != nil {
				return err
			}
			continue
		}
		if !sf.IsExported() || sf.Tag.Get("json") == "-" {
			continue
		}
		if name == "" {
			name = sf.Name
		}
		opts := strings.Split(options, ",")
		f := Field{Path: join(path, name), Index: at, Secret: sf.Type == w.secret,
			Required: !slices.Contains(opts, "omitzero") && !slices.Contains(opts, "omitempty")}
		if f.Secret && strings.Contains(name, ".") {
			return fmt.Errorf("field %s of %s: the name of a secret has no dot", sf.Name, t)
		}
		w.fields = append(w.fields, f)
		if err := w.inside(sf.Type, f.Path, at); err != nil {
			return err
		}
	}
	return nil
}

func (w *walk) inside(t reflect.Type, path string, index []int) error {
	if t.Kind() == reflect.Struct && t != w.secret && !hasOwnForm(t) {
		return w.structure(t, path, index)
	}
	if t != w.secret && holds(t, w.secret, map[reflect.Type]bool{}) {
		return fmt.Errorf("%s: %s holds a secret that has no one name; secrets stand in structs only", path, t)
	}
	return nil
}

// holds reports whether a value of type t can hold a secret, as far as types tell.
func holds(t, secret reflect.Type, met map[reflect.Type]bool) bool {
	if t == secret {
		return true
	}
	if met[t] {
		return false
	}
	met[t] = true
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return holds(t.Elem(), secret, met)
	case reflect.Struct:
		for f := range t.Fields() {
			if holds(f.Type, secret, met) {
				return true
			}
		}
	}
	return false
}

var ownForms = []reflect.Type{
	reflect.TypeFor[json.Unmarshaler](), reflect.TypeFor[encoding.TextUnmarshaler](),
	reflect.TypeFor[json.Marshaler](), reflect.TypeFor[encoding.TextMarshaler](),
}

// hasOwnForm tells a struct that is no object in JSON, such as a moment.
func hasOwnForm(t reflect.Type) bool {
	return slices.ContainsFunc(ownForms, reflect.PointerTo(t).Implements)
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
