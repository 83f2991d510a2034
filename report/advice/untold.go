package advice

import (
	"maps"

	"trail403/ingest/denial"
	"trail403/ingest/event"
)

// entries hold the advice for each cause; not-told is only there for a why that
// is not known.
var entries = merge(policyEntries, organizationEntries, serviceEntries, map[event.Cause]entry{
	event.KMSKey:  keyEntry,
	event.NotTold: untold[denial.WhyUnknown],
	event.ExplicitUnknown: {
		refused: "a Deny; the message does not say in which policy",
		meaning: "Some policy forbids this with a Deny, which outranks every Allow. It may do its job.",
		owner:   event.OwnerUnknown,
		steps: []step{
			{text: "Look for a Deny in the bucket policy first: " + readBucketPolicy},
			{text: "Then in the identity policies and the permissions boundary of {it}: " + listPolicies},
			{text: "Then in the organization's policies, SCPs and RCPs, with its administrators."},
			{text: "Look at the Condition of the Deny: the fix may be to call in the way that it asks for. Ask its owner before changing it."},
		},
	},
	event.Truncated: {
		refused: "not known: the message ends before it says so",
		meaning: "CloudTrail keeps 1 KB of a message, and a long object key has used that up. The reason was there, but it is cut off.",
		owner:   event.OwnerUnknown,
		steps: []step{
			{text: "Look at the caller's own error or SDK log, which has the whole text."},
			{text: "Or look for a denial of the same caller, action and bucket with a shorter key: its reason is most likely the same."},
			{text: "Failing that, go through the policies in order, the bucket policy first: " + readBucketPolicy},
			{text: "Then the identity policies of {it}: " + listPolicies},
		},
	},
	event.Unrecognized: {
		refused:  "not known",
		meaning:  "This text is not known to trail403, which does not guess.",
		owner:    event.OwnerCaller,
		fixer:    "whoever has the whole text",
		harmless: true,
		steps: []step{
			{text: "Check that the text is a whole error message of Amazon S3; one that spans lines goes in as one argument, in quotes."},
			{text: "If it is, please report it to the trail403 project, with account numbers and names replaced."},
		},
		check: "Give the whole message to `trail403 explain`.",
	},
})

func merge(parts ...map[event.Cause]entry) map[event.Cause]entry {
	all := map[event.Cause]entry{}
	for _, m := range parts {
		maps.Copy(all, m)
	}
	return all
}

const untoldRefused = "not known: S3 does not say"

// untold holds the advice where AWS gives no reason, by why it gives none.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
var untold = map[string]entry{
	denial.WhyAnonymous: {
		refused: untoldRefused,
		meaning: "The request was anonymous: it came without credentials, and S3 tells such callers no reason. Most are scanners, and the refusal does its job.",
		owner:   event.OwnerNobody,
		steps:   anonymousSteps,
		check:   anonymousCheck,
	},
	denial.WhyOtherAccount: {
		refused: untoldRefused,
		meaning: "The caller is of another account than {bucket}, and S3 tells callers outside the organization no reason. Access is the decision of the bucket's owner, and the refusal may be right.",
		owner:   event.OwnerBucket,
		steps:   foreignSteps,
		check:   foreignCheck,
	},
	denial.WhyDirectoryBucket: {
		refused: untoldRefused,
		meaning: "S3 gives no reason for directory buckets (S3 Express One Zone). Their actions are s3express:…, most of all s3express:CreateSession; permissions for s3:… do not count.",
		owner:   event.OwnerUnknown,
		steps: []step{
			{text: "Look for a Deny, or a missing Allow, in the bucket policy: " + readBucketPolicy},
			{text: "Check that the identity policies of {it} have s3express:CreateSession on the bucket's ARN (arn:aws:s3express:…): " + listPolicies},
			{text: "Check that the session is ReadWrite if the call writes (s3express:SessionMode)."},
			{text: "Then look at the organization's policies, SCPs and RCPs, with its administrators."},
		},
	},
	denial.WhyAWSService: {
		refused: untoldRefused,
		meaning: "An AWS service called in its own name, such as to deliver logs, and S3 tells services no reason. Mostly the bucket policy lacks the statement that the service asks for, or its condition does not fit.",
		owner:   event.OwnerBucket,
		steps: []step{
			{text: "Compare the bucket policy with the one in the service's documentation: " + readBucketPolicy},
			{text: "Check its conditions (aws:SourceAccount, aws:SourceArn) and the prefix: they must name the account, trail or load balancer that exists today."},
			{text: "If the bucket is encrypted with a KMS key, check that the key policy names the service too: `aws s3api get-bucket-encryption --bucket {BUCKET}`"},
			{text: "If the delivery is not wanted any more, switch it off in that service."},
		},
		check: "Wait for the service's next delivery: the denials end, and new objects arrive.",
	},
	denial.WhyBeforeRollout: {
		refused: untoldRefused,
		meaning: "The denial is older than 21 August 2024, when S3 began to tell reasons.",
		owner:   event.OwnerUnknown,
		steps: append([]step{
			{text: "See whether it still happens: a denial of today says which policy refuses."},
		}, inOrder...),
	},
	denial.WhyUnknown: {
		refused: untoldRefused,
		meaning: "S3 gives no reason. Typical for that: a caller outside the bucket's organization, a directory bucket, no credentials, a missing requester-pays header, a wrong expected bucket owner, or a VPC endpoint policy.",
		owner:   event.OwnerUnknown,
		steps: append([]step{
			{text: "Explain the CloudTrail record instead of the message, if there is one: it tells more.", when: messageOnly},
		}, inOrder...),
	},
}

// inOrder is where to look, in AWS's order, while nothing is known.
var inOrder = []step{
	{text: "Look for a Deny, or a missing Allow, in the bucket policy: " + readBucketPolicy, when: onBucket},
	{text: "Look for a Deny, or a missing Allow, in the identity policies and the permissions boundary of {it}: " + listPolicies},
	{text: "Check whose bucket it is: `aws s3api head-bucket --bucket {BUCKET} --expected-bucket-owner {ACCOUNT_ID}` works only for a bucket of the caller's own account. Across accounts both sides must allow the call.", when: onBucket},
	{text: "Look at the public access settings, and last at the VPC endpoint's policy and the organization's SCPs and RCPs: " + readBlockPublicAccess, when: onBucket},
	{text: "Ask for the VPC endpoint's policy, and for the organization's SCPs.", when: onAccount},
}
