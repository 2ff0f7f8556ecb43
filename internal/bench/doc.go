// Command bench measures tidegate beside its peers, in one process, and prints
// whether the targets of the design are reached:
//
//	cd internal/bench
//	go run .                                   # about two minutes: name | ours | peer | ratio | target | ok or MISS
//	go run . -rounds 15 -benchtime 200ms       # on a busy machine
//	go test ./...                              # the engines agree, the documents are comparable
//	go test -run '^$' -bench . ./engines       # the same work as benchmarks, for benchstat and pprof
//
// Pieces of work take turns, round by round, and the median of each counts; its
// quartiles stand in brackets. What goes on between processes takes at most seven
// turns. A
// missed target is printed as MISS and fails nothing: numbers depend on the
// machine and its neighbours, and a test that fails by the weather is switched
// off. Growth compares large with small on the same machine, so what it says
// depends on caches as well.
//
// The module is nested so that peers, which are large, are nobody's dependency.
// What is compared, and which choices were made for the peers, stands in the
// packages engines, paper, ranks, wire and ledger.
package main
