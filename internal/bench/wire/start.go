package wire

import (
	"context"
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/internal/bench/measure"
)

// Names of the starts, of pinned programs and of this program by its own name.
// Each ends when the connectors are configured. The last two are with Close.
const (
	StartOne      = "StartOne"
	StartFour     = "StartFour"
	StartOneSelf  = "StartOneSelf"
	StartFourSelf = "StartFourSelf"
	LifeOne       = "LifeOne"
	LifeFour      = "LifeFour"
)

// Start measures cold starts, of one connector and of four at once, three
// times a round: a single start is at the mercy of the machine.
func Start(rounds int) (map[string]measure.Cost, error) {
	pinned, err := pinnedLaunch()
	if err != nil {
		return nil, err
	}
	return measure.Turns(3*rounds,
		starting(StartOne, LifeOne, 1, pinned), starting(StartFour, LifeFour, 4, pinned),
		starting(StartOneSelf, "", 1, selfLaunch()), starting(StartFourSelf, "", 4, selfLaunch()))
}

func starting(started, ended string, n int, launch connectors.Launch) measure.Turn {
	launches := make([]connectors.Launch, n)
	for i := range launches {
		launches[i] = launch
		launches[i].Name = fmt.Sprintf("%s-%d", name, i)
	}
	return func() (map[string]measure.Cost, error) {
		begin := time.Now()
		fleet, err := open(context.Background(), launches...)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", started, err)
		}
		costs := map[string]measure.Cost{started: {Nanoseconds: float64(time.Since(begin))}}
		fleet.Close()
		if ended != "" {
			costs[ended] = measure.Cost{Nanoseconds: float64(time.Since(begin))}
		}
		return costs, nil
	}
}
