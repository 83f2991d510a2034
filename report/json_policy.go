package report

import (
	"time"

	"trail403/aggregate"
	"trail403/ingest/event"
	"trail403/report/advice"
)

type jsonPolicy struct {
	PolicyARN   string      `json:"policy_arn"`
	Cause       event.Cause `json:"cause"`
	Causes      []jsonValue `json:"causes"`
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
	Actions     []jsonValue `json:"actions"`
	FirstSeen   time.Time   `json:"first_seen"`
	LastSeen    time.Time   `json:"last_seen"`
}

func policyOf(p *aggregate.Policy) jsonPolicy {
	return jsonPolicy{
		PolicyARN: p.ARN, Cause: p.Cause, Causes: valuesOf(&aggregate.Top{List: p.Causes}), WhyNotTold: p.WhyNotTold,
		Bucket: p.Bucket, Principal: p.Principal, VPCEndpoint: p.VPCEndpoint, KMSKey: p.KMSKey, Owner: string(p.Owner),
		Denials: p.Denials, Late: p.Late, Principals: p.Principals, Buckets: p.Buckets, Actions: valuesOf(&p.Actions),
		FirstSeen: p.FirstSeen, LastSeen: p.LastSeen,
	}
}

// jsonFrom lists the values that most denials have, and counts the others.
type jsonFrom struct {
	SourceIPs    []jsonValue    `json:"source_ips"`
	UserAgents   []jsonValue    `json:"user_agents"`
	Regions      []jsonValue    `json:"regions"`
	VPCEndpoints []jsonValue    `json:"vpc_endpoints"`
	KeyPrefixes  []jsonValue    `json:"key_prefixes"`
	Other        jsonFromOthers `json:"other"`
}

type jsonFromOthers struct {
	SourceIPs    jsonOther `json:"source_ips"`
	UserAgents   jsonOther `json:"user_agents"`
	Regions      jsonOther `json:"regions"`
	VPCEndpoints jsonOther `json:"vpc_endpoints"`
	KeyPrefixes  jsonOther `json:"key_prefixes"`
}

type jsonValue struct {
	Value   string `json:"value"`
	Denials int    `json:"denials"`
}

type jsonOther struct {
	Values  int `json:"values"`
	Denials int `json:"denials"`
}

func fromOf(f *aggregate.From) jsonFrom {
	other := func(t *aggregate.Top) jsonOther { return jsonOther{t.OtherValues, t.OtherDenials} }
	return jsonFrom{
		SourceIPs: valuesOf(&f.SourceIPs), UserAgents: valuesOf(&f.UserAgents), Regions: valuesOf(&f.Regions),
		VPCEndpoints: valuesOf(&f.VPCEndpoints), KeyPrefixes: valuesOf(&f.KeyPrefixes),
		Other: jsonFromOthers{
			SourceIPs: other(&f.SourceIPs), UserAgents: other(&f.UserAgents), Regions: other(&f.Regions),
			VPCEndpoints: other(&f.VPCEndpoints), KeyPrefixes: other(&f.KeyPrefixes),
		},
	}
}

func valuesOf(t *aggregate.Top) []jsonValue {
	out := []jsonValue{}
	for _, c := range t.List {
		out = append(out, jsonValue(c))
	}
	return out
}

type jsonHint struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

func hintsOf(g *aggregate.Group, pattern aggregate.Pattern) []jsonHint {
	out := []jsonHint{}
	for _, h := range advice.Hints(g, pattern) {
		out = append(out, jsonHint(h))
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
