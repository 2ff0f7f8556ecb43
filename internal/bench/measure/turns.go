package measure

import "slices"

// Turn measures work that cannot be repeated in a loop of this process, such as
// the start of another, and returns what it cost by name.
type Turn func() (map[string]Cost, error)

// Turns lets the turns take turns, round by round, and returns the median of
// each quantity by name.
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
		medians[name] = Cost{
			Nanoseconds: median(costs, func(c Cost) float64 { return c.Nanoseconds }),
			Allocations: median(costs, func(c Cost) int64 { return c.Allocations }),
			Bytes:       median(costs, func(c Cost) int64 { return c.Bytes }),
		}
	}
	return medians, nil
}

func median[T int64 | float64](costs []Cost, of func(Cost) T) T {
	all := make([]T, len(costs))
	for i, c := range costs {
		all[i] = of(c)
	}
	slices.Sort(all)
	return all[len(all)/2]
}
