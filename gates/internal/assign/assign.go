// Package assign gives ballots to places so that as many as possible have one.
package assign

// Assign gives every ballot to at most one place, and to every place at most
// as many ballots as it needs, so that as many ballots as possible are placed:
// somebody who may answer for two roles is used where nobody else can. The bits
// of may[b] are the places that ballot b may take; there are at most 64. The
// result is, for each place, the ballots that it has.
//
// It is bipartite matching by augmenting paths with capacities (H. W. Kuhn, The
// Hungarian Method for the Assignment Problem, 1955); ballots are tried in
// their order, so the result is the same for the same input.
func Assign(may []uint64, need []int) [][]int {
	m := matching{may: may, need: need, has: make([][]int, len(need))}
	for b := range may {
		m.visited = 0
		m.place(b)
	}
	return m.has
}

type matching struct {
	may     []uint64
	need    []int
	has     [][]int // by place: the ballots that it has
	visited uint64  // places that the search has been at
}

// place finds a place for ballot b, moving others if that makes room.
func (m *matching) place(b int) bool {
	for p := range m.need {
		bit := uint64(1) << p
		if m.may[b]&bit == 0 || m.visited&bit != 0 {
			continue
		}
		m.visited |= bit
		if len(m.has[p]) < m.need[p] {
			m.has[p] = append(m.has[p], b)
			return true
		}
		for i, other := range m.has[p] {
			if m.place(other) {
				m.has[p][i] = b
				return true
			}
		}
	}
	return false
}
