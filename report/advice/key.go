package advice

import "trail403/ingest/event"

// keyEntry is for KMS refusing on the side of the key.
var keyEntry = entry{
	refused: "the policy of the KMS key, or there is no such key in this Region",
	meaning: "S3 did not refuse, KMS did: the data is encrypted with a key that {who} cannot use. AWS does not say whether the key policy forbids it, lacks an Allow, or the key is in another Region or gone.",
	owner:   event.OwnerKey,
	steps: []step{
		{text: findKey, when: keyUnknown},
		{text: describeKey},
		{text: "Read the key policy, which must let {it} use {action}, itself or through its account's IAM policies: " + readKeyPolicy},
		{text: "Check that the caller's identity policies have {action} too; the key aws/s3 cannot be used across accounts, only a customer managed one.", when: perhapsOtherKeyAccount},
		{text: "Leave the bucket policy alone: it is not what refused."},
	},
	aboutKey: true,
}

// kmsEntries stand in place of the cause's own entry where the action is one of
// KMS: "resource-based policy" is the key's policy then.
var kmsEntries = map[event.Cause]entry{
	event.KMSKey: keyEntry,
	event.IdentityImplicit: {
		refused: "no Allow for {action} in the identity policies of {who}",
		meaning: "S3 did not refuse, KMS did: the data is encrypted with a KMS key, and no policy of {who} has {action} on that key.",
		owner:   event.OwnerIdentity,
		steps: []step{
			{text: findKey, when: keyUnknown},
			{text: "See what {it} may do now: " + listPolicies},
			{text: "If it should use the key, add {action} on the key's ARN, and no more, to one of them.", when: notSSO},
			{text: "If it should use the key, add {action} on the key's ARN to the permission set {PERMISSION_SET} in IAM Identity Center, which makes this role.", when: isSSO},
			{text: "Check that the key policy lets the account use IAM policies at all: " + readKeyPolicy},
			{text: notTheBucket},
		},
		aboutKey: true,
	},
	event.ExplicitUnknown: untoldKeyEntry,
	event.NotTold:         untoldKeyEntry,
	event.Truncated:       untoldKeyEntry,
	event.ResourceImplicit: {
		refused:  "no Allow for {who} in the policy of the KMS key",
		meaning:  "S3 did not refuse, KMS did: the data is encrypted with a KMS key whose policy does not let {who} use {action}.",
		owner:    event.OwnerKey,
		steps:    keySteps,
		aboutKey: true,
	},
	event.ResourceExplicit: {
		refused:  "a Deny in the policy of the KMS key",
		meaning:  "S3 did not refuse, KMS did: the policy of the KMS key that encrypts the data forbids {action} to {who} with a Deny. It may do its job.",
		owner:    event.OwnerKey,
		steps:    keySteps,
		aboutKey: true,
	},
}

var keySteps = []step{
	{text: findKey, when: keyUnknown},
	{text: "Read the key policy: " + readKeyPolicy},
	{text: "Ask the key's owner whether {it} should use the key; only then change the key policy, for exactly this principal and {action}."},
	{text: "Check that the caller's identity policies have {action} too; the key aws/s3 cannot be used across accounts, only a customer managed one.", when: perhapsOtherKeyAccount},
	{text: notTheBucket},
}

// untoldKeyEntry is for KMS refusing without the message telling which policy.
var untoldKeyEntry = entry{
	refused: "a policy on the use of the KMS key; the message does not say which",
	meaning: "S3 did not refuse, KMS did: the data is encrypted with a KMS key, and some policy keeps {who} from {action} on it.",
	owner:   event.OwnerUnknown,
	steps: []step{
		{text: findKey, when: keyUnknown},
		{text: "Look for a Deny, or a missing Allow, in the key policy: " + readKeyPolicy},
		{text: "Then in the identity policies and the permissions boundary of {it}: " + listPolicies},
		{text: "Then in the organization's policies, SCPs and RCPs, with its administrators."},
		{text: notTheBucket},
	},
	aboutKey: true,
}
