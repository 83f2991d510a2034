// Package incident finds groups of events that began or jumped together and
// share what explains it: a hundred groups with one reason are one incident. It
// knows times and keys, and nothing of what they stand for.
//
// A group has starts: its first event, if it came after a silence that its own
// rate does not explain, and days on which its count jumped (start.go). Starts
// of groups with a key in common that fall together make a candidate, if they
// are too many, or too strong, for chance (cluster.go). The largest candidate
// takes its groups, and so on (choose.go). Then the time of the onset is refined
// to the second, by one change point over the pooled events of all members, and
// the groups that do not fit it are let go (refine.go).
package incident

import (
	"cmp"
	"slices"

	"trail403/aggregate/trend"
)

// Key is something that groups may share and that would explain them.
type Key struct {
	// Rank says how specific the key is, the lowest most. Of two keys that
	// explain as many groups the more specific one names the incident.
	Rank int
	// Least is how many groups it takes for this key to explain them, if more than
	// one.
	Least int
	// Wide keys are shared by much that has nothing to do with each other, such as
	// an account. They explain only what began within the hour.
	Wide  bool
	Value string
}

// Group is one group of events. Find only reads it.
type Group struct {
	Times  []int64 // of its events, in unix microseconds, ascending; not empty
	Begin  int64   // since when it would have been seen
	Unseen []bool  // per interval of the frame: nothing could be seen; nil is none
	Keys   []Key   // what may explain it
	Source string  // who makes the events: groups of one source do not start by themselves
}

// Incident is a set of groups with one onset.
type Incident struct {
	Key    Key
	Groups []int // indexes, ascending
	Onset  int64 // time of the first event of the new level
	// Low and High are between which times the onset lies, as far as the events
	// tell. They are equal where nothing had come before.
	Low, High int64
	Events    int // of the groups, from the onset on
	// From and To bound the time that was looked at for the onset.
	From, To int64
	// Changes are those that explain it, by index, the one that it was found by
	// first. Evidence is how much speaks for that one: the negative logarithm of
	// the probability that its groups started as close to it by chance.
	Changes  []int
	Evidence float64
}

// Least is how many groups make an incident, or how many events do.
const (
	LeastGroups = 3
	LeastEvents = 20
)

// MostIncidents is how many incidents Find looks for, the best first. More are
// no help to anybody.
const MostIncidents = 10_000

// Find returns the incidents, by onset, then by key. A group belongs to one at
// most. The result does not depend on the order of the groups, but for the
// numbers that name them.
//
// Events are looked at until end, which may lie after the frame: of the frame's
// last interval there may be a part only, and what started in it counts.
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
	counts []int32   // per interval: of the group or sum that is looked at
	taken  []bool
	reach  int64 // of a change
	curves map[Key]curve
	spent  map[moment]bool // those that came to nothing
	sums   map[Key]*candidate
	seen   []int // in which round a group was seen last; see dense
	round  int
}

// span is the time that incidents are looked for in, and the lengths of time
// that matter within, in microseconds.
type span struct {
	from, to int64
	n        int     // intervals that begin within
	part     float64 // of the last interval that lies within
	step     int64
	quiet    int64 // the least silence before a group that began
	together int64 // how far apart the starts of one incident are at most
	near     int64 // the same where only a wide key is shared
	early    int64 // how long an incident is strong: its first days
	past     int64 // that tells the level before
	hours    int   // in how many different hours an incident has events at least
}

const (
	microsecond = 1
	second      = 1_000_000 * microsecond
	minute      = 60 * second
	hour        = 60 * minute
	day         = 24 * hour
)

// spanOf returns lengths for days, or for a window of hours.
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
