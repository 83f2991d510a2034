package ingest

import (
	"cmp"
	"math"
	"runtime"
	"sync/atomic"
	"time"

	"trail403/ingest/coverage"
	"trail403/ingest/object"
	"trail403/ingest/scan"
	"trail403/ingest/source"
	"trail403/ingest/source/retry"
	"trail403/ingest/store/replay"
)

// Options say what to read. The zero value reads everything.
type Options struct {
	Workers    int       // objects decoded at a time (0: one for each processor)
	ErrorCodes []string  // that mean denied (none: denial.DefaultErrorCodes)
	From, To   time.Time // of events, half-open, UTC (zero: open)
	// ChangesBefore is how long before From changes count.
	ChangesBefore time.Duration
	// History is how long before From denials are read as well. They count as outside
	// the window, and the sink gets them, since they tell what is usual. It takes a
	// From.
	History time.Duration
	// HistoryObjects bounds how many objects in S3 are read only for the history, the
	// most recent first (0: no bound).
	HistoryObjects int
	// Accounts say whose objects to read, as far as paths tell (none: all). Local folders
	// are read of all accounts: that costs little, and another account may have the
	// change that explains a denial.
	Accounts []string
	Regions  []string
	// Stored is a store that is read as if its objects were read again, if it is not nil.
	Stored   *replay.Replay
	Fetchers int          // objects fetched at a time from remote sources (0: DefaultFetchers)
	Retry    retry.Policy // of remote objects
	Progress *Progress    // counted up while reading, if not nil

	// Engine is asked about objects before they are read, if it is not nil. Those that it
	// answers for are not read here. A [RequestSink] takes no answers.
	Engine  source.Answerer
	Queries int // of the engine at a time (0: DefaultQueries)

	// Listed is called with each entry of a listing, by one goroutine, if it is not
	// nil. An error ends the run.
	Listed func(source.Source, source.Entry) error

	// Query says what to list, if it is not nil, in place of what follows from the times of
	// events, the accounts and the Regions.
	Query *source.Query
	// Skip says of each entry of a listing, in one goroutine, whether to leave it out as if
	// it had not been listed, if it is not nil: somebody knows it already.
	Skip func(source.Source, source.Entry) bool

	// Limits against hostile input (0: the default). An object that exceeds one
	// fails with a coverage.LimitError.
	MaxObject int64 // decompressed bytes of an object
	MaxRecord int64 // bytes of a record, or of another JSON value
	MaxDepth  int   // levels that a record nests, at most scan.MaxDepth

	MaxArchive int64 // decompressed bytes of an archive and all of its members
	MaxMembers int   // members of an archive
	MaxTemp    int64 // bytes of the temporary copy of a zip archive
}

// Defaults of the limits. A trail file has at most 50 MB and an event 256 KB (1
// MB in some event data stores), but people concatenate and wrap them.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
const (
	DefaultMaxObject = 4 << 30
	DefaultMaxRecord = scan.DefaultMaxElement
	DefaultMaxDepth  = 1000
)

// Defaults of the limits of archives. A million members are the files of a Region
// for nine years. 64 KB of hostile input may claim to hold terabytes.
const (
	DefaultMaxArchive = 16 << 30
	DefaultMaxMembers = 1_000_000
	DefaultMaxTemp    = 4 << 30
)

// DefaultFetchers is how many objects of remote sources are fetched at a time.
const DefaultFetchers = 64

// DefaultQueries is how many queries an engine runs at a time.
const DefaultQueries = 4

// Progress is how far a run has come. It may be read at any time.
type Progress struct {
	Listed, ListedBytes atomic.Int64 // found so far, with their sizes as stored, where known
	Done, DoneBytes     atomic.Int64
	AllListed           atomic.Bool
}

func (p *Progress) list(e source.Entry) {
	p.Listed.Add(1)
	addSize(&p.ListedBytes, e.Size)
}

func (p *Progress) finish(e source.Entry) {
	p.Done.Add(1)
	addSize(&p.DoneBytes, e.Size)
}

// addSize adds a size, if it is known. A listing may claim sizes that have no sum.
func addSize(to *atomic.Int64, size int64) {
	for {
		before := to.Load()
		if to.CompareAndSwap(before, saturate(before, size)) {
			return
		}
	}
}

