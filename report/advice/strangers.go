package advice

// What to do about callers that are anonymous or from another account. These
// texts never suggest to give anybody more access; a test reads them.

var anonymousSteps = []step{
	{text: "If you do not know the caller (the record has its source IP address), do nothing. The bucket is private, as it should be."},
	{text: "If it is your own client, make it sign its requests. Look for missing credentials, `--no-sign-request`, or a plain https://… URL in place of a presigned one."},
	{text: "If the bucket serves a website, put CloudFront with origin access control in front of it. The bucket then stays private."},
}

const anonymousCheck = "The record of the client's next request names a role or user. For scanners, there is nothing to check."

var foreignSteps = []step{
	{text: "Find out who owns {account}: you, a partner, or nobody that you know. If you do not know it, do nothing: the denial is correct."},
	{text: "As the caller, check the name of the bucket. Bucket names are global, so it may belong to somebody else: `aws s3api head-bucket --bucket {BUCKET} --expected-bucket-owner OWNER_ACCOUNT_ID`"},
	{text: "If both sides intend the access, the bucket owner{of bucket account} decides. Compare the bucket policy with the caller: " + readBucketPolicy},
}

const foreignCheck = "After the owner has decided, repeat the call. Across accounts, the identity policies on the caller's side matter too."
