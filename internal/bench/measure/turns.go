package measure

import "slices"

// Turn measures work that cannot be repeated in a loop of this process, such as
// the start of another, and returns what it cost by name.
type Turn func() (map[string]Cost, error)

// Turns lets the turns take turns, round by round, and returns the median of
// each quantity by name, with the quartiles around it.
func Turns(rounds int, turns ...Turn) (map[string]Cost, error) {
	seen := map[string][]Cost{}
	for range rounds {
		for _, turn := range turns {
			costs, err := turn()
			if err != nil {
				return nil, err
			}
			for name, c := range costs {
				seen[name] = append(seen[name], c)
			}
		}
	}
	medians := make(map[string]Cost, len(seen))
	for name, costs := range seen {
		size := func(c Cost) float64 { return c.Nanoseconds }
		if costs[0].Bytes != 0 {
			size = func(c Cost) float64 { return float64(c.Bytes) }
		}
		medians[name] = Cost{
			Nanoseconds: quartile(costs, 2, func(c Cost) float64 { return c.Nanoseconds }),
			Allocations: quartile(costs, 2, func(c Cost) int64 { return c.Allocations }),
			Bytes:       quartile(costs, 2, func(c Cost) int64 { return c.Bytes }),
			Low:         quartile(costs, 1, size),
			High:        quartile(costs, 3, size),
		}
	}
	return medians, nil
}

// quartile is the first, second or third: of seven rounds the second, the fourth
// and the sixth.
func quartile[T int64 | float64](costs []Cost, which int, of func(Cost) T) T {
	all := make([]T, len(costs))
	for i, c := range costs {
		all[i] = of(c)
	}
	slices.Sort(all)
	return all[which*len(all)/4]
}
