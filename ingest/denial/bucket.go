package denial

import (
	"strings"

	"trail403/ingest/scan"
)

// requestBucket returns the bucket that the request named.
func requestBucket(requestParameters []byte) string {
	return text(member(requestParameters, "bucketName"))
}

// resources is what the record's list of resources says about the bucket.
type resources struct {
	bucket          string
	account         string // the bucket's owner, if told
	ownerHidden     bool   // CloudTrail hides the owner from a caller of another account
	directoryBucket bool
}

// parseResources reads the list, whose order varies. An entry of a bucket says
// more than one of an object.
func parseResources(list []byte) resources {
	var r resources
	var objectBucket string
	for entry := range scan.Elements(list) {
		var kind, name, account string
		hasAccount := false
		for key, value := range scan.Members(entry) {
			switch string(key) {
			case "type":
				kind = text(value)
			case "ARN", "ARNPrefix":
				name = text(value)
			case "accountId":
				account, hasAccount = text(value), true
			}
		}
		r.directoryBucket = r.directoryBucket || strings.HasPrefix(kind, "AWS::S3Express::")
		bucket := resourceBucket(name)
		if !strings.HasSuffix(kind, "Bucket") {
			objectBucket = firstOf(objectBucket, bucket)
			continue
		}
		r.bucket = firstOf(r.bucket, bucket)
		if isAccount(account) {
			r.account = firstOf(r.account, account)
		}
		r.ownerHidden = r.ownerHidden || hasAccount && account == ""
	}
	r.bucket = firstOf(r.bucket, objectBucket)
	return r
}

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
	parts := strings.Split(a.resource, "/")
	for i, p := range parts[:len(parts)-1] {
		if p == "bucket" && i%2 == 0 {
			return parts[i+1]
		}
	}
	return ""
}
