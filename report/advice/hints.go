package advice

import (
	"slices"
	"strings"

	"trail403/aggregate"
	"trail403/ingest/denial"
	"trail403/ingest/event"
)

// Hint is what an experienced person would remark on a group, beyond its cause.
type Hint struct{ ID, Text string }

// Hints returns the hints for a group; pattern is that of its incident, or empty.
// The texts are ours alone.
func Hints(g *aggregate.Group, pattern aggregate.Pattern) (list []Hint) {
	for _, h := range hints {
		if h.holds(g, pattern) && !slices.ContainsFunc(list, func(x Hint) bool { return x.ID == h.id }) {
			list = append(list, Hint{h.id, h.text})
		}
	}
	return list
}

// hint is a rule. Of several with one id the first that holds counts.
type hint struct {
	id, text string
	when     string // holds, in words for docs/hints.md
	link     string
	holds    func(g *aggregate.Group, pattern aggregate.Pattern) bool
}

var hints = []hint{
	{
		id:   "quarantined-key",
		text: "AWS found an access key of this user in public: treat it as stolen, switch it off, and leave the quarantine policy where it is.",
		when: "the policy that refuses is an AWSCompromisedKeyQuarantine",
		link: "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return anyCause(g, func(c *aggregate.Cause) bool { return IsQuarantine(c.PolicyARN) })
		},
	},
	{
		id:   "enumeration",
		text: "One principal tries many buckets in a short time, which looks like a search for what it can reach: find out who it was before anything is allowed.",
		when: "the group belongs to an incident of the pattern enumeration",
		link: "https://attack.mitre.org/techniques/T1619/",
		holds: func(_ *aggregate.Group, pattern aggregate.Pattern) bool {
			return pattern == aggregate.Enumeration
		},
	},
	{
		id:   "403-is-404",
		text: "The objects most likely do not exist: S3 asks for s3:ListBucket on reading an object only where there is none, and says 403 in place of 404.",
		when: "GetObject or HeadObject is refused for want of s3:ListBucket",
		link: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return reads(g) && anyCause(g, func(c *aggregate.Cause) bool {
				return c.DeniedAction == "s3:ListBucket" && c.Cause.Effect() == event.Implicit
			})
		},
	},
	{
		id:   "403-is-404",
		text: "The objects may not exist: to a caller without s3:ListBucket S3 says 403 for a missing object, not 404.",
		when: "GetObject or HeadObject is refused without a reason, and the caller is not anonymous",
		link: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return reads(g) && anyCause(g, func(c *aggregate.Cause) bool {
				return c.Cause == event.NotTold && c.WhyNotTold != denial.WhyAnonymous
			})
		},
	},
	{
		id:   "kms",
		text: "KMS refused, not S3: fix the policy of the key or the caller's permissions on it, not the bucket.",
		when: "the cause is kms-key, or the missing action is one of KMS",
		link: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return anyCause(g, func(c *aggregate.Cause) bool {
				return c.Cause == event.KMSKey || strings.HasPrefix(c.DeniedAction, "kms:")
			})
		},
	},
	{
		id:   "service-delivery",
		text: "An AWS service cannot deliver, and data is missing for as long: mostly the bucket policy lacks the statement that the service's documentation asks for.",
		when: "the principal is an AWS service",
		link: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html",
		holds: func(g *aggregate.Group, pattern aggregate.Pattern) bool {
			return g.PrincipalType == "service" || pattern == aggregate.ServiceDelivery
		},
	},
	{
		id:   "anonymous-probe",
		text: "These requests carried no credentials. Most such callers are scanners, and the refusal does its job. The others are clients of your own that forget to sign.",
		when: "the principal is anonymous",
		link: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return g.PrincipalType == "anonymous"
		},
	},
	{
		id:   "hidden-block-public-access",
		text: "No Deny in the bucket policy fits? RestrictPublicBuckets keeps callers of other accounts out of a public bucket, and the message looks the same.",
		when: "the cause is resource-explicit, and the caller is not known to be of the bucket's account",
		link: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return anyCause(g, ofBucket(event.ResourceExplicit)) &&
				(g.PrincipalAccount == "" || g.BucketAccount == "" || g.PrincipalAccount != g.BucketAccount)
		},
	},
	{
		id:   "hidden-block-public-access",
		text: "Did access come from a public ACL? IgnorePublicAcls cuts that off, and the message looks the same as for a missing Allow.",
		when: "the cause is resource-implicit",
		link: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return anyCause(g, ofBucket(event.ResourceImplicit))
		},
	},
	{
		id:   "network-activity-only",
		text: "What a VPC endpoint policy refuses is told to the endpoint's owner alone, as network activity events: the caller and the bucket's owner see nothing of it.",
		when: "a VPC endpoint policy refuses",
		link: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-network-events-with-cloudtrail.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return anyCause(g, func(c *aggregate.Cause) bool { return c.Cause.Policy() == event.EndpointPolicy })
		},
	},
	{
		id:   "one-layer",
		text: "A message names one policy; when that one lets the call pass, another may stand behind it.",
		when: "the cause is a policy",
		link: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return anyCause(g, func(c *aggregate.Cause) bool { return !slices.Contains(notPolicies, c.Cause) })
		},
	},
}

// notPolicies are the causes that name no policy.
var notPolicies = []event.Cause{
	event.BlockPublicACLs, event.BlockPublicPolicy, event.SSECBlocked, event.ObjectLock, event.RequestExpired,
	event.Truncated, event.NotTold, event.Unrecognized,
}

func anyCause(g *aggregate.Group, holds func(*aggregate.Cause) bool) bool {
	for i := range g.Causes {
		if holds(&g.Causes[i]) {
			return true
		}
	}
	return false
}

// ofBucket says whether a cause is the given one and the policy that of a bucket,
// not of a KMS key.
func ofBucket(cause event.Cause) func(*aggregate.Cause) bool {
	return func(c *aggregate.Cause) bool {
		return c.Cause == cause && !strings.HasPrefix(c.DeniedAction, "kms:")
	}
}

// reads says whether the group has calls that read an object.
func reads(g *aggregate.Group) bool {
	return slices.ContainsFunc(g.EventNames, func(n aggregate.Count) bool { return n.Value == "GetObject" || n.Value == "HeadObject" })
}
