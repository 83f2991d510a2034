package json

import (
	"time"

	"trail403/aggregate"
	"trail403/ingest/event"
	"trail403/report/advice"
)

// Policy is one member of policies.
type Policy struct {
	PolicyARN   string      `json:"policy_arn"`
	Cause       event.Cause `json:"cause"`
	Causes      []Value     `json:"causes"`
	WhyNotTold  string      `json:"why_not_told"`
	Bucket      string      `json:"bucket"`
	Principal   string      `json:"principal"`
	VPCEndpoint string      `json:"vpc_endpoint"`
	KMSKey      string      `json:"kms_key"`
	Owner       string      `json:"owner"`
	Denials     int         `json:"denials"`
	Late        int         `json:"late_denials"`
	Principals  int         `json:"principals"`
	Buckets     int         `json:"buckets"`
	Actions     []Value     `json:"actions"`
	FirstSeen   time.Time   `json:"first_seen"`
	LastSeen    time.Time   `json:"last_seen"`
}

func policyOf(p *aggregate.Policy) Policy {
	return Policy{
		PolicyARN: p.ARN, Cause: p.Cause, Causes: valuesOf(&aggregate.Top{List: p.Causes}), WhyNotTold: p.WhyNotTold,
		Bucket: p.Bucket, Principal: p.Principal, VPCEndpoint: p.VPCEndpoint, KMSKey: p.KMSKey, Owner: string(p.Owner),
		Denials: p.Denials, Late: p.Recent, Principals: p.Principals, Buckets: p.Buckets, Actions: valuesOf(&p.Actions),
		FirstSeen: p.FirstSeen, LastSeen: p.LastSeen,
	}
}

// From lists the values that most denials have, and counts the others.
type From struct {
	SourceIPs    []Value    `json:"source_ips"`
	UserAgents   []Value    `json:"user_agents"`
	Regions      []Value    `json:"regions"`
	VPCEndpoints []Value    `json:"vpc_endpoints"`
	KeyPrefixes  []Value    `json:"key_prefixes"`
	Other        FromOthers `json:"other"`
}

// FromOthers counts the values that From does not list.
type FromOthers struct {
	SourceIPs    Other `json:"source_ips"`
	UserAgents   Other `json:"user_agents"`
	Regions      Other `json:"regions"`
	VPCEndpoints Other `json:"vpc_endpoints"`
	KeyPrefixes  Other `json:"key_prefixes"`
}

// Value is how often a value occurs.
type Value struct {
	Value   string `json:"value"`
	Denials int    `json:"denials"`
}

// Other counts values and their denials.
type Other struct {
	Values  int `json:"values"`
	Denials int `json:"denials"`
}

func fromOf(f *aggregate.From) From {
	other := func(t *aggregate.Top) Other { return Other{t.OtherValues, t.OtherDenials} }
	return From{
		SourceIPs: valuesOf(&f.SourceIPs), UserAgents: valuesOf(&f.UserAgents), Regions: valuesOf(&f.Regions),
		VPCEndpoints: valuesOf(&f.VPCEndpoints), KeyPrefixes: valuesOf(&f.KeyPrefixes),
		Other: FromOthers{
			SourceIPs: other(&f.SourceIPs), UserAgents: other(&f.UserAgents), Regions: other(&f.Regions),
			VPCEndpoints: other(&f.VPCEndpoints), KeyPrefixes: other(&f.KeyPrefixes),
		},
	}
}

func valuesOf(t *aggregate.Top) []Value {
	out := []Value{}
	for _, c := range t.List {
		out = append(out, Value(c))
	}
	return out
}

// Hint is a remark on a group.
type Hint struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

func hintsOf(g *aggregate.Group, pattern aggregate.Pattern) []Hint {
	out := []Hint{}
	for _, h := range advice.Hints(g, pattern) {
		out = append(out, Hint(h))
	}
	return out
}

// patternsOf returns the pattern of each incident, by its id.
func patternsOf(r *aggregate.Result) map[string]aggregate.Pattern {
	patterns := map[string]aggregate.Pattern{}
	for i := range r.Incidents {
		patterns[r.Incidents[i].ID] = r.Incidents[i].Pattern
	}
	return patterns
}
