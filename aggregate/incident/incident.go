// Package incident finds groups of events that started or spiked together and share
// something that explains it: a hundred groups with one reason are one incident. It
// knows times and keys, and nothing about what they represent.
//
// Find does this in steps:
//
//  1. Test the changes that could have caused events: a group that starts right after
//     one of them started because of it (evidence.go, jump.go, together.go, explained.go).
//  2. Find the starts of each group: its first event, if that came after a silence
//     that its own rate does not explain, and the days on which its count jumped
//     (start.go).
//  3. Form candidates: starts of groups with a key in common that are close together,
//     and that are too many or too strong for chance (cluster.go, pooled.go).
//  4. Let the best candidate take its groups, then the next best (choose.go).
//  5. Refine the onset to the second with one change point over the pooled events of
//     all members, and drop the groups that do not fit it (refine.go).
//
// The files, each using only those before it: incident.go, settle.go, finder.go,
// start.go, pooled.go, cluster.go, refine.go, change.go, jump.go, together.go, evidence.go,
// explained.go, choose.go, find.go.
package incident

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
