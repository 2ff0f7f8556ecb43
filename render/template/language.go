package template

import (
	"fmt"
	"reflect"
)

// language are the functions of text/template that stay: what they take and
// give. The others are in the list of the refused.
var language = map[string]func(args []reflect.Type) (reflect.Type, error){
	"and": choice, "or": choice, "not": counted(1, truthType),
	"eq": compared, "ne": compared, "lt": ordered, "le": ordered, "gt": ordered, "ge": ordered,
	"len": func(args []reflect.Type) (reflect.Type, error) {
		if len(args) != 1 || args[0].Kind() != reflect.Slice && args[0].Kind() != reflect.String {
			return nil, fmt.Errorf("want one list or text")
		}
		return wholeType, nil
	},
	"index": func(args []reflect.Type) (reflect.Type, error) {
		if len(args) != 2 || args[0].Kind() != reflect.Slice || !whole.takes(args[1]) {
			return nil, fmt.Errorf("want a list and a whole number")
		}
		return args[0].Elem(), nil
	},
}

func choice(args []reflect.Type) (reflect.Type, error) {
	if len(args) < 2 {
		return nil, errTooFew
	}
	t, err := either(args)
	if err != nil {
		return opaqueType, nil // good for a condition, and nothing else
	}
	return t, nil
}

func counted(n int, t reflect.Type) func([]reflect.Type) (reflect.Type, error) {
	return func(args []reflect.Type) (reflect.Type, error) {
		if len(args) != n {
			return nil, fmt.Errorf("want %d arguments", n)
		}
		return t, nil
	}
}

// compared takes what has a basic kind, all of one: an enumeration is compared
// by its String.
func compared(args []reflect.Type) (reflect.Type, error) {
	if len(args) < 2 {
		return nil, errTooFew
	}
	for _, t := range args {
		k := basic(t)
		if k == reflect.Invalid {
			return nil, fmt.Errorf("%s is not compared; an enumeration has .String", describe(t))
		}
		if k != basic(args[0]) {
			return nil, fmt.Errorf("%s is never %s", describe(args[0]), describe(t))
		}
	}
	return truthType, nil
}

func ordered(args []reflect.Type) (reflect.Type, error) {
	if len(args) != 2 {
		return nil, fmt.Errorf("want 2 arguments")
	}
	if basic(args[0]) == reflect.Bool {
		return nil, fmt.Errorf("true and false have no order")
	}
	return compared(args)
}

// basic is the kind by which text/template compares.
func basic(t reflect.Type) reflect.Kind {
	switch t.Kind() {
	case reflect.String, reflect.Bool:
		return t.Kind()
	case reflect.Int, reflect.Int64:
		return reflect.Int
	case reflect.Float64:
		return reflect.Float64
	}
	return reflect.Invalid
}
