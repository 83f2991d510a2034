package trend

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// What is skipped of a series changes no verdict: a group of which everything was seen
// is judged as one whose intervals are all marked as seen.
func TestSkip(t *testing.T) {
	random := rand.New(rand.NewPCG(403, 7))
	for _, f := range []Frame{
		{Start: time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), Step: day, N: 60, Recent: 6},
		{Start: time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), Step: day, N: 5, Recent: 9},
		{Start: time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), Step: time.Hour, N: 100, Recent: 10},
	} {
		var skipped, read []Group
		for range 2000 {
			g := Group{Begin: random.IntN(f.N+3) - 1, Hours: random.IntN(5)}
			if random.IntN(3) == 0 {
				g.Begin = 0
			}
			if random.IntN(4) == 0 {
				g.Head = random.IntN(9)
			}
			if random.IntN(4) == 0 {
				g.Tail = random.IntN(9)
			}
			share := random.Float64()
			for i := range f.N {
				if random.Float64() < share*share {
					g.Counts = append(g.Counts, Count{int32(i), 1 + int32(random.IntN(4))})
				}
			}
			skipped = append(skipped, g)
			g.Unseen = []bool{}
			read = append(read, g)
		}
		got, want := Judge(f, skipped, 2), Judge(f, read, 2)
		for i := range got {
			if !same(got[i], want[i]) {
				t.Fatalf("%+v in %+v:\n got %+v\nwant %+v", skipped[i], f, got[i], want[i])
			}
		}
	}
}

func same(a, b Verdict) bool {
	list := func(v Verdict) []float64 {
		return []float64{v.RecentPerDay, v.BaselinePerDay, v.Ratio, v.RatioLow, v.RatioHigh, v.P, v.Q}
	}
	equal := slices.EqualFunc(list(a), list(b), func(x, y float64) bool {
		return x == y || math.IsNaN(x) && math.IsNaN(y)
	})
	return equal && a.Kind == b.Kind && a.OnsetIndex == b.OnsetIndex && a.Intervals == b.Intervals
}
