package ingest

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"trail403/ingest/source"
)

// Reason says why an object was skipped: it holds no records that could count.
type Reason string

const (
	SkipDigest         Reason = "digest"
	SkipInsight        Reason = "insight"
	SkipAggregated     Reason = "aggregated"
	SkipConfig         Reason = "config"
	SkipS3Notification Reason = "s3-notification"
	SkipOutsideWindow  Reason = "outside-window"
	SkipNotSelected    Reason = "not-selected"
	SkipNotCloudTrail  Reason = "not-cloudtrail"
	SkipUnsupported    Reason = "unsupported-shape"
	SkipEmpty          Reason = "empty"
)

// Reasons returns all reasons, in the order in which reports show them.
func Reasons() []Reason {
	return []Reason{
		SkipDigest, SkipInsight, SkipAggregated, SkipConfig, SkipS3Notification,
		SkipOutsideWindow, SkipNotSelected, SkipNotCloudTrail, SkipUnsupported, SkipEmpty,
	}
}

// Coverage says what was read and what was not. It adds up:
// Objects.Listed = Read + Failed + the sum of Skipped, and Records.Seen is the
// sum of the other records.
type Coverage struct {
	Objects  Objects
	Records  Records
	Bytes    Bytes
	Pruned   []string  // folders passed over unlisted, sorted
	Failures []Failure // objects that could not be read, sorted by name
	// Unsupported names the objects that were skipped for their shape, sorted.
	Unsupported []Unsupported
	Seen        Seen
	// Delivered is when CloudTrail delivered the latest object that was read, to the
	// minute, UTC; zero where no name tells.
	Delivered time.Time
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

// Failure is an object that could not be read; nothing of it counts.
type Failure struct {
	Object string
	Error  string
}

// Unsupported is an object that may well hold CloudTrail, in a shape that is
// not read.
type Unsupported struct {
	Object string
	Shape  string
}

// Complete says whether all that was listed could be read.
func (c *Coverage) Complete() bool { return c.Objects.Failed == 0 }

// add counts in what another worker found.
func (c *Coverage) add(o *Coverage) {
	c.Objects.Listed += o.Objects.Listed
	c.Objects.Read += o.Objects.Read
	c.Objects.Failed += o.Objects.Failed
	for reason, n := range o.Objects.Skipped {
		c.skip(reason, n)
	}
	c.Records.add(o.Records)
	c.Bytes.Compressed += o.Bytes.Compressed
	c.Bytes.Decompressed += o.Bytes.Decompressed
	c.Pruned = append(c.Pruned, o.Pruned...)
	c.Failures = append(c.Failures, o.Failures...)
	c.Unsupported = append(c.Unsupported, o.Unsupported...)
	c.Seen.merge(o.Seen)
	c.delivered(o.Delivered)
}

// see notes what the name of an object that was read tells.
func (c *Coverage) see(name string) {
	c.Seen.add(name)
	if begin, end, ok := source.Delivered(name); ok && end.Sub(begin) == time.Minute && isTrailYear(begin) {
		c.delivered(begin)
	}
}

func (c *Coverage) delivered(at time.Time) {
	if at.After(c.Delivered) {
		c.Delivered = at
	}
}

func (c *Coverage) skip(reason Reason, n int) {
	if c.Objects.Skipped == nil {
		c.Objects.Skipped = map[Reason]int{}
	}
	c.Objects.Skipped[reason] += n
}

func (c *Coverage) fail(name string, err error) {
	c.Objects.Failed++
	c.Failures = append(c.Failures, Failure{Object: name, Error: err.Error()})
}

func (c *Coverage) sort() {
	slices.Sort(c.Pruned)
	slices.SortFunc(c.Unsupported, func(a, b Unsupported) int {
		return cmp.Or(cmp.Compare(a.Shape, b.Shape), cmp.Compare(a.Object, b.Object))
	})
	slices.SortFunc(c.Failures, func(a, b Failure) int {
		return cmp.Or(cmp.Compare(a.Object, b.Object), cmp.Compare(a.Error, b.Error))
	})
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

// TotalSkipped returns how many objects were skipped for any reason.
func (o *Objects) TotalSkipped() (n int) {
	for count := range maps.Values(o.Skipped) {
		n += count
	}
	return n
}
