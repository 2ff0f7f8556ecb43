//go:build !race

package evidence_test

// folders is how many are killed in, ten times each.
const folders = 50
