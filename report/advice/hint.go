package advice

import (
	"slices"

	"trail403/aggregate"
	"trail403/ingest/event"
)

// IDs of hints that others act on.
const (
	HintMissingObject = "403-is-404"
	HintEnumeration   = "enumeration"
	HintFallback      = "provider-fallback"
)

// Hint is what an experienced engineer would know about a group, beyond its cause.
type Hint struct{ ID, Text string }

// hint is a rule. Of several with one ID, the first that holds counts.
type hint struct {
	id, text string
	when     string // it holds, in words for docs/hints.md
	link     string
	holds    func(g *aggregate.Group, pattern aggregate.Pattern) bool
}

// isEvaluated says whether the cause is one of several layers that AWS evaluates.
// A message names one of them, and others may deny the request too.
func isEvaluated(c event.Cause) bool {
	return c.Policy() != "" || c.Effect() != "" || c == event.KMSKey || c == event.AccessGrants
}

func anyCause(g *aggregate.Group, holds func(*aggregate.Cause) bool) bool {
	for i := range g.Causes {
		if holds(&g.Causes[i]) {
			return true
		}
	}
	return false
}

// ofBucket says whether a cause is the given one, and the policy is that of a
// bucket and not of a KMS key.
func ofBucket(cause event.Cause) func(*aggregate.Cause) bool {
	return func(c *aggregate.Cause) bool {
		return c.Cause == cause && !event.IsKMS(c.DeniedAction)
	}
}

// reads says whether the group has requests that read an object.
func reads(g *aggregate.Group) bool {
	return slices.ContainsFunc(g.EventNames, func(n aggregate.Count) bool { return ReadsObject(n.Value) })
}
