// Package hostile holds a host's connectors to be its enemies: its tests start
// this test binary as a connector that does every harm of one table, and open
// and close fleets again and again while their connectors are killed. The host
// has to survive, to be in time, to leave nothing behind, and to say who it was.
//
// The long run of the second is
//
//	go test ./connectors/internal/hostile -run TestSoak -cycles 1000 -timeout 5m
package hostile
