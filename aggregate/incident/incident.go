// Package incident finds groups of events that started or spiked together and share
// something that explains it: a hundred groups with one reason are one incident. It
// knows times and keys, and nothing about what they represent.
//
// Find does this in steps:
//
//  1. Find the starts of each group: its first event, if that came after a silence
//     that its own rate does not explain, and the days on which its count jumped
//     (start.go).
//  2. Form candidates: starts of groups with a key in common that are close together,
//     and that are too many or too strong for chance (cluster.go).
//  3. Let the best candidate take its groups, then the next best (choose.go).
//  4. Refine the onset to the second with one change point over the pooled events of
//     all members, and drop the groups that do not fit it (refine.go).
package incident

import (
	"cmp"
	"slices"

	"trail403/aggregate/trend"
)

// Key is something that groups can share and that would explain their events.
type Key struct {
	// Rank says how specific the key is; the lowest rank is the most specific. Of two
	// keys that explain equally many groups, the more specific one names the incident.
	Rank int
	// Least is how many groups it takes before this key explains them, if more than
	// one.
	Least int
	// Wide marks a key that unrelated groups share, such as an account. It explains
	// only groups that started within an hour of each other.
	Wide  bool
	Value string
}

// Group is one group of events. Find only reads it.
type Group struct {
	Times  []int64 // of its events, in Unix microseconds, ascending; never empty
	Begin  int64   // the time since which the group would have been seen
	Unseen []bool  // for each interval of the frame, whether nothing could be seen; nil if everything was
	Keys   []Key   // what could explain it
	Source string  // who causes the events; groups of one source do not start independently
}

// Incident is a set of groups that have one onset.
type Incident struct {
	Key    Key
	Groups []int // indexes, in ascending order
	Onset  int64 // the time of the first event of the new level
	// Low and High are the times between which the onset lies, as far as the events
	// tell. They are equal where nothing had come before.
	Low, High int64
	Events    int // of the groups, since the onset
	// From and To bound the time that was searched for the onset.
	From, To int64
	// Changes are the indexes of the changes that explain the incident. The first is
	// the one that the incident was found by. Evidence says how strong the evidence for
	// that one is: the negative logarithm of the probability that its groups started
	// this close to it by chance.
	Changes  []int
	Evidence float64
}

// An incident has at least this many groups, or at least this many events.
const (
	LeastGroups = 3
	LeastEvents = 20
)

// MostIncidents is how many incidents Find looks for, the best ones first. More would
// not help anybody.
const MostIncidents = 10_000

// Find returns the incidents, by onset and then by key. A group belongs to one incident
// at most. The result does not depend on the order of the groups, except for the
// indexes that name them.
//
// Find looks at events up to end, which can lie after the frame: the last interval of
// the data is often incomplete and therefore not in the frame, but what started in it
// counts.
func Find(f trend.Frame, end int64, groups []Group, changes Changes) []Incident {
	d := &finder{
		span: spanOf(f, end), groups: groups, taken: make([]bool, len(groups)), starts: make([][]start, len(groups)),
		reach: changes.Reach, curves: map[Key]curve{}, spent: map[moment]bool{}, sums: map[Key]*candidate{}, seen: make([]int, len(groups)),
	}
	if d.n < 1 || len(groups) == 0 {
		return nil
	}
	d.counts = make([]int32, d.n)
	explained := d.explain(changes.List)
	byKey := map[Key][]int{}
	for i := range groups {
		d.starts[i] = d.startsOf(&groups[i])
		for _, k := range groups[i].Keys {
			byKey[k] = append(byKey[k], i)
		}
	}
	found := append(explained, d.join(d.choose(byKey))...)
	slices.SortFunc(found, func(a, b Incident) int {
		return cmp.Or(cmp.Compare(a.Onset, b.Onset), compareKeys(a.Key, b.Key))
	})
	return found
}

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

func compareKeys(a, b Key) int {
	return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.Value, b.Value))
}

// countIn returns how many of the sorted times lie in [from, to).
func countIn(times []int64, from, to int64) int {
	i, _ := slices.BinarySearch(times, from)
	j, _ := slices.BinarySearch(times, to)
	return max(j-i, 0)
}
