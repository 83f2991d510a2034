package evaluate

import (
	"slices"

	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// Says says what one policy by itself says about a request: whether a Deny statement and
// whether an Allow statement is about it. denies are the Deny statements that are, and
// unseen is what the answers depend on.
func Says(r *Request, p *Policy) (deny, allow policydoc.Truth, denies []Finding, unseen []string) {
	t := tally{applies: true}
	t.add(r, p)
	return t.deny, slices.Max(t.places[0].allow[:]), t.denies, t.unseen
}

// Allows says whether policies allow a request, whatever their Deny statements say.
func Allows(r *Request, policies *Policies) policydoc.Truth {
	tallies := count(r, policies)
	within, _ := allow(r, tallies, true)
	across, _ := allow(r, tallies, false)
	known := r.ResourceAccount != "" && r.Caller.Account != ""
	switch {
	case known && r.ResourceAccount == r.Caller.Account:
		return within
	case known || within == across:
		return across
	}
	return policydoc.Unseen
}

// Applies says whether policies of a kind can apply to the request.
func (r *Request) Applies(kind event.Policy) bool { return r.subject(kind) }
