package review

import (
	"reflect"
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Place is one value somewhere in a catalog. Its path is made when it is asked
// for: most places are in order.
type Place struct {
	parent *Place
	name   string // of a field; "" for an element and for an embedded struct
	index  int    // of an element; -1 for a field
}

// Path returns where the place is.
func (p *Place) Path() check.Path {
	switch {
	case p == nil:
		return ""
	case p.index >= 0:
		return p.parent.Path().Index(p.index)
	case p.name == "":
		return p.parent.Path()
	default:
		return p.parent.Path().Field(p.name)
	}
}

// Visitor is what is done at a place, by what is there. Each may be nil.
type Visitor struct {
	Query    func(*Place, fact.Query)
	Params   func(*Place, fact.Params) // of a custom check
	Quantity func(*Place, value.Quantity)
	Text     func(*Place, string)
}

// Walk calls the visitor with everything in v, in the order of its fields.
func Walk(v any, visit Visitor) { visit.walk(reflect.ValueOf(v), nil) }

func (visit Visitor) walk(v reflect.Value, at *Place) {
	switch x := v.Interface().(type) {
	case fact.Query:
		if visit.Query != nil && !x.IsZero() {
			visit.Query(at, x)
		}
		return
	case fact.Params:
		if visit.Params != nil {
			visit.Params(at, x)
		}
		return
	case value.Quantity:
		if visit.Quantity != nil && !x.IsZero() {
			visit.Quantity(at, x)
		}
		return
	case value.When:
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			visit.walk(v.Elem(), at)
		}
	case reflect.Slice:
		for i := range v.Len() {
			visit.walk(v.Index(i), &Place{at, "", i})
		}
	case reflect.Struct:
		for i := range v.NumField() {
			name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			visit.walk(v.Field(i), &Place{at, name, -1})
		}
	case reflect.String:
		if visit.Text != nil {
			visit.Text(at, v.String())
		}
	}
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
