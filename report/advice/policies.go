package advice

import "trail403/ingest/event"

// policyEntries are about the policies that identities and buckets have.
var policyEntries = map[event.Cause]entry{
	event.IdentityImplicit: {
		reason:  "no identity policy of {who} allows {action}",
		meaning: "No Deny statement blocks this request. The permission is missing.",
		steps: []step{
			{text: "Decide whether {it} should make this request at all. If not (a scan, a probe or a mistake), the denial is correct."},
			{text: "List the policies that {it} has: " + listPolicies, part: finds},
			{text: "Allow {action} in the permission set {PERMISSION_SET} in IAM Identity Center, and nothing more. Identity Center creates the role from it and overwrites any edit of the role.", when: isSSO},
			{text: "Allow {action} on {resource} in one of these policies, and nothing more. In the console: IAM > {Kind}s > {NAME} > Permissions.", when: notSSO},
			{text: "Ask the bucket owner{of bucket account} to allow {it} in the bucket policy too. Across accounts, both sides must allow the request.", when: isOtherAccount},
			{text: "Check that the policy of {thing}{or behind} does not block the request either: {READ_POLICY}", when: isThing},
		},
	},
	event.IdentityExplicit: {
		reason:  "a Deny statement in {policy}",
		meaning: "A Deny statement in a policy of {who} blocks this request and overrides any Allow. More permissions do not help. It may be an intentional guardrail.",
		steps: []step{
			{text: "Read the policy: " + readPolicy, when: named, part: finds},
			{text: "Find the Deny statement in the policies of {it}, attached or inline. An inline policy has no ARN that S3 could report: " + listPolicies, when: unnamed, part: finds},
			{text: "Read the Condition of the Deny statement. It often requires MFA, a tag, a Region or a network, and the fix is to make the request that way.", part: asks},
			{text: "Ask the author of the Deny statement before you change it. Narrow it only if it should not apply to {it}."},
		},
	},
	event.ResourceImplicit: {
		reason:  "no statement in {bucket policy} allows {action} for {who}",
		meaning: "No Deny statement blocks this request. An Allow is missing: in the bucket policy (or access point policy), or in an identity policy. A caller from another account needs an Allow in both.",
		steps: []step{
			{text: "Read the bucket policy: " + readBucketPolicy + ". The error NoSuchBucketPolicy means that the bucket has none.", part: finds},
			{text: "If {it} should have access, allow {action} on {resource} for exactly this principal. In the console: S3 > {BUCKET} > Permissions > Bucket policy."},
			{text: "Check the identity policies of {it} in {account} too. S3 also names the bucket policy when it is an identity policy that lacks the Allow.", when: perhapsOtherAccount},
			{text: "If access came from a public ACL, check for IgnorePublicAcls, which makes S3 ignore such ACLs. The message is the same. Leave the setting on, and name the callers in the bucket policy instead: " + readBlockPublicAccess},
		},
	},
	event.ResourceExplicit: {
		reason:  "a Deny statement in {bucket policy}",
		meaning: "A Deny in the bucket policy or an access point policy blocks this request and overrides any Allow. Most such statements are intentional: TLS only, own network only, own organization only, encrypted uploads only.",
		steps: []step{
			{text: "Read the bucket policy, and find the Deny statement that matches this request: " + readBucketPolicy, part: finds},
			{text: "Read its Condition (aws:SecureTransport, aws:SourceVpce, aws:SourceIp, aws:PrincipalOrgID, encryption headers). The fix may be to make the request the way that the Condition requires.", part: asks},
			{text: "If the statement should not apply to {it}, ask the bucket owner to narrow it. An Allow elsewhere does not help."},
			{text: "If no Deny statement matches, check for RestrictPublicBuckets, which keeps callers from other accounts out of a public bucket. The message is the same: " + readBlockPublicAccess + " and " + readAccountBlock, part: elsewhere},
			{text: exemptServices, when: isService},
			{text: "Sign in as the root user of {bucket account}, who can read, replace and delete the bucket policy whatever it says.", when: lockedOut},
		},
	},
	event.BoundaryImplicit: {
		reason:  "the permissions boundary of {who} does not allow {action}",
		meaning: "The permissions boundary limits what {who} can do, and {action} is outside that limit. To allow it in other policies does not help.",
		steps: []step{
			{text: "Find the policy that is the boundary: " + findBoundary, part: finds},
			{text: "Read that policy: " + readPolicy, part: finds},
			{text: "If {it} should make this request, ask the owner of the boundary (often a platform or security team) to allow {action} in it. The limit may be intended."},
			{text: "Check that an identity policy of {it} allows {action} too. A boundary grants nothing by itself."},
		},
	},
	event.BoundaryExplicit: {
		reason:  "a Deny statement in {policy}",
		meaning: "A Deny statement in the permissions boundary of {who} blocks this request and overrides any Allow. It is probably an intentional guardrail.",
		steps: []step{
			{text: "Read the boundary: " + readPolicy, when: named, part: finds},
			{text: "Find the policy that is the boundary, and read it: " + findBoundary + " and " + readPolicy, when: unnamed, part: finds},
			{text: "Read the Condition of the Deny statement. The fix may be to make the request the way that the Condition requires.", part: asks},
			{text: "If {it} needs this access, ask the owner of the boundary (often a platform or security team) for an exception. Other policies cannot override the boundary."},
		},
	},
	event.SessionImplicit: {
		reason:  "the session policy of {who} does not allow {action}",
		meaning: "The session of {who} was started with a session policy that limits it, and that policy does not allow {action}. The other policies of {who} may be correct.",
		owner:   event.OwnerCaller,
		fixer:   "whoever starts the session",
		steps: []step{
			{text: findSessions},
			{text: "If a service starts the session (EMR, Lake Formation, Flink, S3 Access Grants), check the settings of that service. It builds the session policy from them."},
			{text: "If the request is intended, allow {action} on {resource} in the session policy. A session policy cannot grant more than {it} has anyway."},
		},
	},
	event.SessionExplicit: {
		reason:  "a Deny statement in {policy}",
		meaning: "The session of {who} was started with a session policy whose Deny statement blocks this request. It was probably passed on purpose, to limit the session.",
		owner:   event.OwnerCaller,
		fixer:   "whoever starts the session",
		steps: []step{
			{text: "Read the policy: " + readPolicy, when: named, part: finds},
			{text: findSessions},
			{text: "Read the Condition of the Deny statement, and ask whoever starts the session whether it should apply to this request."},
		},
	},
	event.TrustImplicit: {
		reason:  "no statement in {policy} allows {who} to assume the role",
		meaning: "The caller tried to assume a role, before any request to S3. The trust policy of that role does not trust {who}, or only under a condition that the call does not meet.",
		fixer:   "whoever manages that role",
		steps: []step{
			{text: "Read the trust policy: " + readTrustPolicy},
			{text: "Compare its Principal and Condition (external ID, MFA, source account, OIDC subject) with the call. The mistake may be in the call."},
			{text: "If {it} should assume the role, ask the owner of the role to add exactly this principal. In the console: IAM > Roles > {ROLE_NAME} > Trust relationships."},
		},
	},
	event.TrustExplicit: {
		reason:  "a Deny statement in {policy}",
		meaning: "The caller tried to assume a role, before any request to S3. A Deny statement in the trust policy of that role blocks {who}. It may be intended.",
		fixer:   "whoever manages that role",
		steps: []step{
			{text: "Read the trust policy: " + readTrustPolicy},
			{text: "Read the Condition of the Deny statement (external ID, MFA, source account). The fix may be to make the call the way that the Condition requires."},
			{text: "Ask the owner of the role before you change its trust policy."},
		},
	},
}
