package strictjson

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"sync"
	"unicode/utf8"
)

var (
	fieldCache sync.Map // reflect.Type → []field, without plans: what is encoded need not be decodable

	marshalerType     = reflect.TypeFor[json.Marshaler]()
	textMarshalerType = reflect.TypeFor[encoding.TextMarshaler]()
)

func cachedFields(t reflect.Type) ([]field, error) {
	if fields, ok := fieldCache.Load(t); ok {
		return fields.([]field), nil
	}
	fields, err := fieldsOf(t)
	if err == nil {
		fieldCache.Store(t, fields)
	}
	return fields, err
}

var overtCache sync.Map // reflect.Type → bool

// overt reports whether everything that the walk refuses about values of the type shows in what encoding/json writes,
// or is an error of it: nothing in it is of a type that only a value has, and every field has a name of its own.
func overt(t reflect.Type) bool {
	if t == nil {
		return false
	}
	if known, ok := overtCache.Load(t); ok {
		return known.(bool)
	}
	is := overtBelow(t, map[reflect.Type]bool{})
	overtCache.Store(t, is)
	return is
}

func overtBelow(t reflect.Type, seen map[reflect.Type]bool) bool {
	switch {
	case seen[t], t.Implements(marshalerType), t.Implements(textMarshalerType):
		return true
	case hasOwnForm(t): // of a pointer, which a value may or may not have
		return false
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return overtBelow(t.Elem(), seen)
	case reflect.Interface, reflect.Map:
		return false
	case reflect.Struct:
		fields, err := cachedFields(t)
		if err != nil {
			return false
		}
		for i := range fields {
			if !overtBelow(fields[i].typ, seen) {
				return false
			}
		}
	}
	return true
}

// maxEncodeDepth bounds the walk; encoding/json begins to look for cycles at the same depth.
const maxEncodeDepth = 1000

// checker walks a value before it is encoded, because encoding/json gives no path.
type checker struct {
	path []byte
}

func (c *checker) check(v reflect.Value, depth int) error {
	if !v.IsValid() || (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && v.IsNil() {
		return nil
	}
	if depth > maxEncodeDepth {
		return c.refuse("nested deeper than %d levels", maxEncodeDepth)
	}
	if done, err := c.own(v); done {
		return err
	}
	switch v.Kind() {
	case reflect.String:
		return c.text(v.String())
	case reflect.Float32, reflect.Float64:
		if f := v.Float(); f-f != 0 {
			return c.refuse("%v is no JSON number", f)
		}
	case reflect.Int, reflect.Int64:
		if n := v.Int(); n > maxSafe || n < -maxSafe {
			return c.refuse(unsafeInteger, n)
		}
	case reflect.Uint, reflect.Uint64, reflect.Uintptr:
		if n := v.Uint(); n > maxSafe {
			return c.refuse(unsafeInteger, n)
		}
	case reflect.Pointer, reflect.Interface:
		return c.check(v.Elem(), depth+1)
	case reflect.Slice, reflect.Array:
		return c.list(v, depth)
	case reflect.Map:
		return c.mapping(v, depth)
	case reflect.Struct:
		return c.structure(v, depth)
	case reflect.Chan, reflect.Func, reflect.Complex64, reflect.Complex128, reflect.UnsafePointer:
		return c.refuse("type %s has no JSON form", v.Type())
	}
	return nil
}

// own checks the text of a value that encodes itself. What a json.Marshaler writes is checked when it is written.
func (c *checker) own(v reflect.Value) (done bool, err error) {
	t := v.Type()
	if t.Kind() != reflect.Pointer && v.CanAddr() {
		t, v = reflect.PointerTo(t), v.Addr()
	}
	if t.Implements(marshalerType) {
		return true, nil
	}
	if !t.Implements(textMarshalerType) || !v.CanInterface() {
		return false, nil
	}
	text, err := v.Interface().(encoding.TextMarshaler).MarshalText()
	if err != nil {
		return true, c.refuse("%w", err)
	}
	return true, c.text(string(text))
}

func (c *checker) list(v reflect.Value, depth int) error {
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8 && !hasOwnForm(v.Type().Elem()) {
		return nil
	}
	mark := len(c.path)
	for i := range v.Len() {
		c.path = appendIndex(c.path[:mark], i)
		if err := c.check(v.Index(i), depth+1); err != nil {
			return err
		}
	}
	c.path = c.path[:mark]
	return nil
}

func (c *checker) mapping(v reflect.Value, depth int) error {
	mark := len(c.path)
	var first error
	for it := v.MapRange(); it.Next(); {
		key, err := keyText(it.Key())
		if err == nil && !utf8.ValidString(key) {
			err = fmt.Errorf("key: invalid UTF-8 in %q", clip(key))
		}
		if err != nil {
			err = c.refuse("%w", err)
		} else {
			c.path = appendKey(c.path[:mark], key)
			err = c.check(it.Value(), depth+1)
		}
		if err != nil && (first == nil || err.Error() < first.Error()) {
			first = err // a map has no order: the least error makes the answer stable
		}
		c.path = c.path[:mark]
	}
	return first
}

// keyText is the key that encoding/json writes: for a string the string itself, even if it could encode itself.
func keyText(key reflect.Value) (string, error) {
	if key.Kind() == reflect.String {
		return key.String(), nil
	}
	if m, ok := reflect.TypeAssert[encoding.TextMarshaler](key); ok {
		text, err := m.MarshalText()
		return string(text), err
	}
	return fmt.Sprint(key), nil
}

func (c *checker) structure(v reflect.Value, depth int) error {
	fields, err := cachedFields(v.Type())
	if err != nil {
		return c.refuse("%w", err)
	}
	mark := len(c.path)
	for i := range fields {
		f, ok := fields[i].of(v)
		if !ok || fields[i].omitted(f) {
			continue // not written, so it need not have a JSON form
		}
		c.path = appendKey(c.path[:mark], fields[i].name)
		if err := c.check(f, depth+1); err != nil {
			return err
		}
	}
	c.path = c.path[:mark]
	return nil
}

func (c *checker) text(s string) error {
	if utf8.ValidString(s) {
		return nil
	}
	return c.refuse("invalid UTF-8 in %q", clip(s))
}

func (c *checker) refuse(format string, args ...any) error {
	err := fmt.Errorf(format, args...)
	if len(c.path) == 0 {
		return err
	}
	return fmt.Errorf("%s: %w", c.path, err)
}
