// Package coverage says what was read and what was not, so that a report can
// never pass off a part as everything. The numbers add up exactly.
//
// The files, each using only those before it:
//
//  1. reason.go lists why an object is skipped.
//  2. named.go bounds the names that are kept. All objects are counted, but hostile
//     input may have millions of names.
//  3. failure.go holds what could not be read, and the limits.
//  4. days.go is a set of days.
//  5. trails.go says on which days each trail was read.
//  6. dataevents.go says which accounts have data events of S3.
//  7. otherlogs.go names other kinds of logs.
//  8. flattened.go says what records lack that are read in a flattened shape.
//  9. coverage.go counts all of it.
package coverage

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"trail403/ingest/envelope/flat"
	"trail403/ingest/source"
)

// Coverage says what was read and what was not. It adds up:
// Objects.Listed = Read + Failed + the sum of Skipped, and Records.Seen is the
// sum of the other records.
type Coverage struct {
	Objects Objects
	Records Records
	Bytes   Bytes
	// Folders counts the folders that were not listed, and Pruned names the first of
	// them.
	Folders int
	Pruned  []string
	// Failures names the first of the objects that could not be read.
	Failures []Failure
	// Unsupported says which objects were skipped for each shape, sorted.
	Unsupported []Unsupported
	// Flattened says which objects were read in each flattened shape, sorted.
	Flattened  Flattened
	OtherLogs  OtherLogs
	Trails     Trails
	DataEvents DataEvents
	// Undated counts the objects with records whose names do not show when they were
	// delivered, such as standard input. Trails lacks their days.
	Undated int
	// Delivered is when CloudTrail delivered the latest object that was read, to the
	// minute, UTC. It is zero where no name tells.
	Delivered time.Time
	// HistoryFrom is since when the time before the window was read as well, UTC. It is
	// zero where no window was asked for, or no history.
	HistoryFrom time.Time
}

// Objects counts CloudTrail files.
type Objects struct {
	Listed, Read, Failed int
	Skipped              map[Reason]int
}

// Records counts the records of the objects that were read. Each is in the
// first field that applies, in the order Malformed, NotS3Denied, OutsideWindow,
// Duplicate, Excluded, Kept.
type Records struct {
	Seen, Kept, NotS3Denied, Duplicate, OutsideWindow, Excluded, Malformed int
}

// Bytes counts the bytes of the objects that were read.
type Bytes struct{ Compressed, Decompressed int64 }

// Unsupported are objects that may well hold CloudTrail, in a shape that is not read.
type Unsupported struct {
	Object  string // the first of them by name
	Shape   Shape
	Objects int
}

// maxPruned is how many folders are named that were not listed. An organization has
// a handful in each of its accounts.
const maxPruned = 10_000

// Complete says whether all that was listed could be read.
func (c *Coverage) Complete() bool { return c.Objects.Failed == 0 }

// ReadNothing says that no CloudTrail record was read.
func (c *Coverage) ReadNothing() bool { return c.Records.wellFormed() == 0 && len(c.DataEvents) == 0 }

// IsForeign says that objects were found, and that none of them is CloudTrail: what was
// given is probably not the trail.
func (c *Coverage) IsForeign() bool {
	foreign := 0
	for _, reason := range []Reason{SkipNotCloudTrail, SkipUnsupported, SkipConfig, SkipS3Notification} {
		foreign += c.Objects.Skipped[reason]
	}
	return foreign > 0 && foreign+c.Objects.Skipped[SkipEmpty]+c.Objects.Failed == c.Objects.Listed
}

// wellFormed returns how many of the records are records at all.
func (r *Records) wellFormed() int { return r.Seen - r.Malformed }

// Read counts an object that was read to its end, whether it has data events, and
// what its name tells.
func (c *Coverage) Read(told *source.Told, records Records, bytes Bytes, dataEvents bool) {
	c.Objects.Read++
	c.Records.add(records)
	c.Bytes.add(bytes)
	c.Trails.add(told)
	if records.wellFormed() > 0 || dataEvents {
		c.DataEvents.add(told.Account, dataEvents)
	}
	if told.Begin.IsZero() && records.wellFormed() > 0 {
		c.Undated++
	}
	if told.End.Sub(told.Begin) == time.Minute && isTrailYear(told.Begin) {
		c.delivered(told.Begin)
	}
}

