package strictjson

import (
	"encoding"
	"fmt"
	"reflect"
)

func decodeStruct(d *decoder, p *plan, v reflect.Value) {
	if !d.want(kindObject) {
		return
	}
	open, strange := d.pos, false
	d.enter()
	window := len(d.seen)
	d.seen = append(d.seen, p.unseen...)
	next := 0
	for n := 0; d.more(n, '}'); n++ {
		at, name, ok := d.key()
		i := -1
		if ok {
			i = p.lookup(name, next)
		}
		switch {
		case !ok:
			strange = true
			d.skip()
		case i < 0:
			strange = true
			d.fault(at, "unknown field %q%s", clip(string(name)), p.suggest(string(name)))
			d.skip()
		case d.seen[window+i]:
			d.duplicate(at, name)
			f := &p.fields[i]
			f.plan.decode(d, f.plan, reflect.New(f.typ).Elem()) // for the faults in it
		default:
			d.seen[window+i] = true
			f := &p.fields[i]
			f.plan.decode(d, f.plan, f.in(v))
			next = i + 1
		}
		d.pop()
	}
	if d.limits.Complete && !strange { // else the strange key may be the one that is missing
		d.complete(p, d.seen[window:], open)
	}
	d.seen = d.seen[:window]
}

// complete notes the fields that an object lacks, where it opens.
func (d *decoder) complete(p *plan, seen []bool, open int) {
	for i := range p.fields {
		if f := &p.fields[i]; !seen[i] && !f.zero && !f.empty && !d.stopped {
			path := string(appendKey([]byte(d.pathText()), f.name))
			d.add(found{at: open, path: path, message: fmt.Sprintf("field %q is missing", f.name)})
		}
	}
}

// lookup returns the index of a field, or -1. Documents mostly follow the order of the struct, so the field behind the
// last one is tried before the map.
func (p *plan) lookup(name []byte, next int) int {
	if next < len(p.fields) && p.fields[next].name == string(name) {
		return next
	}
	if i, ok := p.byName[string(name)]; ok {
		return i
	}
	return -1
}

func decodeMap(d *decoder, p *plan, v reflect.Value) {
	if !d.want(kindObject) {
		return
	}
	d.enter()
	v.Set(reflect.MakeMap(p.typ))
	key, elem := reflect.New(p.typ.Key()).Elem(), reflect.New(p.elem.typ).Elem()
	for n := 0; d.more(n, '}'); n++ {
		at, name, ok := d.key()
		if ok {
			ok = d.mapKey(p, key, at, name)
		}
		elem.SetZero()
		p.elem.decode(d, p.elem, elem)
		if ok {
			size := v.Len()
			v.SetMapIndex(key, elem)
			if v.Len() == size {
				d.fault(at, "duplicate key %q", clip(d.keyAt(at)))
			}
		}
		d.pop()
	}
}

// mapKey sets the key of a map from its name.
func (d *decoder) mapKey(p *plan, key reflect.Value, at int, name []byte) bool {
	if !p.text {
		key.SetString(string(name))
		return true
	}
	key.SetZero()
	if err := key.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText(name); err != nil {
		d.fault(at, "%s", oneLine(err))
		return false
	}
	return true
}

func decodeAny(d *decoder, _ *plan, v reflect.Value) {
	if x := d.any(); x != nil {
		v.Set(reflect.ValueOf(x))
	}
}

var floatPlan = &plan{typ: reflect.TypeFor[float64]()}

// any reads a value as encoding/json does into an empty interface; nil stands for a faulty one.
func (d *decoder) any() any {
	switch kinds[d.peek()] {
	case kindString:
		if text, ok := d.str(); ok {
			return string(text)
		}
	case kindNumber:
		if f, ok := d.float(floatPlan); ok {
			return f
		}
	case kindBool:
		if b, ok := d.word(); ok {
			return b
		}
	case kindObject:
		return d.anyObject()
	case kindArray:
		d.enter()
		list := []any{}
		for n := 0; d.more(n, ']'); n++ {
			d.push(^step(n))
			list = append(list, d.any())
			d.pop()
		}
		return list
	default:
		d.skip()
	}
	return nil
}

func (d *decoder) anyObject() any {
	d.enter()
	object := map[string]any{}
	for n := 0; d.more(n, '}'); n++ {
		at, name, ok := d.key()
		key := string(name)
		if _, met := object[key]; met && ok {
			d.duplicate(at, name)
		}
		if x := d.any(); ok {
			object[key] = x
		}
		d.pop()
	}
	return object
}
