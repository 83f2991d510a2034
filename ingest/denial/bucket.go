package denial

import (
	"slices"
	"strings"

	"trail403/ingest/scan"
)

// resource is an entry of a record's list of resources.
type resource struct {
	kind       string // AWS::S3::Object
	bucket     string
	account    string // the owner, if told
	hasAccount bool   // even if it is empty
}

// parseResources reads the list, whose order varies.
func parseResources(list []byte) (all []resource) {
	for entry := range scan.Elements(unwrap(list)) {
		var r resource
		var name, prefix string
		for key, value := range scan.Members(entry) {
			switch string(key) {
			case "type":
				r.kind = text(value)
			case "ARN":
				name = text(value)
			case "ARNPrefix": // of a call that lists objects
				prefix = text(value)
			case "accountId":
				r.account, r.hasAccount = text(value), true
			}
		}
		r.bucket = redact(resourceBucket(firstOf(name, prefix)))
		all = append(all, r)
	}
	return all
}

// bucketFacts are what the resources say about the bucket.
type bucketFacts struct {
	bucket          string
	account         string // the bucket's owner, if told
	ownerHidden     bool   // CloudTrail hides the owner from a caller of another account
	directoryBucket bool
}

// bucketOf judges the resources of a request to the named bucket. An entry of a
// bucket says more than one of an object. A copy has two buckets; what is said
// of the other one does not count. Where no entry is of the named bucket, the
// request named an access point, and the bucket is the one behind it.
func bucketOf(all []resource, name string) (b bucketFacts) {
	var objectBucket string
	named := slices.ContainsFunc(all, func(r resource) bool { return name != "" && r.isBucket() && r.bucket == name })
	for _, r := range all {
		b.directoryBucket = b.directoryBucket || strings.HasPrefix(r.kind, "AWS::S3Express::")
		switch {
		case !r.isBucket():
			objectBucket = firstOf(objectBucket, r.bucket)
			continue
		case b.bucket == "" && (!named || r.bucket == name):
			b.bucket = r.bucket
		}
		if r.bucket != b.bucket {
			continue
		}
		if isAccount(r.account) {
			b.account = firstOf(b.account, r.account)
		}
		b.ownerHidden = b.ownerHidden || r.hasAccount && r.account == ""
	}
	b.bucket = firstOf(b.bucket, objectBucket)
	return b
}

func (r resource) isBucket() bool { return strings.HasSuffix(r.kind, "Bucket") }

// resourceBucket returns the bucket of an S3 ARN of a bucket or object, or "".
func resourceBucket(name string) string {
	a, ok := parseARN(name)
	if !ok || !strings.HasPrefix(a.service, "s3") {
		return ""
	}
	if a.account == "" { // arn:aws:s3:::bucket/key
		bucket, _, _ := strings.Cut(a.resource, "/")
		return strings.Trim(bucket, "*")
	}
	// arn:aws:s3express:us-west-2:111122223333:bucket/name--usw2-az1--x-s3, and so for
	// tables and vectors; Outposts have outpost/ID/bucket/NAME.
	parts := strings.SplitN(a.resource, "/", 5)
	if len(parts) > 2 && parts[0] == "outpost" {
		parts = parts[2:]
	}
	if len(parts) > 1 && parts[0] == "bucket" {
		return parts[1]
	}
	return ""
}
