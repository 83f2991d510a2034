package parquet

import (
	"time"

	"trail403/aggregate"
)

// incidentRow is an incident, with the change that is named first.
type incidentRow struct {
	IncidentID       string     `parquet:"incident_id,dict"`                            // see docs/report-format.md
	Pattern          string     `parquet:"pattern,dict"`                                // bucket-policy, key, …
	Onset            time.Time  `parquet:"onset,timestamp(microsecond)"`                // of the new level
	OnsetLow         time.Time  `parquet:"onset_low,timestamp(microsecond)"`            // between this and the next
	OnsetHigh        time.Time  `parquet:"onset_high,timestamp(microsecond)"`           //
	LastSeen         time.Time  `parquet:"last_seen,timestamp(microsecond)"`            // the last denial
	Ongoing          bool       `parquet:"ongoing"`                                     // it has recent denials
	Cause            string     `parquet:"cause,dict"`                                  // since the onset
	PolicyARN        string     `parquet:"policy_arn,dict"`                             // that its groups share
	KMSKey           string     `parquet:"kms_key,dict"`                                // likewise, as the next five
	VPCEndpoint      string     `parquet:"vpc_endpoint,dict"`                           //
	Principal        string     `parquet:"principal,dict"`                              //
	PrincipalAccount string     `parquet:"principal_account,dict"`                      //
	Bucket           string     `parquet:"bucket,dict"`                                 //
	BucketAccount    string     `parquet:"bucket_account,dict"`                         //
	Groups           int64      `parquet:"groups"`                                      // all of its groups
	Matching         int64      `parquet:"matching"`                                    // those that filters leave
	Denials          int64      `parquet:"denials"`                                     // since the onset
	Principals       int64      `parquet:"principals"`                                  //
	Buckets          int64      `parquet:"buckets"`                                     //
	Certainty        string     `parquet:"certainty,dict"`                              // of the change
	ChangeEventID    string     `parquet:"change_event_id,plain"`                       // empty without a change
	ChangeName       string     `parquet:"change_name,dict"`                            // PutBucketPolicy
	ChangeActor      string     `parquet:"change_actor,dict"`                           // who made it
	ChangeTime       *time.Time `parquet:"change_time,optional,timestamp(microsecond)"` // null without a change
	ProofPolicy      string     `parquet:"proof_policy,dict"`                           // or empty, as the next four
	ProofPolicyARN   string     `parquet:"proof_policy_arn,dict"`                       //
	ProofPolicyName  string     `parquet:"proof_policy_name,dict"`                      // of an inline policy
	ProofAttachedTo  string     `parquet:"proof_attached_to,dict"`                      //
	ProofSid         string     `parquet:"proof_sid,dict"`                              //
	ProofStatement   *int64     `parquet:"proof_statement,optional"`                    // or null, as the next two
	ProofExplains    *int64     `parquet:"proof_explains,optional"`                     // denials
	ProofOf          *int64     `parquet:"proof_of,optional"`                           // denials
}

// incidentRows emits a row for each incident, in their order.
func incidentRows(r *aggregate.Result) rows[incidentRow] {
	return func(emit func(incidentRow) error) error {
		for i := range r.Incidents {
			in := &r.Incidents[i]
			s := &in.Shared
			row := incidentRow{
				IncidentID: in.ID, Pattern: string(in.Pattern), Onset: in.Onset, OnsetLow: in.OnsetLow,
				OnsetHigh: in.OnsetHigh, LastSeen: in.LastSeen, Ongoing: !in.LastSeen.Before(r.RecentFrom),
				Cause: valid(string(in.Cause)), PolicyARN: valid(s.PolicyARN), KMSKey: valid(s.KMSKey),
				VPCEndpoint: valid(s.VPCEndpoint), Principal: valid(s.Principal), PrincipalAccount: valid(s.Account),
				Bucket: valid(s.Bucket), BucketAccount: valid(s.BucketAccount), Groups: int64(len(in.Groups)),
				Matching: int64(in.Matching), Denials: int64(in.Denials), Principals: int64(in.Principals),
				Buckets: int64(in.Buckets), Certainty: string(in.Certainty),
			}
			if len(in.Changes) > 0 {
				c := &r.Changes[in.Changes[0].Change]
				row.ChangeEventID, row.ChangeName, row.ChangeActor = valid(c.EventID), valid(c.Name), valid(c.Actor)
				row.ChangeTime = moment(c.Time)
			}
			if p := in.Proof; p != nil {
				row.ProofPolicy, row.ProofAttachedTo, row.ProofSid = string(p.Kind), valid(p.On), valid(p.Sid)
				row.ProofPolicyARN, row.ProofPolicyName = policyNames(&p.Statement)
				row.ProofStatement, row.ProofExplains, row.ProofOf = whole(p.Number), whole(p.Explained), whole(p.Of)
			}
			if err := emit(row); err != nil {
				return err
			}
		}
		return nil
	}
}
