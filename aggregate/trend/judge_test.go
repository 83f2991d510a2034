package trend

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"
)

// month is a frame of 30 days that begins on a Monday.
var month = Frame{Start: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), Step: day, N: 30, Recent: 3}

// of makes a group of counts from the first interval on.
func of(counts ...int) Group {
	g := Group{}
	for i, n := range counts {
		if n > 0 {
			g.Counts = append(g.Counts, Count{int32(i), int32(n)})
			g.Hours += min(n, 24)
		}
	}
	return g
}

// times repeats a count.
func times(n, count int) []int { return slices.Repeat([]int{count}, n) }

func join(parts ...[]int) Group { return of(slices.Concat(parts...)...) }

func TestKinds(t *testing.T) {
	f := func(name string, f Frame, g Group, want Kind, onset int) Verdict {
		t.Helper()
		v := Judge(f, []Group{g}, 1)[0]
		if v.Kind != want || v.OnsetIndex != onset {
			t.Errorf("%s: %s at %d, want %s at %d: %+v", name, v.Kind, v.OnsetIndex, want, onset, v)
		}
		return v
	}
	with := func(g Group, change func(g *Group)) Group {
		change(&g)
		return g
	}
	even := times(30, 10)

	// The spike is the days around its peak, not all from the first that is high.
	quarter := Frame{Start: month.Start, Step: day, N: 90, Recent: 12}
	past := []int{4, 5, 3, 6, 4}
	if v := f("one day after busy ones", quarter, join(slices.Repeat(past, 15), times(3, 4), []int{5, 14, 8, 6, 12, 6, 3, 8, 6, 9, 60, 1}), Spike, 88); v.RecentPerDay != 60 || v.RatioLow < leastSpike {
		t.Errorf("rates of other days: %+v", v)
	}
	f("a day between two high ones", quarter, join(slices.Repeat(past, 15), times(11, 4), []int{50, 9, 60, 4}), Spike, 86)

	f("the same each day", month, of(even...), Steady, -1)
	f("nothing", month, Group{}, Sporadic, -1)
	f("nine events", month, join(times(9, 1), times(21, 0)), Sporadic, -1)
	f("four days of past", month, join([]int{5, 5, 5, 5}, times(26, 0)), Sporadic, -1)

	v := f("new", month, join(times(27, 0), []int{4, 8, 6}), New, 27)
	if v.RecentPerDay != 6 || v.BaselinePerDay != 0 || !math.IsNaN(v.Ratio) || v.P > 1e-15 || v.Q > maxQ {
		t.Errorf("new: %+v", v)
	}
	f("new, six days ago", month, join(times(24, 0), times(6, 8)), New, 24)
	f("not so new, seven days ago", month, join(times(23, 0), times(7, 8)), Sporadic, -1)
	f("new, nine events", month, join(times(27, 0), []int{3, 3, 3}), Sporadic, -1)
	f("new, within one hour", month, with(join(times(29, 0), []int{50}), func(g *Group) { g.Hours = 1 }), Sporadic, -1)
	f("new in the cut interval at the end", month, Group{Tail: 40, Hours: 2}, New, 30)
	f("was there before the first interval", month, with(join(times(27, 0), []int{4, 8, 6}), func(g *Group) { g.Head = 1 }), Sporadic, -1)
	f("the trail begins with it", month, with(join(times(27, 0), []int{4, 8, 6}), func(g *Group) { g.Begin = 27 }), Sporadic, -1)
	f("the trail begins a working week before", month, with(join(times(27, 0), []int{4, 8, 6}), func(g *Group) { g.Begin = 22 }), New, 27)
	f("the time before was not seen", month, with(join(times(27, 0), []int{4, 8, 6}), func(g *Group) {
		g.Unseen = append(slices.Repeat([]bool{true}, 25), false, false)
	}), Sporadic, -1)

	v = f("stopped", month, join(times(25, 10), times(5, 0)), Stopped, 25)
	if v.RecentPerDay != 0 || !near(v.BaselinePerDay, 10, 0.5) || v.Ratio != 0 || v.RatioLow != 0 || v.RatioHigh < 0.01 || v.RatioHigh > 0.5 {
		t.Errorf("stopped: %+v", v)
	}
	f("came again in the cut interval at the end", month, with(join(times(25, 10), times(5, 0)), func(g *Group) { g.Tail = 1 }), Steady, -1)
	f("silent, but nobody looked", month, with(join(times(25, 10), times(5, 0)), func(g *Group) {
		g.Unseen = append(make([]bool, 25), true, true, true, true, true)
	}), Steady, -1)
	f("two silent days", month, join(times(28, 10), times(2, 0)), Steady, -1)
	f("was silent for as long before", month, join(times(10, 10), times(4, 0), times(11, 10), times(5, 0)), Steady, -1)
	f("a burst of a week, long ago", month, join(times(8, 0), times(7, 30), times(15, 0)), Sporadic, -1)
	f("one burst ever", month, join(times(8, 0), []int{200}, times(21, 0)), Sporadic, -1)

	v = f("spike on the last day", month, join(times(29, 10), []int{80}), Spike, 29)
	if v.RecentPerDay != 80 || !near(v.Ratio, 8, 0.5) || v.RatioLow < 2 || v.RatioHigh > 30 || v.RatioLow > v.Ratio || v.Ratio > v.RatioHigh {
		t.Errorf("spike: %+v", v)
	}
	f("spike on the last but one", month, join(times(28, 10), []int{80, 10}), Spike, 28)
	f("spike of three days", month, join(times(27, 10), times(3, 60)), Spike, 27)
	f("spike before the recent time", month, join(times(20, 10), []int{80}, times(9, 10)), Steady, -1)
	f("two and a half times", month, join(times(29, 10), []int{25}), Steady, -1)
	long := month
	long.N, long.Recent = 90, 9
	f("one day of nine", long, join(times(84, 10), []int{80}, times(5, 10)), Spike, 84)

	var up, down []int
	for i := range 30 {
		up, down = append(up, 3+i), append(down, 32-i)
	}
	f("rising", month, of(up...), Rising, -1)
	f("falling", month, of(down...), Falling, -1)
	var little []int
	for i := range 30 {
		little = append(little, 100+2*i)
	}
	f("rising by less than two times", month, of(little...), Steady, -1)

	office := []int{20, 21, 19, 20, 22, 0, 0}
	f("asleep at weekends, ends on a Sunday", Frame{month.Start, day, 28, 3}, join(office, office, office, office), Steady, -1)
	f("three events on a Sunday", Frame{month.Start, day, 28, 3}, join(office, office, office, []int{20, 21, 19, 20, 22, 0, 3}), Steady, -1)

	hours := Frame{Start: month.Start, Step: time.Hour, N: 96, Recent: 10}
	night := join(times(8, 0), times(12, 9), times(12, 0), times(12, 9), times(12, 0), times(12, 9), times(12, 0), times(4, 9), times(12, 0))
	f("a quiet night", hours, night, Steady, -1)
	f("hours: new", hours, join(times(90, 0), times(6, 9)), New, 90)
	f("hours: a day is too little for new", Frame{month.Start, time.Hour, 24, 2}, join(times(22, 0), times(2, 9)), Sporadic, -1)
}

