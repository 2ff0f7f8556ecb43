package template

import (
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/Masterminds/sprig/v3"
)

// sprigs are the functions of sprig that are allowed. Each is pure: the same
// arguments give the same result, whatever the clock, the environment, the seed
// and the order of maps; and each takes time and memory that its arguments bound.
var sprigs = map[string]*function{
	"upper":      of("upper", gives(textType), "TEXT  in capitals", text),
	"lower":      of("lower", gives(textType), "TEXT  in small letters", text),
	"title":      of("title", gives(textType), "TEXT  with the first letter of each word a capital", text),
	"untitle":    of("untitle", gives(textType), "TEXT  with the first letter of each word a small one", text),
	"trim":       of("trim", gives(textType), "TEXT  without white space at the ends", text),
	"trimAll":    of("trimAll", gives(textType), "SET TEXT  without the characters of SET at the ends", text, text),
	"trimPrefix": of("trimPrefix", gives(textType), "PREFIX TEXT  without PREFIX", text, text),
	"trimSuffix": of("trimSuffix", gives(textType), "SUFFIX TEXT  without SUFFIX", text, text),
	"nospace":    of("nospace", gives(textType), "TEXT  without white space", text),
	"replace":    bounded("replace", replaced, gives(textType), "OLD NEW TEXT  with NEW for each OLD", text, text, text),
	"plural":     of("plural", gives(textType), "ONE MANY NUMBER  ONE if NUMBER is 1, else MANY", text, text, whole),
	"contains":   of("contains", gives(truthType), "PART TEXT  whether PART is in TEXT", text, text),
	"hasPrefix":  of("hasPrefix", gives(truthType), "PREFIX TEXT  whether TEXT begins so", text, text),
	"hasSuffix":  of("hasSuffix", gives(truthType), "SUFFIX TEXT  whether TEXT ends so", text, text),
	"splitList":  of("splitList", gives(reflect.SliceOf(textType)), "SEPARATOR TEXT  the parts as a list", text, text),

	"default":  of("default", either, "DEFAULT VALUE  VALUE, or DEFAULT if it is not given", some, some),
	"coalesce": many(of("coalesce", either, "VALUE…  the first that is given", some, some)),
	"ternary":  of("ternary", func(t []reflect.Type) (reflect.Type, error) { return either(t[:2]) }, "YES NO TRUTH  YES if TRUTH, else NO", some, some, truth),
	"empty":    of("empty", gives(truthType), "VALUE  whether it is not given", some),

	"list":      many(of("list", listed, "VALUE…  the values as a list", some, some)),
	"first":     of("first", element, "LIST  its first", several),
	"last":      of("last", element, "LIST  its last", several),
	"rest":      of("rest", same, "LIST  all but the first", several),
	"initial":   of("initial", same, "LIST  all but the last", several),
	"reverse":   of("reverse", same, "LIST  backwards", several),
	"uniq":      quadratic("uniq", same, "LIST  each of its values once, where it is first", several),
	"has":       of("has", holds, "VALUE LIST  whether LIST holds VALUE", shown, several),
	"join":      bounded("join", joined, gives(textType), "TEXT LIST  the texts of LIST with TEXT between", text, labels),
	"sortAlpha": of("sortAlpha", gives(reflect.SliceOf(textType)), "LIST  its texts, sorted by bytes", labels),

	"add":  many(of("add", gives(wholeType), "NUMBER…  the sum", whole, whole)),
	"sub":  of("sub", gives(wholeType), "A B  A less B", whole, whole),
	"mul":  many(of("mul", gives(wholeType), "NUMBER…  the product", whole, whole)),
	"div":  of("div", gives(wholeType), "A B  A divided by B, cut to a whole number", whole, whole),
	"mod":  of("mod", gives(wholeType), "A B  what is left of A divided by B", whole, whole),
	"add1": of("add1", gives(wholeType), "NUMBER  the next", whole),
	"max":  many(of("max", gives(wholeType), "NUMBER…  the largest", whole, whole)),
	"min":  many(of("min", gives(wholeType), "NUMBER…  the smallest", whole, whole)),

	"semverCompare": of("semverCompare", gives(truthType), "CONSTRAINT VERSION  whether VERSION keeps CONSTRAINT", text, text),
	"fail":          of("fail", gives(textType), "TEXT  ends the run with an error", text),
}

// hermetic is sprig's own choice, of which ours is a part.
var hermetic = sync.OnceValue(sprig.HermeticTxtFuncMap)

// of returns the function that calls sprig's.
func of(name string, out func([]reflect.Type) (reflect.Type, error), doc string, in ...kind) *function {
	return &function{in: in, out: out, doc: doc, call: func(_ *meter, args []any) (any, error) { return call(name, args) }}
}

// bounded is of with a bound on the result that is known before the call.
func bounded(name string, size func([]any) int, out func([]reflect.Type) (reflect.Type, error), doc string, in ...kind) *function {
	f := of(name, out, doc, in...)
	f.call = func(m *meter, args []any) (any, error) {
		if err := m.length(size(args)); err != nil {
			return nil, err
		}
		return call(name, args)
	}
	return f
}

// quadratic is of for a function that compares each of a list with each.
func quadratic(name string, out func([]reflect.Type) (reflect.Type, error), doc string, in ...kind) *function {
	f := of(name, out, doc, in...)
	f.call = func(m *meter, args []any) (any, error) {
		n := len(args[0].([]any))
		if err := m.step(n * n); err != nil {
			return nil, err
		}
		return call(name, args)
	}
	return f
}

func many(f *function) *function {
	f.variadic = true
	return f
}

// call calls a function of sprig's with values that its parameters take.
func call(name string, args []any) (any, error) {
	f := reflect.ValueOf(hermetic()[name])
	if !f.IsValid() {
		return nil, fmt.Errorf("sprig has no function %s", name)
	}
	t := f.Type()
	in := make([]reflect.Value, len(args))
	for i, arg := range args {
		want := t.In(min(i, t.NumIn()-1))
		if t.IsVariadic() && i >= t.NumIn()-1 {
			want = want.Elem()
		}
		if in[i] = reflect.ValueOf(arg); !in[i].IsValid() {
			in[i] = reflect.Zero(want)
		}
	}
	out := f.Call(in)
	if len(out) == 2 && !out[1].IsNil() {
		return nil, out[1].Interface().(error)
	}
	if n, ok := reflect.TypeAssert[int64](out[0]); ok {
		return int(n), nil // one kind of whole number
	}
	return out[0].Interface(), nil
}

// replaced and joined are how long the results may get.
func replaced(args []any) int {
	old, with, in := args[0].(string), args[1].(string), args[2].(string)
	return len(in) + strings.Count(in, old)*len(with)
}

func joined(args []any) int {
	n := 0
	for _, v := range args[1].([]any) {
		n += len(args[0].(string)) + len(v.(string))
	}
	return n
}

func listed(args []reflect.Type) (reflect.Type, error) {
	if len(args) == 0 {
		return nil, errTooFew
	}
	t, err := either(args)
	if err != nil {
		return nil, err
	}
	return reflect.SliceOf(t), nil
}
