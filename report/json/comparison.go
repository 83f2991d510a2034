package json

import (
	"io"
	"time"

	"trail403/aggregate"
	"trail403/ingest/event"
	"trail403/report/compare"
)

// Comparison is the member comparison: what changed since an earlier report.
type Comparison struct {
	Earlier       compare.Window   `json:"earlier"`
	Later         compare.Window   `json:"later"`
	DenialsBefore int              `json:"denials_before"`
	Denials       int              `json:"denials"`
	Coverage      []Unlike         `json:"coverage"`
	Rated         bool             `json:"rates_compared"`
	Groups        []GroupChange    `json:"groups"`
	Incidents     []IncidentChange `json:"incidents"`
	Policies      []PolicyChange   `json:"policies"`
	News          int              `json:"news"`
	Worse         int              `json:"worse"`
}

// Unlike is where the two reports did not look at the same.
type Unlike struct {
	Aspect  string   `json:"aspect"`
	Earlier []string `json:"earlier"`
	Later   []string `json:"later"`
}

// GroupChange is what became of a group. What is not compared is null.
type GroupChange struct {
	ID            string   `json:"id"`
	State         string   `json:"state"`
	Principal     string   `json:"principal"`
	Action        string   `json:"action"`
	Bucket        string   `json:"bucket"`
	DenialsBefore int      `json:"denials_before"`
	Denials       int      `json:"denials"`
	PerDayBefore  *float64 `json:"per_day_before"`
	PerDay        *float64 `json:"per_day"`
	Ratio         *float64 `json:"ratio"`
	RatioLow      *float64 `json:"ratio_low"`
	RatioHigh     *float64 `json:"ratio_high"`
	P             *float64 `json:"p"`
	Q             *float64 `json:"q"`
}

// IncidentChange is what became of an incident.
type IncidentChange struct {
	ID        string      `json:"id"`
	EarlierID string      `json:"earlier_id"`
	State     string      `json:"state"`
	Ongoing   bool        `json:"ongoing"`
	Pattern   string      `json:"pattern"`
	Cause     event.Cause `json:"cause"`
	Shared    Shared      `json:"shared"`
	Certainty string      `json:"certainty"`
	Onset     time.Time   `json:"onset"`
	LastSeen  time.Time   `json:"last_seen"`
	Denials   int         `json:"denials"`
}

// PolicyChange is a policy that improved.
type PolicyChange struct {
	State       string      `json:"state"`
	PolicyARN   string      `json:"policy_arn"`
	Cause       event.Cause `json:"cause"`
	WhyNotTold  string      `json:"why_not_told"`
	Bucket      string      `json:"bucket"`
	Principal   string      `json:"principal"`
	VPCEndpoint string      `json:"vpc_endpoint"`
	Owner       string      `json:"owner"`
	LateBefore  int         `json:"late_denials_before"`
}

// WriteComparison writes a comparison alone, as one object.
func WriteComparison(w io.Writer, c *compare.Comparison) error {
	out := newWriter(w)
	out.print("{")
	out.member("schema", ComparisonSchema)
	out.member("comparison", comparisonOf(c))
	out.print("}\n")
	return out.end()
}

// ComparisonSchema names what WriteComparison writes, and its version.
const ComparisonSchema = "trail403.comparison/1"

func comparisonOf(c *compare.Comparison) Comparison {
	news, worse := c.News(), c.Worse()
	out := Comparison{
		Earlier: c.Earlier, Later: c.Later, DenialsBefore: c.Denials[0], Denials: c.Denials[1],
		Rated: c.Rated, News: len(news.Groups) + len(news.Incidents), Worse: len(worse.Groups) + len(worse.Incidents),
		Coverage: []Unlike{}, Groups: []GroupChange{}, Incidents: []IncidentChange{}, Policies: []PolicyChange{},
	}
	for _, u := range c.Coverage {
		out.Coverage = append(out.Coverage, Unlike{string(u.Aspect), orEmpty(u.Earlier), orEmpty(u.Later)})
	}
	for i := range c.Groups {
		g := &c.Groups[i]
		out.Groups = append(out.Groups, GroupChange{
			ID: g.ID, State: string(g.State), Principal: g.Principal, Action: g.Action, Bucket: g.Bucket,
			DenialsBefore: g.Before, Denials: g.After, PerDayBefore: digits(g.PerDayBefore),
			PerDay: digits(g.PerDayAfter), Ratio: digits(g.Ratio), RatioLow: digits(g.RatioLow),
			RatioHigh: digits(g.RatioHigh), P: digits(g.P), Q: digits(g.Q),
		})
	}
	for i := range c.Incidents {
		in := &c.Incidents[i]
		out.Incidents = append(out.Incidents, IncidentChange{
			ID: in.ID, EarlierID: in.EarlierID, State: string(in.State), Ongoing: in.IsOngoing,
			Pattern: string(in.Pattern), Cause: in.Cause, Shared: sharedOf(aggregate.Shared(in.Shared)),
			Certainty: string(in.Certainty), Onset: in.Onset, LastSeen: in.LastSeen, Denials: in.Denials,
		})
	}
	for _, p := range c.Policies {
		out.Policies = append(out.Policies, PolicyChange{
			"improved", p.PolicyARN, p.Cause, p.WhyNotTold, p.Bucket, p.Principal, p.VPCEndpoint, string(p.Owner), p.Before,
		})
	}
	return out
}
