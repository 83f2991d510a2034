package denial

import (
	"slices"
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/field"
)

// resource is an entry of a record's list of resources.
type resource struct {
	kind       string // AWS::S3::Object
	bucket     string
	account    string // the owner, if known
	hasAccount bool   // even if it is empty
}

// bucketFacts are what the resources say about the bucket.
type bucketFacts struct {
	bucket          string
	account         string // the bucket's owner, if known
	ownerHidden     bool   // CloudTrail hides the owner from a caller of another account
	directoryBucket bool
}

// bucketOf judges the resources of a request to the named bucket. An entry of a
// bucket says more than one of an object. A copy has two buckets, and entries of
// the other one do not count. Where no entry is of the named bucket, the request
// named an access point, and the bucket is that of the access point.
func bucketOf(all []resource, name string) (b bucketFacts) {
	var objectBucket string
	named := slices.ContainsFunc(all, func(r resource) bool { return name != "" && r.isBucket() && r.bucket == name })
	for _, r := range all {
		b.directoryBucket = b.directoryBucket || strings.HasPrefix(r.kind, "AWS::S3Express::")
		switch {
		case !r.isBucket():
			objectBucket = field.FirstOf(objectBucket, r.bucket)
			continue
		case b.bucket == "" && (!named || r.bucket == name):
			b.bucket = r.bucket
		}
		if r.bucket != b.bucket {
			continue
		}
		if arn.IsAccount(r.account) {
			b.account = field.FirstOf(b.account, r.account)
		}
		b.ownerHidden = b.ownerHidden || r.hasAccount && r.account == ""
	}
	b.bucket = field.FirstOf(b.bucket, objectBucket)
	return b
}

func (r resource) isBucket() bool { return strings.HasSuffix(r.kind, "Bucket") }

// isAccessPoint says whether what a request names as its bucket is an access point,
// by its ARN or its alias.
func isAccessPoint(bucket string) bool {
	return strings.HasPrefix(bucket, "arn:") || strings.HasSuffix(bucket, "-s3alias")
}
