package trend

// memory is what a worker uses again for each group.
type memory struct {
	s             series
	t, y, scratch []float64
}
