package aggregate

import (
	"iter"
	"time"

	"trail403/aggregate/amendment"
	"trail403/aggregate/rows"
	"trail403/aggregate/trend"
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
	Documents []*Policy      // the same, with the ways in which one document denies joined
	Groups    []Group        // by denials descending, then principal, action, bucket
	Related   []Group        // groups of the incidents that filters or rules leave out, in the same order
	Incidents []Incident     // those with a change before them first, then by denials descending
	Changes   []event.Change // that links of groups and incidents refer to, by time
	// Revisions say what changes did to policy documents, by index in Changes. A change
	// that set none has none.
	Revisions map[int][]Revision
	// RecentFrom is the start of the recent period. Whatever has denials in it is
	// ongoing, and trends compare it with the time before. It is zero without a denial.
	RecentFrom  time.Time
	ChangesSeen int      // all changes in the window, and shortly before
	Accounts    []string // whose trail was read, sorted
	Gaps        []Gap    // by account, Region and day
	Stale       bool     // the last delivery was long before Options.Present
	// Unmatched are the patterns of filters and rules that no denial matches.
	Unmatched []Unmatched
	// Frame is the time in which trends were judged. It has no intervals if there is
	// too little time.
	Frame trend.Frame

	// Exclusions say what was left out and why: first the filters, if there
	// are any, then each rule. Their denials sum up to
	// Coverage.Records.Excluded.
	Exclusions []Exclusion
	// Live is what AWS answered about policies, nil unless Options.Live asked.
	Live *event.Reading
	// Breakdown is nil unless Options.By asked for it.
	Breakdown *Breakdown
	// Seen are the requests that were denied, nil unless Options.Suggest asked for them.
	Seen *amendment.Seen

	table *rows.Table // for Denials
	order []*rows.Row
}

// Totals are counted over all groups. Buckets does not include the empty bucket of
// account-level calls.
type Totals struct {
	Denials, Groups, Principals, Buckets int
}

// Denials walks all denials in order of time. It is empty unless the shards
// kept the details and Options.Denials was set. The pointer is valid for one
// step of the walk; only the fields that a report shows are filled.
func (r *Result) Denials() iter.Seq[*event.Denial] {
	return func(yield func(*event.Denial) bool) {
		for _, row := range r.order {
			if !yield(r.table.Denial(row)) {
				return
			}
		}
	}
}
