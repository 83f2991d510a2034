package advice

import "trail403/ingest/event"

// organizationEntries are about policies that stand above an account, or beside
// it on the network.
var organizationEntries = map[event.Cause]entry{
	event.SCPImplicit: {
		refused: "no Allow for {action} in the service control policies (SCPs) above {account}",
		meaning: "On every level above {account} (root, each OU, the account itself) some SCP must allow {action}, and on one level none does. No policy inside the account can make up for that.",
		owner:   event.OwnerOrganization,
		steps: []step{
			{text: listSCPs},
			{text: "Find the level where no SCP has {action}: that one refuses."},
			{text: "Ask the organization's administrators whether {action} is left out on purpose; if so, the refusal is right."},
		},
	},
	event.SCPExplicit: {
		refused: "a Deny in {policy}",
		meaning: "The organization forbids this to {account} with a Deny, which no policy inside the account can lift. It is mostly a guardrail that does its job.",
		owner:   event.OwnerOrganization,
		steps: []step{
			{text: readOrganizationPolicy, when: named},
			{text: listSCPs, when: unnamed},
			{text: "Look at its Condition, NotAction and NotResource: often another Region, a tag or another role is the way that is meant."},
			{text: "If {it} needs this all the same, ask the organization's administrators for an exception."},
		},
	},
	event.RCPImplicit: {
		refused: "no Allow for {action} in the resource control policies (RCPs) above {bucket account}",
		meaning: "On every level above the account that owns the bucket some RCP must allow {action}, and on one level none does. RCPFullAWSAccess, which does, cannot be removed, so this is a rare case.",
		owner:   event.OwnerOrganization,
		steps: []step{
			{text: listRCPs},
			{text: "Find the level where no RCP has {action}: that one refuses."},
			{text: "Ask the organization's administrators whether that is meant; the bucket policy cannot make up for it."},
		},
	},
	event.RCPExplicit: {
		refused: "a Deny in {policy}",
		meaning: "The organization that owns the bucket forbids this with a Deny that holds for all its buckets, whatever the bucket policy says. It is mostly a guardrail that does its job: own organization only, own network only, TLS only.",
		owner:   event.OwnerOrganization,
		steps: []step{
			{text: readOrganizationPolicy, when: named},
			{text: listRCPs, when: unnamed},
			{text: "Look at its Condition (aws:PrincipalOrgID, aws:SourceVpc, aws:SecureTransport): the fix may be to call in the way that it asks for."},
			{text: "If {it} needs this all the same, ask the organization's administrators for an exception."},
		},
	},
	event.VPCEImplicit: {
		refused: "no Allow for {action} in {policy}",
		meaning: "The request went through a VPC endpoint whose policy has no Allow for it. Such policies often keep data inside: they name the buckets and accounts that may be reached from the network.",
		owner:   event.OwnerNetwork,
		steps: []step{
			{text: readEndpoint, when: endpointKnown},
			{text: findEndpoints, when: endpointUnknown},
			{text: "Compare it with this call: a bucket of another owner is often left out on purpose."},
			{text: "If this way is meant, ask the network's people to add {action} on {resource} for {it}, and no more."},
			{text: vpceLogs},
		},
	},
	event.VPCEExplicit: {
		refused: "a Deny in {policy}",
		meaning: "The request went through a VPC endpoint whose policy forbids it with a Deny. It mostly does its job: it keeps data inside the network's own accounts and buckets.",
		owner:   event.OwnerNetwork,
		steps: []step{
			{text: readEndpoint, when: endpointKnown},
			{text: findEndpoints, when: endpointUnknown},
			{text: "Find the Deny that fits this call, and look at its Condition."},
			{text: "If it should not fit, ask the network's people to narrow it."},
			{text: vpceLogs},
		},
	},
	event.VPCEUnknown: {
		refused: "{policy}; whether it forbids or just does not allow, AWS does not say",
		meaning: "The request went through a VPC endpoint whose policy does not let it pass. Such policies often keep data inside: they name the buckets and accounts that may be reached from the network.",
		owner:   event.OwnerNetwork,
		steps: []step{
			{text: readEndpoint, when: endpointKnown},
			{text: findEndpoints, when: endpointUnknown},
			{text: "Look for a Deny that fits this call; without one, an Allow is missing."},
			{text: "If this way is meant, ask the network's people to change the policy for exactly this call; a bucket of another owner is often left out on purpose."},
			{text: vpceLogs},
		},
	},
}

// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-network-events-with-cloudtrail.html
const vpceLogs = "Look for more of them in the network activity events (VpceAccessDenied) of the endpoint's owner: CloudTrail tells no one else."
