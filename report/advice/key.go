package advice

import "trail403/ingest/event"

// keyEntry is for denials by KMS on the side of the key.
var keyEntry = entry{
	reason:  "the policy of the KMS key, or there is no such key in this Region",
	meaning: "KMS denied this request, not S3. The data is encrypted with a KMS key that {who} cannot use. AWS does not report which of these is true: the key policy denies {action}, the key policy does not allow {action}, the key is in another Region, or the key does not exist.",
	steps: []step{
		{text: findKey, when: keyUnknown},
		{text: describeKey},
		{text: "Read the key policy. It must allow {action} for {it}, directly or by letting the account use IAM policies: " + readKeyPolicy, part: finds},
		{text: bothKeySides, when: perhapsOtherKeyAccount},
		{text: "Do not change the bucket policy: it did not deny the request."},
	},
	aboutKey: true,
}

// kmsEntries replace the cause's own entry where the action is one of KMS. The
// resource-based policy is the policy of the key then.
var kmsEntries = map[event.Cause]entry{
	event.KMSKey: keyEntry,
	event.IdentityImplicit: {
		reason:  "no identity policy of {who} allows {action}",
		meaning: "KMS denied this request, not S3. The data is encrypted with a KMS key, and no identity policy of {who} allows {action} on that key.",
		steps: []step{
			{text: findKey, when: keyUnknown},
			{text: "List the policies that {it} has: " + listPolicies, part: finds},
			{text: "If {it} should use the key, allow {action} on the ARN of the key in one of these policies, and nothing more.", when: notSSO},
			{text: "If {it} should use the key, allow {action} on the ARN of the key in the permission set {PERMISSION_SET} in IAM Identity Center, which creates the role.", when: isSSO},
			{text: "Check that the key policy lets the account use IAM policies: " + readKeyPolicy},
			{text: notTheBucket},
		},
		aboutKey: true,
	},
	event.ExplicitUnknown: untoldKeyEntry,
	event.NotTold:         untoldKeyEntry,
	event.Truncated:       untoldKeyEntry,
	event.ResourceImplicit: {
		reason:   "no statement in the policy of the KMS key allows {action} for {who}",
		meaning:  "KMS denied this request, not S3. The data is encrypted with a KMS key whose policy does not allow {action} for {who}.",
		steps:    keySteps,
		aboutKey: true,
	},
	event.ResourceExplicit: {
		reason:   "a Deny statement in the policy of the KMS key",
		meaning:  "KMS denied this request, not S3. A Deny statement in the policy of the KMS key that encrypts the data blocks {action} for {who}. It may be intended.",
		steps:    keySteps,
		aboutKey: true,
	},
}

var keySteps = []step{
	{text: findKey, when: keyUnknown},
	{text: "Read the key policy: " + readKeyPolicy, part: finds},
	{text: "Ask the owner of the key whether {it} should use the key. Only then change the key policy, for exactly this principal and {action}."},
	{text: bothKeySides, when: perhapsOtherKeyAccount},
	{text: notTheBucket},
}

// untoldKeyEntry is for denials by KMS where the message names no policy.
var untoldKeyEntry = entry{
	reason:  "a policy on the use of the KMS key, which the message does not name",
	meaning: "KMS denied this request, not S3. The data is encrypted with a KMS key, and some policy denies {action} on it to {who}.",
	owner:   event.OwnerUnknown,
	steps: []step{
		{text: findKey, when: keyUnknown},
		{text: "Look for a Deny statement or a missing Allow in the key policy: " + readKeyPolicy},
		{text: "Then look in the identity policies and the permissions boundary of {it}: " + listPolicies},
		{text: thenOrganization},
		{text: notTheBucket},
	},
	aboutKey: true,
}
