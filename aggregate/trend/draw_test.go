package trend

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"
)

// drawGroup draws the counts of days: mean × working week × a gamma factor, then
// Poisson; half of the groups without a working week. Testdata/trends draws hour
// by hour, and measures; this is for properties and speed.
func drawGroup(r *rand.Rand, f Frame, kind string) Group {
	mean := 2 * math.Pow(30, r.Float64())
	if kind != "" {
		mean = 8 * math.Pow(6, r.Float64())
	}
	shape := 24 * 0.3 * math.Pow(8/0.3, r.Float64())
	gamma := distuv.Gamma{Alpha: shape, Beta: shape, Src: r}
	week := r.IntN(2) == 0
	var g Group
	for i := range f.N {
		rate := mean * gamma.Rand()
		if d := (int(f.Start.Weekday()) + i) % 7; week && (d == 0 || d == 6) {
			rate /= 2
		}
		passed, left := (float64(i)+0.5)/float64(f.N), f.N-1-i
		switch {
		case kind == "new" && left >= 3, kind == "stopped" && left < 5:
			rate = 0
		case kind == "spike" && left == 1:
			rate *= 8
		case kind == "rising":
			rate *= 0.3 + 2.4*passed
		case kind == "falling":
			rate *= 2.7 - 2.4*passed
		}
		if rate <= 0 {
			continue
		}
		if n := int(distuv.Poisson{Lambda: rate, Src: r}.Rand()); n > 0 {
			g.Counts = append(g.Counts, Count{int32(i), int32(n)})
			g.Hours += min(n, 24)
		}
	}
	return g
}
