// Package enum gives small integer enumerations one text form and one error voice.
//
// An enumeration is a uint8 whose zero value is its strictest reading; its
// names are listed by value. An unknown text or number is an error, never a
// silent zero.
package enum

import (
	"fmt"
	"strings"
)

// String returns the name of v, or "kind(9)" when v has none.
func String[T ~uint8](kind string, names []string, v T) string {
	if int(v) < len(names) {
		return names[v]
	}
	return fmt.Sprintf("%s(%d)", kind, v)
}

// Marshal returns the name of v as text; it fails when v has none.
func Marshal[T ~uint8](kind string, names []string, v T) ([]byte, error) {
	if int(v) < len(names) {
		return []byte(names[v]), nil
	}
	return nil, fmt.Errorf("%s %d is not one of %s", kind, v, strings.Join(names, ", "))
}

// Unmarshal stores the value named by text in v; it fails when no value has that name.
func Unmarshal[T ~uint8](kind string, names []string, v *T, text []byte) error {
	for i, name := range names {
		if name == string(text) {
			*v = T(i)
			return nil
		}
	}
	return fmt.Errorf("%s %q is not one of %s", kind, text, strings.Join(names, ", "))
}
