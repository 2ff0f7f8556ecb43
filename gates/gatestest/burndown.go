package gatestest

import (
	"errors"
	"fmt"
	"math/bits"
	"strconv"
	"time"

	"github.com/tidegate-go/tidegate/gates/probe"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// grain is a day divided by 2¹⁶, a whole number of nanoseconds. Samples that are
// multiples of it apart, a power of two of them, make a line without rounding.
const grain = 24 * time.Hour >> 16

// burnDown sees work that is projected to end around the deadline. It is seen
// that long before the deadline that the work takes a whole number of samples.
func burnDown(s stage, b *probe.BurnDown) ([]situation, error) {
	deadline, err := b.Deadline.StrictEnd()
	if err != nil {
		return nil, err
	}
	n, apart, err := grid(b)
	if err != nil {
		return nil, err
	}
	const ahead = 32 // samples from now to the deadline, and so much work at one a sample
	s.now = deadline.Add(-ahead * apart)
	falls := func(by, left int) []fact.Result { // by so much a sample, to what is left
		r := silent(b.Query, s.now)
		for i := n - 1; i >= 0; i-- {
			r.Samples = append(r.Samples, fact.Sample{At: s.now.Add(-time.Duration(i) * apart), Value: value.Number(left + by*i)})
		}
		return s.people(b.Query, 1, r)
	}
	ends := func(label string, left int) situation {
		return sight(label, clocked(s.now.Add(time.Duration(left)*apart)), falls(1, left)...).
			as(value.Quantity{Value: value.Number((time.Duration(left) * apart).Hours() / 24), Unit: value.Days})
	}
	all := []situation{ends("inside", ahead-1), ends("on deadline", ahead), ends("outside", ahead+1),
		sight("not falling", strconv.Itoa(ahead), falls(0, ahead)...), sight("inside", "nothing left", falls(1, 0)...)}
	late := sight("deadline over", "1 left")
	for _, r := range falls(1, 1) {
		older(&r, s.now.Sub(deadline)) // which makes it younger
		late.ways[0].results = append(late.ways[0].results, r)
	}
	good := all[0].ways[0].results
	gap := good[0].Clone()
	gap.Samples = gap.Samples[len(gap.Samples)/2:]
	all = append(all, sight("half the window", all[0].shown, append([]fact.Result{gap}, good[1:]...)...))
	all = append(all, s.spoils(all[0].shown, []string{"work"}, good...)...)
	nothing := falls(0, 0)[:1]
	all = append(all, sight("vacuous", "0 of 0", s.people(b.Query, 0, nothing...)...))
	for i := range all {
		all[i].now = s.now
	}
	return append(all, late.when(deadline)), nil
}

// grid is how many samples cover the window of the work, and how far apart.
func grid(b *probe.BurnDown) (int, time.Duration, error) {
	window, gap := b.Query.Window.Std(), b.MaxGap.Std()
	if gap == 0 {
		gap = window / 10
	}
	for n := 16; n <= most; n *= 2 {
		grains := uint64(window / time.Duration(n) / grain)
		if surplus := bits.Len64(grains) - 8; surplus > 0 { // few digits, so that squares are not rounded
			grains = grains >> surplus << surplus
		}
		apart := time.Duration(grains) * grain
		if apart > 0 && apart <= gap && window-time.Duration(n-1)*apart <= gap {
			return n, apart, nil
		}
		if apart == 0 {
			return 0, 0, errors.New("its window is too short to be seen in: " + b.Query.Window.String())
		}
	}
	return 0, 0, fmt.Errorf("it takes more than %d samples to cover %s", most, b.Query.Window)
}
