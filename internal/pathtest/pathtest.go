// Package pathtest tells whether the path of a finding leads anywhere.
package pathtest

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
)

// Resolve follows the path from v and returns where it ends in nothing: at a
// name that is no JSON field of the type reached, or at an index out of range.
// A field may be absent from the JSON.
func Resolve(v any, path check.Path) error {
	if path == "" {
		return nil
	}
	at := reflect.ValueOf(v)
	for step := range strings.SplitSeq(string(path), ".") {
		name, indexes, _ := strings.Cut(step, "[")
		if at = field(at, name); !at.IsValid() {
			return fmt.Errorf("path %s: %q is no field", path, name)
		}
		for index := range strings.SplitSeq(strings.TrimSuffix(indexes, "]"), "][") {
			if index == "" {
				continue
			}
			i, err := strconv.Atoi(index)
			if at.Kind() != reflect.Slice || err != nil || i < 0 || i >= at.Len() {
				return fmt.Errorf("path %s: there is no %s[%s]", path, name, index)
			}
			at = at.Index(i)
		}
	}
	return nil
}

// field returns the field of the given JSON name, also one of an embedded
// struct, or the zero Value.
func field(v reflect.Value, name string) reflect.Value {
	for v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return reflect.Value{}
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && tag == "" {
			if found := field(v.Field(i), name); found.IsValid() {
				return found
			}
		}
		if f.IsExported() && tag != "" && tag == name {
			return v.Field(i)
		}
	}
	return reflect.Value{}
}
