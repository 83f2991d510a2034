package compare

import (
	"time"

	"trail403/aggregate"
	"trail403/ingest/event"
)

// Comparison is what changed from an earlier report to a later one.
type Comparison struct {
	Earlier, Later Window
	Denials        [2]int // of the earlier and the later report
	Coverage       []Unlike
	Groups         []GroupChange    // by state, then denials descending, then id
	Incidents      []IncidentChange // by state, then denials descending, then id
	Policies       []PolicyChange   // that improved, by denials descending
	// Rated says whether both reports have complete intervals to compare rates of.
	Rated bool
}

// An Aspect is something in which the coverage of two reports can differ.
type Aspect string

// The aspects, in the order in which they are reported.
const (
	Order      Aspect = "order"       // the earlier report is about a later time
	Accounts   Aspect = "accounts"    // whose trails were read
	Unnamed    Aspect = "unnamed"     // a report does not say whose trails were read
	Regions    Aspect = "regions"     // of which trails were read
	Filters    Aspect = "filters"     // and rules for noise
	Failed     Aspect = "failed"      // objects that could not be read
	DataEvents Aspect = "data-events" // whether there were any
	Time       Aspect = "time"        // between the windows, or in both of them
)

// Unlike is where two reports did not look at the same. Earlier and Later hold what only
// that one has.
type Unlike struct {
	Aspect         Aspect
	Earlier, Later []string
}

// GroupState is what became of a group.
type GroupState string

// The states of groups, in order. Groups that chance explains have none.
const (
	New     GroupState = "new"      // it has denials only in the later report
	Louder  GroupState = "louder"   // its rate is higher by more than chance explains
	Quieter GroupState = "quieter"  // likewise lower
	Gone    GroupState = "gone"     // it has denials only in the earlier report
	NotRead GroupState = "not-read" // one report has it, and the other did not read its trail
)

// GroupChange is a group whose denials changed.
type GroupChange struct {
	*Group        // as the later report has it, or else the earlier one
	State         GroupState
	Before, After int // denials in the earlier and the later report
	PerDayBefore  float64
	PerDayAfter   float64
	// The ratio of the rates, with its 95% interval. All numbers of a group whose rates
	// are not compared are NaN.
	Ratio, RatioLow, RatioHigh float64
	P, Q                       float64
}

// IncidentState is what became of an incident.
type IncidentState string

// The states of incidents, in order.
const (
	Started  IncidentState = "started"   // the earlier report does not have it
	Mended   IncidentState = "fixed"     // its requests succeed now, and did not in the earlier report
	Proven   IncidentState = "proven"    // a statement that denies the requests is known now
	Ended    IncidentState = "ended"     // it was ongoing, and has no recent denials now
	Ongoing  IncidentState = "ongoing"   // in both reports
	NotFound IncidentState = "not-found" // it was ongoing; its groups still have denials, but are no incident now
	Unread   IncidentState = "not-read"  // it was ongoing, and the later report did not read its trail
)

// IncidentChange is an incident and what became of it.
type IncidentChange struct {
	*Incident // as the later report has it, or else the earlier one
	EarlierID string
	State     IncidentState
	IsOngoing bool        // in the later report
	Cause     event.Cause // of its requests
}

// Described returns the incident as a result has it, for words about it.
func (c *IncidentChange) Described() *aggregate.Incident {
	return &aggregate.Incident{
		ID: c.ID, Pattern: c.Pattern, Onset: c.Onset, OnsetLow: c.OnsetLow, OnsetHigh: c.OnsetHigh,
		LastSeen: c.LastSeen, Shared: aggregate.Shared(c.Shared), Cause: c.Cause, Denials: c.Denials,
		Principals: c.Principals, Buckets: c.Buckets, Certainty: c.Certainty,
	}
}

// PolicyChange is a policy that denied requests recently in the earlier report, and
// does not in the later one.
type PolicyChange struct {
	PolicyKey
	Before int // recent denials in the earlier report
}

// Shown returns a window as a result has it.
func (w *Window) Shown() (out aggregate.Window) {
	if w.From != nil {
		out.From = w.From.UTC()
	}
	if w.To != nil {
		out.To = w.To.UTC()
	}
	if interval, err := aggregate.ParseInterval(w.Interval); err == nil {
		out.Interval = interval
	}
	return out
}

// length returns the length of an interval, 0 if it is unknown.
func (w *Window) length() time.Duration { return time.Duration(w.Shown().Interval) }
