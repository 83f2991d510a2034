package store

import (
	"cmp"
	"time"

	"trail403/ingest/store/seen"
)

// Options say how to collect.
type Options struct {
	Shard seen.Shard // of the objects; the zero value is all
	// Sweep lists everything, also days that were listed before.
	Sweep bool
	// CommitObjects and CommitEvery are after how many objects, and how much time, a long
	// run commits what it has; 0 stands for the defaults.
	CommitObjects int
	CommitEvery   time.Duration
	Now           func() time.Time
	// Bounded says that the caller restricts which objects are listed, so that the run does
	// not know what it has not seen.
	Bounded bool
	// From is the first time of delivery that is listed if it is bounded, zero for any.
	From time.Time
}

// The defaults of when a long run commits what it has. A process that is ended after 15
// minutes keeps most of its work.
const (
	DefaultCommitObjects = 20_000
	DefaultCommitEvery   = 5 * time.Minute
)

// commitBytes bounds the records of a commit, so that a temporary file stays small.
const commitBytes = 256 << 20

func (o *Options) defaults() {
	o.CommitObjects = cmp.Or(o.CommitObjects, DefaultCommitObjects)
	o.CommitEvery = cmp.Or(o.CommitEvery, DefaultCommitEvery)
	if o.Now == nil {
		o.Now = time.Now
	}
}

// Added says what a run added to a store.
type Added struct {
	Runs      []int // sequence numbers
	Objects   int   // read or skipped
	Read      int
	Records   int
	Denials   int
	Changes   int
	Failed    int // objects that could not be read in this run
	Recovered int // objects that failed before and were read
	Seen      int // objects that were seen before
	Lost      int // objects that another collector took at the same time
}
