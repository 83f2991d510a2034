package s3

import "fmt"

// Advice that several errors share.
const (
	checkEndpoint = "check the network, a proxy (HTTPS_PROXY), and --endpoint-url or AWS_ENDPOINT_URL"
	otherServer   = "something other than S3 may be answering, such as a proxy or a login page: " +
		"check HTTPS_PROXY, and --endpoint-url or AWS_ENDPOINT_URL"
)

// request is what was asked of S3.
type request struct{ action, bucket, key string }

const (
	getObject  = "s3:GetObject"
	listBucket = "s3:ListBucket"
	headBucket = "s3:HeadBucket" // is not an action of IAM: it needs s3:ListBucket

	putObject    = "s3:PutObject"
	deleteObject = "s3:DeleteObject"
)

// about returns the start of a text about the request. It is empty for an object,
// because the object is named where the text is shown.
func (r request) about() string {
	switch r.action {
	case listBucket:
		return fmt.Sprintf("listing s3://%s/%s: ", r.bucket, r.key)
	case headBucket:
		return fmt.Sprintf("finding the Region of bucket %s: ", r.bucket)
	case putObject:
		return fmt.Sprintf("writing s3://%s/%s: ", r.bucket, r.key)
	case deleteObject:
		return fmt.Sprintf("deleting s3://%s/%s: ", r.bucket, r.key)
	}
	return ""
}
