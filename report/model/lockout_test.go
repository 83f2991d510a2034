package model

import (
	"testing"

	"trail403/aggregate"
	"trail403/ingest/event"
)

// Only a Deny in the bucket policy locks the bucket's own account out of that policy.
func TestLockedOut(t *testing.T) {
	f := func(want bool, cause string, action, principal, bucket string) {
		t.Helper()
		g := &aggregate.Group{PrincipalAccount: principal, BucketAccount: bucket, Action: action}
		g.Causes = []aggregate.Cause{{}, {Cause: event.Cause(cause), DeniedAction: action}}
		in := &Incident{Members: []*aggregate.Group{{}, g}}
		if got := in.LockedOut(); (got == g) != want || !want && got != nil {
			t.Errorf("%s, %s, %s on %s: got %v", cause, action, principal, bucket, got)
		}
	}
	const a, b = "111122223333", "444455556666"
	f(true, "resource-explicit", "s3:PutBucketPolicy", a, a)
	f(true, "resource-explicit", "s3:GetBucketPolicy", a, a)
	f(false, "resource-explicit", "s3:PutBucketPolicy", b, a)
	f(false, "resource-explicit", "s3:PutBucketPolicy", "", "")
	f(false, "resource-explicit", "s3:GetObject", a, a)
	f(false, "resource-implicit", "s3:PutBucketPolicy", a, a)
	f(false, "scp-explicit", "s3:PutBucketPolicy", a, a)
}
