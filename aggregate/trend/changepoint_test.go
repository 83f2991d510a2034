package trend

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// events draws the times of some groups whose rate jumps at a moment, hour by
// hour as docs/statistics.md describes.
func events(r *rand.Rand, groups int, from, to, jump int64, times float64) (list []int64) {
	for range groups {
		mean := 8 * math.Pow(6, r.Float64())
		shape := 0.3 * math.Pow(8/0.3, r.Float64())
		gamma := distuv.Gamma{Alpha: shape, Beta: shape, Src: r}
		for h := from; h < to; h += hourMicros {
			rate := mean / 24 * gamma.Rand()
			if o := hourOf(h); o < 8 || o >= 20 {
				rate *= 0.4
			} else {
				rate *= 1.6
			}
			most := rate * max(1, times)
			n := distuv.Poisson{Lambda: most, Src: r}.Rand()
			for range int(n) {
				t := h + r.Int64N(hourMicros)
				now := rate
				if t >= jump {
					now *= times
				}
				if r.Float64() < now/most {
					list = append(list, t)
				}
			}
		}
	}
	slices.Sort(list)
	return list
}

// Half of the onsets of groups that jumped together to eight times
// their past lie within minutes of the truth, and nearly all bounds hold it.
func TestChangePointOfGroups(t *testing.T) {
	f := func(groups int, half, most float64) {
		t.Helper()
		r := rand.New(rand.NewPCG(1, 2))
		var off []float64
		runs := 100
		if testing.Short() {
			runs = 30 // the race detector is slow
		}
		held := 0
		for range runs {
			from := int64(20000) * dayMicros
			to := from + 30*dayMicros
			jump := to - dayMicros/4 - r.Int64N(2*dayMicros)
			times := events(r, groups, from, to, jump, 8)
			at, lo, hi, ok := ChangePoint(times, from, to)
			if !ok || lo > at || at > hi {
				t.Errorf("%d groups: %d, %d, %d, %v", groups, lo, at, hi, ok)
				continue
			}
			if _, found := slices.BinarySearch(times, at); !found {
				t.Errorf("%d is not the time of an event", at)
			}
			off = append(off, math.Abs(float64(at-jump))/float64(hourMicros)*60)
			if lo <= jump && jump <= hi {
				held++
			}
		}
		slices.Sort(off)
		if off[len(off)/2] > half || off[len(off)*9/10] > most || held < runs*90/100 {
			t.Errorf("%d groups: half are off by at most %.0f minutes, nine tenths by %.0f, %d of %d within bounds", groups, off[len(off)/2], off[len(off)*9/10], held, runs)
		}
	}
	f(3, 15, 180)
	f(10, 4, 30)
}

const dayMicros = 24 * hourMicros

func TestChangePoint(t *testing.T) {
	every := func(from, to, step int64) (list []int64) {
		for x := from; x < to; x += step {
			list = append(list, x)
		}
		return list
	}
	within := int64(0)
	f := func(name string, times []int64, from, to, want int64, wantOK bool) {
		t.Helper()
		at, lo, hi, ok := ChangePoint(times, from, to)
		if ok != wantOK || ok && (at < want || at > want+within || lo > at || hi < at || lo < from || hi >= to) {
			t.Errorf("%s: %d in %d to %d, %v, want %d, %v", name, at, lo, hi, ok, want, wantOK)
		}
	}
	slow, fast := hourMicros, hourMicros/8
	f("eight times", slices.Concat(every(0, dayMicros, slow), every(dayMicros, 2*dayMicros, fast)), 0, 2*dayMicros, dayMicros, true)
	f("before 1970", slices.Concat(every(-5*dayMicros, -dayMicros, slow), every(-dayMicros, 0, fast)), -5*dayMicros, 0, -dayMicros, true)
	f("out of nothing", every(dayMicros, 2*dayMicros, fast), 0, 2*dayMicros, dayMicros, true)
	f("none", nil, 0, dayMicros, 0, false)
	f("five events", every(0, 5, 1), 0, dayMicros, 0, false)
	f("even", every(0, 9*dayMicros, slow), 0, 9*dayMicros, 0, false)
	f("down", slices.Concat(every(0, dayMicros, fast), every(dayMicros, 2*dayMicros, slow)), 0, 2*dayMicros, 0, false)
	f("all at once", make([]int64, 50), -dayMicros, dayMicros, 0, false)
	f("an empty window", every(0, 50, 1), 9, 9, 0, false)
	f("a window the wrong way", every(0, 50, 1), 9, 3, 0, false)
	f("the events around do not count", slices.Concat(every(0, dayMicros, fast), every(dayMicros, 2*dayMicros, slow), every(2*dayMicros, 3*dayMicros, fast), every(3*dayMicros, 4*dayMicros, fast/8)),
		dayMicros, 3*dayMicros, 2*dayMicros, true)

	// Each morning events come ten times as fast as by night, and that is no
	// change; one evening they begin to come ten times as fast as they use to.
	var week []int64
	for d := range int64(9) {
		week = append(week, every(d*dayMicros, d*dayMicros+8*hourMicros, slow)...)
		week = append(week, every(d*dayMicros+8*hourMicros, d*dayMicros+20*hourMicros, slow/10)...)
		if d < 8 {
			week = append(week, every(d*dayMicros+20*hourMicros, (d+1)*dayMicros, slow)...)
		}
	}
	f("mornings", week, 0, 9*dayMicros, 0, false)
	week = append(week, every(8*dayMicros+20*hourMicros, 9*dayMicros+8*hourMicros, slow/10)...)
	week = append(week, every(9*dayMicros+8*hourMicros, 9*dayMicros+20*hourMicros, slow/100)...)
	within = hourMicros // hours borrow from the hours around
	f("an evening", week, 0, 9*dayMicros+20*hourMicros, 8*dayMicros+20*hourMicros, true)
}

func FuzzChangePoint(f *testing.F) {
	f.Add(int64(0), int64(1<<50), []byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 200, 0, 0})
	f.Fuzz(func(t *testing.T, from, to int64, steps []byte) {
		// (Years beyond the calendar would take as long as they last.)
		from %= 1 << 50
		to = from + (to-from)%(1<<45)
		var times []int64
		now := from
		for _, b := range steps {
			now += int64(b) * int64(b) * 1e6
			times = append(times, now)
		}
		at, lo, hi, ok := ChangePoint(times, from, to)
		if ok && (lo > at || at > hi || lo < from || hi >= to || !slices.Contains(times, at)) {
			t.Fatalf("%d in %d to %d of %d to %d", at, lo, hi, from, to)
		}
	})
}
