package strictjson

import (
	"encoding"
	"encoding/base64"
	"encoding/json"
	"errors"
	"reflect"
)

func decodeString(d *decoder, _ *plan, v reflect.Value) {
	if !d.want(kindString) {
		return
	}
	if text, ok := d.str(); ok {
		v.SetString(string(text))
	}
}

func decodeBool(d *decoder, _ *plan, v reflect.Value) {
	if !d.want(kindBool) {
		return
	}
	if b, ok := d.word(); ok {
		v.SetBool(b)
	}
}

// decodeBytes reads base64, which is how encoding/json writes a slice of bytes.
func decodeBytes(d *decoder, _ *plan, v reflect.Value) {
	at := d.pos
	if !d.want(kindString) {
		return
	}
	text, ok := d.str()
	if !ok {
		return
	}
	out := make([]byte, base64.StdEncoding.DecodedLen(len(text)))
	n, err := base64.StdEncoding.Strict().Decode(out, text)
	if err != nil {
		d.fault(at, "want base64: %s", oneLine(err))
		return
	}
	v.SetBytes(out[:n])
}

func decodeSlice(d *decoder, p *plan, v reflect.Value) {
	if !d.want(kindArray) {
		return
	}
	d.enter()
	v.Set(p.empty)
	for n := 0; d.more(n, ']'); n++ {
		if n == v.Cap() {
			v.Grow(p.grow)
		}
		v.SetLen(n + 1)
		d.push(^step(n))
		p.elem.decode(d, p.elem, v.Index(n))
		d.pop()
	}
}

func decodeArray(d *decoder, p *plan, v reflect.Value) {
	at, want := d.pos, p.typ.Len()
	if !d.want(kindArray) {
		return
	}
	d.enter()
	n := 0
	for ; d.more(n, ']'); n++ {
		d.push(^step(n))
		if n < want {
			p.elem.decode(d, p.elem, v.Index(n))
		} else {
			d.skip()
		}
		d.pop()
	}
	if n != want {
		d.fault(at, "want %d elements, got %d", want, n)
	}
}

func decodePointer(d *decoder, p *plan, v reflect.Value) {
	before := len(d.faults)
	v.Set(reflect.New(p.elem.typ))
	p.elem.decode(d, p.elem, v.Elem())
	if d.failed(before) && v.Elem().IsZero() {
		v.SetZero()
	}
}

func decodeText(d *decoder, _ *plan, v reflect.Value) {
	at := d.pos
	if !d.want(kindString) {
		return
	}
	text, ok := d.str()
	if !ok {
		return
	}
	if err := v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText(text); err != nil {
		v.SetZero()
		d.fault(at, "%s", oneLine(err))
	}
}

// decodeRaw gives a json.Unmarshaler a value that is known to be sound.
func decodeRaw(d *decoder, _ *plan, v reflect.Value) {
	at, before := d.pos, len(d.faults)
	d.skip()
	if d.failed(before) {
		return
	}
	raw := d.data[at:d.pos:d.pos]
	err := v.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(raw)
	if err == nil {
		return
	}
	v.SetZero()
	var inner *Error
	if !errors.As(err, &inner) {
		d.fault(at, "%s", oneLine(err))
		return
	}
	// The type used Decode itself: its faults keep their own places, moved to where the value begins.
	outer := d.pathText()
	for _, f := range inner.Faults {
		d.add(found{at: at + offset(raw, f.Line, f.Column), path: joinPath(outer, f.Path), message: f.Message})
	}
}