// saturate returns the sum of a number and a size, or the greatest number.
func saturate(n, size int64) int64 { return n + min(max(size, 0), math.MaxInt64-n) }

// defaults fills in what was left out.
func (o *Options) defaults() {
	if o.From.IsZero() {
		o.History = 0
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Progress == nil {
		o.Progress = &Progress{}
	}
	o.MaxObject = cmp.Or(o.MaxObject, DefaultMaxObject)
	o.MaxRecord = cmp.Or(o.MaxRecord, DefaultMaxRecord)
	o.MaxDepth = min(cmp.Or(o.MaxDepth, DefaultMaxDepth), scan.MaxDepth)
	o.MaxArchive = cmp.Or(o.MaxArchive, DefaultMaxArchive)
	o.MaxMembers = cmp.Or(o.MaxMembers, DefaultMaxMembers)
	o.MaxTemp = cmp.Or(o.MaxTemp, DefaultMaxTemp)
	o.Queries = cmp.Or(o.Queries, DefaultQueries)
	o.Fetchers = cmp.Or(o.Fetchers, DefaultFetchers)
}

// Limits returns the limits of objects, with their defaults.
func (o Options) Limits() object.Limits {
	o.defaults()
	return o.limits()
}

func (o *Options) limits() object.Limits {
	return object.Limits{
		MaxObject: o.MaxObject, MaxRecord: int(o.MaxRecord), MaxDepth: o.MaxDepth,
		MaxArchive: o.MaxArchive, MaxMembers: o.MaxMembers, MaxTemp: o.MaxTemp,
	}
}

func (o *Options) inWindow(t time.Time) bool { return o.within(t, 0) }

// inHistory says whether a denial before the window tells what is usual.
func (o *Options) inHistory(t time.Time) bool {
	return o.History > 0 && t.Before(o.From) && o.within(t, o.History)
}

// wantsChange says whether a change of the time may have come before an onset in
// the window or its history.
func (o *Options) wantsChange(t time.Time) bool { return o.within(t, max(o.ChangesBefore, o.History)) }

// within says whether a time is in the window, or so long before it.
func (o *Options) within(t time.Time, before time.Duration) bool {
	return (o.From.IsZero() || !t.Before(o.From.Add(-before))) && (o.To.IsZero() || t.Before(o.To))
}

// slack is how much later than its events CloudTrail may have delivered an
// object for its path still to count as within the window, and how wrong a
// clock may be. Delivery takes minutes, rarely hours.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
const slack = 24 * time.Hour

// query says which objects can hold events of the window, changes before it, or
// events of the history.
func (o *Options) query() source.Query { return o.queryBack(o.History) }

// queryFor is query for a source.
func (o *Options) queryFor(src source.Source) source.Query {
	if o.Query != nil {
		return *o.Query
	}
	q := o.query()
	if isLocal(src) {
		q.Accounts = nil
	}
	return q
}

func isLocal(src source.Source) bool {
	_, ok := src.(source.Local)
	return ok
}

// windowQuery is query without the history.
func (o *Options) windowQuery() source.Query { return o.queryBack(0) }

func (o *Options) queryBack(history time.Duration) source.Query {
	q := source.Query{Accounts: o.Accounts, Regions: o.Regions}
	if !o.From.IsZero() {
		q.From = o.From.Add(-max(slack, o.ChangesBefore, history))
	}
	if !o.To.IsZero() {
		q.To = o.To.Add(slack)
	}
	return q
}

// unwanted returns why an object need not be opened, going by its name. It is
// empty for an object to open.
func unwanted(q *source.Query, name string) coverage.Reason {
	if !q.From.IsZero() || !q.To.IsZero() { // finding the time in a name takes a while
		start, end, ok := source.Delivered(name)
		if ok && (!q.From.IsZero() && !end.After(q.From) || !q.To.IsZero() && !start.Before(q.To)) {
			return coverage.SkipOutsideWindow
		}
	}
	if q.Narrows(name) {
		return coverage.SkipNotSelected
	}
	return ""
}
