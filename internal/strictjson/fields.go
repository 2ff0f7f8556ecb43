package strictjson

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"
)

// field is one JSON field of a struct, or of a struct embedded in it.
type field struct {
	name   string
	typ    reflect.Type
	index  []int // as for reflect.Value.FieldByIndex
	tagged bool
	zero   bool // omitzero: left out when it is zero
	empty  bool // omitempty: left out when it is empty
	plan   *plan
}

// in returns the field in a struct value, making the embedded structs behind pointers on the way.
func (f *field) in(v reflect.Value) reflect.Value {
	for i, n := range f.index {
		if i > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(n)
	}
	return v
}

// of returns the field in a struct value that is only read; it is not there behind a nil embedded pointer.
func (f *field) of(v reflect.Value) (reflect.Value, bool) {
	for i, n := range f.index {
		if i > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				return v, false
			}
			v = v.Elem()
		}
		v = v.Field(n)
	}
	return v, true
}

// omitted reports whether encoding/json leaves the field out for its value.
func (f *field) omitted(v reflect.Value) bool {
	if f.empty {
		switch v.Kind() {
		case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
			return v.Len() == 0
		case reflect.Struct:
		default:
			return v.IsZero()
		}
	}
	if !f.zero {
		return false
	}
	if z, ok := reflect.TypeAssert[interface{ IsZero() bool }](v); ok && (v.Kind() != reflect.Pointer || !v.IsNil()) {
		return z.IsZero()
	}
	return v.IsZero()
}

// level is a struct type to look for fields in, with the way to it.
type level struct {
	typ   reflect.Type
	index []int
}

// fieldsOf flattens a struct type by the rules of encoding/json, in the order of the type: the fields of embedded
// structs belong to the struct, a shallower field hides deeper ones of its name, at one depth a tagged field hides
// untagged ones, and names that stay ambiguous are no fields at all.
func fieldsOf(t reflect.Type) ([]field, error) {
	var all []field
	met := map[reflect.Type]bool{}
	for current := []level{{typ: t}}; len(current) > 0; {
		var next []level
		count := map[reflect.Type]int{}
		for _, l := range current {
			count[l.typ]++
		}
		for _, l := range current {
			if met[l.typ] {
				continue
			}
			met[l.typ] = true
			found, embedded, err := l.scan()
			if err != nil {
				return nil, err
			}
			all = append(all, found...)
			if count[l.typ] > 1 { // twice at one depth: its fields hide each other
				all = append(all, found...)
			}
			next = append(next, embedded...)
		}
		current = next
	}
	return dominant(all), nil
}

// scan lists the fields of one struct and the structs embedded in it.
func (l level) scan() (fields []field, embedded []level, err error) {
	for i := range l.typ.NumField() {
		sf := l.typ.Field(i)
		tag := sf.Tag.Get("json")
		base := sf.Type
		if base.Kind() == reflect.Pointer && base.Name() == "" {
			base = base.Elem()
		}
		isStruct := sf.Anonymous && base.Kind() == reflect.Struct
		if tag == "-" || !sf.IsExported() && !isStruct {
			continue
		}
		name, options, _ := strings.Cut(tag, ",")
		opts := strings.Split(options, ",")
		if slices.Contains(opts, "string") {
			return nil, nil, fmt.Errorf("field %s: the string option is not supported", sf.Name)
		}
		if !validName(name) {
			name = ""
		}
		index := append(slices.Clone(l.index), i)
		if isStruct && !sf.IsExported() && sf.Type.Kind() == reflect.Pointer {
			return nil, nil, fmt.Errorf("field %s: a pointer to an unexported struct cannot be set", sf.Name)
		}
		if isStruct && name == "" {
			embedded = append(embedded, level{typ: base, index: index})
			continue
		}
		if !sf.IsExported() {
			return nil, nil, fmt.Errorf("field %s: an unexported struct with a name of its own cannot be set", sf.Name)
		}
		fields = append(fields, field{name: cmp.Or(name, sf.Name), typ: sf.Type, index: index, tagged: name != "",
			zero: slices.Contains(opts, "omitzero"), empty: slices.Contains(opts, "omitempty")})
	}
	return fields, embedded, nil
}

// dominant keeps of each name the one field that hides the others, if there is one.
func dominant(all []field) []field {
	slices.SortStableFunc(all, func(a, b field) int {
		return cmp.Or(strings.Compare(a.name, b.name), cmp.Compare(len(a.index), len(b.index)), -cmpBool(a.tagged, b.tagged))
	})
	var out []field
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].name == all[0].name {
			n++
		}
		if n == 1 || len(all[0].index) != len(all[1].index) || all[0].tagged != all[1].tagged {
			out = append(out, all[0])
		}
		all = all[n:]
	}
	slices.SortFunc(out, func(a, b field) int { return slices.Compare(a.index, b.index) })
	return out
}

func cmpBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// validName tells the names that encoding/json takes from a tag; it ignores others.
func validName(name string) bool {
	for _, c := range name {
		if !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", c) && !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			return false
		}
	}
	return name != ""
}
