package release_test

import (
	"encoding"
	"reflect"
	"regexp"
	"strings"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
)

// place is one value inside a plan.
type place struct {
	path check.Path
	v    reflect.Value
}

// everywhere calls visit with every place of a good plan: values without
// fields of their own, and lists. What visit sets the place to is undone.
func everywhere(visit func(p *release.Plan, at place)) {
	p := goodPlan()
	for _, at := range places(reflect.ValueOf(&p).Elem(), "", nil) {
		was := reflect.New(at.v.Type()).Elem()
		was.Set(at.v)
		visit(&p, at)
		at.v.Set(was)
	}
}

func places(v reflect.Value, path check.Path, all []place) []place {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type().Implements(reflect.TypeFor[encoding.TextMarshaler]()) { // a When or a Period
			return append(all, place{path, v})
		}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); f.Anonymous {
				all = places(v.Field(i), path, all)
			} else {
				all = places(v.Field(i), path.Field(name), all)
			}
		}
	case reflect.Slice:
		all = append(all, place{path, v})
		for i := range v.Len() {
			all = places(v.Index(i), path.Index(i), all)
		}
	default:
		all = append(all, place{path, v})
	}
	return all
}

var index = regexp.MustCompile(`\[\d+\]`)

// pattern is the path without the numbers in its indexes.
func pattern(path check.Path) string { return index.ReplaceAllString(string(path), "[]") }
