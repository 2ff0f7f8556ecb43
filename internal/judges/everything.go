package main

import (
	"fmt"
	"reflect"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// everything returns a packet in which no field is zero, with a criterion of each kind. It makes no sense, and has a
// text.
func everything() packet.Packet {
	var p packet.Packet
	filler{}.fill(reflect.ValueOf(&p).Elem())
	p.Schema = packet.Schema
	return p
}

// texts are values of the types that have a form of their own.
var texts = map[reflect.Type]any{
	reflect.TypeFor[time.Time]():       time.Date(2026, 12, 8, 16, 30, 0, 250e6, time.FixedZone("", -5*3600)),
	reflect.TypeFor[value.When]():      value.At(time.Date(2026, 12, 8, 16, 30, 0, 0, time.UTC)).In("Europe/Berlin"),
	reflect.TypeFor[value.Duration]():  value.Duration(90*time.Minute + 250*time.Millisecond),
	reflect.TypeFor[value.Period]():    value.Period{Years: 7, Days: 1},
	reflect.TypeFor[value.Clock]():     value.Clock("09:30"),
	reflect.TypeFor[value.Digest]():    value.Sum(nil),
	reflect.TypeFor[value.Link]():      value.Link("https://example.com/a?b=c#d"),
	reflect.TypeFor[value.Number]():    value.Number(1.5),
	reflect.TypeFor[value.Unit]():      value.Milliseconds,
	reflect.TypeFor[probe.Aggregate](): probe.Percentile(99.9),
	reflect.TypeFor[fact.Params]():     fact.Params(`{"deep":{"list":[1,true,{"x":"y"}]},"jql":"type = Bug"}`),
	reflect.TypeFor[check.Path]():      check.Path("plan.overview"),
}

// filler fills values; it knows the structs that it is in, so that types that hold themselves end.
type filler map[reflect.Type]int

func (f filler) fill(v reflect.Value) {
	t := v.Type()
	if text, ok := texts[t]; ok {
		v.Set(reflect.ValueOf(text))
		return
	}
	switch t.Kind() {
	case reflect.String:
		v.SetString("text of " + t.Name())
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(3)
	case reflect.Uint8:
		v.SetUint(1) // an enumeration's second value; the first is mostly left out
	case reflect.Pointer:
		v.Set(reflect.New(t.Elem()))
		f.fill(v.Elem())
	case reflect.Slice:
		f.list(v)
	case reflect.Struct:
		f[t]++
		for i := range t.NumField() {
			f.fill(v.Field(i))
		}
		f[t]--
	default:
		panic(fmt.Sprintf("no value for %s", t))
	}
}

// list gives a slice one element; none if the element's type is open already, and one of each kind of criterion.
func (f filler) list(v reflect.Value) {
	t := v.Type().Elem()
	switch {
	case t == reflect.TypeFor[gates.Criterion]() && f[t] > 0:
		v.Set(reflect.ValueOf([]gates.Criterion{gates.AtMost("inner", fact.Query{Ask: fact.Ask{Connector: "x", Kind: "y", Yields: fact.Yields{Unit: value.Count}}}, 1)}))
		return
	case f[t] > 0:
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), 1, 1))
	f.fill(v.Index(0))
	if t == reflect.TypeFor[gates.Criterion]() {
		v.Set(reflect.ValueOf(apart(v.Index(0).Interface().(gates.Criterion))))
	}
}

// apart returns a criterion with all tests as one criterion for each.
func apart(all gates.Criterion) []gates.Criterion {
	var out []gates.Criterion
	fields := reflect.VisibleFields(reflect.TypeFor[gates.Criterion]())
	for _, kept := range fields {
		if kept.Type.Kind() != reflect.Pointer {
			continue
		}
		one := all
		for _, other := range fields {
			if other.Type.Kind() == reflect.Pointer && other.Name != kept.Name {
				reflect.ValueOf(&one).Elem().FieldByIndex(other.Index).SetZero()
			}
		}
		out = append(out, one)
	}
	return out
}
