package trend

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// weeks are two weeks of days before, and one after.
var weeks = Frame{Start: time.Date(2026, 10, 5, 0, 0, 0, 0, time.UTC), Step: day, N: 21, Recent: 7}

// drawn is a group with independent counts around the mean of each interval.
func drawn(r *rand.Rand, f Frame, mean func(i int) float64) (g Group) {
	for i := range f.N {
		n := int32(math.Round(mean(i) + math.Sqrt(mean(i))*r.NormFloat64()))
		if n > 0 {
			g.Counts = append(g.Counts, Count{int32(i), n})
		}
	}
	return g
}

func TestBetween(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	step := func(before, after float64) func(int) float64 {
		return func(i int) float64 {
			if i < weeks.N-weeks.Recent {
				return before
			}
			return after
		}
	}
	groups := []Group{
		drawn(r, weeks, step(20, 200)),
		drawn(r, weeks, step(200, 20)),
		drawn(r, weeks, step(50, 50)),
		drawn(r, weeks, step(40, 0)),
		drawn(r, weeks, step(40, 43)),
		{Counts: []Count{{Index: 1, N: 1}, {Index: 19, N: 4}}}, // four times as many of almost nothing
		drawn(r, weeks, step(0, 50)),                           // nothing came before
	}
	want := []Direction{Louder, Quieter, "", Quieter, "", "", ""}
	for i, d := range Between(weeks, groups, 2) {
		if d.Direction != want[i] {
			t.Errorf("group %d: got %+v, want direction %q", i, d, want[i])
		}
	}
	if d := Between(weeks, groups, 1); math.Abs(d[0].Ratio-10) > 2 || d[0].RatioLow > d[0].Ratio ||
		d[3].AfterPerDay != 0 || !math.IsNaN(d[6].P) {
		t.Errorf("got %+v", d)
	}
}

// Groups that only follow the working week are neither louder nor quieter on a weekend.
func TestBetweenWeekend(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	f := Frame{Start: time.Date(2026, 10, 5, 0, 0, 0, 0, time.UTC), Step: day, N: 28, Recent: 2} // ends on a Sunday
	var groups []Group
	for range 20 {
		groups = append(groups, drawn(r, f, func(i int) float64 {
			if i%7 >= 5 {
				return 10
			}
			return 100
		}))
	}
	for i, d := range Between(f, groups, 1) {
		if d.Direction != "" {
			t.Errorf("group %d: got %+v", i, d)
		}
	}
}

// Chance alone names hardly any of a thousand groups.
func TestBetweenByChance(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var groups []Group
	for range 1000 {
		level := math.Exp(4 * r.Float64())
		groups = append(groups, drawn(r, weeks, func(int) float64 { return level * math.Exp(0.5*r.NormFloat64()) }))
	}
	wrong := 0
	for _, d := range Between(weeks, groups, 2) {
		if d.Direction != "" {
			wrong++
		}
	}
	if wrong > 2 {
		t.Errorf("%d of %d groups are said to differ", wrong, len(groups))
	}
}
