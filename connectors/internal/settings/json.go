package settings

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Look tells whether a value is there under the dotted path, and whether the
// object that would hold it is.
func Look(root map[string]any, path string) (there, open bool) {
	for {
		name, rest, nested := strings.Cut(path, ".")
		v, ok := root[name]
		if !nested {
			return ok, true
		}
		object, isObject := v.(map[string]any)
		if !isObject {
			return false, false
		}
		root, path = object, rest
	}
}

// Without returns the object without what stands under the dotted paths, its
// keys sorted. null anywhere is an error.
func Without(text []byte, paths []string) ([]byte, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var root map[string]any
	if err := d.Decode(&root); err != nil {
		return nil, err
	}
	for _, path := range paths {
		remove(root, path)
	}
	if path, found := null(root, ""); found {
		return nil, fmt.Errorf("%s: null; mark the field omitzero", path)
	}
	return json.Marshal(root)
}

func remove(root map[string]any, path string) {
	name, rest, nested := strings.Cut(path, ".")
	if !nested {
		delete(root, name)
		return
	}
	if object, ok := root[name].(map[string]any); ok {
		remove(object, rest)
	}
}

func null(v any, path string) (string, bool) {
	switch v := v.(type) {
	case nil:
		return path, true
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if at, found := null(v[name], join(path, name)); found {
				return at, true
			}
		}
	case []any:
		for i, elem := range v {
			if at, found := null(elem, fmt.Sprintf("%s[%d]", path, i)); found {
				return at, true
			}
		}
	}
	return "", false
}