// Skip counts n objects that were skipped.
func (c *Coverage) Skip(reason Reason, n int) {
	if c.Objects.Skipped == nil {
		c.Objects.Skipped = map[Reason]int{}
	}
	c.Objects.Skipped[reason] += n
}

// SkipShape counts an object that was skipped for its shape.
func (c *Coverage) SkipShape(name string, shape Shape) {
	c.Skip(SkipUnsupported, 1)
	c.unsupported(Unsupported{shownName(name), shape, 1})
}

func (c *Coverage) unsupported(u Unsupported) {
	for i := range c.Unsupported {
		if known := &c.Unsupported[i]; known.Shape == u.Shape {
			known.Objects += u.Objects
			known.Object = min(known.Object, u.Object)
			return
		}
	}
	c.Unsupported = append(c.Unsupported, u)
}

// Flatten notes what the flattened records of an object carry that was read.
func (c *Coverage) Flatten(name string, seen []flat.Seen) {
	for _, s := range seen {
		c.Flattened.add(FlatObjects{s, shownName(name), 1})
	}
}

// SkipLog counts an object that is a log of another kind.
func (c *Coverage) SkipLog(name string, kind Log) {
	c.Skip(SkipNotCloudTrail, 1)
	c.OtherLogs.add(kind, Sample{1, shownName(name)})
}

// Fail counts an object that could not be read.
func (c *Coverage) Fail(name string, err error) {
	c.Objects.Failed++
	c.Failures = keepSome(append(c.Failures, newFailure(name, err)), maxFailures, compareFailures)
}

// Prune counts a folder that was not listed.
func (c *Coverage) Prune(name string) {
	c.Folders++
	c.Pruned = keepSome(append(c.Pruned, shownName(name)), maxPruned, strings.Compare)
}

// Add counts what another worker found, or what was found in an archive.
func (c *Coverage) Add(o *Coverage) {
	c.Objects.Listed += o.Objects.Listed
	c.Objects.Read += o.Objects.Read
	c.Objects.Failed += o.Objects.Failed
	for reason, n := range o.Objects.Skipped {
		c.Skip(reason, n)
	}
	c.Records.add(o.Records)
	c.Bytes.add(o.Bytes)
	c.Folders += o.Folders
	c.Pruned = keepSome(append(c.Pruned, o.Pruned...), maxPruned, strings.Compare)
	c.Failures = keepSome(append(c.Failures, o.Failures...), maxFailures, compareFailures)
	for _, u := range o.Unsupported {
		c.unsupported(u)
	}
	c.Flattened.merge(o.Flattened)
	c.OtherLogs.merge(o.OtherLogs)
	c.Trails.merge(o.Trails)
	c.DataEvents.merge(o.DataEvents)
	c.Undated += o.Undated
	c.delivered(o.Delivered)
	if c.HistoryFrom.IsZero() {
		c.HistoryFrom = o.HistoryFrom
	}
}

// Sort puts the lists in their order, whichever worker found what.
func (c *Coverage) Sort() {
	c.Pruned = keepFirst(c.Pruned, maxPruned, strings.Compare)
	c.Failures = keepFirst(c.Failures, maxFailures, compareFailures)
	slices.SortFunc(c.Unsupported, func(a, b Unsupported) int { return cmp.Compare(a.Shape, b.Shape) })
	c.Flattened.sort()
}

// TotalSkipped returns how many objects were skipped for any reason.
func (o *Objects) TotalSkipped() (n int) {
	for count := range maps.Values(o.Skipped) {
		n += count
	}
	return n
}

func (c *Coverage) delivered(at time.Time) {
	if at.After(c.Delivered) {
		c.Delivered = at
	}
}

func (r *Records) add(o Records) {
	r.Seen += o.Seen
	r.Kept += o.Kept
	r.NotS3Denied += o.NotS3Denied
	r.Duplicate += o.Duplicate
	r.OutsideWindow += o.OutsideWindow
	r.Excluded += o.Excluded
	r.Malformed += o.Malformed
}

func (b *Bytes) add(o Bytes) {
	b.Compressed += o.Compressed
	b.Decompressed += o.Decompressed
}
