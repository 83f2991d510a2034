package aggregate

import (
	"time"

	"trail403/aggregate/filter"
	"trail403/ingest/event"
)

// Options say what to make of the denials.
type Options struct {
	// Window is what was asked for. What is zero follows from the denials.
	Window Window
	// Denials makes the result hold all denials, not only groups.
	Denials bool
	// Events makes the result know where the records of all denials are.
	Events bool
	// Suggest makes the result know what each denial was a request for.
	Suggest bool
	// Recent is the length of the recent period, see Result.RecentFrom; 0 means a tenth
	// of the window, and at least three days if trends are judged by days.
	Recent time.Duration
	// ChangeWindow is how long before an onset, or after a last denial, a change may
	// have come; 0 means DefaultChangeWindow.
	ChangeWindow time.Duration
	// Select says which denials the result is about; nil means all.
	Select *filter.Selection
	// By makes the result hold a Breakdown by these dimensions.
	By []Dimension
	// Present is when the time ends that the result is about, if that is close to now.
	// Objects that were delivered long before it make the result stale. Zero is an
	// archive, which never is.
	Present time.Time
	// IsCurrent says that the result should be about the present, however old the data
	// is. Otherwise data of more than a week is taken for an archive.
	IsCurrent bool
	// Policies are what files say about policies, beside the changes in the trail.
	Policies []event.Snapshot
	// Live asks AWS for policies; nil asks for none.
	Live func([]event.Wanted) *event.Reading
	// Limits are those of the shards; nil means the defaults.
	Limits *Limits
}
