package trend

import "math"

// total adds numbers in fixed point, so that the sum does not depend on their order.
// With floating point numbers, the last digits would.
type total struct{ fixed int64 }

const (
	fixedUnit  = 1 << 28
	fixedLimit = 256 // of one number; 2^27 of them fit
)

func (t *total) add(v float64) {
	t.fixed += int64(math.Round(max(-fixedLimit, min(fixedLimit, v)) * fixedUnit))
}

func (t *total) sum() float64 { return float64(t.fixed) / fixedUnit }
