package policy

import "trail403/aggregate/rows"

// Reasons is why one group was denied: how often and when, for each reason.
type Reasons map[Reason]*Span

// Add counts denials of the group that have a context.
func (rs Reasons) Add(t *rows.Table, c *rows.Context, seen *Span) {
	reason := reasonOf(t, c)
	s := rs[reason]
	if s == nil {
		s = &Span{}
		rs[reason] = s
	}
	s.merge(seen)
}

// Causes adds the reasons up by cause. of returns which cause a reason belongs to.
func (rs Reasons) Causes(t *rows.Table) (list []Cause, of func(Reason) int) {
	numbers := map[causeKey]int{}
	for r, s := range rs {
		n, ok := numbers[r.causeKey]
		if !ok {
			n = len(list)
			numbers[r.causeKey], list = n, append(list, r.cause(t))
		}
		list[n].Denials += s.Denials
	}
	sorted := sortCauses(list)
	return list, func(r Reason) int { return sorted[numbers[r.causeKey]] }
}

// Layers returns the changes of reason, in order of time.
func (rs Reasons) Layers(t *rows.Table) []Layer {
	spans := map[causeKey]*Span{}
	for r, s := range rs {
		k := r.causeKey
		k.deniedAction = 0
		if spans[k] == nil {
			spans[k] = &Span{}
		}
		spans[k].merge(s)
	}
	var list []causeSpan
	for k, s := range spans {
		list = append(list, causeSpan{k.cause(t), *s})
	}
	return layersOf(list)
}
