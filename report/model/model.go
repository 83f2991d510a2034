// Package model computes, once and from the result, everything that the reports
// for people show beyond the result itself. Nothing in it is a sentence.
//
// Build takes these steps, each in a file of its own:
//
//  1. recent.go finds the last denial, and what is ongoing since the start of the
//     recent period.
//  2. incident.go joins each incident with its groups, its main cause and the
//     policy that most of its denials belong to. lockout.go says whether the owner of the
//     bucket is denied, too.
//  3. rank.go puts the policies in the order in which to look at them.
//  4. case.go, statement.go and fix.go say what is known of a policy, and what advice there is.
//  5. group.go sorts the groups that no incident holds, and finds remarks on them.
//
// answer.go makes a short answer of it, for `trail403 why`.
//
// types.go has the types that the steps share. Each file uses only types.go and those
// above it in this list.
package model

import (
	"cmp"
	"slices"
	"time"

	"trail403/aggregate"
)

// A Model is what the reports for people show. Nothing changes it after Build.
type Model struct {
	*aggregate.Result
	Latest    time.Time           // when the last denial came
	Incidents []*Incident         // in the order of the result
	News      []*Incident         // the ongoing ones that are not alarms, the worst first
	Policies  []*aggregate.Policy // in the order in which to look at them, without alarms
	Fixes     []*Fix              // what to fix first, by recent denials
	Alarms    []*Fix              // access keys that AWS put under quarantine
	Changed   []*aggregate.Group  // outside incidents: what started, spiked, is rising or stopped
	Others    []*aggregate.Group  // outside incidents: all others
	Remarks   []Remark            // on groups that nothing else explains
}

// Build computes the model. top limits how many incidents and policies get advice;
// 0 stands for all.
func Build(r *aggregate.Result, top int) *Model {
	m := &Model{Result: r, Latest: latest(r)}
	b := &builder{r: r, recent: recent{r.RecentFrom, m.Latest}, top: top}
	m.Incidents = b.incidents()
	m.Policies = b.rank(m.Incidents)
	b.prepareCases(m.Incidents)
	m.Fixes = b.fixes(m.Policies, m.Incidents)
	m.Alarms = b.alarms(m.Incidents)
	m.News = news(m.Incidents)
	m.Changed, m.Others = outside(r)
	m.Remarks = b.remarks(m.Fixes)
	return m
}

// news returns the incidents that a report opens with: those that are ongoing and
// do not fade, first those with a known change, then those with the most recent
// denials. Alarms have a place of their own.
func news(all []*Incident) (list []*Incident) {
	for _, in := range all {
		if in.Ongoing && !in.Fading && !in.Alarm && in.Pattern != aggregate.Enumeration {
			list = append(list, in)
		}
	}
	slices.SortStableFunc(list, func(a, b *Incident) int {
		return cmp.Or(cmp.Compare(min(len(b.Changes), 1), min(len(a.Changes), 1)), cmp.Compare(b.Recent, a.Recent))
	})
	return list
}
