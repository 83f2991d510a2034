package incident

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"trail403/aggregate/trend"
)

var origin = time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)

// month is a frame of 30 days.
var month = trend.Frame{Start: origin, Step: 24 * time.Hour, N: 30, Recent: 3}

// on is a time of the test month, in microseconds.
func on(d, h, m, s int) int64 {
	return origin.Add(time.Duration((d-1)*24+h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second).UnixMicro()
}

// world draws groups.
type world struct {
	rand   *rand.Rand
	groups []Group
}

func newWorld(seed uint64) *world { return &world{rand: rand.New(rand.NewPCG(seed, 403))} }

// events draws times in [from, to) at a mean rate a day, in bursts: a gamma
// factor for each hour, as retries and batch jobs make.
func (w *world) events(from, to int64, perDay, shape float64) (times []int64) {
	gamma := distuv.Gamma{Alpha: shape, Beta: shape, Src: w.rand}
	for h := from; h < to; h += hour {
		length := min(hour, to-h)
		mean := perDay / 24 * gamma.Rand() * float64(length) / float64(hour)
		for range int((distuv.Poisson{Lambda: max(mean, 1e-9), Src: w.rand}).Rand()) {
			times = append(times, h+w.rand.Int64N(length)/second*second)
		}
	}
	slices.Sort(times)
	return times
}

// add adds a group with the keys "RANK name", those with a * being wide.
func (w *world) add(times []int64, keys ...string) int {
	g := Group{Times: times, Begin: on(1, 0, 0, 0)}
	for _, k := range keys {
		key := Key{Rank: int(k[0] - '0'), Value: k[2:]}
		key.Wide = k[1] == '*'
		g.Keys = append(g.Keys, key)
	}
	slices.Sort(g.Times)
	w.groups = append(w.groups, g)
	return len(w.groups) - 1
}

// background adds trendless groups: steady ones, and ones of a few events.
func (w *world) background(n int) {
	for i := range n {
		perDay := math.Exp(w.rand.Float64()*4 - 1) // 0.4 to 20
		if i%3 == 0 {
			perDay = 0.1
		}
		if times := w.events(on(1, 0, 0, 0), on(31, 0, 0, 0), perDay, 0.3+w.rand.Float64()*4); len(times) > 0 {
			w.add(times, fmt.Sprintf("1 bucket %d", i%17), fmt.Sprintf("2 principal %d", i%29), fmt.Sprintf("3*account %d", i%3))
		}
	}
}

func groupsOf(list []Incident) (out []string) {
	for _, in := range list {
		out = append(out, fmt.Sprintf("%s %v", in.Key.Value, in.Groups))
	}
	slices.Sort(out)
	return out
}

// A hundred seeds of trendless groups: an incident in one of them is a false
// alarm.
func TestNothing(t *testing.T) {
	alarms := 0
	for seed := range uint64(100) {
		w := newWorld(seed)
		w.background(100)
		for _, in := range Find(month, on(31, 0, 0, 0), w.groups, Changes{}) {
			alarms++
			if testing.Verbose() {
				at := time.UnixMicro(in.Onset).UTC()
				t.Logf("seed %d: %s since %v", seed, in.Key.Value, at)
				for _, g := range in.Groups {
					days := make([]int, 30)
					for _, x := range w.groups[g].Times {
						days[(x-on(1, 0, 0, 0))/day]++
					}
					t.Logf("   %v", days)
				}
			}
		}
	}
	if alarms > 5 {
		t.Errorf("%d incidents in 10,000 trendless groups", alarms)
	}
}

// Groups that begin together, anywhere in the window, are one incident, named by
// what they share; its onset is the first event.
func TestBegan(t *testing.T) {
	for seed := range uint64(50) {
		w := newWorld(seed)
		w.background(60)
		at := on(6+int(seed%24), int(seed%24), 13, 7)
		end := min(at+4*day, on(31, 0, 0, 0))
		var want []int
		for i := range 6 {
			first := at + int64(i)*3*minute
			want = append(want, w.add(append(w.events(first+minute, end, 8, 2), first), "1 bucket x", fmt.Sprintf("2 caller %d", i), "3*account 0"))
		}
		found := Find(month, on(31, 0, 0, 0), w.groups, Changes{})
		i := slices.IndexFunc(found, func(in Incident) bool { return in.Key.Value == "bucket x" })
		if i < 0 || !slices.Equal(found[i].Groups, want) {
			t.Errorf("seed %d: found %v, want bucket x %v", seed, groupsOf(found), want)
			continue
		}
		if in := found[i]; in.Onset != at || in.Low != at || in.High != at {
			t.Errorf("seed %d: onset %v, want %v", seed, time.UnixMicro(in.Onset).UTC(), time.UnixMicro(at).UTC())
		}
	}
}

// Groups that jump to eight times their past.
func TestJumped(t *testing.T) {
	near, found := 0, 0
	const seeds = 60
	for seed := range uint64(seeds) {
		w := newWorld(seed)
		w.background(60)
		at := on(10+int(seed%18), int(seed%24), 13, 7)
		var want []int
		for range 4 {
			times := append(w.events(on(1, 0, 0, 0), at, 2, 2), w.events(at, on(31, 0, 0, 0), 16, 2)...)
			want = append(want, w.add(times, "0 policy"))
		}
		for _, in := range Find(month, on(31, 0, 0, 0), w.groups, Changes{}) {
			if in.Key.Value != "policy" {
				continue
			}
			if slices.Equal(in.Groups, want) {
				found++
			}
			if in.Onset > at-6*hour && in.Onset < at+6*hour && in.Low <= in.Onset && in.Onset <= in.High {
				near++
			}
		}
	}
	if found < seeds*95/100 || near < seeds*95/100 {
		t.Errorf("of %d incidents %d were found whole, the onset of %d is right to six hours", seeds, found, near)
	}
}

// The most groups win, then the more specific key.
func TestNamed(t *testing.T) {
	f := func(name, want string, groups ...[]string) {
		t.Helper()
		w := newWorld(1)
		for i, keys := range groups {
			first := on(12, 8, 46, i)
			w.add(append(w.events(first, first+2*day, 20, 8), first), keys...)
		}
		if got := fmt.Sprint(groupsOf(Find(month, on(31, 0, 0, 0), w.groups, Changes{}))); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
	f("one role, three buckets", "[role [0 1 2 3]]",
		[]string{"2 role", "4 a"}, []string{"2 role", "4 a"}, []string{"2 role", "4 b"}, []string{"2 role", "4 c"})
	f("one bucket, three roles", "[bucket [0 1 2]]",
		[]string{"1 bucket", "2 a"}, []string{"1 bucket", "2 b"}, []string{"1 bucket", "2 c"})
	f("the same groups: the policy", "[policy [0 1 2]]",
		[]string{"0 policy", "1 bucket", "2 role"}, []string{"0 policy", "1 bucket", "2 role"}, []string{"0 policy", "1 bucket", "2 role"})
	f("one group", "[bucket [0]]", []string{"1 bucket", "2 role"})
	f("two at a time", "[a [0 1] b [2 3]]",
		[]string{"1 a"}, []string{"1 a"}, []string{"1 b"}, []string{"1 b"})
	f("what is wide joins", "[all [0 1 2]]", []string{"2 a", "3*all"}, []string{"2 b", "3*all"}, []string{"2 c", "3*all"})
	f("nothing in common", "[a [0] b [1]]", []string{"2 a"}, []string{"2 b"})
	f("no keys", "[]", nil, nil, nil, nil)
}

// What is not enough, or explained by something else, is no incident.
func TestNoIncident(t *testing.T) {
	f := func(name string, change func(w *world)) {
		t.Helper()
		w := newWorld(7)
		change(w)
		if got := Find(month, on(31, 0, 0, 0), w.groups, Changes{}); len(got) > 0 {
			t.Errorf("%s: got %+v", name, got)
		}
	}
	f("too few events", func(w *world) {
		w.add([]int64{on(12, 1, 0, 0), on(12, 2, 0, 0), on(13, 1, 0, 0)}, "1 x")
		w.add([]int64{on(12, 1, 0, 0), on(12, 2, 0, 0), on(13, 1, 0, 0)}, "1 x")
	})
	f("at the begin of the window", func(w *world) {
		for range 5 {
			w.add(w.events(on(1, 2, 0, 0), on(31, 0, 0, 0), 10, 2), "1 x")
		}
	})
	f("where the trail begins", func(w *world) {
		for range 5 {
			i := w.add(w.events(on(15, 2, 0, 0), on(31, 0, 0, 0), 10, 2), "1 x")
			w.groups[i].Begin = on(15, 0, 0, 0)
		}
	})
	f("behind a gap", func(w *world) {
		unseen := make([]bool, month.N)
		for d := range 10 {
			unseen[d+5] = true
		}
		for range 5 {
			i := w.add(append(w.events(on(1, 0, 0, 0), on(6, 0, 0, 0), 10, 4), w.events(on(16, 0, 0, 0), on(31, 0, 0, 0), 10, 4)...), "1 x")
			w.groups[i].Unseen = unseen
		}
	})
	f("each in its time", func(w *world) {
		for d := range 25 {
			w.add([]int64{on(d+3, 5, 0, 0), on(d+3, 17, 0, 0)}, "1 x")
		}
	})
}

// A stray group that began hours before the others is none of them, and does not
// move the onset.
func TestStray(t *testing.T) {
	w := newWorld(3)
	w.add([]int64{on(12, 3, 0, 0)}, "1 x")
	for range 6 {
		w.add(append(w.events(on(12, 9, 1, 0), on(16, 0, 0, 0), 20, 4), on(12, 9, 0, 0)), "1 x")
	}
	found := Find(month, on(31, 0, 0, 0), w.groups, Changes{})
	if len(found) != 1 || found[0].Onset != on(12, 9, 0, 0) || !slices.Equal(found[0].Groups, []int{1, 2, 3, 4, 5, 6}) {
		t.Errorf("got %+v", found)
	}
}

// The order of the groups changes nothing.
func TestOrder(t *testing.T) {
	w := newWorld(11)
	w.background(80)
	for i := range 5 {
		at := on(20, 9, i, 0)
		w.add(append(w.events(at, on(24, 0, 0, 0), 9, 2), at), "1 x", fmt.Sprintf("2 y%d", i))
	}
	want := Find(month, on(31, 0, 0, 0), w.groups, Changes{})
	if len(want) == 0 {
		t.Fatal("nothing found")
	}
	for range 10 {
		order := w.rand.Perm(len(w.groups))
		shuffled := make([]Group, len(order))
		for to, from := range order {
			shuffled[to] = w.groups[from]
		}
		got := Find(month, on(31, 0, 0, 0), shuffled, Changes{})
		for i := range got {
			for j, g := range got[i].Groups {
				got[i].Groups[j] = order[g]
			}
			slices.Sort(got[i].Groups)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("got %+v\nwant %+v", got, want)
		}
	}
}

// Hours take the place of days in a short window.
func TestHours(t *testing.T) {
	frame := trend.Frame{Start: origin, Step: time.Hour, N: 72, Recent: 7}
	w := newWorld(5)
	for range 5 {
		w.add(w.events(on(1, 0, 0, 0), on(4, 0, 0, 0), 30, 4), "1 y")
	}
	for i := range 4 {
		at := on(3, 7, i, 0)
		w.add(append(w.events(at, on(3, 12, 0, 0), 200, 8), at), "1 x")
	}
	found := Find(frame, frame.Start.Add(time.Duration(frame.N)*frame.Step).UnixMicro(), w.groups, Changes{})
	if len(found) != 1 || found[0].Onset != on(3, 7, 0, 0) || len(found[0].Groups) != 4 {
		t.Errorf("got %+v", found)
	}
	if got := Find(trend.Frame{Start: origin, Step: time.Hour}, 0, w.groups, Changes{}); got != nil {
		t.Errorf("no time at all: got %+v", got)
	}
}

func TestSettle(t *testing.T) {
	w := newWorld(2)
	times := append(w.events(on(1, 0, 0, 0), on(20, 11, 0, 0), 24, 8), w.events(on(20, 11, 3, 0), on(23, 0, 0, 0), 240, 8)...)
	first := times[slices.IndexFunc(times, func(t int64) bool { return t >= on(20, 11, 0, 0) })]
	f := func(want int64, moments ...int64) {
		t.Helper()
		at := on(20, 9, 0, 0)
		if want == 0 {
			want = at
		}
		if got := Settle(times, on(6, 0, 0, 0), on(23, 0, 0, 0), at, on(20, 5, 0, 0), on(20, 14, 0, 0), moments); got != want {
			t.Errorf("%v: got %v, want %v", moments, time.UnixMicro(got).UTC(), time.UnixMicro(want).UTC())
		}
	}
	f(0)
	f(first, on(20, 11, 0, 0))
	f(first, on(20, 6, 0, 0), on(20, 11, 0, 0), on(20, 13, 50, 0)) // the most likely
	f(0, on(20, 5, 0, 0), on(20, 15, 0, 0))                        // beyond
}

// upperTail by its definition as a sum.
func TestUpperTail(t *testing.T) {
	for _, mean := range []float64{0.5, 3, 40} {
		for _, k := range []float64{0.1, 0.5, 3} {
			size := 1 / k
			below := 0.0
			for n := range 200 {
				if got := upperTail(n, mean, k); math.Abs(got-(1-below)) > 1e-9 {
					t.Fatalf("n %d, mean %g, k %g: got %g, want %g", n, mean, k, got, 1-below)
				}
				a, _ := math.Lgamma(float64(n) + size)
				b, _ := math.Lgamma(size)
				c, _ := math.Lgamma(float64(n) + 1)
				below += math.Exp(a - b - c + size*math.Log(size/(size+mean)) + float64(n)*math.Log(mean/(size+mean)))
			}
		}
	}
}

func BenchmarkFind(b *testing.B) {
	w := newWorld(1)
	w.background(10_000)
	b.ReportAllocs()
	for b.Loop() {
		Find(month, on(31, 0, 0, 0), w.groups, Changes{})
	}
}

// Many groups that jump for hours only, mended the same day, are seen in their
// sum: none of them is three times its day.
func TestPooled(t *testing.T) {
	found := 0
	const seeds = 40
	for seed := range uint64(seeds) {
		w := newWorld(seed)
		w.background(60)
		at := on(12+int(seed%15), 7, 29, 0)
		end := at + 8*hour
		var want []int
		for range 7 {
			times := slices.Concat(w.events(on(1, 0, 0, 0), at, 14, 4), w.events(at, end, 8*14, 4), w.events(end, on(31, 0, 0, 0), 14, 4))
			want = append(want, w.add(times, "0 key"))
		}
		for _, in := range Find(month, on(31, 0, 0, 0), w.groups, Changes{}) {
			if in.Key.Value == "key" && len(in.Groups) >= len(want)-1 && in.Onset > at-2*hour && in.Onset < at+2*hour {
				found++
			}
		}
	}
	if found < seeds*9/10 {
		t.Errorf("%d of %d found", found, seeds)
	}
}

// One group that jumps is not joined by those that share its key and had a little
// more than usual that day.
func TestAlone(t *testing.T) {
	for seed := range uint64(20) {
		w := newWorld(seed)
		at := on(25, 6, 0, 0)
		jumps := w.add(slices.Concat(w.events(on(1, 0, 0, 0), on(31, 0, 0, 0), 9, 4), w.events(at, at+12*hour, 200, 8)), "0 x", "3*y")
		for range 8 {
			w.add(w.events(on(1, 0, 0, 0), on(31, 0, 0, 0), 0.5, 2), "0 x", "3*y")
		}
		for _, in := range Find(month, on(31, 0, 0, 0), w.groups, Changes{}) {
			if slices.Contains(in.Groups, jumps) && len(in.Groups) > 2 {
				t.Errorf("seed %d: got %+v", seed, in)
			}
		}
	}
}

// What is late by its own rhythm began by itself, and so do groups of a key that
// begin all the time.
func TestLate(t *testing.T) {
	w := newWorld(4)
	want := []int{}
	for i := range 4 {
		at := on(12, 9, i, 0)
		want = append(want, w.add(append(w.events(at, on(18, 0, 0, 0), 40, 4), at), "0 policy"))
	}
	w.add(append(w.events(on(13, 15, 0, 0), on(31, 0, 0, 0), 60, 4), on(13, 15, 0, 0)), "0 policy") // often, and a day later
	for d := range 24 {
		w.add([]int64{on(4+d, 17, 0, 0)}, "0 policy")
	}
	found := Find(month, on(31, 0, 0, 0), w.groups, Changes{})
	if len(found) == 0 || !slices.Equal(found[0].Groups, want) {
		t.Errorf("got %+v", found)
	}
}
