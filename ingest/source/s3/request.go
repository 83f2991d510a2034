package s3

import "fmt"

// request is what was asked of S3.
type request struct{ action, bucket, key string }

const (
	getObject  = "s3:GetObject"
	listBucket = "s3:ListBucket"
	headBucket = "s3:HeadBucket" // no action of IAM: it needs s3:ListBucket
)

// about starts a text about the request. Of an object it is empty, since the
// object is named where the text is shown.
func (r request) about() string {
	switch r.action {
	case listBucket:
		return fmt.Sprintf("listing s3://%s/%s: ", r.bucket, r.key)
	case headBucket:
		return fmt.Sprintf("finding the Region of bucket %s: ", r.bucket)
	}
	return ""
}