// A verdict is of the group, whatever its neighbours in the list and how many
// workers there are.
func TestOrderAndWorkersChangeNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	f := month
	var groups []Group
	for i := range 600 {
		g := drawGroup(r, f, []string{"", "", "", "new", "stopped", "spike", "rising", "falling"}[i%8])
		switch i % 11 {
		case 1:
			g.Begin = r.IntN(f.N)
		case 2:
			g.Unseen = make([]bool, f.N)
			g.Unseen[r.IntN(f.N)] = true
		case 3:
			g.Head, g.Tail = r.IntN(3), r.IntN(3)
		}
		groups = append(groups, g)
	}
	want := Judge(f, groups, 1)
	kinds := map[Kind]int{}
	for _, v := range want {
		kinds[v.Kind]++
	}
	if len(kinds) != 7 {
		t.Errorf("not every kind is among %v", kinds)
	}
	for _, workers := range []int{0, 2, 8} {
		order := r.Perm(len(groups))
		shuffled := make([]Group, len(groups))
		for i, j := range order {
			shuffled[i] = groups[j]
		}
		for i, v := range Judge(f, shuffled, workers) {
			// (NaN equals nothing, so compare what is printed.)
			if fmt.Sprint(v) != fmt.Sprint(want[order[i]]) {
				t.Fatalf("%d workers, group %d: %+v, want %+v", workers, order[i], v, want[order[i]])
			}
		}
	}
}

func TestJudgeChangesNothing(t *testing.T) {
	g := []Group{join(times(25, 10), times(5, 0))}
	Judge(month, g, 4)
	if !reflect.DeepEqual(g, []Group{join(times(25, 10), times(5, 0))}) {
		t.Error("the group was changed")
	}
	if v := Judge(month, nil, 4); len(v) != 0 {
		t.Error("verdicts of nothing")
	}
}

