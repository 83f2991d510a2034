package advice

import (
	"trail403/ingest/denial"
	"trail403/ingest/event"
)

var explicitEntry = entry{
	reason:  "a Deny statement in a policy that the message does not name",
	meaning: "A Deny statement in some policy blocks this request and overrides any Allow. It may be intended.",
	steps: []step{
		{text: "First look for a Deny statement in the bucket policy: " + readBucketPolicy, part: finds},
		{text: "Then look in the identity policies and the permissions boundary of {it}: " + listPolicies, part: elsewhere},
		{text: thenOrganization, part: elsewhere},
		{text: "Read the Condition of the Deny statement. The fix may be to make the request the way that the Condition requires. Ask the owner of the statement before you change it.", part: asks},
	},
}

var truncatedEntry = entry{
	reason:  "unknown: the message ends before the reason",
	meaning: "CloudTrail keeps 1 KB of a message. A long object key used that up, and the reason was cut off.",
	steps: []step{
		{text: "Read the caller's own error or SDK log, which has the complete message."},
		{text: "Or look for a denial of the same caller, action and bucket with a shorter key. It probably has the same reason."},
		{text: "If neither helps, check the policies in order. Start with the bucket policy: " + readBucketPolicy},
		{text: "Then check the identity policies of {it}: " + listPolicies},
	},
}

var unrecognizedEntry = entry{
	reason:   "unknown",
	meaning:  "This text is not recognized, and trail403 does not guess.",
	owner:    event.OwnerCaller,
	fixer:    "whoever has the complete text",
	harmless: true,
	steps: []step{
		{text: "Check that the text is a complete error message of Amazon S3. Pass a message of several lines as one argument, in quotes."},
		{text: "If it is complete, please report it to the trail403 project, with account numbers and names replaced."},
	},
	check: "Pass the complete message to `trail403 explain`.",
}

const untoldReason = "unknown: S3 does not report it"

// untold holds the advice where AWS gives no reason, by why it gives none.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
var untold = map[string]entry{
	denial.WhyAnonymous: {
		reason:  untoldReason,
		meaning: "The request was anonymous: it carried no credentials. S3 reports no reason to such callers. Most of them are scanners, and denying them is intended.",
		owner:   event.OwnerNobody,
		steps:   anonymousSteps,
		check:   anonymousCheck,
	},
	denial.WhyOtherAccount: {
		reason:  untoldReason,
		meaning: "The caller is from another account than {bucket}. S3 reports no reason to callers outside the organization. Access is the decision of the bucket owner, and the denial may be intended.",
		owner:   event.OwnerBucket,
		steps:   foreignSteps,
		check:   foreignCheck,
	},
	denial.WhyDirectoryBucket: {
		reason:  untoldReason,
		meaning: "S3 reports no reason for directory buckets (S3 Express One Zone). Their actions begin with s3express:, and s3express:CreateSession is the most important one. Permissions for s3: actions do not count.",
		steps: []step{
			{text: "Look for a Deny statement or a missing Allow in the bucket policy: " + readBucketPolicy},
			{text: "Check that the identity policies of {it} allow s3express:CreateSession on the ARN of the bucket (arn:aws:s3express:…): " + listPolicies},
			{text: "Check the session mode. A session of the mode ReadOnly cannot write. A policy that allows only ReadOnly (s3express:SessionMode) denies CreateSession without a mode, which asks for ReadWrite."},
			{text: thenOrganization},
		},
	},
	denial.WhyAWSService: {
		reason:  untoldReason,
		meaning: "An AWS service made this request in its own name, for example to deliver logs. S3 reports no reason to services. Usually the bucket policy lacks the statement that the service requires, or the condition of that statement does not match.",
		owner:   event.OwnerBucket,
		steps: []step{
			{text: "Compare the bucket policy with the one in the documentation of the service: " + readBucketPolicy},
			{text: "Check its conditions (aws:SourceAccount, aws:SourceArn) and the prefix. They must name the account, trail or load balancer that exists today."},
			{text: "If the bucket is encrypted with a KMS key, check that the key policy names the service too: `aws s3api get-bucket-encryption --bucket {BUCKET}`"},
			{text: exemptServices},
			{text: "If the delivery is no longer wanted, turn it off in that service."},
		},
		check: "Wait for the next delivery of the service: the denials end, and new objects arrive.",
	},
	denial.WhyBeforeRollout: {
		reason:  untoldReason,
		meaning: "The denial is from before August 21, 2024, when S3 started to report reasons.",
		steps: append([]step{
			{text: "Check whether the denial still happens. A denial of today reports which policy denies the request."},
		}, inOrder...),
	},
	denial.WhyUnknown: {
		reason:  untoldReason,
		meaning: "S3 reports no reason. Typical causes are a caller from outside the bucket owner's organization, a directory bucket, missing credentials, a missing requester-pays header, a wrong expected bucket owner, or a VPC endpoint policy.",
		steps: append([]step{
			{text: headOnly, when: onHead},
			{text: askedForACL, when: setsACL},
			{text: "Explain the CloudTrail record instead, if you can get it. It contains more than the message.", when: messageOnly},
		}, inOrder...),
	},
}

// inOrder is where to look while nothing is known, in the order that AWS
// recommends.
var inOrder = []step{
	{text: "Look for a Deny statement or a missing Allow in the bucket policy: " + readBucketPolicy, when: onBucket},
	{text: "Look for a Deny statement or a missing Allow in the identity policies and the permissions boundary of {it}: " + listPolicies},
	{text: "Check which account owns the bucket. This command succeeds only for a bucket of the caller's own account: `aws s3api head-bucket --bucket {BUCKET} --expected-bucket-owner {ACCOUNT_ID}`. Across accounts, both sides must allow the request.", when: onOrdinary},
	{text: "Check the public access settings, and finally the policy of the VPC endpoint and the organization's SCPs and RCPs: " + readBlockPublicAccess, when: onOrdinary},
	{text: "Ask for the policy of the VPC endpoint and for the SCPs of the organization.", when: onAccount},
}
