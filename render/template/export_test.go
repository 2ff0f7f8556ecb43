package template

import (
	"maps"
	"slices"
	"strings"
)

// Names returns the functions that are allowed, and which of them are sprig's.
func Names() (all, ofSprig []string) {
	return slices.Sorted(maps.Keys(functions)), slices.Sorted(maps.Keys(sprigs))
}

// RefusedNames returns every function that is refused, once for each reason.
func RefusedNames() []string {
	var out []string
	for _, names := range refusals {
		out = append(out, strings.Fields(names)...)
	}
	slices.Sort(out)
	return out
}

// Call calls a function as a template does.
func Call(name string, args ...any) (any, error) {
	m := &meter{name: "test", limits: Options{MaxSteps: 1e6, MaxBytes: 1e6}}
	return functions[name].run(m, args)
}

// Methods returns the methods that are allowed, by type.
func Methods() map[string][]string { return methods }