// check fails on a verdict that no reader could use.
func check(t *testing.T, f Frame, v Verdict) {
	t.Helper()
	for _, x := range []float64{v.RecentPerDay, v.BaselinePerDay, v.P, v.Q} {
		if math.IsNaN(x) || math.IsInf(x, 0) || x < 0 {
			t.Fatalf("%+v of %+v", v, f)
		}
	}
	if v.P > 1 || v.Q > 1 || v.Intervals < 0 || v.OnsetIndex < -1 || v.OnsetIndex > max(f.N, 0) {
		t.Fatalf("%+v of %+v", v, f)
	}
	if (v.BaselinePerDay == 0) != math.IsNaN(v.Ratio) || math.IsNaN(v.Ratio) != math.IsNaN(v.RatioLow) || math.IsNaN(v.Ratio) != math.IsNaN(v.RatioHigh) {
		t.Fatalf("%+v of %+v", v, f)
	}
	if !math.IsNaN(v.Ratio) && (math.IsInf(v.RatioHigh, 0) || v.RatioLow < 0 || v.RatioHigh < v.RatioLow) {
		t.Fatalf("%+v of %+v", v, f)
	}
	switch v.Kind {
	case New, Stopped, Spike:
		if v.OnsetIndex < 0 {
			t.Fatalf("no onset: %+v", v)
		}
	case Rising, Falling, Steady, Sporadic:
		if v.OnsetIndex != -1 {
			t.Fatalf("an onset: %+v", v)
		}
	default:
		t.Fatalf("kind %q", v.Kind)
	}
}

func TestHostile(t *testing.T) {
	const most = math.MaxInt32
	groups := []Group{
		{}, of(0), of(1), of(most), of(times(30, most)...), join(times(29, 1), []int{most}), join([]int{most}, times(29, 1)),
		join(times(20, most), times(10, 0)), join(times(27, 0), times(3, most)),
		{Counts: []Count{{-5, 7}, {3, -2}, {2, 9}, {2, 9}, {most, 1}}, Begin: -3, Head: -1, Tail: -1, Hours: -1},
		{Counts: []Count{{1, 1}}, Begin: 1000, Unseen: slices.Repeat([]bool{true}, 2000), Head: most, Tail: most, Hours: most},
	}
	for _, n := range []int{-1, 0, 1, 2, 5, 13, 30, 400} {
		for _, step := range []time.Duration{day, time.Hour, 7 * day, 0, -1, 1} {
			for _, recent := range []int{-1, 0, 1, 3, 30, most} {
				f := Frame{Start: month.Start, Step: step, N: n, Recent: recent}
				for _, v := range Judge(f, groups, 2) {
					check(t, f, v)
				}
				for i := range groups {
					check(t, f, Judge(f, groups[i:i+1], 1)[0])
				}
			}
		}
	}
}

func FuzzJudge(f *testing.F) {
	f.Add(30, 3, 0, 0, 0, int64(day), []byte{10, 10, 10, 0, 0, 200, 0, 10})
	f.Add(96, 9, 5, 1, 1, int64(time.Hour), []byte("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\x00\x00\x00\x00\x00\x00\xff"))
	f.Fuzz(func(t *testing.T, n, recent, begin, head, tail int, step int64, counts []byte) {
		frame := Frame{Start: month.Start, Step: time.Duration(step), N: n % 1000, Recent: recent}
		g := Group{Begin: begin, Head: head % 1000, Tail: tail % 1000, Hours: len(counts)}
		for i, c := range counts {
			switch {
			case c == 255:
				g.Unseen = append(g.Unseen, slices.Repeat([]bool{false}, max(0, i-len(g.Unseen)))...)
				g.Unseen = append(g.Unseen, true)
			case c >= 250:
				g.Counts = append(g.Counts, Count{int32(i), math.MaxInt32 >> (c - 250)})
			case c > 0:
				g.Counts = append(g.Counts, Count{int32(i), int32(c)})
			}
		}
		two := Judge(frame, []Group{g, of(times(30, 9)...)}, 2)
		check(t, frame, two[0])
		check(t, frame, two[1])
	})
}

func TestDefaultRecent(t *testing.T) {
	f := func(window, step time.Duration, want int) {
		t.Helper()
		if got := DefaultRecent(window, step); got != want {
			t.Errorf("DefaultRecent(%v, %v) = %d, want %d", window, step, got, want)
		}
	}
	f(30*day, day, 3)
	f(90*day, day, 9)
	f(7*day, day, 3)
	f(24*time.Hour, time.Hour, 2)
	f(6*day, time.Hour, 14)
	f(time.Hour, time.Hour, 1)
	f(0, 0, 1)
}
