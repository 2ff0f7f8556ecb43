package wire

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/internal/bench/measure"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Names of the unary calls: one call of the contract, without our host, and what
// the host asks for, which is no less than a Collect of one query; Check has next
// to no payload.
const (
	CallAutoMTLS = "CallAutoMTLS"
	CallPlain    = "CallPlain" // without TLS

	CollectOne  = "CollectOne"
	CollectMany = "CollectMany" // each of many in one Collect
	CheckOne    = "CheckOne"
	CollectHere = "CollectHere" // of a connector without a process: the host's own share, and the SDK's
	RawUnary    = "RawUnary"
)

const (
	many  = 40   // queries of CollectMany, as a catalogue has
	calls = 1500 // of one turn
)

// Unary measures calls, one after the other: of each turn the median call, and
// of the turns the median.
func Unary(rounds int) (costs map[string]measure.Cost, err error) {
	ctx := context.Background()
	fleet, err := open(ctx, selfLaunch())
	if err != nil {
		return nil, err
	}
	defer fleet.Close()
	here, err := open(ctx, connectors.Launch{InProcess: Connector{}, Settings: settings()})
	if err != nil {
		return nil, err
	}
	defer here.Close()
	plain, err := startBare(ctx, false)
	if err != nil {
		return nil, err
	}
	defer plain.Close()
	mtls, err := startBare(ctx, true)
	if err != nil {
		return nil, err
	}
	defer mtls.Close()
	raw, err := startPeer()
	if err != nil {
		return nil, err
	}
	defer func() {
		if e := raw.Close(); err == nil {
			err = e
		}
	}()
	one, all := []fact.Query{Number("")}, make([]fact.Query, many)
	for i := range all {
		all[i] = Number(strconv.Itoa(i))
	}
	return measure.Turns(rounds,
		calling(RawUnary, calls, 1, func() error { return raw.ask(ctx) }),
		calling(CallPlain, calls, 1, func() error { return plain.ask(ctx) }),
		calling(CallAutoMTLS, calls, 1, func() error { return mtls.ask(ctx) }),
		calling(CollectOne, calls, 1, func() error { return collect(ctx, fleet, one) }),
		calling(CollectMany, calls/many, many, func() error { return collect(ctx, fleet, all) }),
		calling(CheckOne, calls, 1, func() error { return fleet.Check(ctx)[0].Err }),
		calling(CollectHere, calls, 1, func() error { return collect(ctx, here, one) }),
	)
}

func collect(ctx context.Context, fleet *connectors.Fleet, queries []fact.Query) error {
	set := fleet.Collect(ctx, queries)
	if len(set.Results) != len(queries) {
		return fmt.Errorf("%d answers to %d queries", len(set.Results), len(queries))
	}
	for _, r := range set.Results {
		if r.Failed() || r.Value.Value != 7 || r.Link != answered {
			return fmt.Errorf("the connector answers %v with %v, %v", r.Query, r.Value, r.Failure)
		}
	}
	return nil
}

// calling is a turn of n calls, each of which does so many units of work.
func calling(name string, n int, units float64, call func() error) measure.Turn {
	return func() (map[string]measure.Cost, error) {
		times := make([]time.Duration, n)
		for i := range times {
			start := time.Now()
			if err := call(); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			times[i] = time.Since(start)
		}
		slices.Sort(times)
		return map[string]measure.Cost{name: {Nanoseconds: float64(times[n/2]) / units}}, nil
	}
}
