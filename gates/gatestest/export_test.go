package gatestest

import "slices"

// KindNames are the kinds that tables show in situations.
func KindNames() []string {
	var names []string
	for _, k := range kinds {
		names = append(names, k.name)
	}
	return names
}

// Forget takes a kind away until what it returns is called.
func Forget(name string) (restore func()) {
	all := kinds
	kinds = slices.DeleteFunc(slices.Clone(all), func(k kind) bool { return k.name == name })
	return func() { kinds = all }
}
