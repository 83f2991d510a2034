package advice

import "trail403/ingest/event"

// organizationEntries are about policies above an account, or on the network
// beside it.
var organizationEntries = map[event.Cause]entry{
	event.SCPImplicit: {
		reason:  "the service control policies (SCPs) of {account} do not allow {action}",
		meaning: "At every level from the root of the organization to {account} itself, an SCP must allow {action}. At one level or more, none does. No policy inside the account can make up for that.",
		steps: []step{
			{text: listSCPs},
			{text: "Find the level at which no SCP allows {action}."},
			{text: "Ask the organization's administrators whether they left {action} out on purpose. If so, the denial is intended."},
		},
	},
	event.SCPExplicit: {
		reason:  "a Deny statement in {policy}",
		meaning: "The organization blocks this request for {account} with a Deny statement, which no policy inside the account can override. It is usually an intentional guardrail.",
		steps: []step{
			{text: readOrganizationPolicy, when: named, part: finds},
			{text: listSCPs, when: unnamed, part: finds},
			{text: "Read its Condition, NotAction and NotResource. They often show the intended way: another Region, a tag or another role.", part: asks},
			{text: askForException},
		},
	},
	event.RCPImplicit: {
		reason:  "the resource control policies (RCPs) of {bucket account} do not allow {action}",
		meaning: "At every level from the root of the organization to the account that owns the bucket, an RCP must allow {action}. At one level or more, none does. This is rare: the RCPFullAWSAccess policy allows everything and cannot be detached.",
		steps: []step{
			{text: listRCPs},
			{text: "Find the level at which no RCP allows {action}."},
			{text: "Ask the organization's administrators whether that is intended. The bucket policy cannot make up for it."},
		},
	},
	event.RCPExplicit: {
		reason:  "a Deny statement in {policy}",
		meaning: "The organization that owns the bucket blocks this request with a Deny statement, whatever the bucket policy says. It is usually an intentional guardrail: own organization only, own network only, TLS only.",
		steps: []step{
			{text: readOrganizationPolicy, when: named, part: finds},
			{text: listRCPs, when: unnamed, part: finds},
			{text: "Read its Condition (aws:PrincipalOrgID, aws:SourceVpc, aws:SecureTransport). The fix may be to make the request the way that the Condition requires.", part: asks},
			{text: askForException},
		},
	},
	event.VPCEImplicit: {
		reason:  "{policy} does not allow {action}",
		meaning: "The request went through a VPC endpoint whose policy does not allow it. " + keepsDataInside,
		steps: []step{
			{text: readEndpoint, when: endpointKnown, part: finds},
			{text: findEndpoints, when: endpointUnknown, part: finds},
			{text: "Compare the policy with this request. A bucket of another owner is often left out on purpose.", part: finds},
			{text: "If this access is intended, ask the network team to allow {action} on {resource} for {it}, and nothing more."},
			{text: vpceLogs},
		},
	},
	event.VPCEExplicit: {
		reason:  "a Deny statement in {policy}",
		meaning: "The request went through a VPC endpoint whose policy blocks it with a Deny statement. That is usually intentional: the policy keeps data inside the accounts and buckets of the network.",
		steps: []step{
			{text: readEndpoint, when: endpointKnown, part: finds},
			{text: findEndpoints, when: endpointUnknown, part: finds},
			{text: "Find the Deny statement that matches this request, and read its Condition.", part: asks},
			{text: "If the statement should not apply, ask the network team to narrow it."},
			{text: vpceLogs},
		},
	},
	event.VPCEUnknown: {
		reason:  "{policy}, by a Deny statement or a missing Allow: AWS does not report which",
		meaning: "The request went through a VPC endpoint whose policy denied the request. " + keepsDataInside,
		steps: []step{
			{text: readEndpoint, when: endpointKnown, part: finds},
			{text: findEndpoints, when: endpointUnknown, part: finds},
			{text: "Look for a Deny statement that matches this request. If there is none, an Allow is missing.", part: elsewhere},
			{text: "If this access is intended, ask the network team to change the policy for exactly this request. A bucket of another owner is often left out on purpose."},
			{text: vpceLogs},
		},
	},
}

const (
	keepsDataInside = "Such policies often keep data inside: they list the buckets and accounts that callers in the network can reach."

	// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-network-events-with-cloudtrail.html
	vpceLogs = "Look for more such denials in the network activity events (VpceAccessDenied) of the endpoint owner. CloudTrail delivers them to nobody else."
)
