package compare

import (
	"time"

	"trail403/aggregate"
	"trail403/ingest/event"
)

// Report is what a comparison needs of a report. The names are those of the JSON
// report.
type Report struct {
	Schema    string     `json:"schema"`
	Window    Window     `json:"window"`
	RecentAt  *time.Time `json:"late_from"`
	Coverage  Coverage   `json:"coverage"`
	Totals    Totals     `json:"totals"`
	Policies  []Policy   `json:"policies"`
	Groups    []Group    `json:"groups"`
	Incidents []Incident `json:"incidents"`
}

// Window is the time that a report is about. An open end is nil.
type Window struct {
	From     *time.Time `json:"from"`
	To       *time.Time `json:"to"`
	Interval string     `json:"interval"`
}

// Coverage is what a report was made of. Accounts and Regions are nil in reports that
// do not name them.
type Coverage struct {
	Objects struct {
		Listed int `json:"listed"`
		Failed int `json:"failed"`
	} `json:"objects"`
	Records struct {
		Seen int `json:"seen"`
	} `json:"records"`
	DataEvents *bool      `json:"data_events"`
	Delivered  *time.Time `json:"delivered_until"`
	Accounts   []string   `json:"accounts"`
	Regions    []string   `json:"regions"`
	Gaps       []Gap      `json:"gaps"`
	Exclusions []struct {
		Rule    string `json:"rule"`
		Expired bool   `json:"expired"`
	} `json:"exclusions"`
}

// Gap is a day of which an account and Region have no objects.
type Gap struct {
	Account string `json:"account"`
	Day     string `json:"day"`
}

// Totals counts over all groups.
type Totals struct {
	Denials int `json:"denials"`
}

// Group is one principal, action and bucket.
type Group struct {
	ID               string    `json:"id"`
	Principal        string    `json:"principal"`
	PrincipalType    string    `json:"principal_type"`
	PrincipalAccount string    `json:"principal_account"`
	Action           string    `json:"action"`
	Bucket           string    `json:"bucket"`
	BucketAccount    string    `json:"bucket_account"`
	Denials          int       `json:"denials"`
	FirstSeen        time.Time `json:"first_seen"`
	LastSeen         time.Time `json:"last_seen"`
	Causes           []Cause   `json:"causes"`
	Series           []Point   `json:"series"`
	Fixed            *Fixed    `json:"fixed"`
	From             struct {
		Regions []struct {
			Value string `json:"value"`
		} `json:"regions"`
	} `json:"from"`
}

// Fixed is what became of the requests of a group since its last denial, nil in reports
// that do not say.
type Fixed struct {
	State aggregate.RecoveryState `json:"state"`
	First *time.Time              `json:"first_success"`
}

// Cause is why requests of a group were denied.
type Cause struct {
	Cause      event.Cause `json:"cause"`
	PolicyARN  string      `json:"policy_arn"`
	WhyNotTold string      `json:"why_not_told"`
}

// Point is an interval of a series.
type Point struct {
	Start   time.Time `json:"start"`
	Denials int       `json:"denials"`
}

// Incident is a set of groups that started or spiked together.
type Incident struct {
	ID         string              `json:"id"`
	Pattern    aggregate.Pattern   `json:"pattern"`
	Onset      time.Time           `json:"onset"`
	OnsetLow   time.Time           `json:"onset_low"`
	OnsetHigh  time.Time           `json:"onset_high"`
	LastSeen   time.Time           `json:"last_seen"`
	Shared     Shared              `json:"shared"`
	Groups     []string            `json:"groups"`
	Denials    int                 `json:"denials"`
	Principals int                 `json:"principals"`
	Buckets    int                 `json:"buckets"`
	Certainty  aggregate.Certainty `json:"certainty"`
}

// Shared is what the groups of an incident have in common.
type Shared struct {
	PolicyARN     string      `json:"policy_arn"`
	KMSKey        string      `json:"kms_key"`
	VPCEndpoint   string      `json:"vpc_endpoint"`
	Principal     string      `json:"principal"`
	Account       string      `json:"principal_account"`
	Bucket        string      `json:"bucket"`
	BucketAccount string      `json:"bucket_account"`
	Cause         event.Cause `json:"cause"`
}

// Policy is what denied requests.
type Policy struct {
	PolicyKey
	Denials int `json:"denials"`
	Recent  int `json:"late_denials"`
}

// PolicyKey identifies a policy in both reports.
type PolicyKey struct {
	PolicyARN   string      `json:"policy_arn"`
	Cause       event.Cause `json:"cause"`
	WhyNotTold  string      `json:"why_not_told"`
	Bucket      string      `json:"bucket"`
	Principal   string      `json:"principal"`
	VPCEndpoint string      `json:"vpc_endpoint"`
	Owner       event.Owner `json:"owner"`
}

// recentFrom returns when the recent period of a report starts, the zero time if it has
// no denial.
func (r *Report) recentFrom() time.Time {
	if r.RecentAt == nil {
		return time.Time{}
	}
	return *r.RecentAt
}

// isOngoing says whether the last of some denials is in the recent period.
func (r *Report) isOngoing(last time.Time) bool {
	return r.RecentAt != nil && !last.Before(*r.RecentAt)
}

// groups returns the groups by their ids.
func (r *Report) groups() map[string]*Group {
	byID := make(map[string]*Group, len(r.Groups))
	for i := range r.Groups {
		byID[r.Groups[i].ID] = &r.Groups[i]
	}
	return byID
}
