package parquet

import (
	"time"

	"trail403/aggregate"
)

// policyRow is a policy, as policies of the JSON report has it.
type policyRow struct {
	PolicyARN   string    `parquet:"policy_arn,dict"`                   // if AWS gives it
	Cause       string    `parquet:"cause,dict"`                        // how it denies requests, mainly
	WhyNotTold  string    `parquet:"why_not_told,dict"`                 // set if the cause is not-told
	Owner       string    `parquet:"owner,dict"`                        // identity, bucket, key, network, organization
	Bucket      string    `parquet:"bucket,dict"`                       // that has it, or empty
	Principal   string    `parquet:"principal,dict"`                    // that has it, or empty
	VPCEndpoint string    `parquet:"vpc_endpoint,dict"`                 // that has it, or empty
	KMSKey      string    `parquet:"kms_key,dict"`                      // if the denials name exactly one
	Denials     int64     `parquet:"denials"`                           // they add up to those of the report
	LateDenials int64     `parquet:"late_denials"`                      // of these, in the recent period
	Principals  int64     `parquet:"principals"`                        // that it denies
	Buckets     int64     `parquet:"buckets"`                           //
	FirstSeen   time.Time `parquet:"first_seen,timestamp(microsecond)"` // the first denial
	LastSeen    time.Time `parquet:"last_seen,timestamp(microsecond)"`  // the last denial
}

// policyRows emits a row for each policy, in their order.
func policyRows(r *aggregate.Result) rows[policyRow] {
	return func(emit func(policyRow) error) error {
		for i := range r.Policies {
			p := &r.Policies[i]
			err := emit(policyRow{
				PolicyARN: valid(p.ARN), Cause: valid(string(p.Cause)), WhyNotTold: valid(p.WhyNotTold),
				Owner: string(p.Owner), Bucket: valid(p.Bucket), Principal: valid(p.Principal),
				VPCEndpoint: valid(p.VPCEndpoint), KMSKey: valid(p.KMSKey), Denials: int64(p.Denials),
				LateDenials: int64(p.Recent), Principals: int64(p.Principals), Buckets: int64(p.Buckets),
				FirstSeen: p.FirstSeen, LastSeen: p.LastSeen,
			})
			if err != nil {
				return err
			}
		}
		return nil
	}
}
