package trend

import (
	"math/rand/v2"
	"testing"
	"time"
)

// BenchmarkJudge judges 100,000 groups over 90 days on one core: bursts, a
// working week, and one group in ten that does something.
func BenchmarkJudge(b *testing.B) {
	const groups = 100_000
	f := Frame{Start: time.Date(2026, 8, 3, 0, 0, 0, 0, time.UTC), Step: day, N: 90, Recent: 9}
	list := make([]Group, groups)
	r := rand.New(rand.NewPCG(1, 1))
	for i := range list {
		level := ""
		if i%10 == 0 {
			level = []string{"new", "stopped", "spike", "rising", "falling"}[i/10%5]
		}
		list[i] = drawGroup(r, f, level)
	}
	b.ReportAllocs()
	for b.Loop() {
		Judge(f, list, 1)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/groups, "µs/group")
}

func BenchmarkChangePoint(b *testing.B) {
	const d = 24 * hourMicros
	r := rand.New(rand.NewPCG(1, 1))
	times := make([]int64, 0, 100_000)
	for i := range int64(100_000) {
		t := i * (30 * d / 200_000)
		if i >= 50_000 {
			t = 15*d + (i-50_000)*(2*d/50_000)
		}
		times = append(times, t+r.Int64N(d/100_000))
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, _, ok := ChangePoint(times, 0, 17*d); !ok {
			b.Fatal("no change found")
		}
	}
}
