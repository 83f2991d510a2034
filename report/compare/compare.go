// Package compare compares two reports: an earlier and a later one. It knows what is
// new, gone, louder and quieter, what became of incidents, and which policies improved.
// First of all it says where the two reports did not look at the same, because what
// was not read is not gone.
//
//  1. report.go: what a comparison needs of a report.
//  2. redact.go, read.go: a report from its JSON, which may be anybody's.
//  3. result.go: the same from a result.
//  4. comparison.go: what a comparison finds.
//  5. coverage.go: where the reports did not look at the same.
//  6. rates.go: whose counts differ by more than chance.
//  7. groups.go, incidents.go, policies.go: what became of each.
//  8. news.go: what is worth telling.
//  9. compare.go: all of it.
package compare

// Of compares a later report with an earlier one.
func Of(earlier, later *Report) *Comparison {
	c := &Comparison{
		Earlier: earlier.Window, Later: later.Window, Coverage: coverageOf(earlier, later),
		Denials: [2]int{earlier.Totals.Denials, later.Totals.Denials},
	}
	c.Groups, c.Rated = groupsOf(earlier, later)
	c.Incidents = incidentsOf(earlier, later)
	c.Policies = policiesOf(earlier, later)
	return c
}
