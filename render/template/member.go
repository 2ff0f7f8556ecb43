package template

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// methods are the methods that a template may name, by type: without arguments,
// pure, and not better than what the page would say.
var methods = map[string][]string{
	"value.Duration":  {"Human", "IsZero", "String"},
	"value.Period":    {"Human", "IsZero", "String"},
	"value.Quantity":  {"Human", "IsZero", "String"},
	"value.Number":    {"IsFinite", "String"},
	"value.When":      {"DateString", "IsZero", "String", "Zone"},
	"value.Clock":     {"IsZero"},
	"value.Digest":    {"IsZero", "Short", "String"},
	"value.Link":      {"IsZero", "Redacted", "String"},
	"value.Unit":      {"Human", "IsZero", "String"},
	"gates.Reason":    {"Sentence"},
	"gates.Signature": {"Met", "Sentence"},
	"gates.Decision":  {"Because", "Explain"},
	"fact.Query":      {"IsZero", "String"},
	"time.Time":       {"IsZero"},
}

// allowed reports whether a template may call the method of a type.
func allowed(t reflect.Type, name string) bool {
	if slices.Contains(methods[t.String()], name) {
		return true
	}
	return name == "String" && t.Kind() == reflect.Uint8 && t.Implements(stringer) // an enumeration
}

// member returns the type of a field of a type, or of what a method returns.
func member(t reflect.Type, name string) (reflect.Type, error) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if m, ok := t.MethodByName(name); ok {
		if !allowed(t, name) || m.Type.NumIn() != 1 || m.Type.NumOut() != 1 {
			return nil, fmt.Errorf("the method %s of %s is not one that templates may call", name, t)
		}
		return m.Type.Out(0), nil
	}
	if t.Kind() != reflect.Struct || t == timeType || t == whenType {
		return nil, fmt.Errorf("%s has no field %q", describe(t), name)
	}
	f, ok := t.FieldByName(name)
	if !ok || !f.IsExported() {
		return nil, fmt.Errorf("%s has no field %q%s", t, name, near(t, name))
	}
	return f.Type, nil
}

// near names the field that may be meant: the one that is the same in another
// case, or is its name in JSON.
func near(t reflect.Type, name string) string {
	for _, f := range reflect.VisibleFields(t) {
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.IsExported() && !f.Anonymous && (strings.EqualFold(f.Name, name) || key == name) {
			return fmt.Sprintf(", did you mean %q?", f.Name)
		}
	}
	return ""
}

// along follows a chain of fields from a type.
func along(t reflect.Type, names []string) (reflect.Type, error) {
	for _, name := range names {
		var err error
		if t, err = member(t, name); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// valueAlong follows a chain that along has found; nil behind a test of another
// kind.
func valueAlong(v reflect.Value, names []string) any {
	for _, name := range names {
		if v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
			if v.IsNil() {
				return nil
			}
			v = v.Elem()
		}
		if m := v.MethodByName(name); m.IsValid() {
			v = m.Call(nil)[0]
			continue
		}
		f, err := v.FieldByIndexErr(fieldIndex(v.Type(), name))
		if err != nil {
			return nil
		}
		v = f
	}
	return v.Interface()
}

func fieldIndex(t reflect.Type, name string) []int {
	f, _ := t.FieldByName(name)
	return f.Index
}
