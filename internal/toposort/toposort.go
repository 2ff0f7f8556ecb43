// Package toposort puts things in an order in which what is needed comes first.
package toposort

// Sort returns the positions 0 to n-1 so that each stands behind all that it
// needs, as early as the given order allows, and those of which there is no such
// order, since they need themselves or something that does. What needs returns
// out of range is not there and not waited for.
//
// It is Kahn's algorithm, as rounds over the given order (A. B. Kahn,
// Topological sorting of large networks, 1962).
func Sort(n int, needs func(int) []int) (order, circular []int) {
	placed := make([]bool, n)
	ready := func(i int) bool {
		for _, j := range needs(i) {
			if j >= 0 && j < n && !placed[j] {
				return false
			}
		}
		return true
	}
	for progress := true; progress; {
		progress = false
		for i := range n {
			if !placed[i] && ready(i) {
				placed[i], progress = true, true
				order = append(order, i)
			}
		}
	}
	for i, done := range placed {
		if !done {
			circular = append(circular, i)
		}
	}
	return order, circular
}
