// Package forktest proves that copies share no memory with what they were copied from.
//
// [Run] is given one good value and the ways to fork it: With methods, Clone, constructors. It changes every leaf that
// can be reached from a fork, through slices and pointers, and looks whether the original, or a second fork of it, now
// encodes to other bytes.
package forktest

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"
)

// Fork is one way to make a changed copy.
type Fork[T any] struct {
	Name string
	Make func(T) T
}

// Run checks every fork of the value that good makes. The value has to hold, somewhere in it, at least one element of
// every slice and a target of every pointer that its type has: what is not there cannot be seen to be shared, and a
// field added later must not go untested.
func Run[T any](t *testing.T, good func() T, forks ...Fork[T]) {
	t.Helper()
	for _, missing := range Unfilled(good()) {
		t.Errorf("the good value has nothing at %s", missing)
	}
	for _, f := range forks {
		t.Run(f.Name, func(t *testing.T) {
			t.Helper()
			for _, shared := range Shared(good, f.Make) {
				t.Errorf("%s: %s", f.Name, shared)
			}
		})
	}
}

// Shared returns what a fork shares with its original or with a second fork, and which leaves could not be changed.
func Shared[T any](good func() T, fork func(T) T) []string {
	// All leaves at once first: only a fork that shares something is worth an encoding for each leaf.
	if faults := shared(good, fork, false); len(faults) == 0 {
		return nil
	}
	return shared(good, fork, true)
}

func shared[T any](good func() T, fork func(T) T, each bool) []string {
	original := good()
	roomy(reflect.ValueOf(&original).Elem())
	other, forked := fork(original), fork(original)
	for _, v := range []any{original, other} {
		if _, err := json.Marshal(v); err != nil {
			return []string{"has no JSON, so that no change of it is seen: " + err.Error()}
		}
	}
	w := walker{each: each, watch: []watched{watch("the original", &original), watch("another fork", &other)}}
	w.walk(reflect.ValueOf(&forked).Elem(), "")
	if w.leaves == 0 {
		w.faults = append(w.faults, "has no leaf to change")
	}
	if !each {
		w.look("")
	}
	return w.faults
}

// watched is a value that must keep its encoding.
type watched struct {
	name   string
	value  any // a pointer
	before string
}

func watch(name string, value any) watched { return watched{name, value, encode(value)} }

func encode(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error() // a value that has lost its JSON has changed too
	}
	return string(text)
}

type walker struct {
	each   bool // look after every change
	watch  []watched
	leaves int
	faults []string
}

// walk changes every leaf below v, which can be set.
func (w *walker) walk(v reflect.Value, path string) {
	switch {
	case opaque(v.Type()):
		w.change(v, path)
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			w.walk(v.Field(i), path+"."+v.Type().Field(i).Name)
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			w.walk(v.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	case v.Kind() == reflect.Pointer:
		if !v.IsNil() {
			w.walk(v.Elem(), path)
		}
	default:
		w.change(v, path)
	}
}

func (w *walker) change(v reflect.Value, path string) {
	w.leaves++
	if !alter(v) {
		w.faults = append(w.faults, fmt.Sprintf("leaf %s of type %s cannot be changed", path, v.Type()))
		return
	}
	if w.each {
		w.look(path)
	}
}

// look reports what the change at path changed elsewhere.
func (w *walker) look(path string) {
	for i := range w.watch {
		o := &w.watch[i]
		if now := encode(o.value); now != o.before {
			w.faults = append(w.faults, fmt.Sprintf("%s of the fork is also %s's", path, o.name))
			o.before = now // so that the next leaf is judged on its own
		}
	}
}

// opaque reports whether a struct type shows no field, as value.When and time.Time do.
func opaque(t reflect.Type) bool {
	if t.Kind() != reflect.Struct {
		return false
	}
	for f := range t.Fields() {
		if f.IsExported() {
			return false
		}
	}
	return true
}

// alter gives a leaf another value, valid or not.
func alter(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "~")
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(v.Int() ^ 1)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(v.Uint() ^ 1)
	case reflect.Float32, reflect.Float64:
		v.SetFloat(v.Float() + 1)
	case reflect.Struct:
		was := v.Interface()
		v.SetZero()
		// A text that both time.Time and value.When read.
		if text, ok := reflect.TypeAssert[encoding.TextUnmarshaler](v.Addr()); ok && v.Interface() == was {
			return text.UnmarshalText([]byte("2001-02-03T04:05:06Z")) == nil
		}
		return v.Interface() != was
	default:
		return false // maps, functions, interfaces: the model has none
	}
	return true
}

// roomy replaces every slice below v by one with spare capacity, so that an append in place would be seen.
func roomy(v reflect.Value) {
	switch {
	case opaque(v.Type()):
	case v.Kind() == reflect.Struct:
		for _, f := range v.Fields() {
			roomy(f)
		}
	case v.Kind() == reflect.Slice && !v.IsNil():
		wide := reflect.MakeSlice(v.Type(), v.Len(), v.Len()+4)
		reflect.Copy(wide, v)
		v.Set(wide)
		for i := range v.Len() {
			roomy(v.Index(i))
		}
	case v.Kind() == reflect.Pointer && !v.IsNil():
		roomy(v.Elem())
	}
}

// Unfilled returns the slice and pointer fields of v's type that are empty wherever v has them, sorted.
func Unfilled(v any) []string {
	c := census{types: map[reflect.Type]bool{}, want: map[string]bool{}, have: map[string]bool{}}
	c.declare(reflect.TypeOf(v))
	c.count(reflect.ValueOf(v))
	var missing []string
	for name := range c.want {
		if !c.have[name] {
			missing = append(missing, name)
		}
	}
	slices.Sort(missing)
	return missing
}

type census struct {
	types      map[reflect.Type]bool
	want, have map[string]bool // "gates.Gate.Criteria"
}

// declare lists what the type can hold.
func (c *census) declare(t reflect.Type) {
	switch {
	case t.Kind() == reflect.Slice, t.Kind() == reflect.Pointer:
		c.declare(t.Elem())
	case t.Kind() != reflect.Struct, opaque(t), c.types[t]:
	default:
		c.types[t] = true
		for f := range t.Fields() {
			if k := f.Type.Kind(); k == reflect.Slice || k == reflect.Pointer {
				c.want[t.String()+"."+f.Name] = true
			}
			c.declare(f.Type)
		}
	}
}

// count lists what the value holds.
func (c *census) count(v reflect.Value) {
	switch {
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			c.count(v.Index(i))
		}
	case v.Kind() == reflect.Pointer:
		if !v.IsNil() {
			c.count(v.Elem())
		}
	case v.Kind() != reflect.Struct, opaque(v.Type()):
	default:
		for i := range v.NumField() {
			f := v.Field(i)
			full := f.Kind() == reflect.Slice && f.Len() > 0 || f.Kind() == reflect.Pointer && !f.IsNil()
			if full {
				c.have[v.Type().String()+"."+v.Type().Field(i).Name] = true
			}
			c.count(f)
		}
	}
}
