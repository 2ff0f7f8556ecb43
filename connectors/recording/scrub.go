package recording

import "reflect"

// scrub strikes secrets out of every text of an exchange but the question: that
// is what the answer is found by, so one with a secret is not recorded at all.
func scrub(x *Exchange, clean func(string) string) {
	q := x.Result.Query
	scrubValue(reflect.ValueOf(x).Elem(), clean)
	x.Result.Query = q
}

func scrubValue(v reflect.Value, clean func(string) string) {
	switch v.Kind() {
	case reflect.String:
		if s := v.String(); v.CanSet() {
			if c := clean(s); c != s {
				v.SetString(c)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			scrubValue(v.Index(i), clean)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() { // time.Time has none
				scrubValue(v.Field(i), clean)
			}
		}
	default: // a number, a boolean
	}
}
