package denial

import (
	"strings"
	"time"

	"trail403/ingest/event"
)

// Why a message does not give the reason, as far as the record shows. The first
// that applies counts: those for which S3 never gives a reason come before those
// for which it gives none to callers outside of the bucket owner's organization.
const (
	WhyAnonymous       = "anonymous"
	WhyDirectoryBucket = "directory-bucket"
	WhyAWSService      = "aws-service"
	WhyOtherAccount    = "other-account"
	WhyBeforeRollout   = "before-rollout"
	WhyUnknown         = "unknown"
)

// rollout is when S3 started to give the reason, to callers in the bucket's own
// account. It took some weeks to reach all Regions, so a denial soon after it may
// lack the reason, too.
// https://aws.amazon.com/about-aws/whats-new/2024/08/amazon-s3-access-denied-error-messages/
var rollout = time.Date(2024, 8, 21, 0, 0, 0, 0, time.UTC)

// whyNotTold judges a denial whose message does not tell the reason.
func whyNotTold(d *event.Denial, b bucketFacts) string {
	switch {
	case d.PrincipalType == "anonymous":
		return WhyAnonymous
	case b.directoryBucket || strings.HasPrefix(d.Source, "s3express.") || strings.HasSuffix(d.Bucket, "--x-s3"):
		return WhyDirectoryBucket
	case d.PrincipalType == "service":
		return WhyAWSService
	case b.ownerHidden || IsOtherAccount(d.CallerAccount, d.BucketAccount):
		return WhyOtherAccount
	case d.Time.Before(rollout):
		return WhyBeforeRollout
	}
	return WhyUnknown
}

// IsOtherAccount says whether the caller is known to be of another account than
// the bucket. (Within one organization S3 tells the reason since June 2025.)
func IsOtherAccount(caller, bucket string) bool {
	return caller != "" && bucket != "" && caller != bucket
}
