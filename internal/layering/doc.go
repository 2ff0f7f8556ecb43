// Package layering holds the tests that keep the shape of the repository: which package stands on which floor and
// may import what, what nobody may import and why, how long files get, and what lies at the top level.
//
// The tables are in table_test.go, each row with its why. A new package is placed there first. The checks are
// functions of an import graph, and madeup_test.go shows for every row a graph that it refuses.
package layering
