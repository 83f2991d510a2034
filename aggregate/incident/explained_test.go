package incident

import (
	"fmt"
	"testing"
)

// few are n events from a time on, a minute apart.
func few(n int, at int64) (times []int64) {
	for i := range n {
		times = append(times, at+int64(i)*minute)
	}
	return times
}

// find returns the incidents as KEY GROUPS CHANGES.
func (w *world) find(end int64, changes ...Change) (out []string) {
	for _, in := range Find(month, end, w.groups, Changes{changes, 6 * hour}) {
		out = append(out, fmt.Sprintf("%s %v %v", in.Key.Value, in.Groups, in.Changes))
	}
	return out
}

func check(t *testing.T, name string, got []string, want ...string) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s: got %q, want %q", name, got, want)
	}
}

func TestExplained(t *testing.T) {
	end := on(20, 10, 17, 0)
	at := on(20, 4, 0, 0)

	w := newWorld(1)
	w.background(40)
	n := w.add(few(4, at+5*minute), "1 bucket x")
	w.add(few(4, on(12, 4, 0, 0)), "1 bucket y")
	check(t, "no change", w.find(end))
	check(t, "four events of today, five minutes after a change", w.find(end, Change{At: at, Groups: []int{n}}), fmt.Sprintf("bucket x [%d] [0]", n))
	check(t, "three events", (&world{groups: []Group{{Times: few(3, at+minute), Keys: []Key{{Value: "x"}}}}}).find(end, Change{At: at, Groups: []int{0}}))
	check(t, "a change hours before", w.find(end, Change{At: at - 5*hour, Groups: []int{n}}))
	check(t, "a change after the start", w.find(end, Change{At: at + 5*minute + 1, Groups: []int{n}}))
	check(t, "a change that could not cause it", w.find(end, Change{At: at}))

	// Two roles lose two policies five minutes apart.
	w = newWorld(2)
	for i := range 6 {
		start := at + int64(i/3)*5*minute + minute
		w.add(few(10, start), fmt.Sprintf("2 role %d", i/3), "3*account")
	}
	check(t, "two changes", w.find(end, Change{At: at, Groups: []int{0, 1, 2}}, Change{At: at + 5*minute, Groups: []int{3, 4, 5}}),
		"role 0 [0 1 2] [0]", "role 1 [3 4 5] [1]")

	// The nearest of two changes that both could have caused it explains it.
	w = newWorld(3)
	for i := range 3 {
		w.add(few(10, at+minute), "1 bucket", fmt.Sprintf("2 role %d", i))
		w.groups[i].Source = fmt.Sprint(i)
	}
	check(t, "decoys", w.find(end, Change{At: at - 3*hour, Groups: []int{0, 1, 2}}, Change{At: at, Groups: []int{0, 1, 2}},
		Change{At: at + 3*minute, Groups: []int{0, 1, 2}}), "bucket [0 1 2] [1]")

	// A group that is denied now and then starts again by chance.
	w = newWorld(4)
	var often []int64
	for d := 1; d <= 20; d += 2 {
		often = append(often, few(4, on(d, 4, 5, 0))...)
	}
	often = append(often, few(4, at+5*minute)...)
	w.add(often, "1 bucket x")
	check(t, "one more start", w.find(end, Change{At: at, Groups: []int{0}}))
	check(t, "the same, unlikely", w.find(end, Change{At: at, Groups: []int{0}, Unlikely: []int{0}}))
}

// What is over within the hour is no incident, unless many groups have a part in it.
func TestHolds(t *testing.T) {
	at := on(12, 9, 0, 0)
	f := func(want int, groups int, times func(i int) []int64) {
		t.Helper()
		w := newWorld(1)
		for i := range groups {
			w.add(times(i), "1 bucket")
		}
		if got := w.find(on(31, 0, 0, 0)); len(got) != want {
			t.Errorf("%d groups: got %q", groups, got)
		}
	}
	f(0, 5, func(i int) []int64 { return few(20, at+int64(i)*minute) })
	f(1, manyGroups, func(i int) []int64 { return few(20, at+int64(i)*minute) })
	f(1, 5, func(i int) (times []int64) {
		for h := range int64(30) {
			times = append(times, at+h*hour+int64(i)*minute)
		}
		return times
	})
}
