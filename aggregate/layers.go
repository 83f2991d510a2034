package aggregate

import (
	"cmp"
	"slices"
	"time"
)

// Layer is a change of the reason for which a group is refused. A message names
// one reason only: where one is gone and another comes in its place, what stood
// behind the first has shown, or it is new.
type Layer struct {
	At       time.Time // of the first denial for the new reason
	Until    time.Time // of the last denial for the old one
	From, To Cause     // without denied action and number of denials
}

// leastOfLayer is how many denials a reason needs to be one: a single message of
// another kind is chance.
const leastOfLayer = 3

// span is when something was seen, and how often.
type span struct {
	n, late     int // late of them of late
	first, last int64
}

func (s *span) add(micros int64) {
	if s.n == 0 {
		s.first, s.last = micros, micros
	}
	s.n++
	s.first, s.last = min(s.first, micros), max(s.last, micros)
}

// merge counts in what o has seen.
func (s *span) merge(o *span) {
	if s.n == 0 {
		*s = *o
		return
	}
	s.n += o.n
	s.late += o.late
	s.first, s.last = min(s.first, o.first), max(s.last, o.last)
}

// causeSpan is when there were denials for a cause.
type causeSpan struct {
	cause Cause
	span
}

// layersOf returns the changes of reason, in order of time. Reasons that come
// side by side are no layers.
func layersOf(spans []causeSpan) (layers []Layer) {
	spans = slices.DeleteFunc(spans, func(s causeSpan) bool { return s.n < leastOfLayer })
	slices.SortFunc(spans, func(a, b causeSpan) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.cause.Cause, b.cause.Cause),
			cmp.Compare(a.cause.PolicyARN, b.cause.PolicyARN), cmp.Compare(a.cause.WhyNotTold, b.cause.WhyNotTold))
	})
	for i := 1; i < len(spans); i++ {
		from, to := spans[i-1], spans[i]
		gone := !slices.ContainsFunc(spans[:i], func(s causeSpan) bool { return s.last >= to.first })
		if gone {
			layers = append(layers, Layer{time.UnixMicro(to.first).UTC(), time.UnixMicro(from.last).UTC(), from.cause, to.cause})
		}
	}
	return layers
}
