package sections

import (
	"net/netip"
	"strings"

	"trail403/aggregate"
	"trail403/ingest/message"
	"trail403/report/advice"
	"trail403/report/model"
	"trail403/report/page"
	"trail403/report/words"
)

// simulate adds a step with the call of the IAM policy simulator for one of the requests that
// a policy denied, so that an edit can be tried. There is none where the message of that
// request does not name its resource, or where the simulator does not take the policy.
func (s *sections) simulate(f *model.Fix) {
	if len(f.Groups) == 0 || f.Advice.Alarm || f.Case.Probing || f.MayBeMissing() {
		return
	}
	g := f.Groups[0]
	for i := range g.Examples {
		if command := simulationOf(f, g, &g.Examples[i]); command != "" {
			s.Step("Simulate one of these requests, before and after the edit. The simulator uses the policies of today, " +
				"and no RCPs: " + page.Command(command))
			return
		}
	}
}

func simulationOf(f *model.Fix, g *aggregate.Group, e *aggregate.Example) string {
	c := f.Case
	m := message.Parse(e.Text())
	if m.Cause != c.Cause || m.Resource == "" || strings.ContainsAny(m.Resource, "*") {
		return ""
	}
	c.Principal, c.PrincipalType, c.Resource = words.Plain(g.Principal), g.PrincipalType, words.Plain(m.Resource)
	c.Bucket, c.BucketAccount, c.DeniedAction = words.Plain(g.Bucket), words.Plain(g.BucketAccount), words.Plain(m.Action)
	return advice.Simulation(c, contextOf(g, e))
}

// contextOf returns the condition keys that all requests of a group had alike, and the
// public address of the example.
func contextOf(g *aggregate.Group, e *aggregate.Example) (keys []advice.ContextKey) {
	endpoints := g.From.VPCEndpoints.List
	if len(endpoints) == 1 && endpoints[0].Denials == g.Denials {
		keys = append(keys, advice.ContextKey{Name: "aws:SourceVpce", Value: endpoints[0].Value})
	}
	if ip, err := netip.ParseAddr(e.SourceIP); err == nil && len(endpoints) == 0 && !ip.IsPrivate() {
		keys = append(keys, advice.ContextKey{Name: "aws:SourceIp", Value: e.SourceIP})
	}
	if regions := g.From.Regions.List; len(regions) == 1 && regions[0].Denials == g.Denials {
		keys = append(keys, advice.ContextKey{Name: "aws:RequestedRegion", Value: regions[0].Value})
	}
	return keys
}
