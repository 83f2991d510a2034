package aggregate

import (
	"cmp"
	"slices"

	"trail403/aggregate/group"
	"trail403/ingest/event"
)

// count sums the groups up.
func (r *Result) count() {
	principals, buckets := map[string]bool{}, map[string]bool{}
	for i := range r.Groups {
		g := &r.Groups[i]
		r.Totals.Denials += g.Denials
		principals[g.Principal] = true
		if g.Bucket != "" {
			buckets[g.Bucket] = true
		}
	}
	r.Totals.Groups, r.Totals.Principals, r.Totals.Buckets = len(r.Groups), len(principals), len(buckets)
}

// keepLinked keeps the changes that something links to.
func (r *Result) keepLinked(all []event.Change) {
	var links []*group.Link
	for i := range r.Groups {
		for j := range r.Groups[i].Trend.Changes {
			links = append(links, &r.Groups[i].Trend.Changes[j])
		}
	}
	for i := range r.Incidents {
		for j := range r.Incidents[i].Changes {
			links = append(links, &r.Incidents[i].Changes[j])
		}
		for j := range r.Incidents[i].After {
			links = append(links, &r.Incidents[i].After[j])
		}
	}
	slices.SortFunc(links, func(a, b *group.Link) int { return cmp.Compare(a.Change, b.Change) })
	last := -1
	for _, l := range links {
		if l.Change != last {
			last = l.Change
			r.Changes = append(r.Changes, all[last])
		}
		l.Change = len(r.Changes) - 1
	}
}
