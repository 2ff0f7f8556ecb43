package checktest

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
)

// Unresolved says of which findings a path, also a related one, leads nowhere
// from v, and why.
func Unresolved(v any, fs check.Findings) []string {
	var faults []string
	for _, f := range fs {
		for _, path := range append([]check.Path{f.Path}, f.Related...) {
			if err := Resolve(v, path); err != nil {
				faults = append(faults, fmt.Sprintf("%s: %v", f, err))
			}
		}
	}
	return faults
}

// Resolve follows the path from v and returns where it ends in nothing: every
// name is a JSON field of the type reached, every index is in range of the value
// reached. A field may be absent from the JSON.
func Resolve(v any, path check.Path) error {
	if err := follow(reflect.ValueOf(v), string(path)); err != nil {
		return fmt.Errorf("path %q: %w", path, err)
	}
	return nil
}

func follow(v reflect.Value, rest string) error {
	for first := true; rest != ""; first = false {
		for v.Kind() == reflect.Pointer {
			if v.IsNil() {
				return fmt.Errorf("%q of nothing", rest)
			}
			v = v.Elem()
		}
		if rest[0] == '[' {
			text, after, ok := strings.Cut(rest[1:], "]")
			i, err := strconv.Atoi(text)
			switch {
			case !ok || err != nil || strconv.Itoa(i) != text:
				return fmt.Errorf("%q is no index", rest)
			case v.Kind() != reflect.Slice:
				return fmt.Errorf("index %d of %s", i, v.Type())
			case i < 0 || i >= v.Len():
				return fmt.Errorf("index %d of %d", i, v.Len())
			}
			v, rest = v.Index(i), after
			continue
		}
		if !first {
			if rest[0] != '.' {
				return fmt.Errorf("%q follows without a dot", rest)
			}
			rest = rest[1:]
		}
		end := strings.IndexAny(rest, ".[")
		if end < 0 {
			end = len(rest)
		}
		next, ok := member(v, rest[:end])
		if !ok {
			return fmt.Errorf("%s has no field %q", v.Type(), rest[:end])
		}
		v, rest = next, rest[end:]
	}
	return nil
}

var (
	asText = reflect.TypeFor[encoding.TextMarshaler]()
	asJSON = reflect.TypeFor[json.Marshaler]()
)

// member returns the field that JSON calls by name, embedded structs included.
func member(v reflect.Value, name string) (reflect.Value, bool) {
	t := v.Type()
	if t.Kind() != reflect.Struct || t.Implements(asText) || t.Implements(asJSON) {
		return v, false
	}
	for i := range t.NumField() {
		tag, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		switch {
		case tag == name && name != "":
			return v.Field(i), true
		case tag == "" && t.Field(i).Anonymous:
			if found, ok := member(v.Field(i), name); ok {
				return found, true
			}
		}
	}
	return v, false
}
