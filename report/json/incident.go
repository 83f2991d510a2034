package json

import (
	"time"

	"trail403/aggregate"
	"trail403/ingest/event"
)

// Incident is one member of incidents.
type Incident struct {
	ID         string    `json:"id"`
	Pattern    string    `json:"pattern"`
	Onset      time.Time `json:"onset"`
	OnsetLow   time.Time `json:"onset_low"`
	OnsetHigh  time.Time `json:"onset_high"`
	LastSeen   time.Time `json:"last_seen"`
	Shared     Shared    `json:"shared"`
	Groups     []string  `json:"groups"`
	Matching   int       `json:"matching"`
	Denials    int       `json:"denials"`
	Principals int       `json:"principals"`
	Buckets    int       `json:"buckets"`
	Changes    []Link    `json:"changes"`
	Certainty  string    `json:"certainty"`
	Proof      *Proof    `json:"proof"`
	After      []Next    `json:"changes_after"`
}

// Next names a change that came after the last denial.
type Next struct {
	EventID string `json:"event_id"`
	Seconds int    `json:"after_seconds"`
}

// Shared leaves out what the groups do not share.
type Shared struct {
	PolicyARN        string      `json:"policy_arn,omitempty"`
	KMSKey           string      `json:"kms_key,omitempty"`
	VPCEndpoint      string      `json:"vpc_endpoint,omitempty"`
	Principal        string      `json:"principal,omitempty"`
	PrincipalAccount string      `json:"principal_account,omitempty"`
	Bucket           string      `json:"bucket,omitempty"`
	BucketAccount    string      `json:"bucket_account,omitempty"`
	Cause            event.Cause `json:"cause,omitempty"`
}

// Link names a change that came before, by its event id.
type Link struct {
	EventID    string `json:"event_id"`
	LagSeconds int    `json:"lag_seconds"`
}

// Change is one member of changes.
type Change struct {
	EventID     string    `json:"event_id"`
	EventTime   time.Time `json:"event_time"`
	EventSource string    `json:"event_source"`
	EventName   string    `json:"event_name"`
	Actor       string    `json:"actor"`
	Session     string    `json:"session"`
	Account     string    `json:"account"`
	SourceIP    string    `json:"source_ip"`
	TargetType  string    `json:"target_type"`
	Target      string    `json:"target"`
	Targets     []Target  `json:"targets"`
	// Diff is null where it is not known what the change did to policy documents, or
	// it touched none. DiffOmitted says how many differences are left out.
	Diff        []Difference `json:"diff"`
	DiffOmitted int          `json:"diff_omitted"`
}

// Difference is what a change did to one statement of a policy document.
type Difference struct {
	Op        string `json:"op"`
	Sid       string `json:"sid"`
	Statement int    `json:"statement"`
	Before    string `json:"before"`
	After     string `json:"after"`
}

// Target is what a change altered.
type Target struct {
	Type string `json:"type"`
	Name string `json:"name"`
}

func incidentOf(r *aggregate.Result, in *aggregate.Incident) Incident {
	return Incident{
		ID: in.ID, Pattern: string(in.Pattern), Onset: in.Onset, OnsetLow: in.OnsetLow,
		OnsetHigh: in.OnsetHigh, LastSeen: in.LastSeen,
		Shared: sharedOf(in.Shared),
		Groups: orEmpty(in.Groups), Matching: in.Matching, Certainty: string(in.Certainty),
		Proof:   proofOf(r, in),
		Denials: in.Denials, Principals: in.Principals, Buckets: in.Buckets,
		Changes: linksOf(r, in.Changes), After: nextOf(r, in.After),
	}
}

func sharedOf(s aggregate.Shared) Shared {
	return Shared{
		PolicyARN: s.PolicyARN, KMSKey: s.KMSKey, VPCEndpoint: s.VPCEndpoint, Principal: s.Principal,
		PrincipalAccount: s.Account, Bucket: s.Bucket, BucketAccount: s.BucketAccount, Cause: s.Cause,
	}
}

func nextOf(r *aggregate.Result, links []aggregate.Link) []Next {
	out := []Next{}
	for _, l := range links {
		out = append(out, Next{r.Changes[l.Change].EventID, int(l.Lag / time.Second)})
	}
	return out
}

func linksOf(r *aggregate.Result, links []aggregate.Link) []Link {
	out := []Link{}
	for _, l := range links {
		out = append(out, Link{r.Changes[l.Change].EventID, int(l.Lag / time.Second)})
	}
	return out
}

func changeOf(c *event.Change, revisions []aggregate.Revision) Change {
	out := Change{
		EventID: c.EventID, EventTime: c.Time, EventSource: c.Source, EventName: c.Name,
		Actor: c.Actor, Session: c.Session,
		Account: c.Account, SourceIP: c.SourceIP, Targets: []Target{},
	}
	for _, t := range c.Targets {
		out.Targets = append(out.Targets, Target(t))
	}
	if len(c.Targets) > 0 {
		out.TargetType, out.Target = c.Targets[0].Type, c.Targets[0].Name
	}
	out.Diff, out.DiffOmitted = diffOf(revisions)
	return out
}

// diffOf joins the differences of all documents of a change. If those of one are not
// known, a list without them would claim that there are none.
func diffOf(revisions []aggregate.Revision) (diff []Difference, more int) {
	for i := range revisions {
		if !revisions[i].Known {
			return nil, 0
		}
		if diff == nil {
			diff = []Difference{}
		}
		for _, d := range revisions[i].Differences {
			diff = append(diff, Difference{string(d.Op), d.Sid, d.Statement, d.Before, d.After})
		}
		more += revisions[i].More
	}
	return diff, more
}
