package template

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"text/template/parse"
)

// kind is what a parameter of a function takes.
type kind uint8

const (
	text  kind = iota // a value with a text, which the function is given
	whole             // an integer
	real              // any number
	truth
	some    // any value; one that says that it is not given is nil
	several // a list
	labels  // a list of values with a text; the function is given the texts
	shown   // a value with a text, or Markdown, as it is
)

// function is one that templates may call. A call is checked when the template
// is parsed, so that it cannot meet a value of another kind when it runs.
type function struct {
	in       []kind
	variadic bool // the last of in may stand any number of times, none included
	out      func(args []reflect.Type) (reflect.Type, error)
	// check replaces out where the arguments as written say more than their types.
	check func(args []reflect.Type, nodes []parse.Node) (reflect.Type, error)
	// call is given what the parameters take: string, int, float64, bool, any,
	// []any. It has to finish in a time that its arguments bound.
	call func(m *meter, args []any) (any, error)
	doc  string
}

// gives is the result of functions that always give the same type.
func gives(t reflect.Type) func([]reflect.Type) (reflect.Type, error) {
	return func([]reflect.Type) (reflect.Type, error) { return t, nil }
}

// same is the result of functions that give their first argument's type, which
// is a list.
func same(args []reflect.Type) (reflect.Type, error) { return args[0], nil }

// element is the result of functions that give one of a list.
func element(args []reflect.Type) (reflect.Type, error) { return args[0].Elem(), nil }

// either is the result of functions that give one of their arguments.
func either(args []reflect.Type) (reflect.Type, error) {
	t := args[0]
	for _, other := range args[1:] {
		switch {
		case other == t:
		case printable(t) && printable(other):
			t = mixedType
		default:
			return nil, fmt.Errorf("gives %s or %s", describe(t), describe(other))
		}
	}
	return t, nil
}

// holds is the result of functions that look for the first argument in the
// second, a list: of two types nothing would ever be found.
func holds(args []reflect.Type) (reflect.Type, error) {
	if args[1].Elem() != args[0] {
		return nil, fmt.Errorf("%s does not hold %s", describe(args[1]), describe(args[0]))
	}
	return truthType, nil
}

var errTooFew = errors.New("has too few arguments")

// result checks the arguments of a call and returns the type of what it gives.
func (f *function) result(args []reflect.Type, nodes []parse.Node) (reflect.Type, error) {
	least := len(f.in)
	if f.variadic {
		least--
	}
	if len(args) < least {
		return nil, errTooFew
	}
	for i, t := range args {
		if i >= len(f.in) && !f.variadic {
			return nil, fmt.Errorf("has more than %d arguments", len(f.in))
		}
		if want := f.kindOf(i); !want.takes(t) {
			return nil, fmt.Errorf("argument %d is %s, want %s", i+1, describe(t), want)
		}
	}
	if f.check != nil {
		return f.check(args, nodes)
	}
	return f.out(args)
}

func (f *function) kindOf(i int) kind { return f.in[min(i, len(f.in)-1)] }

// String names what the parameter takes.
func (k kind) String() string {
	return [...]string{"text", "a whole number", "a number", "true or false", "a value", "a list", "a list of texts", "text or Markdown"}[k]
}

func (k kind) takes(t reflect.Type) bool {
	switch k {
	case text:
		return printable(t)
	case whole:
		return t == wholeType || t == longType
	case real:
		return t == wholeType || t == longType || t == realType || t.String() == "value.Number"
	case truth:
		return t == truthType
	case several:
		return t.Kind() == reflect.Slice
	case labels:
		return t.Kind() == reflect.Slice && printable(t.Elem())
	case shown:
		return printable(t) || t == markupType
	}
	return true
}

// given turns a value into what the function takes.
func (k kind) given(v any) (any, error) {
	r := reflect.ValueOf(v)
	switch k {
	case text:
		return textOf(v), nil
	case whole:
		if !r.IsValid() || !r.CanInt() {
			return nil, fmt.Errorf("%v is no whole number", v)
		}
		return int(r.Int()), nil
	case real:
		switch {
		case r.IsValid() && r.CanInt():
			return float64(r.Int()), nil
		case r.IsValid() && r.CanFloat():
			return r.Float(), nil
		}
		return nil, fmt.Errorf("%v is no number", v)
	case several, labels:
		out := []any{}
		for i := range lengthOf(r) {
			if k == labels {
				out = append(out, textOf(r.Index(i).Interface()))
			} else {
				out = append(out, r.Index(i).Interface())
			}
		}
		return out, nil
	case some:
		if z, ok := v.(interface{ IsZero() bool }); ok && z.IsZero() {
			return nil, nil
		}
	}
	return v, nil
}

func lengthOf(list reflect.Value) int {
	if !list.IsValid() {
		return 0
	}
	return list.Len()
}

// run calls the function with what a template has, and counts it.
func (f *function) run(m *meter, args []any) (any, error) {
	if err := m.step(1); err != nil {
		return nil, err
	}
	taken := make([]any, len(args))
	for i, arg := range args {
		var err error
		if taken[i], err = f.kindOf(i).given(arg); err != nil {
			return nil, err
		}
		if err := m.weigh(taken[i]); err != nil {
			return nil, err
		}
	}
	out, err := f.call(m, taken)
	if err == nil {
		err = m.weigh(out)
	}
	return out, err
}

// functions are all that templates may call beside the words of the language.
var functions = func() map[string]*function {
	all := map[string]*function{}
	maps.Copy(all, ours)
	maps.Copy(all, sprigs)
	return all
}()

// Functions lists the functions that templates may call, sorted, each with a
// line of documentation: "join TEXT LIST  the texts of a list with TEXT between".
func Functions() []string {
	var out []string
	for name, f := range functions {
		out = append(out, name+" "+f.doc)
	}
	slices.Sort(out)
	return out
}
