package suggest

import (
	"trail403/aggregate"
	"trail403/aggregate/amendment"
	"trail403/aggregate/evaluate"
	"trail403/aggregate/statement"
)

// requestsOf returns the requests of a group that were denied for one cause.
func requestsOf(g *aggregate.Group, c aggregate.Cause, seen *amendment.Seen) []statement.Denied {
	if seen == nil {
		return nil
	}
	of := amendment.Group{Principal: g.Principal, Action: g.Action, Bucket: g.Bucket}
	list := seen.Of(of, c.Cause, c.DeniedAction, c.PolicyARN)
	k, ok := keysOf(g, c)
	if !ok || k.None || readable(k.Common) != k.Common {
		k = aggregate.Keys{}
	}
	for i := range list {
		list[i].Request = withKey(&list[i], k)
		if isKMS(list[i].Request.Action) && list[i].Request.Resource == "" && len(g.KMSKeys) == 1 {
			r := *list[i].Request
			r.Resource = g.KMSKeys[0] // no other key of the group is known
			list[i].Request = &r
		}
	}
	return list
}

// withKey returns a request with what all keys of its group have in common, where that is
// more than what is known of its own key.
func withKey(d *statement.Denied, k aggregate.Keys) *evaluate.Request {
	r := *d.Request
	if r.Resource != "" && !r.ResourceOpen {
		return d.Request
	}
	r.Resource, r.ResourceOpen = "", false
	r.SetKeyPrefix(d.Denial, k.Common)
	if len(r.Resource) < len(d.Request.Resource) {
		return d.Request
	}
	if k.One {
		r.ResourceOpen = false
	}
	return &r
}
