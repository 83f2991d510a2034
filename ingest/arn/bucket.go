package arn

import "strings"

// Bucket returns the bucket of an S3 ARN of a bucket or object, or "".
func Bucket(name string) string {
	a, ok := Parse(name)
	if !ok || !strings.HasPrefix(a.Service, "s3") {
		return ""
	}
	if a.Account == "" { // arn:aws:s3:::bucket/key
		bucket, _, _ := strings.Cut(a.Resource, "/")
		return strings.Trim(bucket, "*")
	}
	// arn:aws:s3express:us-west-2:111122223333:bucket/name--usw2-az1--x-s3, and the
	// same for tables and vectors. Outposts have outpost/ID/bucket/NAME.
	parts := strings.SplitN(a.Resource, "/", 5)
	if len(parts) > 2 && parts[0] == "outpost" {
		parts = parts[2:]
	}
	if len(parts) > 1 && parts[0] == "bucket" {
		return parts[1]
	}
	return ""
}
