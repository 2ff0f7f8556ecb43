package wire

import (
	"context"
	"os"
	"testing"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/release/fact"
)

// The test is its own connector and peer.
func TestMain(m *testing.M) {
	if Main() {
		return
	}
	os.Exit(m.Run())
}

// BenchmarkCollect is for pprof: a Collect of one query, of a process and of none.
func BenchmarkCollect(b *testing.B) {
	for name, launch := range map[string]connectors.Launch{"process": selfLaunch(), "here": {InProcess: Connector{}, Settings: settings()}} {
		b.Run(name, func(b *testing.B) {
			ctx, queries := context.Background(), []fact.Query{Number("")}
			fleet, err := open(ctx, launch)
			if err != nil {
				b.Fatal(err)
			}
			defer fleet.Close()
			b.ReportAllocs()
			for b.Loop() {
				if err := collect(ctx, fleet, queries); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkRaw is the peer's call.
func BenchmarkRaw(b *testing.B) {
	p, err := startPeer()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := p.ask(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	if err := p.Close(); err != nil {
		b.Fatal(err)
	}
}
