package template

import (
	"fmt"
	"reflect"
	"strconv"
	"time"

	"github.com/tidegate-go/tidegate/release/value"
)

// markup is Markdown that one of our functions wrote. Nothing of a packet is of
// this type, and no function makes it of a value without escaping. It knows the
// texts that a reader has to see where it is printed.
type markup struct {
	text  string
	shows []string
}

// mixed is the type of what may be one of several values, each with a text.
type mixed interface{ mixed() }

// opaque is the type of what can be asked whether it is there, and nothing else.
type opaque struct{}

var (
	textType   = reflect.TypeFor[string]()
	wholeType  = reflect.TypeFor[int]()
	longType   = reflect.TypeFor[int64]()
	realType   = reflect.TypeFor[float64]()
	truthType  = reflect.TypeFor[bool]()
	markupType = reflect.TypeFor[markup]()
	mixedType  = reflect.TypeFor[mixed]()
	opaqueType = reflect.TypeFor[opaque]()
	timeType   = reflect.TypeFor[time.Time]()
	whenType   = reflect.TypeFor[value.When]()
	linkType   = reflect.TypeFor[value.Link]()
	stringer   = reflect.TypeFor[fmt.Stringer]()
)

// printable reports whether values of the type have a text that a document can
// show.
func printable(t reflect.Type) bool {
	if t == mixedType || t == timeType {
		return true
	}
	if t == markupType || t.Kind() == reflect.Pointer {
		return false
	}
	if t.Implements(stringer) {
		return true
	}
	switch t.Kind() {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Int64, reflect.Float64:
		return true
	}
	return false
}

// textOf returns the text of a printable value as documents have it: lengths of
// time and quantities in words, moments as they are written or in UTC, "" for
// what is not given.
func textOf(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return v.UTC().Format(time.RFC3339)
	}
	if z, ok := v.(interface{ IsZero() bool }); ok && z.IsZero() {
		return ""
	}
	if h, ok := v.(interface{ Human() string }); ok {
		return h.Human()
	}
	if s, ok := v.(fmt.Stringer); ok {
		return s.String()
	}
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.String:
		return r.String()
	case reflect.Bool:
		return strconv.FormatBool(r.Bool())
	case reflect.Int, reflect.Int64:
		return strconv.FormatInt(r.Int(), 10)
	case reflect.Float64:
		return value.Number(r.Float()).String()
	}
	return ""
}

// describe names a type for whoever writes templates.
func describe(t reflect.Type) string {
	switch {
	case t == textType:
		return "text"
	case t == markupType:
		return "Markdown"
	case t == mixedType:
		return "one of several kinds of value"
	case t == opaqueType:
		return "one of unlike values"
	case t == wholeType, t == longType:
		return "a whole number"
	case t == realType:
		return "a number"
	case t == truthType:
		return "true or false"
	case t.Kind() == reflect.Slice:
		return "a list of " + t.Elem().String()
	}
	return t.String()
}
