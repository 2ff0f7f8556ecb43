package strictjson

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"sync"
)

// plan is how to decode one Go type. Plans refer to each other as their types do, in circles too, and never change once
// they are in the cache.
type plan struct {
	typ    reflect.Type
	decode func(*decoder, *plan, reflect.Value)
	elem   *plan         // of pointers, slices, arrays and maps
	empty  reflect.Value // of slices: the value of []
	grow   int           // of slices: the first allocation, in elements
	text   bool          // of maps: the key implements TextUnmarshaler
	fields []field       // of structs, in the order of the type
	byName map[string]int
	unseen []bool // of structs: one false per field
}

var (
	plans sync.Map // reflect.Type → *plan

	numberType      = reflect.TypeFor[json.Number]()
	unmarshalerType = reflect.TypeFor[json.Unmarshaler]()
	textType        = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// planFor returns the plan of a type. Only whole graphs are published: another goroutine must not meet a plan that is
// being made.
func planFor(t reflect.Type) (*plan, error) {
	if p, ok := plans.Load(t); ok {
		return p.(*plan), nil
	}
	made := planner{}
	p, err := made.plan(t)
	if err != nil {
		return nil, fmt.Errorf("cannot decode into %s: %w", t, err)
	}
	for t, p := range made {
		plans.LoadOrStore(t, p)
	}
	return p, nil
}

// planner holds the plans of one graph of types while it is made.
type planner map[reflect.Type]*plan

func (m planner) plan(t reflect.Type) (*plan, error) {
	if p, ok := plans.Load(t); ok {
		return p.(*plan), nil
	}
	if p, ok := m[t]; ok {
		return p, nil
	}
	p := &plan{typ: t}
	m[t] = p
	return p, m.fill(p)
}

func (m planner) fill(p *plan) (err error) {
	switch ptr := reflect.PointerTo(p.typ); {
	case p.typ.Kind() == reflect.Interface:
		if p.typ.NumMethod() > 0 {
			return fmt.Errorf("type %s has methods, so nothing tells the type of its value", p.typ)
		}
		p.decode = decodeAny
		return nil
	case ptr.Implements(unmarshalerType):
		p.decode = decodeRaw
		return nil
	case ptr.Implements(textType):
		p.decode = decodeText
		return nil
	}
	switch p.typ.Kind() {
	case reflect.Struct:
		return m.structure(p)
	case reflect.Map:
		return m.mapping(p)
	case reflect.Slice:
		return m.list(p)
	case reflect.Array, reflect.Pointer:
		p.decode = decodeArray
		if p.typ.Kind() == reflect.Pointer {
			p.decode = decodePointer
		}
		p.elem, err = m.plan(p.typ.Elem())
		return err
	}
	p.decode = scalar(p.typ)
	if p.decode == nil {
		return fmt.Errorf("type %s has no JSON form", p.typ)
	}
	return nil
}

func scalar(t reflect.Type) func(*decoder, *plan, reflect.Value) {
	switch t.Kind() {
	case reflect.String:
		if t == numberType {
			return decodeNumber
		}
		return decodeString
	case reflect.Bool:
		return decodeBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return decodeInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return decodeUint
	case reflect.Float32, reflect.Float64:
		return decodeFloat
	}
	return nil
}

func (m planner) structure(p *plan) error {
	fields, err := fieldsOf(p.typ)
	if err != nil {
		return err
	}
	p.decode = decodeStruct
	p.fields = fields
	p.byName = make(map[string]int, len(fields))
	p.unseen = make([]bool, len(fields))
	for i := range fields {
		f := &fields[i]
		if f.plan, err = m.plan(f.typ); err != nil {
			return fmt.Errorf("field %s: %w", f.name, err)
		}
		p.byName[f.name] = i
	}
	return nil
}

func (m planner) mapping(p *plan) (err error) {
	key := p.typ.Key()
	p.decode = decodeMap
	p.text = reflect.PointerTo(key).Implements(textType)
	if !p.text && key.Kind() != reflect.String {
		return fmt.Errorf("keys of %s are no strings", p.typ)
	}
	p.elem, err = m.plan(p.typ.Elem())
	return err
}

// firstAlloc is about how many bytes a slice takes at its first element: doubling from one element would allocate three
// times for the common handful of small ones.
const firstAlloc = 256

func (m planner) list(p *plan) (err error) {
	p.decode = decodeSlice
	p.grow = min(max(firstAlloc/max(int(p.typ.Elem().Size()), 1), 1), 8)
	p.empty = reflect.MakeSlice(p.typ, 0, 0)
	if p.typ.Elem().Kind() == reflect.Uint8 && !hasOwnForm(p.typ.Elem()) {
		p.decode = decodeBytes
		return nil
	}
	p.elem, err = m.plan(p.typ.Elem())
	return err
}

// hasOwnForm tells a byte type that encodes itself, such as an enum: a slice of it is a list, not base64.
func hasOwnForm(t reflect.Type) bool {
	ptr := reflect.PointerTo(t)
	return ptr.Implements(unmarshalerType) || ptr.Implements(textType) ||
		ptr.Implements(marshalerType) || ptr.Implements(textMarshalerType)
}
