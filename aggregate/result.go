// Package aggregate turns denials into groups: rows as they come in, one copy
// of each event, counts and series per group, and what is shown of each.
package aggregate

import (
	"iter"
	"time"

	"trail403/ingest/coverage"
	"trail403/ingest/event"
)

// Result is what a run found. It is complete, sorted and not changed any more;
// the same input gives the same Result whatever the number of workers. All
// strings from the log are as the log has them: hostile. Times are UTC.
type Result struct {
	Window    Window
	Coverage  coverage.Coverage
	Totals    Totals
	Policies  []Policy       // by denials descending
	Documents []*Policy      // the same, with those that are ways of one document to refuse as one
	Groups    []Group        // by denials descending, then principal, action, bucket
	Related   []Group        // groups of the incidents that filters or rules leave out, in the same order
	Incidents []Incident     // those with a change before them first, then by denials descending
	Changes   []event.Change // that links of groups and incidents refer to, by time
	// Late is when of late begins: whole intervals, to the last denial of all. Zero if
	// there is none.
	Late        time.Time
	ChangesSeen int      // all changes in the window, and shortly before
	Accounts    []string // whose trail was read, sorted
	Gaps        []Gap    // by account, Region and day
	Warnings    []string

	// Exclusions say what was left out and why: first the filters, if there
	// are any, then each rule. Their denials sum up to
	// Coverage.Records.Excluded.
	Exclusions []Exclusion
	// Breakdown is nil unless Options.By asked for it.
	Breakdown *Breakdown

	table *table // for Denials
	order []*row
}

// Totals counts over all groups. Buckets does not count the empty bucket of
// account-level calls.
type Totals struct {
	Denials, Groups, Principals, Buckets int
}

// Group is all denials with one principal, action and bucket.
type Group struct {
	ID               string // stable between runs: see GroupID
	Principal        string
	PrincipalType    string
	PrincipalAccount string
	Action           string
	Bucket           string
	BucketAccount    string
	Denials          int
	FirstSeen        time.Time
	LastSeen         time.Time
	EventNames       []Count     // by denials descending, then value
	Causes           []Cause     // by denials descending, then the other fields
	Series           []Point     // the intervals that are not zero, in order
	Unseen           []time.Time // UTC days of which something was not seen, in order; shared
	Trend            Trend
	Layers           []Layer // changes of the reason, in order of time
	IncidentID       string  // of the incident that it belongs to, or empty
	From             From
	Keys             []Keys   // of objects, by cause and denied action
	KMSKeys          []string // that its denials name, sorted
	Examples         []Example

	endpoints []string // VPC endpoints whose policies refused it
	keys      []string // KMSKeys, or what others of the bucket name: see shareKeys
}

// Count is how often a value occurs.
type Count struct {
	Value   string
	Denials int
}

// Cause is how often a policy refused, and how.
type Cause struct {
	Cause        event.Cause
	DeniedAction string
	PolicyARN    string
	WhyNotTold   string
	Denials      int
}

// Point is one interval of a series.
type Point struct {
	Start   time.Time
	Denials int
}

// Example is one of a group's earliest denials.
type Example struct {
	EventID   string
	EventTime time.Time
	ErrorCode string
	Message   string
	Key       string
	Session   string // name of the caller's session, or empty: of an EC2 instance its id
	SourceIP  string
	UserAgent string
}

// Denials walks all denials in order of time. It is empty unless the shards
// kept the details and Options.Denials was set. The pointer is valid for one
// step of the walk; only the fields that a report shows are filled.
func (r *Result) Denials() iter.Seq[*event.Denial] {
	return func(yield func(*event.Denial) bool) {
		for _, row := range r.order {
			if !yield(r.table.denial(row)) {
				return
			}
		}
	}
}
