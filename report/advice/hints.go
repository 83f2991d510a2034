package advice

import (
	"slices"

	"trail403/aggregate"
	"trail403/ingest/denial"
	"trail403/ingest/event"
)

// Hints returns the hints for a group. The pattern is that of its incident, or
// empty. No part of a text comes from a log.
func Hints(g *aggregate.Group, pattern aggregate.Pattern) (list []Hint) {
	for _, h := range hints {
		if h.holds(g, pattern) && !slices.ContainsFunc(list, func(x Hint) bool { return x.ID == h.id }) {
			list = append(list, Hint{h.id, h.text})
		}
	}
	return list
}

// hints are all rules, in the order in which they are shown.
var hints = slices.Concat(usualHints, specialHints)

var usualHints = []hint{
	{
		id:   "quarantined-key",
		text: "AWS found an access key of this user in public. Treat the key as stolen: deactivate it, and do not detach the quarantine policy.",
		when: "the policy that denied the requests is an AWSCompromisedKeyQuarantine policy",
		link: "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return anyCause(g, func(c *aggregate.Cause) bool { return IsQuarantine(c.PolicyARN) })
		},
	},
	{
		id:   HintEnumeration,
		text: "One principal tried many buckets in a short time. That looks like a search for what it can reach. Find out who it was before you allow anything.",
		when: "the group belongs to an incident with the pattern enumeration",
		link: "https://attack.mitre.org/techniques/T1619/",
		holds: func(_ *aggregate.Group, pattern aggregate.Pattern) bool {
			return pattern == aggregate.Enumeration
		},
	},
	{
		id:   HintMissingObject,
		text: "The objects probably do not exist. When a caller without s3:ListBucket reads a missing object, S3 returns 403 instead of 404.",
		when: "GetObject or HeadObject was denied because no policy allows s3:ListBucket",
		link: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return reads(g) && anyCause(g, func(c *aggregate.Cause) bool {
				return c.DeniedAction == "s3:ListBucket" && c.Cause.Effect() == event.Implicit
			})
		},
	},
	{
		id:   HintMissingObject,
		text: "The objects may not exist. When a caller without s3:ListBucket reads a missing object, S3 returns 403 instead of 404.",
		when: "GetObject or HeadObject was denied without a reason, and the caller is not anonymous",
		link: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return reads(g) && anyCause(g, func(c *aggregate.Cause) bool {
				return c.Cause == event.NotTold && c.WhyNotTold != denial.WhyAnonymous
			})
		},
	},
	{
		id:   "kms",
		text: "KMS denied these requests, not S3. Fix the key policy or the caller's permissions on the key, not the bucket.",
		when: "the cause is kms-key, or the denied action is a KMS action",
		link: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return anyCause(g, func(c *aggregate.Cause) bool {
				return c.Cause == event.KMSKey || event.IsKMS(c.DeniedAction)
			})
		},
	},
	{
		id:   "service-delivery",
		text: "An AWS service cannot deliver its data, which is missing until this is fixed. Usually the bucket policy lacks the statement that the service's documentation requires.",
		when: "the principal is an AWS service, or the incident has the pattern service-delivery",
		link: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html",
		holds: func(g *aggregate.Group, pattern aggregate.Pattern) bool {
			return g.PrincipalType == "service" || pattern == aggregate.ServiceDelivery
		},
	},
	{
		id:   "anonymous-probe",
		text: "These requests carried no credentials. Most such callers are scanners, and denying them is intended. Others are your own clients that do not sign their requests.",
		when: "the principal is anonymous",
		link: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return g.PrincipalType == "anonymous"
		},
	},
	{
		id:   "hidden-block-public-access",
		text: "If no Deny statement in the bucket policy matches, check for RestrictPublicBuckets. It keeps callers from other accounts out of a public bucket, and the message is the same.",
		when: "the cause is resource-explicit, and the caller is not known to be from the bucket's account",
		link: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return anyCause(g, ofBucket(event.ResourceExplicit)) &&
				(g.PrincipalAccount == "" || g.BucketAccount == "" || g.PrincipalAccount != g.BucketAccount)
		},
	},
	{
		id:   "hidden-block-public-access",
		text: "If access came from a public ACL, check for IgnorePublicAcls. It makes S3 ignore such ACLs, and the message is the same as for a missing Allow.",
		when: "the cause is resource-implicit",
		link: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return anyCause(g, ofBucket(event.ResourceImplicit))
		},
	},
	{
		id:   "network-activity-only",
		text: "Only the owner of the VPC endpoint gets records of these denials, as network activity events. The trails of the caller and of the bucket owner do not contain them.",
		when: "a VPC endpoint policy denied the requests",
		link: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-network-events-with-cloudtrail.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return anyCause(g, func(c *aggregate.Cause) bool { return c.Cause.Policy() == event.EndpointPolicy })
		},
	},
	{
		id:   "one-layer",
		text: "S3 reports one reason at a time. Repeat the call after each fix: another reason may appear.",
		when: "the cause is a policy",
		link: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return anyCause(g, func(c *aggregate.Cause) bool { return isEvaluated(c.Cause) })
		},
	},
}
