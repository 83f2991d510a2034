package model

import (
	"slices"

	"trail403/aggregate"
	"trail403/ingest/event"
)

// policyActions are those that read and change the policy of a bucket.
var policyActions = []string{"s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:GetBucketPolicy"}

// LockedOut returns a group of a caller of the bucket's own account whom the bucket policy
// keeps from the bucket policy itself, nil if there is none.
func (in *Incident) LockedOut() *aggregate.Group {
	for _, action := range policyActions {
		for _, g := range in.Members {
			isOwn := g.BucketAccount != "" && g.BucketAccount == g.PrincipalAccount
			isDenied := slices.ContainsFunc(g.Causes, func(c aggregate.Cause) bool {
				return c.Cause == event.ResourceExplicit && c.DeniedAction == action
			})
			if isOwn && isDenied {
				return g
			}
		}
	}
	return nil
}
