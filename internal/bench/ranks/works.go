package ranks

import (
	"errors"
	"math"
	"math/rand/v2"

	"github.com/aclements/go-moremath/stats"

	"github.com/tidegate-go/tidegate/internal/bench/measure"
	ours "github.com/tidegate-go/tidegate/internal/stats"
)

// Names of the work.
const (
	DayTidegate   = "DayTidegate" // two days of a sample each minute: approximated
	DayMoremath   = "DayMoremath"
	TiedTidegate  = "TiedTidegate" // 25 and 25 samples with ties: counted
	TiedMoremath  = "TiedMoremath"
	ExactTidegate = "ExactTidegate" // 50 and 50 samples without ties: counted
	ExactMoremath = "ExactMoremath"
)

// Works are both tests on each of the three pairs of samples.
func Works() []measure.Work {
	var works []measure.Work
	for _, w := range []struct {
		ours, peer string
		x, y       []float64
	}{
		{DayTidegate, DayMoremath, Waits(1440, 1000, 1), Waits(1440, 1030, 2)},
		{TiedTidegate, TiedMoremath, Waits(25, 5, 3), Waits(25, 6, 4)},
		{ExactTidegate, ExactMoremath, Waits(50, 1e15, 5), Waits(50, 1.2e15, 6)},
	} {
		works = append(works,
			measure.Work{Name: w.ours, New: func() (func(), error) {
				if _, ok := ours.MannWhitney(w.x, w.y); !ok {
					return nil, errors.New("the samples are not compared")
				}
				return func() { ours.MannWhitney(w.x, w.y) }, nil
			}},
			measure.Work{Name: w.peer, New: func() (func(), error) {
				_, err := stats.MannWhitneyUTest(w.x, w.y, stats.LocationDiffers)
				return func() { _, _ = stats.MannWhitneyUTest(w.x, w.y, stats.LocationDiffers) }, err
			}})
	}
	return works
}

// Waits are n exponentially distributed times in whole units; the fewer units
// the mean is, the more of them are equal.
func Waits(n int, mean float64, seed uint64) []float64 {
	r := rand.New(rand.NewPCG(seed, 0))
	all := make([]float64, n)
	for i := range all {
		all[i] = math.Round(r.ExpFloat64() * mean)
	}
	return all
}
