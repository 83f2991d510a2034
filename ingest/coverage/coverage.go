// Package coverage says what was read and what was not, so that a report can
// never pass off a part as everything. The numbers add up exactly.
//
// The files, each using only those before it:
//
//  1. reason.go lists why an object is skipped.
//  2. failure.go holds what could not be read, and the limits.
//  3. days.go is a set of days.
//  4. trails.go says on which days each trail was read.
//  5. dataevents.go says which accounts have data events of S3.
//  6. otherlogs.go names other kinds of logs.
//  7. coverage.go counts all of it.
package coverage

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"trail403/ingest/source"
)

// Coverage says what was read and what was not. It adds up:
// Objects.Listed = Read + Failed + the sum of Skipped, and Records.Seen is the
// sum of the other records.
type Coverage struct {
	Objects  Objects
	Records  Records
	Bytes    Bytes
	Pruned   []string  // folders that were not listed, sorted
	Failures []Failure // objects that could not be read, sorted by name
	// Unsupported names the objects that were skipped for their shape, sorted.
	Unsupported []Unsupported
	OtherLogs   OtherLogs
	Trails      Trails
	DataEvents  DataEvents
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

// Unsupported is an object that may well hold CloudTrail, in a shape that is
// not read.
type Unsupported struct {
	Object string
	Shape  Shape
}

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
func (c *Coverage) Read(name string, records Records, bytes Bytes, dataEvents bool) {
	c.Objects.Read++
	c.Records.add(records)
	c.Bytes.add(bytes)
	c.Trails.add(name)
	if account, _ := source.Whose(name); records.wellFormed() > 0 || dataEvents {
		c.DataEvents.add(account, dataEvents)
	}
	if begin, end, ok := source.Delivered(name); ok && end.Sub(begin) == time.Minute && isTrailYear(begin) {
		c.delivered(begin)
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
	c.Unsupported = append(c.Unsupported, Unsupported{name, shape})
}

// SkipLog counts an object that is a log of another kind.
func (c *Coverage) SkipLog(name string, kind Log) {
	c.Skip(SkipNotCloudTrail, 1)
	c.OtherLogs.add(kind, Sample{1, name})
}

// Fail counts an object that could not be read.
func (c *Coverage) Fail(name string, err error) {
	c.Objects.Failed++
	c.Failures = append(c.Failures, newFailure(name, err))
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
	c.Pruned = append(c.Pruned, o.Pruned...)
	c.Failures = append(c.Failures, o.Failures...)
	c.Unsupported = append(c.Unsupported, o.Unsupported...)
	c.OtherLogs.merge(o.OtherLogs)
	c.Trails.merge(o.Trails)
	c.DataEvents.merge(o.DataEvents)
	c.delivered(o.Delivered)
	if c.HistoryFrom.IsZero() {
		c.HistoryFrom = o.HistoryFrom
	}
}

// Sort puts the lists in their order, whichever worker found what.
func (c *Coverage) Sort() {
	slices.Sort(c.Pruned)
	slices.SortFunc(c.Unsupported, func(a, b Unsupported) int {
		return cmp.Or(cmp.Compare(a.Shape, b.Shape), cmp.Compare(a.Object, b.Object))
	})
	slices.SortFunc(c.Failures, func(a, b Failure) int {
		return cmp.Or(cmp.Compare(a.Object, b.Object), cmp.Compare(a.Err.Error(), b.Err.Error()))
	})
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
