//go:build race

package evidence_test

// folders is how many are killed in, ten times each: a child with the race
// detector starts slowly, and what it does is looked at in other tests too.
const folders = 5
