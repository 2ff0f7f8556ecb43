// Package edits tells how many slips of the keyboard part two words.
package edits

// short is the length of words, in bytes, up to which nothing is allocated.
const short = 96

// Distance is the number of insertions, deletions, replacements and swaps of neighbours, in bytes, that make a of b
// where nothing is edited twice (optimal string alignment), or limit if it is not below. Words are of less than
// 64 KiB.
func Distance(a, b string, limit int) int {
	if max(len(a)-len(b), len(b)-len(a)) >= limit {
		return limit
	}
	var space [3 * (short + 1)]uint16
	rows, n := space[:], len(b)+1
	if n > short+1 {
		rows = make([]uint16, 3*n)
	}
	before, last, row := rows[:n], rows[n:2*n], rows[2*n:3*n]
	for j := range last {
		last[j] = uint16(j)
	}
	for i := 1; i <= len(a); i++ {
		row[0] = uint16(i)
		for j := 1; j <= len(b); j++ {
			cost := uint16(1)
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return min(int(last[len(b)]), limit)
}
