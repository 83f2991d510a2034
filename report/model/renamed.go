package model

import (
	"slices"
	"time"

	"trail403/aggregate"
)

// renamedWithin is how long before an incident the last denial of a caller came that may
// have been renamed.
const renamedWithin = 7 * 24 * time.Hour

// renamed returns the group of a caller that was denied the same until the incident
// started, from the same address and with the same tool, or nil if there is none. Its
// requests are not over: they come under another name.
func (b byRequest) renamed(in *Incident) *aggregate.Group {
	if in.Principals != 1 {
		return nil
	}
	for _, g := range in.Members {
		for _, old := range b[requestOf(g)] {
			if old.Principal != g.Principal && old.PrincipalType == g.PrincipalType &&
				old.LastSeen.Before(in.Onset) && in.Onset.Sub(old.LastSeen) <= renamedWithin &&
				share(&old.From.SourceIPs, &g.From.SourceIPs) && share(&old.From.UserAgents, &g.From.UserAgents) {
				return old
			}
		}
	}
	return nil
}

// byRequest holds groups by what was requested from which account, whoever the caller.
type byRequest map[request][]*aggregate.Group

type request struct{ account, action, bucket string }

func requestOf(g *aggregate.Group) request { return request{g.PrincipalAccount, g.Action, g.Bucket} }

func byRequestOf(r *aggregate.Result) byRequest {
	b := byRequest{}
	for i := range r.Groups {
		g := &r.Groups[i]
		b[requestOf(g)] = append(b[requestOf(g)], g)
	}
	return b
}

// share says whether two lists have a value in common.
func share(a, b *aggregate.Top) bool {
	return slices.ContainsFunc(a.List, func(x aggregate.Count) bool {
		return x.Value != "" && slices.ContainsFunc(b.List, func(y aggregate.Count) bool { return x.Value == y.Value })
	})
}
