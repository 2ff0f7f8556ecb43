package checktest

import (
	"reflect"
	"regexp"
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
)

// Place is one value inside another, and where it is.
type Place struct {
	Path check.Path
	V    reflect.Value
}

// Everywhere calls visit with every place of what v points to: values without
// fields of their own, lists, and pointers with what they point to. What visit
// sets the place to is undone.
func Everywhere[T any](v *T, visit func(at Place)) {
	for _, at := range places(reflect.ValueOf(v).Elem(), "", nil) {
		was := reflect.New(at.V.Type()).Elem()
		was.Set(at.V)
		visit(at)
		at.V.Set(was)
	}
}

func places(v reflect.Value, path check.Path, all []Place) []Place {
	switch v.Kind() {
	case reflect.Pointer:
		if all = append(all, Place{path, v}); !v.IsNil() {
			all = places(v.Elem(), path, all)
		}
	case reflect.Struct:
		if v.Type().Implements(asText) { // a When or a Period
			return append(all, Place{path, v})
		}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); f.Anonymous && name == "" {
				all = places(v.Field(i), path, all)
			} else {
				all = places(v.Field(i), path.Field(name), all)
			}
		}
	case reflect.Slice:
		all = append(all, Place{path, v})
		for i := range v.Len() {
			all = places(v.Index(i), path.Index(i), all)
		}
	default:
		all = append(all, Place{path, v})
	}
	return all
}

var index = regexp.MustCompile(`\[\d+\]`)

// Pattern is a path, or what contains one, without the numbers in its indexes.
func Pattern(path string) string { return index.ReplaceAllString(path, "[]") }

// Table reads lines of "pattern word word...": the words by the pattern.
func Table(text string) map[string][]string {
	table := map[string][]string{}
	for line := range strings.Lines(text) {
		if fields := strings.Fields(line); len(fields) > 0 {
			table[fields[0]] = fields[1:]
		}
	}
	return table
}
