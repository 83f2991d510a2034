package advice

import (
	"slices"
	"strings"

	"trail403/aggregate"
	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/pattern"
)

// specialHints are about callers, calls and buckets of a special kind.
var specialHints = []hint{
	{
		id: HintFallback,
		text: "These denials are probably harmless. Terraform's AWS provider (6.23 and later) and Pulumi's (7.13 and later) " +
			"first try calls for tags that they can do without, and continue in another way if S3 denies them.",
		when: "Terraform, OpenTofu or Pulumi was denied s3:TagResource, s3:UntagResource or s3:ListTagsForResource on a bucket",
		link: "https://github.com/hashicorp/terraform-provider-aws/issues/45251",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return IsFallback(g)
		},
	},
	{
		id: "instance-credentials",
		text: "These requests used the role of the EC2 instance, from its metadata. If a pod or task called that has a role of " +
			"its own, it did not get the credentials of that role: check its service account, the task role and the SDK's version.",
		when: "most requests used credentials from the metadata of an EC2 instance, and the role is that of a node by its name",
		link: "https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return 2*g.FromInstance > g.Denials && nodeRole.MatchString(arn.Last(g.Principal))
		},
	},
	{
		id: "presigned",
		text: "These requests used presigned URLs. S3 checks the permissions of whoever signed a URL, and that is the principal " +
			"here, not whoever opened it. A URL stops working when the credentials that signed it expire.",
		when: "most requests were signed in the query string",
		link: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return 2*g.Presigned > g.Denials
		},
	},
	{
		id: "org-block-public-access",
		text: "A Block Public Access policy of the organization (an S3 policy of AWS Organizations) may decide this setting. " +
			"It denies changes in the accounts, and AWS gives no reason for that.",
		when: "a change of the account's Block Public Access settings was denied without a reason",
		link: "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_s3.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return g.Action == "s3:PutAccountPublicAccessBlock" &&
				anyCause(g, func(c *aggregate.Cause) bool { return c.Cause == event.NotTold })
		},
	},
	{
		id: "account-regional",
		text: "The name of this bucket ends in an account id, a Region and -an. Only that account can own such a bucket, " +
			"and the caller is not from that account: the bucket policy must allow it as well.",
		when: "the bucket has a name of the account regional namespace, and the caller is from another account",
		link: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			owner := accountInName(g.Bucket)
			return owner != "" && g.PrincipalAccount != "" && owner != g.PrincipalAccount
		},
	},
	{
		id: "aws-owned-bucket",
		text: "This bucket belongs to an AWS service that serves packages, agents, images or responses from it. " +
			"The policy of the VPC endpoint must allow it; nobody in your organization can change the bucket.",
		when: "a VPC endpoint policy denied requests to a bucket that has a name of AWS's own",
		link: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html",
		holds: func(g *aggregate.Group, _ aggregate.Pattern) bool {
			return isOfAWS(g.Bucket) &&
				anyCause(g, func(c *aggregate.Cause) bool { return c.Cause.Policy() == event.EndpointPolicy })
		},
	},
}

// nodeRole is how the roles of nodes of EKS and ECS are usually called.
// https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/instance_IAM_role.html
var nodeRole = pattern.New(`(?i)node|karpenter|worker|ecsInstance|eks`)

// fallbackActions are those that the providers can do without. On an access grant or a
// Storage Lens dashboard, which are in no bucket, nothing takes their place.
// https://github.com/pulumi/pulumi-aws/issues/6317
var fallbackActions = []string{"s3:TagResource", "s3:UntagResource", "s3:ListTagsForResource"}

// IsFallback says whether all denials of a group are tries of a provider that continues
// without them. Other tools fail for real.
func IsFallback(g *aggregate.Group) bool {
	agents := &g.From.UserAgents
	if g.Bucket == "" || !slices.Contains(fallbackActions, g.Action) || len(agents.List) == 0 || agents.OtherValues > 0 {
		return false
	}
	return !slices.ContainsFunc(agents.List, func(c aggregate.Count) bool {
		tool, _, _ := strings.Cut(c.Value, "/")
		return !slices.Contains([]string{"Terraform", "OpenTofu", "Pulumi"}, tool)
	})
}

var regionalName = pattern.New(`^.+-(\d{12})-[a-z]{2,5}(-[a-z]+){1,3}-\d-an$`)

// accountInName returns the account that the name of a bucket tells, or "".
func accountInName(bucket string) string {
	if m := regionalName.FindStringSubmatch(bucket); m != nil && arn.IsAccount(m[1]) {
		return m[1]
	}
	return ""
}

// ofAWS are buckets of AWS services that instances reach through their VPC endpoint.
// https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-technical-details.html
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/vpc-interface-endpoints.html
var ofAWS = pattern.New(`^(` + strings.Join([]string{
	`prod-[a-z0-9-]+-starport-layer-bucket`,
	`(aws-ssm|amazon-ssm|amazon-ssm-packages|patch-baseline-snapshot|aws-patchmanager-macos|aws-windows-downloads)-[a-z0-9-]+`,
	`(amazonlinux|amazonlinux-2-repos|al2023-repos)-[a-z0-9-]+`,
	`(packages|repo)\.[a-z0-9-]+\.amazonaws\.com`,
	`aws-codedeploy-[a-z]{2}-[a-z-]+-\d`,
	`cloudformation-(custom-resource-response|waitcondition)-[a-z0-9-]+`,
}, "|") + `)$`)

func isOfAWS(bucket string) bool { return ofAWS.MatchString(bucket) }
