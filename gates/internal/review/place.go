package review

import (
	"reflect"
	"strings"
	"sync"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Place is where a walk is. Its path is made when it is asked for, since most
// places are in order; it is that of the moment.
type Place struct{ steps []step }

type step struct {
	name  string // of a field
	index int    // of an element; -1 for a field
}

// Path returns where the walk is.
func (p *Place) Path() check.Path {
	var path check.Path
	for _, s := range p.steps {
		if s.index >= 0 {
			path = path.Index(s.index)
		} else {
			path = path.Field(s.name)
		}
	}
	return path
}

// Visitor is what is done at a place, by what is there. Each may be nil.
type Visitor struct {
	Query    func(*Place, fact.Query)
	Params   func(*Place, fact.Params) // of a custom check
	Quantity func(*Place, value.Quantity)
	Text     func(*Place, string)
}

// Walk calls the visitor with everything in v, in the order of its fields.
func Walk(v any, visit Visitor) {
	var at Place
	visit.walk(reflect.ValueOf(v), &at)
}

var (
	queryType    = reflect.TypeFor[fact.Query]()
	paramsType   = reflect.TypeFor[fact.Params]()
	quantityType = reflect.TypeFor[value.Quantity]()
	whenType     = reflect.TypeFor[value.When]()
)

func (visit *Visitor) walk(v reflect.Value, at *Place) {
	switch v.Type() {
	case queryType:
		if q, ok := given[fact.Query](v, visit.Query != nil); ok && !q.IsZero() {
			visit.Query(at, q)
		}
		return
	case paramsType:
		if p, ok := given[fact.Params](v, visit.Params != nil); ok {
			visit.Params(at, p)
		}
		return
	case quantityType:
		if q, ok := given[value.Quantity](v, visit.Quantity != nil); ok && !q.IsZero() {
			visit.Quantity(at, q)
		}
		return
	case whenType:
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			visit.walk(v.Elem(), at)
		}
	case reflect.Slice:
		for i := range v.Len() {
			at.steps = append(at.steps, step{index: i})
			visit.walk(v.Index(i), at)
			at.steps = at.steps[:len(at.steps)-1]
		}
	case reflect.Struct:
		for _, f := range fieldsOf(v.Type()) {
			if f.name == "" { // embedded: its fields stand where it does
				visit.walk(v.Field(f.index), at)
				continue
			}
			at.steps = append(at.steps, step{f.name, -1})
			visit.walk(v.Field(f.index), at)
			at.steps = at.steps[:len(at.steps)-1]
		}
	case reflect.String:
		if visit.Text != nil {
			visit.Text(at, v.String())
		}
	}
}

// given returns the value, if anybody wants it.
func given[T any](v reflect.Value, wanted bool) (T, bool) {
	if !wanted {
		var none T
		return none, false
	}
	return reflect.TypeAssert[T](v)
}

// field is one field of a struct that may hold something to visit.
type field struct {
	index int
	name  string // in JSON; "" for an embedded struct
}

// known keeps the fields of every type that was walked: the types of a catalog.
var known sync.Map

func fieldsOf(t reflect.Type) []field {
	if all, ok := known.Load(t); ok {
		return all.([]field)
	}
	var all []field
	for i := range t.NumField() {
		switch f := t.Field(i); f.Type.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Struct, reflect.String:
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			all = append(all, field{i, name})
		}
	}
	known.Store(t, all)
	return all
}

// Asked reports what is wrong with a query as a question: whom it asks, about
// what, over which time.
func Asked(at *Place, q fact.Query, report Report) {
	asked(at, "", q.Ask, report)
	if q.Population == (fact.Ask{}) {
		return
	}
	asked(at, "outOf", q.Population, report)
}

func asked(at *Place, below check.Path, a fact.Ask, report Report) {
	field := func(name check.Path) check.Path { return name.Under(below).Under(at.Path()) }
	if check.Blank(a.Connector) {
		report(check.Missing(field("connector"), "the connector that is asked", ""))
	}
	if check.Blank(a.Kind) {
		report(check.Missing(field("kind"), "the kind of the question", ""))
	}
	if err := a.Params.Fault(); err != nil {
		report(check.Unusable(field("params"), err))
	}
	if a.Window < 0 {
		report(check.Invalid(field("window"), a.Window, "is a negative time"))
	}
	switch y := a.Yields; {
	case y.Shape == fact.NoShape:
		report(check.Missing(field("yields.shape"), "what the answer is", "a number, a series or items"))
	case y.Shape > fact.StateShape:
		report(check.Invalid(field("yields.shape"), uint8(y.Shape), "is no shape"))
	case y.Shape.Items() && y.Unit != "":
		report(check.Invalid(field("yields.unit"), y.Unit, "is a unit, and items have none"))
	}
}

// Untold reports whether a query leaves open what it yields, or in which unit,
// or a quantity has an unknown unit: other rules find that.
func Untold(v any) bool {
	untold := false
	note := func(f ...check.Finding) { untold = untold || len(f) > 0 }
	Walk(v, Visitor{
		Query: func(at *Place, q fact.Query) {
			untold = untold || q.Yields.Shape == fact.NoShape
			Units(at, q, note)
		},
		Quantity: func(_ *Place, q value.Quantity) { untold = untold || !q.Unit.Known() },
	})
	return untold
}

// Units reports units that are not known, of a query that yields numbers.
func Units(at *Place, q fact.Query, report Report) {
	for _, of := range []struct {
		field check.Path
		fact.Yields
	}{{"yields.unit", q.Yields}, {"outOf.yields.unit", q.Population.Yields}} {
		if (of.Shape == fact.NumberShape || of.Shape == fact.SeriesShape) && !of.Unit.Known() {
			report(check.Invalid(of.field.Under(at.Path()), of.Unit, "is not a known unit"))
		}
	}
}
