package report

import (
	"time"

	"trail403/aggregate"
	"trail403/ingest/event"
)

type jsonIncident struct {
	ID         string     `json:"id"`
	Pattern    string     `json:"pattern"`
	Onset      time.Time  `json:"onset"`
	OnsetLow   time.Time  `json:"onset_low"`
	OnsetHigh  time.Time  `json:"onset_high"`
	LastSeen   time.Time  `json:"last_seen"`
	Shared     jsonShared `json:"shared"`
	Groups     []string   `json:"groups"`
	Matching   int        `json:"matching"`
	Denials    int        `json:"denials"`
	Principals int        `json:"principals"`
	Buckets    int        `json:"buckets"`
	Changes    []jsonLink `json:"changes"`
	Certainty  string     `json:"certainty"`
	After      []jsonNext `json:"changes_after"`
}

// jsonNext names a change that came after the last denial.
type jsonNext struct {
	EventID string `json:"event_id"`
	Seconds int    `json:"after_seconds"`
}

// jsonShared leaves out what the groups do not share.
type jsonShared struct {
	PolicyARN        string      `json:"policy_arn,omitempty"`
	KMSKey           string      `json:"kms_key,omitempty"`
	VPCEndpoint      string      `json:"vpc_endpoint,omitempty"`
	Principal        string      `json:"principal,omitempty"`
	PrincipalAccount string      `json:"principal_account,omitempty"`
	Bucket           string      `json:"bucket,omitempty"`
	BucketAccount    string      `json:"bucket_account,omitempty"`
	Cause            event.Cause `json:"cause,omitempty"`
}

// jsonLink names a change that came before, by its event id.
type jsonLink struct {
	EventID    string `json:"event_id"`
	LagSeconds int    `json:"lag_seconds"`
}

type jsonChange struct {
	EventID     string       `json:"event_id"`
	EventTime   time.Time    `json:"event_time"`
	EventSource string       `json:"event_source"`
	EventName   string       `json:"event_name"`
	Actor       string       `json:"actor"`
	Session     string       `json:"session"`
	Account     string       `json:"account"`
	SourceIP    string       `json:"source_ip"`
	TargetType  string       `json:"target_type"`
	Target      string       `json:"target"`
	Targets     []jsonTarget `json:"targets"`
}

type jsonTarget struct {
	Type string `json:"type"`
	Name string `json:"name"`
}

func incidentOf(r *aggregate.Result, in *aggregate.Incident) jsonIncident {
	s := &in.Shared
	return jsonIncident{
		ID: in.ID, Pattern: string(in.Pattern), Onset: in.Onset, OnsetLow: in.OnsetLow, OnsetHigh: in.OnsetHigh, LastSeen: in.LastSeen,
		Shared: jsonShared{
			PolicyARN: s.PolicyARN, KMSKey: s.KMSKey, VPCEndpoint: s.VPCEndpoint, Principal: s.Principal,
			PrincipalAccount: s.Account, Bucket: s.Bucket, BucketAccount: s.BucketAccount, Cause: s.Cause,
		},
		Groups: orEmpty(in.Groups), Matching: in.Matching, Certainty: string(in.Certainty), Denials: in.Denials, Principals: in.Principals, Buckets: in.Buckets, Changes: linksOf(r, in.Changes), After: nextOf(r, in.After),
	}
}

func nextOf(r *aggregate.Result, links []aggregate.Link) []jsonNext {
	out := []jsonNext{}
	for _, l := range links {
		out = append(out, jsonNext{r.Changes[l.Change].EventID, int(l.Lag / time.Second)})
	}
	return out
}

func linksOf(r *aggregate.Result, links []aggregate.Link) []jsonLink {
	out := []jsonLink{}
	for _, l := range links {
		out = append(out, jsonLink{r.Changes[l.Change].EventID, int(l.Lag / time.Second)})
	}
	return out
}

func changeOf(c *event.Change) jsonChange {
	out := jsonChange{
		EventID: c.EventID, EventTime: c.Time, EventSource: c.Source, EventName: c.Name, Actor: c.Actor, Session: c.Session,
		Account: c.Account, SourceIP: c.SourceIP, Targets: []jsonTarget{},
	}
	for _, t := range c.Targets {
		out.Targets = append(out.Targets, jsonTarget(t))
	}
	if len(c.Targets) > 0 {
		out.TargetType, out.Target = c.Targets[0].Type, c.Targets[0].Name
	}
	return out
}
