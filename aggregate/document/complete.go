package document

import (
	"trail403/ingest/change"
	"trail403/ingest/event"
)

// IsComplete says whether a file has all policies of a role or user: its inline ones,
// the text of each that is attached to it, and those of its groups.
func (b *Book) IsComplete(principal string) bool {
	caller, ok := change.OfPrincipal(principal)
	return ok && b.complete[caller] && b.hasTexts(caller)
}

// hasTexts says whether the text of everything that a thing is linked to is known.
func (b *Book) hasTexts(of event.Target) bool {
	for _, l := range b.links[of] {
		switch {
		case l.complete || l.ends:
		case l.Relation == event.Attached && len(b.names[l.to]) == 0:
			return false
		case l.Relation == event.Member && of.Type == change.Group: // AWS has no groups in groups
			return false
		case l.Relation == event.Member && !(b.complete[l.to] && b.hasTexts(l.to)):
			return false
		}
	}
	return true
}
