// Package lists copies lists whose elements hold memory of their own.
package lists

// Clone returns the list with clone applied to every element. Nil stays nil and
// an empty list stays empty, since documents may tell the two apart. The copy
// has no room behind it: appending to it never writes into another.
func Clone[T any](list []T, clone func(T) T) []T {
	if list == nil {
		return nil
	}
	all := make([]T, len(list))
	for i := range list {
		all[i] = clone(list[i])
	}
	return all
}
