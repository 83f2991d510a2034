package incident

import (
	"cmp"
	"slices"

	"trail403/aggregate/trend"
)

type finder struct {
	span
	groups []Group
	starts [][]start // of each group
	counts []int32   // per interval: those of the group or sum that is being looked at
	taken  []bool
	reach  int64 // how long after a change its first event may come
	curves map[Key]curve
	spent  map[moment]bool // the moments of a key's sum that led to nothing
	sums   map[Key]*candidate
	seen   []int // the round in which a group was last seen; see dense
	round  int
}

// span is the time in which incidents are looked for, and the lengths of time that
// matter there, in microseconds.
type span struct {
	from, to int64
	n        int     // intervals that start within the span
	part     float64 // the share of the last interval that lies within the span
	step     int64
	quiet    int64 // the shortest silence before the first event of a group that starts
	together int64 // the longest time between the starts of one incident
	near     int64 // the same where the groups share only a wide key
	early    int64 // for how long the starts of an incident are strong: its first days
	past     int64 // how long the time is that shows the level before
	hours    int   // in how many different hours an incident has events, at least
}

const (
	microsecond = 1
	second      = 1_000_000 * microsecond
	minute      = 60 * second
	hour        = 60 * minute
	day         = 24 * hour
)

// spanOf returns the lengths for a window that is judged by days, or for one that is
// judged by hours.
func spanOf(f trend.Frame, end int64) span {
	s := span{from: f.Start.UnixMicro(), step: f.Step.Microseconds()}
	s.to = max(s.from+int64(f.N)*s.step, end)
	if s.step > 0 {
		s.n = int((s.to - s.from + s.step - 1) / s.step)
		s.part = float64(s.to-s.from)/float64(s.step) - float64(s.n-1)
	}
	if s.step >= day {
		s.quiet, s.together, s.near, s.early, s.past, s.hours = day, 2*day, nearness, 3*day, 14*day, 8
	} else {
		s.quiet, s.together, s.near, s.early, s.past, s.hours = 3*hour, 6*hour, nearness, 12*hour, 3*day, 4
	}
	return s
}

// start is a moment at which a group may have started or jumped.
type start struct {
	at     int64 // the time of the first event, or the start of the interval that jumped
	until  int64 // how long the start is strong
	past   bool  // the group had events before, so it jumped
	strong bool  // too improbable for chance, even alone
	clear  bool  // a jump far above everything that came before
}

// candidate is a set of groups that have a key in common and started together.
type candidate struct {
	key     Key
	members []int // in ascending order
	size    int   // the number of members
	at      int64 // the time of the first start
	until   int64 // the time until which the members' starts are strong
	events  int   // how many events the members have in the first days
	pooled  bool  // true if only the sum of the groups shows the start
}

// better orders candidates. The candidate that explains the most groups comes first,
// then the one with the most specific key, then the one with the most events. A wide
// key comes after every other key that explains several groups. A single group, which
// shares nothing with another, comes last.
func better(a, b *candidate) int {
	return cmp.Or(
		cmp.Compare(a.turn(), b.turn()),
		cmp.Compare(b.size, a.size),
		cmp.Compare(a.key.Rank, b.key.Rank),
		cmp.Compare(b.events, a.events),
		cmp.Compare(a.at, b.at),
		cmp.Compare(a.key.Value, b.key.Value),
	)
}

func (c *candidate) turn() int {
	switch {
	case c.key.Wide:
		return 1
	case c.size == 1:
		return 2
	}
	return 0
}

// curve says how many groups of a key would have started by a given time if the events
// of each group came at one rate all the time. Near the start of the window it is steep.
type curve struct {
	from, step int64
	begun      []float64 // the number of groups at from, from+step, and so on
}

// moment is the time at which the sum of a key's groups jumped.
type moment struct {
	key Key
	at  int64
}

// nearness is how close to each other the onsets of incidents must be for a wide key to
// join them.
const nearness = 10 * minute

func common(a, b []Key) (both []Key) {
	for _, k := range a {
		if slices.Contains(b, k) {
			both = append(both, k)
		}
	}
	return both
}

func compareKeys(a, b Key) int {
	return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.Value, b.Value))
}

// countIn returns how many of the sorted times lie in [from, to).
func countIn(times []int64, from, to int64) int {
	i, _ := slices.BinarySearch(times, from)
	j, _ := slices.BinarySearch(times, to)
	return max(j-i, 0)
}
