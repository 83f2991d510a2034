package compare

import (
	"slices"
	"time"

	"trail403/aggregate"
	"trail403/report/words"
)

// FromResult returns what a comparison needs of a result. It is the same as reading the
// JSON report of the result.
func FromResult(r *aggregate.Result) *Report {
	out := &Report{Totals: Totals{r.Totals.Denials}, Coverage: coverageFrom(r)}
	out.Window.Interval = r.Window.Interval.String()
	out.Window.From, out.Window.To = timeOrNil(r.Window.From), timeOrNil(r.Window.To)
	out.RecentAt = timeOrNil(r.RecentFrom)
	for i := range r.Groups {
		out.Groups = append(out.Groups, groupFrom(&r.Groups[i]))
	}
	for i := range r.Policies {
		p := &r.Policies[i]
		out.Policies = append(out.Policies, Policy{
			PolicyKey{p.ARN, p.Cause, p.WhyNotTold, p.Bucket, p.Principal, p.VPCEndpoint, p.Owner},
			p.Denials, p.Recent,
		})
	}
	for i := range r.Incidents {
		in := &r.Incidents[i]
		out.Incidents = append(out.Incidents, Incident{
			ID: in.ID, Pattern: in.Pattern, Onset: in.Onset, OnsetLow: in.OnsetLow, OnsetHigh: in.OnsetHigh,
			LastSeen: in.LastSeen, Shared: Shared(in.Shared), Groups: in.Groups, Denials: in.Denials,
			Principals: in.Principals, Buckets: in.Buckets, Certainty: in.Certainty,
		})
	}
	return out
}

func coverageFrom(r *aggregate.Result) (out Coverage) {
	c := &r.Coverage
	out.Objects.Listed, out.Objects.Failed = c.Objects.Listed, c.Objects.Failed
	out.Records.Seen = c.Records.Seen
	if any := c.DataEvents.Any(); len(c.DataEvents) > 0 {
		out.DataEvents = &any
	}
	out.Delivered = timeOrNil(c.Delivered)
	out.Accounts, out.Regions = r.Accounts, c.Trails.Regions()
	for _, g := range r.Gaps {
		out.Gaps = append(out.Gaps, Gap{g.Account, g.Day.Format(time.DateOnly)})
	}
	for _, e := range r.Exclusions {
		out.Exclusions = append(out.Exclusions, struct {
			Rule    string `json:"rule"`
			Expired bool   `json:"expired"`
		}{words.Rule(&e), e.Expired})
	}
	return out
}

func groupFrom(g *aggregate.Group) Group {
	out := Group{
		ID: g.ID, Principal: g.Principal, PrincipalType: g.PrincipalType, PrincipalAccount: g.PrincipalAccount,
		Action: g.Action, Bucket: g.Bucket, BucketAccount: g.BucketAccount,
		Denials: g.Denials, FirstSeen: g.FirstSeen, LastSeen: g.LastSeen,
		Series: make([]Point, len(g.Series)),
	}
	for i, p := range g.Series {
		out.Series[i] = Point(p)
	}
	if f := g.Recovery; f != nil {
		out.Fixed = &Fixed{f.State, timeOrNil(f.First)}
	}
	for _, c := range g.Causes {
		out.Causes = append(out.Causes, Cause{c.Cause, c.PolicyARN, c.WhyNotTold})
	}
	regions := slices.Clone(g.From.Regions.List)
	for _, r := range regions {
		out.From.Regions = append(out.From.Regions, struct {
			Value string `json:"value"`
		}{r.Value})
	}
	return out
}

func timeOrNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
