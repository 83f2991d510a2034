package advice

import "trail403/ingest/event"

// policyEntries are about the policies that identities and buckets have.
var policyEntries = map[event.Cause]entry{
	event.IdentityImplicit: {
		refused: "no Allow for {action} in the identity policies of {who}",
		meaning: "Nothing forbids this; the permission is just missing.",
		owner:   event.OwnerIdentity,
		steps: []step{
			{text: perhapsNoKeyText, when: perhapsNoKey},
			{text: "Decide whether {it} should do this at all; if not (a scan, a probe, a mistake), the refusal is right."},
			{text: "See what it may do now: " + listPolicies},
			{text: "Change the permission set {PERMISSION_SET} in IAM Identity Center, which makes this role and overwrites any edit of it.", when: isSSO},
			{text: "Add {action} on {resource} to one of its policies, and no more than that (console: IAM > {Kind}s > {NAME} > Permissions).", when: notSSO},
			{text: "Have the bucket's owner{of bucket account} name {it} in the bucket policy too: across accounts both sides must allow it.", when: isOtherAccount},
		},
	},
	event.IdentityExplicit: {
		refused: "a Deny in {policy}",
		meaning: "A policy of {who} forbids this with a Deny, which outranks every Allow: adding permissions does not help. It may be a guardrail that does its job.",
		owner:   event.OwnerIdentity,
		steps: []step{
			{text: "Read the policy: " + readPolicy, when: named},
			{text: "Find the Deny among its policies (an inline policy has no ARN that S3 could name): " + listPolicies, when: unnamed},
			{text: "Look at the Condition of the Deny: often MFA, a tag, a Region or a network is missing, and the fix is to call with it."},
			{text: "Ask who wrote the Deny before changing it, and narrow it only if it was not meant for {it}."},
		},
	},
	event.ResourceImplicit: {
		refused: "no Allow for {who} in {bucket policy}",
		meaning: "Nothing forbids this, but neither the bucket policy (or the access point's) nor anything else allows it. A caller of another account needs an Allow on both sides: in the bucket policy and in its own identity policies.",
		owner:   event.OwnerBucket,
		steps: []step{
			{text: perhapsNoKeyText, when: perhapsNoKey},
			{text: "Read the bucket policy: " + readBucketPolicy + " (NoSuchBucketPolicy means that there is none)"},
			{text: "If {it} should have access, add an Allow for {action} on {resource} with exactly this principal (console: S3 > {BUCKET} > Permissions > Bucket policy)."},
			{text: "Check the identity policies of {it} in {account} too: S3 also names the bucket policy where it is they that lack the Allow.", when: perhapsOtherAccount},
			{text: "Did access come from a public ACL? IgnorePublicAcls cuts that off and looks the same: " + readBlockPublicAccess + " (leave it on; name the callers in the bucket policy instead)"},
		},
	},
	event.ResourceExplicit: {
		refused: "a Deny in {bucket policy}",
		meaning: "The bucket policy (or an access point's) forbids this with a Deny, which outranks every Allow. Such a Deny mostly does its job: TLS only, own network only, own organization only, encrypted uploads only.",
		owner:   event.OwnerBucket,
		steps: []step{
			{text: "Read the bucket policy, and find the Deny that fits this call: " + readBucketPolicy},
			{text: "Look at its Condition (aws:SecureTransport, aws:SourceVpce, aws:SourceIp, aws:PrincipalOrgID, encryption headers) and call in the way that it asks for."},
			{text: "If it should not fit {it}, ask the bucket's owner to narrow the Deny; an Allow elsewhere does not help."},
			{text: "Where no Deny fits: RestrictPublicBuckets, which keeps callers of other accounts out of a public bucket, looks the same: " + readBlockPublicAccess + " and " + readAccountBlock},
			{text: "Sign in as the root user of {bucket account}, which can always read and delete the bucket policy.", when: lockedOut},
		},
	},
	event.BoundaryImplicit: {
		refused: "no Allow for {action} in the permissions boundary of {who}",
		meaning: "The permissions boundary is the most that {who} can ever do, and {action} is not in it. More permissions in its other policies do not help.",
		owner:   event.OwnerIdentity,
		steps: []step{
			{text: "See which policy is the boundary: " + findBoundary},
			{text: "Read that policy: " + readPolicy},
			{text: "If {it} should do this, ask whoever owns the boundary (often a platform or security team) to add {action} to it; the limit may be meant."},
			{text: "Check that the other policies of {it} have {action} too: the boundary alone gives nothing."},
		},
	},
	event.BoundaryExplicit: {
		refused: "a Deny in {policy}",
		meaning: "The permissions boundary of {who} forbids this with a Deny, which outranks every Allow. It is most likely a guardrail that does its job.",
		owner:   event.OwnerIdentity,
		steps: []step{
			{text: "Read the boundary: " + readPolicy, when: named},
			{text: "See which policy is the boundary, and read it: " + findBoundary + " and " + readPolicy, when: unnamed},
			{text: "Look at the Condition of the Deny: the fix may be to call in the way that it asks for."},
			{text: "If {it} needs this, ask whoever owns the boundary (often a platform or security team) for an exception; other policies cannot lift it."},
		},
	},
	event.SessionImplicit: {
		refused: "no Allow for {action} in the session policy of {who}",
		meaning: "The session of {who} was started with a session policy that narrows it, and {action} is not in that. The policies of {who} itself may be fine.",
		owner:   event.OwnerCaller,
		fixer:   "whoever starts the session",
		steps: []step{
			{text: findSessions},
			{text: "For a session that a service hands out (EMR, Lake Formation, Flink, S3 Access Grants), look in that service's settings: it makes the policy from them."},
			{text: "If the call is meant, add {action} on {resource} to that session policy; it cannot give more than {it} has anyway."},
		},
	},
	event.SessionExplicit: {
		refused: "a Deny in {policy}",
		meaning: "The session of {who} was started with a session policy that forbids this. It was most likely passed on purpose, to narrow the session.",
		owner:   event.OwnerCaller,
		fixer:   "whoever starts the session",
		steps: []step{
			{text: "Read the policy: " + readPolicy, when: named},
			{text: findSessions},
			{text: "Look at the Condition of the Deny, and ask whoever starts the session whether it should hold for this call."},
		},
	},
	event.TrustImplicit: {
		refused: "no Allow for {who} in {policy}",
		meaning: "This is about taking a role, before S3 comes into play: its trust policy does not name {who}, or names it under a condition that the call does not meet.",
		owner:   event.OwnerIdentity,
		fixer:   "whoever manages that role",
		steps: []step{
			{text: "Read the trust policy: " + readTrustPolicy},
			{text: "Compare its Principal and Condition (external ID, MFA, source account, OIDC subject) with the call; the call may be what is wrong."},
			{text: "If {it} should take the role, the role's owner adds exactly this principal (console: IAM > Roles > {ROLE_NAME} > Trust relationships)."},
		},
	},
	event.TrustExplicit: {
		refused: "a Deny in {policy}",
		meaning: "This is about taking a role, before S3 comes into play: its trust policy forbids it to {who} with a Deny. It may be there on purpose.",
		owner:   event.OwnerIdentity,
		fixer:   "whoever manages that role",
		steps: []step{
			{text: "Read the trust policy: " + readTrustPolicy},
			{text: "Look at the Condition of the Deny (external ID, MFA, source account): the fix may be to call in the way that it asks for."},
			{text: "Ask the role's owner before changing it."},
		},
	},
}
