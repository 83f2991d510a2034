package policy

import (
	"cmp"
	"slices"
	"time"
)

// Layer is a change of the reason for which a group is denied. A message names only one
// reason. If one disappears and another takes its place, the second may have been there
// all along, or be new.
type Layer struct {
	At       time.Time // of the first denial for the new reason
	Until    time.Time // of the last denial for the old reason
	From, To Cause     // without the denied action and counts
}

// leastOfLayer is how many denials a reason needs to count as one: a single message
// of another kind may be chance.
const leastOfLayer = 3

// causeSpan is when there were denials for a cause.
type causeSpan struct {
	cause Cause
	Span
}

// layersOf returns the changes of reason, in order of time. Reasons that overlap are
// not layers.
func layersOf(spans []causeSpan) (layers []Layer) {
	spans = slices.DeleteFunc(spans, func(s causeSpan) bool { return s.Denials < leastOfLayer })
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
