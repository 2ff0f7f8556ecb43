package stats

// Normal is the approximation, whatever the sizes.
func Normal(x, y []float64) (less, greater float64) {
	r := rank(x, y)
	return r.normal()
}
