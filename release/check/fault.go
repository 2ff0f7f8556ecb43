package check

import "fmt"

// These constructors are one voice for every package: each makes the finding
// of one kind of fault. The rule and its severity are added when it is
// reported.

// Missing is a value that has to be there and is not.
func Missing(at Path, what, hint string) Finding {
	return Finding{Path: at, Message: what + " is missing", Hint: hint}
}

// Invalid is a value that cannot be right, whatever the rest says.
func Invalid(at Path, got any, why string) Finding {
	return Finding{Path: at, Message: fmt.Sprintf("%s: %s", quote(got), why)}
}

// Unusable is a value that cannot be used for what it is there for; the error
// names the value.
func Unusable(at Path, err error) Finding {
	return Finding{Path: at, Message: err.Error()}
}

// Duplicate is a value that has to be unique and stands at first already.
func Duplicate(at Path, got any, first Path) Finding {
	f := Finding{Path: at, Message: fmt.Sprintf("%s stands at %s already", quote(got), first)}
	return f.WithRelated(first)
}

// Unresolved is a reference to something that is not there.
func Unresolved(at Path, got any, want string) Finding {
	return Finding{Path: at, Message: fmt.Sprintf("%s is not %s", quote(got), want)}
}

// OutOfOrder is a moment that comes on the wrong side of the one at other.
func OutOfOrder(at Path, got any, why string, other Path) Finding {
	f := Finding{Path: at, Message: fmt.Sprintf("%s %s", quote(got), why)}
	return f.WithRelated(other)
}

// quote prints strings and everything with a text form in quotes, so that an
// empty value and white space can be seen.
func quote(v any) string {
	switch v := v.(type) {
	case int, int64, float64, bool:
		return fmt.Sprint(v)
	default:
		return fmt.Sprintf("%q", fmt.Sprint(v))
	}
}
