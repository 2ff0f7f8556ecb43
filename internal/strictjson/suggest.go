package strictjson

import "strings"

// suggest ends the message about an unknown field with the field that was probably meant, if there is one.
func (p *plan) suggest(name string) string {
	best, distance := "", max(1, min(len(name)/3, 3))+1
	if len(name) > maxQuoted {
		return ""
	}
	for _, f := range p.fields {
		if n := edits(strings.ToLower(name), strings.ToLower(f.name), distance); n < distance {
			best, distance = f.name, n
		}
	}
	if best == "" {
		return ""
	}
	return ", did you mean \"" + best + "\"?"
}

// edits is the Levenshtein distance in bytes with transpositions of neighbours (optimal string alignment), cut off at
// the limit.
func edits(a, b string, limit int) int {
	if abs(len(a)-len(b)) >= limit {
		return limit
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
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
	return min(last[len(b)], limit)
}

func abs(n int) int {
	return max(n, -n)
}
